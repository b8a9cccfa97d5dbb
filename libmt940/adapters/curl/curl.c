/* SPDX-License-Identifier: Apache-2.0
 *
 * curl.c: the transport port over a server: which questions make a listing, and when a file is
 * whole. Must not know what a statement is, nor how questions travel.
 */
#include "mt940connect/adapters/curl.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "export.h"
#include "listing.h"
#include "profile.h"
#include "session.h"

struct server {
    struct session session;
    struct listing listing;
    int no_facts; /* the server knows no MLSD */
    int is_open;
    char *bytes; /* of the open file, complete */
    size_t length, position;
};

/* ---- listing ---- */

/* The forms a listing can be asked for, the best first. */
static const struct {
    enum session_verb verb;
    enum line_form form;
} questions[] = {
    {SESSION_FACTS, LINE_FACTS},
    {SESSION_LONG, LINE_LONG},
    {SESSION_NAMES, LINE_NAMES},
};

/* A command the server does not know, or not in this form (RFC 959: 500 to 504). */
static int is_unknown_command(const struct session *session)
{
    return session->response >= 500 && session->response <= 504;
}

/* One question; *form_fits = 0 when its answer is in another form than asked for. */
static int ask_listing(struct server *server, enum session_verb verb, enum line_form form, int *form_fits)
{
    struct session *session = &server->session;
    const struct mt940_curl_options *options = &session->settings.options;
    struct listing_limits limits = {options->max_files, options->user, options->ignored, (int64_t)time(NULL)};
    int status = session_ask(session, verb, NULL, options->max_listing);
    char *text;

    *form_fits = status == MT940_OK && listing_is_form(form, session->bytes, session->length);
    if (!*form_fits)
        return status;
    text = session->bytes;
    session->bytes = NULL;
    session->capacity = 0;
    status = listing_read(&server->listing, form, text, session->length, &limits);
    if (status == MT940_E_LIMIT)
        return session_fail(session, status, "more files than the limit", NULL);
    return status == MT940_OK ? status : session_fail(session, status, "no memory", NULL);
}

/* Asks in one form after the other until an answer fits; the last form, names, fits any. */
static int read_listing(struct server *server)
{
    const struct session *session = &server->session;
    int status = MT940_OK, fits = 0;

    for (size_t i = 0; !fits && i < sizeof questions / sizeof *questions; i++) {
        int is_facts = questions[i].verb == SESSION_FACTS;

        if (is_facts && (server->no_facts || session->settings.address.protocol == ADDRESS_SFTP))
            continue;
        status = ask_listing(server, questions[i].verb, questions[i].form, &fits);
        if (is_facts && !fits && (status == MT940_OK || is_unknown_command(session)))
            server->no_facts = 1;
        else if (status != MT940_OK)
            return status;
    }
    return status;
}

static int list(void *user, mt940_remote_sink sink, void *sink_user)
{
    struct server *server = user;
    int status;

    if (server->is_open)
        return session_fail(&server->session, MT940_E_STATE, "a file is open", NULL);
    listing_clear(&server->listing);
    status = read_listing(server);
    for (size_t i = 0; status == MT940_OK && i < server->listing.count; i++) {
        const struct listed *listed = &server->listing.files[i];
        struct mt940_remote_file file = {.size = sizeof file, .name = listed->name, .bytes = listed->bytes,
                                         .modified = listed->modified};

        status = sink(sink_user, &file);
    }
    return status;
}

/* ---- files ---- */

/*
 * A file is whole when the server says so (libcurl), and when it is as long as listed and as long
 * as the server says afterwards: one that is still being written is neither.
 */
static int judge_length(struct server *server, const struct mt940_view *name, int64_t listed)
{
    static const char other_length[] = "the file is not as long as the server says; is it still being written?";
    struct session *session = &server->session;
    int64_t length = (int64_t)session->length;
    int64_t told = session->told;
    int status = MT940_OK;

    if (listed >= 0 && listed != length)
        return session_fail(session, MT940_E_BUSY, other_length, name);
    if (session->settings.address.protocol != ADDRESS_SFTP) {
        status = session_ask(session, SESSION_SIZE, name, 0);
        told = session->told;
        session->length = (size_t)length;
    }
    if (status == MT940_OK && told >= 0 && told != length)
        status = session_fail(session, MT940_E_BUSY, other_length, name);
    return status;
}

static int open_file(void *user, const struct mt940_view *name)
{
    struct server *server = user;
    struct session *session = &server->session;
    const struct listed *listed;
    int64_t bytes;
    int status;

    if (server->is_open)
        return session_fail(session, MT940_E_STATE, "another file is open", name);
    if (mt940_remote_name_fault(name->data, name->length) != 0)
        return session_fail(session, MT940_E_ARGUMENT, "not a name of a listed file", name);
    listed = listing_find(&server->listing, name);
    bytes = listed == NULL ? -1 : listed->bytes;
    if (bytes > 0 && (uint64_t)bytes > session->settings.options.max_bytes)
        return session_fail(session, MT940_E_LIMIT, "the file is larger than the limit", name);
    status = session_ask(session, SESSION_FETCH, name, session->settings.options.max_bytes);
    if (status == MT940_OK)
        status = judge_length(server, name, bytes);
    if (status != MT940_OK)
        return status;
    server->bytes = session->bytes;
    server->length = session->length;
    server->position = 0;
    server->is_open = 1;
    session->bytes = NULL;
    session->capacity = session->length = 0;
    return MT940_OK;
}

static int64_t read_file(void *user, void *buffer, size_t capacity)
{
    struct server *server = user;
    size_t left = server->length - server->position;

    if (!server->is_open)
        return session_fail(&server->session, MT940_E_STATE, "no file is open", NULL);
    if (capacity > left)
        capacity = left;
    if (capacity > 0)
        memcpy(buffer, server->bytes + server->position, capacity);
    server->position += capacity;
    return (int64_t)capacity;
}

static int close_file(void *user)
{
    struct server *server = user;
    int whole = server->position == server->length;

    if (!server->is_open)
        return session_fail(&server->session, MT940_E_STATE, "no file is open", NULL);
    free(server->bytes);
    server->bytes = NULL;
    server->length = server->position = 0;
    server->is_open = 0;
    return whole ? MT940_OK : session_fail(&server->session, MT940_E_BUSY, "a file was not read to its end", NULL);
}

static void destroy(void *user)
{
    struct server *server = user;

    session_end(&server->session);
    settings_clear(&server->session.settings);
    listing_clear(&server->listing);
    free(server->bytes);
    free(server);
}

static const char *last_error(void *user)
{
    return ((struct server *)user)->session.text;
}

/* ---- opening ---- */

static int refuse(struct mt940_error *error, int status, int number, const char *text)
{
    struct mt940_view view;

    if (error != NULL && error->size >= sizeof *error) {
        memset(error, 0, sizeof *error);
        error->size = sizeof *error;
        error->status = status;
        error->detail = number;
        mt940_view_from_string(text, &view);
        mt940_view_copy(&view, error->text, sizeof error->text);
    }
    return status;
}

MT940_EXPORT int mt940_curl_transport_open(const char *address, const struct mt940_curl_options *options,
                                           struct mt940_transport *out, struct mt940_error *error)
{
    static const struct mt940_transport functions = {
        .size = sizeof functions, .list = list, .open = open_file, .read = read_file, .close = close_file,
        .destroy = destroy, .last_error = last_error,
    };
    struct server *server;
    const char *fault = "";
    int number = 0, status;

    if (out == NULL || address == NULL)
        return refuse(error, MT940_E_ARGUMENT, 0, "no address, or no transport to fill");
    server = calloc(1, sizeof *server);
    if (server == NULL)
        return refuse(error, MT940_E_MEMORY, 0, "");
    status = settings_read(address, options, &server->session.settings, &fault, &number);
    if (status == MT940_OK && !profile_is_offered(server->session.settings.address.protocol)) {
        status = MT940_E_UNSUPPORTED;
        fault = "this libcurl lacks the protocol; install one with OpenSSL and libssh2 (Debian: libcurl4)";
    }
    if (status != MT940_OK) {
        destroy(server);
        return refuse(error, status, number, fault);
    }
    server->session.host_key = -1;
    *out = functions;
    out->user = server;
    return MT940_OK;
}

MT940_EXPORT int mt940_curl_transport_state(const struct mt940_transport *transport, struct mt940_curl_state *state)
{
    const struct session *session;

    if (transport == NULL || transport->list != list || state == NULL || state->size < sizeof *state)
        return MT940_E_ARGUMENT;
    session = &((const struct server *)transport->user)->session;
    state->proof = settings_proof(&session->settings);
    state->connected = session->connected;
    mt940_view_from_string(session->settings.address.host, &state->host);
    state->port = session->settings.address.port;
    mt940_view_from_string(session->subject, &state->subject);
    mt940_view_from_string(session->expires, &state->expires);
    return MT940_OK;
}

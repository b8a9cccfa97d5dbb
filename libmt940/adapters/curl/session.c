/* SPDX-License-Identifier: Apache-2.0
 *
 * session.c: questions to a server through one libcurl handle: the secrets on their way into it,
 * bytes counted on their way out, retries with growing pauses. Must not know what a listing says.
 */
#define _POSIX_C_SOURCE 200809L
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "locked.h"
#include "profile.h"
#include "reason.h"

#define LONGEST_SECRET 4096

int session_fail(struct session *session, int status, const char *what, const struct mt940_view *name)
{
    int begun = snprintf(session->text, sizeof session->text, "%s: %s%s", session->settings.address.host, what,
                         name == NULL ? "" : ": ");
    size_t length = name == NULL ? 0 : name->length;

    for (size_t i = 0; i < length && begun > 0 && (size_t)begun + 1 < sizeof session->text; i++) {
        session->text[begun++] = name->data[i];
        session->text[begun] = '\0';
    }
    /* Names and libcurl's texts come from outside; a terminal must not obey them. */
    for (char *at = session->text; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7F)
            *at = '?';
    return status;
}

/* ---- secrets ---- */

/* Asks for one secret; "netrc" alone is completed with whom it is for. Length or status. */
static int ask_secret(const struct settings *settings, const char *reference, struct locked *locked)
{
    const struct mt940_secret *secret = &settings->secret;
    char whole[600];

    if (strcmp(reference, "netrc") == 0) {
        int length = snprintf(whole, sizeof whole, "netrc://%s@%s", settings->options.login, settings->address.host);

        if (length < 0 || (size_t)length >= sizeof whole)
            return MT940_E_LIMIT;
        reference = whole;
    }
    return secret->get(secret->user, reference, locked->bytes, locked->size - 1);
}

static int refuse_secret(struct session *session, int status, const char *reference)
{
    struct mt940_view view;
    const char *what = "the secret cannot be had";

    mt940_view_from_string(reference, &view);
    if (status == MT940_E_NOT_FOUND)
        what = "the secret is not there";
    else if (status == MT940_E_UNVERIFIED)
        what = "the file of the secret can be read by others; it needs mode 0600";
    else if (status == MT940_E_ARGUMENT)
        what = "a secret is named env:NAME, file:PATH or netrc, and has no control bytes";
    /* What is no reference may be the secret itself, put where its name belongs. */
    return session_fail(session, MT940_E_NOT_CONFIGURED, what, status == MT940_E_ARGUMENT ? NULL : &view);
}

/* A secret straight into libcurl; our copy is wiped at once. */
static int hand_secret(struct session *session, const char *reference, CURLoption option)
{
    struct locked locked = {NULL, 0};
    int length;

    if (reference == NULL)
        return MT940_OK;
    if (!locked_take(&locked, LONGEST_SECRET))
        return session_fail(session, MT940_E_MEMORY, "no memory", NULL);
    length = ask_secret(&session->settings, reference, &locked);
    if (length >= (int)locked.size)
        length = MT940_E_LIMIT;
    for (int i = 0; i < length; i++) /* a line end would end the command that carries it */
        if ((unsigned char)locked.bytes[i] < 0x20)
            length = MT940_E_ARGUMENT;
    if (length >= 0)
        length = curl_easy_setopt(session->easy, option, locked.bytes) == CURLE_OK ? 0 : MT940_E_MEMORY;
    locked_give(&locked);
    return length < 0 ? refuse_secret(session, length, reference) : MT940_OK;
}

/*
 * libcurl, OpenSSL and libssh2 free their copies of a password without wiping them. A heap gives
 * blocks that were freed to who asks for that size next, so asking for many and wiping them reaches
 * those copies. It is as much as can be done from outside; tests/transport looks for what is left.
 */
static void wipe_freed(void)
{
    enum { STEP = 16, LARGEST = 512, EACH = 512 };
    void **blocks = malloc(EACH * sizeof *blocks);

    for (size_t size = STEP; blocks != NULL && size <= LARGEST; size += STEP) {
        for (size_t i = 0; i < EACH; i++)
            if ((blocks[i] = malloc(size)) != NULL)
                locked_wipe(blocks[i], size);
        for (size_t i = 0; i < EACH; i++)
            free(blocks[i]);
    }
    free(blocks);
}

/* ---- bytes ---- */

static size_t take_bytes(char *data, size_t size, size_t count, void *user)
{
    struct session *session = user;
    size_t length = size * count;

    if (length > session->limit - session->length) {
        session->failure = MT940_E_LIMIT;
        return 0;
    }
    if (length > session->capacity - session->length) {
        size_t capacity = session->capacity == 0 ? 65536 : session->capacity;
        char *bytes;

        while (capacity < session->length + length)
            capacity *= 2;
        bytes = realloc(session->bytes, capacity);
        if (bytes == NULL) {
            session->failure = MT940_E_MEMORY;
            return 0;
        }
        session->bytes = bytes;
        session->capacity = capacity;
    }
    if (length > 0)
        memcpy(session->bytes + session->length, data, length);
    session->length += length;
    return length;
}

/* The answer to SIZE comes as a header of HTTP, too; nobody wants it. */
static size_t drop_bytes(char *data, size_t size, size_t count, void *user)
{
    (void)data;
    (void)user;
    return size * count;
}

static int step(void *user, curl_off_t total, curl_off_t done, curl_off_t up_total, curl_off_t up)
{
    struct session *session = user;
    const struct mt940_progress *progress = &session->settings.progress;

    (void)up_total;
    (void)up;
    if (progress->step == NULL)
        return 0;
    return progress->step(progress->user, (uint64_t)done, total > 0 ? (uint64_t)total : 0) != 0;
}

/* ---- one question ---- */

/* Whose certificate it is, for people; the first certificate is the server's own. */
static void note_certificate(struct session *session)
{
    struct curl_certinfo *info = NULL;

    if (curl_easy_getinfo(session->easy, CURLINFO_CERTINFO, &info) != CURLE_OK || info == NULL ||
        info->num_of_certs < 1)
        return;
    for (const struct curl_slist *at = info->certinfo[0]; at != NULL; at = at->next) {
        if (strncmp(at->data, "Subject:", 8) == 0)
            (void)snprintf(session->subject, sizeof session->subject, "%s", at->data + 8);
        else if (strncmp(at->data, "Expire date:", 12) == 0)
            (void)snprintf(session->expires, sizeof session->expires, "%s", at->data + 12);
    }
}

/*
 * Called when the login's connection stands and nothing is asked yet. At the end of a transfer the
 * data connection has resumed that session, and libcurl 8.14 then knows no certificate any more.
 */
static int connected(void *user, char *server, char *self, int server_port, int self_port)
{
    (void)server;
    (void)self;
    (void)server_port;
    (void)self_port;
    note_certificate(user);
    return CURL_PREREQFUNC_OK;
}

static int begin(struct session *session)
{
    CURLcode code;
    int status;

    if (session->easy != NULL)
        return MT940_OK;
    session->easy = curl_easy_init();
    session->multi = curl_multi_init();
    if (session->easy == NULL || session->multi == NULL) {
        session_end(session);
        return session_fail(session, MT940_E_MEMORY, "no memory", NULL);
    }
    code = profile_set(session->easy, &session->settings, &session->host_key);
    if (code != CURLE_OK) {
        struct reason reason = reason_of((int)code, 0);

        status = session_fail(session, reason.status, reason.text, NULL);
    } else {
        (void)curl_easy_setopt(session->easy, CURLOPT_ERRORBUFFER, session->curl_text);
        (void)curl_easy_setopt(session->easy, CURLOPT_WRITEDATA, session);
        (void)curl_easy_setopt(session->easy, CURLOPT_XFERINFOFUNCTION, step);
        (void)curl_easy_setopt(session->easy, CURLOPT_XFERINFODATA, session);
        (void)curl_easy_setopt(session->easy, CURLOPT_NOPROGRESS, 0L);
        (void)curl_easy_setopt(session->easy, CURLOPT_PREREQFUNCTION, connected);
        (void)curl_easy_setopt(session->easy, CURLOPT_PREREQDATA, session);
        status = hand_secret(session, session->settings.options.password, CURLOPT_PASSWORD);
    }
    if (status == MT940_OK)
        status = hand_secret(session, session->settings.options.passphrase, CURLOPT_KEYPASSWD);
    if (status != MT940_OK)
        session_end(session);
    return status;
}

/* The address of the folder, or of a file in it with its name encoded byte by byte. */
static CURLcode set_address(struct session *session, const struct mt940_view *name)
{
    const char *base = session->settings.address.base;
    char *encoded, *whole;
    size_t length;
    CURLcode code;

    if (name == NULL)
        return curl_easy_setopt(session->easy, CURLOPT_URL, base);
    encoded = curl_easy_escape(session->easy, name->data, (int)name->length);
    if (encoded == NULL)
        return CURLE_OUT_OF_MEMORY;
    length = strlen(base) + strlen(encoded) + 1;
    whole = malloc(length);
    code = CURLE_OUT_OF_MEMORY;
    if (whole != NULL) {
        (void)snprintf(whole, length, "%s%s", base, encoded);
        code = curl_easy_setopt(session->easy, CURLOPT_URL, whole);
    }
    free(whole);
    curl_free(encoded);
    return code;
}

static CURLcode set_verb(struct session *session, enum session_verb verb, const struct mt940_view *name)
{
    CURL *easy = session->easy;
    CURLcode code = set_address(session, name);

    (void)curl_easy_setopt(easy, CURLOPT_NOBODY, verb == SESSION_SIZE ? 1L : 0L);
    (void)curl_easy_setopt(easy, CURLOPT_DIRLISTONLY, verb == SESSION_NAMES ? 1L : 0L);
    /* FTP: reads to the end of the data connection; a size the server claims must not cut the file short. */
    (void)curl_easy_setopt(easy, CURLOPT_IGNORE_CONTENT_LENGTH, verb == SESSION_FETCH ? 1L : 0L);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, verb == SESSION_SIZE ? drop_bytes : take_bytes);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, verb == SESSION_FACTS ? "MLSD" : NULL);
    return code;
}

/*
 * One transfer over the connections of session->multi. curl_easy_perform() would do, but that of
 * libcurl 7.88 sleeps a whole second when an answer to EPSV comes at once; a loop of our own looks
 * again after a moment.
 */
static CURLcode run(struct session *session)
{
    enum { MOMENT_MS = 20 };
    int running = 1, left;
    const CURLMsg *message;
    CURLMcode code = curl_multi_add_handle(session->multi, session->easy);
    CURLcode result = CURLE_OUT_OF_MEMORY;

    while (code == CURLM_OK && running) {
        code = curl_multi_perform(session->multi, &running);
        if (code == CURLM_OK && running)
            code = curl_multi_poll(session->multi, NULL, 0, MOMENT_MS, NULL);
    }
    while ((message = curl_multi_info_read(session->multi, &left)) != NULL)
        if (message->msg == CURLMSG_DONE && message->easy_handle == session->easy)
            result = message->data.result;
    (void)curl_multi_remove_handle(session->multi, session->easy);
    return result;
}

/*
 * Nothing on a connection used before looks to libcurl like a connection that died, so it asks again.
 * That of 8.14 knows no way to ask again but HTTP's and gives up so, with every empty file over SFTP.
 * Nothing on a new connection is nothing.
 */
static CURLcode run_again(struct session *session)
{
    (void)curl_easy_setopt(session->easy, CURLOPT_FRESH_CONNECT, 1L);
    CURLcode code = run(session);
    (void)curl_easy_setopt(session->easy, CURLOPT_FRESH_CONNECT, 0L);
    return code;
}

static CURLcode perform(struct session *session)
{
    curl_off_t told = -1;
    CURLcode code;

    session->length = 0; /* nothing of an earlier try remains */
    session->failure = 0;
    session->host_key = -1;
    session->curl_text[0] = '\0';
    code = run(session);
    if (code == CURLE_TOO_MANY_REDIRECTS && session->length == 0)
        code = run_again(session);
    session->response = 0;
    (void)curl_easy_getinfo(session->easy, CURLINFO_RESPONSE_CODE, &session->response);
    (void)curl_easy_getinfo(session->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &told);
    session->told = told;
    session->connected |= code == CURLE_OK;
    return code;
}

static int explain(struct session *session, const struct reason *reason, const struct mt940_view *name)
{
    char what[CURL_ERROR_SIZE + 200];
    const char *known = reason->text;

    if (session->failure == MT940_E_LIMIT)
        return session_fail(session, MT940_E_LIMIT, name == NULL ? "the listing is larger than the limit"
                                                                 : "the file is larger than the limit", name);
    if (session->failure != 0)
        return session_fail(session, session->failure, "no memory", NULL);
    if (session->host_key == CURLKHMATCH_MISMATCH)
        known = "the server has another host key than known_hosts says; ask the bank before you go on";
    else if (session->host_key == CURLKHMATCH_MISSING)
        known = "the server's host key is not in known_hosts; ask the bank for it";
    (void)snprintf(what, sizeof what, "%s%s%s%s", known, session->curl_text[0] == '\0' ? "" : " (", session->curl_text,
                   session->curl_text[0] == '\0' ? "" : ")");
    return session_fail(session, reason->status, what, name);
}

/* Waits in small steps, so that the host can stop it. 0 = stopped. */
static int pause_before(struct session *session, uint32_t milliseconds)
{
    while (milliseconds > 0) {
        uint32_t part = milliseconds < 100 ? milliseconds : 100;
        struct timespec time = {0, (long)part * 1000000};

        if (step(session, 0, 0, 0, 0) != 0)
            return 0;
        (void)nanosleep(&time, NULL);
        milliseconds -= part;
    }
    return 1;
}

int session_ask(struct session *session, enum session_verb verb, const struct mt940_view *name, uint64_t limit)
{
    uint32_t wait = session->settings.options.backoff_ms;
    int status = begin(session);

    if (status != MT940_OK)
        return status;
    session->limit = limit;
    for (uint32_t tries = 0;; tries++, wait *= 2) {
        CURLcode code = set_verb(session, verb, name);
        struct reason reason;

        if (code == CURLE_OK)
            code = perform(session);
        if (code == CURLE_OK)
            return MT940_OK;
        reason = reason_of((int)code, session->response);
        status = explain(session, &reason, name);
        if (!reason.passes || session->failure != 0 || tries >= session->settings.options.retries)
            return status;
        if (!pause_before(session, wait))
            return session_fail(session, MT940_E_CANCELLED, "stopped on request", NULL);
    }
}

void session_end(struct session *session)
{
    if (session->easy != NULL || session->multi != NULL) {
        curl_easy_cleanup(session->easy);
        curl_multi_cleanup(session->multi);
        wipe_freed();
    }
    session->easy = NULL;
    session->multi = NULL;
    free(session->bytes);
    session->bytes = NULL;
    session->length = session->capacity = 0;
}

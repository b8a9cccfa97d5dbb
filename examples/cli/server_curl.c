/* SPDX-License-Identifier: Apache-2.0
 *
 * server_curl.c: opens servers with the adapter for libcurl. In builds without it server_none.c
 * stands here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/adapters/curl.h>

#include "server.h"
#include "value.h"

int server_is_built(void)
{
    return 1;
}

/* Tells which names of the server are left alone, and why. */
static void note_ignored(void *user, const struct mt940_view *name, int32_t reason)
{
    static const enum text texts[] = {[MT940_IGNORED_TEMPORARY] = TEXT_IGNORED_TEMPORARY,
                                      [MT940_IGNORED_NOT_A_FILE] = TEXT_IGNORED_NOT_A_FILE,
                                      [MT940_IGNORED_BAD_NAME] = TEXT_IGNORED_BAD_NAME,
                                      [MT940_IGNORED_UNREADABLE] = TEXT_IGNORED_UNREADABLE,
                                      [MT940_IGNORED_TWICE] = TEXT_IGNORED_TWICE};
    struct output *out = user;
    struct place place = {NULL, 0, 0};
    char *file;

    if (reason < 0 || (size_t)reason >= sizeof texts / sizeof *texts || texts[reason] == TEXT_NONE)
        return; /* hidden files are hidden from people too */
    file = value_string(name);
    place.file = file;
    output_diagnose(out, &place, MT940_INFO, "FILE_IGNORED", text_raw(texts[reason], out->language));
    free(file);
}

int server_open(struct output *out, const char *address, const struct server *server,
                struct mt940_transport *transport)
{
    struct mt940_curl_options options;
    struct mt940_secret secret;
    struct mt940_error error = {.size = sizeof error};
    int status;

    mt940_curl_options_init(&options);
    mt940_curl_secret_port(&secret);
    options.secret = &secret;
    options.password = server->values[SERVER_PASSWORD];
    options.private_key = server->values[SERVER_KEY];
    options.passphrase = server->values[SERVER_PASSPHRASE];
    options.known_hosts = server->values[SERVER_KNOWN_HOSTS];
    options.fingerprint = server->values[SERVER_FINGERPRINT];
    options.certificates = server->values[SERVER_CERTIFICATES];
    options.allow_cleartext = server->values[SERVER_CLEARTEXT] != NULL;
    options.user = out;
    options.ignored = note_ignored;
    status = mt940_curl_transport_open(address, &options, transport, &error);
    if (status != MT940_OK) {
        char *word = output_harmless(address, ":"); /* what follows may hold a password */

        server_failed(out, word, status, error.text);
        free(word);
    }
    return status == MT940_OK;
}

char *server_proof(const struct output *out, const struct mt940_transport *transport, int *good)
{
    static const enum text texts[] = {
        [MT940_CURL_PROOF_NONE] = TEXT_PROOF_NONE,
        [MT940_CURL_PROOF_CERTIFICATE] = TEXT_PROOF_CERTIFICATE,
        [MT940_CURL_PROOF_OWN_FILE] = TEXT_PROOF_OWN_FILE,
        [MT940_CURL_PROOF_KNOWN_HOSTS] = TEXT_PROOF_KNOWN_HOSTS,
        [MT940_CURL_PROOF_FINGERPRINT] = TEXT_PROOF_FINGERPRINT,
    };
    struct mt940_curl_state state = {.size = sizeof state};
    char *subject, *expires, *sentence;

    if (mt940_curl_transport_state(transport, &state) != MT940_OK || state.proof < 0 ||
        (size_t)state.proof >= sizeof texts / sizeof *texts)
        return NULL;
    *good = state.proof != MT940_CURL_PROOF_NONE;
    subject = output_clean(state.subject.data, state.subject.length);
    expires = output_clean(state.expires.data, state.expires.length);
    sentence = TEXT_FORMAT(texts[state.proof], out->language, subject, expires);
    free(expires);
    free(subject);
    return sentence;
}

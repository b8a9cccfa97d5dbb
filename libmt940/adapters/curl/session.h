/* SPDX-License-Identifier: Apache-2.0
 *
 * session.h: one connection to a server, and single questions to it.
 */
#ifndef MT940_CURL_SESSION_H
#define MT940_CURL_SESSION_H

#include <curl/curl.h>

#include "settings.h"

enum session_verb {
    SESSION_FACTS, /* MLSD */
    SESSION_LONG,  /* LIST, or the long form of SFTP */
    SESSION_NAMES, /* NLST, or the names of SFTP */
    SESSION_FETCH, /* RETR */
    SESSION_SIZE   /* SIZE: no bytes, session->told only */
};

struct session {
    struct settings settings;
    CURL *easy;   /* NULL before the first question */
    CURLM *multi; /* keeps the connections */
    int connected;
    int host_key; /* enum curl_khmatch as last seen, -1 = not asked */

    /* The answer to the last question. */
    char *bytes; /* of malloc(); whoever takes it sets it to NULL */
    size_t length;
    size_t capacity;
    int64_t told; /* the size as the server says it, -1 = it does not */
    long response;

    /* Of the question that is under way. */
    uint64_t limit;
    int failure; /* why our own callback stopped it: a status, 0 = it did not */

    char curl_text[CURL_ERROR_SIZE];
    char text[600];
    char subject[200]; /* of the certificate */
    char expires[64];
};

/*
 * Asks, and asks again after failures that pass, each time from the beginning. `name` NULL = the
 * folder. 0, or a status with session->text.
 */
int session_ask(struct session *session, enum session_verb verb, const struct mt940_view *name, uint64_t limit);
/* Keeps "host: what: name" as session->text; returns `status`. `name` may be NULL. */
int session_fail(struct session *session, int status, const char *what, const struct mt940_view *name);
/* Ends the connection and wipes what libcurl kept of the secrets. */
void session_end(struct session *session);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * place.h: an empty schema on the server of the tests (server.py), looked at with libpq itself.
 */
#ifndef MT940_TESTS_POSTGRES_PLACE_H
#define MT940_TESTS_POSTGRES_PLACE_H

#include <libpq-fe.h>

#include "mt940connect/adapters/postgres.h"

struct place {
    const char *connection; /* for libpq */
    PGconn *beside;         /* a connection past the store */
    char schema[40];
};

/* Takes the server from the environment; the test has failed without one. */
void place_find(struct place *place, const char *schema);
/* Drops the schema. */
void place_leave(struct place *place);
/* Takes all records away. 0 or -1. */
int place_empty(struct place *place);
/* Runs SQL beside the store and gives the first value as a number; -1 when it failed. */
long long place_ask(struct place *place, const char *sql);
/* Opens a store there; NULL options for the defaults. Prints why it could not. */
int place_open(struct place *place, const struct mt940_postgres_options *options, struct mt940_store *out);

#endif

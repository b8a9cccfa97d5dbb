/* SPDX-License-Identifier: Apache-2.0
 *
 * day_postgres.c: a schema of the tests' server, emptied for each day. Every process looks at it
 * through a connection of its own: one that came with fork() belongs to the parent.
 */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../crash/day_place.h"
#include "place.h"

enum { PATIENCE_MS = 60000 };

static struct place place;
static pid_t owner;

bool day_place_begin(struct day_places *places)
{
    place_find(&place, "day");
    owner = getpid();
    strcpy(places->directories[0], "/tmp/mt940connect-day-XXXXXX");
    places->count = mkdtemp(places->directories[0]) != NULL; /* for the ERP's file */
    return places->count > 0;
}

void day_place_end(struct day_places *places)
{
    place_leave(&place);
    rmdir(places->directories[0]);
}

/* Nobody waits for ever: a process that was killed may still have a backend at work. */
int day_place_make(const struct day *day)
{
    if (PQstatus(place.beside) != CONNECTION_OK)
        PQreset(place.beside);
    return day->store[0] ? place_empty(&place) : -1;
}

void day_place_remove(const struct day *day)
{
    (void)day;
}

int day_place_open(const struct day *day, struct mt940_store *store)
{
    struct mt940_postgres_options options = {
        .size = sizeof options, .schema = place.schema, .busy_timeout_ms = PATIENCE_MS};

    (void)day;
    return mt940_postgres_store_open(place.connection, &options, store, NULL);
}

bool day_place_look(const struct day *day)
{
    char sql[200];

    (void)day;
    if (owner != getpid()) {
        owner = getpid();
        place.beside = PQconnectdb(place.connection);
    } else if (PQstatus(place.beside) != CONNECTION_OK) {
        PQreset(place.beside);
    }
    snprintf(sql, sizeof sql, "SET search_path = \"%s\"; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", place.schema);
    PGresult *result = PQexec(place.beside, sql);
    bool looks = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return looks;
}

int64_t day_place_ask(const char *sql, const char *text)
{
    PGresult *result = PQexecParams(place.beside, sql, text ? 1 : 0, NULL, &text, NULL, NULL, 0);
    int64_t number = -1;

    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        number = PQntuples(result) > 0 ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : 0;
    else
        printf("# %s: %s", sql, PQresultErrorMessage(result));
    PQclear(result);
    return number;
}

void day_place_look_away(void)
{
    PQclear(PQexec(place.beside, "COMMIT"));
}

bool day_place_cut(void)
{
    const char *handles = getenv("MT940_POSTGRES_CUT");
    char *next = NULL, byte = '\n';
    long ask = handles ? strtol(handles, &next, 10) : -1;
    long done = next && *next == ',' ? strtol(next + 1, NULL, 10) : -1;

    return done >= 0 && write((int)ask, &byte, 1) == 1 && read((int)done, &byte, 1) == 1;
}

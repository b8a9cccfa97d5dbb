/* SPDX-License-Identifier: Apache-2.0
 *
 * place.c: where the tests of the PostgreSQL store happen.
 */
#include "place.h"

#include <stdio.h>
#include <stdlib.h>

/* TAP has no room for "drop cascades to". */
static void ignore_notice(void *user, const PGresult *notice)
{
    (void)user;
    (void)notice;
}

void place_find(struct place *place, const char *schema)
{
    place->connection = getenv("MT940_POSTGRES");
    snprintf(place->schema, sizeof place->schema, "%s", schema);
    place->beside = PQconnectdb(place->connection ? place->connection : "host=/nowhere");
    if (!place->connection || PQstatus(place->beside) != CONNECTION_OK) {
        printf("Bail out! run this by tests/postgres/server.py: %s", PQerrorMessage(place->beside));
        exit(2);
    }
    PQsetNoticeReceiver(place->beside, ignore_notice, NULL);
}

static int drop(struct place *place)
{
    char sql[120];

    snprintf(sql, sizeof sql, "DROP SCHEMA IF EXISTS \"%s\" CASCADE", place->schema);
    return place_ask(place, sql) == -1 ? -1 : 0;
}

void place_leave(struct place *place)
{
    drop(place);
    PQfinish(place->beside);
}

/* Making the tables takes longer than most checks, so they stay. */
int place_empty(struct place *place)
{
    char sql[4000];
    size_t length = 0;

    snprintf(sql, sizeof sql, "SELECT count(*) FROM information_schema.tables WHERE table_schema = '%s'", place->schema);
    if (place_ask(place, sql) <= mt940_kind_count())
        return drop(place);
    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++)
        length += (size_t)snprintf(sql + length, sizeof sql - length, "DELETE FROM \"%s\".\"%s\";", place->schema,
                                   mt940_kind_info(kind)->table);
    return place_ask(place, sql) == -1 ? -1 : 0;
}

long long place_ask(struct place *place, const char *sql)
{
    PGresult *result = PQexec(place->beside, sql);
    ExecStatusType status = PQresultStatus(result);
    long long number = 0;

    if (status == PGRES_TUPLES_OK && PQntuples(result) > 0)
        number = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    else if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        number = -1;
    if (number == -1)
        printf("# %s: %s", sql, PQresultErrorMessage(result));
    PQclear(result);
    return number;
}

int place_open(struct place *place, const struct mt940_postgres_options *options, struct mt940_store *out)
{
    struct mt940_postgres_options here = {.size = sizeof here};
    struct mt940_error error = {.size = sizeof error};

    if (options)
        here = *options;
    here.schema = place->schema;
    int status = mt940_postgres_store_open(place->connection, &here, out, &error);
    if (status)
        printf("# %s\n", error.text);
    return status;
}

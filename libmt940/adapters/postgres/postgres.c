/* SPDX-License-Identifier: Apache-2.0
 *
 * postgres.c: the four functions of the store port and how to get them.
 */
#include "mt940connect/adapters/postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "export.h"
#include "fetch.h"
#include "statement.h"
#include "tables.h"

enum { DEFAULT_BUSY_MS = 5000, DEFAULT_STALL_MS = 30000, SMALL = 1000 };

static int postgres_apply(void *user, const struct mt940_batch *batches, size_t count,
                          struct mt940_batch_result *results)
{
    return mt940_postgres_apply(user, batches, count, results);
}

/* --- reading --- */

/* What is asked, and where rows go. */
struct reader {
    int statement;
    const struct mt940_kind_info *info;
    int32_t fields[MT940_ORDER_MAX]; /* of `from`, the parameters */
    int32_t field_count;
    const void *from;
    int64_t limit; /* 0 = the statement has none */
    mt940_record_sink sink;
    void *sink_user;
    size_t seen;
};

/* A sink that has enough leaves rows behind: few are read past, of many the server is told to stop. */
static int leave(struct mt940_postgres *store, bool many)
{
    PGcancel *cancel = many ? PQgetCancel(store->connection) : NULL;
    char words[64];
    PGresult *result = NULL;
    int status;

    if (cancel)
        (void)PQcancel(cancel, words, sizeof(words));
    PQfreeCancel(cancel);
    while ((status = mt940_postgres_next(store, &result)) == MT940_OK && result)
        PQclear(result);
    return status;
}

/* Hands one row after the other to the sink until it stops. */
static int hand_over(struct mt940_postgres *store, struct reader *reader, bool many)
{
    PGresult *result = NULL;
    int answer;

    while ((answer = mt940_postgres_next(store, &result)) == MT940_OK && result) {
        ExecStatusType kind = PQresultStatus(result);
        if (kind == PGRES_SINGLE_TUPLE) {
            answer = mt940_postgres_read(store, result, 0, reader->info, 0);
            if (answer == MT940_OK) {
                reader->seen++;
                answer = reader->sink(reader->sink_user, store->record);
            }
        } else if (kind != PGRES_TUPLES_OK) {
            answer = mt940_postgres_fail(store, result, "read");
        }
        PQclear(result);
        if (answer) {
            (void)leave(store, many && kind == PGRES_SINGLE_TUPLE);
            return answer;
        }
    }
    return answer;
}

static int bind(struct mt940_postgres *store, const struct reader *reader)
{
    int status = MT940_OK;

    mt940_postgres_bind_none(store);
    for (int32_t i = 0; status == MT940_OK && i < reader->field_count; i++)
        status = mt940_postgres_bind(store, reader->info, reader->fields[i], reader->fields[i] + 1, reader->from);
    if (reader->limit)
        mt940_postgres_bind_number(store, reader->limit);
    return status;
}

/* A connection that was lost before a row came is made anew once. Settling may ask the server, too: bound behind it. */
static int read_rows(struct mt940_postgres *store, struct reader *reader)
{
    int answer = MT940_OK;

    for (int tries = 0; tries < 2; tries++) {
        answer = mt940_postgres_settle(store);
        if (answer == MT940_OK)
            answer = mt940_postgres_prepare(store, reader->statement);
        if (answer == MT940_OK)
            answer = bind(store, reader);
        if (answer == MT940_OK)
            answer = mt940_postgres_send(store, reader->statement);
        if (answer == MT940_OK && !PQsetSingleRowMode(store->connection))
            answer = mt940_postgres_fail(store, NULL, "read");
        if (answer == MT940_OK)
            answer = hand_over(store, reader, reader->limit > SMALL);
        if (answer == MT940_OK || reader->seen > 0 || !mt940_postgres_is_lost(store))
            break;
    }
    return answer;
}

static int postgres_get(void *user, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    struct mt940_postgres *store = user;
    struct reader reader = {.info = mt940_kind_info(kind), .from = key, .sink = sink, .sink_user = sink_user};

    if (!reader.info || !key || !sink)
        return mt940_postgres_refuse(store, MT940_E_ARGUMENT, "get without a known kind, key or sink");
    reader.statement = mt940_postgres_statement(kind, MT940_POSTGRES_GET);
    for (int32_t i = 0; i < reader.info->key_count; i++)
        reader.fields[reader.field_count++] = i;
    int answer = read_rows(store, &reader);
    return answer == MT940_OK && reader.seen == 0 ? MT940_E_NOT_FOUND : answer;
}

static int postgres_scan(void *user, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after,
                         size_t limit, mt940_record_sink sink, void *sink_user)
{
    struct mt940_postgres *store = user;
    struct reader reader = {.info = mt940_kind_info(kind), .from = from, .sink = sink, .sink_user = sink_user};

    if (!reader.info || index < 0 || index >= reader.info->index_count || prefix < 0 ||
        prefix > reader.info->indexes[index].field_count || (!from && (prefix || after)) || !sink)
        return mt940_postgres_refuse(store, MT940_E_ARGUMENT, "scan without a known kind, order or sink");
    reader.statement = mt940_postgres_scan_statement(kind, index, prefix, after);
    reader.field_count = mt940_index_order(reader.info, index, 0, reader.fields);
    if (!after)
        reader.field_count = prefix;
    reader.limit = limit == 0 || limit > INT64_MAX ? INT64_MAX : (int64_t)limit;
    return read_rows(store, &reader);
}

/* --- many looks at once --- */

static int postgres_fetch(void *user, const struct mt940_lookup *lookups, size_t count)
{
    return mt940_postgres_fetch(user, lookups, count);
}

/* --- opening and closing --- */

static void postgres_close(void *user)
{
    struct mt940_postgres *store = user;

    mt940_postgres_statements_free(store);
    mt940_record_free(MT940_KIND_ACTION, store->doubtful, NULL);
    PQfinish(store->connection);
    free(store->schema);
    free(store);
}

static const char *postgres_last_error(void *user)
{
    return ((struct mt940_postgres *)user)->text;
}

static int fail(struct mt940_error *error, int status, const char *text)
{
    if (error && error->size >= sizeof(*error)) {
        memset(&error->status, 0, sizeof(*error) - offsetof(struct mt940_error, status));
        error->status = status;
        snprintf(error->text, sizeof(error->text), "%s", text);
    }
    return status;
}

static bool are_usable(const struct mt940_postgres_options *options)
{
    if (options->size < sizeof(*options) || options->size > 4096 || options->busy_timeout_ms < 0 ||
        options->stall_timeout_ms < 0)
        return false;
    for (size_t i = sizeof(*options); i < options->size; i++)
        if (((const unsigned char *)options)[i] != 0)
            return false;
    return true;
}

/* The name in double quotes, those within doubled (SQL, delimited identifiers). */
static char *quote(const char *name)
{
    char *quoted = malloc(2 * strlen(name) + 3), *end = quoted;

    if (!quoted)
        return NULL;
    *end++ = '"';
    for (; *name; name++) {
        if (*name == '"')
            *end++ = '"';
        *end++ = *name;
    }
    *end++ = '"';
    *end = '\0';
    return quoted;
}

static int open_store(struct mt940_postgres *store, const char *connection,
                      const struct mt940_postgres_options *options)
{
    const char *schema = options->schema ? options->schema : MT940_POSTGRES_SCHEMA;

    if (!schema[0] || strlen(schema) > MT940_POSTGRES_SCHEMA_MAX)
        return mt940_postgres_refuse(store, MT940_E_ARGUMENT, "the schema's name must have 1 to 63 bytes");
    store->schema = quote(schema);
    store->read_only = options->read_only;
    store->pooled = options->pooled;
    store->busy_timeout_ms = options->busy_timeout_ms ? options->busy_timeout_ms : DEFAULT_BUSY_MS;
    store->stall_timeout_ms = options->stall_timeout_ms ? options->stall_timeout_ms : DEFAULT_STALL_MS;
    if (!store->schema)
        return mt940_postgres_refuse(store, MT940_E_MEMORY, "no memory for a store");
    int status = mt940_postgres_statements_init(store);
    if (status == MT940_OK)
        status = mt940_postgres_connect(store, connection, options);
    if (status == MT940_OK)
        status = mt940_postgres_make_tables(store, options);
    if (status == MT940_OK)
        status = mt940_postgres_set_session(store);
    return status;
}

MT940_EXPORT int mt940_postgres_store_open(const char *connection, const struct mt940_postgres_options *options,
                                           struct mt940_store *out, struct mt940_error *error)
{
    struct mt940_postgres_options defaults = {.size = sizeof(defaults)};

    if (!connection || !out || (options && !are_usable(options)))
        return fail(error, MT940_E_ARGUMENT, "no connection string, no output, or unusable options");
    struct mt940_postgres *store = calloc(1, sizeof(*store));
    if (!store)
        return fail(error, MT940_E_MEMORY, "no memory for a store");
    int status = open_store(store, connection, options ? options : &defaults);
    if (status) {
        fail(error, status, store->text);
        postgres_close(store);
        return status;
    }
    *out = (struct mt940_store){sizeof(*out), store, postgres_get, postgres_scan, postgres_apply, postgres_close,
                                postgres_last_error, postgres_fetch};
    return MT940_OK;
}

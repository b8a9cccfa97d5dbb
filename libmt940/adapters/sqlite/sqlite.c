/* SPDX-License-Identifier: Apache-2.0
 *
 * sqlite.c: the four functions of the store port and how to get them.
 */
#include "mt940connect/adapters/sqlite.h"

#include <stdbool.h>
#include <string.h>

#include "apply.h"
#include "export.h"
#include "open.h"
#include "statement.h"

static int sqlite_apply(void *user, const struct mt940_batch *batches, size_t count,
                        struct mt940_batch_result *results)
{
    return mt940_sqlite_apply(user, batches, count, results);
}

/* Gives up to one row after the other to the sink until it stops; *seen counts them. */
static int hand_over(struct mt940_sqlite *store, sqlite3_stmt *statement, const struct mt940_kind_info *info,
                     mt940_record_sink sink, void *sink_user, size_t *seen)
{
    int code;

    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        int answer = mt940_sqlite_read(store, statement, info);
        if (answer == MT940_OK)
            answer = sink(sink_user, store->record);
        if (answer)
            return answer;
        ++*seen;
    }
    return code == SQLITE_DONE ? MT940_OK : mt940_sqlite_fail(store, code, "read");
}

static int sqlite_get(void *user, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    struct mt940_sqlite *store = user;
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    sqlite3_stmt *statement = NULL;
    size_t seen = 0;

    if (!info || !key || !sink)
        return mt940_sqlite_refuse(store, MT940_E_ARGUMENT, "get without a known kind, key or sink");
    int answer = mt940_sqlite_settle(store);
    if (answer == MT940_OK)
        answer = mt940_sqlite_statement(store, kind, MT940_SQLITE_GET, &statement);
    if (answer == MT940_OK)
        answer = mt940_sqlite_bind(store, statement, info, 0, info->key_count, key);
    if (answer == MT940_OK)
        answer = hand_over(store, statement, info, sink, sink_user, &seen);
    mt940_sqlite_done(statement);
    return answer == MT940_OK && seen == 0 ? MT940_E_NOT_FOUND : answer;
}

/* Binds what the statement of a scan names: the prefix, with `after` the rest of the order, the limit. */
static int bind_scan(struct mt940_sqlite *store, sqlite3_stmt *statement, const struct mt940_kind_info *info,
                     int32_t index, int32_t prefix, const void *from, int32_t after, size_t limit)
{
    int32_t fields[MT940_ORDER_MAX];
    int32_t count = after ? mt940_index_order(info, index, 0, fields) : prefix;
    int64_t most = limit == 0 || limit > INT64_MAX ? -1 : (int64_t)limit;
    int status = mt940_sqlite_bind_number(store, statement, mt940_sqlite_revision_parameter(info), most);

    for (int32_t i = 0; status == MT940_OK && i < count; i++) {
        int32_t field = after ? fields[i] : info->indexes[index].fields[i];
        status = mt940_sqlite_bind(store, statement, info, field, field + 1, from);
    }
    return status;
}

static int sqlite_scan(void *user, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after,
                       size_t limit, mt940_record_sink sink, void *sink_user)
{
    struct mt940_sqlite *store = user;
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    sqlite3_stmt *statement = NULL;
    size_t seen = 0;

    if (!info || index < 0 || index >= info->index_count || prefix < 0 ||
        prefix > info->indexes[index].field_count || (!from && (prefix || after)) || !sink)
        return mt940_sqlite_refuse(store, MT940_E_ARGUMENT, "scan without a known kind, order or sink");
    int answer = mt940_sqlite_settle(store);
    if (answer == MT940_OK)
        answer = mt940_sqlite_scan_statement(store, kind, index, prefix, after, &statement);
    if (answer == MT940_OK)
        answer = bind_scan(store, statement, info, index, prefix, from, after, limit);
    if (answer == MT940_OK)
        answer = hand_over(store, statement, info, sink, sink_user, &seen);
    mt940_sqlite_done(statement);
    return answer;
}

/* One transaction for all: beginning and ending one is as much work as a small look itself. */
static int sqlite_fetch(void *user, const struct mt940_lookup *lookups, size_t count)
{
    struct mt940_sqlite *store = user;
    int answer = mt940_sqlite_settle(store);

    if (answer == MT940_OK)
        answer = mt940_sqlite_do(store, MT940_SQLITE_BEGIN_READING);
    if (answer)
        return answer;
    for (size_t i = 0; answer == MT940_OK && i < count; i++)
        answer = sqlite_scan(store, lookups[i].kind, lookups[i].index, lookups[i].prefix, lookups[i].from, 0, 0,
                             lookups[i].sink, lookups[i].sink_user);
    if (!sqlite3_get_autocommit(store->db)) {
        int ended = answer ? MT940_E_STORE : mt940_sqlite_do(store, MT940_SQLITE_COMMIT);
        if (ended)
            sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
        answer = answer ? answer : ended;
    }
    return answer;
}

static void sqlite_close(void *user)
{
    struct mt940_sqlite *store = user;

    mt940_sqlite_statements_free(store);
    sqlite3_close(store->db);
    sqlite3_free(store->path);
    sqlite3_free(store);
}

static const char *sqlite_last_error(void *user)
{
    return ((struct mt940_sqlite *)user)->text;
}

static int fail(struct mt940_error *error, int status, int32_t detail, const char *text)
{
    if (error && error->size >= sizeof(*error)) {
        memset(&error->status, 0, sizeof(*error) - offsetof(struct mt940_error, status));
        error->status = status;
        error->detail = detail;
        sqlite3_snprintf(sizeof(error->text), error->text, "%s", text);
    }
    return status;
}

static bool are_usable(const struct mt940_sqlite_options *options)
{
    if (options->size < sizeof(*options) || options->size > 4096 || options->reserved)
        return false;
    for (size_t i = sizeof(*options); i < options->size; i++)
        if (((const unsigned char *)options)[i] != 0)
            return false;
    return true;
}

static struct mt940_sqlite *new_store(const char *path)
{
    struct mt940_sqlite *store = sqlite3_malloc64(sizeof(*store));

    if (!store)
        return NULL;
    memset(store, 0, sizeof(*store));
    store->path = sqlite3_mprintf("%s", path);
    if (!store->path) {
        sqlite3_free(store);
        return NULL;
    }
    return store;
}

MT940_EXPORT int mt940_sqlite_store_open(const char *path, const struct mt940_sqlite_options *options,
                                         struct mt940_store *out, struct mt940_error *error)
{
    struct mt940_sqlite_options defaults = {.size = sizeof(defaults)};

    if (!path || !path[0] || !out || (options && !are_usable(options)))
        return fail(error, MT940_E_ARGUMENT, 0, "no path, no output, or unusable options");
    struct mt940_sqlite *store = new_store(path);
    if (!store)
        return fail(error, MT940_E_MEMORY, 0, "no memory for a store");
    int status = mt940_sqlite_open_file(store, options ? options : &defaults);
    if (status == MT940_OK)
        status = mt940_sqlite_statements_init(store);
    if (status) {
        fail(error, status, store->detail, store->text);
        sqlite_close(store);
        return status;
    }
    *out = (struct mt940_store){sizeof(*out), store, sqlite_get, sqlite_scan, sqlite_apply, sqlite_close,
                                sqlite_last_error, sqlite_fetch};
    return MT940_OK;
}

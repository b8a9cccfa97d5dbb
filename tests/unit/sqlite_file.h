/* SPDX-License-Identifier: Apache-2.0
 *
 * sqlite_file.h: a store file in a directory of its own for each test, a second way into it, and
 * the least one can do with a store.
 */
#ifndef MT940_TESTS_SQLITE_FILE_H
#define MT940_TESTS_SQLITE_FILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "mt940connect/adapters/sqlite.h"

#define TEXT(text) {(text), sizeof(text) - 1}

static char directory[] = "/tmp/mt940connect-sqlite-XXXXXX";
static char path[64];

static inline int make_directory(void **state)
{
    (void)state;
    if (!mkdtemp(directory))
        return -1;
    snprintf(path, sizeof(path), "%s/s.db", directory);
    return 0;
}

static inline int remove_directory(void **state)
{
    (void)state;
    return rmdir(directory);
}

static inline int remove_store(void **state)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    char name[80];

    (void)state;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        snprintf(name, sizeof(name), "%s%s", path, endings[i]);
        (void)remove(name);
    }
    return 0;
}

/* --- a second way into the file --- */

static inline void run_sql(const char *sql)
{
    sqlite3 *db = NULL;
    char *text = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &text) != SQLITE_OK)
        fail_msg("%s: %s", sql, text);
    sqlite3_close(db);
}

static inline int64_t number_of(const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

/* --- the store --- */

static inline int try_open(const char *at, const struct mt940_sqlite_options *options, struct mt940_store *store,
                    struct mt940_error *error)
{
    *store = (struct mt940_store){0};
    *error = (struct mt940_error){.size = sizeof(*error)};
    int status = mt940_sqlite_store_open(at, options, store, error);
    assert_int_equal(error->status, status);
    assert_int_equal(store->apply != NULL, status == 0);
    return status;
}

static inline struct mt940_store opened(const struct mt940_sqlite_options *options)
{
    struct mt940_store store;
    struct mt940_error error;

    if (try_open(path, options, &store, &error))
        fail_msg("%s", error.text);
    return store;
}

static inline void assert_refused(int status, const struct mt940_sqlite_options *options, const char *word)
{
    struct mt940_store store;
    struct mt940_error error;

    assert_int_equal(try_open(path, options, &store, &error), status);
    if (!strstr(error.text, word) || !strstr(error.text, path))
        fail_msg("\"%s\" does not say \"%s\" and the path", error.text, word);
}

static inline int put_setting(const struct mt940_store *store, const char *name)
{
    struct mt940_setting setting = {.company = TEXT("01"), .value = TEXT("v")};
    struct mt940_action action = {.company = TEXT("01"), .verb = TEXT("test")};
    struct mt940_change change = {
        .size = sizeof(change), .op = MT940_PUT_NEW, .kind = MT940_KIND_SETTING, .record = &setting};
    struct mt940_batch batch = {sizeof(batch), &action, &change, 1};
    struct mt940_batch_result result = {.size = sizeof(result)};

    mt940_view_from_string(name, &setting.name);
    mt940_view_from_string(name, &action.key);
    int status = store->apply(store->user, &batch, 1, &result);
    return status ? status : result.outcome;
}

static inline int count_record(void *user, const void *record)
{
    (void)record;
    ++*(int *)user;
    return 0;
}

static inline int count_of(const struct mt940_store *store, int32_t kind)
{
    int count = 0;
    assert_int_equal(store->scan(store->user, kind, 0, 0, NULL, 0, 0, count_record, &count), 0);
    return count;
}

/*
 * Settings of a connection cannot be asked from outside, so every connection opened in between is
 * caught as SQLite's automatic extensions are and asked itself.
 */
static sqlite3 *caught;

static inline int catch_connection(sqlite3 *db, const char **text, const void *api)
{
    (void)text;
    (void)api;
    caught = db;
    return SQLITE_OK;
}

#endif

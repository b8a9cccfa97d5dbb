/* SPDX-License-Identifier: Apache-2.0
 *
 * day_sqlite.c: a file for each day. On a disk most kills meet a process that waits for a sync; in
 * memory they meet everything else. So days happen in both in turn.
 */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "day_place.h"
#include "mt940connect/adapters/sqlite.h"

enum { PATIENCE_MS = 60000 };

static sqlite3 *beside;

bool day_place_begin(struct day_places *places)
{
    static const char *const names[2] = {"/tmp/mt940connect-day-XXXXXX", "/dev/shm/mt940connect-day-XXXXXX"};

    places->count = 0;
    for (int i = 0; i < 2; i++) {
        strcpy(places->directories[places->count], names[i]);
        places->count += mkdtemp(places->directories[places->count]) != NULL;
    }
    return places->count > 0;
}

void day_place_end(struct day_places *places)
{
    for (int i = 0; i < places->count; i++)
        rmdir(places->directories[i]);
}

/* The file comes with the first handle. */
int day_place_make(const struct day *day)
{
    return day->store[0] ? 0 : 1;
}

void day_place_remove(const struct day *day)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char name[80];

    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", day->store, ends[i]);
        remove(name);
    }
}

int day_place_open(const struct day *day, struct mt940_store *store)
{
    struct mt940_sqlite_options busy = {.size = sizeof busy, .busy_timeout_ms = PATIENCE_MS};

    return mt940_sqlite_store_open(day->store, &busy, store, NULL);
}

bool day_place_look(const struct day *day)
{
    if (sqlite3_open(day->store, &beside) != SQLITE_OK)
        return false;
    sqlite3_busy_timeout(beside, PATIENCE_MS);
    return sqlite3_exec(beside, "begin", NULL, NULL, NULL) == SQLITE_OK;
}

int64_t day_place_ask(const char *sql, const char *text)
{
    sqlite3_stmt *statement = NULL;
    int64_t number = -1;

    if (sqlite3_prepare_v2(beside, sql, -1, &statement, NULL) == SQLITE_OK) {
        if (text != NULL)
            sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
        int step = sqlite3_step(statement);
        number = step == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : step == SQLITE_DONE ? 0 : -1;
    }
    sqlite3_finalize(statement);
    return number;
}

void day_place_look_away(void)
{
    sqlite3_close(beside);
    beside = NULL;
}

bool day_place_cut(void)
{
    return false;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * connection.c: SQLite's codes as statuses, with words, and SQL that is run once. Must not know a table or record.
 */
#include "connection.h"

#include <string.h>

/* --- failures --- */

static const struct {
    int code; /* primary result code */
    int status;
} statuses[] = {
    {SQLITE_BUSY, MT940_E_BUSY},         {SQLITE_LOCKED, MT940_E_BUSY},      {SQLITE_NOMEM, MT940_E_MEMORY},
    {SQLITE_IOERR, MT940_E_IO},          {SQLITE_FULL, MT940_E_IO},          {SQLITE_CANTOPEN, MT940_E_IO},
    {SQLITE_PERM, MT940_E_IO},           {SQLITE_READONLY, MT940_E_IO},      {SQLITE_AUTH, MT940_E_IO},
    {SQLITE_CORRUPT, MT940_E_CORRUPT},   {SQLITE_NOTADB, MT940_E_FORMAT},    {SQLITE_TOOBIG, MT940_E_LIMIT},
    {SQLITE_INTERRUPT, MT940_E_STORE},
};

static int status_of(int code)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
        if (statuses[i].code == (code & 0xFF))
            return statuses[i].status;
    return MT940_E_STORE;
}

/* "text: path"; of a path that is too long the end, which says more than its beginning. */
static void note(struct mt940_sqlite *store, const char *text)
{
    size_t room = sizeof(store->text) - 1;
    size_t used = strlen(text) + 2;
    size_t length = strlen(store->path);
    const char *path = store->path;
    const char *mark = "";

    if (used < room && length > room - used) {
        mark = "\xE2\x80\xA6"; /* … */
        path += length - (room - used - strlen(mark));
        while (((unsigned char)*path & 0xC0) == 0x80) /* not into the middle of a character */
            path++;
    }
    sqlite3_snprintf(sizeof(store->text), store->text, "%s: %s%s", text, mark, path);
}

int mt940_sqlite_fail(struct mt940_sqlite *store, int code, const char *doing)
{
    char text[sizeof(store->text) / 2];

    store->detail = store->db ? sqlite3_extended_errcode(store->db) : code;
    sqlite3_snprintf(sizeof(text), text, "%s: %s", doing, store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(code));
    note(store, text);
    return status_of(code);
}

int mt940_sqlite_refuse(struct mt940_sqlite *store, int status, const char *text)
{
    note(store, text);
    return status;
}

/* --- small statements --- */

int mt940_sqlite_run(struct mt940_sqlite *store, const char *sql)
{
    int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? MT940_OK : mt940_sqlite_fail(store, code, sql);
}

int mt940_sqlite_number(struct mt940_sqlite *store, const char *sql, int64_t *number)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *number = sqlite3_column_int64(statement, 0);
    int status = code == SQLITE_ROW ? MT940_OK : mt940_sqlite_fail(store, code, sql);
    sqlite3_finalize(statement);
    return status;
}

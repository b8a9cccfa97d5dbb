/* SPDX-License-Identifier: Apache-2.0
 *
 * connection.h: one SQLite connection, and the translation of its errors.
 */
#ifndef MT940_ADAPTERS_SQLITE_CONNECTION_H
#define MT940_ADAPTERS_SQLITE_CONNECTION_H

#include <sqlite3.h>

#include "mt940connect/adapters/sqlite.h"

/* A number out of a macro as text, for SQL. */
#define QUOTE(number) QUOTE_(number)
#define QUOTE_(number) #number

/* More than a record has dates. */
enum { MT940_SQLITE_DATES = 16 };

/* The store behind the port's `user`. */
struct mt940_sqlite {
    sqlite3 *db;
    char *path;
    int32_t busy_timeout_ms;
    int32_t waited_ms;           /* for the lock that is waited for now */
    int32_t read_only;
    int32_t is_doubtful;         /* a commit failed and may be in the log; see mt940_sqlite_settle() */
    int32_t detail;              /* SQLite's extended code or errno of the last failure */
    sqlite3_stmt **statements;   /* prepared once; see statement.c */
    void *record;                /* room for the largest record, filled by reading a row */
    unsigned date_count;
    char dates[MT940_SQLITE_DATES][11]; /* as texts, while they are bound */
    char text[120];              /* of the last failure, for mt940_error too */
};

/* Notes what failed while `doing` and returns the status for SQLite's `code`. */
int mt940_sqlite_fail(struct mt940_sqlite *store, int code, const char *doing);
/* Notes a failure of our own: "text: path". */
int mt940_sqlite_refuse(struct mt940_sqlite *store, int status, const char *text);

/* Runs a statement without rows. 0 or a status. */
int mt940_sqlite_run(struct mt940_sqlite *store, const char *sql);
/* First column of the first row. 0 or a status. */
int mt940_sqlite_number(struct mt940_sqlite *store, const char *sql, int64_t *number);

#endif

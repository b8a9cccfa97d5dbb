/* SPDX-License-Identifier: Apache-2.0
 *
 * statement.h: the statements of every kind, made from its description and prepared once.
 */
#ifndef MT940_ADAPTERS_SQLITE_STATEMENT_H
#define MT940_ADAPTERS_SQLITE_STATEMENT_H

#include "row.h"

enum mt940_sqlite_verb {
    MT940_SQLITE_GET,
    MT940_SQLITE_REVISION, /* SELECT revision by key */
    MT940_SQLITE_INSERT,   /* nothing when the key exists; revision 1, counters 0 */
    MT940_SQLITE_UPDATE,   /* if revision; counters stay */
    MT940_SQLITE_REFRESH,  /* the same, if nothing that stands in an index changes; those are left alone */
    MT940_SQLITE_DELETE,   /* if revision */
    MT940_SQLITE_VERBS
};

/* 0 or a status; the room for prepared statements and for one record. */
int mt940_sqlite_statements_init(struct mt940_sqlite *store);
void mt940_sqlite_statements_free(struct mt940_sqlite *store);

/* Each gives a prepared and reset statement: 0 or a status. */
int mt940_sqlite_statement(struct mt940_sqlite *store, int32_t kind, enum mt940_sqlite_verb verb,
                           sqlite3_stmt **statement);
int mt940_sqlite_scan_statement(struct mt940_sqlite *store, int32_t kind, int32_t index, int32_t prefix, int32_t after,
                                sqlite3_stmt **statement);
/* Statements that are the same whatever store.def says. */
enum mt940_sqlite_fixed {
    MT940_SQLITE_BEGIN,
    MT940_SQLITE_BEGIN_READING,
    MT940_SQLITE_COMMIT,
    MT940_SQLITE_SAVEPOINT,
    MT940_SQLITE_RELEASE,
    MT940_SQLITE_ROLLBACK_TO,
    MT940_SQLITE_TOUCH,      /* writes what is written already */
    MT940_SQLITE_ADD_TOTAL,  /* the conditional UPDATE */
    MT940_SQLITE_READ_TOTAL, /* total, limit, revision, sequence */
    MT940_SQLITE_FIXED
};
int mt940_sqlite_fixed_statement(struct mt940_sqlite *store, enum mt940_sqlite_fixed which, sqlite3_stmt **statement);
/* Runs one of those without parameters and rows. 0 or a status. */
int mt940_sqlite_do(struct mt940_sqlite *store, enum mt940_sqlite_fixed which);

/* Whether a field stands in an index of its kind (not counting the key). */
int mt940_sqlite_is_indexed(const struct mt940_kind_info *info, int32_t field);
/* The names of fields as a list. */
void mt940_sqlite_append_names(sqlite3_str *sql, const struct mt940_kind_info *info, const int32_t *fields,
                               int32_t count);

#endif

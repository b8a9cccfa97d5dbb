/* SPDX-License-Identifier: Apache-2.0
 *
 * sql.h: what a statement is about, and its text.
 */
#ifndef MT940_ADAPTERS_POSTGRES_SQL_H
#define MT940_ADAPTERS_POSTGRES_SQL_H

#include "connection.h"

enum mt940_postgres_verb {
    MT940_POSTGRES_GET,
    MT940_POSTGRES_LOCK,     /* revision by key, which no one else changes before this transaction ends */
    MT940_POSTGRES_INSERT,   /* nothing when the key exists; revision 1, counters 0 */
    MT940_POSTGRES_UPDATE,   /* if revision; counters stay */
    MT940_POSTGRES_DELETE,   /* if revision */
    MT940_POSTGRES_RESERVE,  /* a row of revision -1 that only this transaction sees: nobody else can insert the key */
    MT940_POSTGRES_RELEASE,  /* that row again */
    MT940_POSTGRES_ADD,      /* kind journal: adds to the total and writes the line with what that left */
    MT940_POSTGRES_TOTAL,    /* kind customer_bank: total, limit, revision; locked */
    MT940_POSTGRES_VERBS
};

/* A verb, or with MT940_POSTGRES_VERBS a scan; for `records` records, whose parameters stand one after the other. */
struct mt940_postgres_form {
    const struct mt940_kind_info *info;
    enum mt940_postgres_verb verb;
    int32_t index;
    int32_t prefix;
    bool after;
    int records;
};

/* Replaces `sql` by the text of a statement; what does not fit sets `is_cut`. */
void mt940_postgres_write_sql(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                              const struct mt940_postgres_form *form);

/* The names of fields as a list. */
void mt940_postgres_append_names(struct mt940_postgres_sql *sql, const struct mt940_kind_info *info,
                                 const int32_t *fields, int32_t count);

#endif

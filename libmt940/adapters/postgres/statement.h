/* SPDX-License-Identifier: Apache-2.0
 *
 * statement.h: the statements of every kind, made from its description and prepared once a
 * connection; records as parameters, rows as records.
 */
#ifndef MT940_ADAPTERS_POSTGRES_STATEMENT_H
#define MT940_ADAPTERS_POSTGRES_STATEMENT_H

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

/* Room for the parameters of the widest statement. */
#define MT940_POSTGRES_PARAMETERS 64
struct mt940_postgres_parameters {
    int count;
    const char *values[MT940_POSTGRES_PARAMETERS];
    int lengths[MT940_POSTGRES_PARAMETERS];
    char small[MT940_POSTGRES_PARAMETERS][16]; /* numbers and dates */
};

/* 0 or a status; the room for what is prepared and for one record. */
int mt940_postgres_statements_init(struct mt940_postgres *store);
void mt940_postgres_statements_free(struct mt940_postgres *store);

/* Numbers of statements, for the calls below. */
int mt940_postgres_statement(int32_t kind, enum mt940_postgres_verb verb);
int mt940_postgres_scan_statement(int32_t kind, int32_t index, int32_t prefix, int32_t after);

/* Makes the server know a statement. 0 or a status. */
int mt940_postgres_prepare(struct mt940_postgres *store, int statement);
/* Sends a statement that is prepared; for mt940_postgres_next(). 0 or a status. */
int mt940_postgres_send(struct mt940_postgres *store, int statement,
                        const struct mt940_postgres_parameters *parameters);
/* Both, and waits: *result is to be cleared by the caller, NULL after a failure. 0 or a status. */
int mt940_postgres_execute(struct mt940_postgres *store, int statement,
                           const struct mt940_postgres_parameters *parameters, PGresult **result);

/* Appends the fields first..last-1 as parameters; views must live until the statement is sent. 0 or a status. */
int mt940_postgres_bind(struct mt940_postgres *store, struct mt940_postgres_parameters *parameters,
                        const struct mt940_kind_info *info, int32_t first, int32_t last, const void *record);
void mt940_postgres_bind_number(struct mt940_postgres_parameters *parameters, int64_t number);
/* Fills store->record from a row of GET or a scan; its views live as long as the result. 0 or a status. */
int mt940_postgres_read(struct mt940_postgres *store, const PGresult *result, int row,
                        const struct mt940_kind_info *info);
/* A column of a row that holds a number. 0 or MT940_E_CORRUPT. */
int mt940_postgres_number(const PGresult *result, int row, int column, int64_t *number);

/* The names of fields as a list. */
void mt940_postgres_append_names(struct mt940_postgres_sql *sql, const struct mt940_kind_info *info,
                                 const int32_t *fields, int32_t count);

#endif

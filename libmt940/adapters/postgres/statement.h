/* SPDX-License-Identifier: Apache-2.0
 *
 * statement.h: the statements of every kind, made from its description and prepared once a
 * connection; records as parameters, rows as records.
 */
#ifndef MT940_ADAPTERS_POSTGRES_STATEMENT_H
#define MT940_ADAPTERS_POSTGRES_STATEMENT_H

#include "sql.h"

/* Room for the parameters of the widest statement. */
#define MT940_POSTGRES_PARAMETERS 512
struct mt940_postgres_parameters {
    int count;
    const char *values[MT940_POSTGRES_PARAMETERS];
    int lengths[MT940_POSTGRES_PARAMETERS];
    int formats[MT940_POSTGRES_PARAMETERS];    /* all binary */
    char small[MT940_POSTGRES_PARAMETERS][16]; /* numbers and dates */
};

/* 0 or a status; the room for what is prepared, for parameters and for one record. */
int mt940_postgres_statements_init(struct mt940_postgres *store);
void mt940_postgres_statements_free(struct mt940_postgres *store);

/* Numbers of statements, for the calls below. */
int mt940_postgres_statement(int32_t kind, enum mt940_postgres_verb verb);
int mt940_postgres_scan_statement(int32_t kind, int32_t index, int32_t prefix, int32_t after);

/*
 * The form of such a statement for several records, as many of `count` as it takes; *records is how many. Inserts, updates,
 * locks and scans without `after` have one; the others are for one record.
 */
int mt940_postgres_statement_for(int statement, size_t count, size_t *records);

/* Notes statements that are used next; those the server does not know it is told of together. 0 or a status. */
int mt940_postgres_want(struct mt940_postgres *store, int statement);
int mt940_postgres_prepare_wanted(struct mt940_postgres *store);
/* Makes the server know one that is used next. 0 or a status. */
int mt940_postgres_prepare(struct mt940_postgres *store, int statement);
/* Sends a statement that is prepared, with the parameters bound; for mt940_postgres_next(). 0 or a status. */
int mt940_postgres_send(struct mt940_postgres *store, int statement);
/* Both, and waits: *result is to be cleared by the caller, NULL after a failure. 0 or a status. */
int mt940_postgres_execute(struct mt940_postgres *store, int statement, PGresult **result);

/* Forgets the parameters that were bound. */
void mt940_postgres_bind_none(struct mt940_postgres *store);
/* Appends the fields first..last-1 as parameters; views must live until the statement is sent. 0 or a status. */
int mt940_postgres_bind(struct mt940_postgres *store, const struct mt940_kind_info *info, int32_t first, int32_t last,
                        const void *record);
void mt940_postgres_bind_number(struct mt940_postgres *store, int64_t number);
/*
 * Fills store->record from a row of GET or a scan, `beside` more columns or not; its views live as long as the result.
 * 0 or a status.
 */
int mt940_postgres_read(struct mt940_postgres *store, const PGresult *result, int row,
                        const struct mt940_kind_info *info, int beside);
/* A column of a row that holds a number. 0 or MT940_E_CORRUPT. */
int mt940_postgres_number(const PGresult *result, int row, int column, int64_t *number);

#endif

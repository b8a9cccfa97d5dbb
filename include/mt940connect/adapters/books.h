/* SPDX-License-Identifier: Apache-2.0
 *
 * adapters/books.h: the host's books out of spreadsheets: a folder of CSV files named after the
 * tables of record.h (customers.csv, invoices.csv …). Separator, character set, decimal sign and
 * order of dates are found out, per file and column, and said; what can be read in two ways is
 * an error, never a guess. Link with libmt940connect-books. Source: decision 33, docs/books.md.
 *
 * Data problems are findings: a bad row costs itself, not the file, and a bad file not the
 * folder. Rows with an error finding are left out.
 */
#ifndef MT940CONNECT_ADAPTERS_BOOKS_H
#define MT940CONNECT_ADAPTERS_BOOKS_H

#include "mt940connect/message.h"
#include "mt940connect/ports.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where a row or a value stands. */
struct mt940_csv_place {
    struct mt940_view file; /* name within the folder */
    uint32_t line;          /* 1-based, where the row begins; 0 = the file as a whole */
    uint32_t column;        /* 1-based, counts the values of the row; 0 = the row as a whole */
};

struct mt940_csv_finding {
    int32_t message;  /* enum mt940_message, 8xx or EMPTY_FILE */
    int32_t severity; /* enum mt940_severity */
    struct mt940_csv_place place;
    const struct mt940_message_arg *args;
    size_t arg_count;
};

/*
 * Receives what is read; everything handed over is valid during the call. Return 0 to go on; any
 * other number ends the reading and travels back unchanged. Either slot may be NULL.
 * Findings of a file come before its records.
 */
struct mt940_csv_sink {
    size_t size;
    void *user;
    /* `record` is the struct of `kind` (enum mt940_kind); counters hold what the file says. */
    int (*record)(void *user, int32_t kind, const void *record, const struct mt940_csv_place *place);
    int (*finding)(void *user, const struct mt940_csv_finding *finding);
};

/* Fill with mt940_csv_options_init() and change what you mean. */
struct mt940_csv_options {
    size_t size;
    /* Company of the records; empty = that of companies.csv when it has one row, else "". */
    struct mt940_view company;
    /* Of the company, for amounts without a currency, when companies.csv does not say; "TRY". */
    char local_currency[4];
    int32_t charset;    /* enum mt940_charset; DETECT by default */
    char separator;     /* 0 = found out */
    char reserved[3];
    uint64_t max_bytes; /* of one file; default 256 MiB */
    uint32_t max_line;  /* bytes of one row; default 64 KiB */
    uint32_t max_rows;  /* of one file; default 5 million */
    uint32_t max_findings; /* of one file, then the rest is only counted; default 1,000 */
    /* Tables of a folder that are read: bits 1 << kind (enum mt940_kind), 0 = all. Codes of others are not looked up. */
    uint32_t tables;
};
/* Sets every field to its default, `size` included. @since 0.1 */
void mt940_csv_options_init(struct mt940_csv_options *options);

/*
 * Reads every table in the folder `path`, in an order in which no record names a later one:
 * companies, bank_codes, bank_accounts, customers, customer_banks, transaction_codes, rates,
 * invoices, payments. A code that names a record of a table that is in the folder too must be
 * there. `options` and `error` may be NULL.
 *
 * Errors: MT940_E_NOT_CONFIGURED (no path), MT940_E_ARGUMENT, MT940_E_MEMORY, MT940_E_IO with
 * errno in detail (no such folder, no permission, a read that fails; the text names it), and
 * what the sink returned. @since 0.1
 */
int mt940_csv_read(const char *path, const struct mt940_csv_options *options, const struct mt940_csv_sink *sink,
                   struct mt940_error *error);

/*
 * The same for one table whose bytes the caller has: `name` is the file's name and says which
 * table it is ("customers.csv"). Codes of other tables are not looked up. @since 0.1
 */
int mt940_csv_read_table(const char *name, const void *bytes, size_t length, const struct mt940_csv_options *options,
                         const struct mt940_csv_sink *sink, struct mt940_error *error);

/* The folder's records held in memory, as a books port. Immutable once opened. */
struct mt940_csv_books;

/*
 * Reads a folder and keeps its records; `sink` (may be NULL) is told of findings only. Errors as
 * mt940_csv_read(). Release with mt940_csv_books_close(), NULL allowed. @since 0.1
 */
int mt940_csv_books_open(const char *path, const struct mt940_csv_options *options, const struct mt940_csv_sink *sink,
                         struct mt940_csv_books **out, struct mt940_error *error);
void mt940_csv_books_close(struct mt940_csv_books *books);
/* Fills the books port; `books` must outlive it. The slot `slips` stays NULL. */
int mt940_csv_books_port(const struct mt940_csv_books *books, struct mt940_books *out);
/* Code of the company the records belong to; lives as long as `books`. */
void mt940_csv_books_company(const struct mt940_csv_books *books, struct mt940_view *out);

#ifdef __cplusplus
}
#endif
#endif

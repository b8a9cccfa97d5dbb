/* SPDX-License-Identifier: Apache-2.0
 *
 * books.h: the books of a folder, read into memory, with what was found on the way.
 */
#ifndef CLI_BOOKS_H
#define CLI_BOOKS_H

#include <mt940connect/adapters/books.h>

#include "json.h"
#include "output.h"

#define BOOKS_KINDS 10

/* Records of one table. */
struct books_table {
    void **records; /* clones */
    size_t count, capacity;
    char *file;
};

struct books_finding {
    int32_t message, severity;
    uint32_t line, column;
    char *file, *text;
};

struct books {
    struct output *out;
    const char *folder;
    int verbose;       /* tells how every column was read */
    struct books_table tables[BOOKS_KINDS + 1]; /* by kind */
    struct books_finding *findings;
    size_t finding_count, finding_capacity;
};

/*
 * Reads the folder; findings are printed as they come, with the folder in front of the file.
 * `company` "" = what companies.csv says. 0 = the folder cannot be read, which was reported.
 */
int books_read(struct books *books, struct output *out, const char *folder, const char *company,
               const char *local_currency, int verbose);
/* The same for some tables only: bits 1 << kind, 0 = all. */
int books_read_tables(struct books *books, struct output *out, const char *folder, const char *company,
                      const char *local_currency, uint32_t tables);
/* Makes all records but the companies those of `company`, which must outlive them. */
void books_set_company(struct books *books, const char *company);
void books_free(struct books *books);
void books_json_findings(struct json *json, const struct books *books);

/* A sink that prints findings the same way, for those who keep the records elsewhere. */
int books_print_finding(void *books, const struct mt940_csv_finding *finding);
/* Reports a failed reading. */
void books_failed(struct output *out, const char *folder, int status, const struct mt940_error *error);

#endif

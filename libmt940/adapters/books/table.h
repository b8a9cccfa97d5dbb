/* SPDX-License-Identifier: Apache-2.0
 *
 * table.h: one table of the books: rows become records of one kind.
 */
#ifndef MT940_BOOKS_TABLE_H
#define MT940_BOOKS_TABLE_H

#include "column.h"

struct books;

/* A record with its kind, for sorting. */
struct keyed {
    const void *record;
    int32_t kind;
};

struct table {
    const struct mt940_kind_info *info; /* NULL = the table was not read */
    char *name;          /* of the file */
    struct sheet sheet;  /* the records point into it */
    unsigned char *records; /* in order of lines */
    uint32_t *lines;     /* 0 = left out: its key was there before */
    size_t count;
    struct keyed *sorted; /* by key, each key once */
    size_t sorted_count;
    char **texts;        /* made while reading: canonical IBANs and the like */
    size_t text_count, text_capacity;
};

/* Sorts by key; of equal keys the first line stays, the others are told and left out. 0 or MT940_E_MEMORY. */
int table_sort(struct table *table, struct report *report);
/* Hands its records to the sink. */
int table_send(const struct books *books, const struct table *table);
void table_free(struct table *table);

/* Record with the key fields of `key`, NULL when there is none. */
const void *table_find(const struct table *table, const void *key);

/* Everything a folder brought. */
#define MOST_KINDS 10

struct books {
    struct mt940_csv_options options;
    struct mt940_csv_sink sink;
    struct mt940_view company; /* decided; in `given` or in companies.csv */
    char *given;               /* copy of the option: the caller's may go away */
    char local_currency[4];
    int whole_folder; /* tables may be asked for each other's codes */
    struct table tables[MOST_KINDS + 1]; /* by kind */
};

#endif

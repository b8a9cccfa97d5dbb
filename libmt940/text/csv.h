/* SPDX-License-Identifier: Apache-2.0
 *
 * csv.h: lines of a table (RFC 4180) as cells, for tables that come as bytes. A line break ends a
 * row even within quotes: what a bank writes has none there, and so one lost quotation mark costs
 * its own line and no more.
 */
#ifndef MT940_TEXT_CSV_H
#define MT940_TEXT_CSV_H

#include "base/view.h"

enum { MT940_CSV_CELLS = 64 };

enum mt940_csv_row {
    MT940_CSV_END,
    MT940_CSV_ROW,
    MT940_CSV_TOO_LONG,  /* the line is longer than the limit, or has more than MT940_CSV_CELLS cells */
    MT940_CSV_BAD_QUOTES /* a quotation mark is not closed, or text follows a closed one */
};

/* The text is the caller's, UTF-8, and is changed: quotes go where they stand. */
struct mt940_csv {
    char *at, *end;
    size_t max_line;
    char separator;
    uint32_t line; /* of the last row, from 1 */
    struct mt940_view cells[MT940_CSV_CELLS]; /* trimmed */
    size_t count;
};

/* Begins, and finds the separator of the first line that is not empty: the one most frequent there. */
void mt940_csv_begin(struct mt940_csv *csv, char *text, size_t length, size_t max_line);
/* The next line that is not empty. */
enum mt940_csv_row mt940_csv_next(struct mt940_csv *csv);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * csv.h: writes CSV to stdout: UTF-8, commas, quotes where they are needed (RFC 4180), line feeds.
 */
#ifndef CLI_CSV_H
#define CLI_CSV_H

#include <mt940connect/base.h>

struct csv {
    int column; /* of the line that is being written */
};

void csv_text(struct csv *csv, const char *text, size_t length);
/* NUL-terminated; NULL is an empty cell. */
void csv_word(struct csv *csv, const char *word);
void csv_view(struct csv *csv, const struct mt940_view *view);
void csv_number(struct csv *csv, int64_t number);
/* "YYYY-MM-DD", empty when absent. */
void csv_date(struct csv *csv, const struct mt940_date *date);
/* Minor units of a currency, with a decimal point. */
void csv_money(struct csv *csv, int64_t units, const struct mt940_view *currency);
void csv_end(struct csv *csv);

#endif

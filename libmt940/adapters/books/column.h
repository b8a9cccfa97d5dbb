/* SPDX-License-Identifier: Apache-2.0
 *
 * column.h: the columns of a table: which field each heading means, and in which form its
 * numbers and dates are written.
 */
#ifndef MT940_BOOKS_COLUMN_H
#define MT940_BOOKS_COLUMN_H

#include "mt940connect/schema.h"
#include "report.h"
#include "sheet.h"
#include "value.h"

/* What is done with a value besides reading its type; see books.def. */
enum rule {
    RULE_PLAIN,
    RULE_IBAN,         /* canonical when valid; kept as it is otherwise, with a finding */
    RULE_CURRENCY,     /* ISO 4217, upper case; TL is TRY */
    RULE_TAX_ID,       /* digits; a lost leading zero is found */
    RULE_BANK,         /* four digits where it has fewer: spreadsheets drop zeros */
    RULE_UPPER,
    RULE_OPERATION,    /* bank transaction code: upper case, NTRF is TRF */
    RULE_NOT_NEGATIVE,
    RULE_YES_IF_EMPTY  /* a flag that holds unless the cell says no */
};

enum presence { PRESENCE_OPTIONAL, PRESENCE_NEEDED };

struct column_rule {
    int32_t kind;
    const char *field;
    int rule;
    int presence;
    int32_t target;
    const char *headings;
};

#define MOST_COLUMNS 256

struct column {
    const struct column_rule *rule; /* NULL = not known, left out */
    const struct mt940_field *field;
    int is_company;
    int forms;          /* bits of enum form seen in it */
    char decimal_sign;  /* decides two readings; 0 = nothing decides */
    int dates_known;    /* `month_first` is decided */
    int month_first;
};

struct columns {
    const struct mt940_kind_info *info;
    struct column list[MOST_COLUMNS];
    size_t count;
};

/* How many of the cells are headings of the table. */
size_t columns_known(const struct mt940_kind_info *info, const struct mt940_view *cells, size_t count);
/* Reads the heading row; tells what is unknown, missing or double. 0 = the table cannot be read. */
int columns_read(struct columns *columns, const struct mt940_kind_info *info, const struct sheet *sheet,
                 struct report *report);
/* Looks at all values and decides how each column is read; tells it. */
void columns_judge(struct columns *columns, const struct sheet *sheet, struct report *report);

/* Rule of a field; NULL when the table has no such column. `at` counts from 0. */
const struct column_rule *column_rule_at(int32_t kind, size_t at);

#endif

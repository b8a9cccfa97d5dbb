/* SPDX-License-Identifier: Apache-2.0
 *
 * regular.h: the movements and balances that are written as the standard says, which nearly all are. What is odd in
 * any way is left to the readers of field.h, which say what they make of it; for the rest both give the same.
 */
#ifndef MT940_STATEMENT_REGULAR_H
#define MT940_STATEMENT_REGULAR_H

#include <stdbool.h>

#include "mt940connect/statement.h"

/* A currency with its decimals, so that they are looked up once a message. */
struct mt940_unit {
    char currency[4];
    int32_t digits;
};

/* The dates of a movement, as text and as read: the next one's are often the same. Zeros at first. */
struct mt940_days {
    char text[10]; /* YYMMDDMMDD */
    struct mt940_date value, entry;
};

/* Of the code, or what is usual where it is none. */
void mt940_unit_of(const char *currency, struct mt940_unit *out);

/*
 * Field 61, whose first line has `line` bytes, and which has `lines` lines, 0 = unknown; `days` are those of the movement before, or zeros, and then its own. Writes
 * every part of `out` that is the field's; false = odd, `out` is of no use then.
 */
bool mt940_regular_entry(struct mt940_view value, size_t line, uint32_t lines, const struct mt940_unit *unit,
                         struct mt940_days *days, struct mt940_entry *out);
/* Fields 60a, 62a, 64, 65. `unit` helps where it is the balance's own. Untouched if false. */
bool mt940_regular_balance(struct mt940_view value, char kind, const struct mt940_unit *unit,
                           struct mt940_balance *out);

#endif

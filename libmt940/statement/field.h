/* SPDX-License-Identifier: Apache-2.0
 *
 * field.h: one function per field that has an inner form. Each reads the value of its field as
 * far as it goes and tells what it met as issues; false means that nothing usable was there.
 */
#ifndef MT940_STATEMENT_FIELD_H
#define MT940_STATEMENT_FIELD_H

#include "mt940connect/statement.h"
#include "statement/issue.h"

/* Field 61: value date, entry date, mark, funds code, amount, type, code, references, details. */
bool mt940_tag61_read(struct mt940_view value, const char *currency, struct mt940_entry *out,
                      struct mt940_issues *issues);

/* Fields 60a, 62a, 64, 65: mark, date, currency, amount. `kind` becomes out->kind. */
bool mt940_tag60_read(struct mt940_view value, char kind, const char *currency, struct mt940_balance *out,
                      struct mt940_issues *issues);

/* Field 28, 28C: number and sequence; always true, an odd form is kept as text. */
bool mt940_tag28_read(struct mt940_view value, struct mt940_view *number, struct mt940_view *sequence,
                      struct mt940_issues *issues);

/* Field 34F (currency, mark, amount) and 90D, 90C (number, currency, sum). */
/* `known`: the currency of the message, empty = not known yet. */
bool mt940_tag34_read(struct mt940_view value, const char *known, struct mt940_total *out, struct mt940_issues *issues);
bool mt940_tag90_read(struct mt940_view value, struct mt940_total *out, struct mt940_issues *issues);

#endif

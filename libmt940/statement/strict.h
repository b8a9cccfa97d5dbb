/* SPDX-License-Identifier: Apache-2.0
 *
 * strict.h: rules of the standard across fields, which strict reading and strict writing hold a message against.
 * Source: SWIFT Standards MT, category 9, network validated rules.
 */
#ifndef MT940_STATEMENT_STRICT_H
#define MT940_STATEMENT_STRICT_H

#include <stdbool.h>

#include "mt940connect/statement.h"

struct mt940_item;
struct mt940_reader;

/* C23: one floor limit without a mark, or two of them, D and then C. Other totals are passed over. */
bool mt940_limits_hold(const struct mt940_total *totals, size_t count);
/* C27: the first two letters of every currency of a message are the same. */
bool mt940_currencies_match(const char *first, const struct mt940_reading *reading);

/* An envelope: behind "{4:" stands CR LF. Told with the first field: before it there is no message to tell it of. */
void mt940_strict_envelope(struct mt940_reader *reader, const struct mt940_item *item);
/* Strict reading: holds a field, and a whole message, against the standard. 0, or a status after which reading stops. */
int mt940_strict_item(struct mt940_reader *reader, const struct mt940_item *item);
int mt940_strict_message(struct mt940_reader *reader);

#endif

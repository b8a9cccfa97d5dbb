/* SPDX-License-Identifier: Apache-2.0
 *
 * strict.h: rules of the standard across fields, which strict reading and strict writing hold a message against.
 * Source: SWIFT Standards MT, category 9, network validated rules.
 */
#ifndef MT940_STATEMENT_STRICT_H
#define MT940_STATEMENT_STRICT_H

#include <stdbool.h>

#include "mt940connect/statement.h"

/* C23: one floor limit without a mark, or two of them, D and then C. Other totals are passed over. */
bool mt940_limits_hold(const struct mt940_total *totals, size_t count);
/* C27: the first two letters of every currency of a message are the same. */
bool mt940_currencies_match(const char *first, const struct mt940_reading *reading);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * currency.h: the currency inside a balance or a sum, 3!a.
 */
#ifndef MT940_STATEMENT_CURRENCY_H
#define MT940_STATEMENT_CURRENCY_H

#include "statement/cursor.h"
#include "statement/issue.h"

/* Reads letters at the cursor; false when they are no currency: then it stands behind them, and `out` is empty. */
bool mt940_currency_read(struct mt940_cursor *cursor, char out[4], struct mt940_issues *issues);

#endif

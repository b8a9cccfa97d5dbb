/* SPDX-License-Identifier: Apache-2.0
 *
 * chain.h: when two balances are the same money.
 */
#ifndef MT940_STATEMENT_CHAIN_H
#define MT940_STATEMENT_CHAIN_H

#include <stdbool.h>

#include "mt940connect/statement.h"

/* Same sign, amount and currency, with however many digits: 2,0 is 2,00. */
bool mt940_balance_same(const struct mt940_balance *a, const struct mt940_balance *b);

#endif

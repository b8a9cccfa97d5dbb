/* SPDX-License-Identifier: Apache-2.0
 *
 * chain.h: when two balances are the same money, and the statements of one document held against each other.
 */
#ifndef MT940_STATEMENT_CHAIN_H
#define MT940_STATEMENT_CHAIN_H

#include <stdbool.h>

#include "mt940connect/statement.h"

/* Same sign, amount and currency, with however many digits: 2,0 is 2,00. */
bool mt940_balance_same(const struct mt940_balance *a, const struct mt940_balance *b);

/* Receives a finding; non-zero stops. */
typedef int mt940_finding_sink(void *user, const struct mt940_finding *finding);

/* How many statements before, or behind, one of the same account is looked for. */
enum { MT940_CHAIN_LOOK = 16 };

/*
 * Says where pages or days of an account do not follow each other, and counts it in the statement's trailer. Looks at
 * a few statements before each one, so a document in any order costs linear time. Returns what the sink returned.
 */
int mt940_chain_report(struct mt940_statement *statements, size_t count, mt940_finding_sink *sink, void *user);
/*
 * The same for one statement: whether it goes on from `before`, the last one of its account (NULL = none); and that the
 * page behind it, which 62M promises, has not come.
 */
int mt940_chain_report_begin(struct mt940_statement *statement, const struct mt940_statement *before,
                             mt940_finding_sink *sink, void *user);
int mt940_chain_report_end(struct mt940_statement *statement, mt940_finding_sink *sink, void *user);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * verdict.h: adds up a message under every way of reading its numbers and lets its own balances
 * decide which one is meant.
 */
#ifndef MT940_STATEMENT_VERDICT_H
#define MT940_STATEMENT_VERDICT_H

#include "base/view.h"
#include "mt940connect/statement.h"

enum { MT940_CONVENTIONS = 4 }; /* both bits of enum mt940_convention */

/* Running sums. Until the first ambiguous number all four are equal and only [0] is kept. */
struct mt940_sums {
    int64_t units[MT940_CONVENTIONS];
    int32_t scale;
    uint32_t ambiguity; /* kinds of ambiguity met so far */
    bool overflow;
};

/* The outcome over a message. */
struct mt940_verdict {
    int32_t balanced;   /* 1, 0, -1 as in mt940_trailer */
    int32_t convention;
    bool undecided;     /* numbers with two readings, and the balance does not choose */
    bool has_computed;
    struct mt940_amount computed; /* signed */
    struct mt940_amount stated;   /* closing balance, signed */
};

void mt940_sums_add(struct mt940_sums *sums, const struct mt940_reading *reading, int sign);
/* `opening` and `closing` may be absent (kind 0). */
void mt940_verdict_reach(const struct mt940_sums *sums, const struct mt940_balance *opening,
                         const struct mt940_balance *closing, struct mt940_verdict *out);

#endif

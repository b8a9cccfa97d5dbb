/* SPDX-License-Identifier: Apache-2.0
 *
 * money.h: exact arithmetic of the room: checked sums, and a * b / c without losing a unit.
 */
#ifndef MT940_DBS_MONEY_H
#define MT940_DBS_MONEY_H

#include <stdbool.h>

#include "mt940connect/base.h"

/* a + b; false, and *out untouched, when it does not fit. */
static inline bool mt940_money_add(int64_t a, int64_t b, int64_t *out)
{
    if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b)
        return false;
    *out = a + b;
    return true;
}

/* a - b; false, and *out untouched, when it does not fit. */
static inline bool mt940_money_subtract(int64_t a, int64_t b, int64_t *out)
{
    if (b > 0 ? a < INT64_MIN + b : a > INT64_MAX + b)
        return false;
    *out = a - b;
    return true;
}

/* |a|, which an int64 cannot hold for INT64_MIN. */
static inline uint64_t mt940_money_size(int64_t a)
{
    return a < 0 ? 0 - (uint64_t)a : (uint64_t)a;
}

enum mt940_rounding { MT940_ROUND_HALF_UP, MT940_ROUND_DOWN };

/*
 * a * b * b10 / (c * c10), of magnitudes. `b10` and `c10` are powers of ten up to 10^4, c > 0.
 * Returns false when the result is above INT64_MAX.
 */
bool mt940_money_scale(uint64_t a, uint64_t b, uint32_t b10, uint64_t c, uint32_t c10, enum mt940_rounding rounding,
                       uint64_t *out);

/* a * b / c, signed, halves away from zero. c is not 0. */
bool mt940_money_share(int64_t a, int64_t b, int64_t c, int64_t *out);

#endif

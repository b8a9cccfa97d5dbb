/* SPDX-License-Identifier: Apache-2.0
 *
 * money.h: exact arithmetic of the room: checked sums, and a * b / c without losing a unit.
 */
#ifndef MT940_DBS_MONEY_H
#define MT940_DBS_MONEY_H

#include <stdbool.h>

#include "base/scale.h"
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
    return mt940_size_of(a);
}

/* a * b / c, signed, halves away from zero. c is not 0. */
bool mt940_money_share(int64_t a, int64_t b, int64_t c, int64_t *out);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * scale.h: a * b / c * 10^power without losing a unit: amounts at rates, shares of amounts.
 */
#ifndef MT940_BASE_SCALE_H
#define MT940_BASE_SCALE_H

#include <stdbool.h>
#include <stdint.h>

enum mt940_rounding { MT940_ROUND_HALF_UP, MT940_ROUND_DOWN };

enum { MT940_SCALE_POWER_MAX = 26 };

/*
 * Magnitudes: a, b and c below 2^64, c above 0, |power| at most 26; of a, b and power above 10
 * no more than two together. Halves away from zero. False when the result is above INT64_MAX.
 */
bool mt940_scale(uint64_t a, uint64_t b, uint64_t c, int32_t power, enum mt940_rounding rounding, uint64_t *out);

/* |a|, which an int64 cannot hold for INT64_MIN. */
static inline uint64_t mt940_size_of(int64_t a)
{
    return a < 0 ? 0 - (uint64_t)a : (uint64_t)a;
}

#endif

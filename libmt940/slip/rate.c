/* SPDX-License-Identifier: Apache-2.0
 *
 * rate.c: amounts at rates, exact to the minor unit. Must not know what the amounts are.
 */
#include <stdbool.h>

#include "base/export.h"
#include "base/scale.h"
#include "mt940connect/slip.h"

#define RATE_DIGITS 8
#define DIGITS_MOST 18

/* a * b / c * 10^power, halves away from zero; b and c above 0. */
static int scale(int64_t a, uint64_t b, uint64_t c, int32_t power, int64_t *out)
{
    uint64_t size;

    if (!mt940_scale(mt940_size_of(a), b, c, power, MT940_ROUND_HALF_UP, &size))
        return MT940_E_RANGE;
    *out = a < 0 ? -(int64_t)size : (int64_t)size;
    return MT940_OK;
}

static bool digits_are_valid(int32_t a, int32_t b)
{
    return a >= 0 && a <= DIGITS_MOST && b >= 0 && b <= DIGITS_MOST;
}

MT940_EXPORT int mt940_rate_multiply(int64_t amount, int32_t digits, int64_t rate, int32_t out_digits, int64_t *out)
{
    if (!out || rate < 1 || !digits_are_valid(digits, out_digits))
        return MT940_E_ARGUMENT;
    return scale(amount, (uint64_t)rate, 1, out_digits - digits - RATE_DIGITS, out);
}

MT940_EXPORT int mt940_rate_divide(int64_t amount, int32_t digits, int64_t rate, int32_t out_digits, int64_t *out)
{
    if (!out || rate < 1 || !digits_are_valid(digits, out_digits))
        return MT940_E_ARGUMENT;
    return scale(amount, 1, (uint64_t)rate, out_digits - digits + RATE_DIGITS, out);
}

MT940_EXPORT int mt940_rate_between(int64_t amount, int32_t digits, int64_t local, int32_t local_digits, int64_t *rate)
{
    int64_t found;
    int status;

    if (!rate || !digits_are_valid(digits, local_digits) || amount == 0 || local == 0 || (amount < 0) != (local < 0) ||
        amount == INT64_MIN || local == INT64_MIN)
        return MT940_E_ARGUMENT;
    status = scale((int64_t)mt940_size_of(local), 1, mt940_size_of(amount), RATE_DIGITS + digits - local_digits, &found);
    if (status == MT940_OK && found < 1)
        status = MT940_E_RANGE;
    if (status == MT940_OK)
        *rate = found;
    return status;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * rate.c: amounts at rates, exact to the minor unit, in limbs of 32 bits since the core builds
 * where the compiler has no 128-bit integer. Must not know what the amounts are.
 */
#include <stdbool.h>
#include <string.h>

#include "base/export.h"
#include "mt940connect/slip.h"

#define RATE_DIGITS 8
#define DIGITS_MOST 18
/* Two factors of 63 bits and 10^10, or one and 10^26, and a bit for rounding: 161 bits. */
#define LIMBS 6

/* Least significant limb first. */
struct wide {
    uint32_t limb[LIMBS];
};

static uint64_t size_of(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static void multiply_small(struct wide *value, uint32_t factor)
{
    uint64_t carry = 0;

    for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)value->limb[i] * factor;
        value->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static void add_shifted(struct wide *value, const struct wide *other, int shift)
{
    uint64_t carry = 0;

    for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)value->limb[i] + (i >= shift ? other->limb[i - shift] : 0);
        value->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static void multiply(struct wide *value, uint64_t factor)
{
    struct wide high = *value;

    multiply_small(value, (uint32_t)factor);
    multiply_small(&high, (uint32_t)(factor >> 32));
    add_shifted(value, &high, 1);
}

/* Floor division, bit by bit; the remainder stays below the divisor, which is below 2^63. */
static void divide(struct wide *value, uint64_t divisor)
{
    uint64_t rest = 0;

    for (int bit = LIMBS * 32 - 1; bit >= 0; bit--) {
        uint32_t mask = UINT32_C(1) << (bit % 32);

        rest = rest << 1 | (value->limb[bit / 32] & mask ? 1 : 0);
        if (rest >= divisor) {
            rest -= divisor;
            value->limb[bit / 32] |= mask;
        } else {
            value->limb[bit / 32] &= ~mask;
        }
    }
}

static bool to_signed(const struct wide *value, bool negative, int64_t *out)
{
    uint64_t size = (uint64_t)value->limb[1] << 32 | value->limb[0];

    for (int i = 2; i < LIMBS; i++)
        if (value->limb[i] != 0)
            return false;
    if (size > (uint64_t)INT64_MAX)
        return false;
    *out = negative ? -(int64_t)size : (int64_t)size;
    return true;
}

/*
 * a * b / c * 10^power, halves away from zero. Doubling first and halving last rounds: the floor
 * of half of (floor(2x) + 1) is x to the nearest, and floors of floors lose nothing. c is above 0.
 */
static int scale(int64_t a, uint64_t b, uint64_t c, int32_t power, int64_t *out)
{
    struct wide value;
    struct wide one;

    memset(&value, 0, sizeof(value));
    memset(&one, 0, sizeof(one));
    one.limb[0] = 1;
    value.limb[0] = (uint32_t)size_of(a);
    value.limb[1] = (uint32_t)(size_of(a) >> 32);
    multiply(&value, b);
    multiply_small(&value, 2);
    for (int32_t i = 0; i < power; i++)
        multiply_small(&value, 10);
    divide(&value, c);
    for (int32_t i = power; i < 0; i++)
        divide(&value, 10);
    add_shifted(&value, &one, 0);
    divide(&value, 2);
    return to_signed(&value, a < 0, out) ? MT940_OK : MT940_E_RANGE;
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
    status = scale((int64_t)size_of(local), 1, size_of(amount), RATE_DIGITS + digits - local_digits, &found);
    if (status == MT940_OK && found < 1)
        status = MT940_E_RANGE;
    if (status == MT940_OK)
        *rate = found;
    return status;
}

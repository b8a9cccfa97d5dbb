/* SPDX-License-Identifier: Apache-2.0
 *
 * money.c: products and quotients of money in limbs of 32 bits, since the core has to build
 * where the compiler has no 128-bit integer, and conversion between currencies. Must not know
 * what the amounts mean.
 */
#include "dbs/money.h"

#include <string.h>

#include "base/export.h"
#include "base/failure.h"
#include "base/view.h"
#include "mt940connect/dbs.h"

/* 63 + 63 bits of two factors and 14 of a power of ten fit. */
#define LIMBS 5
#define WIDE_BITS (LIMBS * 32)

/* Least significant limb first. */
struct wide {
    uint32_t limb[LIMBS];
};

static void wide_multiply_small(struct wide *value, uint32_t factor)
{
    uint64_t carry = 0;

    for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)value->limb[i] * factor;
        value->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static void wide_product(uint64_t a, uint64_t b, uint32_t factor, struct wide *out)
{
    struct wide low = {{(uint32_t)a, (uint32_t)(a >> 32)}}, high = low;
    uint64_t carry = 0;

    wide_multiply_small(&low, (uint32_t)b);
    wide_multiply_small(&high, (uint32_t)(b >> 32));
    for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)low.limb[i] + (i > 0 ? high.limb[i - 1] : 0);
        out->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    wide_multiply_small(out, factor);
}

static bool wide_at_least(const struct wide *a, const struct wide *b)
{
    for (int i = LIMBS - 1; i >= 0; i--)
        if (a->limb[i] != b->limb[i])
            return a->limb[i] > b->limb[i];
    return true;
}

static void wide_take(struct wide *a, const struct wide *b)
{
    uint64_t borrow = 0;

    for (int i = 0; i < LIMBS; i++) {
        uint64_t difference = (uint64_t)a->limb[i] - b->limb[i] - borrow;

        a->limb[i] = (uint32_t)difference;
        borrow = difference >> 63;
    }
}

static void wide_shift_in(struct wide *value, uint32_t bit)
{
    for (int i = LIMBS - 1; i > 0; i--)
        value->limb[i] = value->limb[i] << 1 | value->limb[i - 1] >> 31;
    value->limb[0] = value->limb[0] << 1 | bit;
}

/* Long division bit by bit: a hundred-odd steps, run only where currencies differ or parts are shared. */
static bool wide_divide(const struct wide *dividend, const struct wide *divisor, enum mt940_rounding rounding,
                        uint64_t *out)
{
    struct wide rest = {{0}};
    uint64_t quotient = 0;

    for (int bit = WIDE_BITS - 1; bit >= 0; bit--) {
        wide_shift_in(&rest, dividend->limb[bit / 32] >> (bit % 32) & 1);
        if (quotient > (uint64_t)INT64_MAX / 2)
            return false;
        quotient <<= 1;
        if (wide_at_least(&rest, divisor)) {
            wide_take(&rest, divisor);
            quotient |= 1;
        }
    }
    wide_shift_in(&rest, 0);
    if (rounding == MT940_ROUND_HALF_UP && wide_at_least(&rest, divisor))
        quotient++;
    if (quotient > (uint64_t)INT64_MAX)
        return false;
    *out = quotient;
    return true;
}

bool mt940_money_scale(uint64_t a, uint64_t b, uint32_t b10, uint64_t c, uint32_t c10, enum mt940_rounding rounding,
                       uint64_t *out)
{
    struct wide dividend, divisor;

    wide_product(a, b, b10, &dividend);
    wide_product(c, 1, c10, &divisor);
    return wide_divide(&dividend, &divisor, rounding, out);
}

bool mt940_money_share(int64_t a, int64_t b, int64_t c, int64_t *out)
{
    bool negative = ((a < 0) != (b < 0)) != (c < 0);
    uint64_t size;

    if (!mt940_money_scale(mt940_money_size(a), mt940_money_size(b), 1, mt940_money_size(c), 1, MT940_ROUND_HALF_UP,
                           &size))
        return false;
    *out = negative ? -(int64_t)size : (int64_t)size;
    return true;
}

static uint32_t power_of_ten(int exponent)
{
    uint32_t power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* The rate of `currency` to the local one, 10^-8, or 0. */
static int64_t rate_of(const struct mt940_view *currency, const struct mt940_view *local, int64_t given)
{
    if (mt940_view_equal(currency, local))
        return 100000000;
    return given > 0 ? given : 0;
}

MT940_EXPORT int mt940_dbs_convert(const struct mt940_dbs_conversion *conversion, int64_t *out)
{
    const size_t known = sizeof(*conversion);
    int64_t from_rate, to_rate;
    int from_digits, to_digits;
    uint64_t size;

    if (!conversion || !out || mt940_check_size(conversion, conversion->size, known, known) != 0)
        return MT940_E_ARGUMENT;
    if (mt940_view_equal(&conversion->from, &conversion->to)) {
        *out = conversion->units;
        return 0;
    }
    from_digits = mt940_currency_digits(conversion->from.data, conversion->from.length);
    to_digits = mt940_currency_digits(conversion->to.data, conversion->to.length);
    if (from_digits < 0 || to_digits < 0)
        return MT940_E_FORMAT;
    from_rate = rate_of(&conversion->from, &conversion->local, conversion->from_rate);
    to_rate = rate_of(&conversion->to, &conversion->local, conversion->to_rate);
    if (from_rate == 0 || to_rate == 0)
        return MT940_E_NOT_FOUND;
    if (!mt940_money_scale(mt940_money_size(conversion->units), (uint64_t)from_rate,
                           power_of_ten(to_digits > from_digits ? to_digits - from_digits : 0), (uint64_t)to_rate,
                           power_of_ten(from_digits > to_digits ? from_digits - to_digits : 0), MT940_ROUND_HALF_UP,
                           &size))
        return MT940_E_RANGE;
    *out = conversion->units < 0 ? -(int64_t)size : (int64_t)size;
    return 0;
}

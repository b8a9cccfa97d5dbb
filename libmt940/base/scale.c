/* SPDX-License-Identifier: Apache-2.0
 *
 * scale.c: products and quotients in limbs of 32 bits, since the core has to build where the
 * compiler has no 128-bit integer. Must not know what is scaled.
 */
#include "base/scale.h"

/* Two factors of 64 bits and 10^26 (87 bits) are 215 bits; the rest of a division needs one more. */
#define LIMBS 7
#define WIDE_BITS (LIMBS * 32)

/* Least significant limb first. */
struct wide {
    uint32_t limb[LIMBS];
};

static void multiply_small(struct wide *value, uint32_t factor)
{
    uint64_t carry = 0;

    for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)value->limb[i] * factor;
        value->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

/* a * b * 10^power */
static struct wide product(uint64_t a, uint64_t b, int32_t power)
{
    struct wide low = {{(uint32_t)a, (uint32_t)(a >> 32)}}, high = low, out;
    uint64_t carry = 0;

    multiply_small(&low, (uint32_t)b);
    multiply_small(&high, (uint32_t)(b >> 32));
    for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)low.limb[i] + (i > 0 ? high.limb[i - 1] : 0);
        out.limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    for (int32_t i = 0; i < power; i++)
        multiply_small(&out, 10);
    return out;
}

static bool at_least(const struct wide *a, const struct wide *b)
{
    for (int i = LIMBS - 1; i >= 0; i--)
        if (a->limb[i] != b->limb[i])
            return a->limb[i] > b->limb[i];
    return true;
}

static void take(struct wide *a, const struct wide *b)
{
    uint64_t borrow = 0;

    for (int i = 0; i < LIMBS; i++) {
        uint64_t difference = (uint64_t)a->limb[i] - b->limb[i] - borrow;

        a->limb[i] = (uint32_t)difference;
        borrow = difference >> 63;
    }
}

static void shift_in(struct wide *value, uint32_t bit)
{
    for (int i = LIMBS - 1; i > 0; i--)
        value->limb[i] = value->limb[i] << 1 | value->limb[i - 1] >> 31;
    value->limb[0] = value->limb[0] << 1 | bit;
}

/* Long division bit by bit: two hundred steps, run only where currencies differ or parts are shared. */
static bool divide(const struct wide *dividend, const struct wide *divisor, enum mt940_rounding rounding, uint64_t *out)
{
    struct wide rest = {{0}};
    uint64_t quotient = 0;

    for (int bit = WIDE_BITS - 1; bit >= 0; bit--) {
        shift_in(&rest, dividend->limb[bit / 32] >> (bit % 32) & 1);
        if (quotient > (uint64_t)INT64_MAX / 2)
            return false;
        quotient <<= 1;
        if (at_least(&rest, divisor)) {
            take(&rest, divisor);
            quotient |= 1;
        }
    }
    shift_in(&rest, 0);
    if (rounding == MT940_ROUND_HALF_UP && at_least(&rest, divisor))
        quotient++;
    if (quotient > (uint64_t)INT64_MAX)
        return false;
    *out = quotient;
    return true;
}

bool mt940_scale(uint64_t a, uint64_t b, uint64_t c, int32_t power, enum mt940_rounding rounding, uint64_t *out)
{
    struct wide dividend = product(a, b, power > 0 ? power : 0);
    struct wide divisor = product(c, 1, power < 0 ? -power : 0);

    return divide(&dividend, &divisor, rounding, out);
}

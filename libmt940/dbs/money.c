/* SPDX-License-Identifier: Apache-2.0
 *
 * money.c: shares of money, and conversion between currencies. Must not know what the amounts
 * mean.
 */
#include "dbs/money.h"

#include "base/export.h"
#include "base/failure.h"
#include "base/view.h"
#include "mt940connect/dbs.h"

bool mt940_money_share(int64_t a, int64_t b, int64_t c, int64_t *out)
{
    bool negative = ((a < 0) != (b < 0)) != (c < 0);
    uint64_t size;

    if (!mt940_scale(mt940_money_size(a), mt940_money_size(b), mt940_money_size(c), 0, MT940_ROUND_HALF_UP, &size))
        return false;
    *out = negative ? -(int64_t)size : (int64_t)size;
    return true;
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
    if (!mt940_scale(mt940_money_size(conversion->units), (uint64_t)from_rate, (uint64_t)to_rate,
                     to_digits - from_digits, MT940_ROUND_HALF_UP, &size))
        return MT940_E_RANGE;
    *out = conversion->units < 0 ? -(int64_t)size : (int64_t)size;
    return 0;
}

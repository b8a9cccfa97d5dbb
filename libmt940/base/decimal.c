/* SPDX-License-Identifier: Apache-2.0
 *
 * decimal.c: exact decimals as text and back, in one fixed style ('.' and no grouping). What
 * people read is written by text/message.c; what banks write is read by the statement room.
 */
#include <stdbool.h>

#include "base/export.h"
#include "base/view.h"
#include "mt940connect/base.h"

#define SCALE_LARGEST 18

MT940_EXPORT int mt940_decimal_format(int64_t units, int32_t scale, int32_t digits, char out[40])
{
    /* Right to left in a buffer of the longest text: sign, 19 digits, point, 18 zeros. */
    char text[39];
    size_t at = sizeof(text);
    uint64_t rest = units < 0 ? 0 - (uint64_t)units : (uint64_t)units;
    int32_t decimals = scale > digits ? scale : digits;

    if (scale < 0 || scale > SCALE_LARGEST || digits < 0 || digits > SCALE_LARGEST)
        return MT940_E_ARGUMENT;
    for (int32_t i = 0; i < decimals - scale; i++)
        text[--at] = '0';
    for (int32_t i = 0; i < scale; i++, rest /= 10)
        text[--at] = (char)('0' + rest % 10);
    if (decimals > 0)
        text[--at] = '.';
    do {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (units < 0)
        text[--at] = '-';
    memcpy(out, text + at, sizeof(text) - at);
    out[sizeof(text) - at] = '\0';
    return (int)(sizeof(text) - at);
}

/* value * 10 + digit, with the magnitude of INT64_MIN as the ceiling. */
static bool push_digit(uint64_t *value, unsigned digit)
{
    const uint64_t ceiling = (uint64_t)INT64_MAX + 1;

    if (*value > (ceiling - digit) / 10)
        return false;
    *value = *value * 10 + digit;
    return true;
}

/* sign? digits ('.' digits)?: splits the text, or says it is no such thing. */
static bool split_number(struct mt940_view text, bool *negative, struct mt940_view *whole, struct mt940_view *decimals)
{
    size_t at = 0, start;

    *negative = text.length > 0 && text.data[0] == '-';
    if (text.length > 0 && (text.data[0] == '-' || text.data[0] == '+'))
        at++;
    start = at;
    while (at < text.length && mt940_ascii_is_digit(text.data[at]))
        at++;
    *whole = mt940_view_slice(text, start, at - start);
    *decimals = mt940_view_of(NULL, 0);
    if (whole->length == 0)
        return false;
    if (at == text.length)
        return true;
    if (text.data[at] != '.')
        return false;
    start = ++at;
    while (at < text.length && mt940_ascii_is_digit(text.data[at]))
        at++;
    *decimals = mt940_view_slice(text, start, at - start);
    return at == text.length && decimals->length > 0;
}

MT940_EXPORT int mt940_decimal_parse(const char *text, size_t length, int32_t scale, int64_t *units)
{
    struct mt940_view whole, decimals;
    uint64_t value = 0;
    bool negative;

    if (scale < 0 || scale > SCALE_LARGEST)
        return MT940_E_ARGUMENT;
    if (!split_number(mt940_view_of(text, length), &negative, &whole, &decimals))
        return MT940_E_FORMAT;
    for (size_t i = 0; i < whole.length; i++)
        if (!push_digit(&value, (unsigned)(whole.data[i] - '0')))
            return MT940_E_RANGE;
    for (size_t i = 0; i < (size_t)scale; i++)
        if (!push_digit(&value, i < decimals.length ? (unsigned)(decimals.data[i] - '0') : 0))
            return MT940_E_RANGE;
    for (size_t i = (size_t)scale; i < decimals.length; i++)
        if (decimals.data[i] != '0')
            return MT940_E_RANGE;
    if (value > (uint64_t)INT64_MAX && !negative)
        return MT940_E_RANGE;
    /* Through unsigned: the magnitude of INT64_MIN has no positive counterpart. */
    *units = negative ? (value > (uint64_t)INT64_MAX ? INT64_MIN : -(int64_t)value) : (int64_t)value;
    return MT940_OK;
}

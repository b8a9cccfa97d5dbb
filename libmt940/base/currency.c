/* SPDX-License-Identifier: Apache-2.0
 *
 * currency.c: minor-unit digits of a currency, from currency.def. Knows no names and no rates.
 */
#include "base/export.h"
#include "mt940connect/base.h"

struct currency {
    char code[4];
    int8_t digits;
};

#define MT940_CURRENCY(code, digits) {#code, digits},
static const struct currency currencies[] = {
#include "base/currency.def"
};
#undef MT940_CURRENCY

/* Three letters as a number, in the order of the alphabet. */
static uint32_t number_of(const char *code)
{
    return (uint32_t)(unsigned char)code[0] << 16 | (uint32_t)(unsigned char)code[1] << 8 | (unsigned char)code[2];
}

MT940_EXPORT int mt940_currency_digits(const char *code, size_t length)
{
    size_t low = 0, high = sizeof(currencies) / sizeof(currencies[0]);
    uint32_t wanted;

    if (!code || length != 3)
        return -1;
    wanted = number_of(code);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t found = number_of(currencies[middle].code);

        if (wanted == found)
            return currencies[middle].digits;
        if (wanted < found)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

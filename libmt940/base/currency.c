/* SPDX-License-Identifier: Apache-2.0
 *
 * currency.c: minor-unit digits of a currency, from currency.def. Knows no names and no rates.
 */
#include <string.h>

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

MT940_EXPORT int mt940_currency_digits(const char *code, size_t length)
{
    size_t low = 0, high = sizeof(currencies) / sizeof(currencies[0]);

    if (!code || length != 3)
        return -1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(code, currencies[middle].code, 3);

        if (order == 0)
            return currencies[middle].digits;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

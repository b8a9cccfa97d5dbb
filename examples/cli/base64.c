/* SPDX-License-Identifier: Apache-2.0
 *
 * base64.c: three bytes to four letters and back, as strict as RFC 4648 §3 wants it: no line ends, padding in full.
 */
#include "base64.h"

#include <stdint.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(const void *bytes, size_t length, struct buffer *out)
{
    const unsigned char *from = bytes;

    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        uint32_t group = (uint32_t)from[i] << 16 | (left > 1 ? (uint32_t)from[i + 1] << 8 : 0U) |
                         (left > 2 ? (uint32_t)from[i + 2] : 0U);
        const char four[4] = {digits[group >> 18], digits[group >> 12 & 63], left > 1 ? digits[group >> 6 & 63] : '=',
                              left > 2 ? digits[group & 63] : '='};

        buffer_add(out, four, sizeof four);
    }
}

int base64_decode(const char *text, size_t length, struct buffer *out)
{
    size_t padding = 0;

    if (length % 4 != 0)
        return 0;
    while (padding < 2 && padding < length && text[length - 1 - padding] == '=')
        padding++;
    for (size_t i = 0; i < length; i += 4) {
        size_t bytes = i + 4 == length ? 3 - padding : 3;
        uint32_t group = 0;
        char three[3];

        for (size_t k = 0; k < 4; k++) {
            const char *digit = k <= bytes ? memchr(digits, text[i + k], sizeof digits - 1) : digits;

            if (digit == NULL)
                return 0;
            group = group << 6 | (uint32_t)(digit - digits);
        }
        for (size_t k = 0; k < 3; k++)
            three[k] = (char)(group >> (16 - 8 * k) & 0xFF);
        buffer_add(out, three, bytes);
    }
    return 1;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * tax_id.c: check digits of the VKN and TCKN of Türkiye and the VÖEN of Azerbaijan (docs/tax_id.md). It must not know
 * whose number it is, or where it stood.
 */
#include "base/export.h"
#include "base/view.h"
#include "mt940connect/tax_id.h"

#define VKN_LENGTH 10
#define TCKN_LENGTH 11
#define VOEN_LENGTH 10

/* Reads precisely `count` digits into numbers; what is wrong, or 0. */
static int read_digits(const char *text, size_t length, size_t count, uint32_t *digits)
{
    if (!text || length != count)
        return MT940_TAX_ID_BAD_LENGTH;
    for (size_t i = 0; i < count; i++) {
        if (!mt940_ascii_is_digit(text[i]))
            return MT940_TAX_ID_BAD_CHARACTER;
        digits[i] = (uint32_t)(text[i] - '0');
    }
    return MT940_TAX_ID_VALID;
}

/* Each digit plus its distance from the end, mod 10, times 2^distance, mod 9 where a multiple of 9 counts 9. */
MT940_EXPORT int mt940_vkn_check(const char *text, size_t length)
{
    uint32_t digits[VKN_LENGTH], sum = 0;
    int reason = read_digits(text, length, VKN_LENGTH, digits);

    if (reason)
        return reason;
    for (uint32_t i = 0; i < VKN_LENGTH - 1; i++) {
        uint32_t distance = VKN_LENGTH - 1 - i;
        uint32_t shifted = (digits[i] + distance) % 10;
        uint32_t product = (shifted << distance) % 9;
        sum += shifted && !product ? 9 : product;
    }
    return digits[VKN_LENGTH - 1] == (10 - sum % 10) % 10 ? MT940_TAX_ID_VALID : MT940_TAX_ID_BAD_CHECKSUM;
}

MT940_EXPORT int mt940_tckn_check(const char *text, size_t length)
{
    uint32_t digits[TCKN_LENGTH], odd = 0, even = 0;
    int reason = read_digits(text, length, TCKN_LENGTH, digits);

    if (reason)
        return reason;
    if (digits[0] == 0)
        return MT940_TAX_ID_BAD_FORM;
    for (int i = 0; i < 9; i++)
        *(i & 1 ? &even : &odd) += digits[i];
    /* 7 * odd - even, kept positive: four even digits are at most 36. */
    if (digits[9] != (odd * 7 + 40 - even) % 10 || digits[10] != (odd + even + digits[9]) % 10)
        return MT940_TAX_ID_BAD_CHECKSUM;
    return MT940_TAX_ID_VALID;
}

/* The checksum is that of published numbers (python-stdnum az.voen); the tax office does not publish its rule. */
MT940_EXPORT int mt940_voen_check(const char *text, size_t length)
{
    static const uint8_t weights[8] = {4, 1, 8, 6, 2, 7, 5, 3};
    uint32_t digits[VOEN_LENGTH] = {0}, sum = 0;
    /* Spreadsheets drop a leading zero. */
    size_t lost = length + 1 == VOEN_LENGTH;
    int reason = read_digits(text, length, VOEN_LENGTH - lost, digits + lost);

    if (reason)
        return reason;
    /* 1 = legal person, 2 = natural person. */
    if (digits[9] != 1 && digits[9] != 2)
        return MT940_TAX_ID_BAD_FORM;
    for (int i = 0; i < 8; i++)
        sum += digits[i] * weights[i];
    return digits[8] == sum % 11 ? MT940_TAX_ID_VALID : MT940_TAX_ID_BAD_CHECKSUM;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * print.c: texts, amounts and dates as people read them on a screen. Must not know where they
 * are printed.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "output.h"

/* Length of the UTF-8 character at `text` and its code point; 0 when the bytes are no UTF-8. */
static size_t read_character(const char *text, size_t length, uint32_t *code)
{
    const unsigned char *bytes = (const unsigned char *)text;
    static const uint32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t wanted = bytes[0] < 0x80 ? 1 : bytes[0] < 0xC2 ? 0 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3
                                                                : bytes[0] < 0xF5 ? 4 : 0;

    if (wanted == 0 || wanted > length)
        return 0;
    *code = wanted == 1 ? bytes[0] : bytes[0] & (0xFFU >> (wanted + 1));
    for (size_t i = 1; i < wanted; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        *code = (*code << 6) | (bytes[i] & 0x3FU);
    }
    if (*code < lowest[wanted] || *code > 0x10FFFF || (*code >= 0xD800 && *code <= 0xDFFF))
        return 0;
    return wanted;
}

/* Ranges of code points, ascending. */
struct range {
    uint32_t first;
    uint32_t last;
};

static int in_ranges(uint32_t code, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (code < ranges[i].first)
            return 0;
        if (code <= ranges[i].last)
            return 1;
    }
    return 0;
}

/* C0, DEL, C1, and the marks that turn the writing direction round. */
static const struct range unfit[] = {{0, 0x1F}, {0x7F, 0x9F}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}};
/* Combining marks, joiners and variation selectors. */
static const struct range narrow[] = {{0x300, 0x36F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200D},
                                      {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
/* East Asian wide and full width, emoji: UAX #11. */
static const struct range wide[] = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xAC00, 0xD7A3},
                                    {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
                                    {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};

#define COUNT(array) (sizeof(array) / sizeof *(array))

char *output_clean(const char *text, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    struct buffer out = {0};
    size_t at = 0;

    while (at < length) {
        uint32_t code = 0;
        size_t step = read_character(text + at, length - at, &code);

        if (step > 0 && !in_ranges(code, unfit, COUNT(unfit))) {
            buffer_add(&out, text + at, step);
            at += step;
            continue;
        }
        for (size_t end = at + (step == 0 ? 1 : step); at < end; at++) {
            unsigned char byte = (unsigned char)text[at];
            char escape[4] = {'\\', 'x', digits[byte >> 4], digits[byte & 15]};

            buffer_add(&out, escape, sizeof escape);
        }
    }
    return buffer_string(&out);
}

size_t output_width(const char *text, size_t length)
{
    size_t width = 0;

    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        size_t step = read_character(text + at, length - at, &code);

        if (step == 0)
            step = 1;
        else if (in_ranges(code, narrow, COUNT(narrow)))
            width--;
        else if (in_ranges(code, wide, COUNT(wide)))
            width++;
        width++;
        at += step;
    }
    return width;
}

struct mt940_amount output_money(int64_t units, const struct mt940_view *currency)
{
    int digits = mt940_currency_digits(currency->data, currency->length);
    struct mt940_amount amount = {.units = units, .scale = digits < 0 ? 2 : digits};

    mt940_view_copy(currency, amount.currency, sizeof amount.currency);
    return amount;
}

char *output_amount(const struct output *out, const struct mt940_amount *amount)
{
    int turkish = strcmp(out->language, "tr") == 0;
    int digits = mt940_currency_digits(amount->currency, strlen(amount->currency));
    char plain[40];
    struct buffer text = {0};
    int length = mt940_decimal_format(amount->units, amount->scale, digits < 0 ? 0 : digits, plain);
    size_t whole, start;

    if (length < 0)
        return string_copy("?", 1);
    start = plain[0] == '-';
    whole = start + strcspn(plain + start, ".");
    buffer_add(&text, plain, start);
    for (size_t i = start; i < whole; i++) {
        if (i > start && (whole - i) % 3 == 0)
            buffer_add_string(&text, turkish ? "." : ",");
        buffer_add(&text, plain + i, 1);
    }
    if (plain[whole] == '.') {
        buffer_add_string(&text, turkish ? "," : ".");
        buffer_add_string(&text, plain + whole + 1);
    }
    return buffer_string(&text);
}

void output_date(const struct output *out, const struct mt940_date *date, char text[11])
{
    char iso[11];

    text[0] = '\0';
    if (date->year == 0 || mt940_date_format(date, iso) != MT940_OK)
        return;
    if (strcmp(out->language, "tr") != 0) {
        memcpy(text, iso, 11);
        return;
    }
    memcpy(text, iso + 8, 2);
    text[2] = '.';
    memcpy(text + 3, iso + 5, 2);
    text[5] = '.';
    memcpy(text + 6, iso, 5);
    text[10] = '\0';
}

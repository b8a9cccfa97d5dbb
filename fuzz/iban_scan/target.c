/* SPDX-License-Identifier: Apache-2.0
 *
 * IBANs in text: what is found is what trying every start finds, by the grammar of iban.h.
 */
#include <stdlib.h>
#include <string.h>

#include "mt940connect/iban.h"

static void check(int good)
{
    if (!good)
        abort();
}

/* Bytes of a blank, or of what is not seen: U+00A0, U+00AD, U+2000 to 200B, U+202F, U+2060, U+FEFF. */
static size_t blank_at(const char *text, size_t length, size_t at)
{
    const unsigned char *c = (const unsigned char *)text + at;

    if (at < length && c[0] == ' ')
        return 1;
    if (length - at >= 2 && at < length && c[0] == 0xC2)
        return c[1] == 0xA0 || c[1] == 0xAD ? 2 : 0;
    if (at >= length || length - at < 3)
        return 0;
    unsigned code = (c[0] & 0x0FU) << 12 | (c[1] & 0x3FU) << 6 | (c[2] & 0x3FU);
    if (c[0] < 0xE0 || c[0] > 0xEF || (c[1] & 0xC0) != 0x80 || (c[2] & 0xC0) != 0x80)
        return 0;
    return (code >= 0x2000 && code <= 0x200B) || code == 0x202F || code == 0x2060 || code == 0xFEFF ? 3 : 0;
}

/* Skips what may stand between two characters; *wrapped says that the one line end was used. */
static size_t skip(const char *text, size_t length, size_t at, int blank_alone, int *wrapped)
{
    size_t next = at + blank_at(text, length, at);

    if (next >= length || *wrapped || (text[next] != '\r' && text[next] != '\n'))
        return blank_alone ? next : at;
    *wrapped = 1;
    next += text[next] == '\r' && next + 1 < length && text[next + 1] == '\n' ? 2 : 1;
    return next < length && text[next] == ' ' ? next + 1 : next;
}

static size_t try_start(const char *text, size_t length, size_t start, char *canonical)
{
    struct mt940_iban_country country = {.size = sizeof(country)};
    size_t at = start, wanted = 4;
    int wrapped = 0;

    for (size_t have = 0; have < wanted; have++) {
        char c;
        if (have > 0)
            at = skip(text, length, at, have >= 4, &wrapped);
        c = at < length ? text[at++] : '\0';
        canonical[have] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        canonical[have + 1] = '\0';
        if (have == 1 && mt940_iban_country_find(canonical, 2, &country) != MT940_OK)
            return 0;
        if (have == 3)
            wanted = (size_t)country.length;
    }
    return mt940_iban_check(canonical, wanted, 0) == MT940_IBAN_VALID ? at - start : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mt940_iban_found found[64];
    const char *text = (const char *)data;
    size_t count = mt940_iban_scan(text, size, found, 64), seen = 0, length;

    for (size_t i = 0; i < size; i += length ? length : 1) {
        char canonical[MT940_IBAN_MAX + 2] = "";
        length = try_start(text, size, i, canonical);
        if (length == 0)
            continue;
        check(seen < count);
        if (seen < 64)
            check(found[seen].offset == i && found[seen].length == length &&
                  strcmp(found[seen].canonical, canonical) == 0);
        seen++;
    }
    check(seen == count);
    return 0;
}

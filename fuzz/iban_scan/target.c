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

/* Skips what may stand between two characters; *wrapped says that the one line end was used. */
static size_t skip(const char *text, size_t length, size_t at, int blank_alone, int *wrapped)
{
    size_t next = at < length && text[at] == ' ' ? at + 1 : at;

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

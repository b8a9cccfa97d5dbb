/* SPDX-License-Identifier: Apache-2.0
 *
 * charset/target.c: any bytes, observed in two pieces and decoded in any set. The last byte
 * chooses the set, the one before it where the pieces part and how large the buffer is.
 * Oracle: the pieces do not matter; what comes out is UTF-8, at most three times as long, and in
 * a smaller buffer a true prefix with nothing written behind it.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mt940connect/charset.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int holds)
{
    if (!holds)
        abort();
}

static void check_utf8(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t point;

        at += mt940_utf8_read((const unsigned char *)text + at, length - at, &point);
        demand(point != MT940_UTF8_INVALID);
    }
}

static void check_verdict(const uint8_t *data, size_t size, size_t middle)
{
    struct mt940_charset_evidence whole, pieces;
    int32_t verdict;

    memset(&whole, 0, sizeof(whole));
    memset(&pieces, 0, sizeof(pieces));
    mt940_charset_observe(&whole, data, size);
    mt940_charset_observe(&pieces, data, middle);
    mt940_charset_observe(&pieces, data + middle, size - middle);
    demand(memcmp(&whole, &pieces, sizeof(whole)) == 0);
    verdict = mt940_charset_verdict(&whole);
    demand(verdict != MT940_CHARSET_DETECT && verdict != MT940_CHARSET_DIN_66003);
    demand(mt940_charset_name(verdict) != NULL);
    demand((verdict == MT940_CHARSET_ASCII) == (whole.high == 0));
}

static void check_capacity(int32_t charset, const uint8_t *data, size_t size, const char *whole, size_t length,
                           size_t capacity)
{
    /* A block of exactly this size: a sanitizer sees one byte too many. */
    char *cut = malloc(capacity ? capacity : 1);
    size_t same = 0;

    demand(cut != NULL);
    memset(cut, '#', capacity);
    demand(mt940_charset_decode(charset, data, size, cut, capacity, NULL) == length);
    while (same < capacity && same < length && cut[same] == whole[same])
        same++;
    demand(same + 3 >= capacity || same == length);
    free(cut);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int32_t charset;
    size_t chosen, length, replaced;
    char *text;

    if (size < 2)
        return 0;
    size -= 2;
    chosen = data[size];
    charset = data[size + 1] % 13 - 1;
    text = malloc(3 * size + 1);
    demand(text != NULL);
    check_verdict(data, size, chosen < size ? chosen : size);
    length = mt940_charset_decode(charset, data, size, text, 3 * size, &replaced);
    demand(length <= 3 * size && replaced <= size);
    check_utf8(text, length);
    check_capacity(charset, data, size, text, length, length);
    check_capacity(charset, data, size, text, length, chosen < length ? chosen : length / 2);
    if (length > 0)
        check_capacity(charset, data, size, text, length, length - 1);
    free(text);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * charset/target.c: any bytes, observed in two pieces and decoded in any set. The last byte
 * chooses the set, the one before it where the pieces part and how large the buffer is.
 * Oracle: the pieces do not matter; what comes out is UTF-8, at most three times as long, and in
 * a smaller buffer a true prefix with nothing written behind it; written in the set again it is
 * the same bytes, where all of them were letters of one.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mt940connect/charset.h"
#include "mt940connect/status.h"
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

/* Sets of one byte a letter. */
static int is_single(int32_t charset)
{
    return charset != MT940_CHARSET_DETECT && charset != MT940_CHARSET_UTF8 && charset != MT940_CHARSET_UTF8_TWICE;
}

static void check_encode(int32_t charset, const uint8_t *data, size_t size, const char *text, size_t length,
                         size_t replaced)
{
    char *bytes = malloc(length + 1), *again = malloc(3 * length + 1);
    size_t written = 0, misfit = 0;
    int status = mt940_charset_encode(charset, text, length, 0, bytes, &written, &misfit);

    demand(bytes != NULL && again != NULL);
    demand(status == MT940_OK ? written <= length : misfit < length);
    if (is_single(charset) && replaced == 0)
        demand(status == MT940_OK && written == size && (size == 0 || memcmp(bytes, data, size) == 0));
    else if (status == MT940_OK && is_single(charset))
        demand(mt940_charset_decode(charset, bytes, written, again, 3 * length, NULL) == length &&
               memcmp(again, text, length) == 0);
    else if (!is_single(charset))
        demand(status == MT940_OK && written == length && memcmp(bytes, text, length) == 0);
    /* Without marks it may fit where it did not; where it did, nothing changes. */
    status = mt940_charset_encode(charset, text, length, MT940_ENCODE_TRANSLITERATE, again, &written, &misfit);
    demand(status == MT940_OK ? written <= length : misfit < length);
    free(bytes);
    free(again);
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
    if (charset != MT940_CHARSET_DETECT && mt940_charset_name(charset) != NULL)
        check_encode(charset, data, size, text, length, replaced);
    check_capacity(charset, data, size, text, length, length);
    check_capacity(charset, data, size, text, length, chosen < length ? chosen : length / 2);
    if (length > 0)
        check_capacity(charset, data, size, text, length, length - 1);
    free(text);
    return 0;
}

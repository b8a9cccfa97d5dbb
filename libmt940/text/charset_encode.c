/* SPDX-License-Identifier: Apache-2.0
 *
 * charset_encode.c: UTF-8 as the bytes of a bank's character set, by the tables that decode them. Must not know what
 * the text is.
 */
#include "mt940connect/charset.h"

#include <stdbool.h>
#include <string.h>

#include "base/export.h"
#include "text/charset_tables.h"
#include "text/utf8.h"

enum { high = 0x80, letters_in_table = 128, letters_first = 0xA0, letters_last = 0x17F, marks_first = 0x2010, marks_last = 0x203A };

/* Which bytes a set has: one table for 80 to FF, or (DIN 66003) one for all below 80. */
struct encoder {
    const struct mt940_charset_letter *letters;
    unsigned first; /* byte of letters[0] */
    bool plain_ascii; /* bytes below 80 are ASCII */
    bool utf8;
};

static const struct mt940_charset_letter *letters_of(int32_t charset)
{
    for (size_t i = 0; i < MT940_CHARSET_TABLES; i++)
        if (mt940_charset_tables[i].charset == charset)
            return mt940_charset_tables[i].letters;
    return NULL;
}

static bool find_encoder(int32_t charset, struct encoder *out)
{
    bool utf8 = charset == MT940_CHARSET_UTF8 || charset == MT940_CHARSET_UTF8_TWICE;

    *out = (struct encoder){letters_of(charset), high, true, utf8};
    if (charset == MT940_CHARSET_DIN_66003)
        *out = (struct encoder){mt940_charset_din_66003, 0, false, false};
    return out->letters != NULL || out->utf8 || charset == MT940_CHARSET_ASCII;
}

/* The byte of a character of `length` bytes; -1 = the set has none. */
static int byte_of(const struct encoder *encoder, const char *character, size_t length)
{
    if (encoder->plain_ascii && length == 1)
        return (unsigned char)character[0];
    for (unsigned i = 0; encoder->letters != NULL && i < letters_in_table; i++)
        if (encoder->letters[i].length == length && memcmp(encoder->letters[i].utf8, character, length) == 0)
            return (int)(encoder->first + i);
    return -1;
}

int mt940_charset_byte_of(int32_t charset, const char *character, size_t length)
{
    struct encoder encoder = {letters_of(charset), high, false, false};

    return byte_of(&encoder, character, length);
}

/* "" where there is none. */
static const char *plain_form(uint32_t point)
{
    if (point >= letters_first && point <= letters_last)
        return mt940_transliteration_letters[point - letters_first];
    if (point >= marks_first && point <= marks_last)
        return mt940_transliteration_marks[point - marks_first];
    return "";
}

/* Writes one character to `out`, which has room for its bytes; returns what it wrote, 0 = it does not fit the set. */
static size_t put(const struct encoder *encoder, const char *character, size_t length, uint32_t point, uint32_t flags,
                  char *out)
{
    const char *plain = "";
    size_t count = 0;
    int byte = -1;

    if (encoder->utf8) {
        memcpy(out, character, length);
        return length;
    }
    byte = byte_of(encoder, character, length);
    if (byte >= 0) {
        out[0] = (char)byte;
        return 1;
    }
    if (flags & MT940_ENCODE_TRANSLITERATE)
        plain = plain_form(point);
    for (; plain[count] != '\0'; count++) {
        byte = byte_of(encoder, plain + count, 1);
        if (byte < 0)
            return 0;
        out[count] = (char)byte;
    }
    return count;
}

MT940_EXPORT int mt940_charset_encode(int32_t charset, const char *text, size_t length, uint32_t flags, char *out,
                                      size_t *written, size_t *misfit)
{
    struct encoder encoder;
    size_t at = 0, to = 0;

    if ((text == NULL && length > 0) || (out == NULL && length > 0) || written == NULL ||
        (flags & ~(uint32_t)MT940_ENCODE_TRANSLITERATE) || !find_encoder(charset, &encoder))
        return MT940_E_ARGUMENT;
    while (at < length) {
        uint32_t point;
        size_t taken = mt940_utf8_read((const unsigned char *)text + at, length - at, &point), put_bytes = 0;

        if (point != MT940_UTF8_INVALID)
            put_bytes = put(&encoder, text + at, taken, point, flags, out + to);
        if (put_bytes == 0) {
            if (misfit != NULL)
                *misfit = at;
            return MT940_E_FORMAT;
        }
        to += put_bytes;
        at += taken;
    }
    *written = to;
    return MT940_OK;
}

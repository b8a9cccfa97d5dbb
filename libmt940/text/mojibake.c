/* SPDX-License-Identifier: Apache-2.0
 *
 * mojibake.c: letters that were written as UTF-8 twice. The sets in between are tried by the first character: Ã Ä Å Â â
 * are windows-1252 and -1254 (or the ISO sets, whose bytes 80 to 9F became control characters), ├ ─ ┼ ┬ Ô are cp857 and
 * cp850. Knows characters; knows no fields. Source: turkish-banking §1.7, matching §2.4.
 */
#include "text/mojibake.h"

#include "mt940connect/charset.h"
#include "text/charset_tables.h"
#include "text/utf8.h"

/* What the first byte of a letter was taken for, and by which sets. */
static const struct lead {
    uint32_t point;
    unsigned char byte;
    int32_t sets[2];
} leads[] = {
    {0xC2, 0xC2, {MT940_CHARSET_WINDOWS_1252, MT940_CHARSET_WINDOWS_1254}}, /* Â */
    {0xC3, 0xC3, {MT940_CHARSET_WINDOWS_1252, MT940_CHARSET_WINDOWS_1254}}, /* Ã */
    {0xC4, 0xC4, {MT940_CHARSET_WINDOWS_1252, MT940_CHARSET_WINDOWS_1254}}, /* Ä */
    {0xC5, 0xC5, {MT940_CHARSET_WINDOWS_1252, MT940_CHARSET_WINDOWS_1254}}, /* Å */
    {0xE2, 0xE2, {MT940_CHARSET_WINDOWS_1252, MT940_CHARSET_WINDOWS_1254}}, /* â */
    {0x252C, 0xC2, {MT940_CHARSET_CP857, MT940_CHARSET_CP850}},             /* ┬ */
    {0x251C, 0xC3, {MT940_CHARSET_CP857, MT940_CHARSET_CP850}},             /* ├ */
    {0x2500, 0xC4, {MT940_CHARSET_CP857, MT940_CHARSET_CP850}},             /* ─ */
    {0x253C, 0xC5, {MT940_CHARSET_CP857, MT940_CHARSET_CP850}},             /* ┼ */
    {0xD4, 0xE2, {MT940_CHARSET_CP857, MT940_CHARSET_CP850}},               /* Ô */
};

static const uint32_t turkish[] = {0xC7, 0xD6, 0xDC, 0xE7, 0xF6, 0xFC, 0x11E, 0x11F, 0x130, 0x131, 0x15E, 0x15F};

static const struct lead *lead_of(uint32_t point)
{
    for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++)
        if (leads[i].point == point)
            return &leads[i];
    return NULL;
}

/* The byte of a character in the sets of `lead`, 0 where it has none above 7F. */
static unsigned char byte_in(const struct lead *lead, uint32_t point, const unsigned char *character, size_t length)
{
    if (point >= 0x80 && point <= 0x9F)
        return (unsigned char)point;
    for (size_t i = 0; i < 2 && point >= 0x80; i++) {
        int byte = mt940_charset_byte_of(lead->sets[i], (const char *)character, length);
        if (byte >= 0)
            return (unsigned char)byte;
    }
    return 0;
}

static bool is_wanted(uint32_t point)
{
    enum { letters_first = 0xA0, letters_last = 0x17F, marks_first = 0x2010, marks_last = 0x203A, lira = 0x20BA,
           euro = 0x20AC };

    return (point >= letters_first && point <= letters_last) || (point >= marks_first && point <= marks_last) ||
           point == lira || point == euro;
}

size_t mt940_mojibake_read(const unsigned char *bytes, size_t left, uint32_t *point)
{
    enum { longest = 3 };
    unsigned char letter[longest] = {0};
    size_t count = 1, at = mt940_utf8_read(bytes, left, point);
    const struct lead *lead = *point == MT940_UTF8_INVALID ? NULL : lead_of(*point);

    if (!lead)
        return 0;
    letter[0] = lead->byte;
    for (size_t wanted = lead->byte < 0xE0 ? 2 : longest; count < wanted && at < left; count++) {
        size_t taken = mt940_utf8_read(bytes + at, left - at, point);
        unsigned char byte = *point == MT940_UTF8_INVALID ? 0 : byte_in(lead, *point, bytes + at, taken);
        if (byte < 0x80 || byte > 0xBF)
            return 0;
        letter[count] = byte;
        at += taken;
    }
    size_t whole = mt940_utf8_read(letter, count, point);
    return whole == count && *point != MT940_UTF8_INVALID && is_wanted(*point) ? at : 0;
}

/* "Ã–" may be the end of a Portuguese word before a dash; Ö has a letter behind it. */
static bool is_evidence(uint32_t point, struct mt940_view behind)
{
    enum { o_with_dots = 0xD6 };
    bool letter = behind.length > 0 && ((unsigned char)behind.data[0] >= 0x80 || mt940_ascii_is_letter(behind.data[0]));

    for (size_t i = 0; i < sizeof turkish / sizeof turkish[0]; i++)
        if (turkish[i] == point)
            return point != o_with_dots || letter;
    return false;
}

size_t mt940_mojibake_count(struct mt940_view text, size_t *first)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t count = 0, taken;

    for (size_t at = 0; at < text.length; at += taken) {
        uint32_t point;
        taken = bytes[at] < 0x80 ? 1 : mt940_mojibake_read(bytes + at, text.length - at, &point);
        if (taken == 0) {
            taken = mt940_utf8_read(bytes + at, text.length - at, &point);
        } else if (bytes[at] >= 0x80 &&
                   is_evidence(point, mt940_view_slice(text, at + taken, text.length))) {
            if (count++ == 0)
                *first = at;
        }
    }
    return count;
}

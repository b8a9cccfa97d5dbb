/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative.c: the lines of a field 86 as one text. Banks wrap at 65 without regard to words, so
 * a full line is joined as it stands; a shorter one ended on purpose and gets a blank. Source:
 * DESIGN §3, "joined text"; turkish-banking §1.6.
 */
#include "base/export.h"
#include "statement/cursor.h"

#include "mt940connect/statement.h"

enum { full_line = 65 };

struct joined {
    int32_t charset;
    char *out;
    size_t capacity;
    size_t length; /* what the whole needs */
};

static void put(struct joined *joined, struct mt940_view bytes)
{
    size_t room = joined->length < joined->capacity ? joined->capacity - joined->length : 0;
    char *at = room ? joined->out + joined->length : NULL;
    joined->length += mt940_charset_decode(joined->charset, bytes.data, bytes.length, at, room, NULL);
}

static bool is_control(char c)
{
    return (unsigned char)c < ' ' || c == 0x7F;
}

/* Decodes a line in the runs between its control bytes; a tab is a blank. */
static void put_line(struct joined *joined, struct mt940_view line)
{
    size_t start = 0;
    for (size_t i = 0; i <= line.length; i++) {
        if (i < line.length && !is_control(line.data[i]))
            continue;
        put(joined, mt940_view_slice(line, start, i - start));
        if (i < line.length && line.data[i] == '\t')
            put(joined, mt940_view_of(" ", 1));
        start = i + 1;
    }
}

/* A second 86 of the same movement was joined by the scanner with its tag. */
static struct mt940_view without_tag(struct mt940_view line)
{
    static const char tag[] = ":86:";
    size_t length = sizeof tag - 1;
    bool tagged = line.length >= length && memcmp(line.data, tag, length) == 0;
    return tagged ? mt940_view_slice(line, length, line.length) : line;
}

MT940_EXPORT size_t mt940_narrative_text(const struct mt940_view *raw, int32_t charset, char *out, size_t capacity)
{
    struct joined joined = {charset, out, capacity, 0};
    struct mt940_cursor cursor = {*raw, 0};
    size_t before = full_line; /* nothing is put before the first line */
    for (bool first = true; !mt940_cursor_end(&cursor); first = false) {
        struct mt940_view line = mt940_cursor_line(&cursor);
        if (mt940_cursor_peek(&cursor, 0) == '\r' && mt940_cursor_peek(&cursor, 1) == '\n')
            cursor.at++;
        cursor.at += !mt940_cursor_end(&cursor);
        size_t length = line.length;
        line = first ? line : without_tag(line);
        if (before < full_line && line.length && !mt940_ascii_is_blank(line.data[0]))
            put(&joined, mt940_view_of(" ", 1));
        put_line(&joined, line);
        before = length;
    }
    return joined.length;
}

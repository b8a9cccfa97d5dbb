/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative.c: the lines of a field 86 as one text. Banks wrap at 65 without regard to words, so
 * a full line is joined as it stands; a shorter one ended on purpose and gets a blank. Structured
 * texts are wrapped less carefully, and there more is known. Source: DESIGN §3, "joined text";
 * turkish-banking §1.6; docs/narrative.md.
 */
#include "base/bytes.h"
#include "base/export.h"
#include "statement/cursor.h"
#include "statement/narrative.h"

#include "mt940connect/statement.h"

/* Structured texts: blanks at the end are lost on the way, and some count ":86:" as part of the first line. */
enum { full_line = 65, nearly_full = 63, first_nearly_full = 60 };

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

/* Bytes that are the same in every character set but one. */
static void put_ascii(struct joined *joined, struct mt940_view bytes)
{
    size_t room = joined->length < joined->capacity ? joined->capacity - joined->length : 0;
    size_t length = bytes.length < room ? bytes.length : room;
    if (length > 0)
        memcpy(joined->out + joined->length, bytes.data, length);
    joined->length += bytes.length;
}

static void put_break(struct joined *joined, char mark)
{
    if (joined->length < joined->capacity)
        joined->out[joined->length] = mark;
    joined->length++;
}

static bool is_control(char c)
{
    return (unsigned char)c < ' ' || c == 0x7F;
}

/* Of eight bytes those that are no printing ASCII. */
static uint64_t special(uint64_t word)
{
    uint64_t low = word - MT940_BYTES_ONES * 0x20, rubout = (word ^ MT940_BYTES_ONES * 0x7F) - MT940_BYTES_ONES;
    return (low | rubout | word) & MT940_BYTES_HIGH;
}

/* How much of a text is printing ASCII. */
static size_t plain_length(struct mt940_view text)
{
    size_t at = 0;
    for (; text.length - at >= 8; at += 8) {
        uint64_t odd = special(mt940_bytes_at(text.data + at));
        if (odd) {
            at += mt940_bytes_first(odd);
            break;
        }
    }
    while (at < text.length && (unsigned char)text.data[at] < 0x80 && !is_control(text.data[at]))
        at++;
    return at;
}

/*
 * The line at the cursor, which moves behind it; most bytes of most lines are printing ASCII, and *plain says how many
 * in front of this one are.
 */
static struct mt940_view next_line(struct mt940_cursor *cursor, size_t *plain)
{
    size_t start = cursor->at;
    *plain = plain_length(mt940_view_slice(cursor->text, start, cursor->text.length));
    cursor->at += *plain;
    mt940_cursor_line(cursor);
    struct mt940_view line = mt940_view_slice(cursor->text, start, cursor->at - start);
    if (mt940_cursor_peek(cursor, 0) == '\r' && mt940_cursor_peek(cursor, 1) == '\n')
        cursor->at++;
    cursor->at += !mt940_cursor_end(cursor);
    return line;
}

/* Whether there is a control byte in the text; now and then one is seen where there is none. */
static bool has_control(struct mt940_view text)
{
    uint64_t seen = 0;
    size_t at = 0;
    for (; text.length - at >= 8; at += 8) {
        uint64_t word = mt940_bytes_at(text.data + at);
        seen |= special(word) & ~word;
    }
    for (; at < text.length; at++)
        if (is_control(text.data[at]))
            return true;
    return seen & MT940_BYTES_HIGH;
}

/* Decodes a line of which `plain` bytes are printing ASCII, in the runs between its control bytes; a tab is a blank. */
static void put_line(struct joined *joined, struct mt940_view line, size_t plain)
{
    if (joined->charset == MT940_CHARSET_DIN_66003)
        plain = 0;
    if (plain > 0)
        put_ascii(joined, mt940_view_slice(line, 0, plain));
    line = mt940_view_slice(line, plain, line.length);
    if (line.length == 0)
        return;
    if (!has_control(line)) {
        put(joined, line);
        return;
    }
    for (size_t i = 0, start = 0; i <= line.length; i++) {
        if (i < line.length && !is_control(line.data[i]))
            continue;
        put(joined, mt940_view_slice(line, start, i - start));
        if (i < line.length && line.data[i] == '\t')
            put(joined, mt940_view_of(" ", 1));
        start = i + 1;
    }
}

static struct mt940_view without(struct mt940_view line, const char *tag)
{
    size_t length = strlen(tag);
    bool tagged = line.length >= length && memcmp(line.data, tag, length) == 0;
    return tagged ? mt940_view_slice(line, length, line.length) : line;
}

/* A second 86 of the same movement was joined by the scanner with its tag. */
static struct mt940_view without_tag(struct mt940_view line, bool first, enum mt940_join join)
{
    line = first ? line : without(line, ":86:");
    return join == mt940_join_lines ? without(line, ":NS:") : line;
}

static size_t full(enum mt940_join join, bool first)
{
    if (join == mt940_join_free)
        return full_line;
    return first ? first_nearly_full : nearly_full;
}

/* Whether a line that is not full goes on in the next one all the same. */
static bool goes_on(enum mt940_join join, struct mt940_view before, struct mt940_view line)
{
    if (join == mt940_join_free || before.length == 0)
        return false;
    char last = before.data[before.length - 1], next = line.data[0];
    if (join == mt940_join_slash)
        return last == '/' && next != '/';
    if (mt940_ascii_is_digit(last) && mt940_ascii_is_digit(next))
        return true;
    bool begins_code = !mt940_ascii_is_alnum(next) && line.length > 2 && mt940_ascii_is_digit(line.data[1]) &&
                       mt940_ascii_is_digit(line.data[2]);
    return begins_code || mt940_word_across(before, line);
}

static bool is_break(enum mt940_join join, bool first, struct mt940_view before, struct mt940_view line)
{
    if (join == mt940_join_lines)
        return true;
    if (line.length == 0 || mt940_ascii_is_blank(line.data[0]) || before.length >= full(join, first))
        return false;
    return !goes_on(join, before, line);
}

size_t mt940_narrative_join(const struct mt940_view *raw, int32_t charset, enum mt940_join join, char mark, char *out,
                            size_t capacity)
{
    struct joined joined = {charset, out, capacity, 0};
    struct mt940_cursor cursor = {*raw, 0};
    struct mt940_view before = {NULL, 0};
    for (size_t count = 0; !mt940_cursor_end(&cursor); count++) {
        size_t plain, tag;
        struct mt940_view line = next_line(&cursor, &plain), whole = line;
        line = without_tag(line, count == 0, join);
        tag = whole.length - line.length;
        plain = plain > tag ? plain - tag : 0;
        /* A second narrative is no part of a number in the first. */
        bool again = join == mt940_join_coded && line.length < whole.length;
        if (count > 0 && (again || is_break(join, count == 1, before, line)))
            put_break(&joined, mark);
        put_line(&joined, line, plain);
        before = whole;
    }
    return joined.length;
}

MT940_EXPORT size_t mt940_narrative_text(const struct mt940_view *raw, int32_t charset, char *out, size_t capacity)
{
    return mt940_narrative_join(raw, charset, mt940_join_free, ' ', out, capacity);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * disguise_line.c: what stands in front of a line of text and is structure there: what looks like a field, an envelope,
 * the number of a ":NS:" line. Must not know how words are replaced.
 */
#include "statement/disguise.h"

#include "statement/cursor.h"
#include "statement/tag.h"

enum { look_alike = 3 };

static const char ns_tag[] = ":NS:";

bool mt940_begins_with_ns(struct mt940_view line)
{
    return line.length >= sizeof ns_tag - 1 && memcmp(line.data, ns_tag, sizeof ns_tag - 1) == 0;
}

bool mt940_has_ns(struct mt940_view text)
{
    struct mt940_cursor cursor = {text, 0};

    for (; !mt940_cursor_end(&cursor); (void)mt940_cursor_skip_break(&cursor))
        if (mt940_begins_with_ns(mt940_cursor_line(&cursor)))
            return true;
    return false;
}

/* Bytes of the first two characters, which are the number of a ":NS:" line; control bytes are none, for a reader drops them. */
static size_t number_length(struct mt940_view line)
{
    size_t at = 0;

    for (size_t left = 2; at < line.length && left > 0; at++)
        left -= (unsigned char)line.data[at] >= ' ' && line.data[at] != 0x7F;
    return at;
}

/* Bytes of ":NS:" and the number behind it. */
static size_t ns_length(struct mt940_view line)
{
    size_t tag = sizeof ns_tag - 1;

    return tag + number_length(mt940_view_slice(line, tag, line.length));
}

static bool begins_with_number(struct mt940_view line)
{
    size_t digits = 0, length = number_length(line);

    for (size_t i = 0; i < length; i++)
        digits += mt940_ascii_is_digit(line.data[i]);
    return digits == 2;
}

/* Marks of the byte order in front of a line, also encoded twice, as files have them that were put together. */
static size_t marks_length(struct mt940_view line)
{
    static const char mark[] = "\xEF\xBB\xBF", twice[] = "\xC3\xAF\xC2\xBB\xC2\xBF";
    size_t at = 0;

    for (;;) {
        struct mt940_view rest = mt940_view_slice(line, at, line.length);
        if (mt940_view_is(mt940_view_slice(rest, 0, sizeof mark - 1), mark))
            at += sizeof mark - 1;
        else if (mt940_view_is(mt940_view_slice(rest, 0, sizeof twice - 1), twice))
            at += sizeof twice - 1;
        else
            return at;
    }
}

/* Bytes in front of a line that a reader may forgive before a field. */
static size_t forgiven_length(struct mt940_view line)
{
    size_t at = marks_length(line);

    while (at < line.length && ((unsigned char)line.data[at] <= ' ' || line.data[at] == '-'))
        at++;
    return at;
}

/* Bytes behind a tag that say whether it is one: a mark, also of two letters ("RC"); words begin with these letters, too. */
static size_t mark_length(struct mt940_view text)
{
    char first = text.length > 0 ? mt940_ascii_upper(text.data[0]) : '\0';

    if (first == 'R')
        return text.length > 1 && mt940_ascii_is_letter(text.data[1]) ? 2 : 1;
    return first == 'C' || first == 'D';
}

size_t mt940_structure_length(struct mt940_view line, bool numbered)
{
    struct mt940_tag tag;
    size_t at = forgiven_length(line);

    if (numbered && begins_with_number(line))
        return number_length(line);
    struct mt940_view rest = mt940_view_slice(line, at, line.length);
    if (mt940_tag_read(rest, &tag)) {
        at += tag.length;
        while (at < line.length && (unsigned char)line.data[at] <= ' ')
            at++;
        if (mt940_begins_with_ns(mt940_view_slice(line, at, line.length)))
            return at + ns_length(mt940_view_slice(line, at, line.length));
        size_t end = at;
        while (end < line.length && mt940_is_word_byte(line.data[end]))
            end++;
        struct mt940_view word = mt940_view_slice(line, at, end - at);
        /* A word goes on behind a control byte. */
        bool over = end == line.length || (unsigned char)line.data[end] >= ' ';
        if (over && mt940_is_vocabulary(word) && !mt940_is_name_too(word))
            return end;
        return at + mark_length(mt940_view_slice(line, at, line.length));
    }
    if (mt940_begins_with_ns(rest))
        return at + ns_length(rest);
    if (rest.length >= look_alike && rest.data[0] == '{' && rest.data[2] == ':')
        return at + look_alike;
    return marks_length(line);
}

/* Whether a line is a field to a reader where it may be one; the bytes in front of it never change. */
static bool is_plausible(struct mt940_view line)
{
    struct mt940_tag tag;

    line = mt940_view_slice(line, forgiven_length(line), line.length);
    return mt940_tag_read(line, &tag) && mt940_tag_plausible(&tag, mt940_view_slice(line, tag.length, line.length));
}

bool mt940_same_lines(struct mt940_view before, struct mt940_view after)
{
    struct mt940_cursor old = {before, 0}, new = {after, 0};

    while (!mt940_cursor_end(&old)) {
        if (is_plausible(mt940_cursor_line(&old)) != is_plausible(mt940_cursor_line(&new)))
            return false;
        (void)mt940_cursor_skip_break(&old);
        (void)mt940_cursor_skip_break(&new);
    }
    return true;
}

static int compare(void *user, struct mt940_view before, struct mt940_view after)
{
    (void)user;
    return mt940_same_lines(before, after) ? MT940_DISGUISE_SAME : MT940_DISGUISE_DIFFERS;
}

void mt940_disguise_lines(struct mt940_disguise *disguise, char *raw, size_t length)
{
    mt940_disguise_guarded(disguise, raw, length, 0, 0, compare, NULL);
}

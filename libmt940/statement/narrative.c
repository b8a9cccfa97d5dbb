/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative.c: the lines of a field 86 as one text. Banks wrap at 65 without regard to words, so
 * a full line is joined as it stands; a shorter one ended on purpose and gets a blank. Structured
 * texts are wrapped less carefully, and there more is known. Source: DESIGN §3, "joined text";
 * turkish-banking §1.6; docs/narrative.md.
 */
#include "base/export.h"
#include "base/view.h"
#include "statement/cursor.h"
#include "statement/narrative.h"
#include "text/cut_letter.h"
#include "text/decode.h"
#include "text/mojibake.h"

#include "mt940connect/statement.h"

static const char ns_tag[] = ":NS:";

/* Structured texts: blanks at the end are lost on the way, and some count ":86:" as part of the first line. */
enum { full_line = 65, nearly_full = 63, first_nearly_full = 60 };

/* Puts a line without its control bytes; a tab is a blank. Returns where it ends. */
static size_t put_line(struct mt940_decoder *decoder, struct mt940_view raw, size_t at, struct mt940_sink *sink)
{
    for (;; at++) {
        at += mt940_decode_line(decoder, (const unsigned char *)raw.data + at, raw.length - at, sink);
        if (at == raw.length || raw.data[at] == '\n' || raw.data[at] == '\r')
            return at;
        if (raw.data[at] == '\t')
            mt940_sink_put_byte(sink, ' ');
    }
}

/*
 * The same for a line in which a sub-field ends inside a letter of UTF-8 and the next one begins with the rest
 * ("?20…C5 ?21 9E…"): the letter stands whole before the separator.
 */
static size_t put_parted_line(struct mt940_decoder *decoder, struct mt940_view raw, size_t at, struct mt940_sink *sink,
                              struct mt940_seams *seams)
{
    enum { separator_and_digits = 3 };
    struct mt940_cut_letter letter;

    for (size_t to = at; to < raw.length && raw.data[to] != '\n' && raw.data[to] != '\r';) {
        const unsigned char *bytes = (const unsigned char *)raw.data + to;
        if (!mt940_cut_letter_read(bytes, raw.length - to, &letter) || !letter.numbered) {
            to++;
            continue;
        }
        (void)put_line(decoder, mt940_view_of(raw.data, to), at, sink);
        mt940_sink_put_point(sink, letter.point);
        to += letter.front + letter.gap;
        mt940_sink_put(sink, raw.data + to - separator_and_digits, separator_and_digits);
        at = to += letter.rest;
        if (seams && seams->count < sizeof seams->values / sizeof seams->values[0])
            seams->values[seams->count++] = sink->length;
    }
    return put_line(decoder, raw, at, sink);
}

static struct mt940_view without(struct mt940_view line, const char *tag)
{
    size_t length = strlen(tag);
    bool tagged = line.length >= length && memcmp(line.data, tag, length) == 0;
    return tagged ? mt940_view_slice(line, length, line.length) : line;
}

/* A second 86 of the same movement was joined by the scanner with its tag. Bytes of tags in front of a line. */
static size_t tag_length(struct mt940_view line, bool first, struct mt940_joining *how)
{
    struct mt940_view rest = line;

    if (line.data[0] != ':')
        return 0;
    how->has_ns = how->has_ns || without(line, ns_tag).length < line.length;
    rest = first ? rest : without(rest, ":86:");
    rest = how->join == mt940_join_lines ? without(rest, ns_tag) : rest;
    return line.length - rest.length;
}

/* Of the first line as much as is looked at. */
static struct mt940_view front_of(struct mt940_view rest)
{
    enum { enough = 4 };
    struct mt940_view front = mt940_view_slice(rest, 0, enough);
    for (size_t i = 0; i < front.length; i++)
        if (front.data[i] == '\n' || front.data[i] == '\r')
            front.length = i;
    return front;
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

/* `length` is that of the line before, as the bank wrote it. */
static bool is_break(enum mt940_join join, bool first, struct mt940_view before, size_t length, struct mt940_view rest)
{
    if (join == mt940_join_lines)
        return true;
    if (length >= full(join, first) || (first && length == 0))
        return false;
    struct mt940_view line = front_of(rest);
    return line.length > 0 && !mt940_ascii_is_blank(line.data[0]) && !goes_on(join, before, line);
}

/*
 * Austrian banks begin every further line with "%". It is such a mark only where all have it, and none a digit or a
 * blank behind it: "%18 KDV" is a text.
 */
static bool are_marked(struct mt940_view lines)
{
    struct mt940_cursor cursor = {lines, 0};
    while (!mt940_cursor_end(&cursor)) {
        char next = mt940_cursor_peek(&cursor, 1);
        if (mt940_cursor_peek(&cursor, 0) != '%' || mt940_ascii_is_digit(next) || (unsigned char)next <= ' ')
            return false;
        mt940_cursor_line(&cursor);
        (void)mt940_cursor_skip_break(&cursor);
    }
    return true;
}

/* Bytes of the line end at `at`. */
static size_t break_length(const struct mt940_view *raw, size_t at)
{
    if (at == raw->length)
        return 0;
    return raw->data[at] == '\r' && at + 1 < raw->length && raw->data[at + 1] == '\n' ? 2 : 1;
}

/*
 * A line that was cut after so many bytes may end inside a letter of UTF-8, which was put as a replacement then. Puts
 * the letter, and returns how many bytes of the next line, which begins at `next`, belong to it; mostly none.
 */
static size_t put_cut_letter(struct mt940_decoder *decoder, const struct mt940_view *raw, size_t end, size_t next,
                             struct mt940_sink *sink, size_t capacity)
{
    enum { longest = 4, replacement = 3 };
    unsigned char letter[longest] = {0};
    size_t back = 1, count = 0, taken;
    uint32_t point;

    while (back < end && back < longest && ((unsigned char)raw->data[end - back] & 0xC0) == 0x80)
        back++;
    for (size_t i = end - back; i < end; i++)
        letter[count++] = (unsigned char)raw->data[i];
    taken = mt940_utf8_read(letter, count, &point);
    if (letter[0] < 0xC2 || point != MT940_UTF8_INVALID || taken < count)
        return 0;
    while (count < longest && next < raw->length)
        letter[count++] = (unsigned char)raw->data[next++];
    taken = mt940_utf8_read(letter, count, &point);
    if (point == MT940_UTF8_INVALID)
        return 0;
    mt940_sink_take_back(sink, replacement, capacity);
    decoder->replaced--;
    mt940_sink_put_point(sink, point);
    return taken - back;
}

/* The same where letters were encoded a second time after the line was cut: the two halves are characters now. */
static size_t put_cut_mojibake(const struct mt940_view *raw, size_t end, size_t next, struct mt940_sink *sink,
                               size_t capacity)
{
    enum { longest = 9, characters = 2 };
    size_t from = end;

    for (size_t i = 0; i < characters && from > 0; i++) {
        unsigned char letter[longest] = {0};
        size_t count = 0, taken;
        uint32_t point;
        from--;
        while (from > 0 && ((unsigned char)raw->data[from] & 0xC0) == 0x80 && end - from < longest)
            from--;
        for (size_t at = from; at < end && count < longest; at++)
            letter[count++] = (unsigned char)raw->data[at];
        for (size_t at = next; at < raw->length && count < longest; at++)
            letter[count++] = (unsigned char)raw->data[at];
        taken = mt940_mojibake_read(letter, count, &point);
        if (taken > end - from && sink->length >= end - from) {
            mt940_sink_take_back(sink, end - from, capacity);
            mt940_sink_put_point(sink, point);
            return taken - (end - from);
        }
    }
    return 0;
}

/*
 * One line, or several as struct mt940_decoder says; returns where the last one ends. From where one has a letter that
 * sub-fields cut, *passes is false and lines are put one by one.
 */
static size_t put_lines(struct mt940_decoder *decoder, struct mt940_view raw, size_t at, struct mt940_sink *sink,
                        struct mt940_seams *seams, bool *passes)
{
    const struct mt940_sink whole = *sink;
    const unsigned char *line = decoder->line;
    const bool marked = decoder->marked;
    size_t replaced = decoder->replaced, end = put_line(decoder, raw, at, sink);

    if (decoder->replaced == replaced || !mt940_is_utf8(decoder->charset) || !mt940_coded_possible(raw))
        return end;
    *sink = whole;
    decoder->replaced = replaced;
    decoder->line = line;
    decoder->marked = marked;
    decoder->full = SIZE_MAX;
    *passes = false;
    return put_parted_line(decoder, raw, at, sink, seams);
}

size_t mt940_narrative_join(const struct mt940_view *raw, struct mt940_joining *how, char *out, size_t capacity)
{
    const enum mt940_join join = how->join;
    const int32_t charset = how->charset;
    struct mt940_sink sink = {out, capacity, 0};
    struct mt940_decoder decoder;
    struct mt940_view before = {NULL, 0};
    size_t length = 0;
    /* Ends of full lines may be passed over where nobody asks for them, and lengths are those of the raw text. */
    bool marked = false, passes = join != mt940_join_lines && charset != MT940_CHARSET_UTF8_TWICE;
    bool by_bytes = false; /* wrapped without regard to letters of several bytes */
    how->has_ns = how->has_breaks = false;
    mt940_decoder_init(&decoder, charset);
    size_t at = mt940_decode_mark(&decoder, (const unsigned char *)raw->data, raw->length), cut = 0;
    for (size_t count = 0; at < raw->length; count++) {
        const unsigned char *line = (const unsigned char *)raw->data + at - cut;
        struct mt940_view rest = mt940_view_of(raw->data + at, raw->length - at);
        if (count == 1 && rest.data[0] == '%')
            marked = are_marked(rest);
        size_t skipped = marked ? rest.data[0] == '%' : tag_length(rest, count == 0, how);
        rest = mt940_view_of(rest.data + skipped, rest.length - skipped);
        /* A second narrative is no part of a number in the first. */
        bool again = join == mt940_join_coded && skipped > 0;
        if (count > 0 && !marked && cut == 0 && (again || is_break(join, count == 1, before, length, rest))) {
            mt940_sink_put_byte(&sink, how->mark);
            how->has_breaks = true;
        }
        size_t start = at, put = sink.length;
        decoder.line = line;
        decoder.full = passes && !marked ? full(join, count == 0) : SIZE_MAX;
        decoder.next_full = full(join, false);
        /* Behind a first line that is empty there is no mark; the ways do not know that. */
        bool empty = count == 0 && rest.length > 0 && (rest.data[0] == '\r' || rest.data[0] == '\n');
        decoder.mark = join == mt940_join_free && !empty ? how->mark : '\0';
        at = put_lines(&decoder, *raw, start + skipped, &sink, how->seams, &passes);
        count += decoder.line != line;
        how->has_breaks = how->has_breaks || decoder.marked;
        before = mt940_view_of((const char *)decoder.line, (size_t)((const unsigned char *)raw->data + at - decoder.line));
        length = before.length;
        if (charset == MT940_CHARSET_UTF8_TWICE)
            length = sink.length - put;
        else if (charset == MT940_CHARSET_UTF8 && !by_bytes && length >= first_nearly_full)
            length = mt940_utf8_count(before.data, before.length);
        size_t next = at + break_length(raw, at);
        bool open = mt940_is_utf8(charset) && at > start && (unsigned char)raw->data[at - 1] >= 0x80;
        cut = open ? put_cut_letter(&decoder, raw, at, next, &sink, capacity) : 0;
        if (open && cut == 0 && charset == MT940_CHARSET_UTF8_TWICE)
            cut = put_cut_mojibake(raw, at, next, &sink, capacity);
        by_bytes = by_bytes || cut > 0;
        passes = passes && !by_bytes;
        at = next + cut;
    }
    return sink.length;
}

MT940_EXPORT size_t mt940_narrative_text(const struct mt940_view *raw, int32_t charset, char *out, size_t capacity)
{
    struct mt940_joining how = {charset, mt940_join_free, ' ', false, false, NULL};
    return mt940_narrative_join(raw, &how, out, capacity);
}

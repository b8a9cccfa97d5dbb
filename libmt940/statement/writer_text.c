/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_text.c: the lines of field 86. A reader joins lines of 65 and more characters without a separator and puts a
 * blank behind shorter ones (narrative.c), so a long line is cut at 65 and what is left of it stands in front of the
 * line that followed: the text stays the same, byte for byte. Lines that fit are left alone, for some dialects mean
 * something by them. Must not know what the text says.
 */
#include "statement/cursor.h"
#include "statement/tag.h"
#include "statement/writer.h"
#include "text/cut_letter.h"
#include "text/utf8.h"

/* A line of nearly_full and more characters may be taken for a full one; see full() there. */
enum { nearly_full = 60, lines_max = 6, window_size = 5 * MT940_LINE_MAX };

struct layout {
    struct mt940_write *write;
    struct mt940_cursor raw;
    size_t lines;
};

/* Lines that the reader joins without a separator, as one text without their ends; a window moves over it. */
struct run {
    struct mt940_view raw;
    size_t at; /* the next byte of raw that comes into the window */
    size_t held;
    char window[window_size];
};

/* Line ends as the reader takes them: LF, CR, CR LF. */
static struct mt940_view next_line(struct mt940_cursor *cursor)
{
    struct mt940_view line = mt940_cursor_line(cursor);
    if (mt940_cursor_peek(cursor, 0) == '\r' && mt940_cursor_peek(cursor, 1) == '\n')
        cursor->at++;
    cursor->at += !mt940_cursor_end(cursor);
    return line;
}

static struct mt940_view what_follows(const struct mt940_cursor *cursor)
{
    return mt940_view_slice(cursor->text, cursor->at, cursor->text.length);
}

static bool begins(struct mt940_view text, const char *tag)
{
    return text.length >= strlen(tag) && memcmp(text.data, tag, strlen(tag)) == 0;
}

/* Whether a line may begin so and never be taken for a field, an end mark, a block, or a mark of Austrian banks. */
static bool may_begin(struct mt940_view text)
{
    while (text.length && mt940_ascii_is_blank(text.data[0]))
        text = mt940_view_slice(text, 1, text.length);
    if (text.length == 0)
        return false;
    unsigned char first = (unsigned char)text.data[0];
    return first > ' ' && strchr(":-{$%", first) == NULL;
}

/* How long a line is to a reader. */
static size_t length_of(const struct mt940_write *write, struct mt940_view line)
{
    return write->charset == MT940_CHARSET_UTF8 ? mt940_utf8_count(line.data, line.length) : line.length;
}

/* Whether a cut at `at` would stand inside a letter that a sub-field parts already ("?20…C5 ?21 9E…"). */
static bool halves_parted_letter(struct mt940_view text, size_t at)
{
    enum { longest = 8 };
    struct mt940_cut_letter letter;
    for (size_t start = at > longest ? at - longest : 0; start < at; start++)
        if (mt940_cut_letter_read((const unsigned char *)text.data + start, text.length - start, &letter) &&
            letter.numbered && start + letter.front + letter.gap + letter.rest > at)
            return true;
    return false;
}

/* Whether a cut at `at` would halve a character of UTF-8: a lead stands before it, and reaches so far. */
static bool halves_character(struct mt940_view text, size_t at)
{
    if (halves_parted_letter(text, at))
        return true;
    size_t back = 0;
    while (back < 3 && back < at && ((unsigned char)text.data[at - back] & 0xC0) == 0x80)
        back++;
    unsigned char lead = (unsigned char)text.data[at - back];
    size_t length = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 1;
    return back > 0 && back < length;
}

/*
 * Where to cut a text that is too long: at 65 or behind the character there, else before a blank, else (not when
 * strict) later.
 */
static size_t find_cut(struct mt940_write *write, struct mt940_view text)
{
    size_t full = MT940_LINE_MAX;
    while (full < text.length && length_of(write, mt940_view_slice(text, 0, full)) < MT940_LINE_MAX)
        full++;
    while (full < text.length && halves_character(text, full))
        full++;
    if (full == text.length || may_begin(mt940_view_slice(text, full, text.length)))
        return full;
    for (size_t at = full - 1; at > 0; at--)
        if (text.data[at] == ' ' && may_begin(mt940_view_slice(text, at, text.length)))
            return at;
    mt940_demand(write, false, "a line of more than 65 characters cannot be cut");
    for (size_t at = full + 1; at < text.length; at++)
        if (!halves_character(text, at) && may_begin(mt940_view_slice(text, at, text.length)))
            return at;
    return text.length;
}

static void check_line(struct layout *layout, struct mt940_view line)
{
    struct mt940_write *write = layout->write;
    bool fits = true;
    for (size_t i = 0; write->options.strict && i < line.length; i++)
        fits = fits && mt940_is_x(line.data[i]);
    mt940_demand(write, fits, "a character is not in the SWIFT set x");
    mt940_demand(write, line.length > 0, "a line is empty");
    mt940_demand(write, length_of(write, line) <= MT940_LINE_MAX, "a line is longer than 65 characters");
    mt940_demand(write, layout->lines < lines_max, "more than 6 lines (6*65x)");
    mt940_demand(write, layout->lines == 0 || line.length == 0 || (line.data[0] != ':' && line.data[0] != '-'),
                 "a line begins with a colon or a hyphen");
}

/* What a reader takes for a field wherever it stands can never have been read as text. */
static bool is_field(struct mt940_view line)
{
    struct mt940_tag tag;
    if (!mt940_tag_read(line, &tag))
        return false;
    bool certain = tag.role == MT940_TAG_ROLE_ENTRY || tag.role == MT940_TAG_ROLE_CLOSING ||
                   tag.role == MT940_TAG_ROLE_AFTER;
    return (tag.role == MT940_TAG_ROLE_NONE && tag.lettered) ||
           (certain && mt940_tag_plausible(&tag, mt940_view_slice(line, tag.length, line.length)));
}

void mt940_refuse_field(struct mt940_write *write, struct mt940_view line)
{
    if (is_field(line))
        mt940_refuse(write, "a line would be taken for a field");
}

static void put_piece(struct layout *layout, struct mt940_view piece)
{
    check_line(layout, piece);
    if (layout->lines > 0)
        mt940_refuse_field(layout->write, piece);
    mt940_put_view(layout->write, piece);
    mt940_put_break(layout->write);
    layout->lines++;
}

static void fill(struct run *run)
{
    for (; run->held < window_size && run->at < run->raw.length; run->at++)
        if (run->raw.data[run->at] != '\r' && run->raw.data[run->at] != '\n')
            run->window[run->held++] = run->raw.data[run->at];
}

/*
 * Lays a run out in pieces, or only looks how: then *fits becomes false where a piece would be taken for a field. The
 * length of its last piece as a reader sees it.
 */
static size_t lay(struct layout *layout, struct mt940_view raw, bool put, bool *fits)
{
    struct run run = {.raw = raw};
    size_t last = 0; /* behind ":86:" nothing is a field */
    for (fill(&run); run.held > 0 && layout->write->status == 0; fill(&run)) {
        struct mt940_view text = mt940_view_of(run.window, run.held);
        size_t cut = length_of(layout->write, text) > MT940_LINE_MAX ? find_cut(layout->write, text) : run.held;
        struct mt940_view piece = mt940_view_slice(text, 0, cut);
        if (put)
            put_piece(layout, piece);
        else if ((layout->lines > 0 || last > 0) && is_field(piece))
            *fits = false;
        last = length_of(layout->write, piece);
        run.held -= cut;
        memmove(run.window, run.window + cut, run.held);
    }
    return last;
}

/* Whether a line of this length ended on purpose: 0 = yes, 2 = no, 1 = dialects differ. */
static int fullness(size_t length)
{
    return length >= MT940_LINE_MAX ? 2 : length >= nearly_full;
}

/*
 * A line of more than 65 characters and the lines that go on in it. Cut, they end with another line than they did; where
 * that would give or take a separator, or make a field of a line, the lines stay as they are.
 */
static void put_long(struct layout *layout, struct mt940_view line)
{
    size_t start = (size_t)(line.data - layout->raw.text.data);
    struct mt940_cursor end = layout->raw;
    struct mt940_view last = line, next = what_follows(&end);
    while (length_of(layout->write, last) >= MT940_LINE_MAX && next.length > 0 && (unsigned char)next.data[0] > ' ' &&
           !begins(next, ":86:")) {
        last = next_line(&end);
        next = what_follows(&end);
    }
    struct mt940_view raw = mt940_view_slice(layout->raw.text, start,
                                             (size_t)(last.data + last.length - layout->raw.text.data) - start);
    bool joined = next.length == 0 || memchr(" \t\r\n", next.data[0], 4);
    bool fits = true;
    size_t tail = lay(layout, raw, false, &fits);
    if (fits && (joined || (fullness(tail) == fullness(length_of(layout->write, last)) && fullness(tail) != 1))) {
        lay(layout, raw, true, NULL);
        layout->raw = end;
    } else {
        put_piece(layout, line);
    }
}

/* Banks that begin each line with ":NS:", or each further one with "%", mean the line ends. */
static bool has_marked_lines(struct mt940_view raw)
{
    struct mt940_cursor cursor = {raw, 0};
    for (size_t count = 0; !mt940_cursor_end(&cursor); count++) {
        struct mt940_view line = next_line(&cursor);
        if (begins(line, ":NS:") || (count == 1 && begins(line, "%")))
            return true;
    }
    return false;
}

/* Whether a line ends inside a character of UTF-8, or only may: the next one begins with the rest of one. */
static bool cuts_letters(struct mt940_view raw)
{
    struct mt940_cursor cursor = {raw, 0};
    (void)next_line(&cursor);
    while (!mt940_cursor_end(&cursor))
        if (((unsigned char)next_line(&cursor).data[0] & 0xC0) == 0x80)
            return true;
    return false;
}

void mt940_put_narrative(struct mt940_write *write, struct mt940_view raw)
{
    struct layout layout = {write, {raw, 0}, 0};
    if (mt940_put_as_read(write, "86", raw))
        return;
    /* Of letters that were encoded twice a reader counts what they were before; where a letter was cut, bytes. */
    bool keep = has_marked_lines(raw) || write->charset == MT940_CHARSET_UTF8_TWICE ||
                (write->charset == MT940_CHARSET_UTF8 && cuts_letters(raw));
    mt940_put_tag(write, "86");
    mt940_demand(write, raw.length > 0, "the text is empty (6*65x)");
    if (raw.length == 0)
        mt940_put_break(write);
    while (!mt940_cursor_end(&layout.raw) && write->status == 0) {
        struct mt940_view line = next_line(&layout.raw);
        if (length_of(write, line) > MT940_LINE_MAX && !keep && !begins(line, ":86:"))
            put_long(&layout, line);
        else
            put_piece(&layout, line);
    }
}

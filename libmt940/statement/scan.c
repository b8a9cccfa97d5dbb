/* SPDX-License-Identifier: Apache-2.0
 *
 * scan.c: the state machine under every way of reading. Keeps one open item and hands it out
 * when the line after it is known; never looks at a byte twice but for a few look-aheads, and
 * never allocates: the caller gives the unfinished bytes again.
 */
#include "statement/scan.h"

#include "base/bytes.h"
#include "statement/cursor.h"
#include "statement/line.h"

/* Of a line outside any message this many bytes are looked at: enough for block headers, and no more need be kept. */
enum { outside_longest = 4096 };

void mt940_scanner_init(struct mt940_scanner *scanner, mt940_item_sink sink, void *user)
{
    memset(scanner, 0, sizeof *scanner);
    scanner->sink = sink;
    scanner->user = user;
    scanner->line = 1;
    scanner->way = mt940_skim_best();
}

static struct mt940_view strip_line_ends(const char *start, const char *end)
{
    /* Nearly always there is one. */
    if (end - start > 2 && memcmp(end - 2, "\r\n", 2) == 0 && (unsigned char)end[-3] > '\r')
        return mt940_view_of(start, (size_t)(end - 2 - start));
    while (end > start && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    return mt940_view_of(start, (size_t)(end - start));
}

/* Hands out the open item, whose text ends at `end` of the window. */
static int close_item(struct mt940_scanner *scanner, const struct mt940_window *window, size_t end)
{
    struct mt940_item *item = &scanner->item;
    if (item->kind == MT940_ITEM_NONE)
        return 0;
    if (scanner->cut) {
        item->notes |= MT940_NOTE_SEPARATOR;
        end = scanner->cut;
    }
    if (scanner->narrative_start) {
        item->value = strip_line_ends(window->bytes + scanner->value_start, window->bytes + scanner->value_end);
        item->narrative = strip_line_ends(window->bytes + scanner->narrative_start, window->bytes + end);
        item->narrative_high = scanner->high;
    } else {
        item->value = strip_line_ends(window->bytes + scanner->value_start, window->bytes + end);
        item->high = scanner->high;
    }
    item->stop = window->bytes + end;
    int status = scanner->sink(scanner->user, item);
    item->kind = MT940_ITEM_NONE;
    scanner->narrative_start = 0;
    scanner->cut = scanner->stray = 0;
    return status;
}

/* What every field has, with its tag at `start` of the line that ends at `line_end`. */
static void begin_item(struct mt940_scanner *scanner, int kind, size_t start, size_t line_end)
{
    struct mt940_item *item = &scanner->item;
    item->kind = kind;
    item->unterminated = false;
    item->offset = scanner->offset + start;
    item->line = scanner->line;
    item->narrative = mt940_view_of(NULL, 0);
    item->narrative_offset = 0;
    item->narrative_line = 0;
    item->narrative_high = false;
    scanner->item_start = start;
    scanner->value_start = start + item->tag.length;
    item->first_line = line_end - scanner->value_start;
    scanner->high = false;
}

static void open_item(struct mt940_scanner *scanner, const struct mt940_line_verdict *verdict, size_t line_end)
{
    struct mt940_item *item = &scanner->item;
    item->tag = verdict->tag;
    item->starts_message = verdict->starts_message;
    item->notes = verdict->notes;
    if (verdict->starts_message) {
        scanner->indented = false;
        scanner->heads = 0;
    }
    scanner->heads |= UINT32_C(1) << verdict->tag.meaning;
    if (scanner->phase != MT940_PHASE_BODY && (verdict->notes & MT940_NOTE_BLANKS))
        scanner->indented = true;
    begin_item(scanner, verdict->tag.role == MT940_TAG_ROLE_ENTRY ? MT940_ITEM_ENTRY : MT940_ITEM_FIELD,
               verdict->start, line_end);
}

static int phase_after(int phase, const struct mt940_line_verdict *verdict)
{
    if (verdict->starts_message)
        phase = MT940_PHASE_HEADER;
    switch (verdict->tag.role) {
    case MT940_TAG_ROLE_OPENING:
        return MT940_PHASE_BODY;
    case MT940_TAG_ROLE_ENTRY:
        return phase == MT940_PHASE_CLOSED ? phase : MT940_PHASE_BODY;
    case MT940_TAG_ROLE_CLOSING:
    case MT940_TAG_ROLE_AFTER:
        return MT940_PHASE_CLOSED;
    default:
        return phase;
    }
}

/* The open item is a 61, and its 86 begins at `start` of the line at `line_start`. */
static void begin_narrative(struct mt940_scanner *scanner, size_t line_start, size_t start, size_t tag_length)
{
    struct mt940_item *item = &scanner->item;
    item->high = scanner->high;
    scanner->high = false;
    scanner->value_end = line_start;
    scanner->narrative_start = start + tag_length;
    item->narrative_offset = scanner->offset + start;
    item->narrative_line = scanner->line;
}

/* An 86 joins the 61 before it; further ones, and those of the statement itself, the first. */
static bool join_narrative(struct mt940_scanner *scanner, size_t line_start, const struct mt940_line_verdict *verdict)
{
    struct mt940_item *item = &scanner->item;
    bool again = item->kind == MT940_ITEM_FIELD && item->tag.meaning == MT940_TAG_NARRATIVE;
    if (verdict->tag.meaning != MT940_TAG_NARRATIVE || (item->kind != MT940_ITEM_ENTRY && !again))
        return false;
    item->notes |= verdict->notes;
    if (again || scanner->narrative_start) {
        /* One text: a dash between its parts stays in it. */
        item->notes |= MT940_NOTE_SECOND_TEXT;
        scanner->cut = scanner->stray = 0;
        return true;
    }
    item->notes |= scanner->cut ? MT940_NOTE_SEPARATOR : 0;
    begin_narrative(scanner, scanner->cut ? scanner->cut : line_start, verdict->start, verdict->tag.length);
    scanner->cut = scanner->stray = 0;
    return true;
}

/* Hands out an item that is complete by itself. */
static int emit_line(struct mt940_scanner *scanner, const struct mt940_window *window, int kind, size_t start,
                     size_t end, size_t stop)
{
    struct mt940_item item = {0};
    item.kind = kind;
    item.offset = scanner->offset + start;
    item.line = scanner->line;
    item.value = strip_line_ends(window->bytes + start, window->bytes + end);
    item.stop = window->bytes + stop;
    return scanner->sink(scanner->user, &item);
}

static int take_line(struct mt940_scanner *scanner, const struct mt940_window *window, const struct mt940_line *line,
                     const struct mt940_line_verdict *verdict)
{
    int status = 0;
    switch (verdict->kind) {
    case MT940_LINE_FIELD:
        if (join_narrative(scanner, line->start, verdict))
            return 0;
        status = close_item(scanner, window, line->start);
        open_item(scanner, verdict, line->end);
        scanner->phase = phase_after(scanner->phase, verdict);
        return status;
    case MT940_LINE_END:
    case MT940_LINE_ENVELOPE:
        status = close_item(scanner, window, line->start);
        scanner->phase = MT940_PHASE_OUTSIDE;
        if (status == 0)
            status = emit_line(scanner, window,
                               verdict->kind == MT940_LINE_END ? MT940_ITEM_END : MT940_ITEM_ENVELOPE, verdict->start,
                               verdict->resume < line->end ? verdict->resume : line->end, verdict->resume);
        return status;
    case MT940_LINE_STRAY:
        if (!scanner->cut)
            scanner->cut = line->start;
        scanner->stray = line->next;
        return 0;
    default:
        if (scanner->phase == MT940_PHASE_OUTSIDE && mt940_view_trim(mt940_view_of(window->bytes + line->start,
                                                                                    line->end - line->start)).length)
            return emit_line(scanner, window, MT940_ITEM_OUTSIDE, line->start, line->end, line->next);
        scanner->item.notes |= verdict->notes;
        /* What looked like a field behind the dash is text, and so is the dash. */
        if (scanner->stray == line->start)
            scanner->cut = scanner->stray = 0;
        return 0;
    }
}

/* Looks for the byte order mark of UTF-8; false while too few bytes are there to tell. */
static bool begin_stream(struct mt940_scanner *scanner, const char *bytes, size_t length, bool final)
{
    static const char bom[3] = {'\xEF', '\xBB', '\xBF'};
    size_t known = length < sizeof bom ? length : sizeof bom;
    if (memcmp(bytes, bom, known) == 0 && known < sizeof bom && !final)
        return false;
    scanner->begun = true;
    if (known == sizeof bom && memcmp(bytes, bom, sizeof bom) == 0) {
        scanner->has_bom = true;
        scanner->resume = scanner->searched = sizeof bom;
    }
    return true;
}

/* Passes over the rest of a line of which enough was seen; true while its end is not there. */
static bool skip_line(struct mt940_scanner *scanner, const struct mt940_window *window)
{
    struct mt940_line line = {scanner->resume, 0, 0};
    bool ends = mt940_window_line(window, scanner->resume, &line);
    scanner->skipping = !ends;
    scanner->line += ends && line.next > line.end;
    scanner->resume = scanner->searched = ends ? line.next : line.end;
    return !ends;
}

static size_t search_from(const struct mt940_scanner *scanner)
{
    return scanner->searched > scanner->resume ? scanner->searched : scanner->resume;
}

/* Takes a line by its verdict and moves behind it. */
static int pass_line(struct mt940_scanner *scanner, const struct mt940_window *window, const struct mt940_line *line,
                     const struct mt940_line_verdict *verdict)
{
    int status = take_line(scanner, window, line, verdict);
    scanner->line += verdict->resume == line->next && line->next > line->end;
    scanner->resume = scanner->searched = verdict->resume;
    return status;
}

/*
 * Some banks end lines with "@@", as HBCI writes them. It is a line end where a message begins so: a field, and "@@"
 * right before the next field or at the end of the line.
 */
static bool begins_with_at_signs(const struct mt940_window *window, const struct mt940_line *line)
{
    struct mt940_view text = mt940_view_of(window->bytes + line->start, line->end - line->start);
    struct mt940_tag tag;
    const char *sign;
    if (text.length > outside_longest)
        text.length = outside_longest;
    for (size_t i = 0; i < text.length && (sign = memchr(text.data + i, '@', text.length - i)) != NULL;) {
        i = (size_t)(sign - text.data) + 1;
        if (i == text.length || text.data[i] != '@')
            continue;
        struct mt940_view next = mt940_view_slice(text, ++i, text.length);
        bool at_end = next.length == 0 && mt940_tag_read(text, &tag) && tag.role != MT940_TAG_ROLE_NONE;
        if (at_end || (mt940_tag_read(next, &tag) && tag.role != MT940_TAG_ROLE_NONE))
            return true;
    }
    return false;
}

/* Stops before this line: what was looked at of it looks different then. */
static void ask_for_line_ends(struct mt940_scanner *scanner, bool *wait)
{
    scanner->at_signs = *wait = true;
    scanner->searched = scanner->resume;
    scanner->ahead = true;
}

/* One line outside any message; *wait when more bytes are needed. A long one is known by its first bytes. */
static int outside_line(struct mt940_scanner *scanner, const struct mt940_window *window, bool *wait)
{
    struct mt940_line line = {scanner->resume, 0, 0};
    struct mt940_line_verdict verdict;
    bool ends = mt940_window_line(window, search_from(scanner), &line);
    bool is_long = line.end - line.start > outside_longest;
    if (is_long)
        line.end = line.next = line.start + outside_longest;
    if (!ends && !is_long) {
        scanner->searched = line.end;
        *wait = true;
        return 0;
    }
    if (!scanner->translated && begins_with_at_signs(window, &line)) {
        ask_for_line_ends(scanner, wait);
        return 0;
    }
    mt940_line_classify(scanner, window, &line, &verdict);
    scanner->skipping = is_long && verdict.resume == line.next;
    int status = pass_line(scanner, window, &line, &verdict);
    /* Nobody looked. */
    scanner->high = true;
    scanner->ahead = false;
    return status;
}

/* The lines up to `passed->at` belong to the open item, the first of them perhaps not. */
static void pass_text(struct mt940_scanner *scanner, const struct mt940_window *window,
                      const struct mt940_passed *passed, uint32_t lines, bool *wait)
{
    scanner->line += lines;
    scanner->high |= passed->high | scanner->ahead;
    *wait = passed->at == window->length;
    if (!*wait) {
        scanner->resume = passed->at;
        scanner->ahead = false;
        return;
    }
    scanner->ahead |= passed->high;
    if (lines > 0)
        scanner->resume = passed->last;
    if (window->final)
        scanner->resume = window->length;
    bool open = window->bytes[window->length - 1] == '\r' && scanner->resume < window->length;
    scanner->searched = window->length - open;
}

/* Where the line with `from` in it ends, and in *next where the next one begins, if there is one. */
static inline size_t line_end(const struct mt940_skim *skim, size_t from, const struct mt940_passed *passed, size_t *next)
{
    if (passed->lines > 1)
        *next = mt940_skim_next(skim, from);
    else
        *next = passed->lines == 1 ? passed->last : skim->length;
    if (passed->lines == 0)
        return *next - (skim->bytes[*next - 1] == '\r');
    return *next - 1 - (*next - 1 > from && skim->bytes[*next - 1] == '\n' && skim->bytes[*next - 2] == '\r');
}

/* ":61:" and the digits of a date. */
static bool is_plain_entry(const char *text, size_t length)
{
    enum { tag = 4, date = 6 };
    return length >= tag + 8 && memcmp(text, ":61:", tag) == 0 && mt940_bytes_are_digits(text + tag, date);
}

/* Closes a movement and begins the next one, whose line begins at `start`. */
static int next_entry(struct mt940_scanner *scanner, const struct mt940_window *window, const struct mt940_skim *skim,
                      const struct mt940_passed *passed, size_t start)
{
    size_t next, end = line_end(skim, start, passed, &next);
    int status = close_item(scanner, window, start);
    scanner->item.starts_message = false;
    scanner->item.notes = 0;
    begin_item(scanner, MT940_ITEM_ENTRY, start, end);
    if (scanner->phase != MT940_PHASE_CLOSED)
        scanner->phase = MT940_PHASE_BODY;
    return status;
}

/*
 * The lines that nearly every movement has, behind another movement: what mt940_line_classify() and take_line() would make
 * of them. `passed` is what lies ahead of the first, and then of the line that is none of them, unless it waits or fails.
 */
static int take_plain_lines(struct mt940_scanner *scanner, const struct mt940_window *window, struct mt940_skim *skim,
                            struct mt940_passed *passed, bool *wait)
{
    enum { tag_length = 4 };
    int status = 0;
    while (passed->lines > 0) {
        size_t start = scanner->resume, left = window->length - start;
        const char *text = window->bytes + start;
        if (!scanner->narrative_start && left > tag_length && memcmp(text, ":86:", tag_length) == 0)
            begin_narrative(scanner, start, start, tag_length);
        else if (is_plain_entry(text, left))
            status = next_entry(scanner, window, skim, passed, start);
        else
            break;
        pass_text(scanner, window, passed, passed->lines, wait);
        if (*wait || status)
            break;
        skim->way->pass(skim, scanner->resume, passed);
    }
    return status;
}

/* The lines at hand and the text behind them; *wait when more bytes are needed. */
static int inside_lines(struct mt940_scanner *scanner, const struct mt940_window *window, struct mt940_skim *skim,
                        bool *wait)
{
    struct mt940_line_verdict verdict;
    struct mt940_passed passed;
    int status = 0;
    skim->way->pass(skim, search_from(scanner), &passed);
    if (scanner->item.kind == MT940_ITEM_ENTRY && !scanner->cut)
        status = take_plain_lines(scanner, window, skim, &passed, wait);
    if (status || *wait)
        return status;
    if ((passed.lines == 0 && !window->final) || !mt940_may_begin_structure(window->bytes[scanner->resume])) {
        pass_text(scanner, window, &passed, passed.lines, wait);
        return 0;
    }
    scanner->ahead |= passed.high;
    struct mt940_line line = {scanner->resume, 0, 0};
    line.end = line_end(skim, search_from(scanner), &passed, &line.next);
    mt940_line_classify(scanner, window, &line, &verdict);
    if (verdict.kind == MT940_LINE_UNDECIDED) {
        scanner->searched = line.end;
        *wait = true;
        return 0;
    }
    if (verdict.starts_message && !scanner->translated && begins_with_at_signs(window, &line)) {
        ask_for_line_ends(scanner, wait);
        return 0;
    }
    status = pass_line(scanner, window, &line, &verdict);
    if (status == 0 && verdict.resume == line.next && scanner->phase != MT940_PHASE_OUTSIDE)
        pass_text(scanner, window, &passed, passed.lines - (passed.lines > 0), wait);
    return status;
}

/* The same up to the end of the message. */
static int inside_message(struct mt940_scanner *scanner, const struct mt940_window *window, struct mt940_skim *skim,
                          bool *wait)
{
    int status;
    do
        status = inside_lines(scanner, window, skim, wait);
    while (status == 0 && !*wait && scanner->phase != MT940_PHASE_OUTSIDE && scanner->resume < window->length);
    return status;
}

static int run_lines(struct mt940_scanner *scanner, const struct mt940_window *window)
{
    struct mt940_skim skim;
    int status = 0;
    bool wait = false;
    mt940_skim_init(&skim, scanner->way, window->bytes, window->length);
    while (status == 0 && !wait && scanner->resume < window->length) {
        if (scanner->skipping)
            wait = skip_line(scanner, window);
        else if (scanner->phase == MT940_PHASE_OUTSIDE)
            status = outside_line(scanner, window, &wait);
        else
            status = inside_message(scanner, window, &skim, &wait);
    }
    return status;
}

/* Positions count from the first byte of the next run. */
static void rebase(struct mt940_scanner *scanner, size_t consumed)
{
    scanner->offset += consumed;
    scanner->resume -= consumed;
    scanner->searched -= scanner->searched < consumed ? scanner->searched : consumed;
    if (scanner->item.kind == MT940_ITEM_NONE)
        return;
    scanner->item_start -= consumed;
    scanner->value_start -= consumed;
    if (scanner->narrative_start) {
        scanner->value_end -= consumed;
        scanner->narrative_start -= consumed;
    }
    if (scanner->cut)
        scanner->cut -= consumed;
    if (scanner->stray)
        scanner->stray -= consumed;
}

int mt940_scanner_run(struct mt940_scanner *scanner, const char *bytes, size_t length, bool final, size_t *consumed)
{
    struct mt940_window window = {bytes, length, final};
    int status;
    *consumed = 0;
    if (!scanner->begun && !begin_stream(scanner, bytes, length, final))
        return 0;
    status = run_lines(scanner, &window);
    if (final && status == 0 && !scanner->at_signs) {
        bool terminated = length && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r');
        scanner->item.unterminated = !terminated;
        status = close_item(scanner, &window, length);
    }
    *consumed = scanner->item.kind == MT940_ITEM_NONE ? scanner->resume : scanner->item_start;
    rebase(scanner, *consumed);
    return status;
}

size_t mt940_translate_at_signs(char *bytes, size_t from, size_t length, bool final)
{
    for (char *at; from < length && (at = memchr(bytes + from, '@', length - from)) != NULL;) {
        from = (size_t)(at - bytes) + 1;
        if (from == length)
            return final ? length : length - 1;
        if (bytes[from] == '@') {
            at[0] = '\r';
            at[1] = '\n';
            from++;
        }
    }
    return length;
}

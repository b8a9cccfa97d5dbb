/* SPDX-License-Identifier: Apache-2.0
 *
 * scan.c: the state machine under every way of reading. Keeps one open item and hands it out
 * when the line after it is known; never looks at a byte twice but for a few look-aheads, and
 * never allocates: the caller gives the unfinished bytes again.
 */
#include "statement/scan.h"

#include "statement/line.h"

/* A line outside any message is dropped in pieces of at least this many bytes. */
enum { outside_piece = 4096 };

void mt940_scanner_init(struct mt940_scanner *scanner, mt940_item_sink sink, void *user)
{
    memset(scanner, 0, sizeof *scanner);
    scanner->sink = sink;
    scanner->user = user;
    scanner->line = 1;
}

static struct mt940_view strip_line_ends(const char *start, const char *end)
{
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
    if (scanner->cut)
        end = scanner->cut;
    if (scanner->narrative_start) {
        item->value = strip_line_ends(window->bytes + scanner->value_start, window->bytes + scanner->value_end);
        item->narrative = strip_line_ends(window->bytes + scanner->narrative_start, window->bytes + end);
    } else {
        item->value = strip_line_ends(window->bytes + scanner->value_start, window->bytes + end);
    }
    int status = scanner->sink(scanner->user, item);
    memset(item, 0, sizeof *item);
    scanner->narrative_start = 0;
    scanner->cut = 0;
    return status;
}

static void open_item(struct mt940_scanner *scanner, const struct mt940_line_verdict *verdict)
{
    struct mt940_item *item = &scanner->item;
    item->kind = verdict->tag.role == MT940_TAG_ROLE_ENTRY ? MT940_ITEM_ENTRY : MT940_ITEM_FIELD;
    item->tag = verdict->tag;
    item->starts_message = verdict->starts_message;
    item->notes = verdict->notes;
    item->offset = scanner->offset + verdict->start;
    item->line = scanner->line;
    scanner->item_start = verdict->start;
    scanner->value_start = verdict->start + verdict->tag.length;
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

/* An 86 joins the 61 before it; further ones, and those of the statement itself, the first. */
static bool join_narrative(struct mt940_scanner *scanner, const struct mt940_line_verdict *verdict)
{
    struct mt940_item *item = &scanner->item;
    if (verdict->tag.meaning != MT940_TAG_NARRATIVE)
        return false;
    if (item->kind == MT940_ITEM_FIELD && item->tag.meaning == MT940_TAG_NARRATIVE) {
        item->notes |= verdict->notes | MT940_NOTE_SECOND_TEXT;
        return true;
    }
    if (item->kind != MT940_ITEM_ENTRY)
        return false;
    item->notes |= verdict->notes;
    if (scanner->narrative_start) {
        item->notes |= MT940_NOTE_SECOND_TEXT;
        return true;
    }
    scanner->value_end = scanner->cut ? scanner->cut : verdict->start;
    scanner->cut = 0;
    scanner->narrative_start = verdict->start + verdict->tag.length;
    item->narrative_offset = scanner->offset + verdict->start;
    item->narrative_line = scanner->line;
    return true;
}

/* Hands out an item that is complete by itself. */
static int emit_line(struct mt940_scanner *scanner, const struct mt940_window *window, int kind, size_t start,
                     size_t end)
{
    struct mt940_item item = {0};
    item.kind = kind;
    item.offset = scanner->offset + start;
    item.line = scanner->line;
    item.value = strip_line_ends(window->bytes + start, window->bytes + end);
    return scanner->sink(scanner->user, &item);
}

static int take_line(struct mt940_scanner *scanner, const struct mt940_window *window, const struct mt940_line *line,
                     const struct mt940_line_verdict *verdict)
{
    int status = 0;
    switch (verdict->kind) {
    case MT940_LINE_FIELD:
        if (join_narrative(scanner, verdict))
            return 0;
        status = close_item(scanner, window, line->start);
        open_item(scanner, verdict);
        scanner->phase = phase_after(scanner->phase, verdict);
        return status;
    case MT940_LINE_END:
    case MT940_LINE_ENVELOPE:
        status = close_item(scanner, window, line->start);
        scanner->phase = MT940_PHASE_OUTSIDE;
        if (status == 0)
            status = emit_line(scanner, window,
                               verdict->kind == MT940_LINE_END ? MT940_ITEM_END : MT940_ITEM_ENVELOPE, verdict->start,
                               verdict->resume < line->end ? verdict->resume : line->end);
        return status;
    case MT940_LINE_STRAY:
        scanner->item.notes |= MT940_NOTE_SEPARATOR;
        if (!scanner->cut)
            scanner->cut = line->start;
        return 0;
    default:
        if (scanner->phase == MT940_PHASE_OUTSIDE && mt940_view_trim(mt940_view_of(window->bytes + line->start,
                                                                                    line->end - line->start)).length)
            return emit_line(scanner, window, MT940_ITEM_OUTSIDE, line->start, line->end);
        scanner->item.notes |= verdict->notes;
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

/* A line outside any message need not be kept whole: its first bytes say that it is nothing. */
static int skip_outside(struct mt940_scanner *scanner, const struct mt940_window *window)
{
    int status = 0;
    if (scanner->phase != MT940_PHASE_OUTSIDE || window->length - scanner->resume < outside_piece)
        return 0;
    if (!scanner->skipping)
        status = emit_line(scanner, window, MT940_ITEM_OUTSIDE, scanner->resume, window->length);
    scanner->skipping = true;
    scanner->resume = scanner->searched = window->length;
    return status;
}

static int run_lines(struct mt940_scanner *scanner, struct mt940_window *window)
{
    int status = 0;
    while (status == 0 && scanner->resume < window->length) {
        struct mt940_line line = {scanner->resume, 0, 0};
        struct mt940_line_verdict verdict;
        size_t from = scanner->searched > scanner->resume ? scanner->searched : scanner->resume;
        if (!mt940_window_line(window, from, &line)) {
            scanner->searched = line.end;
            return skip_outside(scanner, window);
        }
        if (scanner->skipping) {
            memset(&verdict, 0, sizeof verdict);
            verdict.resume = line.next;
            scanner->skipping = false;
        } else {
            mt940_line_classify(scanner, window, &line, &verdict);
            if (verdict.kind == MT940_LINE_UNDECIDED) {
                scanner->searched = line.end;
                return 0;
            }
            status = take_line(scanner, window, &line, &verdict);
        }
        scanner->line += verdict.resume == line.next && line.next > line.end;
        scanner->resume = scanner->searched = verdict.resume;
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
}

int mt940_scanner_run(struct mt940_scanner *scanner, const char *bytes, size_t length, bool final, size_t *consumed)
{
    struct mt940_window window;
    int status;
    *consumed = 0;
    if (!scanner->begun && !begin_stream(scanner, bytes, length, final))
        return 0;
    mt940_window_init(&window, bytes, length, final, scanner->searched);
    status = run_lines(scanner, &window);
    if (final && status == 0) {
        bool terminated = length && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r');
        scanner->item.unterminated = !terminated;
        status = close_item(scanner, &window, length);
    }
    *consumed = scanner->item.kind == MT940_ITEM_NONE ? scanner->resume : scanner->item_start;
    rebase(scanner, *consumed);
    return status;
}

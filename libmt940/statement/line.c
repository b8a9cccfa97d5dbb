/* SPDX-License-Identifier: Apache-2.0
 *
 * line.c: finds lines and says what each begins. This is where text is told from structure: a
 * narrative may hold lines that look like fields, end marks or envelopes, so a line counts as
 * structure only where the phase of the message and, in doubt, the line after it allow it.
 */
#include "statement/line.h"

#include "statement/cursor.h"

bool mt940_window_line(const struct mt940_window *window, size_t from, struct mt940_line *line)
{
    size_t at = mt940_find_line_end(window->bytes, from, window->length);
    line->end = at;
    line->next = at;
    if (at == window->length)
        return window->final;
    if (window->bytes[at] == '\r') {
        if (at + 1 == window->length && !window->final)
            return false;
        if (at + 1 < window->length && window->bytes[at + 1] == '\n')
            at++;
    }
    line->next = at + 1;
    return true;
}

static struct mt940_view view_from(const struct mt940_window *window, size_t start, size_t end)
{
    return mt940_view_of(window->bytes + start, end - start);
}

/* Lines in which anything may stand: the open item is a narrative, or a 61 (its second line). */
static bool in_text(const struct mt940_scanner *scanner)
{
    return scanner->item.kind == MT940_ITEM_ENTRY ||
           (scanner->item.kind == MT940_ITEM_FIELD && scanner->item.tag.meaning == MT940_TAG_NARRATIVE);
}

/* The first bytes of the following line, without its indentation; false = they are still to come, and so is the verdict. */
static bool peek(const struct mt940_scanner *scanner, const struct mt940_window *window, size_t next,
                 struct mt940_line_verdict *verdict, struct mt940_view *out)
{
    enum { enough = 16, deepest = 64 };
    size_t at = next, most = scanner->indented ? deepest : 0;
    if (window->length - next < most + enough && !window->final) {
        verdict->kind = MT940_LINE_UNDECIDED;
        return false;
    }
    while (at < window->length && at - next < most && mt940_ascii_is_blank(window->bytes[at]))
        at++;
    *out = mt940_view_slice(view_from(window, at, window->length), 0, enough);
    return true;
}

static void lookalike(struct mt940_line_verdict *out)
{
    out->kind = MT940_LINE_TEXT;
    out->notes |= MT940_NOTE_LOOKALIKE;
}

/*
 * A ":20:", ":25:" or ":28C:" where text stands: it begins a message only if the line after it
 * is the field that has to come next.
 */
static void decide_by_next(const struct mt940_scanner *scanner, const struct mt940_window *window,
                           struct mt940_line_verdict *out)
{
    struct mt940_view next;
    struct mt940_tag tag;
    if (!peek(scanner, window, out->resume, out, &next))
        return;
    bool at_end = next.length == 0 && scanner->phase == MT940_PHASE_CLOSED;
    bool header = mt940_tag_read(next, &tag) && (tag.role == MT940_TAG_ROLE_HEADER || tag.role == MT940_TAG_ROLE_OPENING) &&
                  mt940_tag_plausible(&tag, mt940_first_line(mt940_view_slice(next, tag.length, next.length)));
    if (out->tag.role != MT940_TAG_ROLE_START)
        header = header && (tag.meaning == MT940_TAG_NUMBER || tag.role == MT940_TAG_ROLE_OPENING);
    if (!header && !at_end)
        lookalike(out);
    else
        out->starts_message = true;
}

/* 13D and 34F belong to the header, but never begin one; they keep their meaning where they come late. */
static bool is_late_field(const struct mt940_scanner *scanner, struct mt940_view value,
                          const struct mt940_line_verdict *out)
{
    return (out->tag.meaning == MT940_TAG_CREATION || out->tag.meaning == MT940_TAG_FLOOR_LIMIT) &&
           scanner->phase != MT940_PHASE_OUTSIDE && mt940_tag_plausible(&out->tag, value);
}

static bool is_missing(const struct mt940_scanner *scanner, const struct mt940_tag *tag)
{
    return !(scanner->heads >> tag->meaning & 1);
}

/* An account or a number that the message lacks, right behind its opening balance: it only stands in the wrong place. */
static bool is_behind_opening(const struct mt940_scanner *scanner, const struct mt940_tag *tag)
{
    int role = scanner->item.kind == MT940_ITEM_FIELD ? scanner->item.tag.role : MT940_TAG_ROLE_NONE;
    return scanner->phase == MT940_PHASE_BODY && (role == MT940_TAG_ROLE_OPENING || role == MT940_TAG_ROLE_HEADER) &&
           tag->role == MT940_TAG_ROLE_HEADER && is_missing(scanner, tag);
}

/* A ":20:" in a header that has none: behind the account, if the next field is one that the header lacks. */
static void decide_by_missing(const struct mt940_scanner *scanner, const struct mt940_window *window,
                              struct mt940_line_verdict *out)
{
    struct mt940_view next;
    struct mt940_tag tag;
    if (!peek(scanner, window, out->resume, out, &next))
        return;
    bool goes_on = mt940_tag_read(next, &tag) && is_missing(scanner, &tag) &&
                   (tag.role == MT940_TAG_ROLE_HEADER || tag.role == MT940_TAG_ROLE_OPENING);
    out->starts_message = !goes_on;
}

static void classify_header(const struct mt940_scanner *scanner, const struct mt940_window *window,
                            struct mt940_line_verdict *out)
{
    switch (scanner->phase) {
    case MT940_PHASE_OUTSIDE:
        out->starts_message = true;
        return;
    case MT940_PHASE_HEADER:
        if (out->tag.role == MT940_TAG_ROLE_START && is_missing(scanner, &out->tag))
            decide_by_missing(scanner, window, out);
        else
            out->starts_message = out->tag.role == MT940_TAG_ROLE_START;
        return;
    case MT940_PHASE_CLOSED:
        if (!in_text(scanner)) {
            out->starts_message = true;
            return;
        }
        break;
    default:
        break;
    }
    decide_by_next(scanner, window, out);
}

static void classify_tag(const struct mt940_scanner *scanner, const struct mt940_window *window,
                         const struct mt940_line *line, struct mt940_line_verdict *out)
{
    struct mt940_view value = view_from(window, out->start + out->tag.length, line->end);
    bool outside = scanner->phase == MT940_PHASE_OUTSIDE;
    out->kind = MT940_LINE_FIELD;
    switch (out->tag.role) {
    case MT940_TAG_ROLE_START:
    case MT940_TAG_ROLE_HEADER:
        if (!is_late_field(scanner, value, out) && !is_behind_opening(scanner, &out->tag))
            classify_header(scanner, window, out);
        return;
    case MT940_TAG_ROLE_NONE:
        if (outside)
            out->kind = MT940_LINE_TEXT;
        else if (in_text(scanner) && !out->tag.lettered)
            lookalike(out);
        return;
    case MT940_TAG_ROLE_NARRATIVE:
        if (outside)
            out->kind = MT940_LINE_TEXT;
        return;
    case MT940_TAG_ROLE_OPENING:
        out->starts_message = outside || scanner->phase == MT940_PHASE_CLOSED;
        if ((outside || in_text(scanner)) && (!mt940_tag_plausible(&out->tag, value) || scanner->phase == MT940_PHASE_BODY))
            lookalike(out);
        return;
    default:
        out->starts_message = outside;
        if ((outside || in_text(scanner)) && !mt940_tag_plausible(&out->tag, value))
            lookalike(out);
    }
}

/* "{1:F01…" and its like; inside text only what cannot be text: with the eight characters of a bank behind it. */
static bool is_envelope(struct mt940_view text, bool in_body)
{
    enum { bank = 6, bank_end = 14 };
    if (text.length < 3 || text.data[0] != '{' || text.data[2] != ':')
        return false;
    if (!in_body)
        return mt940_ascii_is_alnum(text.data[1]);
    bool begins = text.length >= bank_end && text.data[1] == '1' && mt940_ascii_is_upper(text.data[3]) &&
                  mt940_ascii_is_digit(text.data[4]) && mt940_ascii_is_digit(text.data[5]);
    for (size_t i = bank; begins && i < bank_end; i++)
        begins = mt940_ascii_is_alnum(text.data[i]);
    return begins;
}

/*
 * Takes the block headers up to and with "{4:"; what follows on the line is text of the message. A block 4 of blocks is
 * that of a service message (ACK), in front of the message it speaks of.
 */
static void classify_envelope(const struct mt940_window *window, const struct mt940_line *line,
                              struct mt940_line_verdict *out)
{
    out->kind = MT940_LINE_ENVELOPE;
    for (size_t i = out->start; i + 3 <= line->end; i++) {
        bool service = i + 3 < line->end && window->bytes[i + 3] == '{';
        if (memcmp(window->bytes + i, "{4:", 3) == 0 && !service) {
            struct mt940_view rest = mt940_view_trim(view_from(window, i + 3, line->end));
            if (rest.length)
                out->resume = i + 3;
            return;
        }
    }
}

/* "{1:F01", "{4:", "{5:{": the content of a block begins without a blank, that of a text seldom. In a batch after "$". */
static bool begins_block(struct mt940_view next)
{
    if (next.length && next.data[0] == '$')
        next = mt940_view_slice(next, 1, next.length);
    return next.length > 3 && next.data[0] == '{' && mt940_ascii_is_alnum(next.data[1]) && next.data[2] == ':' &&
           (next.data[3] == '{' || next.data[3] == '}' || (unsigned char)next.data[3] < ' ' ||
            mt940_ascii_is_alnum(next.data[3]));
}

/* Some write more than one end mark. */
static struct mt940_view skip_end_marks(struct mt940_view next)
{
    enum { most = 3 };
    for (int i = 0; i < most && next.length && next.data[0] == '-'; i++) {
        size_t end = 1;
        end += end < next.length && next.data[end] == '\r';
        end += end < next.length && next.data[end] == '\n';
        if (end == 1 && next.length > 1)
            break;
        next = mt940_view_slice(next, end, next.length);
    }
    return next;
}

/* Whether the bytes after an end mark may follow one: nothing, an envelope, a new message. */
static bool ends_message(struct mt940_view next)
{
    struct mt940_tag tag;
    next = skip_end_marks(next);
    return next.length == 0 || begins_block(next) || next.data[0] == '$' || (unsigned char)next.data[0] < ' ' ||
           (mt940_tag_read(next, &tag) && (tag.role == MT940_TAG_ROLE_START || tag.role == MT940_TAG_ROLE_HEADER));
}

/* A line "-": the end of a message, a stray separator, or a line of text. */
static void classify_dash(const struct mt940_scanner *scanner, const struct mt940_window *window,
                          struct mt940_line_verdict *out)
{
    struct mt940_view next;
    struct mt940_tag tag;
    out->kind = MT940_LINE_END;
    if (scanner->phase == MT940_PHASE_OUTSIDE || scanner->phase == MT940_PHASE_CLOSED)
        return;
    if (!peek(scanner, window, out->resume, out, &next) || ends_message(next))
        return;
    bool stray = mt940_tag_read(skip_end_marks(next), &tag) && tag.role != MT940_TAG_ROLE_NONE;
    out->kind = stray ? MT940_LINE_STRAY : MT940_LINE_TEXT;
}

/* "-}" closes block 4; in a narrative only where the trailer or nothing follows. */
static void classify_block_end(const struct mt940_scanner *scanner, const struct mt940_window *window,
                               const struct mt940_line *line, struct mt940_line_verdict *out)
{
    struct mt940_view rest = mt940_view_trim(view_from(window, out->start + 2, line->end));
    struct mt940_view next;
    out->kind = MT940_LINE_END;
    if (scanner->phase == MT940_PHASE_BODY && in_text(scanner)) {
        if (rest.length == 0 && !peek(scanner, window, out->resume, out, &next))
            return;
        if (rest.length ? !begins_block(rest) && !mt940_view_is(rest, "$") : !ends_message(next)) {
            lookalike(out);
            return;
        }
    }
    if (rest.length)
        out->resume = out->start + 2;
}

/* "-" and control bytes, as where each message stands between 01 and 03: what is behind them begins anew. */
static void classify_dash_and_control(const struct mt940_scanner *scanner, const struct mt940_window *window,
                                      const struct mt940_line *line, struct mt940_line_verdict *out)
{
    out->resume = out->start + 1;
    classify_dash(scanner, window, out);
    if (out->kind != MT940_LINE_END)
        out->resume = line->next;
}

/* A line end before or inside ":86:", as some banks wrap it: the tag goes on in the next line. */
static void classify_broken_tag(const struct mt940_scanner *scanner, const struct mt940_window *window,
                                const struct mt940_line *line, size_t length, struct mt940_line_verdict *out)
{
    static const char narrative[] = ":86:";
    struct mt940_view next;
    struct mt940_tag own;
    size_t rest = sizeof narrative - 1 - length;
    if (scanner->phase != MT940_PHASE_BODY && scanner->phase != MT940_PHASE_CLOSED)
        return;
    if (!peek(scanner, window, line->next, out, &next))
        return;
    if (next.length < rest || memcmp(next.data, narrative + length, rest) != 0)
        return;
    /* The colon there may be that of a field of its own. */
    if (mt940_tag_read(next, &own))
        return;
    (void)mt940_tag_read(mt940_view_of(narrative, sizeof narrative - 1), &out->tag);
    out->tag.length = line->next - out->start + rest;
    out->kind = MT940_LINE_FIELD;
    out->notes |= MT940_NOTE_SPLIT;
}

static bool is_control(char c)
{
    return (unsigned char)c < ' ' && c != '\t';
}

/* Behind the marks of the byte order that files bring along which were put together, also when encoded twice ("ï»¿"). */
static struct mt940_view skip_marks(struct mt940_view text)
{
    static const char mark[] = "\xEF\xBB\xBF", twice[] = "\xC3\xAF\xC2\xBB\xC2\xBF";
    size_t taken;

    do {
        taken = text.length >= sizeof mark - 1 && memcmp(text.data, mark, sizeof mark - 1) == 0 ? sizeof mark - 1 : 0;
        if (text.length >= sizeof twice - 1 && memcmp(text.data, twice, sizeof twice - 1) == 0)
            taken = sizeof twice - 1;
        text = mt940_view_slice(text, taken, text.length);
    } while (taken > 0);
    return text;
}

static bool may_be_forgiven(char c)
{
    return (unsigned char)c <= ' ' || c == '-' || c == '\xEF' || c == '\xC3';
}

/*
 * Blanks may stand before a field where no text is, where the fields of the header stood behind blanks, too, and before
 * the narrative of the movement in the line before: that movement's supplementary details do not begin so.
 */
static bool may_be_indented(const struct mt940_scanner *scanner, struct mt940_view text)
{
    static const char narrative[] = ":86:";
    if (scanner->phase != MT940_PHASE_BODY || scanner->indented)
        return true;
    text = mt940_view_trim(text);
    return scanner->item.kind == MT940_ITEM_ENTRY && !scanner->narrative_start &&
           mt940_view_is(mt940_view_slice(text, 0, sizeof narrative - 1), narrative);
}

/* Skips what may stand before a field by mistake, and notes it. */
static struct mt940_view skip_forgiven(const struct mt940_scanner *scanner, struct mt940_view text,
                                       struct mt940_line_verdict *out)
{
    struct mt940_view rest = skip_marks(text);
    uint32_t notes = rest.length < text.length ? MT940_NOTE_CONTROL : 0;
    struct mt940_tag tag;
    bool indented = may_be_indented(scanner, rest);
    /* In any order; in a batch of DOS-PCC: 03, blanks up to 512 bytes, 01, the next envelope. */
    while (rest.length && (is_control(rest.data[0]) || (indented && mt940_ascii_is_blank(rest.data[0])))) {
        notes |= is_control(rest.data[0]) ? MT940_NOTE_CONTROL : MT940_NOTE_BLANKS;
        rest = mt940_view_slice(rest, 1, rest.length);
    }
    if (rest.length > 1 && rest.data[0] == '-' && mt940_tag_read(mt940_view_slice(rest, 1, rest.length), &tag))
        rest = mt940_view_slice(rest, 1, rest.length), notes |= MT940_NOTE_SEPARATOR;
    if (rest.length && (rest.data[0] == ':' || rest.data[0] == '-' || rest.data[0] == '{' || rest.data[0] == '$')) {
        out->start += text.length - rest.length;
        out->notes |= rest.data[0] == ':' ? notes : 0;
        return rest;
    }
    return text;
}

void mt940_line_classify(const struct mt940_scanner *scanner, const struct mt940_window *window,
                         const struct mt940_line *line, struct mt940_line_verdict *out)
{
    struct mt940_view text = view_from(window, line->start, line->end);
    size_t trimmed;
    out->kind = MT940_LINE_TEXT;
    out->tag.meaning = MT940_TAG_UNKNOWN;
    out->tag.role = MT940_TAG_ROLE_NONE;
    out->starts_message = false;
    out->notes = 0;
    out->start = line->start;
    out->resume = line->next;
    if (text.length == 0)
        return;
    if (may_be_forgiven(text.data[0]))
        text = skip_forgiven(scanner, text, out);
    switch (text.data[0]) {
    case ':':
        if (mt940_tag_read(text, &out->tag)) {
            classify_tag(scanner, window, line, out);
            out->notes |= out->kind == MT940_LINE_FIELD && mt940_ascii_is_lower(text.data[3]) ? MT940_NOTE_LOWER : 0;
        } else if ((trimmed = mt940_view_trim(text).length) < 4 && memcmp(text.data, ":86", trimmed) == 0) {
            classify_broken_tag(scanner, window, line, trimmed, out);
        }
        break;
    case '-':
        if (mt940_view_trim(text).length == 1)
            classify_dash(scanner, window, out);
        else if (text.data[1] == '}')
            classify_block_end(scanner, window, line, out);
        else if (is_control(text.data[1]))
            classify_dash_and_control(scanner, window, line, out);
        break;
    case '{':
        if (is_envelope(text, scanner->phase == MT940_PHASE_BODY && in_text(scanner)))
            classify_envelope(window, line, out);
        break;
    case '$':
        if ((scanner->phase == MT940_PHASE_OUTSIDE || scanner->phase == MT940_PHASE_CLOSED) &&
            (text.length == 1 || text.data[1] == '{')) {
            out->kind = MT940_LINE_END;
            out->resume = text.length == 1 ? line->next : out->start + 1;
        }
        break;
    default:
        break;
    }
}

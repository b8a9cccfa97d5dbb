/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative_pieces.c: reads numbered sub-fields, and ":NS:" with one on each line: lists them, and joins those that are
 * pieces of one text behind the text. narrative_coded.c has told them.
 */
#include "base/bytes.h"
#include "statement/narrative_walk.h"
#include "text/utf8.h"

/* Characters that fill a sub-field of the German format. */
enum { full_piece = 27 };

static int table_of(int32_t dialect, char separator)
{
    switch (dialect) {
    case MT940_NARRATIVE_TRIODOS:
        return mt940_table_triodos;
    case MT940_NARRATIVE_NS:
        return mt940_table_ns;
    case MT940_NARRATIVE_POLISH:
        return separator == '<' ? mt940_table_polish_angle : mt940_table_polish_tilde;
    default:
        return mt940_table_gvc;
    }
}

void mt940_splitter_init(struct mt940_splitter *splitter, int32_t dialect, char separator)
{
    splitter->separator = separator;
    splitter->meaning = mt940_narrative_meanings[table_of(dialect, separator)];
}

size_t mt940_walk_search(struct mt940_walk *walk, size_t from)
{
    if (walk->passed == walk->pieces->listed) {
        mt940_search_begin(&walk->separators, walk->text, from, walk->splitter->separator, walk->splitter->separator);
        walk->passed++;
    }
    size_t at = mt940_search_next(&walk->separators, from);
    while (at < walk->text.length && mt940_piece_code(walk->splitter, walk->text, at) < 0)
        at = mt940_search_next(&walk->separators, at + 1);
    return at;
}

size_t mt940_walk_first(struct mt940_walk *walk, const struct mt940_splitter *splitter, struct mt940_view text,
                        const struct mt940_pieces *pieces)
{
    *walk = (struct mt940_walk){.splitter = splitter, .text = text, .pieces = pieces};
    return mt940_walk_next(walk, 0) + 1;
}

/* Meanings whose sub-fields are pieces of one text. */
enum { joined_none, joined_purpose, joined_name, joined_ultimate_name, joined_other_name, joined_count };
static const int32_t joined_meanings[joined_count] = {
    [joined_purpose] = MT940_NARRATIVE_PURPOSE,
    [joined_name] = MT940_NARRATIVE_NAME,
    [joined_ultimate_name] = MT940_NARRATIVE_ULTIMATE_NAME,
    [joined_other_name] = mt940_meaning_other_name,
};
static const unsigned char joined_numbers[mt940_meaning_remittance + 1] = {
    [MT940_NARRATIVE_PURPOSE] = joined_purpose,
    [MT940_NARRATIVE_NAME] = joined_name,
    [MT940_NARRATIVE_ULTIMATE_NAME] = joined_ultimate_name,
    [mt940_meaning_other_name] = joined_other_name,
};

/* The text that is joined out of the sub-fields of one meaning, in the room behind the text. */
struct joined {
    size_t start, length;
    struct mt940_view last; /* of them; its data is NULL before the first */
};

struct joined_texts {
    struct joined of[joined_count];
    bool torn; /* one of them went on behind another, so that they cannot be joined on the way */
};

/* Eight bytes at a time, the last ones perhaps twice. */
static inline bool is_ascii(struct mt940_view text)
{
    uint64_t all = mt940_bytes_at(text.data + text.length - 8);

    for (size_t at = 0; at + 8 < text.length; at += 8)
        all |= mt940_bytes_at(text.data + at);
    return !(all & MT940_BYTES_HIGH);
}

/* Whether a sub-field has as many characters as it may; a shorter one ended on purpose. */
static inline bool is_full(struct mt940_view text)
{
    /* Nearly all are ASCII, and that is told at less cost. */
    return text.length >= full_piece && (is_ascii(text) || mt940_utf8_count(text.data, text.length) >= full_piece);
}

/* Whether the sub-field shares a letter with the one before it. */
static bool is_seam(const struct mt940_narrative_reading *reading, struct mt940_view value)
{
    for (size_t i = 0; i < reading->seams.count; i++)
        if (reading->out->text.data + reading->seams.values[i] == value.data)
            return true;
    return false;
}

/* Whether a sub-field goes on without a break behind what is joined so far. */
static inline bool is_tight(const struct mt940_narrative_reading *reading, const struct joined *joined,
                            struct mt940_view value)
{
    if (joined->length == 0 || (unsigned char)value.data[0] <= ' ')
        return true;
    if (reading->out->separator != '\n' && is_full(joined->last))
        return !mt940_word_in_front(value);
    if (is_seam(reading, value))
        return true;
    struct mt940_view text = mt940_view_of(reading->room + joined->start, joined->length);
    return text.data[text.length - 1] == '\n' || mt940_word_across(text, value);
}

/* Puts a sub-field behind those of its meaning; a break remains where the one before was not full. */
static inline int join_piece(struct mt940_narrative_reading *reading, struct mt940_view value, struct joined_texts *texts,
                             int number)
{
    struct joined *joined = &texts->of[number];
    size_t used = reading->room_used;

    while (value.length > 0 && value.data[value.length - 1] == '\n')
        value.length--;
    if (value.length == 0 || texts->torn)
        return MT940_OK;
    if (!joined->last.data) {
        joined->start = used;
    } else if (joined->start + joined->length != used) {
        texts->torn = true;
        return MT940_OK;
    }
    bool tight = is_tight(reading, joined, value);
    if (value.length + !tight > reading->room_length - used)
        return MT940_E_LIMIT;
    if (!tight) {
        /* One blank behind a short sub-field is this break; more of them pad it. */
        bool blank = joined->length > 1 && reading->room[used - 1] == ' ' && reading->room[used - 2] != ' ';
        reading->room[used - blank] = '\n';
        used += !blank;
        reading->room_breaks = true;
    }
    mt940_bytes_put(reading->room + used, reading->room_length - used, value.data, value.length);
    reading->room_used = used + value.length;
    joined->length = reading->room_used - joined->start;
    joined->last = value;
    return MT940_OK;
}

/* Of separators that are written twice the first is no part of the sub-field before. */
static struct mt940_view without_separators(const struct mt940_narrative_reading *reading, struct mt940_view value)
{
    while (value.length > 0 && value.data[value.length - 1] == reading->out->separator)
        value.length--;
    return value;
}

/* The sub-field whose content is the text from `at` to `end`; `last` says that none follows. */
static inline struct mt940_view value_between(const struct mt940_narrative_reading *reading, size_t at, size_t end,
                                              bool last)
{
    struct mt940_view value = mt940_view_of(reading->out->text.data + at + 2, end - at - 2);
    return reading->pieces.repeated && !last ? without_separators(reading, value) : value;
}

/* Joins the sub-fields again, those of one meaning after those of the other. */
static int join_torn(struct mt940_narrative_reading *reading, const struct mt940_splitter *splitter,
                     struct joined_texts *texts)
{
    struct mt940_view text = reading->out->text;
    struct mt940_walk walk;
    int status = MT940_OK;
    size_t end;

    memset(texts, 0, sizeof *texts);
    reading->room_used = 0;
    for (int number = joined_none + 1; number < joined_count; number++) {
        size_t at = mt940_walk_first(&walk, splitter, text, &reading->pieces);
        for (; status == MT940_OK && at < text.length; at = end + 1) {
            end = mt940_walk_next(&walk, at + 2);
            if (splitter->meaning[mt940_number_at(text.data + at)] == joined_meanings[number])
                status = join_piece(reading, value_between(reading, at, end, end == text.length), texts, number);
        }
    }
    return status;
}

static void list_lead(struct mt940_narrative_reading *reading, struct mt940_view lead)
{
    if (reading->pieces.repeated)
        lead = without_separators(reading, lead);
    lead = mt940_view_trim(lead);
    if (lead.length == 0)
        return;
    mt940_narrative_add(reading, mt940_view_slice(lead, 0, 0), lead, MT940_NARRATIVE_TRANSACTION_CODE, 0);
    lead = mt940_view_slice(lead, lead.length > 3 ? lead.length - 3 : 0, 3);
    mt940_narrative_take(reading, MT940_NARRATIVE_TRANSACTION_CODE, mt940_view_trim(lead));
}

/* Lists a sub-field, and takes its value or joins it. */
static inline int list_piece(struct mt940_narrative_reading *reading, struct mt940_view code, struct mt940_view value,
                             int32_t meaning, struct joined_texts *texts)
{
    struct mt940_view trimmed = mt940_view_trim(value);
    int number = joined_numbers[meaning];

    mt940_narrative_add(reading, code, trimmed, meaning, 0);
    if (number != joined_none)
        return join_piece(reading, value, texts, number);
    mt940_narrative_take(reading, meaning, trimmed);
    return MT940_OK;
}

/* The sub-fields that were listed when they were told. Returns where the content of the next one begins. */
static int list_told(struct mt940_narrative_reading *reading, const struct mt940_splitter *splitter,
                     struct joined_texts *texts, size_t *next)
{
    const struct mt940_pieces *pieces = &reading->pieces;
    const char *text = reading->out->text.data;
    const size_t length = reading->out->text.length;
    int status = MT940_OK;

    for (size_t i = 0; status == MT940_OK && i + 1 < pieces->listed; i++) {
        size_t start = pieces->starts[i] + 1, end = pieces->starts[i + 1];
        status = list_piece(reading, mt940_view_of(text + start, 2), value_between(reading, start, end, end == length),
                            splitter->meaning[pieces->codes[i]], texts);
    }
    *next = pieces->starts[pieces->listed - 1] + 1;
    return status;
}

static int list(struct mt940_narrative_reading *reading, const struct mt940_splitter *splitter,
                struct joined_texts *texts)
{
    struct mt940_view text = reading->out->text;
    struct mt940_walk walk;
    size_t at, end;

    list_lead(reading, mt940_view_slice(text, 0, reading->pieces.starts[0]));
    int status = list_told(reading, splitter, texts, &at);
    if (status != MT940_OK || at >= text.length)
        return status;
    walk = (struct mt940_walk){.splitter = splitter, .text = text, .pieces = &reading->pieces};
    walk.passed = reading->pieces.listed;
    for (; status == MT940_OK && at < text.length; at = end + 1) {
        end = mt940_walk_next(&walk, at + 2);
        status = list_piece(reading, mt940_view_of(text.data + at, 2),
                            value_between(reading, at, end, end == text.length),
                            splitter->meaning[mt940_number_at(text.data + at)], texts);
    }
    return status;
}

/* In ":NS:" a sub-field is a line, with a number or without. Only purposes are joined there, so that none is torn. */
static int list_lines(struct mt940_narrative_reading *reading, const struct mt940_splitter *splitter,
                      struct joined_texts *texts)
{
    struct mt940_view text = reading->out->text;
    struct mt940_search ends;
    int status = MT940_OK;
    size_t end;

    mt940_search_begin(&ends, text, 0, '\n', '\n');
    for (size_t at = 0; status == MT940_OK && at < text.length; at = end + 1) {
        end = mt940_search_next(&ends, at);
        struct mt940_view line = mt940_view_of(text.data + at, end - at);
        int32_t code = line.length >= 2 ? mt940_code_at(line, 0) : -1;
        size_t digits = code >= 0 ? 2 : 0;
        status = list_piece(reading, mt940_view_of(line.data, digits),
                            mt940_view_of(line.data + digits, line.length - digits),
                            code >= 0 ? splitter->meaning[code] : MT940_NARRATIVE_NOTHING, texts);
    }
    return status;
}

static struct mt940_view joined_text(const struct mt940_narrative_reading *reading, const struct joined *joined)
{
    return joined->last.data ? mt940_view_of(reading->room + joined->start, joined->length) : mt940_view_of(NULL, 0);
}

int mt940_coded_read(struct mt940_narrative_reading *reading)
{
    struct joined_texts texts = {0};
    struct mt940_splitter splitter;

    mt940_splitter_init(&splitter, reading->out->dialect, reading->out->separator);
    int status = splitter.separator == '\n' ? list_lines(reading, &splitter, &texts) : list(reading, &splitter, &texts);
    if (status == MT940_OK && texts.torn)
        status = join_torn(reading, &splitter, &texts);
    if (status != MT940_OK)
        return status;
    for (int name = joined_name; name < joined_count; name++)
        if (texts.of[name].last.data)
            mt940_narrative_take(reading, joined_meanings[name],
                                 mt940_view_trim(joined_text(reading, &texts.of[name])));
    struct mt940_view purpose = joined_text(reading, &texts.of[joined_purpose]);
    if (!mt940_word_read(reading, purpose, MT940_NARRATIVE_SEPA, 1) &&
        !mt940_word_read(reading, purpose, MT940_NARRATIVE_CZECH, 1))
        mt940_narrative_take(reading, MT940_NARRATIVE_PURPOSE, mt940_view_trim(purpose));
    return MT940_OK;
}

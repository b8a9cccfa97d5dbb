/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative_coded.c: numbered sub-fields: "166?00SEPA-GUTSCHRIFT?20…" with any separator, and ":NS:" with one on each
 * line. A separator without two digits of a known sub-field behind it is data (QNB writes "001?DBS … Fatura?:").
 * What the numbers mean stands in narrative_codes.def.
 */
#include "base/bytes.h"
#include "base/search.h"
#include "statement/narrative_tables.h"

static const struct {
    const char *characters;
    uint32_t with, without;
} separators[] = {
#define MT940_SEPARATORS(characters, with, without) {characters, with, without},
#include "statement/narrative_codes.def"
};

/* Characters that fill a sub-field of the German format. */
enum { full_piece = 27 };

/* How a text is split: by a separator in front of a known number, and what the numbers mean; -1 = nothing. */
struct splitter {
    char separator;
    const signed char *known; /* by the German table: Triodos and the Poles number theirs within it */
    const signed char *meaning;
};

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

static void splitter_init(struct splitter *splitter, int32_t dialect, char separator)
{
    splitter->separator = separator;
    splitter->known = mt940_narrative_meanings[mt940_table_gvc];
    splitter->meaning = mt940_narrative_meanings[table_of(dialect, separator)];
}

/* Two digits. */
static int32_t number_at(const char *digits)
{
    return (digits[0] - '0') * 10 + digits[1] - '0';
}

/* The two digits at `at`, or -1. */
static int32_t code_at(struct mt940_view text, size_t at)
{
    if (text.length < 2 || at > text.length - 2)
        return -1;
    uint32_t tens = (unsigned char)text.data[at] - (uint32_t)'0', ones = (unsigned char)text.data[at + 1] - (uint32_t)'0';
    return tens > 9 || ones > 9 ? -1 : (int32_t)(tens * 10 + ones);
}

/* Whether the separator at `at` begins a sub-field. */
static bool begins_piece(const struct splitter *splitter, struct mt940_view text, size_t at)
{
    int32_t code = code_at(text, at + 1);

    return code >= 0 && splitter->known[code] >= 0 &&
           !(splitter->separator == '+' && mt940_word_before(text, at));
}

/* Sub-fields of a text from the front to the back. */
struct walk {
    const struct splitter *splitter;
    struct mt940_view text;
    const struct mt940_pieces *pieces;
    size_t passed;                 /* of the listed ones */
    struct mt940_search separators; /* for those behind */
    size_t at; /* where the content of the next one begins */
};

/* The next separator at or behind `from` that begins a sub-field, where they are not listed. */
static size_t search_piece(struct walk *walk, size_t from)
{
    size_t at = mt940_search_next(&walk->separators, from);
    while (at < walk->text.length && !begins_piece(walk->splitter, walk->text, at))
        at = mt940_search_next(&walk->separators, at + 1);
    return at;
}

/* The next separator at or behind `from` that begins a sub-field, or the end. */
static inline size_t next_piece(struct walk *walk, size_t from)
{
    return walk->passed < walk->pieces->listed ? walk->pieces->starts[walk->passed++] : search_piece(walk, from);
}

/* Walks from the first sub-field on. In ":NS:" that is the first line. All but `walk` is borrowed. */
static void walk_first(struct walk *walk, const struct splitter *splitter, struct mt940_view text,
                       const struct mt940_pieces *pieces)
{
    walk->splitter = splitter;
    walk->text = text;
    walk->pieces = pieces;
    walk->passed = 0;
    mt940_search_begin(&walk->separators, text, pieces->listed > 0 ? pieces->starts[0] : 0, splitter->separator,
                       splitter->separator);
    walk->at = splitter->separator == '\n' ? 0 : next_piece(walk, 0) + 1;
}

/* Characters of the business code in front: three, digits or (with them) capitals, or none. -1 = neither. */
static int head(struct mt940_view text)
{
    size_t length = 0;

    while (length < text.length && length < 4 &&
           (mt940_ascii_is_digit(text.data[length]) || mt940_ascii_is_upper(text.data[length])))
        length++;
    return length == 0 || length == 3 ? (int)length : -1;
}

/* A first narrative that holds the business code only, before one that begins with it ("020", "020~00…"). */
static size_t repeated_head(struct mt940_view text)
{
    size_t at = 3;

    while (at < text.length && (unsigned char)text.data[at] <= ' ')
        at++;
    if (text.length - at >= 4 && memcmp(text.data + at, ":86:", 4) == 0)
        at += 4;
    return at > 3 && text.length - at > 3 && memcmp(text.data, text.data + at, 3) == 0 ? at : 0;
}

/* Where the first separator must stand; *coded whether a business code is in front of it. */
static size_t first_separator(struct mt940_view text, bool *coded)
{
    int length = head(text);

    *coded = length == 3;
    if (length < 0)
        return text.length;
    return length == 3 ? repeated_head(text) + 3 : 0;
}

/* Behind separators that are written twice ("166??00GUT??20…"): the last of them counts. */
static size_t skip_repeated(struct mt940_view text, size_t at)
{
    while (at + 1 < text.length && text.data[at] == text.data[at + 1] && !mt940_ascii_is_alnum(text.data[at]))
        at++;
    return at;
}

static size_t skip_blanks(struct mt940_view text, size_t at)
{
    while (at < text.length && (unsigned char)text.data[at] <= ' ')
        at++;
    return at;
}

/* How many sub-fields a separator must begin to be one; 0 = it is none. */
static uint32_t wanted(char separator, bool coded)
{
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++)
        for (const char *one = separators[i].characters; *one; one++)
            if (*one == separator)
                return coded ? separators[i].with : separators[i].without;
    return 0;
}

bool mt940_coded_possible(struct mt940_view raw)
{
    bool coded;
    struct mt940_view text = mt940_view_trim(raw);
    size_t at = skip_repeated(text, skip_blanks(text, first_separator(text, &coded)));

    return at < text.length && code_at(text, at + 1) >= 0 && wanted(text.data[at], coded);
}

char mt940_coded_detect(struct mt940_view text, int32_t *score, struct mt940_pieces *pieces)
{
    bool coded;
    size_t skipped = skip_blanks(text, 0);
    struct mt940_view trimmed = mt940_view_slice(text, skipped, text.length);
    size_t first = skip_blanks(trimmed, first_separator(trimmed, &coded)), at = skip_repeated(trimmed, first);
    uint64_t good = 0, bad = 0;
    struct mt940_search search;
    struct splitter splitter;

    if (at >= trimmed.length)
        return '\0';
    char separator = trimmed.data[at];
    splitter_init(&splitter, MT940_NARRATIVE_GVC, separator);
    if (!begins_piece(&splitter, trimmed, at))
        return '\0';
    /* "020~00PRZELEW": nothing else is written so. */
    bool begins_with_text = coded && code_at(trimmed, at + 1) == 0 && at + 3 < trimmed.length &&
                            !mt940_ascii_is_digit(trimmed.data[at + 3]) && trimmed.data[at + 3] != ' ';
    bool repeated = at > first;
    mt940_search_begin(&search, trimmed, at, separator, separator);
    for (at = mt940_search_pop(&search); at < trimmed.length; at = mt940_search_pop(&search)) {
        if (!begins_piece(&splitter, trimmed, at)) {
            /* A lone one at the end is nothing, nor is the first of two where they are written twice. */
            bad += at + 1 < trimmed.length && !(repeated && trimmed.data[at + 1] == separator);
            continue;
        }
        if (good < MT940_PIECES)
            pieces->starts[good] = skipped + at;
        good++;
    }
    uint32_t least = wanted(separator, coded);
    /* Behind a business code two are enough whatever the text asks; else most of them must fit. */
    bool fits = coded && good > 1 ? true : good > bad;
    if (least == 0 || ((good < least || !fits) && !begins_with_text))
        return '\0';
    *score = (int32_t)(100 * good / (good + bad));
    *score += *score == 0; /* 0 is for what has no dialect */
    pieces->listed = good < MT940_PIECES ? (size_t)good : MT940_PIECES;
    if (good <= MT940_PIECES)
        pieces->starts[pieces->listed++] = text.length;
    pieces->repeated = repeated;
    return separator;
}

/* Triodos has "000" and ">"; Polish business codes begin with 0, and sub-field 38 is Polish too. */
int32_t mt940_coded_dialect(struct mt940_view text, char separator, const struct mt940_pieces *pieces)
{
    struct mt940_view trimmed = mt940_view_trim(text);
    bool coded = head(trimmed) == 3;

    if (separator == '>' && coded && memcmp(trimmed.data, "000", 3) == 0)
        return MT940_NARRATIVE_TRIODOS;
    if (separator != '~' && separator != '<')
        return MT940_NARRATIVE_GVC;
    if (coded && trimmed.data[0] == '0')
        return MT940_NARRATIVE_POLISH;
    struct splitter splitter;
    struct walk walk;
    splitter_init(&splitter, MT940_NARRATIVE_GVC, separator);
    for (walk_first(&walk, &splitter, text, pieces); walk.at < text.length; walk.at = next_piece(&walk, walk.at + 2) + 1)
        if (code_at(text, walk.at) == 38)
            return MT940_NARRATIVE_POLISH;
    return MT940_NARRATIVE_GVC;
}

struct piece {
    struct mt940_view code, value;
    int32_t meaning;
};

/* The sub-field whose content begins at walk->at, which moves to the next one's; false past the last. */
static inline bool read_piece(struct walk *walk, struct piece *piece)
{
    struct mt940_view text = walk->text;
    size_t start = walk->at, end;
    int32_t code;

    if (start >= text.length)
        return false;
    if (walk->splitter->separator != '\n') {
        end = next_piece(walk, start + 2);
        code = number_at(text.data + start);
    } else {
        /* In ":NS:" a sub-field is a line, with a number or without. */
        end = mt940_search_next(&walk->separators, start);
        code = end - start >= 2 ? code_at(text, start) : -1;
    }
    size_t length = code >= 0 ? 2 : 0;
    int32_t meaning = code >= 0 ? walk->splitter->meaning[code] : -1;
    *piece = (struct piece){mt940_view_of(text.data + start, length),
                            mt940_view_of(text.data + start + length, end - start - length),
                            meaning >= 0 ? meaning : MT940_NARRATIVE_NOTHING};
    while (walk->pieces->repeated && piece->value.length > 0 && end < text.length &&
           piece->value.data[piece->value.length - 1] == walk->splitter->separator)
        piece->value.length--;
    walk->at = end + 1;
    return true;
}

/* Whether a sub-field has as many characters as it may; a shorter one ended on purpose. */
static bool is_full(struct mt940_view text)
{
    size_t count = text.length, at = 0;
    uint64_t seen = 0;

    if (count < full_piece)
        return false;
    for (; text.length - at >= 8; at += 8)
        seen |= mt940_bytes_at(text.data + at);
    seen |= mt940_bytes_at(text.data + text.length - 8);
    if (!(seen & MT940_BYTES_HIGH))
        return true;
    /* Bytes of UTF-8 that begin no character. */
    for (at = 0; at < text.length; at++)
        count -= ((unsigned char)text.data[at] & 0xC0) == 0x80;
    return count >= full_piece;
}

/* Puts a sub-field behind those joined so far; a break remains where the one before was not full. */
static int append(struct mt940_narrative_reading *reading, size_t start, bool filled, struct mt940_view value)
{
    struct mt940_view joined = mt940_view_of(reading->room + start, reading->room_used - start);
    bool full = filled && reading->out->separator != '\n';
    bool tight = joined.length == 0 || full || value.length == 0 ||
                 (unsigned char)value.data[0] <= ' ' || joined.data[joined.length - 1] == '\n' ||
                 mt940_word_across(joined, value);

    if (value.length + !tight > reading->room_length - reading->room_used)
        return MT940_E_LIMIT;
    if (!tight)
        reading->room[reading->room_used++] = '\n';
    if (value.length > 0)
        memcpy(reading->room + reading->room_used, value.data, value.length);
    reading->room_used += value.length;
    return MT940_OK;
}

/* Meanings whose sub-fields are pieces of one text. */
enum { joined_purpose, joined_name, joined_ultimate_name, joined_other_name, joined_count };
static const int32_t joined_meanings[joined_count] = {
    MT940_NARRATIVE_PURPOSE, MT940_NARRATIVE_NAME, MT940_NARRATIVE_ULTIMATE_NAME, mt940_meaning_other_name};

/* Which of them a meaning is, or joined_count. */
static int joined_number(int32_t meaning)
{
    int number = 0;

    while (number < joined_count && joined_meanings[number] != meaning)
        number++;
    return number;
}

/* The text that is joined out of the sub-fields of one meaning, in the room behind the text. */
struct joined {
    size_t start, length;
    bool begun;
    bool filled; /* the last piece was */
};

struct joined_texts {
    struct joined of[joined_count];
    bool torn; /* one of them went on behind another, so that they cannot be joined on the way */
};

static struct mt940_view joined_text(const struct mt940_narrative_reading *reading, const struct joined *joined)
{
    return joined->begun ? mt940_view_of(reading->room + joined->start, joined->length) : mt940_view_of(NULL, 0);
}

/* Whether the sub-field shares a letter with the one before it. */
static bool is_seam(const struct mt940_narrative_reading *reading, struct mt940_view value)
{
    for (size_t i = 0; i < reading->seams.count; i++)
        if (reading->out->text.data + reading->seams.values[i] == value.data)
            return true;
    return false;
}

/* Puts a sub-field behind those of its meaning. */
static int join_piece(struct mt940_narrative_reading *reading, const struct piece *piece, int number,
                      struct joined_texts *texts)
{
    struct joined *joined = &texts->of[number];
    struct mt940_view value = piece->value;

    while (value.length > 0 && value.data[value.length - 1] == '\n')
        value.length--;
    if (piece->code.length == 0 || value.length == 0 || texts->torn)
        return MT940_OK;
    if (!joined->begun) {
        joined->start = reading->room_used;
        joined->begun = true;
    } else if (joined->start + joined->length != reading->room_used) {
        texts->torn = true;
        return MT940_OK;
    }
    int status = append(reading, joined->start, joined->filled || is_seam(reading, value), value);
    joined->length = reading->room_used - joined->start;
    joined->filled = is_full(value);
    return status;
}

/* Joins the sub-fields again, those of one meaning after those of the other. */
static int join_torn(struct mt940_narrative_reading *reading, const struct splitter *splitter, struct joined_texts *texts)
{
    struct piece piece;
    struct walk walk;
    int status = MT940_OK;

    memset(texts, 0, sizeof *texts);
    reading->room_used = 0;
    for (int number = 0; number < joined_count; number++) {
        walk_first(&walk, splitter, reading->out->text, &reading->pieces);
        while (status == MT940_OK && read_piece(&walk, &piece))
            if (piece.meaning == joined_meanings[number])
                status = join_piece(reading, &piece, number, texts);
    }
    return status;
}

static void list_lead(struct mt940_narrative_reading *reading, struct mt940_view lead)
{
    while (reading->pieces.repeated && lead.length > 0 && lead.data[lead.length - 1] == reading->out->separator)
        lead.length--;
    lead = mt940_view_trim(lead);
    if (lead.length == 0)
        return;
    mt940_narrative_add(reading, mt940_view_slice(lead, 0, 0), lead, MT940_NARRATIVE_TRANSACTION_CODE, 0);
    lead = mt940_view_slice(lead, lead.length > 3 ? lead.length - 3 : 0, 3);
    mt940_narrative_take(reading, MT940_NARRATIVE_TRANSACTION_CODE, mt940_view_trim(lead));
}

/* Lists the sub-fields, and joins those that are pieces of one text. */
static int list(struct mt940_narrative_reading *reading, const struct splitter *splitter, struct joined_texts *texts)
{
    struct piece piece;
    struct walk walk;
    int status = MT940_OK;

    walk_first(&walk, splitter, reading->out->text, &reading->pieces);
    list_lead(reading, mt940_view_slice(walk.text, 0, walk.at > 0 ? walk.at - 1 : 0));
    while (status == MT940_OK && read_piece(&walk, &piece)) {
        struct mt940_view value = mt940_view_trim(piece.value);
        mt940_narrative_add(reading, piece.code, value, piece.meaning, 0);
        int number = joined_number(piece.meaning);
        if (number < joined_count)
            status = join_piece(reading, &piece, number, texts);
        else
            mt940_narrative_take(reading, piece.meaning, value);
    }
    return status;
}

int mt940_coded_read(struct mt940_narrative_reading *reading)
{
    struct joined_texts texts = {0};
    struct splitter splitter;

    splitter_init(&splitter, reading->out->dialect, reading->out->separator);
    int status = list(reading, &splitter, &texts);
    if (status == MT940_OK && texts.torn)
        status = join_torn(reading, &splitter, &texts);
    if (status != MT940_OK)
        return status;
    for (int name = joined_name; name < joined_count; name++)
        mt940_narrative_take(reading, joined_meanings[name], mt940_view_trim(joined_text(reading, &texts.of[name])));
    struct mt940_view purpose = joined_text(reading, &texts.of[joined_purpose]);
    if (!mt940_word_read(reading, purpose, MT940_NARRATIVE_SEPA, 1) &&
        !mt940_word_read(reading, purpose, MT940_NARRATIVE_CZECH, 1))
        mt940_narrative_take(reading, MT940_NARRATIVE_PURPOSE, mt940_view_trim(purpose));
    return MT940_OK;
}

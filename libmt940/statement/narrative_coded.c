/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative_coded.c: tells numbered sub-fields: "166?00SEPA-GUTSCHRIFT?20…" with any separator. One without two digits
 * of a known sub-field behind it is data (QNB writes "001?DBS … Fatura?:"). narrative_pieces.c reads them; what the
 * numbers mean stands in narrative_codes.def.
 */
#include "base/bytes.h"
#include "statement/narrative_walk.h"

static const struct {
    const char *characters;
    uint32_t with, without;
} separators[] = {
#define MT940_SEPARATORS(characters, with, without) {characters, with, without},
#include "statement/narrative_codes.def"
};

/* Characters of the business code in front: three, digits or (with them) capitals, or none. -1 = neither. */
static int head(struct mt940_view text)
{
    uint64_t four = text.length < 4 ? mt940_bytes_number(text.data, text.length) : mt940_bytes_four_in_order(text.data);
    uint64_t good = mt940_bytes_within(four, '0', '9') | mt940_bytes_within(four, 'A', 'Z');
    /* Behind the four stand zeros, which are neither. */
    unsigned length = mt940_search_lowest(~good & MT940_BYTES_HIGH) / 8;

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
    size_t first = first_separator(text, &coded);

    /* Most free texts begin with a word. */
    if (first == text.length)
        return false;
    size_t at = skip_repeated(text, skip_blanks(text, first));
    return at < text.length && mt940_code_at(text, at + 1) >= 0 && wanted(text.data[at], coded);
}

/* Separators of a text that begin a sub-field, and those that do not though they could. */
struct told {
    size_t good, bad;
};

/* Lists where the sub-fields begin of `text`, which has `skipped` bytes in front. The first is at `at`. */
static struct told tell_pieces(const struct mt940_splitter *splitter, struct mt940_view text, size_t at, size_t skipped,
                               struct mt940_pieces *pieces)
{
    const struct mt940_splitter own = *splitter;
    struct told told = {0, 0};
    struct mt940_search search;
    uint64_t places;

    mt940_search_begin(&search, text, at, own.separator, own.separator);
    while (mt940_search_block(&search, &places)) {
        for (; places; places &= places - 1) {
            at = search.base + mt940_search_lowest(places);
            int32_t code = mt940_piece_code(&own, text, at);
            if (code < 0) {
                /* A lone one at the end is nothing, nor is the first of two where they are written twice. */
                told.bad += at + 1 < text.length && !(pieces->repeated && text.data[at + 1] == own.separator);
                continue;
            }
            if (told.good < MT940_PIECES) {
                pieces->starts[told.good] = skipped + at;
                pieces->codes[told.good] = (unsigned char)code;
            }
            told.good++;
        }
    }
    return told;
}

char mt940_coded_detect(struct mt940_view text, int32_t *score, struct mt940_pieces *pieces)
{
    bool coded;
    size_t skipped = skip_blanks(text, 0);
    struct mt940_view trimmed = mt940_view_slice(text, skipped, text.length);
    size_t first = skip_blanks(trimmed, first_separator(trimmed, &coded)), at = skip_repeated(trimmed, first);
    struct mt940_splitter splitter;

    if (at >= trimmed.length)
        return '\0';
    char separator = trimmed.data[at];
    mt940_splitter_init(&splitter, MT940_NARRATIVE_GVC, separator);
    int32_t code = mt940_piece_code(&splitter, trimmed, at);
    uint32_t least = wanted(separator, coded);
    if (code < 0 || least == 0)
        return '\0';
    /* "020~00PRZELEW": nothing else is written so. */
    bool begins_with_text = coded && code == 0 && at + 3 < trimmed.length &&
                            !mt940_ascii_is_digit(trimmed.data[at + 3]) && trimmed.data[at + 3] != ' ';
    pieces->repeated = at > first;
    struct told told = tell_pieces(&splitter, trimmed, at, skipped, pieces);
    /* Behind a business code two are enough whatever the text asks; else most of them must fit. */
    bool fits = coded && told.good > 1 ? true : told.good > told.bad;
    if ((told.good < least || !fits) && !begins_with_text)
        return '\0';
    *score = told.bad == 0 ? 100 : (int32_t)(100 * told.good / (told.good + told.bad));
    *score += *score == 0; /* 0 is for what has no dialect */
    pieces->listed = told.good < MT940_PIECES ? (size_t)told.good : MT940_PIECES;
    if (told.good <= MT940_PIECES)
        pieces->starts[pieces->listed++] = text.length;
    return separator;
}

/* Triodos has "000" and ">"; Polish business codes begin with 0, and sub-field 38 is Polish too. */
int32_t mt940_coded_dialect(struct mt940_view text, char separator, const struct mt940_pieces *pieces)
{
    if (separator != '>' && separator != '~' && separator != '<')
        return MT940_NARRATIVE_GVC;
    struct mt940_view trimmed = mt940_view_trim(text);
    bool coded = head(trimmed) == 3;
    if (separator == '>' && coded && memcmp(trimmed.data, "000", 3) == 0)
        return MT940_NARRATIVE_TRIODOS;
    if (separator == '>')
        return MT940_NARRATIVE_GVC;
    if (coded && trimmed.data[0] == '0')
        return MT940_NARRATIVE_POLISH;
    struct mt940_splitter splitter;
    struct mt940_walk walk;
    mt940_splitter_init(&splitter, MT940_NARRATIVE_GVC, separator);
    for (size_t at = mt940_walk_first(&walk, &splitter, text, pieces); at < text.length;
         at = mt940_walk_next(&walk, at + 2) + 1)
        if (mt940_code_at(text, at) == 38)
            return MT940_NARRATIVE_POLISH;
    return MT940_NARRATIVE_GVC;
}

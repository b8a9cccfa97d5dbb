/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative_walk.h: the numbered sub-fields of a text one by one, for telling and for reading them.
 */
#ifndef MT940_STATEMENT_NARRATIVE_WALK_H
#define MT940_STATEMENT_NARRATIVE_WALK_H

#include "base/search.h"
#include "statement/narrative_tables.h"

/* How a text is split: by a separator in front of a known number, and what the numbers mean. */
struct mt940_splitter {
    char separator;
    const unsigned char *meaning;
};

void mt940_splitter_init(struct mt940_splitter *splitter, int32_t dialect, char separator);

/* Two digits. */
static inline int32_t mt940_number_at(const char *digits)
{
    return (digits[0] - '0') * 10 + digits[1] - '0';
}

/* The two digits at `at`, or -1. */
static inline int32_t mt940_code_at(struct mt940_view text, size_t at)
{
    if (text.length < 2 || at > text.length - 2)
        return -1;
    uint32_t tens = (unsigned char)text.data[at] - (uint32_t)'0', ones = (unsigned char)text.data[at + 1] - (uint32_t)'0';
    return tens > 9 || ones > 9 ? -1 : (int32_t)(tens * 10 + ones);
}

/* The number of the sub-field that the separator at `at`, which is in the text, begins; or -1. */
static inline int32_t mt940_piece_code(const struct mt940_splitter *splitter, struct mt940_view text, size_t at)
{
    if (text.length - at < 3)
        return -1;
    /* Digits are 30 to 39: what differs from 30 in the low half alone is one of them, or none that the table knows. */
    uint32_t tens = (unsigned char)text.data[at + 1] ^ 0x30u, ones = (unsigned char)text.data[at + 2] ^ 0x30u;
    if ((tens | ones) > 15 || !mt940_narrative_known[tens << 4 | ones])
        return -1;
    return splitter->separator == '+' && mt940_word_before(text, at) ? -1 : (int32_t)(tens * 10 + ones);
}

/* Sub-fields of a text from the front to the back. */
struct mt940_walk {
    const struct mt940_splitter *splitter;
    struct mt940_view text;
    const struct mt940_pieces *pieces;
    size_t passed;                  /* of the listed ones */
    struct mt940_search separators; /* for those behind; begun with the first of them */
};

/* Where the content of the first sub-field begins. All but `walk` is borrowed. */
size_t mt940_walk_first(struct mt940_walk *walk, const struct mt940_splitter *splitter, struct mt940_view text,
                        const struct mt940_pieces *pieces);
/* The next separator at or behind `from` that begins a sub-field, or the end; for those that are not listed. */
size_t mt940_walk_search(struct mt940_walk *walk, size_t from);

/* The next separator at or behind `from` that begins a sub-field, or the end. */
static inline size_t mt940_walk_next(struct mt940_walk *walk, size_t from)
{
    return walk->passed < walk->pieces->listed ? walk->pieces->starts[walk->passed++] : mt940_walk_search(walk, from);
}

#endif

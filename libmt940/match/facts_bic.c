/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_bic.c: whether a text has a word that may name a BIC. Must not know what is done with it: the words are read
 * elsewhere, and most texts need not be. The words are the BIC's of facts_words.def: BI, BIC, SWIFT.
 */
#include "match/facts.h"

/* Whether a W begins so, or what may be one: C3 and C4 lead to letters of which none is. */
static inline unsigned char may_be_w(unsigned char byte)
{
    return ((byte | 0x20) == 'w') | (byte == '\'') | (byte >= 0xC5) | ((byte >= 0x80) & (byte < 0xC3));
}

/* Bytes looked at together, and how many behind them are. */
enum { block = 32, ahead = 2 };

/* Bytes that such a word may begin with. Letters of two bytes are an S, if anything, or come from afar. */
enum { bic_b = 1, bic_s = 2, bic_two = 3, bic_far = 4 };
static const unsigned char bic_bytes[256] = {
    ['B'] = bic_b, ['b'] = bic_b, ['S'] = bic_s, ['s'] = bic_s, [0xC5] = bic_two, [0xC6] = bic_far, bic_far, bic_far,
    bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, [0xD0] = bic_far, bic_far, bic_far, bic_far, bic_far,
    bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, [0xE0] = bic_far,
    bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far, bic_far,
    bic_far, bic_far, [0xF0] = bic_far, bic_far, bic_far, bic_far, bic_far};

/* Whether one of a block's bytes may begin such a word. Without a branch, so that compilers take many at a time. */
static bool may_begin_in(const unsigned char *bytes)
{
    unsigned char any = 0;

    for (size_t i = 0; i < block; i++) {
        unsigned char here = bytes[i], next = bytes[i + 1], third = bytes[i + 2];
        unsigned char b = (here | 0x20) == 'b', s = (here | 0x20) == 's', sh = (here == 0xC5) & ((next & 0xF0) >= 0x90);
        unsigned char i_behind = ((next | 0x20) == 'i') | (next >= 0x80) | (next == '\'');

        any |= (b & i_behind) | (s & may_be_w(next)) | (sh & may_be_w(third)) | (here >= 0xC6);
    }
    return any;
}

/* İ and ı, an I in a key. */
static bool is_turkish_i(const unsigned char *bytes, const unsigned char *end)
{
    return end - bytes > 1 && bytes[0] == 0xC4 && (bytes[1] == 0xB0 || bytes[1] == 0xB1);
}

/* Whether a word may be `name`; what a fold may drop or change otherwise is taken for what is wanted. */
static bool may_be(const char *name, const unsigned char *bytes, const unsigned char *end)
{
    for (; bytes < end; bytes++, name++) {
        if (is_turkish_i(bytes, end)) {
            if (*name != 'I')
                return false;
            bytes++;
            continue;
        }
        if (*bytes >= 0x80 || *bytes == '\'')
            return true;
        if (!*name)
            return !mt940_ascii_is_alnum((char)*bytes);
        if ((*bytes & ~0x20) != *name)
            return false;
    }
    return !*name;
}

/* U+015A to U+0161 are an S. A W follows, or what may be one. */
static bool far_letter_goes_on(const unsigned char *bytes, const unsigned char *end)
{
    if (end - bytes < 3 || bytes[1] < 0x9A || bytes[1] > 0xA1)
        return false;
    return may_be_w(bytes[2]);
}

static bool begins_at(const unsigned char *start, const unsigned char *at, const unsigned char *end)
{
    int first = bic_bytes[*at];

    if (!first || (first < bic_two && at > start && mt940_ascii_is_alnum((char)at[-1])))
        return false;
    if (first == bic_b)
        return may_be("BIC", at, end) || may_be("BI", at, end);
    if (first == bic_s)
        return end - at > 1 && may_be_w(at[1]) && may_be("SWIFT", at, end);
    return first == bic_far ? at + 1 < end : far_letter_goes_on(at, end);
}

bool mt940_facts_may_name_bic(struct mt940_view text)
{
    const unsigned char *start = (const unsigned char *)text.data, *end = start + text.length;

    for (const unsigned char *at = start; at < end;) {
        bool whole = end - at >= block + ahead;
        const unsigned char *next = whole ? at + block : end;

        if (!whole || may_begin_in(at))
            for (; at < next; at++)
                if (begins_at(start, at, end))
                    return true;
        at = next;
    }
    return false;
}

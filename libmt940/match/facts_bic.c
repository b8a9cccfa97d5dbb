/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_bic.c: whether a text has a word that may name a BIC. Must not know what is done with it: the words are read
 * elsewhere, and most texts need not be. The words are the BIC's of facts_words.def: BI, BIC, SWIFT.
 */
#include "match/facts_bic.h"

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

/*
 * Whether one of a block's bytes may begin such a word: "bi", "sw", a letter that is none of ASCII behind a B, S or Ş (C3
 * and C4 lead to none that is a W), one from afar, or an apostrophe. Without a branch, so that compilers take many at a
 * time.
 */
static inline bool look(const unsigned char *bytes)
{
    enum { small = 0x20, sh = 0xC5, far_away = 0xC6, no_w = 0xC3 };
    unsigned char any = 0;

    for (size_t i = 0; i < block; i++) {
        unsigned char here = bytes[i], next = bytes[i + 1], third = bytes[i + 2];
        unsigned char b = (here | small) ^ 'b', s = (here | small) ^ 's', c5 = here ^ sh, w = (third | small) ^ 'w';
        unsigned char next_is_w = (unsigned char)(next - no_w) > 1, third_is_w = (unsigned char)(third - no_w) > 1;

        any |= (b | ((next | small) ^ 'i')) == 0;
        any |= (s | ((next | small) ^ 'w')) == 0;
        any |= (c5 | w) == 0;
        any |= (b == 0) & (next >> 7);
        any |= (s == 0) & (next >> 7) & next_is_w;
        any |= (c5 == 0) & (third >> 7) & third_is_w;
        any |= (here >= far_away) | (next == '\'') | (third == '\'');
    }
    return any;
}

#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
/* The same code for more bytes at a time. */
__attribute__((target("avx2"))) static bool look_avx2(const unsigned char *bytes)
{
    return look(bytes);
}
#endif

static bool may_begin_in(const unsigned char *bytes)
{
#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
    if (__builtin_cpu_supports("avx2"))
        return look_avx2(bytes);
#endif
    return look(bytes);
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
        /* C3 leads to letters of which none is a W. */
        if (*bytes >= 0x80 || *bytes == '\'')
            return *bytes != 0xC3 || *name != 'W';
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
    /* C3 and C4 lead to letters of which none is a W. */
    return (bytes[2] >= 0x80 && bytes[2] != 0xC3 && bytes[2] != 0xC4) || bytes[2] == '\'' || (bytes[2] | 0x20) == 'w';
}

static bool begins_at(const unsigned char *start, const unsigned char *at, const unsigned char *end)
{
    int first = bic_bytes[*at];

    if (!first || (first < bic_two && at > start && mt940_ascii_is_alnum((char)at[-1])))
        return false;
    if (first == bic_b)
        return may_be("BIC", at, end) || may_be("BI", at, end);
    if (first == bic_s)
        return may_be("SWIFT", at, end);
    return first == bic_far ? at + 1 < end : far_letter_goes_on(at, end);
}

/* The same for the last bytes of a text, behind which it goes on in zeros. */
static bool may_begin_in_rest(const unsigned char *bytes, size_t length)
{
    unsigned char rest[block + ahead] = {0};

    memcpy(rest, bytes, length < sizeof rest ? length : sizeof rest);
    return may_begin_in(rest);
}

bool mt940_facts_may_name_bic(struct mt940_view text)
{
    /* An empty text may be NULL, to which nothing can be added. */
    const unsigned char *start = (const unsigned char *)(text.length > 0 ? text.data : ""), *end = start + text.length;

    for (const unsigned char *at = start, *next; at < end; at = next) {
        size_t left = (size_t)(end - at);

        next = left > block ? at + block : end;
        if (!(left >= block + ahead ? may_begin_in(at) : may_begin_in_rest(at, left)))
            continue;
        for (; at < next; at++)
            if (begins_at(start, at, end))
                return true;
    }
    return false;
}

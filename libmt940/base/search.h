/* SPDX-License-Identifier: Apache-2.0
 *
 * search.h: the places in a text where one of a few characters stands, in order. Places are found for 64 bytes at once
 * and then taken one by one: characters come in an order that no processor guesses.
 */
#ifndef MT940_BASE_SEARCH_H
#define MT940_BASE_SEARCH_H

#include "base/view.h"

/* Bytes of a block; all of them are read. And how many blocks are looked at in one go. */
enum { MT940_SEARCH_BLOCK = 64, MT940_SEARCH_WINDOW = 8 };

struct mt940_search;

/* Looks at the next blocks and fills the window. One function per kind of processor; search_frame.h has their order. */
typedef void mt940_search_function(struct mt940_search *search);

/* In plain C for every processor; what others are compared with. */
mt940_search_function mt940_search_plain;

#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
#define MT940_SEARCH_X86 1
mt940_search_function mt940_search_avx2;
mt940_search_function mt940_search_avx512;
bool mt940_search_has_avx512(void);
#endif

/* The fastest that this processor has. */
mt940_search_function *mt940_search_way(void);

/* Where a search stands. */
struct mt940_search {
    struct mt940_view text;
    char any[2];    /* either of them; both may be the same */
    bool pairs;     /* besides: `last` right behind one of `before` */
    char before[3], last;
    mt940_search_function *way;
    size_t base;     /* of the block that `places` tells of */
    size_t next;     /* of the block behind it */
    uint64_t places; /* a bit for each byte of the block that is looked for, the first lowest */
    uint64_t window[MT940_SEARCH_WINDOW]; /* the same of blocks from some place on */
    size_t passed, filled;                /* of the window; when it is all passed, the way goes on at `next` */
};

/* Whether a pair may begin with what is carried. */
static inline bool mt940_search_is_before(const struct mt940_search *search, char carried)
{
    return carried == search->before[0] || carried == search->before[1] || carried == search->before[2];
}

/* Begins to look for either of two characters, none of them NUL, from `from` on; the text is borrowed. */
void mt940_search_begin(struct mt940_search *search, struct mt940_view text, size_t from, char one, char other);
/* The same, and for places besides where `last` stands right behind one of the three of `before`. */
void mt940_search_begin_pairs(struct mt940_search *search, struct mt940_view text, char one, char other,
                              const char *before, char last);
/* Number of the lowest bit that is set. */
static inline unsigned mt940_search_lowest(uint64_t places)
{
#ifdef __GNUC__
    return (unsigned)__builtin_ctzll(places);
#else
    unsigned number = 0;
    for (; !(places & 1); places >>= 1)
        number++;
    return number;
#endif
}

/* Looks at the next block; not at the end of the text. */
static inline void mt940_search_advance(struct mt940_search *search)
{
    if (search->passed == search->filled)
        search->way(search);
    search->places = search->window[search->passed++];
    search->base = search->next;
    search->next += MT940_SEARCH_BLOCK;
}

/* The next place at or behind `from`, which never goes back, or the text's length. */
static inline size_t mt940_search_next(struct mt940_search *search, size_t from)
{
    for (;;) {
        if (from > search->base)
            search->places &= from - search->base < MT940_SEARCH_BLOCK ? UINT64_MAX << (from - search->base) : 0;
        if (search->places)
            return search->base + mt940_search_lowest(search->places);
        if (search->next >= search->text.length)
            return search->text.length;
        mt940_search_advance(search);
    }
}

/* For those that take all places one after the other: the places of the next block, which is at `base`; false = none. */
static inline bool mt940_search_block(struct mt940_search *search, uint64_t *places)
{
    if (search->next >= search->text.length)
        return false;
    mt940_search_advance(search);
    *places = search->places;
    return true;
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * search.c: finds characters in blocks of 64 bytes: the plain way, and the choice among the ways.
 */
#include "base/bytes.h"
#include "base/search.h"

#define SEARCH_TARGET

static uint64_t find_any(const char *block, const char *any, size_t count)
{
    uint64_t places = 0;
    for (int at = 0; at < MT940_SEARCH_BLOCK; at += 8) {
        uint64_t word = mt940_bytes_in_order(block + at), equal = 0;
        for (size_t i = 0; i < count; i++) {
            uint64_t rest = word ^ MT940_BYTES_ONES * (unsigned char)any[i];
            equal |= ~(((rest & MT940_BYTES_LOW) + MT940_BYTES_LOW) | rest | MT940_BYTES_LOW);
        }
        places |= mt940_bytes_bits(equal) << at;
    }
    return places;
}

static uint64_t search_block(const struct mt940_search *search, const char *block, char carried)
{
    uint64_t places = find_any(block, search->any, sizeof search->any);
    if (!search->pairs)
        return places;
    uint64_t before = find_any(block, search->before, sizeof search->before) << 1;
    return places | (find_any(block, &search->last, 1) & (before | mt940_search_is_before(search, carried)));
}

#include "base/search_frame.h"

void mt940_search_plain(struct mt940_search *search)
{
    search_fill(search);
}

mt940_search_function *mt940_search_way(void)
{
#ifdef MT940_SEARCH_X86
    if (mt940_search_has_avx512())
        return mt940_search_avx512;
    if (__builtin_cpu_supports("avx2"))
        return mt940_search_avx2;
#endif
    return mt940_search_plain;
}

void mt940_search_begin(struct mt940_search *search, struct mt940_view text, size_t from, char one, char other)
{
    search->text = text;
    search->any[0] = one;
    search->any[1] = other;
    search->pairs = false;
    search->way = mt940_search_way();
    search->base = search->next = from;
    search->places = 0;
    search->passed = search->filled = 0;
}

void mt940_search_begin_pairs(struct mt940_search *search, struct mt940_view text, char one, char other,
                              const char *before, char last)
{
    mt940_search_begin(search, text, 0, one, other);
    search->pairs = true;
    memcpy(search->before, before, sizeof search->before);
    search->last = last;
}

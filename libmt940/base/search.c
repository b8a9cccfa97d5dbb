/* SPDX-License-Identifier: Apache-2.0
 *
 * search.c: finds characters in blocks of 64 bytes: the plain way, and the choice among the ways.
 */
#include "base/search.h"

#define EVERY_BYTE UINT64_C(0x0101010101010101)
#define LOW_BITS (EVERY_BYTE * 0x7F)

/* The first byte lowest, whatever the machine's order; compilers make one load of it. */
static uint64_t load(const char *text)
{
    const unsigned char *b = (const unsigned char *)text;
    uint64_t low = b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24;
    uint64_t high = b[4] | (uint64_t)b[5] << 8 | (uint64_t)b[6] << 16 | (uint64_t)b[7] << 24;
    return low | high << 32;
}

uint64_t mt940_search_plain(const char *block, const char *any)
{
    uint64_t places = 0;
    for (int at = 0; at < MT940_SEARCH_BLOCK; at += 8) {
        uint64_t word = load(block + at), equal = 0;
        for (const char *c = any; *c; c++) {
            uint64_t rest = word ^ EVERY_BYTE * (unsigned char)*c;
            equal |= ~(((rest & LOW_BITS) + LOW_BITS) | rest | LOW_BITS);
        }
        /* The high bits, gathered in the top byte. */
        places |= ((equal >> 7) * UINT64_C(0x0102040810204080) >> 56) << at;
    }
    return places;
}

mt940_search_function *mt940_search_way(void)
{
#ifdef MT940_SEARCH_X86
    if (__builtin_cpu_supports("avx2"))
        return mt940_search_avx2;
#endif
    return mt940_search_plain;
}

void mt940_search_begin(struct mt940_search *search, struct mt940_view text, size_t from, const char *any)
{
    search->text = text;
    search->any = any;
    search->way = mt940_search_way();
    search->base = search->next = from;
    search->places = 0;
}

void mt940_search_advance(struct mt940_search *search)
{
    char rest[MT940_SEARCH_BLOCK];
    size_t left = search->text.length - search->next;
    const char *block = search->text.data + search->next;
    if (left < MT940_SEARCH_BLOCK) {
        /* Behind the text stands what nobody looks for. */
        memset(rest, 0, sizeof rest);
        memcpy(rest, block, left);
        block = rest;
    }
    search->places = search->way(block, search->any);
    search->base = search->next;
    search->next += MT940_SEARCH_BLOCK;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * skim.c: the plain way of looking at blocks of bytes, and the choice among the ways. Must not know fields or phases.
 */
#include "statement/skim.h"

#include <string.h>

#include "base/bytes.h"
#include "base/search.h"

enum { block = MT940_SIGHT_BYTES, most = MT940_SIGHT_COUNT };

static uint64_t count_bits(uint64_t bits)
{
    const uint64_t ones = UINT64_MAX / 3, twos = UINT64_MAX / 5, fours = UINT64_MAX / 17;
    bits -= bits >> 1 & ones;
    bits = (bits & twos) + (bits >> 2 & twos);
    return ((bits + (bits >> 4)) & fours) * MT940_BYTES_ONES >> 56;
}

/* Sets the bits of `out` for eight bytes that may hold a line end; `before` is the byte in front of them. */
static void look_at_ends(const char *bytes, size_t at, char before, struct mt940_sight *out)
{
    for (size_t i = at; i < at + 8; before = bytes[i++]) {
        uint64_t bit = UINT64_C(1) << i;
        if (before != '\n' && (before != '\r' || bytes[i] == '\n'))
            continue;
        out->starts |= bit;
        out->structure |= mt940_may_begin_structure(bytes[i]) ? bit : 0;
    }
}

static void look(const char *bytes, size_t count, char before, uint64_t lines, struct mt940_sight *out)
{
    for (; count > 0; count--, bytes += block, out++) {
        *out = (struct mt940_sight){0, 0, 0, lines};
        for (size_t at = 0; at < block; before = bytes[at + 7], at += 8) {
            uint64_t word = mt940_bytes_in_order(bytes + at), high = word & MT940_BYTES_HIGH;
            out->above |= mt940_bytes_bits(high) << at;
            if (((word - MT940_BYTES_ONES * ' ') & ~word & MT940_BYTES_HIGH) || (unsigned char)before < ' ')
                look_at_ends(bytes, at, before, out);
        }
        lines += count_bits(out->starts);
    }
}

void mt940_skim_init(struct mt940_skim *skim, const struct mt940_skim_way *way, const char *bytes, size_t length)
{
    skim->way = way;
    skim->bytes = bytes;
    skim->length = length;
    skim->base = skim->count = 0;
}

/* Looks at the last bytes, and one further: there a line begins, too, and may be structure. */
static void look_at_rest(const struct mt940_skim *skim, size_t at, char before, uint64_t lines, struct mt940_sight *out)
{
    char rest[block] = {0};
    size_t left = skim->length - at;
    if (left > 0)
        memcpy(rest, skim->bytes + at, left);
    skim->way->look(rest, 1, before, lines, out);
    if (skim->length > 0 && skim->bytes[skim->length - 1] == '\r') {
        out->starts &= ~(UINT64_C(1) << left);
        out->structure &= out->starts;
    }
}

static uint64_t lines_seen(const struct mt940_skim *skim)
{
    const struct mt940_sight *last = skim->sights + skim->count - 1;
    return skim->count > 0 ? last->lines + count_bits(last->starts) : 0;
}

static char byte_before(const struct mt940_skim *skim, size_t at)
{
    return at > 0 ? skim->bytes[at - 1] : '\0';
}

/* Looks at the block with the byte at `at`, which may be the end, and at those behind. */
static void look_ahead(struct mt940_skim *skim, size_t at)
{
    uint64_t lines = lines_seen(skim);
    size_t base = at - at % block, whole = (skim->length - base) / block;
    skim->base = base;
    skim->count = whole < most ? whole : most;
    if (skim->count > 0) {
        skim->way->look(skim->bytes + base, skim->count, byte_before(skim, base), lines, skim->sights);
        lines = lines_seen(skim);
    }
    if (whole < most) {
        base += whole * block;
        look_at_rest(skim, base, byte_before(skim, base), lines, skim->sights + skim->count++);
    }
}

/* The last line that begins behind `from` and was seen, or `otherwise`. */
static size_t last_start(const struct mt940_skim *skim, size_t from, size_t otherwise)
{
    for (size_t i = skim->count; i-- > 0 && skim->base + i * block + (block - 1) > from;) {
        uint64_t starts = skim->sights[i].starts;
        if (skim->base + i * block <= from)
            starts &= UINT64_MAX << from % block << 1;
        while (starts & (starts - 1))
            starts &= starts - 1;
        if (starts)
            return skim->base + i * block + mt940_search_lowest(starts);
    }
    return otherwise;
}

void mt940_skim_pass(struct mt940_skim *skim, size_t from, struct mt940_passed *out)
{
    if (from < skim->base || from - skim->base >= skim->count * block)
        look_ahead(skim, from);
    const struct mt940_sight *sight = skim->sights + (from - skim->base) / block;
    uint64_t here = UINT64_MAX << from % block, structure = sight->structure & here << 1, above = 0;
    uint64_t behind = sight->lines + count_bits(sight->starts & ~(here << 1)), passed = UINT64_MAX;
    out->last = from;
    while (!structure) {
        above |= sight->above & here;
        here = UINT64_MAX;
        if (++sight == skim->sights + skim->count) {
            size_t next = skim->base + skim->count * block;
            out->last = last_start(skim, from, out->last);
            if (next > skim->length)
                break;
            look_ahead(skim, next);
            sight = skim->sights;
        }
        structure = sight->structure;
    }
    out->at = skim->length;
    if (structure) {
        out->at = out->last = skim->base + (size_t)(sight - skim->sights) * block + mt940_search_lowest(structure);
        passed = structure ^ (structure - 1);
    } else {
        sight--;
        here = 0; /* it was counted already */
    }
    out->lines = (uint32_t)(sight->lines + count_bits(sight->starts & passed) - behind);
    out->high = (above | (sight->above & here & passed & ~structure)) != 0;
}

const struct mt940_skim_way mt940_skim_plain = {look, mt940_skim_pass};

const struct mt940_skim_way *mt940_skim_best(void)
{
#ifdef MT940_SKIM_X86
    if (mt940_skim_has_avx512())
        return &mt940_skim_avx512;
    if (mt940_skim_has_avx2())
        return &mt940_skim_avx2;
#endif
    return &mt940_skim_plain;
}

size_t mt940_skim_next(const struct mt940_skim *skim, size_t from)
{
    if (from >= skim->base) {
        size_t at = (from - skim->base) / block;
        uint64_t starts = skim->sights[at].starts & UINT64_MAX << from % block << 1;
        while (!starts && ++at < skim->count)
            starts = skim->sights[at].starts;
        if (starts)
            return skim->base + at * block + mt940_search_lowest(starts);
    }
    /* It began before the bytes that were looked at last. */
    size_t end = mt940_find_line_end(skim->bytes, from, skim->length);
    return end + 1 + (skim->bytes[end] == '\r' && skim->bytes[end + 1] == '\n');
}

size_t mt940_find_line_end(const char *bytes, size_t from, size_t length)
{
    size_t at = from;
    for (; at < length && length - at >= 8; at += 8) {
        uint64_t word = mt940_bytes_at(bytes + at);
        uint64_t ends = mt940_bytes_equal(word, '\n') | mt940_bytes_equal(word, '\r');
        if (ends) {
            at += mt940_bytes_first(ends);
            break;
        }
    }
    while (at < length && bytes[at] != '\n' && bytes[at] != '\r')
        at++;
    return from < length ? at : length;
}

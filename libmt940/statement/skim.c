/* SPDX-License-Identifier: Apache-2.0
 *
 * skim.c: the plain way of looking at blocks of bytes, and the choice among the ways. Must not know fields or phases.
 */
#include "statement/skim.h"

#include <string.h>

#include "base/bytes.h"
#include "base/search.h"

#define SKIM_TARGET

enum { block = MT940_SIGHT_BYTES, most = MT940_SIGHT_COUNT };

static uint64_t count_bits(uint64_t bits)
{
    const uint64_t ones = UINT64_MAX / 3, twos = UINT64_MAX / 5, fours = UINT64_MAX / 17;
    bits -= bits >> 1 & ones;
    bits = (bits & twos) + (bits >> 2 & twos);
    return ((bits + (bits >> 4)) & fours) * MT940_BYTES_ONES >> 56;
}

/* Sets the bits of eight bytes that may hold a line end; `before` is the byte in front of them. Returns the new ones. */
static uint64_t look_at_ends(const char *bytes, size_t at, char before, uint64_t *starts)
{
    uint64_t structure = 0;
    for (size_t i = at; i < at + 8; before = bytes[i++]) {
        uint64_t bit = UINT64_C(1) << i;
        if (before != '\n' && (before != '\r' || bytes[i] == '\n'))
            continue;
        *starts |= bit;
        structure |= mt940_may_begin_structure(bytes[i]) ? bit : 0;
    }
    return structure;
}

/* Looks at a block; returns where lines begin that may begin structure. */
static uint64_t look_at_block(const char *bytes, char before, struct mt940_sight *out)
{
    uint64_t structure = 0;
    out->starts = out->above = 0;
    for (size_t at = 0; at < block; before = bytes[at + 7], at += 8) {
        uint64_t word = mt940_bytes_in_order(bytes + at), high = word & MT940_BYTES_HIGH;
        out->above |= mt940_bytes_bits(high) << at;
        if (((word - MT940_BYTES_ONES * ' ') & ~word & MT940_BYTES_HIGH) || (unsigned char)before < ' ')
            structure |= look_at_ends(bytes, at, before, &out->starts);
    }
    return structure;
}

static void look(struct mt940_skim *skim, const char *bytes, size_t count, char before)
{
    for (; count > 0; count--, before = bytes[block - 1], bytes += block) {
        struct mt940_sight *sight = skim->sights + skim->count;
        uint64_t structure = look_at_block(bytes, before, sight);
        sight->lines = skim->lines;
        sight->aboves = skim->aboves;
        for (; structure; structure &= structure - 1)
            skim->marks[skim->mark_count++] = (uint16_t)(skim->count * block + mt940_search_lowest(structure));
        skim->lines += count_bits(sight->starts);
        skim->aboves += count_bits(sight->above);
        skim->count++;
    }
}

void mt940_skim_init(struct mt940_skim *skim, const struct mt940_skim_way *way, const char *bytes, size_t length)
{
    skim->way = way;
    skim->bytes = bytes;
    skim->length = length;
    skim->base = skim->end = skim->count = skim->mark_count = skim->next = 0;
    skim->lines = skim->aboves = 0;
    skim->here = (struct mt940_place_seen){SIZE_MAX, 0, 0};
}

/* Looks at the last bytes, and one further: there a line begins, too, and may be structure. */
static void look_at_rest(struct mt940_skim *skim, size_t at, char before)
{
    char rest[block] = {0};
    size_t left = skim->length - at;
    if (left > 0)
        memcpy(rest, skim->bytes + at, left);
    skim->way->look(skim, rest, 1, before);
    if (skim->length > 0 && skim->bytes[skim->length - 1] == '\r') {
        skim->sights[skim->count - 1].starts &= ~(UINT64_C(1) << left);
        skim->lines--;
        skim->mark_count--;
    }
}

static char byte_before(const struct mt940_skim *skim, size_t at)
{
    return at > 0 ? skim->bytes[at - 1] : '\0';
}

/* Forgets what was seen, and looks at the block with the byte at `at`, which may be the end, and at those behind. */
static void look_from(struct mt940_skim *skim, size_t at)
{
    size_t base = at - at % block, whole = (skim->length - base) / block, count = whole < most ? whole : most;
    skim->base = base;
    skim->count = skim->mark_count = skim->next = 0;
    if (count > 0)
        skim->way->look(skim, skim->bytes + base, count, byte_before(skim, base));
    if (whole < most)
        look_at_rest(skim, base + whole * block, byte_before(skim, base + whole * block));
    skim->end = base + skim->count * block;
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

#include "statement/skim_pass.h"

/* Goes to a place that is no mark, or the first one. */
static void go_to(struct mt940_skim *skim, size_t from)
{
    if (from < skim->base || from >= skim->end)
        look_from(skim, from);
    while (skim->next > 0 && skim->marks[skim->next - 1] > from - skim->base)
        skim->next--;
    while (skim->next < skim->mark_count && skim->marks[skim->next] <= from - skim->base)
        skim->next++;
    see_place(skim, from, &skim->here);
}

void mt940_skim_pass_further(struct mt940_skim *skim, size_t from, struct mt940_passed *out)
{
    if (from != skim->here.at)
        go_to(skim, from);
    struct mt940_place_seen here = skim->here;
    out->last = from;
    while (skim->next == skim->mark_count) {
        out->last = last_start(skim, from, out->last);
        if (skim->end > skim->length) {
            out->at = skim->length;
            out->lines = (uint32_t)(skim->lines - here.lines);
            out->high = skim->aboves != here.aboves;
            return;
        }
        look_from(skim, skim->end);
    }
    take_mark(skim, &here, out);
}

const struct mt940_skim_way mt940_skim_plain = {look, pass};

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

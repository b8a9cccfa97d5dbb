/* SPDX-License-Identifier: Apache-2.0
 *
 * skim_frame.h: how blocks are looked at on processors that see many bytes at once. A file that includes it has defined
 * before:
 *
 *   SKIM_TARGET            attribute of its functions, with BMI and POPCNT
 *   see(bytes, &seen)      tells of the 64 bytes of a block what struct mt940_seen asks
 *
 * It must not know how that is done.
 */
#ifndef MT940_STATEMENT_SKIM_FRAME_H
#define MT940_STATEMENT_SKIM_FRAME_H

#include <immintrin.h>

SKIM_TARGET static inline uint64_t count_bits(uint64_t bits)
{
    return (uint64_t)_mm_popcnt_u64(bits);
}

#include "statement/skim_pass.h"

/* Adds the marks of a block, nearly always so few that it takes no guess how many; returns where the next ones go. */
SKIM_TARGET static inline uint16_t *put_marks(uint16_t *mark, unsigned first, uint64_t structure)
{
    uint16_t *end = mark + count_bits(structure);
    for (int i = 0; i < MT940_SIGHT_ATONCE; i++, structure = _blsr_u64(structure))
        *mark++ = (uint16_t)(first + (unsigned)_tzcnt_u64(structure));
    for (; structure; structure = _blsr_u64(structure))
        *mark++ = (uint16_t)(first + (unsigned)_tzcnt_u64(structure));
    return end;
}

SKIM_TARGET static void look(struct mt940_skim *skim, const char *bytes, size_t count, char before)
{
    enum { ahead = MT940_SIGHT_COUNT * MT940_SIGHT_BYTES };
    uint64_t lines = skim->lines, aboves = skim->aboves, after_feed = before == '\n', after_back = before == '\r';
    uint16_t *mark = skim->marks + skim->mark_count;
    unsigned first = (unsigned)skim->count * MT940_SIGHT_BYTES;
    struct mt940_sight *sight = skim->sights + skim->count, *end = sight + count;
    for (; sight < end; sight++, bytes += MT940_SIGHT_BYTES, first += MT940_SIGHT_BYTES) {
        struct mt940_seen seen;
        /* What is looked at next time shall be here by then; the processor itself does not look beyond a page. */
        _mm_prefetch((const char *)((uintptr_t)bytes + ahead), _MM_HINT_T0);
        see(bytes, &seen);
        uint64_t starts = seen.feeds << 1 | after_feed | ((seen.backs << 1 | after_back) & ~seen.feeds);
        *sight = (struct mt940_sight){starts, seen.above, lines, aboves};
        mark = put_marks(mark, first, starts & seen.may_begin);
        lines += count_bits(starts);
        aboves += count_bits(seen.above);
        after_feed = seen.feeds >> 63;
        after_back = seen.backs >> 63;
    }
    skim->count += count;
    skim->mark_count = (size_t)(mark - skim->marks);
    skim->lines = lines;
    skim->aboves = aboves;
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * skim_pass.h: what lies ahead of a place, by what was seen; for all processors. A file that includes it has defined
 * before:
 *
 *   SKIM_TARGET            attribute of its functions
 *   count_bits(bits)       how many are set
 */
#ifndef MT940_STATEMENT_SKIM_PASS_H
#define MT940_STATEMENT_SKIM_PASS_H

#include "statement/skim.h"

SKIM_TARGET static inline void see_place(const struct mt940_skim *skim, size_t at, struct mt940_place_seen *out)
{
    size_t distance = at - skim->base;
    const struct mt940_sight *sight = skim->sights + distance / MT940_SIGHT_BYTES;
    uint64_t bit = UINT64_C(1) << distance % MT940_SIGHT_BYTES;
    out->at = at;
    out->lines = sight->lines + count_bits(sight->starts & (bit | (bit - 1)));
    out->aboves = sight->aboves + count_bits(sight->above & (bit - 1));
}

/* Tells of the next mark, which is there. */
SKIM_TARGET static inline void take_mark(struct mt940_skim *skim, const struct mt940_place_seen *from,
                                         struct mt940_passed *out)
{
    see_place(skim, skim->base + skim->marks[skim->next++], &skim->here);
    out->at = out->last = skim->here.at;
    out->lines = (uint32_t)(skim->here.lines - from->lines);
    out->high = skim->here.aboves != from->aboves;
}

SKIM_TARGET static void pass(struct mt940_skim *skim, size_t from, struct mt940_passed *out)
{
    struct mt940_place_seen here = skim->here;
    if (from != here.at || skim->next == skim->mark_count)
        mt940_skim_pass_further(skim, from, out);
    else
        take_mark(skim, &here, out);
}

#endif

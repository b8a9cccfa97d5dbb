/* SPDX-License-Identifier: Apache-2.0
 *
 * name_build.h: an index of names under construction: what name_build.c and name_lists.c share.
 */
#ifndef MT940_MATCH_NAME_BUILD_H
#define MT940_MATCH_NAME_BUILD_H

#include "match/name_index.h"

struct mt940_name_building {
    struct mt940_name_index *index;
    const struct mt940_allocator *memory;
    uint32_t *token_at; /* customers + 1 */
    uint32_t *tokens;   /* numbers of words of all names, one behind the other */
    size_t token_count, token_capacity;
};

/* The steps, in this order. Errors: MT940_E_MEMORY, MT940_E_LIMIT. */
int mt940_name_build_names(struct mt940_name_building *building);
int mt940_name_build_lists(struct mt940_name_building *building);
int mt940_name_build_pairs(struct mt940_name_building *building);
int mt940_name_build_ways(struct mt940_name_building *building);

#endif

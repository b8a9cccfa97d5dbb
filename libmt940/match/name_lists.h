/* SPDX-License-Identifier: Apache-2.0
 *
 * name_lists.h: the names of an index as numbers of words, and for each word the customers who have it.
 */
#ifndef MT940_MATCH_NAME_LISTS_H
#define MT940_MATCH_NAME_LISTS_H

#include "match/name_building.h"

/* The steps, in this order; name_pairs.h stands between the second and the third. Errors: MT940_E_MEMORY, MT940_E_LIMIT. */
int mt940_name_build_names(struct mt940_name_building *building);
int mt940_name_build_lists(struct mt940_name_building *building);
/* The ways into the vocabulary: from both ends of a word and by the whole; which words are legal forms. */
int mt940_name_build_words(struct mt940_name_building *building);
int mt940_name_build_whole_names(struct mt940_name_building *building);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * name_pairs.h: for each pair of common words the customers who have both.
 */
#ifndef MT940_MATCH_NAME_PAIRS_H
#define MT940_MATCH_NAME_PAIRS_H

#include "match/name_building.h"

/* Errors: MT940_E_MEMORY, MT940_E_LIMIT. */
int mt940_name_build_pairs(struct mt940_name_building *building);

#endif

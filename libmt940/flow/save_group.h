/* SPDX-License-Identifier: Apache-2.0
 *
 * save_group.h: the rows of one commit.
 */
#ifndef MT940_FLOW_SAVE_GROUP_H
#define MT940_FLOW_SAVE_GROUP_H

#include "flow/saving.h"

/* Saves `rows` in one commit and tells of each. MT940_E_CONFLICT when another writer was faster. */
int mt940_save_group(struct mt940_saving *saving, const int64_t *rows, size_t count, bool all_or_nothing);

#endif

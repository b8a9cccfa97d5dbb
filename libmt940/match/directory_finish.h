/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_finish.h: what makes a directory of the records that were added.
 */
#ifndef MT940_MATCH_DIRECTORY_FINISH_H
#define MT940_MATCH_DIRECTORY_FINISH_H

#include "match/directory_arrays.h"

/* Sorts what was added, finds doubles, builds the indexes. After a failure it can only be freed. */
int mt940_directory_finish(struct mt940_directory *directory, struct mt940_error *error);

#endif

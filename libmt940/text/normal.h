/* SPDX-License-Identifier: Apache-2.0
 *
 * normal.h: canonical composition (NFC, Unicode Standard Annex 15) of short runs, on the fold
 * tables and, beyond them, on what icu.h answers.
 */
#ifndef MT940_TEXT_NORMAL_H
#define MT940_TEXT_NORMAL_H

#include <stddef.h>
#include <stdint.h>

#include "text/fold_tables.h"

/* Code points taken in at once. Text has a handful of marks on a letter; UAX 15 §13 allows 30. */
#define MT940_NORMAL_TAKE 32
/* Each of them is at most four when decomposed, and each of those three when folded. */
#define MT940_NORMAL_ROOM (MT940_NORMAL_TAKE * 12)

struct mt940_normal_run {
    size_t count;
    uint32_t points[MT940_NORMAL_ROOM];
};

/* Appends; what exceeds the room is left out, which the bounds above exclude. */
static inline void mt940_normal_push(struct mt940_normal_run *run, uint32_t point)
{
    if (run->count < MT940_NORMAL_ROOM)
        run->points[run->count++] = point;
}

/* As in fold_tables.h; never LACKING. */
unsigned mt940_normal_class(uint32_t point);
/* Puts the run into NFC. */
void mt940_normal_compose(struct mt940_normal_run *run);

#endif

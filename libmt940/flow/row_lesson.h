/* SPDX-License-Identifier: Apache-2.0
 *
 * row_lesson.h: lessons about a row: read for its match, written with a person's choice.
 */
#ifndef MT940_FLOW_ROW_LESSON_H
#define MT940_FLOW_ROW_LESSON_H

#include "flow/save.h"

/* Reads keys and lessons of the row into row->lesson_keys and row->lessons; none while the own account is unknown. */
int mt940_row_read_lessons(struct mt940_row_frame *frame, struct mt940_judged_row *row);
/* What an automatic choice rested on. */
void mt940_row_expect_lessons(struct mt940_plan *plan, const struct mt940_judged_row *row);
/*
 * Adds to the plan what the user's choice for the judged row teaches. `stored` is the movement as it was before the
 * choice, `movement` as it is with it. The row's match is exchanged for the one without the choice.
 */
int mt940_row_learn(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                    const struct mt940_movement *stored, const struct mt940_movement *movement);

#endif

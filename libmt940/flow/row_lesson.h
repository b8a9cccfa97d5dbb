/* SPDX-License-Identifier: Apache-2.0
 *
 * row_lesson.h: lessons about a row, for its match.
 */
#ifndef MT940_FLOW_ROW_LESSON_H
#define MT940_FLOW_ROW_LESSON_H

#include "flow/row_frame.h"

/* Reads keys and lessons of the row into row->lesson_keys and row->lessons; none while the own account is unknown. */
int mt940_row_read_lessons(struct mt940_row_frame *frame, struct mt940_judged_row *row);
/* The keys alone, also where nothing was learned yet. */
int mt940_row_lesson_keys(const struct mt940_row_frame *frame, struct mt940_judged_row *row);
/* The lesson of a key of a movement, without its customer. */
void mt940_row_lesson_key(const struct mt940_row_frame *frame, const struct mt940_movement *movement,
                          const struct mt940_lesson_key *key, struct mt940_lesson *out);
/* What an automatic choice rested on. */
void mt940_row_expect_lessons(struct mt940_plan *plan, const struct mt940_judged_row *row);

#endif

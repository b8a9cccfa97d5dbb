/* SPDX-License-Identifier: Apache-2.0
 *
 * row_teach.h: what a person's choice for a row teaches.
 */
#ifndef MT940_FLOW_ROW_TEACH_H
#define MT940_FLOW_ROW_TEACH_H

#include "flow/row_frame.h"

/*
 * Adds to the plan what the user's choice for the judged row teaches. `stored` is the movement as it was before the
 * choice, `movement` as it is with it. The row's match is exchanged for the one without the choice.
 */
int mt940_row_learn(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                    const struct mt940_movement *stored, const struct mt940_movement *movement);

#endif

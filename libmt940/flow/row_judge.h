/* SPDX-License-Identifier: Apache-2.0
 *
 * row_judge.h: everything that is to be said about one movement.
 */
#ifndef MT940_FLOW_ROW_JUDGE_H
#define MT940_FLOW_ROW_JUDGE_H

#include "flow/row_frame.h"

/* Judges one movement. `out` must be zeroed or recognised (row_match.h); end it with mt940_row_end(). */
int mt940_row_judge(struct mt940_row_frame *frame, const struct mt940_movement *movement,
                    struct mt940_judged_row *out);

#endif

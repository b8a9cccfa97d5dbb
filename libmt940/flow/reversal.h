/* SPDX-License-Identifier: Apache-2.0
 *
 * reversal.h: the saved slip that a row takes back (decision 17).
 */
#ifndef MT940_FLOW_REVERSAL_H
#define MT940_FLOW_REVERSAL_H

#include "flow/row_frame.h"

/* Sets row->original when the row reverses one saved slip of its account. */
int mt940_reversal_find(struct mt940_row_frame *frame, struct mt940_judged_row *row);
/* Tells the slip room whose original it was. */
int mt940_reversal_fill(struct mt940_row_frame *frame, struct mt940_judged_row *row, struct mt940_slip_input *input);

#endif

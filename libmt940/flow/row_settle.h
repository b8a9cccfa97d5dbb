/* SPDX-License-Identifier: Apache-2.0
 *
 * row_settle.h: what a slip line closes.
 */
#ifndef MT940_FLOW_ROW_SETTLE_H
#define MT940_FLOW_ROW_SETTLE_H

#include "flow/row_frame.h"

/*
 * What a line closes, into the row: its DBS mark, the total it lowers, the open rows. `chosen` 1 or 0 is the mark a
 * person, or the slip itself, gave it; -1 = nobody.
 */
int mt940_row_settle(const struct mt940_row_frame *frame, struct mt940_judged_row *row, struct mt940_slip_line *line,
                     int32_t chosen);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * pair.h: the other side of a transfer between own accounts (decisions 11, 13).
 */
#ifndef MT940_FLOW_PAIR_H
#define MT940_FLOW_PAIR_H

#include "flow/row_frame.h"

/*
 * Looks for the opposite row in the other own account, or for the slip that its row wrote for
 * both. Sets row->other, row->booked_by, or the refusal NEEDS_PAIR_CHOICE.
 */
int mt940_pair_find(struct mt940_row_frame *frame, struct mt940_judged_row *row);

#endif

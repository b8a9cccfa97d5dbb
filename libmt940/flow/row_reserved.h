/* SPDX-License-Identifier: Apache-2.0
 *
 * row_reserved.h: a row that was handed to the ERP.
 */
#ifndef MT940_FLOW_ROW_RESERVED_H
#define MT940_FLOW_ROW_RESERVED_H

#include "flow/row_frame.h"

/* The slip of a row that was handed to the ERP stands as it was handed over; only what it closes is new. */
int mt940_row_reserved(struct mt940_row_frame *frame, struct mt940_judged_row *row);

#endif

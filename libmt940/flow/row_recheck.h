/* SPDX-License-Identifier: Apache-2.0
 *
 * row_recheck.h: an automatic choice against the books as they are now.
 */
#ifndef MT940_FLOW_ROW_RECHECK_H
#define MT940_FLOW_ROW_RECHECK_H

#include "flow/row_frame.h"

/*
 * Takes an automatic choice back that the books, read just now, do not bear out: the directory was the host's and may
 * be older. The row then says so.
 */
void mt940_row_recheck(const struct mt940_row_frame *frame, struct mt940_judged_row *row);

#endif

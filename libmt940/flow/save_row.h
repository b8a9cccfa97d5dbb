/* SPDX-License-Identifier: Apache-2.0
 *
 * save_row.h: the changes that make a row a slip.
 */
#ifndef MT940_FLOW_SAVE_ROW_H
#define MT940_FLOW_SAVE_ROW_H

#include "flow/row_frame.h"
#include "flow/saved_row.h"

/* Adds the changes that save a judged row: its slip, or the slip it belongs to. E_CONFLICT when what was judged changed. */
int mt940_save_plan(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                    struct mt940_saved_row *out);
/* Adds the changes that mark the row as saved by a slip the user names; out->message says how it went. */
int mt940_save_link(struct mt940_plan *plan, struct mt940_row_frame *frame, const struct mt940_movement *movement,
                    const struct mt940_view *slip, struct mt940_saved_row *out);

/* Decision 18. Adds the changes that reserve a judged row for the ERP: the slip as it is handed over, not valid yet. */
int mt940_save_reserve(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                       struct mt940_saved_row *out);
/* The ERP has the reserved slip under `external`: adds the changes that make it valid, with all its effects. */
int mt940_save_confirm(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                       const struct mt940_view *external, struct mt940_saved_row *out);
/* The ERP refused it: adds the changes that take the reservation back. */
int mt940_save_release(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                       const struct mt940_view *reason, struct mt940_saved_row *out);

#endif

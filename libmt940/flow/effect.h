/* SPDX-License-Identifier: Apache-2.0
 *
 * effect.h: what a slip does to DBS totals and open rows, and the way back, as changes of a plan.
 */
#ifndef MT940_FLOW_EFFECT_H
#define MT940_FLOW_EFFECT_H

#include "flow/ask.h"
#include "flow/plan.h"

/* A stored slip, as it is now. End with mt940_stored_slip_end(). */
struct mt940_stored_slip {
    struct mt940_slip slip;
    struct mt940_found lines;
    struct mt940_found closings;
};
/* MT940_E_NOT_FOUND when there is none. */
int mt940_stored_slip_read(struct mt940_flow *flow, const struct mt940_view *id, struct mt940_stored_slip *out);
void mt940_stored_slip_end(struct mt940_stored_slip *slip);

/* Adds `delta` to the total of the line's DBS record, with its journal line. */
void mt940_effect_total(struct mt940_plan *plan, const struct mt940_slip_line *line, int64_t delta, int32_t event,
                        const char *note);
/*
 * Writes closings and the paid parts of their rows. `known`: rows as the store has them, read just now, so that they need
 * not be read again; NULL = none. One that changed since is a conflict, as everywhere.
 */
int mt940_effect_close(struct mt940_plan *plan, const struct mt940_closing *closings, size_t count,
                       const struct mt940_found *known);
/* Takes back what the slip closed; the closings stay, cancelled. */
int mt940_effect_reopen(struct mt940_plan *plan, struct mt940_stored_slip *slip);
/* Closes again what was reopened, as far as the rows still allow. */
int mt940_effect_close_again(struct mt940_plan *plan, struct mt940_stored_slip *slip);

/*
 * Puts a movement that was in state `before` (saved by a slip, open again), and counts it at its inbox record; `known`
 * is that record where it has been read already, or another one, or NULL.
 */
int mt940_effect_movement(struct mt940_plan *plan, const struct mt940_movement *movement, int64_t before,
                          const struct mt940_inbox_item *known);

#endif

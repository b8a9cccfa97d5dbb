/* SPDX-License-Identifier: Apache-2.0
 *
 * overlay.h: the store as a plan will leave it. Rows and files that go into one commit see what
 * those before them will have done.
 */
#ifndef MT940_FLOW_OVERLAY_H
#define MT940_FLOW_OVERLAY_H

#include "flow/plan.h"

struct mt940_overlay {
    struct mt940_store below;
    const struct mt940_plan *plan;
    struct mt940_flow *flow;
};

/*
 * From now on every look of the flow at its store, and at the books the store answers for, goes
 * through the plan. A record that is put shows as it will be put, with the revision it was read
 * with (0 = new): that is what a further change of this plan must be guarded by. Totals show as
 * they are stored. apply() goes straight to the store.
 */
void mt940_overlay_begin(struct mt940_overlay *overlay, struct mt940_flow *flow, const struct mt940_plan *plan);
void mt940_overlay_end(struct mt940_overlay *overlay);

#endif

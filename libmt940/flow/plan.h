/* SPDX-License-Identifier: Apache-2.0
 *
 * plan.h: a batch of changes in the making. Records are copied into the scratch memory of the
 * call; failures are remembered and told when the plan is applied, so that building one needs no
 * error handling at every line.
 */
#ifndef MT940_FLOW_PLAN_H
#define MT940_FLOW_PLAN_H

#include "flow/flow.h"
#include "flow/plan_index.h"

struct mt940_plan {
    struct mt940_flow *flow;
    struct mt940_action action;
    struct mt940_change *changes;
    size_t count, capacity;
    struct mt940_plan_index index;
    uint32_t *newest; /* per kind: number of its last change, from 1 */
    uint32_t *puts;   /* per kind: how many are puts or removals */
    uint32_t *older;  /* per change: number of the one of its kind before it */
    size_t older_capacity;
    const struct mt940_change *sorted; /* as the store port asks for; NULL before it is named or applied */
    size_t sorted_count;
    int status;
};

/* Sets what follows from the rest of a payment row (store.def: settled); every row that is put passes here. */
void mt940_plan_derive(struct mt940_payment *row);
/* Starts a plan. `key` makes it happen once: the same key is ALREADY there the second time. */
void mt940_plan_begin(struct mt940_plan *plan, struct mt940_flow *flow, const char *verb, struct mt940_view key);
void mt940_plan_put_new(struct mt940_plan *plan, int32_t kind, const void *record);
/* Guarded by the revision the record was read with; a second put of a record replaces the first. */
void mt940_plan_put_if(struct mt940_plan *plan, int32_t kind, const void *record, int64_t revision);
void mt940_plan_delete_if(struct mt940_plan *plan, int32_t kind, const void *record, int64_t revision);
/* The decision rested on this record being as it was read (revision 0: on its absence). */
void mt940_plan_expect(struct mt940_plan *plan, int32_t kind, const void *record, int64_t revision);
/* Adds to the total of a bank record (its key fields are used); `journal` is copied. */
void mt940_plan_total_add(struct mt940_plan *plan, const struct mt940_customer_bank *bank, int64_t delta,
                          int32_t ceiling, int64_t ceiling_value, const struct mt940_journal *journal);
/* The record of this key as the plan will leave it, NULL when the plan does not put it. */
const void *mt940_plan_pending(const struct mt940_plan *plan, int32_t kind, const void *key);
/* The put or removal of this key, NULL when there is none. */
const struct mt940_change *mt940_plan_find(const struct mt940_plan *plan, int32_t kind, const void *key);
/* Whether the plan puts or removes a record of the kind. */
bool mt940_plan_touches(const struct mt940_plan *plan, int32_t kind);
/* The changes of a kind, the newest first; *position begins as 0. NULL past the last. */
const struct mt940_change *mt940_plan_each(const struct mt940_plan *plan, int32_t kind, uint32_t *position);
/*
 * Names the plan by the records it replaces and their revisions: VERB:digest. For plans that replace at least one and
 * have no name of their own; nothing is added after.
 */
void mt940_plan_key(struct mt940_plan *plan);
/* What ALREADY will tell a repeated call. */
void mt940_plan_result(struct mt940_plan *plan, struct mt940_view result);
/* Hands the plan to the store. 0 and `result`, or a status; E_UNKNOWN is looked up by key first. */
int mt940_plan_apply(struct mt940_plan *plan, struct mt940_batch_result *result);
/*
 * The same for several plans in one call of the store, which may keep them with one sync; each happens or not on its
 * own. With E_UNKNOWN the results say for each what its key told.
 */
int mt940_plan_apply_all(struct mt940_flow *flow, struct mt940_plan *const *plans, size_t count,
                         struct mt940_batch_result *results);
/* Frees what the scratch memory does not. */
void mt940_plan_end(struct mt940_plan *plan);

#endif

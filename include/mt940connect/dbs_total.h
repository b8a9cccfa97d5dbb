/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_total.h: the DBS totals of a company through a flow: how full the limits are, what one more
 * sale would do, adjustments by name, the journal, and the proof that all of it agrees.
 * Conventions as in flow.h. @since 0.1
 * Source: R69, R94, R113, decisions 28 and 30, turkish-banking §3.6; docs/dbs_total.md.
 */
#ifndef MT940CONNECT_DBS_TOTAL_H
#define MT940CONNECT_DBS_TOTAL_H

#include "mt940connect/flow.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A DBS-marked bank record and what a credit manager wants to know of it. Valid during the call. */
struct mt940_dbs_status {
    size_t size;
    const struct mt940_customer_bank *record;
    struct mt940_view customer_name;
    struct mt940_view currency; /* of limit, total and ageing */
    int64_t available;          /* limit less total */
    int32_t utilisation;        /* parts of 10000; -1 when the limit is 0 */
    int32_t reserved;
    struct mt940_dbs_ageing ageing; /* of its open rows */
};
typedef int (*mt940_dbs_status_sink)(void *sink_user, const struct mt940_dbs_status *status);

/*
 * Lists the DBS-marked records of `customer` (NULL = every customer) in order of customer and
 * slot. `today` dates the ageing, NULL = the clock's day; `option_days` is the option period.
 */
int mt940_flow_dbs_status(struct mt940_flow *flow, const struct mt940_view *customer, const struct mt940_date *today,
                          int32_t option_days, mt940_dbs_status_sink sink, void *sink_user, struct mt940_error *error);

/*
 * What if `amount` more were sold on a record (negative: collected)? The figure an invoice would
 * get; nothing is written. `*message` is 0 or NOT_A_DBS_SLOT, `out` is set when it is 0; its
 * texts live until the flow's next call.
 */
int mt940_flow_dbs_check(struct mt940_flow *flow, const struct mt940_view *customer, int64_t slot, int64_t amount,
                         struct mt940_dbs_figure *out, int32_t *message, struct mt940_error *error);

/*
 * What if these were sold one after the other (mt940_dbs_what_if())? `figures` has room for
 * `count`: each on the total the ones before leave; *outcome is the strictest. A sale on a record
 * that is not there or not marked carries NOT_A_DBS_SLOT. Nothing is written. The figures' texts
 * live until the flow's next call.
 */
int mt940_flow_dbs_what_if(struct mt940_flow *flow, const struct mt940_dbs_sale *sales, size_t count,
                           struct mt940_dbs_figure *figures, int32_t *outcome, struct mt940_error *error);

/*
 * Changes a total by hand. `name` tells the adjustment from others and makes it happen once;
 * `note` says why. No limit is checked (decision 26). `*message` is 0, OVER_LIMIT (done, and
 * above the limit), ADJUSTMENT_EXISTS (nothing done) or NOT_A_DBS_SLOT. `*total` is what it is now.
 */
int mt940_flow_dbs_adjust(struct mt940_flow *flow, const struct mt940_view *customer, int64_t slot, int64_t delta,
                          const struct mt940_view *name, const struct mt940_view *note, int64_t *total,
                          int32_t *message, struct mt940_error *error);

/*
 * Brings a total to `total` at go-live, after its open invoices were entered (decision 30): the
 * difference is journalled as OPENING. Once for each record; later calls are ADJUSTMENT_EXISTS.
 */
int mt940_flow_dbs_opening(struct mt940_flow *flow, const struct mt940_view *customer, int64_t slot, int64_t total,
                           int32_t *message, struct mt940_error *error);

/* Lists struct mt940_journal in order of customer, slot and sequence; `customer` NULL = all, `slot` 0 = each. */
int mt940_flow_journal(struct mt940_flow *flow, const struct mt940_view *customer, int64_t slot,
                       mt940_record_sink sink, void *sink_user, struct mt940_error *error);

/* A total rebuilt from its journal and from its documents. Valid during the call. */
typedef int (*mt940_dbs_audit_sink)(void *sink_user, const struct mt940_customer_bank *record,
                                    const struct mt940_dbs_audit *audit);

/*
 * Audits every bank record that is marked DBS, has a total or a journal, in order; `*faulty` (may be NULL)
 * counts those with faults. It reads many records one after the other: what others write
 * meanwhile can look like a fault, and goes away when the audit is run again.
 */
int mt940_flow_dbs_audit(struct mt940_flow *flow, mt940_dbs_audit_sink sink, void *sink_user, size_t *faulty,
                         struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif

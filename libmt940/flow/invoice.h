/* SPDX-License-Identifier: Apache-2.0
 *
 * flow/invoice.h: one event of an invoice in the making: what was read, what was decided, what
 * will be written. Lives in the scratch memory of one attempt.
 */
#ifndef MT940_FLOW_INVOICE_H
#define MT940_FLOW_INVOICE_H

#include "flow/ask.h"
#include "flow/plan.h"
#include "mt940connect/customer_bank.h"
#include "mt940connect/invoice.h"

struct mt940_invoice_work {
    struct mt940_flow *flow;
    const struct mt940_invoice_request *request;
    int32_t event; /* enum mt940_dbs_event */
    /* What was read. */
    struct mt940_company company;
    struct mt940_invoice before; /* as stored */
    bool exists;
    struct mt940_customer customer;
    bool has_customer;
    struct mt940_found banks;    /* of the customer, from the store: it keeps the totals */
    struct mt940_found accounts; /* own bank accounts */
    struct mt940_found rates;
    struct mt940_found old_rows;
    struct mt940_found old_closings; /* what a return had closed */
    struct mt940_found targets;      /* rows of the invoices a return names, in order of due date */
    /* What it becomes. */
    struct mt940_invoice invoice;
    struct mt940_payment *rows;
    size_t row_count;
    bool *target_changed;
    struct mt940_closing *closings; /* what a return closes */
    size_t closing_count;
    struct mt940_dbs_notice *notices;
    size_t notice_count, notice_capacity;
    struct mt940_dbs_effect *effects;
    size_t effect_count, effect_capacity;
    struct mt940_dbs_figure *figures;
    size_t figure_count;
    int32_t outcome;
};

/* invoice_read.c: reads everything the event is decided on. A missing record is a notice, not a failure. */
int mt940_invoice_read(struct mt940_invoice_work *work);
void mt940_invoice_end(struct mt940_invoice_work *work);
/* Whether these books are the store's own records, whose revisions can be guarded. */
bool mt940_invoice_own_books(const struct mt940_flow *flow, const void *user);

/* invoice_decide.c: what the event would write, and whether it may. */
int mt940_invoice_decide(struct mt940_invoice_work *work);
/* Adds a notice about the invoice as a whole. */
void mt940_invoice_notify(struct mt940_invoice_work *work, int32_t message);

/* invoice_return.c: a sales return and the invoice it names (decision 28). */
int mt940_invoice_undo_return(struct mt940_invoice_work *work);
int mt940_invoice_close_return(struct mt940_invoice_work *work);
/* Key of the closings of a return: no slip id can be the same. */
int mt940_invoice_return_key(struct mt940_flow *flow, const struct mt940_view *number, struct mt940_view *out);

/* invoice.c: the parts of an event that openings share. */
int32_t mt940_invoice_event(const struct mt940_invoice_request *request);
int mt940_invoice_check_request(const struct mt940_flow *flow, const struct mt940_invoice_request *request,
                                mt940_invoice_sink sink, struct mt940_error *error);
int mt940_invoice_tell(const struct mt940_invoice_work *work, int32_t saved, mt940_invoice_sink sink, void *sink_user);
/* Reads, decides and writes until nobody else was faster, a bounded number of times; empties the scratch memory. */
int mt940_invoice_carry_out(struct mt940_flow *flow, const struct mt940_invoice_request *request,
                            mt940_invoice_sink sink, void *sink_user);

/* invoice_write.c: makes the batch, for the caller to end; and writes it. */
void mt940_invoice_plan(struct mt940_invoice_work *work, struct mt940_plan *plan);
int mt940_invoice_write(struct mt940_invoice_work *work, struct mt940_batch_result *result);

#endif

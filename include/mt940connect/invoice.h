/* SPDX-License-Identifier: Apache-2.0
 *
 * invoice.h: invoices (fatura) through a flow: the payment rows they bring, the DBS limits they
 * touch, and the decision: proceed, warn or block. An event is first checked and then committed
 * with the consents a person gave; at the commit everything is read and decided again.
 * Conventions as in flow.h. @since 0.1
 * Source: R74-R97, decisions 21-30, turkish-banking §3.6; docs/invoice.md.
 */
#ifndef MT940CONNECT_INVOICE_H
#define MT940CONNECT_INVOICE_H

#include "mt940connect/flow.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What happens to an invoice. */
enum mt940_invoice_verb {
    MT940_INVOICE_ADD = 1,      /* new; a sales return closes the invoice it names (decision 28) */
    MT940_INVOICE_CHANGE = 2,   /* the old amounts go, the new ones come; checked on the net */
    MT940_INVOICE_CANCEL = 3,   /* refused while a part of it is paid (decision 25) */
    MT940_INVOICE_RESTORE = 4,  /* a cancellation undone; checked */
    MT940_INVOICE_WITHDRAW = 5, /* out of DBS: the open part leaves the total (decision 27) */
    MT940_INVOICE_OPENING = 6   /* at go-live, with what was paid before, without a check (decision 30) */
};

enum mt940_invoice_flag {
    MT940_INVOICE_CHECK = 0x1 /* decide and tell, write nothing */
};

/* Most payment rows one invoice may have. */
#define MT940_INVOICE_ROWS 10000

struct mt940_invoice_request {
    size_t size;
    int32_t verb;   /* enum mt940_invoice_verb */
    uint32_t flags; /* bits of enum mt940_invoice_flag */
    /*
     * ADD, CHANGE, OPENING: all of it but company, affects_risk, state and actor, which the flow
     * sets. CANCEL, RESTORE: the number. WITHDRAW: the number, and payment_type if the rows are
     * to become another type than TRANSFER.
     */
    const struct mt940_invoice *invoice;
    /* How it is paid; see mt940_dbs_document. ADD, CHANGE and OPENING only. */
    const struct mt940_dbs_plan_line *plan;
    size_t plan_count;
    int32_t instalments;
    int32_t interval_months;
    int32_t interval_days;
    int32_t reserved;
    struct mt940_view bank_account;
    struct mt940_view branch;
    /* What a person accepted (decision 29). */
    const struct mt940_dbs_consent *consents;
    size_t consent_count;
};

/* What was decided and, perhaps, written. Valid during the call of the sink. */
struct mt940_invoice_result {
    size_t size;
    int32_t outcome; /* enum mt940_dbs_outcome; WARN: ask the person and come again with consents */
    int32_t saved;   /* 1 = written by this call */
    const struct mt940_invoice *invoice;
    const struct mt940_payment *rows; /* as they are, or would be */
    size_t row_count;
    const struct mt940_dbs_notice *notices;
    size_t notice_count;
    const struct mt940_dbs_figure *figures; /* one for each DBS total */
    size_t figure_count;
    const struct mt940_closing *closings; /* what a return closes */
    size_t closing_count;
};
typedef int (*mt940_invoice_sink)(void *sink_user, const struct mt940_invoice_result *result);

/*
 * Carries out one event of an invoice: reads, decides, and writes invoice, rows, totals with
 * their journal lines, and closings as one batch. With WARN or BLOCK nothing is written (R95).
 * `sink` is called once. The journal names the actor and each consent.
 *
 * Notices besides those of the decision: INVOICE_EXISTS, UNKNOWN_INVOICE, INVOICE_STATE,
 * INVOICE_PAID, UNKNOWN_CUSTOMER. Errors: MT940_E_ARGUMENT, MT940_E_LIMIT (too many rows),
 * MT940_E_RANGE (amounts that do not fit), those of store and books, MT940_E_CONFLICT.
 */
int mt940_flow_invoice(struct mt940_flow *flow, const struct mt940_invoice_request *request, mt940_invoice_sink sink,
                       void *sink_user, struct mt940_error *error);

/*
 * Carries out many OPENING events, for a go-live with thousands of open invoices: each is decided and written as by
 * mt940_flow_invoice(), a batch of its own, but some hundred batches are handed to the store at once, which may keep them
 * with one sync. `sink` is called once for each request, in order but for those that met another writer: they come behind
 * their group. Errors as there; what was told as saved stays.
 */
int mt940_flow_openings(struct mt940_flow *flow, const struct mt940_invoice_request *requests, size_t count,
                        mt940_invoice_sink sink, void *sink_user, struct mt940_error *error);

/* Lists invoices in order of number; `customer` (may be NULL) those of one. Changes nothing. */
int mt940_flow_invoices(struct mt940_flow *flow, const struct mt940_view *customer, mt940_record_sink sink,
                        void *sink_user, struct mt940_error *error);
/* Lists the struct mt940_payment rows of an invoice in order of line. */
int mt940_flow_invoice_rows(struct mt940_flow *flow, const struct mt940_view *number, mt940_record_sink sink,
                            void *sink_user, struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * row_ahead.h: what the books say about the customers and invoices of several rows, asked for together.
 */
#ifndef MT940_FLOW_ROW_AHEAD_H
#define MT940_FLOW_ROW_AHEAD_H

#include "flow/row.h"

/* How many customers are asked for at once. */
enum { MT940_ROW_AHEAD = 32 };

/* What was read of the customers of the rows that come next; zeroed = nothing. */
struct mt940_row_ahead {
    struct mt940_view *codes; /* scratch: whose cards; behind MT940_ROW_AHEAD of them whose open rows */
    size_t count, payer_count;
    bool is_read;
    struct mt940_found cards, banks, payments;
    struct mt940_view *invoices; /* scratch: the numbers that the rows name */
    size_t invoice_count;
    bool is_named; /* the payment rows of these are read, for whoever matches now */
    struct mt940_found named;
};

/* Asks for the payment rows of all invoices that `count` rows name, at most MT940_ROW_AHEAD; their facts were read. */
int mt940_row_ahead_invoices(struct mt940_row_ahead *ahead, struct mt940_flow *flow,
                             struct mt940_judged_row *const *rows, size_t count);
/* Asks for the cards, bank records and, where they may be closed, open rows of the customers of matched rows. */
int mt940_row_ahead_customers(struct mt940_row_ahead *ahead, struct mt940_flow *flow,
                              struct mt940_judged_row *const *rows, size_t count);
void mt940_row_ahead_end(struct mt940_row_ahead *ahead);

/* The payment rows of the invoices one of them names, into the row; where ahead->is_named. */
int mt940_row_ahead_named(const struct mt940_row_ahead *ahead, struct mt940_judged_row *row);
/* Whether a customer was asked for; then its card and bank records, and its open rows if those were, into the row. */
bool mt940_row_ahead_has(const struct mt940_row_ahead *ahead, const struct mt940_view *code);
int mt940_row_ahead_customer(const struct mt940_row_ahead *ahead, const struct mt940_view *code,
                             struct mt940_judged_row *row);
int mt940_row_ahead_payments(const struct mt940_row_ahead *ahead, const struct mt940_view *code, bool *is_known,
                             struct mt940_judged_row *row);

#endif

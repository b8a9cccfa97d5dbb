/* SPDX-License-Identifier: Apache-2.0
 *
 * row_books.h: what the books say about one movement: rows of the invoices it names, its
 * customer, slips that may be the same payment.
 */
#ifndef MT940_FLOW_ROW_BOOKS_H
#define MT940_FLOW_ROW_BOOKS_H

#include "flow/row.h"

/* Whether open rows and rows of invoices come from the store of the flow itself, with their revisions. */
bool mt940_row_payments_are_own(const struct mt940_flow *flow);
/* The same of customers and all that belongs to them. */
bool mt940_row_customers_are_own(const struct mt940_flow *flow);
/* Payment rows of the invoices the movement names, whoever's they are, into the row. */
int mt940_row_named_invoices(const struct mt940_row_frame *frame, struct mt940_judged_row *row);
/* Card and bank records of a customer, as they are now, into the row. */
int mt940_row_read_customer(const struct mt940_row_frame *frame, const struct mt940_view *code,
                            struct mt940_judged_row *row);
/*
 * Takes an automatic choice back that the books, read just now, do not bear out: the directory was the host's and may
 * be older. The row then says so.
 */
void mt940_row_recheck(const struct mt940_row_frame *frame, struct mt940_judged_row *row);
/*
 * Open payment rows of a customer into the row, in order of due dates: all, if it may close rows it does not name
 * (`is_dbs`, or the policy says so), else those of the invoices it names.
 */
int mt940_row_payments(const struct mt940_row_frame *frame, const struct mt940_view *customer, bool is_dbs,
                       struct mt940_judged_row *row);
/* What is open with the candidates of row->match, by customer and due date; one look-up. */
int mt940_row_open_of_candidates(const struct mt940_row_frame *frame, const struct mt940_judged_row *row,
                                 struct mt940_found *found);
/* Slips nobody made from a movement, of the row's account, side and amount (decision 9). */
int mt940_row_duplicates(struct mt940_row_frame *frame, struct mt940_judged_row *row);

/*
 * Recognises rows whose facts were read, at most MT940_ROW_AHEAD, and reads what the books say about all of their
 * customers: the store is asked twice, whatever their number. It is known until the next time.
 */
int mt940_row_ahead_recognise(struct mt940_row_frame *frame, struct mt940_judged_row *const *rows, size_t count);
/* The payment rows of the invoices one of them names. */
int mt940_row_ahead_named(const struct mt940_row_frame *frame, struct mt940_judged_row *row);
void mt940_row_ahead_end(struct mt940_row_frame *frame);
/* Whether a customer was asked for; then its card and bank records, and its open rows if those were, into the row. */
bool mt940_row_ahead_has(const struct mt940_row_frame *frame, const struct mt940_view *code);
int mt940_row_ahead_customer(const struct mt940_row_frame *frame, const struct mt940_view *code,
                             struct mt940_judged_row *row);
int mt940_row_ahead_payments(const struct mt940_row_frame *frame, const struct mt940_view *code, bool *is_known,
                             struct mt940_judged_row *row);

#endif

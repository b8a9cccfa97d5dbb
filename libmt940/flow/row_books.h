/* SPDX-License-Identifier: Apache-2.0
 *
 * row_books.h: what the books say about one movement: rows of the invoices it names, its
 * customer, slips that may be the same payment.
 */
#ifndef MT940_FLOW_ROW_BOOKS_H
#define MT940_FLOW_ROW_BOOKS_H

#include "flow/row_frame.h"

/* Payment rows of the invoices the movement names, whoever's they are, into the row. */
int mt940_row_named_invoices(const struct mt940_row_frame *frame, struct mt940_judged_row *row);
/* Card and bank records of a customer, as they are now, into the row. */
int mt940_row_read_customer(const struct mt940_row_frame *frame, const struct mt940_view *code,
                            struct mt940_judged_row *row);
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

#endif

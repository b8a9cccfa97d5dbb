/* SPDX-License-Identifier: Apache-2.0
 *
 * row_books.c: the look-ups a movement needs, each one batched call of the books port.
 */
#include "flow/row_books.h"

/* Open payment rows of the invoices the movement names, whoever's they are. */
int mt940_row_named_invoices(const struct mt940_row_frame *frame, const struct mt940_judged_row *row,
                               struct mt940_found *found)
{
    struct mt940_flow *flow = frame->flow;
    int status = 0;
    mt940_found_init(found, flow, MT940_KIND_PAYMENT);
    for (uint32_t i = 0; i < row->facts.invoice_count && status == 0; i++) {
        struct mt940_payment from;
        memset(&from, 0, sizeof from);
        from.company = flow->company;
        from.invoice = row->facts.invoices[i].where.text;
        status = mt940_found_end(found, flow->store.scan(flow->store.user, MT940_KIND_PAYMENT, 0, 2, &from, 0, 0,
                                                         mt940_found_add, found));
    }
    return status;
}

/* Rows of one batch: what an earlier one closes is not open for the next. */
static void see_pending(const struct mt940_plan *plan, struct mt940_found *payments)
{
    for (size_t i = 0; i < payments->count; i++) {
        struct mt940_payment *payment = mt940_found_at(payments, i);
        const struct mt940_payment *pending = mt940_plan_pending(plan, MT940_KIND_PAYMENT, payment);
        if (pending)
            payment->paid = pending->paid;
    }
}

/* Card, bank records and open rows of the customer, as they are now. */
int mt940_row_read_customer(const struct mt940_row_frame *frame, const struct mt940_view *code,
                         struct mt940_judged_row *row)
{
    struct mt940_flow *flow = frame->flow;
    struct mt940_found cards;
    const struct mt940_books *books = flow->books.customers ? &flow->books : &flow->own_books;
    mt940_found_init(&cards, flow, MT940_KIND_CUSTOMER);
    int status = mt940_found_end(&cards, books->customers(books->user, &flow->company, code, 1, mt940_found_add, &cards));
    row->has_customer = status == 0 && cards.count > 0;
    if (row->has_customer)
        row->customer = *(struct mt940_customer *)mt940_found_at(&cards, 0);
    mt940_found_free(&cards);
    if (status == 0) {
        books = flow->books.customer_banks ? &flow->books : &flow->own_books;
        status = mt940_found_end(&row->banks, books->customer_banks(books->user, &flow->company, code, 1,
                                                                    mt940_found_add, &row->banks));
    }
    if (status == 0) {
        books = flow->books.payments ? &flow->books : &flow->own_books;
        status = mt940_found_end(&row->payments, books->payments(books->user, &flow->company, code, 1,
                                                                 mt940_found_add, &row->payments));
    }
    /* A host may answer in any order; the rules of closing go by due date. */
    if (status == 0)
        status = mt940_found_sort(&row->banks, 0);
    if (status == 0)
        status = mt940_found_sort(&row->payments, MT940_PAYMENT_BY_CUSTOMER);
    if (status == 0 && frame->plan)
        see_pending(frame->plan, &row->payments);
    return status;
}

struct duplicates {
    struct mt940_flow *flow;
    struct mt940_judged_row *row;
};

/* Keeps the id alone: there may be thousands of slips of these days, and this is asked for every row. */
static int take_duplicate(void *user, const void *record)
{
    const struct duplicates *duplicates = user;
    struct mt940_judged_row *row = duplicates->row;
    const struct mt940_slip *slip = record;
    const struct mt940_slip *proposed = &row->proposal.slip;
    if (row->duplicate_count == MT940_ROW_DUPLICATES || slip->movement.length ||
        slip->bank_side != proposed->bank_side || slip->amount != proposed->amount ||
        mt940_view_equal(&slip->currency, &proposed->currency) != 1)
        return 0;
    return mt940_arena_view(&duplicates->flow->scratch, &slip->id, &row->duplicates[row->duplicate_count++]);
}

/* A slip nobody made from a movement, of this account, side and amount (decision 9). */
int mt940_row_duplicates(const struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    struct mt940_flow *flow = frame->flow;
    const struct mt940_books *books = flow->books.slips ? &flow->books : &flow->own_books;
    const struct mt940_slip *proposed = &row->proposal.slip;
    struct duplicates duplicates = {flow, row};
    struct mt940_date from, to;
    if (!frame->account || !proposed->date.year)
        return 0;
    int32_t day = mt940_date_to_days(&proposed->date);
    if (mt940_date_from_days(day - flow->duplicate_days, &from) || mt940_date_from_days(day + flow->duplicate_days, &to))
        return 0;
    return books->slips(books->user, &flow->company, &frame->account->code, &from, &to, take_duplicate, &duplicates);
}

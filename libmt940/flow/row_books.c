/* SPDX-License-Identifier: Apache-2.0
 *
 * row_books.c: the look-ups a movement needs, each one batched call of the books port.
 */
#include "flow/row_books.h"

#include "flow/own_books.h"

int mt940_row_named_invoices(const struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    struct mt940_flow *flow = frame->flow;
    const struct mt940_books *books = flow->books.invoice_payments ? &flow->books : &flow->own_books;
    struct mt940_view numbers[MT940_FACT_INVOICES];
    size_t count = 0;
    int status = 0;
    mt940_found_free(&row->named); /* a row may be matched again */
    mt940_found_init(&row->named, flow, MT940_KIND_PAYMENT);
    for (uint32_t i = 0; i < row->facts.invoice_count; i++)
        numbers[count++] = row->facts.invoices[i].where.text;
    if (frame->ahead.is_named)
        status = mt940_row_ahead_named(&frame->ahead, row);
    else if (count)
        status = mt940_found_end(&row->named, books->invoice_payments(books->user, &flow->company, numbers, count,
                                                                      mt940_found_add, &row->named));
    row->named_known = status == 0;
    return status;
}

/* Rows of one commit: what an earlier one closes is not open for the next, also when the host tells what is open. */
static void see_pending(const struct mt940_plan *plan, struct mt940_found *payments)
{
    for (size_t i = 0; plan && i < payments->count; i++) {
        struct mt940_payment *payment = mt940_found_at(payments, i);
        const struct mt940_payment *pending = mt940_plan_pending(plan, MT940_KIND_PAYMENT, payment);
        if (pending)
            payment->paid = pending->paid;
    }
}

int mt940_row_open_of_candidates(const struct mt940_row_frame *frame, const struct mt940_judged_row *row,
                                 struct mt940_found *found)
{
    struct mt940_flow *flow = frame->flow;
    const struct mt940_books *books = flow->books.payments ? &flow->books : &flow->own_books;
    struct mt940_view codes[MT940_MATCH_CANDIDATES];
    for (uint32_t i = 0; i < row->match.candidate_count; i++)
        codes[i] = row->match.candidates[i].customer;
    mt940_found_init(found, flow, MT940_KIND_PAYMENT);
    int status = mt940_found_end(found, books->payments(books->user, &flow->company, codes, row->match.candidate_count,
                                                        mt940_found_add, found));
    if (status == 0)
        status = mt940_found_sort(found, MT940_PAYMENT_BY_CUSTOMER);
    if (status == 0)
        see_pending(frame->plan, found);
    return status;
}

/* Card and bank records of the customer, as they are now. */
int mt940_row_read_customer(const struct mt940_row_frame *frame, const struct mt940_view *code,
                         struct mt940_judged_row *row)
{
    struct mt940_flow *flow = frame->flow;
    struct mt940_found cards;
    if (mt940_row_ahead_has(&frame->ahead, code)) {
        int known = mt940_row_ahead_customer(&frame->ahead, code, row);
        return known ? known : mt940_found_sort(&row->banks, 0);
    }
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
    return status ? status : mt940_found_sort(&row->banks, 0);
}

static int read_all_payments(const struct mt940_row_frame *frame, const struct mt940_view *customer,
                             struct mt940_judged_row *row)
{
    struct mt940_flow *flow = frame->flow;
    const struct mt940_books *books = flow->books.payments ? &flow->books : &flow->own_books;
    bool is_known;
    int status = mt940_row_ahead_payments(&frame->ahead, customer, &is_known, row);
    if (!is_known)
        status = mt940_found_end(&row->payments, books->payments(books->user, &flow->company, customer, 1,
                                                                 mt940_found_add, &row->payments));
    /* A host may answer in any order; the rules of closing go by due date. */
    if (status == 0)
        status = mt940_found_sort(&row->payments, MT940_PAYMENT_BY_CUSTOMER);
    if (status == 0)
        see_pending(frame->plan, &row->payments);
    return status;
}

/* The open rows of the customer among those the movement names, each once; *out tells whether one is a DBS row. */
static int take_named(const struct mt940_view *customer, struct mt940_judged_row *row, bool *out)
{
    const struct mt940_payment *before = NULL;
    int status = mt940_found_sort(&row->named, MT940_PAYMENT_BY_CUSTOMER);
    for (size_t i = 0; i < row->named.count && status == 0; i++) {
        const struct mt940_payment *payment = mt940_found_at(&row->named, i);
        bool again = before && mt940_record_compare(MT940_KIND_PAYMENT, 0, before, payment) == 0;
        before = payment;
        if (again || payment->state != MT940_DOCUMENT_STATE_ACTIVE || payment->paid == payment->amount ||
            mt940_view_equal(&payment->customer, customer) != 1)
            continue;
        *out = *out || payment->type == MT940_PAYMENT_TYPE_DBS;
        status = mt940_found_add(&row->payments, payment);
    }
    return status;
}

/*
 * Every open row of a customer is read only where one may be closed that is not named: by a DBS line, and also by one
 * that becomes DBS through the row it names; else by a policy of the host. An ordinary line closes what it names.
 */
int mt940_row_payments(const struct mt940_row_frame *frame, const struct mt940_view *customer, bool is_dbs,
                       struct mt940_judged_row *row)
{
    struct mt940_flow *flow = frame->flow;
    bool whole = is_dbs || flow->dbs.ordinary_fifo;
    bool host = !mt940_own_open_rows(flow);
    int status = 0;
    if (host && row->facts.invoice_count && !flow->books.invoice_payments)
        whole = true; /* a host that is asked for rows by customer only */
    if (!whole && row->facts.invoice_count && !row->named_known)
        status = mt940_row_named_invoices(frame, row);
    see_pending(frame->plan, &row->named);
    if (!whole && status == 0)
        status = take_named(customer, row, &whole);
    if (!whole || status)
        return status;
    row->payments.count = 0;
    return read_all_payments(frame, customer, row);
}

/* Slips of no movement, of the days that are looked at; from the store they come by date. */
struct manual_window {
    struct mt940_row_frame *frame;
    const struct mt940_date *to;
    bool by_date;
};

enum { past_window = 0x4D544D57 }; /* no sink of the flow answers so */

static int take_manual(void *user, const void *record)
{
    const struct manual_window *window = user;
    const struct mt940_slip *slip = record;
    if (window->by_date && mt940_date_compare(&slip->date, window->to) > 0)
        return past_window;
    if (slip->movement.length || slip->state != MT940_DOCUMENT_STATE_ACTIVE)
        return 0;
    return mt940_found_add(&window->frame->manual, slip);
}

/*
 * Reads the slips nobody made from a movement, dated from..to, behind those that are known. In the store they stand
 * apart: every movement of those days has a slip, and reading them all again cost more than judging.
 */
static int read_manual(struct mt940_row_frame *frame, const struct mt940_date *from, const struct mt940_date *to)
{
    struct mt940_flow *flow = frame->flow;
    struct manual_window window = {frame, to, true};
    struct mt940_slip first;
    int status;
    if (!mt940_own_slips(flow)) {
        window.by_date = false; /* a host answers in any order */
        status = flow->books.slips(flow->books.user, &flow->company, &frame->account->code, from, to, take_manual,
                                   &window);
    } else {
        memset(&first, 0, sizeof first);
        first.company = flow->company;
        first.bank_account = frame->account->code;
        first.date = *from;
        status = flow->store.scan(flow->store.user, MT940_KIND_SLIP, MT940_SLIP_BY_ORIGIN, 3, &first, 1, 0, take_manual,
                                  &window);
        status = status == past_window ? 0 : status;
    }
    return frame->manual.status ? frame->manual.status : status;
}

static bool window_of(const struct mt940_row_frame *frame, const struct mt940_date *first, const struct mt940_date *last,
                      struct mt940_date *from, struct mt940_date *to)
{
    int32_t days = frame->flow->duplicate_days;
    return first->year && last->year && mt940_date_from_days(mt940_date_to_days(first) - days, from) == 0 &&
           mt940_date_from_days(mt940_date_to_days(last) + days, to) == 0;
}

/* The slips of all days of the statement at once: asked for every row, thousands would be read again and again. */
static int read_all_manual(struct mt940_row_frame *frame)
{
    struct mt940_date from, to;
    if (frame->manual_known)
        return 0;
    mt940_found_free(&frame->manual);
    mt940_found_init(&frame->manual, frame->flow, MT940_KIND_SLIP);
    mt940_row_frame_swap(frame);
    int status = window_of(frame, &frame->first_day, &frame->last_day, &from, &to) ? read_manual(frame, &from, &to) : 0;
    mt940_row_frame_swap(frame);
    frame->manual_known = status == 0;
    return status;
}

static int take_duplicates(const struct mt940_row_frame *frame, struct mt940_judged_row *row,
                           const struct mt940_date *from, const struct mt940_date *to)
{
    const struct mt940_slip *proposed = &row->proposal.slip;
    int status = 0;
    for (size_t i = 0; i < frame->manual.count && row->duplicate_count < MT940_ROW_DUPLICATES && status == 0; i++) {
        const struct mt940_slip *slip = mt940_found_at(&frame->manual, i);
        if (slip->bank_side == proposed->bank_side && slip->amount == proposed->amount &&
            mt940_view_equal(&slip->currency, &proposed->currency) == 1 && mt940_date_compare(&slip->date, from) >= 0 &&
            mt940_date_compare(&slip->date, to) <= 0 &&
            !(frame->plan && mt940_plan_pending(frame->plan, MT940_KIND_SLIP, slip)))
            status = mt940_arena_view(&frame->flow->scratch, &slip->id, &row->duplicates[row->duplicate_count++]);
    }
    return status;
}

/* A slip nobody made from a movement, of this account, side and amount (decision 9). */
int mt940_row_duplicates(struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    const struct mt940_date *day = &row->proposal.slip.date;
    struct mt940_date from, to;
    if (!frame->account || !window_of(frame, day, day, &from, &to))
        return 0;
    int status = read_all_manual(frame);
    if (status)
        return status;
    if (mt940_date_compare(day, &frame->first_day) >= 0 && mt940_date_compare(day, &frame->last_day) <= 0)
        return take_duplicates(frame, row, &from, &to);
    /* A date of the user's, outside of the statement: asked for this row alone. */
    struct mt940_found shared = frame->manual;
    mt940_found_init(&frame->manual, frame->flow, MT940_KIND_SLIP);
    status = read_manual(frame, &from, &to);
    if (status == 0)
        status = take_duplicates(frame, row, &from, &to);
    mt940_found_free(&frame->manual);
    frame->manual = shared;
    return status;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * row_ahead.c: cards, bank records and open rows of several customers, and the rows of several
 * invoices, asked for together. Must not know why they are wanted.
 */
#include "flow/row_ahead.h"

#include "flow/books.h"
#include "flow/own_books.h"

static bool is_among(const struct mt940_view *codes, size_t count, const struct mt940_view *code)
{
    for (size_t i = 0; i < count; i++)
        if (mt940_view_equal(&codes[i], code) == 1)
            return true;
    return false;
}

static void add_code(struct mt940_view *codes, size_t *count, const struct mt940_view *code)
{
    if (code->length && *count < MT940_ROW_AHEAD && !is_among(codes, *count, code))
        codes[(*count)++] = *code;
}

/* Notes whom a recognised row is about. */
static int want(struct mt940_row_ahead *ahead, struct mt940_flow *flow, const struct mt940_judged_row *row)
{
    size_t room = MT940_ROW_AHEAD;
    if (!ahead->codes)
        ahead->codes = mt940_arena_alloc(&flow->scratch, 2 * room * sizeof *ahead->codes);
    if (!ahead->codes)
        return flow->scratch.status;
    add_code(ahead->codes, &ahead->count, &row->match.customer);
    /* The others close what they name, if anything; a rule's mark is known only later, so these rows ask again. */
    if ((row->facts.kinds & MT940_FACT_DBS) || flow->dbs.ordinary_fifo)
        add_code(ahead->codes + room, &ahead->payer_count, &row->match.customer);
    return 0;
}

static int take_open(void *user, const void *record)
{
    return mt940_books_is_open(record) ? mt940_found_add(user, record) : 0;
}

/* All in one call; each list has its own failure. */
static int read_own(struct mt940_row_ahead *ahead, struct mt940_flow *flow)
{
    const struct mt940_books_look looks[] = {
        {MT940_KIND_CUSTOMER, 0, ahead->codes, ahead->count, mt940_found_add, &ahead->cards},
        {MT940_KIND_CUSTOMER_BANK, 0, ahead->codes, ahead->count, mt940_found_add, &ahead->banks},
        {MT940_KIND_PAYMENT, MT940_PAYMENT_BY_CUSTOMER, ahead->codes + MT940_ROW_AHEAD, ahead->payer_count, take_open,
         &ahead->payments},
    };
    int status = mt940_books_look_up(&flow->store, &flow->company, looks, sizeof looks / sizeof *looks);
    status = mt940_found_end(&ahead->cards, status);
    status = mt940_found_end(&ahead->banks, status);
    return mt940_found_end(&ahead->payments, status);
}

static int read_host(struct mt940_row_ahead *ahead, struct mt940_flow *flow)
{
    const struct mt940_books *cards = flow->books.customers ? &flow->books : &flow->own_books;
    const struct mt940_books *banks = flow->books.customer_banks ? &flow->books : &flow->own_books;
    const struct mt940_books *payments = flow->books.payments ? &flow->books : &flow->own_books;
    int status = mt940_found_end(&ahead->cards, cards->customers(cards->user, &flow->company, ahead->codes, ahead->count,
                                                                 mt940_found_add, &ahead->cards));
    if (status == 0)
        status = mt940_found_end(&ahead->banks, banks->customer_banks(banks->user, &flow->company, ahead->codes,
                                                                      ahead->count, mt940_found_add, &ahead->banks));
    if (ahead->payer_count && status == 0)
        status = mt940_found_end(&ahead->payments,
                                 payments->payments(payments->user, &flow->company, ahead->codes + MT940_ROW_AHEAD,
                                                    ahead->payer_count, mt940_found_add, &ahead->payments));
    return status;
}

/* Asks for all that were noted: the store in one call, a host in one for each kind of record. */
static int read_wanted(struct mt940_row_ahead *ahead, struct mt940_flow *flow)
{
    int status = 0;
    mt940_found_init(&ahead->cards, flow, MT940_KIND_CUSTOMER);
    mt940_found_init(&ahead->banks, flow, MT940_KIND_CUSTOMER_BANK);
    mt940_found_init(&ahead->payments, flow, MT940_KIND_PAYMENT);
    if (ahead->count) /* none would ask for all */
        status = mt940_own_customers(flow) ? read_own(ahead, flow) : read_host(ahead, flow);
    ahead->is_read = status == 0;
    return status;
}

/* --- invoices --- */

static int want_invoices(struct mt940_row_ahead *ahead, struct mt940_flow *flow, const struct mt940_judged_row *row)
{
    size_t room = MT940_ROW_AHEAD * MT940_FACT_INVOICES;
    if (!ahead->invoices)
        ahead->invoices = mt940_arena_alloc(&flow->scratch, room * sizeof *ahead->invoices);
    if (!ahead->invoices)
        return flow->scratch.status;
    for (uint32_t i = 0; i < row->facts.invoice_count; i++) {
        const struct mt940_view *number = &row->facts.invoices[i].where.text;
        if (ahead->invoice_count < room && !is_among(ahead->invoices, ahead->invoice_count, number))
            ahead->invoices[ahead->invoice_count++] = *number;
    }
    return 0;
}

/* Asks for the payment rows of all of them, if the store has them itself: a host may know a number in other writing. */
static int read_invoices(struct mt940_row_ahead *ahead, struct mt940_flow *flow)
{
    const struct mt940_books_look look = {MT940_KIND_PAYMENT, 0, ahead->invoices, ahead->invoice_count, mt940_found_add,
                                          &ahead->named};
    mt940_found_init(&ahead->named, flow, MT940_KIND_PAYMENT);
    if (!mt940_own_payments(flow))
        return 0;
    int status = mt940_found_end(&ahead->named, mt940_books_look_up(&flow->store, &flow->company, &look, 1));
    ahead->is_named = status == 0;
    return status;
}

int mt940_row_ahead_named(const struct mt940_row_ahead *ahead, struct mt940_judged_row *row)
{
    const struct mt940_found *named = &ahead->named;
    int status = 0;
    for (uint32_t i = 0; i < row->facts.invoice_count; i++) {
        for (size_t j = 0; j < named->count && status == 0; j++) {
            const struct mt940_payment *payment = mt940_found_at(named, j);
            if (mt940_view_equal(&payment->invoice, &row->facts.invoices[i].where.text) == 1)
                status = mt940_found_take(&row->named, payment);
        }
    }
    return status;
}

/* --- rows --- */

int mt940_row_ahead_invoices(struct mt940_row_ahead *ahead, struct mt940_flow *flow,
                             struct mt940_judged_row *const *rows, size_t count)
{
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++)
        status = want_invoices(ahead, flow, rows[i]);
    return status ? status : read_invoices(ahead, flow);
}

int mt940_row_ahead_customers(struct mt940_row_ahead *ahead, struct mt940_flow *flow,
                              struct mt940_judged_row *const *rows, size_t count)
{
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++)
        status = want(ahead, flow, rows[i]);
    return status ? status : read_wanted(ahead, flow);
}

void mt940_row_ahead_end(struct mt940_row_ahead *ahead)
{
    mt940_found_free(&ahead->cards);
    mt940_found_free(&ahead->banks);
    mt940_found_free(&ahead->payments);
    mt940_found_free(&ahead->named);
    memset(ahead, 0, sizeof *ahead);
}

bool mt940_row_ahead_has(const struct mt940_row_ahead *ahead, const struct mt940_view *code)
{
    return ahead->is_read && is_among(ahead->codes, ahead->count, code);
}

int mt940_row_ahead_customer(const struct mt940_row_ahead *ahead, const struct mt940_view *code,
                             struct mt940_judged_row *row)
{
    int status = 0;
    row->has_customer = false;
    for (size_t i = 0; i < ahead->cards.count && !row->has_customer; i++) {
        const struct mt940_customer *card = mt940_found_at(&ahead->cards, i);
        row->has_customer = mt940_view_equal(&card->code, code) == 1;
        if (row->has_customer)
            row->customer = *card;
    }
    for (size_t i = 0; i < ahead->banks.count && status == 0; i++) {
        const struct mt940_customer_bank *bank = mt940_found_at(&ahead->banks, i);
        if (mt940_view_equal(&bank->customer, code) == 1)
            status = mt940_found_take(&row->banks, bank);
    }
    return status;
}

int mt940_row_ahead_payments(const struct mt940_row_ahead *ahead, const struct mt940_view *code, bool *is_known,
                             struct mt940_judged_row *row)
{
    int status = 0;
    *is_known = ahead->is_read && ahead->payer_count > 0 &&
                is_among(ahead->codes + MT940_ROW_AHEAD, ahead->payer_count, code);
    for (size_t i = 0; *is_known && i < ahead->payments.count && status == 0; i++) {
        const struct mt940_payment *payment = mt940_found_at(&ahead->payments, i);
        if (mt940_view_equal(&payment->customer, code) == 1)
            status = mt940_found_take(&row->payments, payment);
    }
    return status;
}

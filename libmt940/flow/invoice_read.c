/* SPDX-License-Identifier: Apache-2.0
 *
 * invoice_read.c: reads what an invoice event is decided on: the invoice with its rows, the
 * customer, its bank records with their totals, own accounts, rates, and for a return the rows
 * of the invoice it names. Must not decide anything.
 */
#include "base/sort.h"
#include "flow/invoice.h"
#include "flow/rates.h"

bool mt940_invoice_own_books(const struct mt940_flow *flow, const void *user)
{
    return user == flow->own_books.user;
}

static int read_rows_of(struct mt940_flow *flow, const struct mt940_view *invoice, struct mt940_found *found)
{
    struct mt940_payment from;

    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.invoice = *invoice;
    return mt940_ask_scan(flow, MT940_KIND_PAYMENT, 0, 2, &from, found);
}

static int read_before(struct mt940_invoice_work *work)
{
    struct mt940_invoice key;
    int status;

    memset(&key, 0, sizeof key);
    key.company = work->flow->company;
    key.number = work->request->invoice->number;
    status = mt940_ask_get(work->flow, MT940_KIND_INVOICE, &key, &work->before);
    work->exists = status == 0;
    if (status == 0)
        return read_rows_of(work->flow, &key.number, &work->old_rows);
    return status == MT940_E_NOT_FOUND ? 0 : status;
}

/* What the invoice will be, before the rows have their say. */
static void set_after(struct mt940_invoice_work *work)
{
    const struct mt940_invoice *asked = work->request->invoice;

    if (work->event == MT940_DBS_EVENT_INVOICE_CANCEL || work->event == MT940_DBS_EVENT_INVOICE_RESTORE ||
        work->event == MT940_DBS_EVENT_WITHDRAWN) {
        work->invoice = work->before;
        if (!work->exists)
            work->invoice.number = asked->number;
    } else {
        work->invoice = *asked;
        if (work->invoice.currency.length == 0)
            work->invoice.currency = work->company.local_currency;
    }
    work->invoice.company = work->flow->company;
    work->invoice.actor = work->flow->actor;
    work->invoice.state = work->event == MT940_DBS_EVENT_INVOICE_CANCEL ? MT940_DOCUMENT_STATE_CANCELLED
                                                                        : MT940_DOCUMENT_STATE_ACTIVE;
}

static int read_customer(struct mt940_invoice_work *work)
{
    struct mt940_flow *flow = work->flow;
    const struct mt940_books *books = flow->books.customers ? &flow->books : &flow->own_books;
    struct mt940_customer_bank from;
    struct mt940_found found;
    int status;

    mt940_found_init(&found, flow, MT940_KIND_CUSTOMER);
    status = mt940_found_end(&found, books->customers(books->user, &flow->company, &work->invoice.customer, 1,
                                                      mt940_found_add, &found));
    work->has_customer = status == 0 && found.count > 0;
    if (work->has_customer)
        work->customer = *(struct mt940_customer *)mt940_found_at(&found, 0);
    mt940_found_free(&found);
    if (status || !work->has_customer)
        return status;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.customer = work->invoice.customer;
    return mt940_ask_scan(flow, MT940_KIND_CUSTOMER_BANK, 0, 2, &from, &work->banks);
}

static int read_accounts(struct mt940_invoice_work *work)
{
    struct mt940_flow *flow = work->flow;
    const struct mt940_books *books = flow->books.bank_accounts ? &flow->books : &flow->own_books;

    mt940_found_init(&work->accounts, flow, MT940_KIND_BANK_ACCOUNT);
    return mt940_found_end(&work->accounts, books->bank_accounts(books->user, &flow->company, mt940_found_add,
                                                                 &work->accounts));
}

static int by_due_date(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_found *found = context;
    const struct mt940_payment *first = mt940_found_at(found, a), *second = mt940_found_at(found, b);
    int order = mt940_date_compare(&first->due_date, &second->due_date);

    return order ? order : mt940_record_compare(MT940_KIND_PAYMENT, 0, first, second);
}

static int sort_targets(struct mt940_invoice_work *work)
{
    struct mt940_found *found = &work->targets;
    struct mt940_arena *scratch = &work->flow->scratch;
    uint32_t *order = mt940_arena_alloc(scratch, (2 * found->count + 1) * sizeof *order);
    struct mt940_payment *sorted = mt940_arena_alloc(scratch, (found->count + 1) * sizeof *sorted);

    work->target_changed = mt940_arena_alloc(scratch, found->count + 1);
    if (!order || !sorted || !work->target_changed)
        return scratch->status;
    for (size_t i = 0; i < found->count; i++)
        order[i] = (uint32_t)i;
    mt940_sort(order, order + found->count, found->count, by_due_date, found);
    for (size_t i = 0; i < found->count; i++)
        sorted[i] = *(struct mt940_payment *)mt940_found_at(found, order[i]);
    if (found->count > 0)
        memcpy(found->records, sorted, found->count * sizeof *sorted);
    return 0;
}

static int add_targets(struct mt940_invoice_work *work, const struct mt940_view *invoice)
{
    struct mt940_found rows = {0};
    int status;

    if (invoice->length == 0)
        return 0;
    status = read_rows_of(work->flow, invoice, &rows);
    for (size_t i = 0; i < rows.count && status == 0; i++)
        status = mt940_found_add(&work->targets, mt940_found_at(&rows, i));
    mt940_found_free(&rows);
    return status;
}

static int read_return(struct mt940_invoice_work *work)
{
    struct mt940_closing from;
    int status;

    mt940_found_init(&work->targets, work->flow, MT940_KIND_PAYMENT);
    mt940_found_init(&work->old_closings, work->flow, MT940_KIND_CLOSING);
    if (work->invoice.kind != MT940_INVOICE_KIND_SALE_RETURN || work->event == MT940_DBS_EVENT_OPENING)
        return 0;
    memset(&from, 0, sizeof from);
    from.company = work->flow->company;
    status = mt940_invoice_return_key(work->flow, &work->invoice.number, &from.slip);
    if (status == 0)
        status = mt940_ask_scan(work->flow, MT940_KIND_CLOSING, 0, 2, &from, &work->old_closings);
    if (status == 0)
        status = add_targets(work, &work->invoice.returns);
    if (status == 0 && work->exists && !mt940_view_equal(&work->before.returns, &work->invoice.returns))
        status = add_targets(work, &work->before.returns);
    return status ? status : sort_targets(work);
}

int mt940_invoice_read(struct mt940_invoice_work *work)
{
    int status = mt940_ask_company(work->flow, &work->company);

    mt940_found_init(&work->old_rows, work->flow, MT940_KIND_PAYMENT);
    mt940_found_init(&work->banks, work->flow, MT940_KIND_CUSTOMER_BANK);
    if (status == 0)
        status = read_before(work);
    set_after(work);
    if (status == 0)
        status = read_customer(work);
    if (status == 0)
        status = read_accounts(work);
    if (status == 0)
        status = mt940_rates_read(work->flow, &work->company, &work->invoice.currency, work->invoice.rate,
                                  &work->invoice.date, &work->banks, &work->rates);
    return status ? status : read_return(work);
}

void mt940_invoice_end(struct mt940_invoice_work *work)
{
    mt940_found_free(&work->banks);
    mt940_found_free(&work->accounts);
    mt940_found_free(&work->rates);
    mt940_found_free(&work->old_rows);
    mt940_found_free(&work->old_closings);
    mt940_found_free(&work->targets);
}

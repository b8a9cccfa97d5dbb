/* SPDX-License-Identifier: Apache-2.0
 *
 * wish.c: walks the rows and the orders of a bank side by side, in one pass over each, and asks
 * the pure room what the bank is to be told. A row that is settled and of which the bank was told
 * nothing, or which it is done with, can bring no news and is not read. Must not write anything.
 */
#include "flow/wish.h"

#include <string.h>

int mt940_wish_check_bank(const struct mt940_view *bank, struct mt940_error *error)
{
    bool is_code = bank->length == 4;

    for (size_t i = 0; is_code && i < 4; i++)
        is_code = mt940_ascii_is_digit(bank->data[i]);
    return is_code ? 0 : mt940_fail(error, MT940_E_ARGUMENT, 0, "a bank is four digits");
}

/* Whether a row can be one of the bank's; a row that names no bank is a stray. */
static bool is_wanted(const struct mt940_wishes *wishes, const struct mt940_payment *row, bool *is_stray)
{
    char bank[5];

    *is_stray = false;
    if (row->state != MT940_DOCUMENT_STATE_ACTIVE || row->type != MT940_PAYMENT_TYPE_DBS || row->amount <= 0)
        return false;
    *is_stray = mt940_dbs_bank_of(&row->branch, bank) != 0;
    return !*is_stray && memcmp(bank, wishes->bank.data, 4) == 0;
}

static int take_row(void *user, const void *record)
{
    struct mt940_wishes *wishes = user;
    const struct mt940_payment *row = record;
    bool is_stray;

    if (is_wanted(wishes, row, &is_stray))
        return mt940_found_add(&wishes->rows, row);
    return is_stray && row->amount != row->paid ? mt940_found_add(&wishes->strays, row) : 0;
}

/* What a bank that holds a row may have said last while it may still act on it (dbs/order.c). */
static const int64_t waiting[] = {MT940_DBS_ORDER_STATE_SENT,        MT940_DBS_ORDER_STATE_ACCEPTED,
                                  MT940_DBS_ORDER_STATE_REJECTED,    MT940_DBS_ORDER_STATE_UNPAID,
                                  MT940_DBS_ORDER_STATE_PARTLY_PAID, MT940_DBS_ORDER_STATE_PAYMENT_CANCELLED};

static int read_orders(struct mt940_wishes *wishes)
{
    const struct mt940_store *store = &wishes->flow->store;
    struct mt940_dbs_order from;
    int status = 0;

    memset(&from, 0, sizeof from);
    from.company = wishes->flow->company;
    from.bank = wishes->bank;
    if (wishes->all)
        return store->scan(store->user, MT940_KIND_DBS_ORDER, 0, 2, &from, 0, 0, mt940_found_add, &wishes->orders);
    from.held = 1;
    for (size_t i = 0; i < sizeof waiting / sizeof waiting[0] && status == 0; i++) {
        from.state = waiting[i];
        status = store->scan(store->user, MT940_KIND_DBS_ORDER, MT940_DBS_ORDER_BY_STATE, 4, &from, 0, 0,
                             mt940_found_add, &wishes->orders);
    }
    return status;
}

/* An order answered between two of the scans is met twice; the later reading counts. */
static int sort_orders(struct mt940_found *orders)
{
    int status = mt940_found_sort(orders, 0);
    size_t kept = 0;

    for (size_t i = 0; i < orders->count && status == 0; i++) {
        const struct mt940_dbs_order *order = mt940_found_at(orders, i);

        if (kept > 0 && mt940_record_compare(MT940_KIND_DBS_ORDER, 0, mt940_found_at(orders, kept - 1), order) == 0)
            kept--;
        memmove(mt940_found_at(orders, kept++), order, sizeof *order);
    }
    if (status == 0)
        orders->count = kept;
    return status;
}

static int read_rows(struct mt940_wishes *wishes)
{
    const struct mt940_store *store = &wishes->flow->store;
    struct mt940_payment from;

    memset(&from, 0, sizeof from);
    from.company = wishes->flow->company;
    from.type = MT940_PAYMENT_TYPE_DBS;
    return wishes->all ? store->scan(store->user, MT940_KIND_PAYMENT, 0, 1, &from, 0, 0, take_row, wishes)
                       : store->scan(store->user, MT940_KIND_PAYMENT, MT940_PAYMENT_BY_SETTLED, 3, &from, 0, 0,
                                     take_row, wishes);
}

int mt940_wishes_read(struct mt940_wishes *wishes, struct mt940_flow *flow, const struct mt940_view *bank, int32_t all)
{
    int status;

    memset(wishes, 0, sizeof *wishes);
    wishes->flow = flow;
    wishes->bank = *bank;
    wishes->all = all;
    mt940_found_init(&wishes->rows, flow, MT940_KIND_PAYMENT);
    mt940_found_init(&wishes->strays, flow, MT940_KIND_PAYMENT);
    mt940_found_init(&wishes->orders, flow, MT940_KIND_DBS_ORDER);
    status = mt940_found_end(&wishes->orders, read_orders(wishes));
    if (status == 0 && !all)
        status = sort_orders(&wishes->orders);
    if (status == 0)
        status = read_rows(wishes);
    status = mt940_found_end(&wishes->strays, status);
    return mt940_found_end(&wishes->rows, status);
}

/* What the bank itself collected of a row: closings by marked lines of slips that stand. */
static int sum_collected(struct mt940_flow *flow, const struct mt940_payment *row, int64_t *out)
{
    struct mt940_closing from;
    struct mt940_found closings;
    int status;

    *out = 0;
    if (row->paid == row->opening_paid)
        return 0;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.invoice = row->invoice;
    from.payment = row->line;
    status = mt940_ask_scan(flow, MT940_KIND_CLOSING, MT940_CLOSING_BY_PAYMENT, 3, &from, &closings);
    for (size_t i = 0; i < closings.count && status == 0; i++) {
        const struct mt940_closing *closing = mt940_found_at(&closings, i);
        struct mt940_slip_line key, line;

        if (closing->state != MT940_DOCUMENT_STATE_ACTIVE)
            continue;
        memset(&key, 0, sizeof key);
        key.company = flow->company;
        key.slip = closing->slip;
        key.line = closing->line;
        status = mt940_ask_get(flow, MT940_KIND_SLIP_LINE, &key, &line);
        if (status == 0 && line.dbs && closing->amount > 0 && *out > INT64_MAX - closing->amount)
            status = MT940_E_RANGE;
        else if (status == 0 && line.dbs)
            *out += closing->amount;
        else if (status == MT940_E_NOT_FOUND) /* a return closes without a slip */
            status = 0;
    }
    mt940_found_free(&closings);
    return status;
}

/* A row without its invoice is nothing a bank could be told of: its kind is unknown. */
static int read_invoice(struct mt940_wishes *wishes, const struct mt940_payment *row)
{
    struct mt940_invoice key;
    int status;

    if (wishes->invoice.number.length > 0 && mt940_view_equal(&wishes->invoice.number, &row->invoice))
        return 0;
    memset(&key, 0, sizeof key);
    key.company = wishes->flow->company;
    key.number = row->invoice;
    memset(&wishes->invoice, 0, sizeof wishes->invoice);
    status = mt940_ask_get(wishes->flow, MT940_KIND_INVOICE, &key, &wishes->invoice);
    return status == MT940_E_NOT_FOUND ? 0 : status;
}

/* Order of invoice, then line: that of both keys. */
static int compare(const struct mt940_payment *row, const struct mt940_dbs_order *order)
{
    size_t common = row->invoice.length < order->invoice.length ? row->invoice.length : order->invoice.length;
    int result = common > 0 ? memcmp(row->invoice.data, order->invoice.data, common) : 0;

    if (result == 0 && row->invoice.length != order->invoice.length)
        result = row->invoice.length < order->invoice.length ? -1 : 1;
    if (result == 0 && row->line != order->line)
        result = row->line < order->line ? -1 : 1;
    return result;
}

/* The next of both lists; false at the end. */
static bool advance(struct mt940_wishes *wishes, struct mt940_wish_item *out)
{
    const struct mt940_payment *row =
        wishes->next_row < wishes->rows.count ? mt940_found_at(&wishes->rows, wishes->next_row) : NULL;
    const struct mt940_dbs_order *order =
        wishes->next_order < wishes->orders.count ? mt940_found_at(&wishes->orders, wishes->next_order) : NULL;
    int side = row && order ? compare(row, order) : row ? -1 : 1;

    out->row = row && side <= 0 ? row : NULL;
    out->order = order && side >= 0 ? order : NULL;
    wishes->next_row += out->row != NULL;
    wishes->next_order += out->order != NULL;
    return out->row || out->order;
}

/* A settled row of an order the bank may still act on: paid some other way, cancelled, withdrawn, moved; or none. */
static int read_row_of(struct mt940_wishes *wishes, struct mt940_wish_item *item)
{
    struct mt940_payment key;
    bool is_stray;
    int status;

    memset(&key, 0, sizeof key);
    key.company = wishes->flow->company;
    key.invoice = item->order->invoice;
    key.line = item->order->line;
    status = mt940_ask_get(wishes->flow, MT940_KIND_PAYMENT, &key, &wishes->row);
    if (status == 0 && is_wanted(wishes, &wishes->row, &is_stray))
        item->row = &wishes->row;
    return status == MT940_E_NOT_FOUND ? 0 : status;
}

/* What the bank was told of an open row and holds no more, or says is over. */
static int read_order_of(struct mt940_wishes *wishes, struct mt940_wish_item *item)
{
    struct mt940_dbs_order key;
    int status;

    memset(&key, 0, sizeof key);
    key.company = wishes->flow->company;
    key.bank = wishes->bank;
    key.invoice = item->row->invoice;
    key.line = item->row->line;
    status = mt940_ask_get(wishes->flow, MT940_KIND_DBS_ORDER, &key, &wishes->order);
    if (status == 0)
        item->order = &wishes->order;
    return status == MT940_E_NOT_FOUND ? 0 : status;
}

int mt940_wishes_next(struct mt940_wishes *wishes, struct mt940_wish_item *out)
{
    int status = 0;

    memset(out, 0, sizeof *out);
    if (!advance(wishes, out))
        return 0;
    if (!wishes->all && !out->row)
        status = read_row_of(wishes, out);
    else if (!wishes->all && !out->order)
        status = read_order_of(wishes, out);
    if (status)
        return status;
    out->wish.size = sizeof out->wish;
    out->wish.row = out->row;
    out->wish.order = out->order;
    out->wish.again = wishes->again;
    if (out->row)
        status = read_invoice(wishes, out->row);
    out->wish.invoice = out->row ? &wishes->invoice : NULL;
    if (status == 0 && out->row)
        status = sum_collected(wishes->flow, out->row, &out->wish.collected);
    if (status == 0)
        status = mt940_dbs_order_decide(&out->wish, &out->told, &out->record);
    return status ? status : 1;
}

void mt940_wishes_end(struct mt940_wishes *wishes)
{
    mt940_found_free(&wishes->rows);
    mt940_found_free(&wishes->orders);
    mt940_found_free(&wishes->strays);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * order.c: what a bank is to be told of a payment row, from the row as it is and from what the
 * bank was told before (R117, decision 25). So a change or a cancellation needs no mark: the next
 * file finds the difference. Must not know files and runs.
 */
#include <string.h>

#include "base/export.h"
#include "base/failure.h"
#include "base/view.h"
#include "dbs/money.h"
#include "mt940connect/bank_branch.h"
#include "mt940connect/dbs_exchange.h"

MT940_EXPORT int mt940_dbs_bank_of(const struct mt940_view *branch, char out[5])
{
    struct mt940_bank_branch code;
    char text[11];

    if (mt940_bank_branch_parse(branch->data, branch->length, &code) != 0 ||
        mt940_bank_branch_format(&code, text) != 0)
        return MT940_E_FORMAT;
    memcpy(out, text, 4);
    out[4] = '\0';
    return 0;
}

MT940_EXPORT size_t mt940_dbs_reference(const struct mt940_view *invoice, int64_t line, char *out, size_t capacity)
{
    char number[40] = "";
    size_t digits = line == 1 ? 0 : (size_t)mt940_decimal_format(line, 0, 0, number) + 1, used = 0;
    const struct mt940_view parts[] = {*invoice, mt940_view_of("-", digits > 0), mt940_view_of(number, digits ? digits - 1 : 0)};

    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && capacity > 0; i++) {
        size_t length = parts[i].length < capacity - 1 - used ? parts[i].length : capacity - 1 - used;

        if (length > 0)
            memcpy(out + used, parts[i].data, length);
        used += length;
    }
    if (capacity > 0)
        out[used] = '\0';
    return invoice->length + digits;
}

/* The bank has done with the row: nothing more to tell. */
static bool is_over(int64_t state)
{
    return state == MT940_DBS_ORDER_STATE_PAID || state == MT940_DBS_ORDER_STATE_OFFSET ||
           state == MT940_DBS_ORDER_STATE_DISCOUNTED;
}

static bool is_alive(const struct mt940_dbs_wish *wish)
{
    const struct mt940_payment *row = wish->row;
    const struct mt940_invoice *invoice = wish->invoice;

    return row && row->state == MT940_DOCUMENT_STATE_ACTIVE && row->type == MT940_PAYMENT_TYPE_DBS && row->amount > 0 &&
           invoice->state == MT940_DOCUMENT_STATE_ACTIVE && invoice->kind == MT940_INVOICE_KIND_SALE;
}

static bool is_as_told(const struct mt940_dbs_order *order, const struct mt940_dbs_order *now)
{
    return order->amount == now->amount && mt940_date_compare(&order->due_date, &now->due_date) == 0 &&
           order->slot == now->slot && mt940_view_equal(&order->bank_account, &now->bank_account) && mt940_view_equal(&order->currency, &now->currency) &&
           mt940_view_equal(&order->customer, &now->customer);
}

static bool is_rejected(const struct mt940_dbs_order *order, int64_t record)
{
    return order->record == record && order->state == MT940_DBS_ORDER_STATE_REJECTED;
}

/* The order as it would be told now; `already` is what the bank collected since it was told first. */
static int describe(const struct mt940_dbs_wish *wish, bool is_held, struct mt940_dbs_order *out, int64_t *open,
                    int64_t *already)
{
    const struct mt940_payment *row = wish->row;

    memset(out, 0, sizeof *out);
    if (wish->order)
        *out = *wish->order;
    out->invoice = row->invoice;
    out->line = row->line;
    out->customer = row->customer;
    out->slot = row->slot;
    out->bank_account = row->bank_account;
    out->invoice_date = wish->invoice->date;
    out->due_date = row->due_date;
    out->currency = row->currency;
    if (!is_held)
        out->collected = wish->collected;
    return mt940_money_subtract(row->amount, row->paid, open) &&
                   mt940_money_subtract(wish->collected, out->collected, already) &&
                   mt940_money_add(*open, *already, &out->amount)
               ? 0
               : MT940_E_RANGE;
}

static int32_t decide_held(const struct mt940_dbs_wish *wish, const struct mt940_dbs_order *now, int64_t open,
                           int64_t already)
{
    const struct mt940_dbs_order *order = wish->order;
    bool cancel_refused = is_rejected(order, MT940_DBS_ORDER_RECORD_CANCEL);

    if (is_over(order->state))
        return 0;
    if (!is_alive(wish) || (open <= 0 && already <= 0))
        return cancel_refused && !wish->again ? 0 : MT940_DBS_ORDER_RECORD_CANCEL;
    if (!is_as_told(order, now) || cancel_refused)
        return MT940_DBS_ORDER_RECORD_UPDATE;
    return wish->again && is_rejected(order, MT940_DBS_ORDER_RECORD_UPDATE) ? MT940_DBS_ORDER_RECORD_UPDATE : 0;
}

static int32_t decide_new(const struct mt940_dbs_wish *wish, const struct mt940_dbs_order *now, int64_t open)
{
    if (!is_alive(wish) || open <= 0)
        return 0;
    if (wish->order && is_rejected(wish->order, MT940_DBS_ORDER_RECORD_NEW) && is_as_told(wish->order, now) &&
        !wish->again)
        return 0;
    return MT940_DBS_ORDER_RECORD_NEW;
}

MT940_EXPORT int mt940_dbs_order_decide(const struct mt940_dbs_wish *wish, struct mt940_dbs_order *out,
                                        int32_t *record)
{
    struct mt940_dbs_order now;
    int64_t open = 0, already = 0;
    bool is_held;

    if (!wish || mt940_check_size(wish, wish->size, sizeof *wish, sizeof *wish) != 0 || !out || !record ||
        (wish->row && !wish->invoice))
        return MT940_E_ARGUMENT;
    is_held = wish->order && wish->order->held;
    if (wish->row && describe(wish, is_held, &now, &open, &already) != 0)
        return MT940_E_RANGE;
    *record = is_held ? decide_held(wish, &now, open, already) : decide_new(wish, &now, open);
    if (*record == 0)
        return 0;
    *out = *record == MT940_DBS_ORDER_RECORD_CANCEL ? *wish->order : now;
    out->record = *record;
    out->held = *record != MT940_DBS_ORDER_RECORD_CANCEL;
    out->state = MT940_DBS_ORDER_STATE_SENT;
    out->code = out->text = (struct mt940_view){NULL, 0};
    out->answered_at = 0;
    if (*record == MT940_DBS_ORDER_RECORD_NEW)
        out->paid = 0;
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * change.c: what a change of an invoice may do to rows that are paid in part, and how a row
 * leaves DBS (decisions 25 and 27). Must not know totals.
 */
#include <string.h>

#include "base/export.h"
#include "dbs/money.h"
#include "mt940connect/dbs.h"

MT940_EXPORT int mt940_dbs_row_open(const struct mt940_payment *row, int64_t *open)
{
    int64_t left, whole;

    if (row->type != MT940_PAYMENT_TYPE_DBS || row->state != MT940_DOCUMENT_STATE_ACTIVE) {
        *open = 0;
        return 0;
    }
    if (!mt940_money_subtract(row->amount, row->paid, &left) ||
        !mt940_money_subtract(row->amount, row->opening_paid, &whole))
        return MT940_E_RANGE;
    if (whole == 0) {
        *open = 0;
        return 0;
    }
    return mt940_money_share(row->dbs_amount, left, whole, open) ? 0 : MT940_E_RANGE;
}

MT940_EXPORT int mt940_dbs_row_withdraw(struct mt940_payment *row, int64_t type, int64_t *delta)
{
    int64_t open;
    int status;

    if (type == MT940_PAYMENT_TYPE_DBS)
        return MT940_E_ARGUMENT;
    *delta = 0;
    if (row->type != MT940_PAYMENT_TYPE_DBS || row->state != MT940_DOCUMENT_STATE_ACTIVE)
        return 0;
    status = mt940_dbs_row_open(row, &open);
    if (status != 0)
        return status;
    row->type = type;
    row->dbs_amount -= open;
    *delta = -open;
    return 0;
}

static const struct mt940_payment *find_line(const struct mt940_payment *rows, size_t count, int64_t line, size_t hint)
{
    if (hint < count && rows[hint].line == line)
        return &rows[hint];
    for (size_t i = 0; i < count; i++)
        if (rows[i].line == line)
            return &rows[i];
    return NULL;
}

/* What a slip closed or lowered must still be there to be undone. */
static bool keeps(const struct mt940_payment *old, const struct mt940_payment *row)
{
    bool same_total = old->type != MT940_PAYMENT_TYPE_DBS || old->slot == row->slot;

    return mt940_view_equal(&old->customer, &row->customer) && mt940_view_equal(&old->currency, &row->currency) &&
           (old->type == MT940_PAYMENT_TYPE_DBS) == (row->type == MT940_PAYMENT_TYPE_DBS) && same_total &&
           (old->amount < 0) == (row->amount < 0) && mt940_money_size(row->amount) >= mt940_money_size(old->paid);
}

/* Whether a change must respect the row: it is paid in part, or left DBS with a part in its total. */
static bool binds(const struct mt940_payment *row)
{
    return row->state == MT940_DOCUMENT_STATE_ACTIVE && row->paid != 0;
}

static int carry_row(const struct mt940_payment *old, struct mt940_payment *row)
{
    int64_t whole = row->amount - old->opening_paid;

    row->paid = old->paid;
    row->opening_paid = old->opening_paid;
    if (old->type != MT940_PAYMENT_TYPE_DBS) {
        row->slot = old->slot;
        row->dbs_amount = old->dbs_amount;
        return 0;
    }
    if (old->opening_paid == 0)
        return 0;
    return mt940_money_share(row->dbs_amount, whole, row->amount, &row->dbs_amount) ? 0 : MT940_E_RANGE;
}

static void refuse(const struct mt940_payment *row, int64_t paid, struct mt940_dbs_notice *notice)
{
    memset(notice, 0, sizeof(*notice));
    notice->message = MT940_M_INVOICE_PAID;
    notice->outcome = MT940_DBS_BLOCK;
    notice->customer = row->customer;
    notice->invoice = row->invoice;
    notice->currency = row->currency;
    notice->paid = paid;
}

MT940_EXPORT int mt940_dbs_rows_carry(const struct mt940_payment *old_rows, size_t old_count,
                                      struct mt940_payment *new_rows, size_t new_count, struct mt940_dbs_notice *notice,
                                      size_t *notice_count)
{
    const struct mt940_payment *refused = NULL;
    int64_t paid = 0;

    if ((old_count > 0 && !old_rows) || (new_count > 0 && !new_rows) || !notice || !notice_count)
        return MT940_E_ARGUMENT;
    for (size_t i = 0; i < old_count; i++) {
        const struct mt940_payment *row;

        if (!binds(&old_rows[i]))
            continue;
        if (!mt940_money_add(paid, old_rows[i].paid, &paid))
            return MT940_E_RANGE;
        row = find_line(new_rows, new_count, old_rows[i].line, i);
        if (!row || !keeps(&old_rows[i], row))
            refused = &old_rows[i];
    }
    *notice_count = refused != NULL;
    if (refused) {
        refuse(refused, paid < 0 ? -paid : paid, notice);
        return 0;
    }
    for (size_t i = 0; i < old_count; i++) {
        int status = 0;

        if (binds(&old_rows[i]))
            status = carry_row(&old_rows[i], &new_rows[find_line(new_rows, new_count, old_rows[i].line, i) - new_rows]);
        if (status != 0)
            return status;
    }
    return 0;
}

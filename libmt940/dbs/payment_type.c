/* SPDX-License-Identifier: Apache-2.0
 *
 * payment_type.c: what makes a payment row DBS, and in which of the two risks it stands
 * (R73-R80, decision 21). Must not know bank records and limits.
 */
#include "base/export.h"
#include "base/failure.h"
#include "dbs/money.h"
#include "mt940connect/dbs.h"

MT940_EXPORT int64_t mt940_payment_type_of_row(int64_t plan_type, int64_t invoice_type, int64_t customer_type)
{
    if (plan_type != MT940_PAYMENT_TYPE_NONE)
        return plan_type;
    return invoice_type != MT940_PAYMENT_TYPE_NONE ? invoice_type : customer_type;
}

MT940_EXPORT int64_t mt940_payment_affects_risk(const struct mt940_payment *row)
{
    return row->type != MT940_PAYMENT_TYPE_DBS;
}

MT940_EXPORT int64_t mt940_invoice_affects_risk(const struct mt940_payment *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (mt940_payment_affects_risk(&rows[i]))
            return 1;
    return count == 0;
}

MT940_EXPORT int mt940_risk_sum(const struct mt940_payment *rows, size_t count, const struct mt940_view *currency,
                                struct mt940_risk *out)
{
    int64_t sums[2] = {0, 0};

    if (!currency || !out || (count > 0 && !rows) || mt940_check_size(out, out->size, sizeof(*out), sizeof(*out)) != 0)
        return MT940_E_ARGUMENT;
    for (size_t i = 0; i < count; i++) {
        int64_t *sum = &sums[mt940_payment_affects_risk(&rows[i])];
        int64_t open;

        if (rows[i].state != MT940_DOCUMENT_STATE_ACTIVE || !mt940_view_equal(&rows[i].currency, currency))
            continue;
        if (!mt940_money_subtract(rows[i].amount, rows[i].paid, &open) || !mt940_money_add(*sum, open, sum))
            return MT940_E_RANGE;
    }
    out->dbs = sums[0];
    out->ordinary = sums[1];
    return 0;
}

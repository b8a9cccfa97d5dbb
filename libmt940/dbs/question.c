/* SPDX-License-Identifier: Apache-2.0
 *
 * question.c: what a credit manager asks: how much may still be sold, how full a limit is, who
 * crossed a threshold, how old the open DBS rows are, and the sums of it. Must not decide anything.
 */
#include <string.h>

#include "base/export.h"
#include "base/failure.h"
#include "dbs/money.h"
#include "mt940connect/dbs.h"

MT940_EXPORT int mt940_dbs_available(const struct mt940_customer_bank *record, int64_t *out)
{
    return mt940_money_subtract(record->dbs_limit, record->dbs_total, out) ? 0 : MT940_E_RANGE;
}

MT940_EXPORT int mt940_dbs_utilisation(const struct mt940_customer_bank *record, int32_t *out)
{
    uint64_t parts;

    if (record->dbs_limit <= 0)
        return MT940_E_NOT_FOUND;
    if (record->dbs_total <= 0)
        *out = 0;
    else if (mt940_scale((uint64_t)record->dbs_total, 1, (uint64_t)record->dbs_limit, 4, MT940_ROUND_DOWN, &parts) &&
             parts < INT32_MAX)
        *out = (int32_t)parts;
    else
        *out = INT32_MAX;
    return 0;
}

/* Last day of each age after the option period. */
static const struct {
    int32_t days;
    int32_t age;
} ages[] = {{30, MT940_DBS_AGE_30}, {60, MT940_DBS_AGE_60}, {90, MT940_DBS_AGE_90}};

static int32_t age_of(const struct mt940_date *due, int32_t today, int32_t option_days)
{
    int64_t overdue;

    if (!mt940_date_is_valid(due))
        return MT940_DBS_AGE_NOT_DUE;
    overdue = (int64_t)today - mt940_date_to_days(due);
    if (overdue <= 0)
        return MT940_DBS_AGE_NOT_DUE;
    if (overdue <= option_days)
        return MT940_DBS_AGE_OPTION;
    for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++)
        if (overdue - option_days <= ages[i].days)
            return ages[i].age;
    return MT940_DBS_AGE_OLDER;
}

MT940_EXPORT int mt940_dbs_age_rows(const struct mt940_payment *rows, size_t count, int64_t slot,
                                    const struct mt940_date *today, int32_t option_days, struct mt940_dbs_ageing *out)
{
    struct mt940_dbs_ageing ageing = {.size = sizeof(ageing)};
    int32_t day;

    if ((count > 0 && !rows) || !today || !mt940_date_is_valid(today) || option_days < 0 || !out ||
        mt940_check_size(out, out->size, sizeof(*out), sizeof(*out)) != 0)
        return MT940_E_ARGUMENT;
    day = mt940_date_to_days(today);
    for (size_t i = 0; i < count; i++) {
        int32_t age = age_of(&rows[i].due_date, day, option_days);
        int64_t open;
        int status = mt940_dbs_row_open(&rows[i], &open);

        if (status == 0 && !mt940_money_add(ageing.open[age], slot == 0 || rows[i].slot == slot ? open : 0,
                                            &ageing.open[age]))
            status = MT940_E_RANGE;
        if (status != 0)
            return status;
        ageing.rows[age] += open != 0 && (slot == 0 || rows[i].slot == slot);
    }
    *out = ageing;
    return 0;
}

MT940_EXPORT int mt940_dbs_crossed(const struct mt940_customer_bank *record, int32_t parts)
{
    uint64_t threshold;

    if (record->dbs_total <= 0)
        return 0;
    if (record->dbs_limit <= 0 || parts <= 0)
        return 1;
    /* total >= limit * parts / 10000, the quotient rounded up. */
    if (!mt940_scale((uint64_t)record->dbs_limit, (uint64_t)parts, 10000, 0, MT940_ROUND_DOWN, &threshold))
        return 0;
    if ((uint64_t)record->dbs_total != threshold)
        return (uint64_t)record->dbs_total > threshold;
    return (uint64_t)record->dbs_limit % 10000 * (uint64_t)parts % 10000 == 0;
}

static int add_ageing(struct mt940_dbs_ageing *sum, const struct mt940_dbs_ageing *ageing)
{
    for (int age = 0; age < MT940_DBS_AGES; age++) {
        if (!mt940_money_add(sum->open[age], ageing->open[age], &sum->open[age]))
            return MT940_E_RANGE;
        sum->rows[age] += ageing->rows[age];
    }
    return 0;
}

MT940_EXPORT int mt940_dbs_sum_add(struct mt940_dbs_sum *sum, const struct mt940_customer_bank *record,
                                   const struct mt940_dbs_ageing *ageing)
{
    struct mt940_customer_bank whole = {.revision = 0};
    struct mt940_dbs_sum after;
    int64_t available;

    if (!sum || !record || mt940_check_size(sum, sum->size, sizeof(*sum), sizeof(*sum)) != 0)
        return MT940_E_ARGUMENT;
    after = *sum;
    if (mt940_dbs_available(record, &available) != 0 || available == INT64_MIN ||
        !mt940_money_add(sum->limit, record->dbs_limit, &after.limit) ||
        !mt940_money_add(sum->total, record->dbs_total, &after.total) ||
        !mt940_money_add(sum->sellable, available > 0 ? available : 0, &after.sellable) ||
        !mt940_money_add(sum->excess, available < 0 ? -available : 0, &after.excess) ||
        (ageing && add_ageing(&after.ageing, ageing) != 0))
        return MT940_E_RANGE;
    after.records++;
    after.over += available < 0;
    whole.dbs_limit = after.limit;
    whole.dbs_total = after.total;
    if (mt940_dbs_utilisation(&whole, &after.utilisation) != 0)
        after.utilisation = -1;
    *sum = after;
    return 0;
}

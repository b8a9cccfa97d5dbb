/* SPDX-License-Identifier: Apache-2.0
 *
 * question.c: what a credit manager asks: how much may still be sold, how full a limit is, how
 * old the open DBS rows are. Must not decide anything.
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

/* SPDX-License-Identifier: Apache-2.0
 *
 * what_if.c: several sales one after the other, each decided on what the ones before would leave.
 * Decides by decision.c. Must not know documents.
 */
#include "base/export.h"
#include "base/failure.h"
#include "dbs/branch.h"
#include "mt940connect/dbs.h"

/* Index of a record; the records stand in order of customer and slot. */
static size_t find_record(const struct mt940_dbs_check *check, const struct mt940_dbs_sale *sale)
{
    size_t low = 0, high = check->bank_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct mt940_customer_bank *bank = &check->banks[middle];
        int order = mt940_dbs_slot_compare(&bank->customer, bank->slot, &sale->customer, sale->slot);

        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return check->bank_count;
}

static int decide_one(const struct mt940_dbs_check *given, const struct mt940_dbs_sale *sale,
                      struct mt940_dbs_figure *figure, int64_t *totals, int32_t *outcome)
{
    const struct mt940_dbs_effect effect = {.customer = sale->customer, .slot = sale->slot, .delta = sale->amount,
                                            .event = MT940_DBS_EVENT_INVOICE};
    struct mt940_dbs_check check = *given;
    struct mt940_customer_bank bank;
    size_t index = find_record(given, sale), count;
    int status;

    check.effects = &effect;
    check.effect_count = 1;
    check.bank_count = 0;
    if (index < given->bank_count) {
        bank = given->banks[index];
        bank.dbs_total = totals[index];
        check.banks = &bank;
        check.bank_count = 1;
    }
    status = mt940_dbs_decide(&check, figure, 1, &count, outcome);
    if (status == 0 && index < given->bank_count)
        totals[index] = figure->after;
    return status;
}

MT940_EXPORT int mt940_dbs_what_if(const struct mt940_dbs_check *check, const struct mt940_dbs_sale *sales,
                                   size_t count, struct mt940_dbs_figure *figures, int64_t *totals, int32_t *outcome)
{
    const size_t known = sizeof(*check);
    int32_t strictest = MT940_DBS_PROCEED;

    if (!check || mt940_check_size(check, check->size, known, known) != 0 || (count > 0 && (!sales || !figures)) ||
        (check->bank_count > 0 && !totals) || !outcome || mt940_dbs_banks_check(check->banks, check->bank_count) != 0)
        return MT940_E_ARGUMENT;
    for (size_t i = 0; i < check->bank_count; i++)
        totals[i] = check->banks[i].dbs_total;
    for (size_t i = 0; i < count; i++) {
        int32_t one = MT940_DBS_PROCEED;
        int status = decide_one(check, &sales[i], &figures[i], totals, &one);

        if (status != 0)
            return status;
        strictest = one > strictest ? one : strictest;
    }
    *outcome = strictest;
    return 0;
}

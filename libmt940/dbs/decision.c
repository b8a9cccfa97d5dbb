/* SPDX-License-Identifier: Apache-2.0
 *
 * decision.c: proceed, warn or block (R70-R72, R92-R97, decisions 25, 26 and 29), on the totals
 * after the whole document. Pure: the store's ceiling guards the instant of writing.
 */
#include "base/export.h"
#include "base/failure.h"
#include "dbs/branch.h"
#include "dbs/money.h"
#include "mt940connect/dbs.h"

static int set_figures(const struct mt940_dbs_check *check, const struct mt940_customer_bank *bank,
                       const struct mt940_dbs_effect *effect, struct mt940_dbs_figure *figure)
{
    *figure = (struct mt940_dbs_figure){
        .customer = effect->customer, .slot = effect->slot, .delta = effect->delta, .event = effect->event};
    if (!bank)
        return 0;
    figure->branch = bank->branch;
    figure->currency = bank->currency.length > 0 ? bank->currency : check->local_currency;
    figure->limit = bank->dbs_limit;
    figure->before = bank->dbs_total;
    figure->control = (int32_t)bank->dbs_control;
    if (!mt940_money_add(figure->before, figure->delta, &figure->after))
        return MT940_E_RANGE;
    if (figure->after > figure->limit && !mt940_money_subtract(figure->after, figure->limit, &figure->excess))
        return MT940_E_RANGE;
    return 0;
}

/* Above the limit: what the record's control says about an event of this kind. */
static void judge_excess(struct mt940_dbs_figure *figure)
{
    bool guarded = mt940_dbs_event_is_checked(figure->event) == 1;

    if (figure->control == MT940_DBS_CONTROL_PROCEED)
        return;
    figure->message = MT940_M_OVER_LIMIT;
    if (!guarded)
        return;
    figure->outcome = figure->control == MT940_DBS_CONTROL_BLOCK ? MT940_DBS_BLOCK : MT940_DBS_WARN;
    if (figure->outcome == MT940_DBS_BLOCK)
        figure->message = MT940_M_LIMIT_BLOCKED;
}

static void judge(const struct mt940_customer_bank *bank, struct mt940_dbs_figure *figure)
{
    if (!bank || (!bank->dbs && figure->delta > 0 && mt940_dbs_event_is_checked(figure->event))) {
        figure->message = MT940_M_NOT_A_DBS_SLOT;
        figure->outcome = MT940_DBS_BLOCK;
        return;
    }
    if (figure->delta > 0 && figure->excess > 0)
        judge_excess(figure);
    else if (figure->delta < 0 && figure->after < 0)
        figure->message = MT940_M_TOTAL_NEGATIVE;
}

static void hear_consents(const struct mt940_dbs_check *check, struct mt940_dbs_figure *figure)
{
    struct mt940_dbs_notice notice;

    if (figure->outcome != MT940_DBS_WARN || check->consent_count == 0)
        return;
    mt940_dbs_figure_notice(figure, &notice);
    if (mt940_dbs_consented(&notice, check->consents, check->consent_count)) {
        figure->outcome = MT940_DBS_PROCEED;
        figure->consented = 1;
    }
}

static int check_arguments(const struct mt940_dbs_check *check)
{
    const size_t known = sizeof(*check);

    if (!check || mt940_check_size(check, check->size, known, known) != 0 ||
        (check->effect_count > 0 && !check->effects) || (check->consent_count > 0 && !check->consents))
        return MT940_E_ARGUMENT;
    for (size_t i = 1; i < check->effect_count; i++)
        if (mt940_dbs_slot_compare(&check->effects[i - 1].customer, check->effects[i - 1].slot,
                                   &check->effects[i].customer, check->effects[i].slot) >= 0)
            return MT940_E_ARGUMENT;
    return mt940_dbs_banks_check(check->banks, check->bank_count);
}

/* The record of an effect, NULL when there is none. Both stand in one order, so *at only moves on. */
static const struct mt940_customer_bank *find_bank(const struct mt940_dbs_check *check,
                                                   const struct mt940_dbs_effect *effect, size_t *at)
{
    for (; *at < check->bank_count; ++*at) {
        const struct mt940_customer_bank *bank = &check->banks[*at];
        int order = mt940_dbs_slot_compare(&bank->customer, bank->slot, &effect->customer, effect->slot);

        if (order >= 0)
            return order == 0 ? bank : NULL;
    }
    return NULL;
}

MT940_EXPORT int mt940_dbs_decide(const struct mt940_dbs_check *check, struct mt940_dbs_figure *figures,
                                  size_t capacity, size_t *count, int32_t *outcome)
{
    int32_t strictest = MT940_DBS_PROCEED;
    size_t at = 0;
    int status = check_arguments(check);

    if (status != 0 || !figures || !count || !outcome)
        return status != 0 ? status : MT940_E_ARGUMENT;
    if (check->effect_count > capacity)
        return MT940_E_LIMIT;
    for (size_t i = 0; i < check->effect_count; i++) {
        const struct mt940_customer_bank *bank = find_bank(check, &check->effects[i], &at);

        status = set_figures(check, bank, &check->effects[i], &figures[i]);
        if (status != 0)
            return status;
        judge(bank, &figures[i]);
        hear_consents(check, &figures[i]);
        if (figures[i].outcome > strictest)
            strictest = figures[i].outcome;
    }
    *count = check->effect_count;
    *outcome = strictest;
    return 0;
}

MT940_EXPORT int mt940_dbs_figure_notice(const struct mt940_dbs_figure *figure, struct mt940_dbs_notice *out)
{
    if (figure->message == 0)
        return 0;
    *out = (struct mt940_dbs_notice){
        .message = figure->message, .outcome = figure->outcome, .slot = figure->slot, .customer = figure->customer,
        .branch = figure->branch, .currency = figure->currency, .limit = figure->limit, .before = figure->before,
        .amount = figure->delta, .after = figure->after, .excess = figure->excess};
    return 1;
}

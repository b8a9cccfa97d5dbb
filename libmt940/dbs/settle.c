/* SPDX-License-Identifier: Apache-2.0
 *
 * settle.c: a customer line of a slip as a whole: is it DBS, whose total it lowers and by how
 * much, what it closes (R99-R105, decisions 23 and 24). Puts together what branch.c and
 * closing.c know. Must not know statements.
 */

#include <stdbool.h>

#include "base/export.h"
#include "base/failure.h"
#include "dbs/branch.h"
#include "mt940connect/closing.h"

static const struct mt940_view *currency_of(const struct mt940_company *company, const struct mt940_customer_bank *bank)
{
    return bank->currency.length > 0 ? &bank->currency : &company->local_currency;
}

MT940_EXPORT int mt940_dbs_line_amount(const struct mt940_company *company, const struct mt940_customer_bank *bank,
                                       const struct mt940_slip_line *line, const struct mt940_rate *rates,
                                       size_t rate_count, int64_t *out)
{
    struct mt940_dbs_conversion conversion = {.size = sizeof(conversion)};

    if (!company || !bank || !line || !out || (rate_count > 0 && !rates))
        return MT940_E_ARGUMENT;
    conversion.units = line->amount;
    conversion.from = line->currency;
    conversion.to = *currency_of(company, bank);
    conversion.local = company->local_currency;
    conversion.from_rate = line->rate;
    for (size_t i = rate_count; i-- > 0;) {
        if (mt940_view_equal(&rates[i].currency, &conversion.to))
            conversion.to_rate = rates[i].rate;
        if (line->rate <= 0 && mt940_view_equal(&rates[i].currency, &conversion.from))
            conversion.from_rate = rates[i].rate;
    }
    return mt940_dbs_convert(&conversion, out);
}

static struct mt940_closing_request request_of(const struct mt940_dbs_settlement *settlement,
                                               const struct mt940_slip_line *line, bool is_dbs, int64_t slot)
{
    return (struct mt940_closing_request){
        .size = sizeof(struct mt940_closing_request), .company = line->company, .slip = line->slip, .line = line->line,
        .customer = line->customer, .currency = line->currency, .amount = line->amount, .slot = slot,
        .outgoing = settlement->outgoing, .dbs = is_dbs, .value_date = line->value_date,
        .invoices = settlement->invoices, .invoice_count = settlement->invoice_count};
}

/* The record found without looking at what the line closes; NULL when there is none. */
static const struct mt940_customer_bank *find_record(const struct mt940_dbs_settlement *settlement, int64_t closed_slot)
{
    const struct mt940_dbs_collection collection = {
        .size = sizeof(collection), .banks = settlement->banks, .bank_count = settlement->bank_count,
        .chosen_branch = settlement->chosen_branch, .account_branch = settlement->account_branch,
        .matched_slot = settlement->matched_slot, .closed_slot = closed_slot};
    int32_t source;
    size_t index;

    return mt940_dbs_line_record(&collection, &index, &source) == 0 ? &settlement->banks[index] : NULL;
}

/* A line that nothing but its closings can make DBS is planned as an ordinary one first. */
static bool is_dbs_line(const struct mt940_dbs_settlement *settlement, const struct mt940_closing_plan *plan)
{
    if (settlement->outgoing)
        return false;
    return settlement->recognised || settlement->chosen == MT940_DBS_MARK_YES || mt940_closing_plan_is_dbs(plan);
}

static int plan_line(const struct mt940_dbs_policy *policy, const struct mt940_dbs_settlement *settlement,
                     const struct mt940_slip_line *line, bool is_dbs, int64_t slot, struct mt940_closing *closings,
                     size_t capacity, struct mt940_closing_plan *plan)
{
    struct mt940_closing_request request = request_of(settlement, line, is_dbs, slot);

    return mt940_closing_plan_make(policy, &request, settlement->rows, settlement->row_count, closings, capacity, plan);
}

static void notify(int32_t message, int32_t outcome, const struct mt940_slip_line *line,
                   const struct mt940_view *branch, struct mt940_dbs_notice *notice)
{
    *notice = (struct mt940_dbs_notice){.message = message, .outcome = outcome, .slot = line->dbs_slot,
                                        .customer = line->customer, .branch = *branch, .currency = line->currency,
                                        .amount = line->amount, .date = line->value_date};
}

/* Sets what the line takes off; without a record the slip is saved and no total changes (decision 23). */
static int mark_line(const struct mt940_dbs_settlement *settlement, const struct mt940_customer_bank *record,
                     struct mt940_slip_line *line, struct mt940_dbs_notice *notices, size_t *notice_count)
{
    const struct mt940_view *branch =
        settlement->chosen_branch.length > 0 ? &settlement->chosen_branch : &settlement->account_branch;
    int status;

    line->dbs = 1;
    if (!record) {
        notify(MT940_M_NO_DBS_SLOT, MT940_DBS_PROCEED, line, branch, &notices[(*notice_count)++]);
        return 0;
    }
    line->branch = record->branch;
    line->dbs_slot = record->slot;
    line->dbs_currency = *currency_of(settlement->company, record);
    status = mt940_dbs_line_amount(settlement->company, record, line, settlement->rates, settlement->rate_count,
                                   &line->dbs_amount);
    if (status != MT940_E_NOT_FOUND && status != MT940_E_FORMAT)
        return status;
    notify(MT940_M_NEEDS_RATE, MT940_DBS_BLOCK, line, &record->branch, &notices[(*notice_count)++]);
    return 0;
}

static int check_arguments(const struct mt940_dbs_settlement *settlement, const struct mt940_slip_line *line,
                           const struct mt940_closing_plan *plan, const struct mt940_dbs_notice *notices,
                           const size_t *notice_count)
{
    const size_t known = sizeof(*settlement);

    if (!settlement || mt940_check_size(settlement, settlement->size, known, known) != 0 || !settlement->company ||
        !line || line->amount < 0 || !plan || plan->size != sizeof(*plan) || !notices || !notice_count ||
        mt940_dbs_banks_check(settlement->banks, settlement->bank_count) != 0)
        return MT940_E_ARGUMENT;
    return 0;
}

MT940_EXPORT int mt940_dbs_line_settle(const struct mt940_dbs_policy *policy,
                                       const struct mt940_dbs_settlement *settlement, struct mt940_slip_line *line,
                                       struct mt940_closing *closings, size_t capacity, struct mt940_closing_plan *plan,
                                       struct mt940_dbs_notice notices[MT940_DBS_SETTLEMENT_NOTICES],
                                       size_t *notice_count)
{
    struct mt940_closing_plan made = {.size = sizeof(made)};
    const struct mt940_customer_bank *record = NULL;
    struct mt940_slip_line settled;
    size_t count = 0;
    bool is_dbs;
    int status = check_arguments(settlement, line, plan, notices, notice_count);

    if (status == 0)
        status = plan_line(policy, settlement, line, false, 0, closings, capacity, &made);
    if (status != 0)
        return status;
    settled = *line;
    settled.dbs = settled.dbs_slot = settled.dbs_amount = 0;
    is_dbs = is_dbs_line(settlement, &made);
    if (is_dbs) {
        record = find_record(settlement, 0);
        status = plan_line(policy, settlement, line, true, record ? record->slot : 0, closings, capacity, &made);
        if (!record && made.slot != 0)
            record = find_record(settlement, made.slot);
    }
    if (status == 0 && is_dbs && settlement->chosen != MT940_DBS_MARK_NO)
        status = mark_line(settlement, record, &settled, notices, &count);
    if (status != 0)
        return status;
    *line = settled;
    *plan = made;
    *notice_count = count;
    return 0;
}

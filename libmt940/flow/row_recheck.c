/* SPDX-License-Identifier: Apache-2.0
 *
 * row_recheck.c: compares what chose a customer in a directory of the host's with the card and bank
 * records as they are in the books now (issue 7). Reads nothing; both are there.
 */
#include "flow/row_recheck.h"

#include "mt940connect/iban.h"

static const struct mt940_match_candidate *chosen_one(const struct mt940_match *match)
{
    for (uint32_t i = 0; i < match->candidate_count; i++)
        if (mt940_view_equal(&match->candidates[i].customer, &match->customer) == 1)
            return &match->candidates[i];
    return NULL;
}

/* The directory keeps IBANs canonical, the books as they were entered. */
static bool same_iban(const struct mt940_view *canonical, const struct mt940_view *entered)
{
    struct mt940_iban parsed = {.size = sizeof parsed};
    return mt940_view_equal(canonical, entered) == 1 ||
           (mt940_iban_parse(entered->data, entered->length, MT940_IBAN_PRINT, &parsed) == 0 &&
            mt940_view_is(*canonical, parsed.canonical));
}

static bool same_bank(const struct mt940_row_frame *frame, const struct mt940_judged_row *row, int64_t slot)
{
    struct mt940_customer_bank before;
    if (mt940_directory_customer_bank(frame->directory, &row->match.customer, slot, &before))
        return false;
    for (size_t i = 0; i < row->banks.count; i++) {
        const struct mt940_customer_bank *bank = mt940_found_at(&row->banks, i);
        if (bank->slot == slot)
            return same_iban(&before.iban, &bank->iban) && mt940_view_equal(&before.account, &bank->account) == 1 &&
                   mt940_view_equal(&before.branch, &bank->branch) == 1 && !bank->collector == !before.collector;
    }
    return false;
}

/* Names count only where nothing strong does: a firm that was renamed keeps its IBAN. */
static bool bears(const struct mt940_row_frame *frame, const struct mt940_judged_row *row,
                  const struct mt940_evidence *evidence, const struct mt940_customer *before, bool by_name)
{
    switch (evidence->kind) {
    case MT940_EVIDENCE_IBAN:
    case MT940_EVIDENCE_BANK_ACCOUNT:
        return same_bank(frame, row, evidence->slot);
    case MT940_EVIDENCE_TAX_ID:
        return !evidence->strong || mt940_view_equal(&before->tax_id, &row->customer.tax_id) == 1;
    case MT940_EVIDENCE_NAME:
    case MT940_EVIDENCE_FUZZY_NAME:
        return !by_name || mt940_view_equal(&before->name, &row->customer.name) == 1;
    default:
        return true;
    }
}

static bool still_holds(const struct mt940_row_frame *frame, const struct mt940_judged_row *row)
{
    const struct mt940_match_candidate *candidate = chosen_one(&row->match);
    struct mt940_customer before;
    bool by_name = true;
    if (!row->has_customer || !row->customer.active || !candidate ||
        mt940_directory_customer(frame->directory, &row->match.customer, &before) ||
        before.type != row->customer.type)
        return false;
    for (uint32_t i = 0; i < candidate->evidence_count; i++)
        by_name = by_name && !candidate->evidence[i].strong;
    for (uint32_t i = 0; i < candidate->evidence_count; i++)
        if (!bears(frame, row, &candidate->evidence[i], &before, by_name))
            return false;
    return true;
}

void mt940_row_recheck(const struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    struct mt940_match *match = &row->match;
    if (!frame->flow->given || match->choice != MT940_CHOICE_AUTOMATIC || still_holds(frame, row))
        return;
    mt940_row_refuse(row, MT940_M_INDEX_OUTDATED, "customer", &match->customer);
    match->decision = MT940_MATCH_SUGGEST;
    match->choice = MT940_CHOICE_NOBODY;
    match->customer = mt940_view_of(NULL, 0);
    match->slot = 0;
    row->has_customer = false;
    row->banks.count = 0;
}

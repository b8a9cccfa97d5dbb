/* SPDX-License-Identifier: Apache-2.0
 *
 * branch.c: the DBS-marked bank record of a branch, the first match winning (R82-R86), and the
 * one whose total a collection line lowers (R103, decision 23). Must not know amounts and limits.
 */
#include "dbs/branch.h"

#include "base/export.h"
#include "base/failure.h"
#include "base/view.h"
#include "mt940connect/bank_branch.h"
#include "mt940connect/closing.h"

int mt940_dbs_banks_check(const struct mt940_customer_bank *banks, size_t count)
{
    if (count > 0 && !banks)
        return MT940_E_ARGUMENT;
    for (size_t i = 1; i < count; i++)
        if (mt940_dbs_slot_compare(&banks[i - 1].customer, banks[i - 1].slot, &banks[i].customer, banks[i].slot) >= 0)
            return MT940_E_ARGUMENT;
    return 0;
}

int mt940_dbs_find_slot(const struct mt940_customer_bank *banks, size_t count, int64_t slot, size_t *index)
{
    for (size_t i = 0; i < count; i++)
        if (banks[i].slot == slot) {
            *index = i;
            return 0;
        }
    return MT940_E_NOT_FOUND;
}

static bool is_branch(const struct mt940_customer_bank *bank, const struct mt940_view *branch)
{
    return bank->dbs &&
           mt940_bank_branch_equal(bank->branch.data, bank->branch.length, branch->data, branch->length) == 1;
}

static bool is_currency(const struct mt940_customer_bank *bank, const struct mt940_view *currency,
                        const struct mt940_view *local)
{
    return mt940_view_equal(bank->currency.length > 0 ? &bank->currency : local, currency);
}

MT940_EXPORT int mt940_dbs_find_branch(const struct mt940_dbs_policy *policy, const struct mt940_customer_bank *banks,
                                       size_t count, const struct mt940_view *branch,
                                       const struct mt940_view *currency, const struct mt940_view *local,
                                       size_t *index)
{
    bool prefers = policy && policy->prefer_currency && currency && local;
    size_t first = count;

    if (!branch || branch->length == 0)
        return MT940_E_NOT_FOUND;
    for (size_t i = 0; i < count; i++) {
        if (!is_branch(&banks[i], branch))
            continue;
        if (!prefers || is_currency(&banks[i], currency, local)) {
            *index = i;
            return 0;
        }
        if (first == count)
            first = i;
    }
    if (first == count)
        return MT940_E_NOT_FOUND;
    *index = first;
    return 0;
}

/* The slot's record, if it is marked. */
static int find_marked(const struct mt940_dbs_collection *collection, int64_t slot, size_t *index)
{
    int status = slot ? mt940_dbs_find_slot(collection->banks, collection->bank_count, slot, index)
                      : MT940_E_NOT_FOUND;

    return status == 0 && !collection->banks[*index].dbs ? MT940_E_NOT_FOUND : status;
}

static int find_source(const struct mt940_dbs_collection *collection, int32_t source, size_t *index)
{
    switch (source) {
    case MT940_DBS_SOURCE_USER:
        return mt940_dbs_find_branch(NULL, collection->banks, collection->bank_count, &collection->chosen_branch, NULL,
                                     NULL, index);
    case MT940_DBS_SOURCE_ACCOUNT:
        return mt940_dbs_find_branch(NULL, collection->banks, collection->bank_count, &collection->account_branch,
                                     NULL, NULL, index);
    case MT940_DBS_SOURCE_IBAN:
        return find_marked(collection, collection->matched_slot, index);
    default:
        return find_marked(collection, collection->closed_slot, index);
    }
}

MT940_EXPORT int mt940_dbs_line_record(const struct mt940_dbs_collection *collection, size_t *index, int32_t *source)
{
    const size_t known = sizeof(*collection);
    int32_t last = MT940_DBS_SOURCE_PAYMENT;

    if (!collection || !index || !source || mt940_check_size(collection, collection->size, known, known) != 0 ||
        mt940_dbs_banks_check(collection->banks, collection->bank_count) != 0)
        return MT940_E_ARGUMENT;
    if (collection->chosen_branch.length > 0)
        last = MT940_DBS_SOURCE_USER;
    for (int32_t from = MT940_DBS_SOURCE_USER; from <= last; from++) {
        size_t found;

        if (find_source(collection, from, &found) == 0) {
            *index = found;
            *source = from;
            return 0;
        }
    }
    return MT940_E_NOT_FOUND;
}

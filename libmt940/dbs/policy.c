/* SPDX-License-Identifier: Apache-2.0
 *
 * policy.c: what the sources leave open (R91, R85, R101, decision 24), with its defaults.
 */
#include "dbs/policy.h"

#include <stdbool.h>
#include <string.h>

#include "base/export.h"
#include "base/failure.h"

static const struct mt940_dbs_policy defaults = {
    .size = sizeof(struct mt940_dbs_policy),
    .sale = 1,
    .sale_return = -1,
};

MT940_EXPORT void mt940_dbs_policy_init(struct mt940_dbs_policy *policy)
{
    *policy = defaults;
}

static bool is_factor(int32_t value)
{
    return value >= -1 && value <= 1;
}

int mt940_dbs_policy_resolve(const struct mt940_dbs_policy *given, struct mt940_dbs_policy *out)
{
    if (!given) {
        *out = defaults;
        return 0;
    }
    if (mt940_check_size(given, given->size, sizeof(*given), sizeof(*given)) != 0 || !is_factor(given->sale) ||
        !is_factor(given->sale_return) || !is_factor(given->purchase) || !is_factor(given->purchase_return))
        return MT940_E_ARGUMENT;
    *out = *given;
    return 0;
}

int32_t mt940_dbs_policy_factor(const struct mt940_dbs_policy *policy, int64_t invoice_kind)
{
    switch (invoice_kind) {
    case MT940_INVOICE_KIND_SALE:
        return policy->sale;
    case MT940_INVOICE_KIND_SALE_RETURN:
        return policy->sale_return;
    case MT940_INVOICE_KIND_PURCHASE:
        return policy->purchase;
    case MT940_INVOICE_KIND_PURCHASE_RETURN:
        return policy->purchase_return;
    default:
        return 0;
    }
}

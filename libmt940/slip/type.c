/* SPDX-License-Identifier: Apache-2.0
 *
 * type.c: what slip types ask for and how they are called here; the default bank account of a
 * manual line. Knows types only.
 */
#include "base/export.h"
#include "base/view.h"
#include "mt940connect/slip.h"

static const struct {
    int64_t type;
    int64_t opposite;
} with_customer[] = {
    {MT940_SLIP_TYPE_INCOMING_TRANSFER, MT940_SLIP_TYPE_OUTGOING_TRANSFER},
    {MT940_SLIP_TYPE_OUTGOING_TRANSFER, MT940_SLIP_TYPE_INCOMING_TRANSFER},
    {MT940_SLIP_TYPE_CURRENCY_PURCHASE, MT940_SLIP_TYPE_CURRENCY_SALE},
    {MT940_SLIP_TYPE_CURRENCY_SALE, MT940_SLIP_TYPE_CURRENCY_PURCHASE},
    {MT940_SLIP_TYPE_SERVICE_RECEIVED, MT940_SLIP_TYPE_SERVICE_RECEIVED},
    {MT940_SLIP_TYPE_SERVICE_GIVEN, MT940_SLIP_TYPE_SERVICE_GIVEN},
};

MT940_EXPORT int mt940_slip_type_needs_customer(int64_t slip_type)
{
    for (size_t i = 0; i < sizeof(with_customer) / sizeof(with_customer[0]); i++)
        if (with_customer[i].type == slip_type)
            return 1;
    return 0;
}

MT940_EXPORT int64_t mt940_slip_type_opposite(int64_t slip_type)
{
    for (size_t i = 0; i < sizeof(with_customer) / sizeof(with_customer[0]); i++)
        if (with_customer[i].type == slip_type)
            return with_customer[i].opposite;
    return slip_type;
}

/* The six types of R108 are those that name a customer. */
MT940_EXPORT int mt940_slip_default_account(int64_t slip_type, const struct mt940_customer *customer,
                                            struct mt940_view *account)
{
    if (!customer || !account || account->length > 0 || customer->default_bank_account.length == 0 ||
        !mt940_slip_type_needs_customer(slip_type))
        return 0;
    *account = customer->default_bank_account;
    return 1;
}

MT940_EXPORT const char *mt940_slip_decided_name(int32_t decided)
{
    static const char *const names[] = {NULL,        "user",     "original", "text",     "own-account", "code",
                                        "only-rule", "built-in", "reversal", "fallback"};

    return decided >= 0 && decided < (int32_t)(sizeof(names) / sizeof(names[0])) ? names[decided] : NULL;
}

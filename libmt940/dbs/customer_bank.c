/* SPDX-License-Identifier: Apache-2.0
 *
 * customer_bank.c: the bank records of a customer's card (Banka Hesap Bilgileri): what is wrong
 * with one as it is entered (R54, R55, R68), and the two Azerbaijani fields, which come from the
 * bank and may be edited (R60-R63, decision 3). Must not know invoices.
 */
#include "base/export.h"
#include "base/view.h"
#include "mt940connect/bank_branch.h"
#include "mt940connect/customer_bank.h"
#include "mt940connect/iban.h"

static struct mt940_dbs_notice *notify(struct mt940_dbs_notice *notice, int32_t message, int32_t outcome,
                                       const struct mt940_customer_bank *record)
{
    *notice = (struct mt940_dbs_notice){.message = message, .outcome = outcome, .slot = record->slot,
                                        .customer = record->customer, .branch = record->branch,
                                        .currency = record->currency};
    return notice;
}

/* Şube No is a Turkish code, so only a Turkish IBAN can contradict it. */
static bool iban_contradicts_branch(const struct mt940_customer_bank *record)
{
    struct mt940_bank_branch branch;
    struct mt940_iban iban = {.size = sizeof(iban)};
    int32_t bank = 0;

    if (mt940_bank_branch_parse(record->branch.data, record->branch.length, &branch) != 0 ||
        mt940_iban_parse(record->iban.data, record->iban.length, MT940_IBAN_PRINT, &iban) != 0 ||
        iban.reason != MT940_IBAN_VALID || strcmp(iban.country, "TR") != 0)
        return false;
    for (size_t i = 0; i < iban.bank.length; i++)
        bank = bank * 10 + (iban.canonical[iban.bank.offset + i] - '0');
    return bank != branch.bank;
}

MT940_EXPORT int mt940_customer_bank_check(const struct mt940_customer_bank *record,
                                           struct mt940_dbs_notice notices[MT940_CUSTOMER_BANK_NOTICES], size_t *count)
{
    size_t written = 0;

    if (!record || !notices || !count)
        return MT940_E_ARGUMENT;
    if (record->dbs_limit < 0)
        notify(&notices[written++], MT940_M_LIMIT_NEGATIVE, MT940_DBS_BLOCK, record)->limit = record->dbs_limit;
    if (record->iban.length > 0 && record->branch.length > 0 && iban_contradicts_branch(record))
        notify(&notices[written++], MT940_M_IBAN_OTHER_BANK, MT940_DBS_PROCEED, record);
    *count = written;
    return 0;
}

MT940_EXPORT int mt940_customer_bank_check_delete(const struct mt940_customer_bank *record,
                                                  const struct mt940_view *local_currency,
                                                  struct mt940_dbs_notice *notice, size_t *count)
{
    if (!record || !local_currency || !notice || !count)
        return MT940_E_ARGUMENT;
    *count = record->dbs_total != 0;
    if (*count > 0) {
        notify(notice, MT940_M_SLOT_HAS_TOTAL, MT940_DBS_BLOCK, record)->before = record->dbs_total;
        if (notice->currency.length == 0)
            notice->currency = *local_currency;
    }
    return 0;
}

MT940_EXPORT int mt940_customer_bank_has_details(const struct mt940_company *company)
{
    return company->legislation == MT940_LEGISLATION_AZ;
}

static struct mt940_view without_zeros(struct mt940_view code)
{
    while (code.length > 1 && code.data[0] == '0')
        code = mt940_view_slice(code, 1, code.length - 1);
    return code;
}

static bool is_code(struct mt940_view code, const struct mt940_bank_code *bank)
{
    return code.length > 0 && mt940_view_is_nocase(without_zeros(code), without_zeros(mt940_view_trim(bank->code)));
}

/* The part of Şube No before its separator: digits in TR, letters in AZ. */
static struct mt940_view bank_of_branch(const struct mt940_view *branch)
{
    struct mt940_view text = mt940_view_trim(*branch);
    size_t length = 0;

    while (length < text.length && mt940_ascii_is_alnum(text.data[length]))
        length++;
    return length < text.length ? mt940_view_slice(text, 0, length) : mt940_view_of(NULL, 0);
}

static int find_by_iban(const struct mt940_customer_bank *record, const struct mt940_bank_code *codes, size_t count,
                        size_t *index)
{
    struct mt940_iban iban = {.size = sizeof(iban)};
    struct mt940_view bank;

    if (record->iban.length == 0 ||
        mt940_iban_parse(record->iban.data, record->iban.length, MT940_IBAN_PRINT, &iban) != 0 ||
        iban.reason != MT940_IBAN_VALID || iban.bank.length == 0)
        return MT940_E_NOT_FOUND;
    bank = mt940_view_of(iban.canonical + iban.bank.offset, iban.bank.length);
    for (size_t i = 0; i < count; i++)
        if (mt940_view_is(codes[i].country, iban.country) && is_code(bank, &codes[i])) {
            *index = i;
            return 0;
        }
    return MT940_E_NOT_FOUND;
}

/* The first eight characters name the bank; the last three of eleven only its branch (ISO 9362). */
static bool same_bic(struct mt940_view a, struct mt940_view b)
{
    a = mt940_view_trim(a);
    b = mt940_view_trim(b);
    return a.length >= 8 && b.length >= 8 && mt940_view_is_nocase(mt940_view_slice(a, 0, 8), mt940_view_slice(b, 0, 8));
}

MT940_EXPORT int mt940_customer_bank_find_bank(const struct mt940_customer_bank *record,
                                               const struct mt940_bank_code *codes, size_t count, size_t *index)
{
    struct mt940_view code;

    if (!record || !index || (count > 0 && !codes))
        return MT940_E_ARGUMENT;
    code = bank_of_branch(&record->branch);
    for (size_t i = 0; i < count; i++)
        if (is_code(code, &codes[i])) {
            *index = i;
            return 0;
        }
    if (find_by_iban(record, codes, count, index) == 0)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (same_bic(record->bic, codes[i].bic)) {
            *index = i;
            return 0;
        }
    return MT940_E_NOT_FOUND;
}

static const struct mt940_bank_code *bank_of(const struct mt940_customer_bank *record,
                                             const struct mt940_bank_code *codes, size_t count)
{
    size_t index;

    return mt940_customer_bank_find_bank(record, codes, count, &index) == 0 ? &codes[index] : NULL;
}

/* One field: what the user entered stays, otherwise the bank's value comes. Returns 1 when it was entered. */
static int settle_field(const struct mt940_view *before, struct mt940_view *field, const struct mt940_view *from_bank)
{
    bool entered = before ? !mt940_view_equal(field, before) : field->length > 0;

    if (!entered)
        *field = *from_bank;
    return entered;
}

MT940_EXPORT int mt940_customer_bank_settle_details(const struct mt940_company *company,
                                                    const struct mt940_customer_bank *before,
                                                    struct mt940_customer_bank *record,
                                                    const struct mt940_bank_code *codes, size_t count)
{
    static const struct mt940_customer_bank blank;
    const struct mt940_bank_code none = {0}, *bank, *old_bank;
    const struct mt940_customer_bank *stored = before ? before : &blank;
    const struct mt940_view *old_account = before ? &before->correspondent_account : NULL;
    const struct mt940_view *old_voen = before ? &before->voen : NULL;
    int entered;

    if (!company || !record || (count > 0 && !codes))
        return MT940_E_ARGUMENT;
    if (!mt940_customer_bank_has_details(company)) {
        record->correspondent_account = stored->correspondent_account;
        record->voen = stored->voen;
        record->detail_edited = stored->detail_edited;
        return 0;
    }
    bank = bank_of(record, codes, count);
    old_bank = before ? bank_of(before, codes, count) : NULL;
    if (before && bank == old_bank) {
        bool same = mt940_view_equal(&record->correspondent_account, old_account) &&
                    mt940_view_equal(&record->voen, old_voen);

        record->detail_edited = before->detail_edited || !same;
        return 0;
    }
    bank = bank ? bank : &none;
    entered = settle_field(old_account, &record->correspondent_account, &bank->correspondent_account);
    entered |= settle_field(old_voen, &record->voen, &bank->voen);
    record->detail_edited = entered;
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_account.c: which own account a statement is of (R38, decision 1). The company has few
 * of them, so they are walked; the ways an account can be written are tried from the strict to
 * the loose one, and a looser way counts only where no stricter one found any.
 */
#include "base/export.h"
#include "base/failure.h"
#include "match/directory_account.h"
#include "match/directory_key.h"
#include "mt940connect/bank_branch.h"

/* An account number this short stands at the end of too many IBANs. */
#define TAIL_SHORTEST 5

const struct mt940_bank_account *mt940_directory_own_iban(const struct mt940_directory *directory,
                                                          const struct mt940_view *iban)
{
    for (size_t i = 0; iban->length > 0 && i < directory->account_count; i++)
        if (mt940_view_equal(&directory->accounts[i].iban, iban))
            return &directory->accounts[i];
    return NULL;
}

struct mt940_view mt940_directory_currency(const struct mt940_directory *directory, const struct mt940_view *currency)
{
    return currency->length ? *currency : directory->company.local_currency;
}

static bool currency_fits(const struct mt940_directory *directory, const struct mt940_bank_account *account,
                          const struct mt940_view *wanted)
{
    struct mt940_view currency = mt940_directory_currency(directory, &account->currency);

    return wanted->length == 0 || currency.length == 0 || mt940_view_equal(&currency, wanted);
}

static bool same_number(const struct mt940_view *a, const struct mt940_view *b)
{
    struct mt940_directory_number left, right;

    mt940_directory_normalise(a, false, &left);
    mt940_directory_normalise(b, false, &right);
    return left.length > 0 && left.length == right.length && memcmp(left.text, right.text, left.length) == 0;
}

const struct mt940_bank_account *mt940_directory_own_number(const struct mt940_directory *directory, int32_t bank,
                                                            int32_t branch, const struct mt940_view *number)
{
    for (size_t i = 0; i < directory->account_count; i++) {
        const struct mt940_bank_account *account = &directory->accounts[i];
        struct mt940_bank_branch code;

        if (same_number(&account->account, number) &&
            mt940_bank_branch_parse(account->branch.data, account->branch.length, &code) == MT940_OK &&
            code.bank == bank && (branch < 0 || code.branch == branch))
            return account;
    }
    return NULL;
}

/* Value of a code of digits; -1 for any other text. */
static int32_t code_value(const struct mt940_view *code)
{
    int32_t value = 0;

    if (code->length == 0 || code->length > 9)
        return -1;
    for (size_t i = 0; i < code->length; i++) {
        if (!mt940_ascii_is_digit(code->data[i]))
            return -1;
        value = value * 10 + (code->data[i] - '0');
    }
    return value;
}

/* Bank codes are digits in Türkiye ("0062", "00062"), the letters of the IBAN elsewhere. */
static bool same_bank(const struct mt940_view *wanted, const struct mt940_bank_account *account,
                      const struct mt940_bank_branch *branch)
{
    int32_t code = code_value(wanted);
    struct mt940_view letters = mt940_view_slice(account->iban, 4, wanted->length);

    if (code >= 0)
        return code == (branch ? branch->bank : mt940_directory_bank_of_iban(&account->iban));
    return letters.length > 0 && mt940_view_is_nocase(letters, *wanted);
}

static bool by_iban(const struct mt940_bank_account *account, const struct mt940_directory_account *wanted)
{
    return wanted->iban.length > 0 && mt940_view_equal(&account->iban, &wanted->iban);
}

static bool by_parts(const struct mt940_bank_account *account, const struct mt940_directory_account *wanted)
{
    struct mt940_bank_branch branch;
    bool parsed = mt940_bank_branch_parse(account->branch.data, account->branch.length, &branch) == MT940_OK;

    if (!same_number(&account->account, &wanted->number))
        return false;
    if (wanted->bank.length > 0 && !same_bank(&wanted->bank, account, parsed ? &branch : NULL))
        return false;
    return wanted->branch.length == 0 || !parsed || code_value(&wanted->branch) == branch.branch;
}

/* Whether a Turkish IBAN of this bank ends with the number: banks pad it with branch or zeros. */
static bool ends_with(const struct mt940_view *iban, const struct mt940_view *number)
{
    struct mt940_directory_number tail;

    mt940_directory_normalise(number, false, &tail);
    return mt940_directory_bank_of_iban(iban) >= 0 && tail.length >= TAIL_SHORTEST && tail.length <= 16 &&
           memcmp(iban->data + iban->length - tail.length, tail.text, tail.length) == 0;
}

/* One side is known by its IBAN only, the other by bank and number only. */
static bool by_tail(const struct mt940_bank_account *account, const struct mt940_directory_account *wanted)
{
    struct mt940_bank_branch branch;

    if (wanted->iban.length > 0 && account->iban.length == 0) {
        struct mt940_view bank = mt940_view_slice(wanted->iban, 4, 5);

        return mt940_bank_branch_parse(account->branch.data, account->branch.length, &branch) == MT940_OK &&
               ends_with(&wanted->iban, &account->account) && same_bank(&bank, account, &branch);
    }
    if (wanted->iban.length == 0 && wanted->bank.length > 0 && account->account.length == 0)
        return ends_with(&account->iban, &wanted->number) && same_bank(&wanted->bank, account, NULL);
    return false;
}

MT940_EXPORT int mt940_directory_resolve(const struct mt940_directory *directory,
                                         const struct mt940_directory_account *account,
                                         const struct mt940_bank_account **out)
{
    static bool (*const ways[])(const struct mt940_bank_account *, const struct mt940_directory_account *) = {
        by_iban, by_parts, by_tail};

    if (!directory || !account || !out ||
        mt940_check_size(account, account->size, sizeof(*account), sizeof(*account)) != MT940_OK)
        return MT940_E_ARGUMENT;
    for (size_t way = 0; way < sizeof(ways) / sizeof(ways[0]); way++) {
        const struct mt940_bank_account *found = NULL;
        int count = 0;

        for (size_t i = 0; i < directory->account_count; i++)
            if (ways[way](&directory->accounts[i], account) &&
                currency_fits(directory, &directory->accounts[i], &account->currency)) {
                found = &directory->accounts[i];
                count++;
            }
        if (count == 1)
            *out = found;
        if (count > 0)
            return count;
    }
    return 0;
}

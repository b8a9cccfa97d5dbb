/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_key.c: the keys under which records are found. What a key
 * leaves out (zeros, separators) stands here and nowhere else.
 */
#include "match/directory_key.h"

#include "match/index.h"
#include "mt940connect/bank_branch.h"
#include "mt940connect/iban.h"

/* Fewer significant characters than this name too many accounts (matching.md §3.1, evidence 2). */
#define ACCOUNT_SHORTEST 6

int mt940_directory_compare_codes(struct mt940_view a, struct mt940_view b)
{
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common ? memcmp(a.data, b.data, common) : 0;

    if (order != 0)
        return order;
    return a.length < b.length ? -1 : a.length > b.length;
}

void mt940_directory_normalise(const struct mt940_view *number, bool keep_zeros, struct mt940_directory_number *out)
{
    out->length = 0;
    for (size_t i = 0; i < number->length; i++) {
        char c = mt940_ascii_upper(number->data[i]);

        if (c == ' ' || c == '-' || c == '/' || c == '.' || c == '_')
            continue;
        if (c == '0' && out->length == 0 && !keep_zeros)
            continue;
        if (out->length == sizeof(out->text)) {
            out->length = 0;
            return;
        }
        out->text[out->length++] = c;
    }
}

/* Bank code of a Turkish IBAN: five digits behind the check digits. */
int32_t mt940_directory_bank_of_iban(const struct mt940_view *iban)
{
    int32_t bank = 0;

    if (iban->length != 26 || memcmp(iban->data, "TR", 2) != 0)
        return -1;
    for (size_t i = 4; i < 9; i++) {
        if (!mt940_ascii_is_digit(iban->data[i]))
            return -1;
        bank = bank * 10 + (iban->data[i] - '0');
    }
    return bank;
}

bool mt940_directory_bank_key(const struct mt940_directory_bank_card *bank, struct mt940_directory_account_key *out)
{
    struct mt940_bank_branch parsed;

    out->bank = -1;
    out->branch = -1;
    if (mt940_bank_branch_parse(bank->branch.data, bank->branch.length, &parsed) == MT940_OK) {
        out->bank = parsed.bank;
        out->branch = parsed.branch;
    } else {
        out->bank = mt940_directory_bank_of_iban(&bank->iban);
    }
    mt940_directory_normalise(&bank->account, false, &out->number);
    return out->bank >= 0 && out->number.length >= ACCOUNT_SHORTEST;
}

uint64_t mt940_directory_account_hash(int32_t bank, const struct mt940_directory_number *number)
{
    const unsigned char code[2] = {(unsigned char)(bank & 0xFF), (unsigned char)(bank >> 8 & 0xFF)};
    uint64_t state = mt940_index_hash_more(MT940_INDEX_HASH_START, code, sizeof(code));

    return mt940_index_hash_finish(mt940_index_hash_more(state, number->text, number->length));
}

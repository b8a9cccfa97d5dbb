/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_build.c: makes IBANs out of bank, branch and account, and for tests out of nothing. It must not know who holds
 * the account; what it makes may not exist.
 */
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "identifier/iban.h"
#include "identifier/national.h"

static const struct mt940_registry_row *row_of(const char *country)
{
    const struct mt940_registry_row *row;

    if (!country || !country[0] || !country[1] || country[2])
        return NULL;
    row = mt940_registry_find(country[0], country[1]);
    return row && row->kind != MT940_IBAN_TERRITORY ? row : NULL;
}

/* Bits of the IBAN's characters that a part takes. */
static uint64_t bits_of(struct mt940_iban_part part)
{
    return ((UINT64_C(1) << part.length) - 1) << part.offset;
}

static uint64_t given_bits(const struct mt940_registry_row *row)
{
    return bits_of(row->bank) | bits_of(row->branch) | bits_of(row->account);
}

/* Whether bank, branch, account and check digits make the whole BBAN, each character one of them. */
static bool is_complete(const struct mt940_registry_row *row)
{
    uint64_t whole = ((UINT64_C(1) << row->length) - 1) & ~((UINT64_C(1) << MT940_BBAN_OFFSET) - 1);
    uint64_t known = given_bits(row) | bits_of(row->zeros);

    for (uint8_t i = 0; i < row->rule_count; i++) {
        const struct mt940_national_rule *rule = &mt940_national_rules[row->rule + i];
        struct mt940_iban_part check = {(uint8_t)(rule->check + MT940_BBAN_OFFSET), rule->check_count};
        known |= bits_of(check);
    }
    return known == whole && !(bits_of(row->branch) & bits_of(row->account));
}

/* Puts a part at its place, filled up with zeros where the country does so. */
static int place(const struct mt940_registry_row *row, struct mt940_iban_part part, const struct mt940_view *given,
                 char *canonical)
{
    size_t length = given ? given->length : 0;

    if (length > part.length || (length == 0) != (part.length == 0) || (length < part.length && !row->pads))
        return MT940_E_FORMAT;
    for (size_t i = 0; i < length; i++) {
        char c = given->data[i];
        if (!mt940_ascii_is_digit(c) && !mt940_ascii_is_upper(c))
            return MT940_E_FORMAT;
        canonical[part.offset + part.length - length + i] = c;
    }
    return MT940_OK;
}

MT940_EXPORT int mt940_iban_build(const char *country, const struct mt940_view *bank, const struct mt940_view *branch,
                                  const struct mt940_view *account, char out[MT940_IBAN_MAX + 1])
{
    const struct mt940_registry_row *row = row_of(country);
    char canonical[MT940_IBAN_MAX + 1];
    char *bban = canonical + MT940_BBAN_OFFSET;

    if (!row)
        return MT940_E_NOT_FOUND;
    if (!is_complete(row))
        return MT940_E_UNSUPPORTED;
    memset(canonical, '0', sizeof(canonical));
    if (place(row, row->bank, bank, canonical) || place(row, row->branch, branch, canonical) ||
        place(row, row->account, account, canonical))
        return MT940_E_FORMAT;
    /* Check digits inside a part are the caller's; they are judged, not mended. */
    if (!mt940_national_solve(row, bban, given_bits(row) >> MT940_BBAN_OFFSET) ||
        mt940_national_judge(row, bban, 0) == MT940_NATIONAL_FAIL)
        return MT940_E_FORMAT;
    return mt940_iban_compute(country, bban, row->length - MT940_BBAN_OFFSET, out);
}

/* SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed everywhere. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static char random_character(const struct mt940_registry_row *row, size_t at, bool with_letters, uint64_t random)
{
    static const char all[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    uint64_t bit = UINT64_C(1) << at;

    if (bits_of(row->zeros) & bit)
        return '0';
    if (row->letters & bit)
        return all[10 + random % 26];
    return all[random % ((row->either & bit) && with_letters ? 36 : 10)];
}

MT940_EXPORT int mt940_iban_sample(const char *country, uint64_t seed, char out[MT940_IBAN_MAX + 1])
{
    const struct mt940_registry_row *row = row_of(country);
    char canonical[MT940_IBAN_MAX + 1];
    char *bban = canonical + MT940_BBAN_OFFSET;
    bool with_letters = true;

    if (!row)
        return MT940_E_NOT_FOUND;
    /* Norway leaves out one number in eleven, Russia most letters; a second try of digits is soon enough. */
    do {
        for (size_t i = MT940_BBAN_OFFSET; i < row->length; i++)
            canonical[i] = random_character(row, i, with_letters, next_random(&seed));
        with_letters = false;
    } while (!mt940_national_solve(row, bban, 0));
    return mt940_iban_compute(country, bban, row->length - MT940_BBAN_OFFSET, out);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * bank_directory.c: finds the bank of a code, an IBAN or a BIC: first among the host's records, then in the built-in
 * lists. It must not know whether a bank still has its licence, and never calls an IBAN invalid.
 */
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "identifier/directory.h"
#include "identifier/registry.h"
#include "mt940connect/iban.h"

#define BIC_SHORT 8

static struct mt940_view view_of(const char *text)
{
    return mt940_view_of(text, strlen(text));
}

int mt940_directory_is_country(char first, char second)
{
    if (!mt940_ascii_is_upper(first) || !mt940_ascii_is_upper(second))
        return 0;
    return mt940_directory_countries[first - 'A'] >> (second - 'A') & 1;
}

static struct mt940_view without_zeros(struct mt940_view code)
{
    while (code.length > 1 && code.data[0] == '0')
        code = mt940_view_of(code.data + 1, code.length - 1);
    return code;
}

static bool is_number(struct mt940_view code)
{
    for (size_t i = 0; i < code.length; i++)
        if (!mt940_ascii_is_digit(code.data[i]))
            return false;
    return code.length > 0;
}

/* Numbers are equal without their leading zeros (0062, 00062, 62), other codes in either case. */
static bool is_same_code(struct mt940_view a, struct mt940_view b)
{
    if (is_number(a) && is_number(b))
        return mt940_view_is_nocase(without_zeros(a), without_zeros(b));
    return a.length > 0 && mt940_view_is_nocase(a, b);
}

/* A BIC of 8 or 11 characters without its branch; empty for others. */
static struct mt940_view short_bic(struct mt940_view bic)
{
    return mt940_view_of(bic.data, bic.length == BIC_SHORT || bic.length == BIC_SHORT + 3 ? BIC_SHORT : 0);
}

static const struct mt940_directory_list *list_of(struct mt940_view country)
{
    for (size_t n = 0; n < mt940_directory_list_count; n++)
        if (mt940_view_is(country, mt940_directory_lists[n].country))
            return &mt940_directory_lists[n];
    return NULL;
}

/* Codes of a list have one length. Writes `code` as they are written: capitals, and zeros before a short number. */
static bool write_as_listed(struct mt940_view code, char *key, size_t width)
{
    struct mt940_view rest = is_number(code) ? without_zeros(code) : code;

    if (rest.length > width || rest.length == 0 || (rest.length < width && !is_number(code)))
        return false;
    memset(key, '0', width);
    for (size_t i = 0; i < rest.length; i++)
        key[width - rest.length + i] = mt940_ascii_upper(rest.data[i]);
    return true;
}

static const struct mt940_directory_row *row_of_head_office(const struct mt940_directory_list *list,
                                                            struct mt940_view code)
{
    for (size_t i = list->first; i < list->first + list->count; i++)
        if (code.length > 0 && mt940_view_is(code, mt940_directory_rows[i].head_office))
            return &mt940_directory_rows[i];
    return NULL;
}

static const struct mt940_directory_row *row_of_code(struct mt940_view country, struct mt940_view code)
{
    const struct mt940_directory_list *list = list_of(country);
    size_t low, high, width;
    char key[8];

    if (!list)
        return NULL;
    low = list->first;
    high = list->first + list->count;
    width = strlen(mt940_directory_rows[low].code);
    if (!write_as_listed(code, key, width))
        return row_of_head_office(list, code);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(key, mt940_directory_rows[middle].code, width);
        if (order == 0)
            return &mt940_directory_rows[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static const struct mt940_directory_row *row_of_bic(struct mt940_view bic)
{
    for (size_t i = 0; i < mt940_directory_row_count && bic.length == BIC_SHORT; i++)
        if (mt940_view_is_nocase(bic, view_of(mt940_directory_rows[i].bic)))
            return &mt940_directory_rows[i];
    return NULL;
}

int mt940_directory_has_bic(const char *bic)
{
    return row_of_bic(mt940_view_of(bic, BIC_SHORT)) != NULL;
}

static struct mt940_view first_of(struct mt940_view preferred, const char *other)
{
    return preferred.length || !other ? preferred : view_of(other);
}

/* The host's record over the built-in row; either may be missing, not both. */
static int answer(const struct mt940_bank_code *own, const struct mt940_directory_row *row, struct mt940_bank *out)
{
    static const struct mt940_bank_code nothing;
    const struct mt940_bank_code *host = own ? own : &nothing;

    if (!own && !row)
        return MT940_E_NOT_FOUND;
    memset(out, 0, sizeof(*out));
    out->size = sizeof(*out);
    out->source = own ? MT940_BANK_HOST : MT940_BANK_BUILT_IN;
    out->country = row ? view_of(row->country) : host->country;
    out->code = row ? view_of(row->code) : host->code;
    out->name = first_of(host->name, row ? row->name : NULL);
    out->bic = first_of(host->bic, row ? row->bic : NULL);
    out->correspondent_account = first_of(host->correspondent_account, row ? row->correspondent_account : NULL);
    out->voen = first_of(host->voen, row ? row->voen : NULL);
    out->head_office = first_of(mt940_view_of(NULL, 0), row ? row->head_office : NULL);
    return MT940_OK;
}

static int find_code(const struct mt940_bank_code *own, size_t own_count, struct mt940_view country,
                     struct mt940_view code, struct mt940_bank *out)
{
    const struct mt940_directory_row *row = row_of_code(country, code);
    /* A code of the head office is not in the host's records; the bank's own code may be. */
    struct mt940_view wanted = row ? view_of(row->code) : code;

    for (size_t i = 0; i < own_count; i++)
        if (mt940_view_is_nocase(own[i].country, country) && is_same_code(own[i].code, wanted))
            return answer(&own[i], row, out);
    return answer(NULL, row, out);
}

static bool is_misuse(const struct mt940_bank_code *own, size_t own_count, const char *text, size_t length,
                      const struct mt940_bank *out)
{
    return (!own && own_count) || (!text && length) || !out || out->size < sizeof(*out);
}

MT940_EXPORT int mt940_bank_find(const struct mt940_bank_code *own, size_t own_count, const char *country,
                                 const char *code, size_t length, struct mt940_bank *out)
{
    if (is_misuse(own, own_count, code, length, out) || !country)
        return MT940_E_ARGUMENT;
    return find_code(own, own_count, view_of(country), mt940_view_trim(mt940_view_of(code, length)), out);
}

MT940_EXPORT int mt940_bank_find_iban(const struct mt940_bank_code *own, size_t own_count, const char *iban,
                                      size_t length, struct mt940_bank *out)
{
    const struct mt940_registry_row *row;

    if (is_misuse(own, own_count, iban, length, out))
        return MT940_E_ARGUMENT;
    row = length > MT940_BBAN_OFFSET ? mt940_registry_find(iban[0], iban[1]) : NULL;
    if (!row || length != row->length)
        return MT940_E_NOT_FOUND;
    return find_code(own, own_count, mt940_view_of(iban, 2),
                     mt940_view_of(iban + row->bank.offset, row->bank.length), out);
}

MT940_EXPORT int mt940_bank_find_bic(const struct mt940_bank_code *own, size_t own_count, const char *bic,
                                     size_t length, struct mt940_bank *out)
{
    struct mt940_view wanted = short_bic(mt940_view_trim(mt940_view_of(bic, bic ? length : 0)));
    const struct mt940_directory_row *row;

    if (is_misuse(own, own_count, bic, length, out))
        return MT940_E_ARGUMENT;
    for (size_t i = 0; i < own_count && wanted.length; i++)
        if (mt940_view_is_nocase(short_bic(own[i].bic), wanted))
            return answer(&own[i], row_of_code(own[i].country, own[i].code), out);
    row = row_of_bic(wanted);
    if (!row)
        return MT940_E_NOT_FOUND;
    return find_code(own, own_count, view_of(row->country), view_of(row->code), out);
}

MT940_EXPORT size_t mt940_bank_count(void)
{
    return mt940_directory_row_count;
}

MT940_EXPORT int mt940_bank_at(size_t number, struct mt940_bank *out)
{
    if (!out || out->size < sizeof(*out))
        return MT940_E_ARGUMENT;
    return answer(NULL, number < mt940_directory_row_count ? &mt940_directory_rows[number] : NULL, out);
}

MT940_EXPORT const char *mt940_bank_directory_date(const char *country)
{
    for (size_t n = 0; country && n < mt940_directory_list_count; n++)
        if (strcmp(country, mt940_directory_lists[n].country) == 0)
            return mt940_directory_lists[n].date;
    return NULL;
}

/* All published accounts are 01350100000000, the bank's number, and 944 (the number of AZN in ISO 4217). */
MT940_EXPORT int mt940_correspondent_account_check(const char *text, size_t length)
{
    static const char begin[] = "01350100000000", end[] = "944";
    const char *account = text ? text + 8 : NULL;

    if (mt940_iban_check(text, length, 0) != MT940_IBAN_VALID)
        return MT940_CORRESPONDENT_BAD_IBAN;
    if (memcmp(text, "AZ", 2) != 0 || memcmp(text + MT940_BBAN_OFFSET, "NABZ", 4) != 0)
        return MT940_CORRESPONDENT_NOT_CENTRAL_BANK;
    if (memcmp(account, begin, sizeof(begin) - 1) != 0 || memcmp(text + length - 3, end, 3) != 0)
        return MT940_CORRESPONDENT_UNUSUAL;
    return MT940_CORRESPONDENT_VALID;
}

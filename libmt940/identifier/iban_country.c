/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_country.c: looks countries up in the generated tables. It must not know how an IBAN is judged.
 */
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "identifier/registry.h"

MT940_EXPORT int mt940_iban_registry_release(void)
{
    return mt940_registry_release;
}

MT940_EXPORT const char *mt940_iban_registry_date(void)
{
    return mt940_registry_date;
}

MT940_EXPORT const char *mt940_iban_epc_date(void)
{
    return mt940_registry_epc_date;
}

const struct mt940_registry_row *mt940_registry_find(char first, char second)
{
    uint8_t row;

    if (!mt940_ascii_is_upper(first) || !mt940_ascii_is_upper(second))
        return NULL;
    row = mt940_registry_index[(first - 'A') * 26 + (second - 'A')];
    return row ? &mt940_registry_rows[row - 1] : NULL;
}

int mt940_registry_allows(const struct mt940_registry_row *row, uint32_t flags)
{
    return row->kind == MT940_IBAN_OFFICIAL_COUNTRY ||
           (row->kind == MT940_IBAN_UNOFFICIAL_COUNTRY && (flags & MT940_IBAN_UNOFFICIAL)) ||
           (row->kind == MT940_IBAN_TERRITORY && (flags & MT940_IBAN_TERRITORIES));
}

MT940_EXPORT size_t mt940_iban_country_count(void)
{
    return mt940_registry_row_count;
}

static int rule_of(const struct mt940_registry_row *row)
{
    if (row->rule_count == 0)
        return MT940_IBAN_RULE_NONE;
    return mt940_national_rules[row->rule].inferred ? MT940_IBAN_RULE_INFERRED : MT940_IBAN_RULE_DOCUMENTED;
}

static void describe(const struct mt940_registry_row *row, struct mt940_iban_country *out)
{
    memcpy(out->code, row->code, sizeof(out->code));
    memcpy(out->prefix, row->prefix, sizeof(out->prefix));
    out->kind = row->kind;
    out->length = row->length;
    out->national = rule_of(row);
    out->sepa_registry = row->sepa_registry;
    out->sepa_epc = row->sepa_epc;
    out->bank = row->bank;
    out->branch = row->branch;
    out->account = row->account;
    out->check = row->check;
    out->name = row->name;
    out->structure = row->structure;
    out->example = row->example;
}

MT940_EXPORT int mt940_iban_country_at(size_t number, struct mt940_iban_country *out)
{
    if (!out || out->size < sizeof(*out))
        return MT940_E_ARGUMENT;
    if (number >= mt940_registry_row_count)
        return MT940_E_NOT_FOUND;
    describe(&mt940_registry_rows[number], out);
    return MT940_OK;
}

MT940_EXPORT int mt940_iban_country_find(const char *code, size_t length, struct mt940_iban_country *out)
{
    const struct mt940_registry_row *row;

    if (!out || out->size < sizeof(*out) || (!code && length))
        return MT940_E_ARGUMENT;
    row = length == 2 ? mt940_registry_find(code[0], code[1]) : NULL;
    if (!row)
        return MT940_E_NOT_FOUND;
    describe(row, out);
    return MT940_OK;
}

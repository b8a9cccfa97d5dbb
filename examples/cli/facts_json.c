/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_json.c: prints the facts of a movement. Must not know whose they are: the counterparty is another member.
 */
#include "facts_json.h"

#include <mt940connect/tax_id.h>

struct word {
    uint32_t value;
    const char *word;
};

static const struct word kinds[] = {
    {MT940_FACT_EFT, "eft"},           {MT940_FACT_HAVALE, "havale"},
    {MT940_FACT_FAST, "fast"},         {MT940_FACT_SWIFT, "swift"},
    {MT940_FACT_DBS, "dbs"},           {MT940_FACT_OWN_TRANSFER, "own-transfer"},
    {MT940_FACT_CHEQUE, "cheque"},     {MT940_FACT_NOTE, "note"},
    {MT940_FACT_CARD, "card"},         {MT940_FACT_CHARGE, "charge"},
    {MT940_FACT_TAX, "tax"},           {MT940_FACT_INTEREST, "interest"},
    {MT940_FACT_SALARY, "salary"},     {MT940_FACT_OVERDRAFT, "overdraft"},
    {MT940_FACT_RETURN, "return"},     {MT940_FACT_EXCHANGE, "exchange"},
    {MT940_FACT_CANCEL, "cancel"},     {MT940_FACT_REVERSED, "reversed"},
};

static const char *const roles[] = {
    [MT940_ROLE_NONE] = NULL, [MT940_ROLE_SENDER] = "sender", [MT940_ROLE_RECEIVER] = "receiver"};

static const char *const tax_id_kinds[] = {
    [MT940_TAX_ID_NONE] = NULL, [MT940_TAX_ID_VKN] = "vkn", [MT940_TAX_ID_TCKN] = "tckn", [MT940_TAX_ID_VOEN] = "voen"};

static void write_kinds(struct json *json, uint32_t found)
{
    json_array_begin(json, "kinds");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (found & kinds[i].value)
            json_word(json, NULL, kinds[i].word);
    json_array_end(json);
}

static void write_ibans(struct json *json, const struct mt940_facts *facts)
{
    json_array_begin(json, "ibans");
    for (uint32_t i = 0; i < facts->iban_count; i++) {
        json_object_begin(json, NULL);
        json_word(json, "iban", facts->ibans[i].canonical);
        json_word(json, "role", roles[facts->ibans[i].role]);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_tax_ids(struct json *json, const struct mt940_facts *facts)
{
    json_array_begin(json, "tax_ids");
    for (uint32_t i = 0; i < facts->tax_id_count; i++) {
        json_object_begin(json, NULL);
        json_word(json, "number", facts->tax_ids[i].digits);
        json_word(json, "kind", tax_id_kinds[facts->tax_ids[i].kind]);
        json_bool(json, "labelled", facts->tax_ids[i].labelled);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_invoices(struct json *json, const struct mt940_facts *facts)
{
    json_array_begin(json, "invoices");
    for (uint32_t i = 0; i < facts->invoice_count; i++) {
        json_object_begin(json, NULL);
        json_view(json, "number", &facts->invoices[i].where.text);
        json_bool(json, "labelled", facts->invoices[i].labelled);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_accounts(struct json *json, const struct mt940_facts *facts)
{
    json_array_begin(json, "accounts");
    for (uint32_t i = 0; i < facts->account_count; i++)
        json_view(json, NULL, &facts->accounts[i].where.text);
    json_array_end(json);
}

static void write_rate(struct json *json, int64_t rate)
{
    struct mt940_amount amount = {.units = rate, .scale = 8};

    if (rate == 0)
        json_null(json, "rate");
    else
        json_amount(json, "rate", &amount, 1);
}

/* The uniform shape; what a dialect does not tell is left out. */
static void write_values(struct json *json, const struct mt940_narrative *parts)
{
    json_object_begin(json, "values");
    for (int32_t i = 1; i < MT940_NARRATIVE_VALUE_COUNT; i++)
        if (parts->values[i].length > 0)
            json_view(json, mt940_narrative_value_name(i), &parts->values[i]);
    json_object_end(json);
}

void facts_json_write(struct json *json, const struct mt940_narrative *parts, const struct mt940_facts *facts)
{
    json_object_begin(json, "facts");
    write_values(json, parts);
    write_kinds(json, facts->kinds);
    write_ibans(json, facts);
    write_tax_ids(json, facts);
    write_accounts(json, facts);
    json_view(json, "query_number", &facts->query_number.text);
    json_view(json, "receipt", &facts->receipt.text);
    write_invoices(json, facts);
    json_view(json, "dealer", &facts->dealer.text);
    json_view(json, "dbs_reference", &facts->dbs_reference.text);
    json_view(json, "cheque", &facts->cheque.text);
    write_rate(json, facts->rate);
    json_object_end(json);
}

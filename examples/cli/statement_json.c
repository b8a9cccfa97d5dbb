/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_json.c: the order and names of the members are a contract (docs/json); change them
 * only with a new "v". Must not know where the statement came from.
 */
#include "statement_json.h"

#include <stdio.h>
#include <string.h>

#include <mt940connect/tax_id.h>

#include "buffer.h"
#include "entry.h"
#include "envelope_json.h"
#include "facts_json.h"
#include "message_json.h"
#include "plain.h"

static void write_account(struct json *json, const struct mt940_view *account,
                          const struct mt940_account_parts *own, int32_t charset)
{
    json_object_begin(json, "account");
    json_decoded(json, "text", account, charset);
    json_known(json, "iban", own->iban);
    json_word(json, "bank_code", own->bank_code);
    json_word(json, "branch_code", own->branch_code);
    json_word(json, "number", own->number);
    json_object_end(json);
}

static void write_money(struct json *json, const struct mt940_amount *amount)
{
    json_word(json, "currency", amount->currency);
    json_amount(json, "amount", amount, 1);
}

/* `key` NULL = in an array; `with_kind` for the opening and closing balance. */
static void write_balance(struct json *json, const char *key, const struct mt940_balance *balance, int with_kind)
{
    if (balance->kind == 0) {
        json_null(json, key);
        return;
    }
    json_object_begin(json, key);
    if (with_kind)
        json_known(json, "kind", balance->kind == 'M' ? "intermediate" : "final");
    json_known(json, "mark", mt940_mark_name(balance->mark));
    json_date(json, "date", &balance->date);
    write_money(json, &balance->reading.amount);
    json_object_end(json);
}

static const struct mt940_total *find_total(const struct mt940_trailer *trailer, const char *tag)
{
    for (size_t i = 0; i < trailer->total_count; i++)
        if (strcmp(trailer->totals[i].tag, tag) == 0)
            return &trailer->totals[i];
    return NULL;
}

static void write_sum(struct json *json, const char *key, const struct mt940_total *total)
{
    if (total == NULL) {
        json_null(json, key);
        return;
    }
    json_object_begin(json, key);
    json_number(json, "count", total->count);
    write_money(json, &total->reading.amount);
    json_object_end(json);
}

static void write_totals(struct json *json, const struct mt940_trailer *trailer)
{
    const struct mt940_total *debit = find_total(trailer, "90D");
    const struct mt940_total *credit = find_total(trailer, "90C");

    json_array_begin(json, "floor_limits");
    for (size_t i = 0; i < trailer->total_count; i++) {
        const struct mt940_total *total = &trailer->totals[i];

        if (strcmp(total->tag, "34F") != 0)
            continue;
        json_object_begin(json, NULL);
        json_known(json, "mark", mt940_mark_name(total->mark));
        write_money(json, &total->reading.amount);
        json_object_end(json);
    }
    json_array_end(json);
    if (debit == NULL && credit == NULL) {
        json_null(json, "totals");
        return;
    }
    json_object_begin(json, "totals");
    write_sum(json, "debit", debit);
    write_sum(json, "credit", credit);
    json_object_end(json);
}

static void write_buffer(struct json *json, const char *key, const struct buffer *text)
{
    struct mt940_view view = {text->data, text->length};

    json_view(json, key, &view);
}

static int has_line_end(const struct mt940_view *text)
{
    return memchr(text->data, '\n', text->length) != NULL || memchr(text->data, '\r', text->length) != NULL;
}

/* Whether the sub-fields can be read again in the text, which has the lines joined. */
static int text_tells(const struct mt940_entry *entry, const struct entry_texts *texts)
{
    const struct mt940_view *joined = &texts->parts.text;

    switch (texts->parts.dialect) {
    case MT940_NARRATIVE_FREE:
        return 1;
    case MT940_NARRATIVE_GVC:
    case MT940_NARRATIVE_POLISH:
    case MT940_NARRATIVE_TRIODOS:
        if (joined->length == texts->narrative.length &&
            memcmp(joined->data, texts->narrative.data, joined->length) == 0)
            return 1;
        break;
    default:
        break;
    }
    return !has_line_end(&entry->narrative);
}

/* A line of the file, which may have other line ends in its middle. */
static void write_line(struct json *json, const char *at, const char *end, int32_t charset)
{
    const char *next;

    for (; (next = memchr(at, '\r', (size_t)(end - at))) != NULL; at = next + 1)
        json_string(json, at, (size_t)(next - at), charset);
    json_string(json, at, (size_t)(end - at), charset);
}

static void write_lines(struct json *json, const struct mt940_view *narrative, int32_t charset)
{
    const char *at = narrative->data, *end = at + narrative->length, *next;

    json_array_begin(json, "lines");
    for (; (next = memchr(at, '\n', (size_t)(end - at))) != NULL; at = next + 1)
        write_line(json, at, next > at && next[-1] == '\r' ? next - 1 : next, charset);
    write_line(json, at, end, charset);
    json_array_end(json);
}

/* Sub-fields are made of the narrative's characters: where none of those needs care, none of these does. */
static void write_fields(struct json *json, const struct entry_texts *texts, int plain)
{
    void (*put)(struct json *, const char *, size_t) = plain ? json_put_plain : json_put_text;

    json_array_begin(json, "fields");
    for (size_t i = 0; i < texts->parts.field_count; i++) {
        const struct mt940_narrative_field *field = &texts->fields[i];

        json_object_begin(json, NULL);
        json_name(json, "code");
        put(json, field->code.data, field->code.length);
        json_name(json, "value");
        put(json, field->value.data, field->value.length);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_details(struct json *json, const struct mt940_entry *entry, const struct entry_texts *texts,
                          int32_t charset)
{
    const struct buffer *text = &texts->narrative;
    int plain;

    if (entry->narrative.data == NULL) {
        json_null(json, "details");
        return;
    }
    plain = plain_look(text->data, text->length) == 0;
    json_object_begin(json, "details");
    if (plain)
        json_plain(json, "text", text->data, text->length);
    else
        json_decoded_text(json, "text", text->data, text->length);
    if (!text_tells(entry, texts))
        write_lines(json, &entry->narrative, charset);
    json_known(json, "dialect", mt940_narrative_dialect_name(texts->parts.dialect));
    write_fields(json, texts, plain);
    json_object_end(json);
}

/* What a sub-field says counts before what was found in the text. */
static const struct mt940_view *preferred(const struct mt940_narrative *parts, int32_t value,
                                          const struct mt940_fact *found)
{
    return parts->values[value].length > 0 ? &parts->values[value] : &found->text;
}

/*
 * The tax number of the other side. Ten digits without a label are too often an account or an invoice; of a TCKN two
 * check digits speak for it. Source: turkish-banking §1.5.
 */
static const char *stated_tax_id(const struct mt940_facts *facts)
{
    const struct mt940_fact_tax_id *found = &facts->tax_ids[facts->counter_tax_id > 0 ? facts->counter_tax_id : 0];

    if (facts->counter_tax_id < 0)
        return NULL;
    return found->labelled || found->kind == MT940_TAX_ID_TCKN ? found->digits : NULL;
}

/* Whose IBAN the sub-fields tell, unless it is the own one. */
static int tells_iban(const struct mt940_narrative *parts, const struct mt940_account_parts *own)
{
    return parts->iban[0] != '\0' && strcmp(parts->iban, own->iban) != 0;
}

/* Who is on the other side, as far as the movement itself says so. */
static void write_counterparty(struct json *json, const struct entry_texts *texts,
                               const struct mt940_account_parts *own, const struct mt940_facts *facts)
{
    const struct mt940_narrative *parts = &texts->parts;
    const struct mt940_view *name, *bic;
    const char *iban = facts->counter_iban >= 0 ? facts->ibans[facts->counter_iban].canonical : NULL;
    const char *tax_id = stated_tax_id(facts);

    if (tells_iban(parts, own))
        iban = parts->iban;
    name = preferred(parts, MT940_NARRATIVE_NAME, &facts->name);
    bic = preferred(parts, MT940_NARRATIVE_BIC, &facts->bic);
    if (iban == NULL && tax_id == NULL && name->length + bic->length == 0) {
        json_null(json, "counterparty");
        return;
    }
    json_object_begin(json, "counterparty");
    json_known(json, "iban", iban);
    json_view(json, "name", name);
    json_view(json, "bic", bic);
    json_known(json, "tax_id", tax_id);
    json_object_end(json);
}

/* What the sub-fields have told need not be searched for. */
static uint32_t facts_wanted(const struct mt940_narrative *parts, const struct mt940_account_parts *own)
{
    return MT940_FACTS_COUNTERPARTY | (tells_iban(parts, own) ? (uint32_t)MT940_FACTS_IBAN_KNOWN : 0) |
           (parts->values[MT940_NARRATIVE_BIC].length > 0 ? (uint32_t)MT940_FACTS_BIC_KNOWN : 0);
}

/* What the texts say; with all facts asked for, the longer search. */
static void read_facts(const struct mt940_entry *entry, const struct entry_texts *texts,
                       const struct mt940_account_parts *own, int all, struct mt940_facts *facts)
{
    if (!entry_facts(texts, entry, own, NULL, all ? 0 : facts_wanted(&texts->parts, own), facts)) {
        memset(facts, 0, sizeof *facts);
        facts->counter_iban = facts->counter_tax_id = -1;
    }
}

static void write_entry(struct json *json, const struct mt940_entry *entry, const struct entry_texts *texts,
                        const struct mt940_account_parts *own, int32_t charset, const char *id, int all_facts)
{
    int sign = mt940_mark_sign(entry->mark);
    struct mt940_facts facts;

    read_facts(entry, texts, own, all_facts, &facts);

    json_object_begin(json, NULL);
    json_number(json, "line", entry->line);
    json_number(json, "offset", (int64_t)entry->offset);
    json_date(json, "value_date", &entry->value_date);
    json_date(json, "entry_date", &entry->entry_date);
    json_known(json, "mark", mt940_mark_name(entry->mark));
    json_letter(json, "funds_code", entry->funds_code);
    json_amount(json, "amount", &entry->reading.amount, 1);
    json_amount(json, "signed", &entry->reading.amount, sign);
    json_letter(json, "type", entry->type);
    json_word(json, "code", entry->code);
    write_buffer(json, "customer_reference", &texts->customer_reference);
    write_buffer(json, "bank_reference", &texts->bank_reference);
    write_buffer(json, "supplementary", &texts->supplementary);
    write_details(json, entry, texts, charset);
    write_counterparty(json, texts, own, &facts);
    if (all_facts)
        facts_json_write(json, &texts->parts, &facts);
    json_plain(json, "id", id, strlen(id));
    json_object_end(json);
}

static void write_findings(struct json *json, const struct output *out, const struct mt940_page *page)
{
    json_array_begin(json, "findings");
    for (size_t i = 0; i < page->finding_count; i++)
        message_json_finding(json, out, &page->findings[i]);
    json_array_end(json);
}

static void write_header(struct json *json, const struct mt940_header *header,
                         const struct mt940_account_parts *own, int32_t charset)
{
    char type[12];

    snprintf(type, sizeof type, "%d", (int)header->type);
    json_number(json, "index", header->index);
    json_known(json, "type", type);
    json_decoded(json, "reference", &header->reference, charset);
    json_decoded(json, "related_reference", &header->related_reference, charset);
    write_account(json, &header->account, own, charset);
    json_decoded(json, "number", &header->number, charset);
    json_decoded(json, "sequence", &header->sequence, charset);
    write_balance(json, "opening", &header->opening, 1);
}

static void write_trailer(struct json *json, const struct mt940_trailer *trailer)
{
    struct buffer information = {0};

    write_balance(json, "closing", &trailer->closing, 1);
    write_balance(json, "available", &trailer->available, 0);
    json_array_begin(json, "forward");
    for (size_t i = 0; i < trailer->forward_count; i++)
        write_balance(json, NULL, &trailer->forward[i], 0);
    json_array_end(json);
    write_totals(json, trailer);
    entry_narrative(&information, &trailer->information, trailer->charset);
    write_buffer(json, "information", &information);
    buffer_free(&information);
    json_known(json, "charset", mt940_charset_name(trailer->charset));
    if (trailer->balanced < 0)
        json_null(json, "balanced");
    else
        json_bool(json, "balanced", trailer->balanced);
}

void statement_json_write(struct json *json, const struct output *out, const struct statement_json *line)
{
    const struct mt940_statement *statement = line->page->statement;
    const struct mt940_view *account = &statement->header.account;
    int32_t charset = statement->trailer.charset;
    struct mt940_account_parts own;
    struct entry_texts texts = {0};

    if (mt940_account_split(account->data, account->length, &own) != MT940_OK)
        memset(&own, 0, sizeof own);
    json_line_begin(json);
    json_text(json, "file", line->file, strlen(line->file));
    write_header(json, &statement->header, &own, charset);
    write_trailer(json, &statement->trailer);
    envelope_json_write(json, statement);
    json_array_begin(json, "entries");
    for (size_t i = 0; i < statement->entry_count; i++) {
        entry_texts_read(&texts, &statement->entries[i], charset);
        write_entry(json, &statement->entries[i], &texts, &own, charset, line->ids[i], line->facts);
    }
    json_array_end(json);
    write_findings(json, out, line->page);
    if (line->raw != NULL)
        json_base64(json, "raw", line->raw, line->raw_length);
    json_line_end(json);
    entry_texts_free(&texts);
}

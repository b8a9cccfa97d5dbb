/* SPDX-License-Identifier: Apache-2.0
 *
 * facts.c: collects what a movement says about itself: IBANs and their parts, tax numbers, kinds
 * of business; numbers and layouts are read by facts_number.c and facts_layout.c. Must not know
 * customers: whose IBAN it is, is the matcher's question.
 */
#include "match/facts.h"

#include "base/block.h"
#include "base/export.h"
#include "base/failure.h"
#include "mt940connect/tax_id.h"

static void add_iban(struct mt940_facts_reading *reading, const struct mt940_iban_found *found)
{
    struct mt940_facts *facts = reading->facts;
    struct mt940_view canonical = mt940_view_of(found->canonical, strlen(found->canonical));
    struct mt940_facts_span *span = &reading->spans[reading->span_count++];

    span->offset = (uint32_t)found->offset;
    span->end = (uint32_t)(found->offset + found->length);
    span->index = -1;
    if (mt940_view_equal(&canonical, &reading->input->own_iban)) {
        facts->own_iban_seen = 1;
        return;
    }
    for (uint32_t i = 0; i < facts->iban_count; i++)
        if (strcmp(facts->ibans[i].canonical, found->canonical) == 0) {
            span->index = (int32_t)i;
            return;
        }
    if (facts->iban_count == MT940_FACT_IBANS)
        return;
    span->index = (int32_t)facts->iban_count;
    memcpy(facts->ibans[facts->iban_count].canonical, found->canonical, sizeof(found->canonical));
    facts->ibans[facts->iban_count].role = MT940_ROLE_NONE;
    facts->ibans[facts->iban_count++].where = mt940_facts_piece(reading, found->offset, found->length);
}

static void read_ibans(struct mt940_facts_reading *reading)
{
    struct mt940_iban_found found[MT940_FACTS_SPANS];
    size_t count = mt940_iban_scan(reading->text.data, reading->text.length, found, MT940_FACTS_SPANS);

    for (size_t i = 0; i < count && i < MT940_FACTS_SPANS; i++)
        add_iban(reading, &found[i]);
}

static bool inside_iban(const struct mt940_facts_reading *reading, size_t offset)
{
    for (uint32_t i = 0; i < reading->span_count; i++)
        if (offset >= reading->spans[i].offset && offset < reading->spans[i].end)
            return true;
    return false;
}

static void add_tax_id(struct mt940_facts_reading *reading, const struct mt940_tax_id_found *found)
{
    struct mt940_facts *facts = reading->facts;
    struct mt940_view digits = mt940_view_of(found->digits, strlen(found->digits));
    struct mt940_fact_tax_id *tax_id;

    if (inside_iban(reading, found->offset) || mt940_view_equal(&digits, &reading->input->own_tax_id))
        return;
    for (uint32_t i = 0; i < facts->tax_id_count; i++)
        if (strcmp(facts->tax_ids[i].digits, found->digits) == 0) {
            facts->tax_ids[i].labelled |= found->labelled;
            return;
        }
    if (facts->tax_id_count == MT940_FACT_TAX_IDS)
        return;
    tax_id = &facts->tax_ids[facts->tax_id_count++];
    memcpy(tax_id->digits, found->digits, sizeof(tax_id->digits));
    tax_id->kind = found->kind;
    tax_id->labelled = found->labelled;
    tax_id->where = mt940_facts_piece(reading, found->offset, found->length);
}

static void read_tax_ids(struct mt940_facts_reading *reading)
{
    struct mt940_tax_id_found found[2 * MT940_FACT_TAX_IDS];
    const size_t capacity = sizeof(found) / sizeof(found[0]);
    size_t count = mt940_tax_id_scan(reading->text.data, reading->text.length, found, capacity);

    for (size_t i = 0; i < count && i < capacity; i++)
        add_tax_id(reading, &found[i]);
}

/* Fills the window with the words up to its size; words inside an IBAN are not words. */
static void fill_window(struct mt940_facts_reading *reading)
{
    struct mt940_word word;

    while (reading->count < MT940_FACTS_WINDOW && mt940_words_next(&reading->words, &word)) {
        while (reading->span_at < reading->span_count && reading->spans[reading->span_at].end <= word.offset)
            reading->span_at++;
        if (reading->span_at < reading->span_count && word.offset >= reading->spans[reading->span_at].offset)
            continue;
        reading->window[reading->count++] = word;
    }
}

static void read_kind(struct mt940_facts_reading *reading)
{
    struct mt940_phrase_found found;

    if (reading->kind_skip > 0) {
        reading->kind_skip--;
        return;
    }
    mt940_phrase_find(reading->window, reading->count, MT940_PHRASE_KIND | MT940_PHRASE_NOTHING, &found);
    if (found.words == 0)
        return;
    reading->facts->kinds |= found.meaning;
    reading->kind_skip = found.words - 1;
}

/* Words before an IBAN give it its part, the nearest one last; words behind it only if none did. */
static void read_role(struct mt940_facts_reading *reading)
{
    struct mt940_phrase_found found;
    uint32_t at = reading->window[0].offset, next = 0;
    int32_t index = -1;

    mt940_phrase_find(reading->window, reading->count, MT940_PHRASE_ROLE_BEFORE | MT940_PHRASE_ROLE_AFTER, &found);
    if (found.words == 0)
        return;
    while (next < reading->span_count && reading->spans[next].offset < at)
        next++;
    if (found.type == MT940_PHRASE_ROLE_BEFORE && next < reading->span_count)
        index = reading->spans[next].index;
    if (found.type == MT940_PHRASE_ROLE_AFTER && next > 0)
        index = reading->spans[next - 1].index;
    if (index < 0)
        return;
    if (found.type == MT940_PHRASE_ROLE_BEFORE || reading->facts->ibans[index].role == MT940_ROLE_NONE)
        reading->facts->ibans[index].role = (int32_t)found.meaning;
}

static void read_words(struct mt940_facts_reading *reading)
{
    reading->words.text = reading->text;
    for (fill_window(reading); reading->count > 0; fill_window(reading)) {
        read_kind(reading);
        read_role(reading);
        mt940_facts_read_numbers(reading);
        mt940_facts_read_account(reading);
        reading->count--;
        memmove(reading->window, reading->window + 1, reading->count * sizeof(reading->window[0]));
    }
}

/* Narrative, supplementary line, customer's reference. */
enum { text_count = 3 };

/* What has a form or a place of its own, without words. */
static void read_forms(struct mt940_facts_reading *reading, const struct mt940_facts_input *input,
                       struct mt940_facts *facts, int32_t field)
{
    reading->input = input;
    reading->facts = facts;
    reading->field = field;
    reading->text = facts->text[field];
    reading->words.at = 0;
    reading->count = reading->kind_skip = reading->named_end = reading->span_count = reading->span_at = 0;
    reading->list_count = reading->list_end = reading->plate = 0;
    reading->list_joined = reading->list_labelled = false;
    if (reading->text.length == 0)
        return;
    if (!(input->flags & MT940_FACTS_IBAN_KNOWN))
        read_ibans(reading);
    /* References are numbers of the bank; a bare one with a fitting check digit proves nothing. */
    if (field == MT940_FACT_NARRATIVE || field == MT940_FACT_SUPPLEMENTARY) {
        read_tax_ids(reading);
        mt940_facts_read_subfields(reading);
    }
    if (field == MT940_FACT_NARRATIVE)
        mt940_facts_read_starred(reading);
}

/* Words tell the parts of several IBANs, which numbers are no tax numbers, and a BIC. */
static bool words_matter(const struct mt940_facts_reading *readings, const struct mt940_facts *facts, uint32_t flags)
{
    if (!flags || facts->iban_count > 1)
        return true;
    for (uint32_t i = 0; i < facts->tax_id_count; i++)
        if (!facts->tax_ids[i].labelled)
            return true;
    for (size_t i = 0; i < text_count && !(flags & MT940_FACTS_BIC_KNOWN); i++)
        if (mt940_facts_may_name_bic(readings[i].text))
            return true;
    return false;
}

/*
 * The one in the part that the direction asks for; else the only one that is not in the other
 * part (turkish-banking §1.5).
 */
int32_t mt940_facts_choose_iban(const struct mt940_facts *facts, uint32_t among)
{
    int32_t wanted = facts->sign < 0 ? MT940_ROLE_RECEIVER : MT940_ROLE_SENDER;
    int32_t only = -1, fitting = -1, open = -1;
    uint32_t count = 0, fitting_count = 0, open_count = 0;

    for (uint32_t i = 0; i < facts->iban_count; i++) {
        if (!(among >> i & 1))
            continue;
        only = (int32_t)i;
        count++;
        if (facts->ibans[i].role == wanted) {
            fitting = (int32_t)i;
            fitting_count++;
        } else if (facts->ibans[i].role == MT940_ROLE_NONE) {
            open = (int32_t)i;
            open_count++;
        }
    }
    if (count == 1)
        return only;
    if (facts->sign == 0)
        return -1;
    if (fitting_count > 0)
        return fitting_count == 1 ? fitting : -1;
    return open_count == 1 ? open : -1;
}

static bool overlaps(const struct mt940_fact *a, const struct mt940_fact *b)
{
    return a->field == b->field && a->field != MT940_FACT_NOWHERE && a->offset < b->offset + b->text.length &&
           b->offset < a->offset + a->text.length;
}

/* Whether a number is known to be something else than a tax number. */
static bool is_other_number(const struct mt940_facts *facts, const struct mt940_fact *where)
{
    for (uint32_t i = 0; i < facts->invoice_count; i++)
        if (overlaps(where, &facts->invoices[i].where))
            return true;
    for (uint32_t i = 0; i < facts->account_count; i++)
        if (overlaps(where, &facts->accounts[i].where))
            return true;
    return overlaps(where, &facts->query_number) || overlaps(where, &facts->dealer) ||
           overlaps(where, &facts->cheque) || overlaps(where, &facts->dbs_reference);
}

/* One of ten invoice numbers passes the check of a tax number; only a label makes it one. */
static void drop_other_numbers(struct mt940_facts *facts)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < facts->tax_id_count; i++)
        if (facts->tax_ids[i].labelled || !is_other_number(facts, &facts->tax_ids[i].where))
            facts->tax_ids[kept++] = facts->tax_ids[i];
    facts->tax_id_count = kept;
}

static int32_t choose_tax_id(const struct mt940_facts *facts)
{
    int32_t labelled = -1;
    uint32_t count = 0;

    for (uint32_t i = 0; i < facts->tax_id_count; i++)
        if (facts->tax_ids[i].labelled) {
            labelled = (int32_t)i;
            count++;
        }
    if (count > 0)
        return count == 1 ? labelled : -1;
    return facts->tax_id_count == 1 ? 0 : -1;
}

/* The receipt number (dekont no) stands behind "//"; a labelled one counts where that is empty. */
static void take_bank_reference(struct mt940_facts *facts)
{
    struct mt940_view whole = facts->text[MT940_FACT_BANK_REFERENCE];
    struct mt940_view text = mt940_view_trim(whole);

    if (text.length == 0)
        return;
    facts->receipt.text = text;
    facts->receipt.field = MT940_FACT_BANK_REFERENCE;
    facts->receipt.offset = (uint32_t)(text.data - whole.data);
}

static struct mt940_view bounded(struct mt940_view text)
{
    return text.length > UINT32_MAX ? mt940_view_slice(text, 0, UINT32_MAX) : text;
}

/* The rest. Words inside an IBAN are not words, so there the IBANs are wanted even where they are known. */
static void read_all_words(struct mt940_facts_reading *readings, uint32_t flags)
{
    for (size_t i = 0; i < text_count && (flags & MT940_FACTS_IBAN_KNOWN); i++)
        if (readings[i].text.length > 0)
            read_ibans(&readings[i]);
    if (readings[0].text.length > 0)
        mt940_facts_read_layout(&readings[0]);
    for (size_t i = 0; i < text_count; i++)
        read_words(&readings[i]);
}

static bool flags_fit(uint32_t flags)
{
    const uint32_t known = MT940_FACTS_IBAN_KNOWN | MT940_FACTS_BIC_KNOWN;

    return flags == 0 || (flags & ~known) == MT940_FACTS_COUNTERPARTY;
}

MT940_EXPORT int mt940_facts_read(const struct mt940_facts_input *input, struct mt940_facts *out)
{
    static const int32_t order[text_count] = {
        MT940_FACT_NARRATIVE, MT940_FACT_SUPPLEMENTARY, MT940_FACT_CUSTOMER_REFERENCE};
    struct mt940_facts_reading readings[text_count];

    if (!input || !out || out->size < sizeof(*out) || !flags_fit(input->flags) ||
        mt940_check_size(input, input->size, sizeof(*input), sizeof(*input)) != 0)
        return MT940_E_ARGUMENT;
    mt940_block_clear(out, sizeof(*out));
    out->size = sizeof(*out);
    out->sign = input->sign;
    out->text[MT940_FACT_NARRATIVE] = bounded(input->narrative);
    out->text[MT940_FACT_CUSTOMER_REFERENCE] = bounded(input->customer_reference);
    out->text[MT940_FACT_BANK_REFERENCE] = bounded(input->bank_reference);
    out->text[MT940_FACT_SUPPLEMENTARY] = bounded(input->supplementary);
    for (size_t i = 0; i < text_count; i++)
        read_forms(&readings[i], input, out, order[i]);
    if (words_matter(readings, out, input->flags))
        read_all_words(readings, input->flags);
    drop_other_numbers(out);
    take_bank_reference(out);
    out->counter_iban = mt940_facts_choose_iban(out, UINT32_MAX);
    out->counter_tax_id = choose_tax_id(out);
    return MT940_OK;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * facts.c: collects what a movement says about itself, text by text and word by word: kinds of business and the parts of
 * IBANs are told here, the rest in the facts_*.c beside it. Must not know customers: whose IBAN it is, is the matcher's
 * question.
 */
#include "base/block.h"
#include "base/export.h"
#include "base/failure.h"
#include "match/facts_bic.h"
#include "match/facts_iban.h"
#include "match/facts_label.h"
#include "match/facts_layout.h"
#include "match/facts_tax_id.h"

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
        mt940_facts_read_ibans(reading);
    /* References are numbers of the bank; a bare one with a fitting check digit proves nothing. */
    if (field == MT940_FACT_NARRATIVE || field == MT940_FACT_SUPPLEMENTARY) {
        mt940_facts_read_tax_ids(reading);
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

/* The receipt number (dekont no) stands behind "//"; a labelled one counts where that is empty. */
static void take_bank_reference(struct mt940_facts *facts)
{
    struct mt940_view whole = facts->text[MT940_FACT_BANK_REFERENCE];
    struct mt940_view text = mt940_view_trim(whole);

    if (text.length == 0 || mt940_view_is(text, "NONREF"))
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
            mt940_facts_read_ibans(&readings[i]);
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
    mt940_facts_drop_other_numbers(out);
    take_bank_reference(out);
    out->counter_iban = mt940_facts_choose_iban(out, UINT32_MAX);
    out->counter_tax_id = mt940_facts_choose_tax_id(out);
    return MT940_OK;
}

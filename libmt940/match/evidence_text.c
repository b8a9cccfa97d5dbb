/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_text.c: evidence by what the text says in other ways: customer codes and invoice
 * numbers of open items. Collects; decides nothing.
 */
#include "match/match.h"

#include "match/directory_find.h"
#include "match/directory_layer.h"
#include "match/word.h"

/* A code of fewer characters is found in too many texts. */
#define CODE_SHORTEST 5
#define CODE_LONGEST 40
#define CODE_LOOKUPS 64

/* Beyond so many words nobody writes numbers. */
#define WORDS 512
#define NUMBER_SHORTEST 5
#define NUMBERS 16

static bool is_code_character(char c)
{
    return mt940_ascii_is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '/' || (unsigned char)c >= 0x80;
}

static bool is_edge(char c)
{
    return c == '.' || c == '-' || c == '_' || c == '/';
}

/* Customer with this code as written, else in upper case. */
static int64_t customer_of(const struct mt940_match_state *state, struct mt940_view code)
{
    char upper[CODE_LONGEST];
    int64_t number = mt940_directory_customer_number(state->directory, &code);
    struct mt940_view view;

    if (number >= 0 || code.length > sizeof(upper))
        return number;
    for (size_t i = 0; i < code.length; i++)
        upper[i] = mt940_ascii_upper(code.data[i]);
    view = mt940_view_of(upper, code.length);
    return mt940_directory_customer_number(state->directory, &view);
}

static void add_code(struct mt940_match_state *state, struct mt940_fact where, bool labelled)
{
    int64_t number = customer_of(state, where.text);
    struct mt940_directory_hit hit;
    struct mt940_match_item *item;

    if (number < 0 || !mt940_match_may_add(state, MT940_EVIDENCE_CUSTOMER_CODE, where.text))
        return;
    item = mt940_match_add_item(state, MT940_EVIDENCE_CUSTOMER_CODE,
                                labelled || where.text.length >= 8 ? MT940_WEIGHT_CUSTOMER_CODE
                                                                   : MT940_WEIGHT_SHORT_CODE,
                                MT940_M_EVIDENCE_CUSTOMER_CODE, false);
    if (!item)
        return;
    mt940_directory_fill_hit(state->directory, (uint32_t)number, &hit);
    mt940_match_place(item, &where, where.text);
    mt940_match_add_hits(state, item, &hit, 1, 1);
}

static bool has_digit(struct mt940_view text)
{
    for (size_t i = 0; i < text.length; i++)
        if (mt940_ascii_is_digit(text.data[i]))
            return true;
    return false;
}

/* Pieces between blanks and punctuation that a code can have ("120.01.001"), with a digit in them. */
static void read_codes(struct mt940_match_state *state, int32_t field)
{
    struct mt940_view text = state->facts->text[field];
    uint32_t lookups = 0;
    size_t at = 0;

    while (at < text.length && lookups < CODE_LOOKUPS) {
        size_t start = at, end;

        while (at < text.length && is_code_character(text.data[at]))
            at++;
        end = at;
        at += at == start;
        while (start < end && is_edge(text.data[start]))
            start++;
        while (end > start && is_edge(text.data[end - 1]))
            end--;
        if (end - start >= CODE_SHORTEST && end - start <= CODE_LONGEST &&
            has_digit(mt940_view_slice(text, start, end - start))) {
            struct mt940_fact where = {mt940_view_slice(text, start, end - start), field, (uint32_t)start};

            lookups++;
            add_code(state, where, false);
        }
    }
}

void mt940_match_collect_codes(struct mt940_match_state *state)
{
    if (state->facts->dealer.field != MT940_FACT_NOWHERE)
        add_code(state, state->facts->dealer, true);
    read_codes(state, MT940_FACT_NARRATIVE);
    read_codes(state, MT940_FACT_SUPPLEMENTARY);
    read_codes(state, MT940_FACT_CUSTOMER_REFERENCE);
}

/* Numbers of five digits and more in the narrative that no word explains. */
struct bare_numbers {
    struct mt940_fact number[NUMBERS];
    size_t count;
};

static void read_bare_numbers(const struct mt940_facts *facts, struct bare_numbers *out)
{
    struct mt940_words words = {facts->text[MT940_FACT_NARRATIVE], 0};
    struct mt940_word word;

    out->count = 0;
    for (int i = 0; i < WORDS && out->count < NUMBERS && mt940_words_next(&words, &word); i++) {
        if (!word.all_digits || word.length < NUMBER_SHORTEST)
            continue;
        out->number[out->count].text = mt940_view_slice(words.text, word.offset, word.length);
        out->number[out->count].field = MT940_FACT_NARRATIVE;
        out->number[out->count++].offset = word.offset;
    }
}

static bool is_open(const struct mt940_payment *payment)
{
    return payment->invoice.length > 0 && payment->state == MT940_DOCUMENT_STATE_ACTIVE &&
           payment->paid != payment->amount;
}

static bool is_amount(const struct mt940_match_state *state, const struct mt940_payment *payment)
{
    int64_t open, moved = state->input->amount;

    if (state->input->currency.length > 0 && !mt940_view_equal(&payment->currency, &state->input->currency))
        return false;
    /* Both are of one sign and |paid| <= |amount|; a host that breaks this gets no evidence. */
    if ((payment->amount < 0) != (payment->paid < 0) && payment->paid != 0)
        return false;
    open = payment->amount - payment->paid;
    return open == moved || (moved != INT64_MIN && open == -moved);
}

/* Adds an open item: evidence by its number, and by its amount where that fits too. */
static void add_open_item(struct mt940_match_state *state, const struct mt940_payment *payment,
                          const struct mt940_fact *where, bool strong)
{
    int64_t number = mt940_directory_customer_number(state->directory, &payment->customer);
    struct mt940_directory_hit hit;
    struct mt940_match_item *item;

    if (number < 0)
        return;
    for (uint32_t i = 0; i < state->item_count; i++)
        if (state->items[i].evidence.kind == MT940_EVIDENCE_INVOICE &&
            mt940_view_equal(&state->items[i].evidence.value, &payment->invoice))
            return;
    mt940_directory_fill_hit(state->directory, (uint32_t)number, &hit);
    item = mt940_match_add_item(state, MT940_EVIDENCE_INVOICE,
                                strong ? MT940_WEIGHT_INVOICE : MT940_WEIGHT_BARE_INVOICE, MT940_M_EVIDENCE_INVOICE,
                                strong);
    if (!item)
        return;
    mt940_match_place(item, where, payment->invoice);
    mt940_match_add_hits(state, item, &hit, 1, 1);
    if (!is_amount(state, payment))
        return;
    item = mt940_match_add_item(state, MT940_EVIDENCE_AMOUNT, MT940_WEIGHT_AMOUNT, MT940_M_EVIDENCE_AMOUNT, false);
    if (!item)
        return;
    item->evidence.value = payment->invoice;
    mt940_match_add_hits(state, item, &hit, 1, 1);
}

static bool is_working(const struct mt940_match_state *state, const struct mt940_view *customer)
{
    for (uint32_t i = 0; i < state->working_count; i++)
        if (mt940_view_equal(&state->working[i].hit.customer, customer))
            return true;
    return false;
}

/* Numbers that a word names, or in the form of an e-invoice: they decide. */
static void add_named_invoices(struct mt940_match_state *state)
{
    const struct mt940_match_input *input = state->input;

    for (size_t p = 0; p < input->payment_count; p++)
        for (uint32_t i = 0; is_open(&input->payments[p]) && i < state->facts->invoice_count; i++)
            if (mt940_view_is_nocase(state->facts->invoices[i].where.text, input->payments[p].invoice))
                add_open_item(state, &input->payments[p], &state->facts->invoices[i].where, true);
}

/* A bare number speaks only for a customer who is there already, or together with the amount. */
static void add_bare_invoices(struct mt940_match_state *state)
{
    const struct mt940_match_input *input = state->input;
    struct bare_numbers bare;

    read_bare_numbers(state->facts, &bare);
    for (size_t p = 0; p < input->payment_count; p++) {
        const struct mt940_payment *payment = &input->payments[p];

        for (size_t i = 0; is_open(payment) && i < bare.count; i++)
            if (mt940_view_equal(&bare.number[i].text, &payment->invoice) &&
                (is_amount(state, payment) || is_working(state, &payment->customer)))
                add_open_item(state, payment, &bare.number[i], false);
    }
}

/* Those that decide first: the others may not take their room. */
void mt940_match_collect_invoices(struct mt940_match_state *state)
{
    add_named_invoices(state);
    if (state->input->payment_count > 0)
        add_bare_invoices(state);
}

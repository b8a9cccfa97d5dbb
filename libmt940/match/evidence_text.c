/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_text.c: evidence by what the text says in other ways: customer codes, invoice numbers
 * of open items, and names word for word. Collects; decides nothing.
 */
#include "match/match.h"
#include "mt940connect/fold.h"

/* A code of fewer characters is found in too many texts. */
#define CODE_SHORTEST 5
#define CODE_LONGEST 40
#define CODE_LOOKUPS 64

/* A name is looked for in windows of up to so many words; beyond so many words nobody writes names. */
#define NAME_WINDOW 8
#define NAME_WORDS 512
/* One word alone must be as long; with others it may be shorter. */
#define NAME_SHORTEST_WORD 5
/* So many of one name are listed; more only say that it is a common one. */
#define NAME_HITS 16

#define NUMBER_SHORTEST 5
#define NUMBERS 16

/* Pieces of evidence that names and codes leave for invoice numbers, which weigh more. */
#define ITEMS_LEFT 12

/* Whether names and codes may add one more piece, this one not said yet. */
static bool may_add(const struct mt940_match_state *state, int32_t kind, struct mt940_view value)
{
    if (state->item_count + ITEMS_LEFT >= MT940_MATCH_ITEMS)
        return false;
    for (uint32_t i = 0; i < state->item_count; i++)
        if (state->items[i].evidence.kind == kind && mt940_view_is_nocase(state->items[i].evidence.value, value))
            return false;
    return true;
}

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

    if (number < 0 || !may_add(state, MT940_EVIDENCE_CUSTOMER_CODE, where.text))
        return;
    item = mt940_match_add_item(state, MT940_EVIDENCE_CUSTOMER_CODE,
                                labelled || where.text.length >= 8 ? MT940_WEIGHT_CUSTOMER_CODE
                                                                   : MT940_WEIGHT_SHORT_CODE,
                                MT940_M_EVIDENCE_CUSTOMER_CODE, false);
    if (!item)
        return;
    mt940_directory_fill_hit(state->directory, (uint32_t)number, NULL, &hit);
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
    for (int i = 0; i < NAME_WORDS && out->count < NUMBERS && mt940_words_next(&words, &word); i++) {
        if (!word.all_digits || word.length < NUMBER_SHORTEST)
            continue;
        out->number[out->count].text = mt940_view_slice(words.text, word.offset, word.length);
        out->number[out->count].field = MT940_FACT_NARRATIVE;
        out->number[out->count++].offset = word.offset;
    }
}

static bool is_open(const struct mt940_payment *payment)
{
    return payment->state == MT940_DOCUMENT_STATE_ACTIVE && payment->paid != payment->amount;
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
    mt940_directory_fill_hit(state->directory, (uint32_t)number, NULL, &hit);
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

/*
 * An invoice number that a word names, or in the form of an e-invoice, decides; a bare number
 * speaks only for a customer who is there already, or together with the amount.
 */
void mt940_match_collect_invoices(struct mt940_match_state *state)
{
    const struct mt940_match_input *input = state->input;
    struct bare_numbers bare;

    if (input->payment_count == 0)
        return;
    read_bare_numbers(state->facts, &bare);
    for (size_t p = 0; p < input->payment_count; p++) {
        const struct mt940_payment *payment = &input->payments[p];

        if (!is_open(payment) || payment->invoice.length == 0)
            continue;
        for (uint32_t i = 0; i < state->facts->invoice_count; i++)
            if (mt940_view_is_nocase(state->facts->invoices[i].where.text, payment->invoice))
                add_open_item(state, payment, &state->facts->invoices[i].where, true);
        for (size_t i = 0; i < bare.count; i++)
            if (mt940_view_equal(&bare.number[i].text, &payment->invoice) &&
                (is_amount(state, payment) || is_working(state, &payment->customer)))
                add_open_item(state, payment, &bare.number[i], false);
    }
}

/* Words being looked at, the first of them the current one. */
struct name_window {
    struct mt940_word word[NAME_WINDOW];
    uint32_t count;
};

/* Puts the first `count` words together as a skeleton; 0 when it does not fit. */
static size_t join(const struct name_window *window, uint32_t count, char out[MT940_DIRECTORY_NAME])
{
    size_t length = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct mt940_word *word = &window->word[i];

        if (word->key_length == 0 || word->key_length == MT940_WORD_KEY ||
            length + 1 + word->key_length > MT940_DIRECTORY_NAME)
            return 0;
        if (i > 0)
            out[length++] = ' ';
        memcpy(out + length, word->key, word->key_length);
        length += word->key_length;
    }
    return length;
}

/* How far the letters as written speak against equal skeletons (docs/fold.md). */
static int32_t letter_weight(struct mt940_view a, struct mt940_view b)
{
    int relation = mt940_fold_relate(a.data, a.length, b.data, b.length);

    return relation == MT940_FOLD_CONFLICT_LETTER ? MT940_WEIGHT_NAME_LETTER
           : relation == MT940_FOLD_CONFLICT_I    ? MT940_WEIGHT_NAME_I
                                                  : 0;
}

static void add_name(struct mt940_match_state *state, const struct mt940_fact *where, uint32_t words,
                     const struct mt940_directory_hit *hits, size_t total)
{
    int32_t weight = (int32_t)words * MT940_WEIGHT_NAME_WORD;
    struct mt940_customer customer;
    struct mt940_match_item *item;

    if (mt940_directory_customer(state->directory, &hits[0].customer, &customer) != MT940_OK ||
        !may_add(state, MT940_EVIDENCE_NAME, customer.name))
        return;
    if (weight > MT940_WEIGHT_NAME_MOST)
        weight = MT940_WEIGHT_NAME_MOST;
    weight += letter_weight(where->text, customer.name);
    item = mt940_match_add_item(state, MT940_EVIDENCE_NAME, weight, MT940_M_EVIDENCE_NAME, false);
    if (!item)
        return;
    mt940_match_place(item, where, customer.name);
    mt940_match_add_hits(state, item, hits, total < NAME_HITS ? total : NAME_HITS, total);
}

/* The longest name that begins at the current word; returns how many words it has. */
static uint32_t find_name(struct mt940_match_state *state, const struct name_window *window, int32_t field,
                          const struct mt940_view *own_title)
{
    const struct mt940_view *text = &state->facts->text[field];
    char key[MT940_DIRECTORY_NAME];

    for (uint32_t count = window->count; count > 0; count--) {
        struct mt940_directory_hit hits[NAME_HITS];
        const struct mt940_word *last = &window->word[count - 1];
        struct mt940_view skeleton = mt940_view_of(key, join(window, count, key));
        size_t start = window->word[0].offset, total;
        struct mt940_fact where = {mt940_view_slice(*text, start, last->offset + last->length - start), field,
                                   (uint32_t)start};

        if (skeleton.length == 0 || (count == 1 && skeleton.length < NAME_SHORTEST_WORD))
            continue;
        if (mt940_view_equal(&skeleton, own_title))
            return count;
        total = mt940_directory_by_skeleton(state->directory, &skeleton,
                                            mt940_index_hash(skeleton.data, skeleton.length), hits,
                                            NAME_HITS);
        if (total == 0)
            continue;
        add_name(state, &where, count, hits, total);
        return count;
    }
    return 0;
}

static void read_names(struct mt940_match_state *state, int32_t field, const struct mt940_view *own_title)
{
    struct mt940_words words = {state->facts->text[field], 0};
    struct name_window window;
    uint32_t skip;

    window.count = 0;
    for (int read = 0;; window.count -= skip) {
        while (window.count < NAME_WINDOW && read < NAME_WORDS &&
               mt940_words_next(&words, &window.word[window.count])) {
            window.count++;
            read++;
        }
        if (window.count == 0)
            return;
        skip = find_name(state, &window, field, own_title);
        if (skip == 0)
            skip = 1;
        memmove(window.word, window.word + skip, (window.count - skip) * sizeof(window.word[0]));
    }
}

/* Own title is no evidence (decision 4): the words of it are passed over. */
void mt940_match_collect_names(struct mt940_match_state *state)
{
    char title[MT940_DIRECTORY_NAME];
    struct mt940_view own_title =
        mt940_view_of(title, mt940_directory_name_key(&state->directory->company.title, title));

    read_names(state, MT940_FACT_NARRATIVE, &own_title);
    read_names(state, MT940_FACT_SUPPLEMENTARY, &own_title);
}

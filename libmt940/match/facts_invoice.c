/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_invoice.c: invoice numbers, labelled ones, lists of them before or behind the words that name them, and
 * numbers in the form of an e-invoice (turkish-banking §1.5). Must not know open items: whether such an invoice
 * exists is the matcher's question.
 */
#include "match/facts.h"

enum {
    longest = 32,
    e_invoice = 16,     /* three characters, year, nine digits */
    complete_digits = 6 /* so many are a number by themselves, not the rest of one: 4300099001/4300099002, 2026/001 */
};

/* ABC2026000000117: series of three with a letter, a year of this century, nine digits. */
static bool is_e_invoice(const struct mt940_word *word)
{
    bool letter = false;

    if (word->length != e_invoice || word->key_length != e_invoice)
        return false;
    for (uint32_t i = 0; i < e_invoice; i++) {
        if (mt940_ascii_is_letter(word->key[i]) && i < 3)
            letter = true;
        else if (!mt940_ascii_is_digit(word->key[i]))
            return false;
    }
    return letter && word->key[3] == '2' && word->key[4] == '0';
}

static bool is_complete(const struct mt940_word *word)
{
    return mt940_facts_is_digits(word, complete_digits, e_invoice) || is_e_invoice(word);
}

static bool is_ascii(const struct mt940_view *text, const struct mt940_word *word)
{
    for (uint32_t i = 0; i < word->length; i++)
        if (!mt940_ascii_is_alnum(text->data[word->offset + i]))
            return false;
    return true;
}

static void add_invoice(struct mt940_facts_reading *reading, struct mt940_view number, int32_t labelled)
{
    struct mt940_facts *facts = reading->facts;

    if (number.length > longest)
        return;
    for (uint32_t i = 0; i < facts->invoice_count; i++)
        if (mt940_view_equal(&facts->invoices[i].where.text, &number)) {
            facts->invoices[i].labelled |= labelled;
            return;
        }
    if (facts->invoice_count == MT940_FACT_INVOICES)
        return;
    facts->invoices[facts->invoice_count].labelled = labelled;
    facts->invoices[facts->invoice_count++].where =
        mt940_facts_piece(reading, (size_t)(number.data - reading->text.data), number.length);
}

/* The number that begins with window[at]: to the end of its parts, or that word alone where others are numbers too. */
static struct mt940_view number_at(const struct mt940_facts_reading *reading, uint32_t at)
{
    const struct mt940_word *word = &reading->window[at];

    if (is_e_invoice(word) || (is_complete(word) && at + 1 < reading->count && is_complete(word + 1)))
        return mt940_view_slice(reading->text, word->offset, word->length);
    return mt940_facts_number_text(reading, at, false);
}

/* The first word behind a number that begins with window[at]. */
static uint32_t behind(const struct mt940_facts_reading *reading, uint32_t at, struct mt940_view number)
{
    size_t end = (size_t)(number.data - reading->text.data) + number.length;

    while (at < reading->count && reading->window[at].offset < end)
        at++;
    return at;
}

/* Only signs of a list and blanks between two words, and one sign among them. */
static bool is_list_gap(const struct mt940_view *text, const struct mt940_word *left, const struct mt940_word *right)
{
    size_t end = left->offset + left->length;
    bool mark = end + 1 == right->offset && text->data[end] == '-';

    for (size_t i = end + mark; i < right->offset; i++) {
        char c = text->data[i];

        if (c == ',' || c == '+' || c == '/' || c == ';' || c == '&')
            mark = true;
        else if (!mt940_ascii_is_blank(c))
            return false;
    }
    return mark;
}

/* The next number of "4300099001, 4300099002 VE 4300099003" behind the word before `at`; past the window = none. */
static uint32_t next_of_list(const struct mt940_facts_reading *reading, uint32_t at)
{
    const struct mt940_word *words = reading->window;

    if (at + 1 < reading->count && words[at].key_length == 2 && memcmp(words[at].key, "VE", 2) == 0)
        return at + 1;
    return at < reading->count && is_list_gap(&reading->text, &words[at - 1], &words[at]) ? at : reading->count;
}

/* "15000,00": two digits behind a comma or a dot, and no third. */
static bool is_amount(const struct mt940_view *text, const struct mt940_word *word)
{
    size_t at = word->offset + word->length, digits = 0;

    if (at == text->length || (text->data[at] != ',' && text->data[at] != '.'))
        return false;
    while (++at < text->length && mt940_ascii_is_digit(text->data[at]))
        digits++;
    return digits == 2;
}

/* Whether a word may be one of a list: nothing short, of which the rest stands elsewhere. */
static bool fits_list(const struct mt940_view *text, const struct mt940_word *word)
{
    return (mt940_facts_is_digits(word, 5, e_invoice) || is_e_invoice(word)) && !is_amount(text, word);
}

/* Whether a number is somebody's tax number, or words beside it call it something else than an invoice. */
static bool has_other_name(const struct mt940_facts_reading *reading, uint32_t at)
{
    const struct mt940_facts *facts = reading->facts;
    uint32_t offset = reading->window[at].offset, name = mt940_facts_named_behind(reading, at);

    for (uint32_t i = 0; i < facts->tax_id_count; i++) {
        const struct mt940_fact *where = &facts->tax_ids[i].where;
        if (facts->tax_ids[i].labelled && where->field == reading->field && where->offset == offset)
            return true;
    }
    return offset < reading->named_end || (name && name != MT940_NUMBER_INVOICE);
}

static bool holds_digit(struct mt940_view text)
{
    for (size_t i = 0; i < text.length; i++)
        if (mt940_ascii_is_digit(text.data[i]))
            return true;
    return false;
}

/* What stands behind FATURA without NO: the form of a number, or a colon and anything but a date or a year. */
static bool fits_plain(const struct mt940_facts_reading *reading, uint32_t at)
{
    const struct mt940_word *word = &reading->window[at];

    return (is_complete(word) || (word->length >= 5 && word->has_digit && mt940_facts_behind_colon(reading, at))) &&
           !is_amount(&reading->text, word) && !has_other_name(reading, at);
}

void mt940_facts_read_invoices(struct mt940_facts_reading *reading, uint32_t at, bool plain)
{
    if (!is_ascii(&reading->text, &reading->window[at]) || (plain && !fits_plain(reading, at)))
        return;
    struct mt940_view number = number_at(reading, at);
    if (!holds_digit(number))
        return;
    for (;;) {
        add_invoice(reading, number, 1);
        at = next_of_list(reading, behind(reading, at, number));
        if (at >= reading->count || !fits_list(&reading->text, &reading->window[at]) || has_other_name(reading, at))
            return;
        number = number_at(reading, at);
    }
}

/* Whether a word is what follows a hyphen or a slash in a number. */
static bool is_rest(const struct mt940_view *text, const struct mt940_word *word)
{
    size_t at = word->offset;

    return at > 1 && (text->data[at - 1] == '-' || text->data[at - 1] == '/') && mt940_ascii_is_alnum(text->data[at - 2]);
}

/* Whether "NOLU FATURA" stands at window[at], behind another word. */
static bool named_behind(const struct mt940_facts_reading *reading, uint32_t at)
{
    return mt940_facts_named_behind(reading, at - 1) == MT940_NUMBER_INVOICE;
}

/* A digit in it, or a hyphen or slash behind it. */
static bool may_begin(const struct mt940_view *text, const struct mt940_word *word)
{
    size_t end = word->offset + word->length;

    return (word->has_digit || (end < text->length && (text->data[end] == '-' || text->data[end] == '/'))) &&
           is_ascii(text, word);
}

/* "123456, 123457 VE 123458 NOLU FATURA": each word of the list in its turn; of a number alone, all its parts. */
void mt940_facts_read_invoice_before(struct mt940_facts_reading *reading)
{
    const struct mt940_word *word = &reading->window[0];

    if (!may_begin(&reading->text, word) || (is_rest(&reading->text, word) && !fits_list(&reading->text, word)))
        return;
    struct mt940_view number = number_at(reading, 0);
    if (!holds_digit(number))
        return;
    uint32_t at = behind(reading, 0, number);
    if (named_behind(reading, at)) {
        add_invoice(reading, number, 1);
        return;
    }
    if (!fits_list(&reading->text, word) || has_other_name(reading, 0))
        return;
    while ((at = next_of_list(reading, at)) < reading->count && reading->window[at].has_digit) {
        at = behind(reading, at, number_at(reading, at));
        if (named_behind(reading, at)) {
            add_invoice(reading, number, 1);
            return;
        }
    }
}

void mt940_facts_read_e_invoice(struct mt940_facts_reading *reading)
{
    if (is_e_invoice(&reading->window[0]))
        add_invoice(reading, mt940_view_slice(reading->text, reading->window[0].offset, e_invoice), 0);
}

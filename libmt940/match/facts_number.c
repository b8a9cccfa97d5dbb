/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_number.c: numbers that words name (query, invoice, receipt, dealer, cheque numbers, BIC,
 * rate), before or behind those words. What each number must look like stands here, the words in
 * facts_words.def (turkish-banking §1.5).
 */
#include "match/facts.h"

#define INVOICE_LONGEST 32
#define E_INVOICE 16 /* three characters, year, nine digits */
#define RATE_DIGITS 8

/* The characters of a number from a word on: '-' and '/' go on where a digit follows them. */
static struct mt940_view number_text(const struct mt940_view *text, const struct mt940_word *word)
{
    size_t end = word->offset + word->length;

    while (end + 1 < text->length && (text->data[end] == '-' || text->data[end] == '/') &&
           mt940_ascii_is_digit(text->data[end + 1]) && end - word->offset <= INVOICE_LONGEST) {
        end++;
        while (end < text->length && mt940_ascii_is_alnum(text->data[end]) && end - word->offset <= INVOICE_LONGEST)
            end++;
    }
    return mt940_view_slice(*text, word->offset, end - word->offset);
}

static bool is_ascii(const struct mt940_view *text, const struct mt940_word *word)
{
    for (uint32_t i = 0; i < word->length; i++)
        if (!mt940_ascii_is_alnum(text->data[word->offset + i]))
            return false;
    return true;
}

static bool is_digits(const struct mt940_word *word, uint32_t shortest, uint32_t longest)
{
    return word->all_digits && word->length >= shortest && word->length <= longest;
}

/* ABC2026000000117: series of three with a letter, a year of this century, nine digits. */
static bool is_e_invoice(const struct mt940_word *word)
{
    bool letter = false;

    if (word->length != E_INVOICE || word->key_length != E_INVOICE)
        return false;
    for (uint32_t i = 0; i < E_INVOICE; i++) {
        if (mt940_ascii_is_letter(word->key[i]) && i < 3)
            letter = true;
        else if (!mt940_ascii_is_digit(word->key[i]))
            return false;
    }
    return letter && word->key[3] == '2' && word->key[4] == '0';
}

static void set_once(struct mt940_fact *fact, struct mt940_fact value)
{
    if (fact->field == MT940_FACT_NOWHERE)
        *fact = value;
}

static void add_invoice(struct mt940_facts_reading *reading, struct mt940_view number, int32_t labelled)
{
    struct mt940_facts *facts = reading->facts;

    if (number.length > INVOICE_LONGEST)
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

/* "40,1250" or "40.1250" behind a label, in 10^-8; at most ten digits before the separator. */
static void read_rate(struct mt940_facts_reading *reading, const struct mt940_word *word)
{
    const struct mt940_view *text = &reading->text;
    size_t at = word->offset;
    int64_t rate = 0;
    int decimals = -1;

    if (reading->facts->rate != 0 || !is_digits(word, 1, 10))
        return;
    for (; at < text->length && decimals < RATE_DIGITS; at++) {
        char c = text->data[at];

        if (mt940_ascii_is_digit(c)) {
            rate = rate * 10 + (c - '0');
            decimals += decimals >= 0;
        } else if (decimals < 0 && (c == ',' || c == '.')) {
            decimals = 0;
        } else {
            break;
        }
    }
    for (int i = decimals > 0 ? decimals : 0; i < RATE_DIGITS; i++)
        rate *= 10;
    reading->facts->rate = rate;
}

/* Four letters of the bank, two of the country, two or five of place and branch (ISO 9362). */
static bool is_bic(const struct mt940_word *word)
{
    if (word->length != word->key_length || (word->length != 8 && word->length != 11))
        return false;
    for (uint32_t i = 0; i < 6; i++)
        if (!mt940_ascii_is_letter(word->key[i]))
            return false;
    return true;
}

/* "DBS ODM/5089567/0801422766": the number behind the subscriber is the payment's. */
static void read_dbs_reference(struct mt940_facts_reading *reading, uint32_t at)
{
    const struct mt940_word *words = reading->window;

    if (at + 1 < reading->count && is_digits(&words[at], 4, 20) && is_digits(&words[at + 1], 4, 20))
        set_once(&reading->facts->dbs_reference,
                 mt940_facts_piece(reading, words[at + 1].offset, words[at + 1].length));
}

/* Only commas, plus signs, slashes, semicolons and blanks between two words, and one mark among them. */
static bool is_list_gap(const struct mt940_view *text, const struct mt940_word *left, const struct mt940_word *right)
{
    bool mark = false;

    for (size_t i = left->offset + left->length; i < right->offset; i++) {
        char c = text->data[i];

        if (c == ',' || c == '+' || c == '/' || c == ';')
            mark = true;
        else if (!mt940_ascii_is_blank(c))
            return false;
    }
    return mark;
}

/* Further numbers of "FATURA NO: 4300099001, 4300099002 VE 4300099003". */
static void read_invoice_list(struct mt940_facts_reading *reading, uint32_t at)
{
    const struct mt940_word *words = reading->window;

    for (;;) {
        bool joined =
            at + 2 < reading->count && words[at + 1].key_length == 2 && memcmp(words[at + 1].key, "VE", 2) == 0;

        if (!joined && (at + 1 >= reading->count || !is_list_gap(&reading->text, &words[at], &words[at + 1])))
            return;
        at += joined ? 2 : 1;
        if (!is_digits(&words[at], 5, E_INVOICE) && !is_e_invoice(&words[at]))
            return;
        add_invoice(reading, number_text(&reading->text, &words[at]), 1);
    }
}

static bool holds_digit(struct mt940_view text)
{
    for (size_t i = 0; i < text.length; i++)
        if (mt940_ascii_is_digit(text.data[i]))
            return true;
    return false;
}

static void read_invoice(struct mt940_facts_reading *reading, uint32_t at, bool plain)
{
    const struct mt940_word *word = &reading->window[at];
    struct mt940_view number;

    if (!is_ascii(&reading->text, word) || (plain && !is_digits(word, 6, E_INVOICE) && !is_e_invoice(word)))
        return;
    number = number_text(&reading->text, word);
    if (!holds_digit(number))
        return;
    add_invoice(reading, number, 1);
    while (at + 1 < reading->count && reading->window[at + 1].offset < word->offset + number.length)
        at++;
    read_invoice_list(reading, at);
}

/* The word at window[at] as the value of a label. */
static void read_value(struct mt940_facts_reading *reading, uint32_t meaning, uint32_t at)
{
    struct mt940_facts *facts = reading->facts;
    const struct mt940_word *word = &reading->window[at];
    struct mt940_fact piece = mt940_facts_piece(reading, word->offset, word->length);

    if (meaning == MT940_NUMBER_QUERY && is_digits(word, 4, 12))
        set_once(&facts->query_number, piece);
    else if (meaning == MT940_NUMBER_INVOICE || meaning == MT940_NUMBER_PLAIN_INVOICE)
        read_invoice(reading, at, meaning == MT940_NUMBER_PLAIN_INVOICE);
    else if (meaning == MT940_NUMBER_CHEQUE && is_digits(word, 3, 12))
        set_once(&facts->cheque, piece);
    else if (meaning == MT940_NUMBER_BIC && is_bic(word))
        set_once(&facts->bic, piece);
    else if (meaning == MT940_NUMBER_RATE)
        read_rate(reading, word);
    else if (meaning == MT940_NUMBER_DBS)
        read_dbs_reference(reading, at);
    else if (word->has_digit && meaning == MT940_NUMBER_DEALER)
        set_once(&facts->dealer, piece);
    else if (word->has_digit && meaning == MT940_NUMBER_RECEIPT)
        set_once(&facts->receipt, piece);
}

/* "1414049 SORGU NO" names the number before it only where none stands behind the words. */
static bool label_has_own_value(const struct mt940_facts_reading *reading, uint32_t words, uint32_t meaning)
{
    return meaning == MT940_NUMBER_QUERY && 1 + words < reading->count &&
           is_digits(&reading->window[1 + words], 4, 12);
}

void mt940_facts_read_numbers(struct mt940_facts_reading *reading)
{
    struct mt940_phrase_found found;

    mt940_phrase_find(reading->window, reading->count, MT940_PHRASE_LABEL, &found);
    if (found.words > 0 && found.words < reading->count)
        read_value(reading, found.meaning, found.words);
    if (!reading->window[0].has_digit)
        return;
    mt940_phrase_find(reading->window + 1, reading->count - 1, MT940_PHRASE_AFTER, &found);
    if (found.words > 0 && !label_has_own_value(reading, found.words, found.meaning))
        read_value(reading, found.meaning, 0);
    if (is_e_invoice(&reading->window[0]))
        add_invoice(reading, mt940_view_slice(reading->text, reading->window[0].offset, E_INVOICE), 0);
}

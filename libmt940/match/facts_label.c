/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_label.c: numbers that words name (query, receipt, dealer, cheque numbers, BIC, rate), before or behind those
 * words. What each number must look like stands here, the words in facts_words.def (turkish-banking §1.5), invoices in
 * facts_invoice.c.
 */
#include "match/facts_label.h"

#include "match/facts_invoice.h"
#include "match/facts_number.h"

enum { rate_digits = 8 };

/* Where the rate stands: at window[at], or behind it in "1 USD=40,1250". */
static uint32_t rate_at(const struct mt940_facts_reading *reading, uint32_t at)
{
    const struct mt940_word *word = &reading->window[at];
    bool one = word->length == 1 && word->key[0] == '1', unit = at + 1 < reading->count && word[1].key_length == 3;

    return one && unit && !word[1].has_digit ? at + 2 : at;
}

/* "40,1250" or "40.1250" behind a label, in 10^-8; at most ten digits before the separator. */
static void read_rate(struct mt940_facts_reading *reading, uint32_t label_end)
{
    const struct mt940_view *text = &reading->text;
    uint32_t place = rate_at(reading, label_end);
    int64_t rate = 0;
    int decimals = -1;

    if (reading->facts->rate != 0 || place >= reading->count || !mt940_facts_is_digits(&reading->window[place], 1, 10))
        return;
    size_t at = reading->window[place].offset;
    for (; at < text->length && decimals < rate_digits; at++) {
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
    for (int i = decimals > 0 ? decimals : 0; i < rate_digits; i++)
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

static struct mt940_view text_of(const struct mt940_facts_reading *reading, const struct mt940_word *word)
{
    return mt940_view_slice(reading->text, word->offset, word->length);
}

static void take(struct mt940_fact *fact, const struct mt940_facts_reading *reading, const struct mt940_word *word,
                 bool fits)
{
    if (fits)
        mt940_facts_take(reading, fact, word->offset, word->length);
}

/* "DBS ODM/5089567/0801422766": the number behind the subscriber is the payment's. */
static void read_dbs_reference(struct mt940_facts_reading *reading, uint32_t at)
{
    const struct mt940_word *words = reading->window;

    if (at + 1 < reading->count && mt940_facts_is_digits(&words[at], 4, 20))
        take(&reading->facts->dbs_reference, reading, &words[at + 1], mt940_facts_is_digits(&words[at + 1], 4, 20));
}

/* Numbers with letters, hyphens and slashes, as A-1234 and 2026-DK-001234; codes of dealers have dots too: 120.01.001. */
static void take_whole(const struct mt940_facts_reading *reading, struct mt940_fact *fact, uint32_t at, uint32_t parts)
{
    enum { longest_series = 4 };
    struct mt940_view number = mt940_facts_number_text(reading, at, parts);

    if (mt940_facts_holds_number(number) && (reading->window[at].has_digit || reading->window[at].length <= longest_series))
        mt940_facts_take(reading, fact, reading->window[at].offset, number.length);
}

/* The word at window[at] as the value of a label. */
static void read_value(struct mt940_facts_reading *reading, uint32_t meaning, uint32_t at)
{
    struct mt940_facts *facts = reading->facts;
    const struct mt940_word *word = &reading->window[at];

    if (meaning & MT940_NUMBER_BEHIND_COLON && !mt940_facts_behind_colon(reading, at))
        return;
    switch (meaning & ~(uint32_t)MT940_NUMBER_BEHIND_COLON) {
    case MT940_NUMBER_QUERY:
        take(&facts->query_number, reading, word, mt940_facts_is_digits(word, 4, 12) && mt940_facts_holds_number(text_of(reading, word)));
        break;
    case MT940_NUMBER_INVOICE:
    case MT940_NUMBER_PLAIN_INVOICE:
        mt940_facts_read_invoices(reading, at, meaning == MT940_NUMBER_PLAIN_INVOICE);
        break;
    case MT940_NUMBER_CHEQUE:
        take(&facts->cheque, reading, word, mt940_facts_is_digits(word, 3, 12) && mt940_facts_holds_number(text_of(reading, word)));
        break;
    case MT940_NUMBER_BIC:
        take(&facts->bic, reading, word, is_bic(word));
        break;
    case MT940_NUMBER_RATE:
        read_rate(reading, at);
        break;
    case MT940_NUMBER_DBS:
        read_dbs_reference(reading, at);
        break;
    case MT940_NUMBER_DEALER:
        take_whole(reading, &facts->dealer, at, MT940_NUMBER_DOTS | MT940_NUMBER_LETTERS);
        break;
    case MT940_NUMBER_OTHER:
    case MT940_NUMBER_COUNT:
        break;
    default:
        take_whole(reading, &facts->receipt, at, MT940_NUMBER_LETTERS);
        break;
    }
}

/* Whether an IBAN stands before window[at], behind the word before it: what "IBAN NO" names is that. */
static bool is_behind_iban(const struct mt940_facts_reading *reading, uint32_t at)
{
    const struct mt940_word *word = &reading->window[at];

    for (uint32_t i = 0; i < reading->span_count; i++)
        if (reading->spans[i].offset > word[-1].offset && reading->spans[i].offset < word->offset)
            return true;
    return false;
}

void mt940_facts_read_numbers(struct mt940_facts_reading *reading)
{
    struct mt940_phrase_found found;
    uint32_t meaning;

    mt940_phrase_find(reading->window, reading->count, MT940_PHRASE_LABEL, &found);
    if (found.words > 0 && found.words < reading->count && !is_behind_iban(reading, found.words)) {
        read_value(reading, found.meaning, found.words);
        if (found.meaning != MT940_NUMBER_INVOICE && found.meaning != MT940_NUMBER_PLAIN_INVOICE)
            reading->named_end = reading->window[found.words].offset + reading->window[found.words].length;
    }
    mt940_facts_read_invoice_before(reading);
    if (!reading->window[0].has_digit)
        return;
    meaning = mt940_facts_named_behind(reading, 0);
    if (meaning && meaning != MT940_NUMBER_INVOICE)
        read_value(reading, meaning, 0);
    mt940_facts_read_e_invoice(reading);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_invoice.c: invoice numbers, labelled ones, lists of them before or behind the words that name them, and
 * numbers in the form of an e-invoice (turkish-banking §1.5). Must not know open items: whether such an invoice
 * exists is the matcher's question.
 */
#include "match/facts_invoice.h"

#include "match/facts_number.h"

enum {
    longest = 32,
    e_invoice = 16,      /* three characters, year, nine digits */
    complete_digits = 6, /* so many are a number by themselves, not the rest of one: 4300099001/4300099002, 2026/001 */
    longest_series = 4   /* letters in front of a hyphen: ABC-2026/001, not ODEME-4711 */
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

    if (number.length > longest || !mt940_facts_holds_number(number))
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
    return mt940_facts_number_text(reading, at, 0);
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

/* "101 VE 102", "101 ILE 102", "101 and 102". */
static bool is_joiner(const struct mt940_word *word)
{
    static const char joiners[][4] = {"VE", "ILE", "AND", "UND"};

    for (size_t i = 0; i < sizeof(joiners) / sizeof(joiners[0]); i++)
        if (word->key_length == strlen(joiners[i]) && memcmp(word->key, joiners[i], word->key_length) == 0)
            return true;
    return false;
}

/* "15000,00", also the day and month of a date: two digits behind a comma or a dot, and no third. "98,99,100" is a list. */
static bool is_amount(const struct mt940_view *text, const struct mt940_word *word)
{
    size_t at = word->offset + word->length, digits = 0;

    if (at == text->length || (text->data[at] != ',' && text->data[at] != '.'))
        return false;
    char sign = text->data[at];
    while (++at < text->length && mt940_ascii_is_digit(text->data[at]))
        digits++;
    bool list = sign == ',' && at + 1 < text->length && text->data[at] == ',' && mt940_ascii_is_digit(text->data[at + 1]);
    return digits == 2 && !list;
}

/* Whether a word may be one of a list by itself. What is short must be like the number beside it: is_alike(). */
static bool fits_list(const struct mt940_view *text, const struct mt940_word *word)
{
    return (mt940_facts_is_digits(word, 5, e_invoice) || is_e_invoice(word)) && !is_amount(text, word);
}

static bool is_year(struct mt940_view number)
{
    return number.length == 4 && number.data[0] == '2' && number.data[1] == '0';
}

/*
 * Whether two short numbers stand side by side in one list, the first before the second: 101 and 102, 2026/7 and 2026/8,
 * also 99 and 100. Neither a date beside a number nor a year does.
 */
static bool is_alike(struct mt940_view first, struct mt940_view second)
{
    if (second.length == first.length + 1)
        return first.data[0] == '9' && second.data[0] == '1' && mt940_view_is_digits(first) && mt940_view_is_digits(second);
    if (first.length != second.length || is_year(first) != is_year(second) || (first.data[0] == '0') != (second.data[0] == '0'))
        return false;
    for (size_t i = 0; i < first.length; i++) {
        bool digit = mt940_ascii_is_digit(first.data[i]);

        if (digit != mt940_ascii_is_digit(second.data[i]) || (!digit && first.data[i] != second.data[i]))
            return false;
    }
    return true;
}

/* Whether one blank alone stands between window[at] and the next word. */
static bool is_beside(const struct mt940_facts_reading *reading, uint32_t at)
{
    const struct mt940_word *word = &reading->window[at];

    return at + 1 < reading->count && word[1].offset == word->offset + word->length + 1 &&
           mt940_ascii_is_blank(reading->text.data[word[1].offset - 1]);
}

/*
 * Whether a number is somebody's tax number, or words beside it call it something else than an invoice. What is counted
 * (150 KG, 15 TEMMUZ) is short.
 */
static bool has_other_name(const struct mt940_facts_reading *reading, uint32_t at)
{
    enum { longest_count = 4 };
    const struct mt940_facts *facts = reading->facts;
    uint32_t offset = reading->window[at].offset, name = mt940_facts_named_behind(reading, at);

    for (uint32_t i = 0; i < facts->tax_id_count; i++) {
        const struct mt940_fact *where = &facts->tax_ids[i].where;
        if (facts->tax_ids[i].labelled && where->field == reading->field && where->offset == offset)
            return true;
    }
    if (name == MT940_NUMBER_COUNT && (reading->window[at].length > longest_count || !is_beside(reading, at)))
        name = 0;
    return offset < reading->named_end || (name && name != MT940_NUMBER_INVOICE);
}

static bool holds_digit(struct mt940_view text)
{
    for (size_t i = 0; i < text.length; i++)
        if (mt940_ascii_is_digit(text.data[i]))
            return true;
    return false;
}

/* 2026-0117, 2026/0117: a year and a number, not a month. */
static bool is_of_year(const struct mt940_facts_reading *reading, uint32_t at)
{
    enum { year_and_sign = 5, shortest = 8 };
    struct mt940_view number = mt940_facts_number_text(reading, at, 0);

    return number.length >= shortest && is_year(mt940_view_slice(number, 0, 4)) &&
           mt940_view_is_digits(mt940_view_slice(number, year_and_sign, number.length));
}

/* What stands behind FATURA without NO: the form of a number, or a colon and anything but a date or a year. */
static bool fits_plain(const struct mt940_facts_reading *reading, uint32_t at)
{
    enum { shortest = 3 };
    const struct mt940_word *word = &reading->window[at];
    bool year = is_year(mt940_view_slice(reading->text, word->offset, word->length));
    bool behind_colon = word->length >= shortest && word->has_digit && !year && mt940_facts_behind_colon(reading, at);

    return (is_complete(word) || is_of_year(reading, at) || behind_colon) && !is_amount(&reading->text, word) &&
           !has_other_name(reading, at);
}

static void forget_list(struct mt940_facts_reading *reading)
{
    reading->list_count = 0;
    reading->list_joined = reading->list_labelled = false;
}

static void end_list_at(struct mt940_facts_reading *reading, struct mt940_view number)
{
    reading->list_end = (uint32_t)((size_t)(number.data - reading->text.data) + number.length);
    reading->list_joined = false;
}

void mt940_facts_read_invoices(struct mt940_facts_reading *reading, uint32_t at, bool plain)
{
    if (!is_ascii(&reading->text, &reading->window[at]) || (plain && !fits_plain(reading, at)))
        return;
    struct mt940_view number = number_at(reading, at);
    if (!holds_digit(number))
        return;
    add_invoice(reading, number, 1);
    forget_list(reading);
    reading->list[reading->list_count++].number = number;
    reading->list_labelled = true;
    end_list_at(reading, number);
}

/* The sign between a word and the digit before it, 0 = another, or no digit. */
static char sign_before(const struct mt940_view *text, const struct mt940_word *word)
{
    size_t at = word->offset;

    return at > 1 && mt940_ascii_is_digit(text->data[at - 2]) ? text->data[at - 1] : '\0';
}

/* Whether "NOLU FATURA" stands at window[at], behind another word. */
static bool named_behind(const struct mt940_facts_reading *reading, uint32_t at)
{
    return mt940_facts_named_behind(reading, at - 1) == MT940_NUMBER_INVOICE;
}

/* Whether "NOLU FATURALAR" stands there, and not FATURA. */
static bool several_behind(const struct mt940_facts_reading *reading, uint32_t at)
{
    static const char several[] = "FATURALAR";

    for (uint32_t i = at; i < reading->count && i < at + 4; i++)
        if (reading->window[i].key_length >= sizeof(several) - 1 &&
            memcmp(reading->window[i].key, several, sizeof(several) - 1) == 0)
            return true;
    return false;
}

/* A digit in it, or a series of letters that means nothing, with a hyphen or slash behind it. */
static bool may_begin(const struct mt940_facts_reading *reading, const struct mt940_word *word)
{
    const struct mt940_view *text = &reading->text;
    struct mt940_phrase_found found;
    size_t end = word->offset + word->length;

    if (!is_ascii(text, word) || word->has_digit)
        return word->has_digit && is_ascii(text, word);
    if (end >= text->length || (text->data[end] != '-' && text->data[end] != '/') || word->length > longest_series)
        return false;
    mt940_phrase_find(word, 1, -1, &found);
    return found.words == 0;
}

/*
 * "101-102-103 NOLU FATURALAR": the parts of a number are numbers where several are spoken of and they are alike. Of a
 * range both ends are told, for both are meant.
 */
static bool add_parts(struct mt940_facts_reading *reading, struct mt940_view number)
{
    struct mt940_view parts[MT940_FACT_INVOICES];
    size_t count = 0, from = 0;

    for (size_t i = 0; i <= number.length; i++) {
        if (i < number.length && number.data[i] != '-' && number.data[i] != '/')
            continue;
        if (count == MT940_FACT_INVOICES)
            return false;
        parts[count] = mt940_view_slice(number, from, i - from);
        if (!mt940_view_is_digits(parts[count]) || (count > 0 && !is_alike(parts[count - 1], parts[count])))
            return false;
        count++;
        from = i + 1;
    }
    for (size_t i = 0; i < count; i++)
        add_invoice(reading, parts[i], 1);
    return count > 1;
}

/* The list ends before "NOLU FATURA": from its end on, what belongs to it. `several`: FATURALAR. */
static void take_list(struct mt940_facts_reading *reading, bool several)
{
    uint32_t first = reading->list_count - 1;

    while (first > 0 && (reading->list[first - 1].whole ||
                         is_alike(reading->list[first - 1].number, reading->list[first].number)) &&
           (several || !reading->list[first].dashed))
        first--;
    for (uint32_t i = first; i < reading->list_count; i++)
        if (!several || !add_parts(reading, reading->list[i].number))
            add_invoice(reading, reading->list[i].number, 1);
    forget_list(reading);
}

/* Whether the current word goes on the list: behind a sign of it, or a word like VE. */
static bool goes_on_list(const struct mt940_facts_reading *reading, bool *dashed)
{
    const struct mt940_view *text = &reading->text;
    const struct mt940_word *word = &reading->window[0];
    struct mt940_word last = *word;
    size_t at = reading->list_end;

    *dashed = false;
    if (reading->list_joined)
        return true;
    last.offset = 0;
    last.length = reading->list_end;
    if (is_list_gap(text, &last, word))
        return true;
    while (at < word->offset && (mt940_ascii_is_blank(text->data[at]) || text->data[at] == '-'))
        at++;
    *dashed = at == word->offset && word->offset == reading->list_end + 3;
    return *dashed;
}

/* "532 123 45 67": digits go on behind a blank, a few at a time. */
static bool is_group(const struct mt940_facts_reading *reading)
{
    return is_beside(reading, 0) && mt940_facts_is_digits(&reading->window[1], 1, 4);
}

/* The next of a list whose first number a label named; what is short must be like the one before it. */
static void read_labelled(struct mt940_facts_reading *reading, struct mt940_view number)
{
    const struct mt940_word *word = &reading->window[0];
    struct mt940_view before = reading->list[reading->list_count - 1].number;
    bool dashed, listed = goes_on_list(reading, &dashed) && !dashed;

    if (!listed || is_amount(&reading->text, word) || has_other_name(reading, 0) ||
        !(fits_list(&reading->text, word) || (!is_group(reading) && is_alike(before, number)))) {
        forget_list(reading);
        return;
    }
    add_invoice(reading, number, 1);
    reading->list[reading->list_count - 1].number = number;
    end_list_at(reading, number);
}

/* Whether the current word is the number of "34 ABC 123", a number plate: it follows two digits and up to three letters. */
static bool ends_plate(struct mt940_facts_reading *reading)
{
    const struct mt940_word *word = &reading->window[0];
    bool ends = reading->plate == 2 && mt940_facts_is_digits(word, 2, 4);

    /* Neither "%18 KDV 995" nor "500,41 TL 98". */
    if (mt940_facts_is_digits(word, 2, 2) && (word->offset == 0 || !memchr("%,.", reading->text.data[word->offset - 1], 3)))
        reading->plate = 1;
    else
        reading->plate = reading->plate == 1 && !word->has_digit && word->length <= 3 ? 2 : 0;
    return ends;
}

/* Appends a number that begins with the current word to the list that it goes on, or begins one. */
static void append(struct mt940_facts_reading *reading, struct mt940_view number)
{
    bool dashed = false;

    if (reading->list_count == 0 || !goes_on_list(reading, &dashed))
        forget_list(reading);
    if (reading->list_count == MT940_FACT_INVOICES) {
        memmove(reading->list, reading->list + 1, sizeof(reading->list) - sizeof(reading->list[0]));
        reading->list_count--;
    }
    struct mt940_facts_listed *listed = &reading->list[reading->list_count++];
    listed->number = number;
    listed->whole = fits_list(&reading->text, &reading->window[0]);
    listed->dashed = dashed;
}

/*
 * "101, 102 VE 103 NOLU FATURA": numbers are gathered word by word; at the words that name them it is told which they
 * are. Of "ABC2026000000117/118" the rest is no number, but the words may stand behind it.
 */
void mt940_facts_read_invoice_before(struct mt940_facts_reading *reading)
{
    const struct mt940_word *word = &reading->window[0];
    bool plate = ends_plate(reading);

    if (word->offset < reading->list_end)
        return;
    if (reading->list_count > 0 && is_joiner(word) && !reading->list_joined) {
        reading->list_joined = true;
        return;
    }
    char sign = sign_before(&reading->text, word);
    /* Of a date, an amount, a time of day. */
    if (!may_begin(reading, word) || sign == '.' || sign == ':') {
        forget_list(reading);
        return;
    }
    struct mt940_view number = number_at(reading, 0);
    if (reading->list_labelled) {
        read_labelled(reading, number);
        if (reading->list_labelled)
            return;
    }
    uint32_t at = behind(reading, 0, number);
    bool named = named_behind(reading, at), whole = fits_list(&reading->text, word), rest = sign == '-' || sign == '/';
    bool other = plate || is_amount(&reading->text, word) || has_other_name(reading, 0) ||
                 (reading->list_count == 0 && sign == ',');
    if (!holds_digit(number) || (!named && other && !rest) || (rest && !whole && reading->list_count == 0)) {
        forget_list(reading);
        return;
    }
    if (!rest || whole)
        append(reading, number);
    end_list_at(reading, number);
    if (named)
        take_list(reading, several_behind(reading, at));
}

void mt940_facts_read_e_invoice(struct mt940_facts_reading *reading)
{
    if (is_e_invoice(&reading->window[0]))
        add_invoice(reading, mt940_view_slice(reading->text, reading->window[0].offset, e_invoice), 0);
}

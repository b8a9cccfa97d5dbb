/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_layout.c: what a bank says by position: unlabelled numbers at the start of a narrative,
 * accounts written BBBB-SSSSS/NNNN, names in sub-fields between slashes, and parts between stars. The layouts are data
 * (facts_layouts.def, turkish-banking §1.5).
 */
#include "match/facts_layout.h"

struct layout {
    int32_t bank;
    const char *pattern;
};

struct subfield {
    const char *code;
    int32_t role;
};

#define MT940_LAYOUT(bank, pattern) {bank, pattern},
#define MT940_SUBFIELD(code, role)
static const struct layout layouts[] = {
#include "match/facts_layouts.def"
};
#undef MT940_LAYOUT
#undef MT940_SUBFIELD
#define MT940_LAYOUT(bank, pattern)
#define MT940_SUBFIELD(code, role) {code, role},
static const struct subfield subfields[] = {
#include "match/facts_layouts.def"
};
#undef MT940_LAYOUT
#undef MT940_SUBFIELD

/* Value of up to nine digits; -1 for anything else. */
static int32_t small_number(struct mt940_view digits)
{
    int32_t value = 0;

    if (digits.length == 0 || digits.length > 9)
        return -1;
    for (size_t i = 0; i < digits.length; i++) {
        if (!mt940_ascii_is_digit(digits.data[i]))
            return -1;
        value = value * 10 + (digits.data[i] - '0');
    }
    return value;
}

static struct mt940_view without_zeros(struct mt940_view digits)
{
    while (digits.length > 0 && digits.data[0] == '0')
        digits = mt940_view_slice(digits, 1, digits.length - 1);
    return digits;
}

static struct mt940_view word_view(const struct mt940_facts_reading *reading, const struct mt940_word *word)
{
    return mt940_view_slice(reading->text, word->offset, word->length);
}

static void add_account(struct mt940_facts_reading *reading, const struct mt940_fact_account *account)
{
    struct mt940_facts *facts = reading->facts;
    struct mt940_view own = without_zeros(reading->input->own_account);
    struct mt940_view number = without_zeros(account->number);

    if (number.length > 0 && mt940_view_equal(&number, &own))
        return;
    if (facts->account_count < MT940_FACT_ACCOUNTS)
        facts->accounts[facts->account_count++] = *account;
}

/* 0062-00119/9876543, with '-' or '_' between bank and branch. */
void mt940_facts_read_account(struct mt940_facts_reading *reading)
{
    const struct mt940_word *words = reading->window;
    struct mt940_fact_account account;
    size_t first, second;

    if (reading->count < 3 || !words[0].all_digits || !words[1].all_digits || !words[2].all_digits)
        return;
    first = words[0].offset + words[0].length;
    second = words[1].offset + words[1].length;
    if (words[1].offset != first + 1 || words[2].offset != second + 1 || reading->text.data[second] != '/' ||
        (reading->text.data[first] != '-' && reading->text.data[first] != '_'))
        return;
    if (words[0].length < 4 || words[0].length > 5 || words[1].length > 5 || words[2].length < 5 ||
        words[2].length > 16)
        return;
    account.bank = small_number(word_view(reading, &words[0]));
    account.branch = small_number(word_view(reading, &words[1]));
    account.number = word_view(reading, &words[2]);
    account.where = mt940_facts_piece(reading, words[0].offset, words[2].offset + words[2].length - words[0].offset);
    add_account(reading, &account);
}

/* One part of a pattern: what, '~' for "up to", length. Moves *pattern behind it. */
static bool part_fits(const char **pattern, const struct mt940_word *word, char *what)
{
    const char *at = *pattern;
    bool up_to;
    uint32_t length = 0;

    *what = *at++;
    up_to = *at == '~';
    at += up_to;
    while (mt940_ascii_is_digit(*at))
        length = length * 10 + (uint32_t)(*at++ - '0');
    while (*at == ' ')
        at++;
    *pattern = at;
    if (up_to ? word->length > length : word->length != length)
        return false;
    return *what == 'w' ? !word->has_digit : word->all_digits;
}

static bool layout_fits(struct mt940_facts_reading *reading, const char *pattern, struct mt940_fact_account *account,
                        struct mt940_fact *cheque)
{
    struct mt940_words words = {reading->text, 0};
    struct mt940_word word = {0};
    uint32_t start = UINT32_MAX;
    char what;

    while (*pattern) {
        if (!mt940_words_next(&words, &word) || !part_fits(&pattern, &word, &what))
            return false;
        if (start == UINT32_MAX)
            start = word.offset;
        if (what == 'K')
            account->bank = small_number(word_view(reading, &word));
        if (what == 'B')
            account->branch = small_number(word_view(reading, &word));
        if (what == 'A')
            account->number = word_view(reading, &word);
        if (what == 'C')
            *cheque = mt940_facts_piece(reading, word.offset, word.length);
    }
    account->where = mt940_facts_piece(reading, start, word.offset + word.length - start);
    return true;
}

void mt940_facts_read_layout(struct mt940_facts_reading *reading)
{
    int32_t own = small_number(mt940_view_trim(reading->input->own_bank));

    for (size_t i = 0; own >= 0 && i < sizeof(layouts) / sizeof(layouts[0]); i++) {
        struct mt940_fact_account account = {own, -1, {NULL, 0}, {{NULL, 0}, 0, 0}};
        struct mt940_fact cheque = {{NULL, 0}, 0, 0};

        if (layouts[i].bank != own || !layout_fits(reading, layouts[i].pattern, &account, &cheque))
            continue;
        /* Zeros stand for "no account"; the branch is told all the same. */
        if (without_zeros(account.number).length == 0)
            account.number.length = 0;
        if (account.branch >= 0)
            add_account(reading, &account);
        if (cheque.field != MT940_FACT_NOWHERE && reading->facts->cheque.field == MT940_FACT_NOWHERE)
            reading->facts->cheque = cheque;
        return;
    }
}

/* "/CODE/" at `at`: the length of the code, else 0. */
static size_t subfield_code(const struct mt940_view *text, size_t at)
{
    size_t end = at + 1;

    if (text->data[at] != '/')
        return 0;
    while (end < text->length && end - at <= 5 && mt940_ascii_is_upper(text->data[end]))
        end++;
    return end < text->length && text->data[end] == '/' && end > at + 2 && end <= at + 5 ? end - at - 1 : 0;
}

static void take_piece(struct mt940_facts_reading *reading, struct mt940_fact *fact, struct mt940_view piece)
{
    mt940_facts_take(reading, fact, (size_t)(piece.data - reading->text.data), piece.length);
}

static void take_name(struct mt940_facts_reading *reading, struct mt940_view code, size_t from, size_t to)
{
    int32_t wanted = reading->facts->sign < 0 ? MT940_ROLE_RECEIVER : MT940_ROLE_SENDER;
    struct mt940_view name = mt940_view_trim(mt940_view_slice(reading->text, from, to - from));

    if (name.length == 0)
        return;
    for (size_t i = 0; i < sizeof(subfields) / sizeof(subfields[0]); i++)
        if (subfields[i].role == wanted && mt940_view_is(code, subfields[i].code))
            take_piece(reading, &reading->facts->name, name);
}

void mt940_facts_read_subfields(struct mt940_facts_reading *reading)
{
    const struct mt940_view *text = &reading->text;
    struct mt940_view code = {NULL, 0};
    size_t from = 0;

    for (size_t at = 0; at < text->length; at++) {
        const char *slash = memchr(text->data + at, '/', text->length - at);

        if (!slash)
            break;
        at = (size_t)(slash - text->data);
        size_t length = subfield_code(text, at);
        if (length == 0)
            continue;
        take_name(reading, code, from, at);
        code = mt940_view_slice(*text, at + 1, length);
        from = at + length + 2;
        at = from - 2;
    }
    if (code.length > 0)
        take_name(reading, code, from, text->length);
}

static bool is_digits(struct mt940_view text, size_t shortest, size_t most)
{
    return text.length >= shortest && text.length <= most && mt940_view_is_digits(text);
}

/* A bank code of four digits, or what begins as an IBAN and is as long as one. */
static bool names_bank(struct mt940_view text)
{
    enum { shortest_iban = 15 };

    return is_digits(text, 4, 4) || (text.length >= shortest_iban && mt940_ascii_is_upper(text.data[0]) &&
                                      mt940_ascii_is_upper(text.data[1]) && mt940_ascii_is_digit(text.data[2]));
}

void mt940_facts_read_starred(struct mt940_facts_reading *reading)
{
    enum { name, bank, words, query, count };
    struct mt940_view parts[count];
    size_t at = 0;

    for (size_t i = 0; i < count; i++) {
        const char *star = at < reading->text.length ? memchr(reading->text.data + at, '*', reading->text.length - at) : NULL;
        size_t end = star ? (size_t)(star - reading->text.data) : reading->text.length;

        if (!star && i < query)
            return;
        parts[i] = mt940_view_trim(mt940_view_slice(reading->text, at, end - at));
        at = end + 1;
    }
    if (parts[name].length == 0 || mt940_view_is_digits(parts[name]) || !names_bank(parts[bank]))
        return;
    take_piece(reading, &reading->facts->name, parts[name]);
    if (is_digits(parts[query], 4, 12))
        take_piece(reading, &reading->facts->query_number, parts[query]);
}

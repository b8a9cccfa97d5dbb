/* SPDX-License-Identifier: Apache-2.0
 *
 * value.c: forms of numbers, dates, yes and no (decision 33). Pure functions of one cell; must
 * not know columns, rows or records.
 */
#include "value.h"

#include <string.h>

#include "mt940connect/fold.h"

static int is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

static int is_letter(char letter)
{
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
}

/* Length of a blank at `text`: space, tab, NO-BREAK SPACE, NARROW NO-BREAK SPACE; 0 = none. */
static size_t blank_at(const char *text, size_t length)
{
    if (length >= 1 && (text[0] == ' ' || text[0] == '\t'))
        return 1;
    if (length >= 2 && memcmp(text, "\xC2\xA0", 2) == 0)
        return 2;
    if (length >= 3 && memcmp(text, "\xE2\x80\xAF", 3) == 0)
        return 3;
    return 0;
}

/* What spreadsheets put beside an amount. */
static const struct {
    const char *written;
    const char *currency;
} signs[] = {
    {"TL", "TRY"}, {"\xE2\x82\xBA", "TRY"}, {"$", "USD"}, {"\xE2\x82\xAC", "EUR"}, {"\xE2\x82\xBC", "AZN"},
};

/* Takes a currency at `text` (a sign, TL, or three capital letters); its length, 0 = none. */
static size_t currency_at(const char *text, size_t length, char out[4])
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t wanted = strlen(signs[i].written);

        if (length >= wanted && memcmp(text, signs[i].written, wanted) == 0) {
            memcpy(out, signs[i].currency, 4);
            return wanted;
        }
    }
    if (length >= 3 && mt940_currency_digits(text, 3) >= 0) {
        memcpy(out, text, 3);
        out[3] = '\0';
        return 3;
    }
    return 0;
}

/* Steps over blanks, a currency and a minus on both sides. */
static struct mt940_view strip(const struct mt940_view *cell, struct number *out)
{
    const char *at = cell->data, *end = cell->data + cell->length;
    size_t step;

    while (at < end && !is_digit(*at)) {
        if ((step = blank_at(at, (size_t)(end - at))) > 0) {
            at += step;
        } else if ((*at == '-' || *at == '+') && !out->negative) {
            out->negative = *at++ == '-';
        } else if (out->currency[0] == '\0' && (step = currency_at(at, (size_t)(end - at), out->currency)) > 0) {
            at += step;
        } else {
            break;
        }
    }
    for (const char *tail = end; tail > at; tail--) {
        if (!is_digit(tail[-1]))
            continue;
        for (const char *rest = tail; rest < end; rest += step) {
            if ((step = blank_at(rest, (size_t)(end - rest))) > 0)
                continue;
            step = 1;
            if (*rest == '-' && !out->negative)
                out->negative = 1;
            else if (out->currency[0] != '\0' ||
                     (step = currency_at(rest, (size_t)(end - rest), out->currency)) == 0)
                return (struct mt940_view){at, (size_t)(end - at)};
        }
        end = tail;
        break;
    }
    return (struct mt940_view){at, (size_t)(end - at)};
}

/* Positions of the separators of a number. */
struct separators {
    size_t points, commas, blanks;
    char last;          /* '.' or ',', 0 = none */
    size_t after_last;  /* digits behind it */
    size_t before;      /* digits before the first one of any kind */
    int groups_of_three; /* every separator but perhaps the last is followed by three digits */
};

/* Fills digits and separators; 0 = something else stands in the cell. */
static int cut(const struct mt940_view *text, struct number *out, struct separators *seen)
{
    size_t run = 0, first = 1;

    memset(seen, 0, sizeof *seen);
    seen->groups_of_three = 1;
    for (size_t at = 0, step = 1; at < text->length; at += step) {
        char letter = text->data[at];
        size_t blank = blank_at(text->data + at, text->length - at);

        step = blank > 0 ? blank : 1;
        if (is_digit(letter)) {
            if (out->length + 1 >= sizeof out->digits)
                return 0;
            out->digits[out->length++] = letter;
            run++;
            continue;
        }
        if (blank == 0 && letter != '.' && letter != ',')
            return 0;
        if (first)
            seen->before = run;
        else if (run != 3)
            seen->groups_of_three = 0;
        first = 0;
        seen->blanks += blank > 0;
        seen->points += letter == '.';
        seen->commas += letter == ',';
        seen->last = blank > 0 ? 0 : letter;
        run = 0;
    }
    seen->after_last = run;
    if (first)
        seen->before = run;
    return out->length > 0 && run > 0;
}

/* Sets the form and how many digits are decimals. */
static void judge(struct number *number, const struct separators *seen)
{
    size_t all = seen->points + seen->commas + seen->blanks;
    size_t last = seen->last == '.' ? seen->points : seen->commas;
    int grouped = seen->groups_of_three && seen->before >= 1 && seen->before <= 3;
    int decimal = seen->last == ',' ? FORM_COMMA : FORM_POINT;

    number->decimals = seen->after_last;
    if (all == 0 || (seen->last == 0 && all == seen->blanks && grouped && seen->after_last == 3)) {
        number->form = FORM_WHOLE; /* 12500, 12 500 */
        number->decimals = 0;
    } else if (seen->last == 0) {
        number->form = FORM_BAD;
    } else if (last == 1 && all > 1) { /* 12.500,75 */
        number->form = grouped ? decimal : FORM_BAD;
    } else if (last > 1) { /* 1.250.000: this sign groups, so the other one is the decimal sign */
        number->form = !grouped || seen->after_last != 3 || all != last ? FORM_BAD
                       : decimal == FORM_COMMA                         ? FORM_POINT
                                                                       : FORM_COMMA;
        number->decimals = 0;
    } else if (seen->after_last == 3 && seen->before >= 1 && seen->before <= 3 && number->digits[0] != '0') {
        number->form = decimal == FORM_COMMA ? FORM_EITHER_COMMA : FORM_EITHER_POINT;
    } else {
        number->form = decimal;
    }
}

void number_read(const struct mt940_view *cell, struct number *out)
{
    struct separators seen;
    struct mt940_view text;

    memset(out, 0, sizeof *out);
    if (cell->length == 0)
        return;
    text = strip(cell, out);
    if (cut(&text, out, &seen))
        judge(out, &seen);
    else
        out->form = FORM_BAD;
}

int number_units(const struct number *number, char decimal_sign, int32_t scale, int64_t *units)
{
    char text[48];
    size_t decimals = number->decimals, length = 0;

    if ((number->form == FORM_EITHER_COMMA && decimal_sign == '.') ||
        (number->form == FORM_EITHER_POINT && decimal_sign == ','))
        decimals = 0;
    if (number->negative)
        text[length++] = '-';
    memcpy(text + length, number->digits, number->length - decimals);
    length += number->length - decimals;
    if (decimals > 0) {
        text[length++] = '.';
        memcpy(text + length, number->digits + number->length - decimals, decimals);
        length += decimals;
    }
    return mt940_decimal_parse(text, length, scale, units);
}

/* The three numbers of a date and the sign between them. */
struct parts {
    int numbers[3];
    size_t lengths[3];
    char sign;
};

/* "15.07.2026", with a time of day behind a blank or T; 0 = no date. */
static int cut_date(const struct mt940_view *cell, struct parts *out)
{
    size_t at = 0;

    memset(out, 0, sizeof *out);
    for (int i = 0; i < 3; i++) {
        while (at < cell->length && is_digit(cell->data[at]) && out->lengths[i] < 5) {
            out->numbers[i] = out->numbers[i] * 10 + (cell->data[at++] - '0');
            out->lengths[i]++;
        }
        if (out->lengths[i] == 0 || out->lengths[i] > 4)
            return 0;
        if (i == 2)
            break;
        if (at >= cell->length || memchr(".-/", cell->data[at], 3) == NULL ||
            (i == 1 && cell->data[at] != out->sign))
            return 0;
        out->sign = cell->data[at++];
    }
    if (at == cell->length)
        return 1;
    if (cell->data[at] != ' ' && cell->data[at] != 'T')
        return 0;
    for (at++; at < cell->length; at++)
        if (!is_digit(cell->data[at]) && memchr(":.Z", cell->data[at], 3) == NULL)
            return 0;
    return 1;
}

static int form_of_date(const struct parts *parts)
{
    if (parts->lengths[0] == 4 && parts->lengths[1] <= 2 && parts->lengths[2] <= 2)
        return FORM_YEAR_FIRST;
    if (parts->lengths[2] != 4 || parts->lengths[0] > 2 || parts->lengths[1] > 2)
        return FORM_BAD;
    /* Nobody writes the month first with dots. */
    if (parts->sign == '.' || parts->numbers[0] > 12)
        return FORM_DAY_FIRST;
    if (parts->numbers[1] > 12)
        return FORM_MONTH_FIRST;
    return parts->numbers[0] == parts->numbers[1] ? FORM_SAME_DATE : FORM_EITHER_DATE;
}

int date_form(const struct mt940_view *cell)
{
    struct parts parts;

    if (cell->length == 0)
        return FORM_NONE;
    return cut_date(cell, &parts) ? form_of_date(&parts) : FORM_BAD;
}

int date_read(const struct mt940_view *cell, int month_first, struct mt940_date *out)
{
    struct mt940_date date;
    struct parts parts;
    int form = cut_date(cell, &parts) ? form_of_date(&parts) : FORM_BAD;
    int year = parts.numbers[form == FORM_YEAR_FIRST ? 0 : 2];
    int month = parts.numbers[1], day = parts.numbers[form == FORM_YEAR_FIRST ? 2 : 0];

    if (form == FORM_BAD || year < 1900 || year > 2199)
        return MT940_E_FORMAT;
    if (form == FORM_MONTH_FIRST || (form == FORM_EITHER_DATE && month_first)) {
        month = parts.numbers[0];
        day = parts.numbers[1];
    }
    if (month > 12 || day > 31)
        return MT940_E_FORMAT;
    date.year = (int16_t)year;
    date.month = (uint8_t)month;
    date.day = (uint8_t)day;
    if (!mt940_date_is_valid(&date))
        return MT940_E_FORMAT;
    *out = date;
    return MT940_OK;
}

/* Plain names; what spreadsheets and people write. */
static const char *const yes_words[] = {"1", "TRUE", "YES", "Y", "X", "EVET", "E", "DOGRU", "VAR", "ON"};
static const char *const no_words[] = {"0", "FALSE", "NO", "N", "HAYIR", "H", "YANLIS", "YOK", "OFF"};

static int is_one_of(const char *word, size_t length, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
            return 1;
    return 0;
}

int flag_read(const struct mt940_view *cell)
{
    char word[16];
    size_t length;

    if (cell->length > 32)
        return -1;
    length = plain_name(cell, word, sizeof word);
    if (cell->length == 0 || is_one_of(word, length, no_words, sizeof no_words / sizeof *no_words))
        return 0;
    return is_one_of(word, length, yes_words, sizeof yes_words / sizeof *yes_words) ? 1 : -1;
}

size_t plain_name(const struct mt940_view *text, char *out, size_t capacity)
{
    char key[256];
    size_t length = mt940_fold_skeleton(text->data, text->length, key, sizeof key, NULL);
    size_t used = 0;

    if (length > sizeof key)
        length = sizeof key;
    for (size_t i = 0; i < length && used < capacity; i++)
        if (is_letter(key[i]) || is_digit(key[i]))
            out[used++] = key[i];
    return used;
}

void plain_read(const struct mt940_view *text, struct plain *out)
{
    out->length = plain_name(text, out->text, sizeof out->text);
}

/* Folding leaves an ASCII letter or digit one, in capitals, whatever stands behind it: most are told by their first. */
static int begins_otherwise(const struct plain *plain, const struct mt940_view *text)
{
    char first = text->length > 0 ? text->data[0] : '\0';

    if (first >= 'a' && first <= 'z')
        first = (char)(first - 'a' + 'A');
    return (is_letter(first) || is_digit(first)) && first != plain->text[0];
}

int plain_is(const struct plain *plain, const struct mt940_view *text)
{
    struct plain other;

    if (plain->length == 0 || begins_otherwise(plain, text))
        return 0;
    plain_read(text, &other);
    return other.length == plain->length && memcmp(other.text, plain->text, plain->length) == 0;
}

int plain_equal(const struct mt940_view *a, const struct mt940_view *b)
{
    struct plain plain;

    plain_read(a, &plain);
    return plain_is(&plain, b);
}

int is_shortened(const struct mt940_view *cell)
{
    size_t at = 0, digits = 0;

    while (at < cell->length && (is_digit(cell->data[at]) || cell->data[at] == '.' || cell->data[at] == ','))
        digits += is_digit(cell->data[at++]);
    if (digits == 0 || at + 2 >= cell->length || (cell->data[at] != 'E' && cell->data[at] != 'e') ||
        (cell->data[at + 1] != '+' && cell->data[at + 1] != '-'))
        return 0;
    for (at += 2; at < cell->length; at++)
        if (!is_digit(cell->data[at]))
            return 0;
    return 1;
}

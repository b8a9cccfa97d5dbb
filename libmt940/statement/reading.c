/* SPDX-License-Identifier: Apache-2.0
 *
 * reading.c: numbers. The standard's decimal comma is read as it stands; dots, grouping and
 * signs are told by their places, and where the places allow two readings both are kept: the
 * balance of the statement decides later (verdict.c), never a guess here.
 */
#include "statement/reading.h"

enum { max_digits = 18, group = 3, usual_digits = 2 };

/* A blank, also the one of other character sets that does not break: FF, A0, C2 A0. Its length, or 0. */
size_t mt940_gap_at(struct mt940_view text, size_t at)
{
    unsigned char c = at < text.length ? (unsigned char)text.data[at] : 0;
    bool wide = c == 0xC2 && at + 1 < text.length && (unsigned char)text.data[at + 1] == 0xA0;
    return wide ? 2 : c == ' ' || c == '\t' || c == 0xFF || c == 0xA0;
}

/* What the characters of a number are, in one pass. */
struct shape {
    size_t start, end;  /* in the field's value; blanks at the end not counted */
    size_t all;         /* digits */
    size_t digits;      /* without leading zeros */
    size_t commas, dots, blanks, minuses, pluses, quotes;
    char last;          /* last separator, ',' or '.' or 0 */
    size_t before_first; /* digits before the first separator, zeros counted */
    size_t after_last;  /* digits after the last separator */
    bool grouped;       /* every separator but the last has three digits behind it */
    bool leading_zero;  /* first digit is 0 */
    bool broken;        /* a line ends inside it */
};

static bool is_number_byte(char c)
{
    return mt940_ascii_is_digit(c) || c == ',' || c == '.' || c == '-' || c == '+' || c == '\'';
}

static void count_separator(struct shape *shape, char c)
{
    shape->commas += c == ',';
    shape->dots += c == '.';
    shape->quotes += c == '\'';
    if (shape->last && shape->after_last != group)
        shape->grouped = false;
    shape->last = c;
    shape->after_last = 0;
}

static void count_digit(struct shape *shape, char c)
{
    shape->leading_zero = shape->leading_zero || (shape->all == 0 && c == '0');
    shape->digits += shape->digits > 0 || c != '0';
    shape->all++;
    if (shape->last)
        shape->after_last++;
    else
        shape->before_first++;
}

static void count_byte(struct shape *shape, char c)
{
    if (mt940_ascii_is_digit(c)) {
        count_digit(shape, c);
    } else if (c == '-' || c == '+') {
        shape->minuses += c == '-';
        shape->pluses += c == '+';
    } else {
        count_separator(shape, c);
    }
}

/* A line that ends before the number can be over: digits without a comma, or a comma with less than two behind it. */
static size_t break_inside(const struct shape *shape, struct mt940_view text, size_t at)
{
    size_t next = at;
    while (next < text.length && (text.data[next] == '\r' || text.data[next] == '\n'))
        next++;
    bool open = shape->all > 0 && (!shape->last || (shape->last == ',' && shape->after_last < usual_digits));
    bool more = next < text.length && (mt940_ascii_is_digit(text.data[next]) || (text.data[next] == ',' && !shape->last));
    return open && more ? next - at : 0;
}

static struct shape look(const struct mt940_cursor *cursor)
{
    struct mt940_view text = cursor->text;
    struct shape shape = {0};
    size_t gaps = 0;
    shape.grouped = true;
    shape.start = shape.end = cursor->at;
    for (size_t i = cursor->at, step; i < text.length; i += step) {
        if (gaps == 0 && mt940_ascii_is_digit(text.data[i])) {
            count_digit(&shape, text.data[i]);
            shape.end = i + (step = 1);
            continue;
        }
        size_t gap = mt940_gap_at(text, i), broken = gap ? 0 : break_inside(&shape, text, i);
        step = gap + broken;
        shape.broken = shape.broken || broken;
        gaps += gap > 0;
        if (step > 0)
            continue;
        /* Blanks group digits; behind decimals something else begins. */
        bool over = gaps > 0 && shape.last == ',' && shape.after_last > 0 && mt940_ascii_is_digit(text.data[i]);
        if (!is_number_byte(text.data[i]) || over)
            break;
        step = 1;
        shape.blanks += shape.end > shape.start ? gaps : 0;
        gaps = 0;
        shape.end = i + 1;
        count_byte(&shape, text.data[i]);
    }
    if (shape.all == 0)
        shape.end = shape.start;
    return shape;
}

/* Digits as units with the last `decimals` of them behind the point, at least `digits` decimals. */
static bool to_amount(struct mt940_view text, size_t decimals, int digits, struct mt940_amount *out)
{
    int64_t units = 0;
    for (size_t i = 0; i < text.length; i++)
        if (mt940_ascii_is_digit(text.data[i]))
            units = units * 10 + (text.data[i] - '0');
    int32_t scale = (int32_t)decimals;
    /* Zeros past the currency's decimals say nothing: 12,500 EUR is 12,50. */
    for (; scale > digits && units % 10 == 0; scale--)
        units /= 10;
    for (; scale < digits; scale++) {
        if (units > INT64_MAX / 10)
            return false;
        units *= 10;
    }
    out->units = units;
    out->scale = scale;
    return true;
}

/* Decimals of the first and, if there is one, of the second reading; false for a form that is no number. */
static bool choose_readings(const struct shape *shape, int digits, size_t *first, size_t *second, int32_t *issue)
{
    size_t separators = shape->commas + shape->dots + shape->quotes;
    bool mixed = (shape->commas > 0) + (shape->dots > 0) + (shape->quotes > 0) > 1;
    bool may_group = shape->before_first >= 1 && shape->before_first <= group && !shape->leading_zero;
    *second = SIZE_MAX;
    *issue = 0;
    *first = shape->after_last;
    if (separators == 0) {
        *issue = MT940_M_REPAIR_AMOUNT_NO_COMMA;
        *first = 0;
        return true;
    }
    if (mixed || separators > 1) {
        bool last_once = shape->last == ',' ? shape->commas == 1 : shape->last == '.' ? shape->dots == 1 : false;
        *issue = MT940_M_REPAIR_AMOUNT_GROUPED;
        if (!shape->grouped || shape->before_first == 0)
            return false;
        if (mixed && last_once)
            return true;
        *first = 0;
        return !mixed && shape->after_last == group;
    }
    if (shape->last == '\'') {
        *issue = MT940_M_REPAIR_AMOUNT_GROUPED;
        *first = 0;
        return may_group && shape->after_last == group;
    }
    if (shape->after_last == group && may_group && digits != group) {
        /* "1,234" and "1.234": the comma is the standard's decimal sign, the dot more likely groups. */
        *first = shape->last == ',' ? group : 0;
        *second = shape->last == ',' ? 0 : group;
        return true;
    }
    if (shape->last == '.')
        *issue = MT940_M_REPAIR_AMOUNT_DOT;
    return true;
}

static void note_marks(const struct shape *shape, const char *subfield, struct mt940_reading *reading,
                       struct mt940_issues *issues)
{
    if (shape->blanks)
        mt940_issue_add(issues, MT940_M_REPAIR_BLANKS, shape->start, subfield);
    if (shape->broken)
        mt940_issue_add(issues, MT940_M_REPAIR_LINE_SPLIT, shape->start, subfield);
    if (shape->minuses || shape->pluses)
        mt940_issue_add(issues, MT940_M_REPAIR_AMOUNT_SIGN, shape->start, subfield);
    if (shape->minuses)
        reading->ambiguity |= MT940_AMBIGUOUS_SIGN;
}

bool mt940_reading_ends(const struct mt940_cursor *cursor)
{
    char c = mt940_cursor_peek(cursor, 0);
    /* Line ends, and control bytes that fill the line. */
    return mt940_cursor_end(cursor) || mt940_ascii_is_letter(c) || (unsigned char)c < ' ' ||
           mt940_gap_at(cursor->text, cursor->at) > 0;
}

int32_t mt940_reading_digits(const char *currency)
{
    int digits = mt940_currency_digits(currency, strlen(currency));
    return digits < 0 ? usual_digits : digits;
}

bool mt940_reading_read(struct mt940_cursor *cursor, const char *currency, const char *subfield,
                        struct mt940_reading *out, struct mt940_issues *issues)
{
    struct shape shape = look(cursor);
    struct mt940_view text = mt940_view_slice(cursor->text, shape.start, shape.end - shape.start);
    struct mt940_reading reading;
    int digits = mt940_reading_digits(currency);
    size_t first, second;
    int32_t issue;
    memset(&reading, 0, sizeof reading);
    if (text.length == 0 || shape.minuses + shape.pluses > 1 || !choose_readings(&shape, digits, &first, &second, &issue)) {
        mt940_issue_add(issues, MT940_M_FIELD_UNREADABLE, shape.start, subfield);
        return false;
    }
    if (shape.digits > max_digits || first > max_digits || !to_amount(text, first, digits, &reading.amount)) {
        mt940_issue_add(issues, MT940_M_AMOUNT_OVERFLOW, shape.start, subfield);
        return false;
    }
    memcpy(reading.amount.currency, currency, strlen(currency) + 1);
    if (second != SIZE_MAX && to_amount(text, second, digits, &reading.alternative)) {
        memcpy(reading.alternative.currency, currency, strlen(currency) + 1);
        if (reading.amount.units != reading.alternative.units || reading.amount.scale != reading.alternative.scale)
            reading.ambiguity |= MT940_AMBIGUOUS_SEPARATOR;
    }
    if (issue)
        mt940_issue_add(issues, issue, shape.start, subfield);
    if (!(reading.ambiguity & MT940_AMBIGUOUS_SEPARATOR) && reading.amount.scale > digits)
        mt940_issue_add(issues, MT940_M_TOO_MANY_DECIMALS, shape.start, subfield);
    note_marks(&shape, subfield, &reading, issues);
    cursor->at = shape.end;
    *out = reading;
    return true;
}

void mt940_reading_under(const struct mt940_reading *reading, int32_t convention, struct mt940_amount *out)
{
    bool other = (convention & MT940_READ_ALTERNATIVE) && (reading->ambiguity & MT940_AMBIGUOUS_SEPARATOR);
    *out = other ? reading->alternative : reading->amount;
    if ((convention & MT940_READ_SIGNED) && (reading->ambiguity & MT940_AMBIGUOUS_SIGN))
        out->units = -out->units;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_put.c: bytes on their way out, and the atoms fields are made of: digits, dates, amounts, lines of text. Knows
 * neither tags nor messages.
 */
#include "base/failure.h"
#include "statement/writer.h"

enum { amount_max = 15, first_year = 1980, last_year = 2079, odd_decimals = 3, usual_decimals = 2,
       most_decimals = 4 };

static void hand_over(struct mt940_write *write)
{
    int answer = write->length ? write->output.write(write->output.user, write->buffer, write->length) : 0;
    write->length = write->mark = 0;
    if (answer)
        write->status = mt940_fail(write->error, MT940_E_CALLBACK, answer, "the output callback stopped the writing");
}

void mt940_put_tag(struct mt940_write *write, const char *tag)
{
    if (write->status == 0 && write->length > sizeof write->buffer / 2)
        hand_over(write);
    write->mark = write->length;
    write->tag = tag;
    mt940_put_char(write, ':');
    mt940_put_text(write, tag);
    mt940_put_char(write, ':');
}

void mt940_put(struct mt940_write *write, const char *bytes, size_t length)
{
    while (length > 0 && write->status == 0) {
        size_t take = sizeof write->buffer - write->length;
        if (take > length)
            take = length;
        memcpy(write->buffer + write->length, bytes, take);
        write->length += take;
        write->written += take;
        bytes += take;
        length -= take;
        if (write->length == sizeof write->buffer)
            hand_over(write);
    }
}

int mt940_put_end(struct mt940_write *write)
{
    if (write->status == 0)
        hand_over(write);
    return write->status;
}

void mt940_put_view(struct mt940_write *write, struct mt940_view view)
{
    mt940_put(write, view.data, view.length);
}

void mt940_put_text(struct mt940_write *write, const char *text)
{
    mt940_put(write, text, strlen(text));
}

void mt940_put_char(struct mt940_write *write, char c)
{
    mt940_put(write, &c, 1);
}

void mt940_put_break(struct mt940_write *write)
{
    mt940_put(write, "\r\n", 2);
}

void mt940_refuse(struct mt940_write *write, const char *rule)
{
    struct mt940_view tag;
    if (write->status)
        return;
    write->length = write->mark;
    hand_over(write);
    if (write->status)
        return;
    write->status = mt940_fail(write->error, MT940_E_FORMAT, 0, rule);
    if (!write->error || write->error->size < sizeof *write->error)
        return;
    mt940_view_from_string(write->tag, &tag);
    (void)mt940_view_copy(&tag, write->error->tag, sizeof write->error->tag);
    write->error->offset = write->element;
}

void mt940_demand(struct mt940_write *write, bool holds, const char *rule)
{
    if (!holds && write->options.strict)
        mt940_refuse(write, rule);
}

void mt940_put_digits(struct mt940_write *write, int64_t number, size_t count)
{
    char digits[24];
    size_t at = sizeof digits;
    if (number < 0) {
        mt940_refuse(write, "a number is below zero");
        return;
    }
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 && at > 0);
    while (sizeof digits - at < count)
        digits[--at] = '0';
    mt940_put(write, digits + at, sizeof digits - at);
}

/* An absent date was one that could not be read: it stays one. */
void mt940_put_date(struct mt940_write *write, const struct mt940_date *date)
{
    if (date->year == 0) {
        mt940_demand(write, false, "the date is missing");
        mt940_put_text(write, "000000");
        return;
    }
    if (!mt940_date_is_valid(date) || date->year < first_year || date->year > last_year) {
        mt940_refuse(write, "the date does not exist, or its year is outside 1980 to 2079");
        return;
    }
    mt940_put_digits(write, date->year % 100, 2);
    mt940_put_digits(write, date->month, 2);
    mt940_put_digits(write, date->day, 2);
}

int32_t mt940_mark_of(int32_t mark, const struct mt940_reading *reading)
{
    static const int32_t turned[] = {
        [MT940_MARK_NONE] = MT940_MARK_NONE, [MT940_MARK_C] = MT940_MARK_D,   [MT940_MARK_D] = MT940_MARK_C,
        [MT940_MARK_RC] = MT940_MARK_RD,     [MT940_MARK_RD] = MT940_MARK_RC, [MT940_MARK_EC] = MT940_MARK_ED,
        [MT940_MARK_ED] = MT940_MARK_EC,
    };
    bool known = mark > MT940_MARK_NONE && mark <= MT940_MARK_ED;
    return known && reading->amount.units < 0 ? turned[mark] : known ? mark : MT940_MARK_NONE;
}

/* In 10^-4, the most decimals of a currency, to compare. */
static int64_t at_scale_four(const struct mt940_amount *amount)
{
    int64_t units = amount->units;
    for (int32_t scale = amount->scale; scale < most_decimals && units <= INT64_MAX / 10; scale++)
        units *= 10;
    return units;
}

/* "1.234" or "1,234" as it was written: the smaller of the two readings, with three decimals. */
static void put_undecided(struct mt940_write *write, const struct mt940_reading *reading)
{
    bool comma = at_scale_four(&reading->amount) < at_scale_four(&reading->alternative);
    struct mt940_amount shown = comma ? reading->amount : reading->alternative;
    char text[40];
    for (; shown.scale > odd_decimals && shown.units % 10 == 0; shown.scale--)
        shown.units /= 10;
    int length = mt940_decimal_format(shown.units, shown.scale, odd_decimals, text);
    if (length <= 0 || shown.units < 0) {
        mt940_refuse(write, "the amount is out of range");
        return;
    }
    for (int i = 0; comma && i < length; i++)
        if (text[i] == '.')
            text[i] = ',';
    mt940_put(write, text, (size_t)length);
}

/* What the standard says about 15d. */
static void check_amount(struct mt940_write *write, const struct mt940_amount *amount, int digits, size_t length)
{
    mt940_demand(write, mt940_currency_digits(amount->currency, strlen(amount->currency)) >= 0,
                 "the currency is not in ISO 4217");
    mt940_demand(write, amount->scale <= digits, "the amount has more decimals than its currency");
    mt940_demand(write, length <= amount_max, "the amount is longer than 15 characters (15d)");
}

void mt940_put_amount(struct mt940_write *write, const struct mt940_reading *reading)
{
    const struct mt940_amount *amount = &reading->amount;
    int64_t units = amount->units < 0 && amount->units > INT64_MIN ? -amount->units : amount->units;
    int digits = mt940_currency_digits(amount->currency, strlen(amount->currency));
    char text[40];
    mt940_demand(write, reading->ambiguity == 0, "the amount can be read in two ways");
    if (reading->ambiguity & MT940_AMBIGUOUS_SIGN)
        mt940_put_char(write, '-');
    if (reading->ambiguity & MT940_AMBIGUOUS_SEPARATOR) {
        put_undecided(write, reading);
        return;
    }
    int length = units < 0 ? -1 : mt940_decimal_format(units, amount->scale, digits < 0 ? usual_decimals : digits, text);
    if (length <= 0) {
        mt940_refuse(write, "the amount is out of range");
        return;
    }
    char *point = memchr(text, '.', (size_t)length);
    check_amount(write, amount, digits, (size_t)length + (point == NULL));
    if (point)
        *point = ',';
    mt940_put(write, text, (size_t)length);
    if (!point)
        mt940_put_char(write, ',');
}

void mt940_put_line(struct mt940_write *write, struct mt940_view text, size_t max, const char *rule)
{
    bool fits = true;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\r' || text.data[i] == '\n') {
            mt940_refuse(write, "a line end stands inside a value");
            return;
        }
        fits = fits && mt940_is_x(text.data[i]);
    }
    mt940_demand(write, fits, "a character is not in the SWIFT set x");
    mt940_demand(write, text.length <= max, rule);
    mt940_put_view(write, text);
    /* At the end of the first line of a message it would be a line end of its own; behind it no blank counts. */
    if (text.length > 1 && memcmp(text.data + text.length - 2, "@@", 2) == 0)
        mt940_put_char(write, ' ');
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * regular.c: reads fields 61 and 60a to 65 in the standard's own form in one go, from left to right. Must not forgive
 * anything: a form that needs a word to be said is for tag61.c and tag60.c. Source: SWIFT Standards MT, category 9.
 */
#include "statement/regular.h"

#include "base/bytes.h"
#include "base/search.h"
#include "base/sixteen.h"
#include "base/view.h"
#include "statement/reading.h"
#include "statement/skim.h"

enum { whole_digits = 13, reference_max = 16, details_max = 34, first_year_of_19xx = 80 };

void mt940_unit_of(const char *currency, struct mt940_unit *out)
{
    memset(out->currency, 0, sizeof out->currency);
    memcpy(out->currency, currency, strlen(currency));
    out->digits = mt940_reading_digits(currency);
}

/* Two digits as a number, or one above 99. */
static unsigned pair(const char *text)
{
    unsigned tens = (unsigned char)text[0] - (unsigned)'0', ones = (unsigned char)text[1] - (unsigned)'0';
    return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

static bool is_date(unsigned year, unsigned month, unsigned day)
{
    struct mt940_date date = {(int16_t)year, (uint8_t)month, (uint8_t)day};
    return month - 1 < 12 && day - 1 < 31 && (day <= 28 || mt940_date_is_valid(&date));
}

/* YYMMDD of six bytes that are there. */
static bool read_date(const char *text, struct mt940_date *out)
{
    unsigned year = pair(text), month = pair(text + 2), day = pair(text + 4);
    if (year > 99 || !is_date(year += year < first_year_of_19xx ? 2000 : 1900, month, day))
        return false;
    out->year = (int16_t)year;
    out->month = (uint8_t)month;
    out->day = (uint8_t)day;
    return true;
}

/* MMDD at most two months from the value date, so in the same year and plausible. */
static bool read_near(const char *text, const struct mt940_date *near, struct mt940_date *out)
{
    unsigned month = pair(text), day = pair(text + 2);
    int apart = (int)month - near->month;
    if (apart < -2 || apart > 2 || !is_date((unsigned)near->year, month, day))
        return false;
    out->year = near->year;
    out->month = (uint8_t)month;
    out->day = (uint8_t)day;
    return true;
}

/* The dates of a field that has the bytes of two; the length of those that it has, or 0. */
static size_t read_dates(const char *text, struct mt940_days *days, struct mt940_entry *out)
{
    enum { one = 6, both = sizeof days->text };
    if (memcmp(text, days->text, both) != 0) {
        if (!read_date(text, &out->value_date))
            return 0;
        memset(&out->entry_date, 0, sizeof out->entry_date);
        if (!mt940_ascii_is_digit(text[one]))
            return one;
        if (!read_near(text + one, &out->value_date, &out->entry_date))
            return 0;
        memcpy(days->text, text, both);
        days->value = out->value_date;
        days->entry = out->entry_date;
    }
    out->value_date = days->value;
    out->entry_date = days->entry;
    return both;
}

static bool goes_on(char c)
{
    if (mt940_ascii_is_upper(c))
        return false;
    return mt940_ascii_is_digit(c) || c == ',' || c == '.' || c == '-' || c == '+' || c == '\'' ||
           mt940_ascii_is_blank(c) || (unsigned char)c >= 0x80;
}

static void set_amount(int64_t units, const struct mt940_unit *unit, struct mt940_reading *out)
{
    out->amount.units = units;
    out->amount.scale = unit->digits;
    memcpy(out->amount.currency, unit->currency, sizeof unit->currency);
    memset(&out->alternative, 0, sizeof out->alternative);
    out->ambiguity = out->reserved = 0;
}

/* Up to five digits, a comma and two more of a currency with two, as most amounts are. The length, or 0. */
static inline size_t read_short_amount(const char *text, size_t length, int64_t *units)
{
    enum { whole_most = 5, behind = 3 };
    if (length <= whole_most + behind)
        return 0;
    uint64_t word = mt940_bytes_in_order(text), others = mt940_bytes_no_digits(text);
    size_t whole = mt940_bytes_digits(text), shift = 8 * whole;
    if (whole - 1 >= whole_most || text[whole] != ',' || others >> shift >> 8 & 0x8080 || goes_on(text[whole + behind]))
        return 0;
    uint64_t digits = (word & ((UINT64_C(1) << shift) - 1)) | word >> 8 >> shift << shift;
    *units = mt940_bytes_decimal_of(digits, whole + 2);
    return whole + behind;
}

/* Digits, a comma, no more decimals than the currency has. The length, or 0. */
static size_t read_amount(const char *text, size_t length, const struct mt940_unit *unit, struct mt940_reading *out)
{
    int64_t units = 0;
    int32_t decimals = 0;
    size_t at = unit->digits == 2 ? read_short_amount(text, length, &units) : 0;
    if (at > 0) {
        set_amount(units, unit, out);
        return at;
    }
    if (length >= 8 && (at = mt940_bytes_digits(text)) > 0)
        units = mt940_bytes_decimal(text, at);
    for (; at < length && at <= whole_digits && mt940_ascii_is_digit(text[at]); at++)
        units = units * 10 + (text[at] - '0');
    if (at == 0 || at > whole_digits || at == length || text[at] != ',')
        return 0;
    at++;
    if (unit->digits == 2 && length - at >= 2 && pair(text + at) <= 99) {
        units = units * 100 + pair(text + at);
        decimals = 2;
        at += 2;
    }
    for (; at < length && mt940_ascii_is_digit(text[at]); at++) {
        if (++decimals > unit->digits)
            return 0;
        units = units * 10 + (text[at] - '0');
    }
    /* Three decimals of a currency with more may as well be a group. */
    if ((at < length && goes_on(text[at])) || (decimals == 3 && unit->digits != 3))
        return 0;
    for (; decimals < unit->digits; decimals++)
        units *= 10;
    set_amount(units, unit, out);
    return at;
}

/* C, D, RC, RD, EC, ED at `at`, which moves behind it; MT940_MARK_NONE for anything else. */
static int32_t read_mark(const char *text, size_t *at)
{
    int32_t mark = MT940_MARK_C;
    if (text[*at] == 'R' || text[*at] == 'E')
        mark = text[(*at)++] == 'R' ? MT940_MARK_RC : MT940_MARK_EC;
    unsigned side = (unsigned char)text[(*at)++] - (unsigned)'C';
    return side > 1 ? MT940_MARK_NONE : mark + (int32_t)side;
}

/* Type letter and three characters, letters or digits. */
static bool read_code(const char *text, struct mt940_entry *out)
{
    uint64_t four = mt940_bytes_four_in_order(text), all = MT940_BYTES_HIGH >> 32;
    if ((text[0] != 'N' && text[0] != 'S' && text[0] != 'F') ||
        (mt940_bytes_within(four, 'A', 'Z') | mt940_bytes_within(four, '0', '9')) != all)
        return false;
    out->type = text[0];
    memcpy(out->code, text + 1, 3);
    out->code[3] = '\0';
    return true;
}

/* Where "//" stands in [at, end), or `end`: also where it stands behind more than a reference may have. */
static size_t find_slashes(const char *text, size_t at, size_t end)
{
    enum { enough = reference_max + 2 };
    if (end - at >= enough) {
        /* References have all lengths, and a search that stops would have to be guessed. */
        const char *from = text + at;
        uint32_t slashes = mt940_sixteen_equal(from, '/') | mt940_sixteen_equal(from + 2, '/') << 2;
        uint32_t pairs = slashes & slashes >> 1;
        return pairs ? at + mt940_search_lowest(pairs) : end;
    }
    for (; end - at >= 2; at++)
        if (text[at] == '/' && text[at + 1] == '/')
            return at;
    return end;
}

/* Blanks of other character sets; tag61.c looks at them more closely. */
static bool may_be_gap(char c)
{
    return c == '\xFF' || c == '\xA0' || c == '\xC2';
}

/* The references, which end with their line at `end`. */
static bool read_references(const char *text, size_t at, size_t end, struct mt940_entry *out)
{
    size_t slashes = find_slashes(text, at, end);
    if (slashes == at || slashes - at > reference_max || (unsigned char)text[at] <= ' ' ||
        may_be_gap(text[at]) || (unsigned char)text[slashes - 1] <= ' ')
        return false;
    out->customer_reference = mt940_view_of(text + at, slashes - at);
    out->bank_reference = mt940_view_of(NULL, 0);
    if (slashes == end)
        return true;
    out->bank_reference = mt940_view_of(text + slashes + 2, end - slashes - 2);
    return end - slashes > 2 && end - slashes <= 2 + reference_max && (unsigned char)text[slashes + 2] > ' ' &&
           (unsigned char)text[end - 1] > ' ';
}

/* One more line at most, behind the line end at `at`; of two lines altogether it is one. */
static bool read_supplementary(const char *text, size_t at, size_t length, uint32_t lines, struct mt940_entry *out)
{
    out->supplementary = mt940_view_of(NULL, 0);
    if (at == length)
        return true;
    at += text[at] == '\r' && at + 1 < length && text[at + 1] == '\n' ? 2 : 1;
    if (at == length || length - at > details_max || (unsigned char)text[at] <= ' ' ||
        (unsigned char)text[length - 1] <= ' ' || (lines != 2 && mt940_find_line_end(text, at, length) != length))
        return false;
    out->supplementary = mt940_view_of(text + at, length - at);
    return true;
}

bool mt940_regular_entry(struct mt940_view value, size_t line, uint32_t lines, const struct mt940_unit *unit,
                         struct mt940_days *days, struct mt940_entry *out)
{
    enum { shortest = 1 + 2 + 4 + 1 };
    const char *text = value.data;
    size_t length = value.length, amount, at = length < sizeof days->text || line > length ? 0 : read_dates(text, days, out);
    if (at == 0 || length - at < shortest)
        return false;
    out->mark = read_mark(text, &at);
    if (out->mark == MT940_MARK_NONE)
        return false;
    out->funds_code = '\0';
    if (mt940_ascii_is_letter(text[at]))
        out->funds_code = mt940_ascii_upper(text[at++]);
    amount = read_amount(text + at, length - at, unit, &out->reading);
    at += amount;
    if (amount == 0 || at + 4 >= line || !read_code(text + at, out))
        return false;
    if (!read_references(text, at + 4, line, out) || !read_supplementary(text, line, length, lines, out))
        return false;
    memset(out->reserved, 0, sizeof out->reserved);
    out->raw = value;
    return true;
}

bool mt940_regular_balance(struct mt940_view value, char kind, const struct mt940_unit *unit,
                           struct mt940_balance *out)
{
    enum { shortest = 1 + 6 + 3 + 2, amount_at = 10 };
    const char *text = value.data;
    struct mt940_balance balance = {.kind = kind, .raw = value};
    struct mt940_unit own = {{0}, 0};
    if (value.length < shortest || (text[0] != 'C' && text[0] != 'D') || !read_date(text + 1, &balance.date) ||
        !mt940_ascii_is_upper(text[7]) || !mt940_ascii_is_upper(text[8]) || !mt940_ascii_is_upper(text[9]))
        return false;
    memcpy(own.currency, text + 7, 3);
    if (memcmp(own.currency, unit->currency, sizeof own.currency) == 0)
        own = *unit;
    else
        own.digits = mt940_currency_digits(own.currency, 3);
    if (own.digits < 0) /* a name that ISO 4217 does not have: something is to be said about it */
        return false;
    if (read_amount(text + amount_at, value.length - amount_at, &own, &balance.reading) != value.length - amount_at)
        return false;
    balance.mark = text[0] == 'C' ? MT940_MARK_C : MT940_MARK_D;
    *out = balance;
    return true;
}

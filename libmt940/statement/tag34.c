/* SPDX-License-Identifier: Apache-2.0
 *
 * tag34.c: the sums of interim reports: floor limit 34F, 3!a[1!a]15d, and 90D, 90C, 5n3!a15d.
 * Source: SWIFT Standards MT, MT941 and MT942.
 */
#include "statement/currency.h"
#include "statement/field.h"
#include "statement/reading.h"

/* A sum without digits ("EUR,00") is a zero the bank did not write out. */
static bool read_sum(struct mt940_cursor *cursor, const char *currency, struct mt940_total *out,
                     struct mt940_issues *issues)
{
    mt940_cursor_forgive_blanks(cursor, "amount", issues);
    if (!mt940_reading_read(cursor, currency, "amount", &out->reading, issues))
        return false;
    if (!mt940_reading_ends(cursor)) {
        mt940_issue_add(issues, MT940_M_FIELD_UNREADABLE, cursor->at, "amount");
        return false;
    }
    mt940_issue_extra(issues, out->raw, cursor->at);
    return true;
}

/* A limit without a currency is in that of the message, where that is known; "C" and "D" begin no currency then. */
static bool read_currency(struct mt940_cursor *cursor, const char *known, char currency[4], struct mt940_issues *issues)
{
    size_t start = cursor->at;
    if (mt940_currency_read(cursor, currency, issues))
        return true;
    cursor->at = start;
    char mark = mt940_ascii_upper(mt940_cursor_peek(cursor, 0));
    size_t at = mark == 'C' || mark == 'D';
    while (mt940_ascii_is_blank(mt940_cursor_peek(cursor, at)))
        at++;
    if (!mt940_ascii_is_digit(mt940_cursor_peek(cursor, at))) {
        mt940_issue_add(issues, MT940_M_FIELD_UNREADABLE, cursor->at, "currency");
        return false;
    }
    mt940_issue_add(issues, MT940_M_REPAIR_NO_CURRENCY, cursor->at, "currency");
    memset(currency, 0, 4);
    memcpy(currency, known, strlen(known));
    return true;
}

bool mt940_tag34_read(struct mt940_view value, const char *known, struct mt940_total *out, struct mt940_issues *issues)
{
    struct mt940_cursor cursor = {mt940_first_line(value), 0};
    char currency[4];
    out->raw = value;
    out->count = -1;
    mt940_cursor_forgive_blanks(&cursor, "currency", issues);
    if (!read_currency(&cursor, known, currency, issues))
        return false;
    mt940_cursor_forgive_blanks(&cursor, "mark", issues);
    char mark = mt940_ascii_upper(mt940_cursor_peek(&cursor, 0));
    if (mark == 'C' || mark == 'D') {
        out->mark = mark == 'C' ? MT940_MARK_C : MT940_MARK_D;
        cursor.at++;
    }
    return read_sum(&cursor, currency, out, issues);
}

bool mt940_tag90_read(struct mt940_view value, struct mt940_total *out, struct mt940_issues *issues)
{
    struct mt940_cursor cursor = {mt940_first_line(value), 0};
    char currency[4];
    enum { count_digits_max = 18 };
    out->raw = value;
    out->count = 0;
    mt940_cursor_forgive_blanks(&cursor, "count", issues);
    size_t digits = mt940_cursor_digits(&cursor);
    for (size_t i = 0; i < digits && i < count_digits_max; i++)
        out->count = out->count * 10 + (mt940_cursor_peek(&cursor, i) - '0');
    cursor.at += digits;
    mt940_cursor_forgive_blanks(&cursor, "currency", issues);
    if (digits > count_digits_max || !mt940_currency_read(&cursor, currency, issues)) {
        mt940_issue_add(issues, MT940_M_FIELD_UNREADABLE, cursor.at, "currency");
        return false;
    }
    return read_sum(&cursor, currency, out, issues);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * tag60.c: balances, 1!a6!n3!a15d: fields 60a, 62a, 64 and 65. Source: SWIFT Standards MT.
 */
#include "statement/currency.h"
#include "statement/day.h"
#include "statement/field.h"
#include "statement/reading.h"

static bool read_mark(struct mt940_cursor *cursor, struct mt940_balance *out, struct mt940_issues *issues)
{
    mt940_cursor_forgive_blanks(cursor, "mark", issues);
    char mark = mt940_ascii_upper(mt940_cursor_peek(cursor, 0));
    /* Some write RC or RD here as in field 61; a balance has no reversal. */
    if (mark == 'R' && !mt940_ascii_is_digit(mt940_cursor_peek(cursor, 1))) {
        mt940_issue_add(issues, MT940_M_REPAIR_CODE_FORM, cursor->at, "mark");
        cursor->at++;
        mark = mt940_ascii_upper(mt940_cursor_peek(cursor, 0));
    }
    if (mark != 'C' && mark != 'D')
        return false;
    if (mark != mt940_cursor_peek(cursor, 0))
        mt940_issue_add(issues, MT940_M_REPAIR_LOWER_CASE, cursor->at, "mark");
    out->mark = mark == 'C' ? MT940_MARK_C : MT940_MARK_D;
    cursor->at++;
    return true;
}

/* None at all ("C020315105000,00"): then the account's own currency is taken. */
static void read_currency(struct mt940_cursor *cursor, const char *fallback, char out[4], struct mt940_issues *issues)
{
    mt940_cursor_forgive_blanks(cursor, "currency", issues);
    size_t at = cursor->at;
    if (!mt940_currency_read(cursor, out, issues)) {
        mt940_issue_add(issues, MT940_M_REPAIR_NO_CURRENCY, at, "currency");
        memcpy(out, fallback, strlen(fallback));
    }
    mt940_cursor_forgive_blanks(cursor, "amount", issues);
}

bool mt940_tag60_read(struct mt940_view value, char kind, const char *currency, struct mt940_balance *out,
                      struct mt940_issues *issues)
{
    struct mt940_cursor cursor = {mt940_first_line(value), 0};
    struct mt940_balance balance;
    char code[4];
    memset(&balance, 0, sizeof balance);
    balance.kind = kind;
    balance.raw = value;
    if (!read_mark(&cursor, &balance, issues)) {
        mt940_issue_add(issues, MT940_M_FIELD_UNREADABLE, cursor.at, "mark");
        return false;
    }
    mt940_cursor_forgive_blanks(&cursor, "date", issues);
    if (!mt940_day_read(&cursor, "date", &balance.date, issues)) {
        mt940_issue_add(issues, MT940_M_FIELD_UNREADABLE, cursor.at, "date");
        cursor.at += mt940_cursor_digits(&cursor) >= 6 ? 6 : 0;
    }
    read_currency(&cursor, currency, code, issues);
    if (!mt940_reading_read(&cursor, code, "amount", &balance.reading, issues))
        return false;
    if (!mt940_reading_ends(&cursor)) {
        mt940_issue_add(issues, MT940_M_FIELD_UNREADABLE, cursor.at, "amount");
        return false;
    }
    mt940_issue_extra(issues, value, cursor.at);
    *out = balance;
    return true;
}

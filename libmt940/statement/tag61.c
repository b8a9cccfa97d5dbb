/* SPDX-License-Identifier: Apache-2.0
 *
 * tag61.c: the statement line,
 *   6!n[4!n]2a[1!a]15d1!a3!c16x[//16x] and a second line of 34x,
 * read left to right; every deviation that still has one meaning is taken and named. Source:
 * SWIFT Standards MT, field 61; deviations: turkish-banking §1.3.
 */
#include "statement/currency.h"
#include "statement/cursor.h"
#include "statement/day.h"
#include "statement/field.h"
#include "statement/reading.h"

enum { reference_max = 16, details_max = 34 };

/* Blanks, and a break inside the field before its next part, as some banks wrap it. */
static void skip_gap(struct mt940_cursor *cursor, const char *subfield, struct mt940_issues *issues)
{
    size_t gap, start = cursor->at;
    while ((gap = mt940_gap_at(cursor->text, cursor->at)) > 0)
        cursor->at += gap;
    if (cursor->at > start)
        mt940_issue_add(issues, MT940_M_REPAIR_BLANKS, cursor->at, subfield);
    if (mt940_cursor_skip_break(cursor))
        mt940_issue_add(issues, MT940_M_REPAIR_LINE_SPLIT, cursor->at, subfield);
}

static bool read_dates(struct mt940_cursor *cursor, struct mt940_entry *out, struct mt940_issues *issues)
{
    mt940_cursor_forgive_blanks(cursor, "value_date", issues);
    if (!mt940_day_read(cursor, "value_date", &out->value_date, issues)) {
        mt940_issue_add(issues, MT940_M_ENTRY_UNREADABLE, cursor->at, "value_date");
        return false;
    }
    skip_gap(cursor, "entry_date", issues);
    size_t digits = mt940_cursor_digits(cursor);
    struct mt940_cursor given = *cursor;
    bool read = digits == 0 ||
                (digits == 4 && mt940_day_read_near(cursor, &out->value_date, "entry_date", &out->entry_date, issues)) ||
                ((digits == 6 || digits == 8) && mt940_day_read(cursor, "entry_date", &out->entry_date, issues));
    if (!read) {
        /* The entry date is optional: without a usable one the movement still stands. */
        mt940_issue_add(issues, MT940_M_FIELD_UNREADABLE, given.at, "entry_date");
        cursor->at = given.at + digits;
    } else if (digits > 4 && mt940_day_is_far(&out->entry_date, &out->value_date)) {
        mt940_issue_add(issues, MT940_M_DATE_IMPLAUSIBLE, given.at, "entry_date");
    }
    return true;
}

/* C, D, RC, RD, EC, ED. "CR" is C with funds code R: only a mark that begins with R or E has two letters. */
static bool read_mark(struct mt940_cursor *cursor, struct mt940_entry *out, struct mt940_issues *issues)
{
    skip_gap(cursor, "mark", issues);
    char first = mt940_ascii_upper(mt940_cursor_peek(cursor, 0));
    char second = mt940_ascii_upper(mt940_cursor_peek(cursor, 1));
    bool two = first == 'R' || first == 'E';
    char side = two ? second : first;
    if (side != 'C' && side != 'D') {
        mt940_issue_add(issues, MT940_M_ENTRY_UNREADABLE, cursor->at, "mark");
        return false;
    }
    out->mark = (first == 'R' ? MT940_MARK_RC : first == 'E' ? MT940_MARK_EC : MT940_MARK_C) + (side == 'D');
    if (mt940_ascii_is_lower(mt940_cursor_peek(cursor, 0)))
        mt940_issue_add(issues, MT940_M_REPAIR_LOWER_CASE, cursor->at, "mark");
    cursor->at += two ? 2 : 1;
    return true;
}

/* The currency of the statement, as ISO 4217 or habit calls it (TL), or any where that is not known: nothing new. */
static bool skip_currency(struct mt940_cursor *cursor, const char *currency, struct mt940_issues *issues)
{
    struct mt940_cursor behind = *cursor;
    struct mt940_issues unheard;
    char code[4];
    mt940_issues_init(&unheard);
    if (!mt940_currency_read(&behind, code, &unheard) ||
        (currency[0] ? strcmp(code, currency) != 0 : mt940_currency_digits(code, strlen(code)) < 0))
        return false;
    mt940_issue_add(issues, MT940_M_REPAIR_FUNDS_CODE, cursor->at, "funds_code");
    cursor->at = behind.at;
    return true;
}

/* One letter, or by mistake the whole currency code, before the digits. */
static void read_funds_code(struct mt940_cursor *cursor, const char *currency, struct mt940_entry *out,
                            struct mt940_issues *issues)
{
    size_t letters = 0;
    skip_gap(cursor, "funds_code", issues);
    while (mt940_ascii_is_letter(mt940_cursor_peek(cursor, letters)))
        letters++;
    if (letters == 1)
        out->funds_code = mt940_ascii_upper(mt940_cursor_peek(cursor, 0));
    bool is_currency = letters > 1 && skip_currency(cursor, currency, issues);
    if (letters == 3 && !is_currency)
        mt940_issue_add(issues, MT940_M_FIELD_UNREADABLE, cursor->at, "funds_code");
    if (letters == 1 || (letters == 3 && !is_currency))
        cursor->at += letters;
    skip_gap(cursor, "amount", issues);
}

/* A line that ends after one or two characters of a code, and goes on with letters or digits, was cut there. */
static void skip_break_in_code(struct mt940_cursor *cursor, size_t length, struct mt940_issues *issues)
{
    struct mt940_cursor behind = {cursor->text, cursor->at + 1};
    if (length >= 3 || !mt940_cursor_skip_break(&behind) || !mt940_ascii_is_alnum(mt940_cursor_peek(&behind, 0)))
        return;
    mt940_issue_add(issues, MT940_M_REPAIR_LINE_SPLIT, behind.at, "code");
    cursor->at = behind.at - 1;
}

/* "TRFNONREF", "EFT//12": three characters that are no type and code, for the reference begins behind them. */
static bool has_no_type(const struct mt940_cursor *cursor)
{
    struct mt940_view rest = mt940_view_slice(cursor->text, cursor->at, cursor->text.length);
    for (size_t i = 0; i < 3; i++)
        if (i >= rest.length || !mt940_ascii_is_alnum(rest.data[i]))
            return false;
    rest = mt940_view_slice(rest, 3, rest.length);
    return mt940_view_trim(rest).length == 0 || mt940_view_is(mt940_view_slice(rest, 0, 2), "//") ||
           mt940_view_is(mt940_view_slice(rest, 0, 6), "NONREF");
}

static bool is_type(char letter)
{
    char upper = mt940_ascii_upper(letter);
    return upper == 'N' || upper == 'S' || upper == 'F';
}

/* Type letter and three characters; "NET NONREF" has a short code, some files have none at all. */
static void read_code(struct mt940_cursor *cursor, struct mt940_entry *out, struct mt940_issues *issues)
{
    skip_gap(cursor, "code", issues);
    size_t start = cursor->at;
    char type = mt940_cursor_peek(cursor, 0);
    bool is_lower = mt940_ascii_is_lower(type);
    size_t length = 0;
    if (!mt940_ascii_is_letter(type)) {
        mt940_issue_add(issues, MT940_M_REPAIR_CODE_FORM, start, "code");
        return;
    }
    if (is_type(type) || !has_no_type(cursor)) {
        out->type = mt940_ascii_upper(type);
        cursor->at++;
    }
    for (char c; length < 3 && mt940_ascii_is_alnum(c = mt940_cursor_peek(cursor, 0)); length++, cursor->at++) {
        is_lower = is_lower || mt940_ascii_is_lower(c);
        out->code[length] = mt940_ascii_upper(c);
        skip_break_in_code(cursor, length + 1, issues);
    }
    bool is_usual = is_type(out->type) && length == 3;
    /* A short code is padded with blanks to its three places. */
    for (; length < 3 && mt940_cursor_peek(cursor, 0) == ' '; length++)
        cursor->at++;
    if (!is_usual)
        mt940_issue_add(issues, MT940_M_REPAIR_CODE_FORM, start, "code");
    if (is_lower)
        mt940_issue_add(issues, MT940_M_REPAIR_LOWER_CASE, start, "code");
}

/* Everything up to the first "//" is the owner's reference, the rest of the line the bank's. */
/* Some fill the place of a reference with FF or A0, which are blanks in their character set. */
static struct mt940_view drop_gaps(struct mt940_view text, size_t position, struct mt940_issues *issues)
{
    size_t at = 0, gap;
    while ((gap = mt940_gap_at(text, at)) > 0)
        at += gap;
    if (at == 0 || at < text.length)
        return text;
    mt940_issue_add(issues, MT940_M_REPAIR_BLANKS, position, "customer_reference");
    return mt940_view_slice(text, text.length, 0);
}

static void read_references(struct mt940_cursor *cursor, struct mt940_entry *out, struct mt940_issues *issues)
{
    size_t start = cursor->at;
    struct mt940_view line = mt940_cursor_line(cursor);
    size_t slash = 0;
    while (slash + 1 < line.length && !(line.data[slash] == '/' && line.data[slash + 1] == '/'))
        slash++;
    bool has_bank = slash + 1 < line.length;
    out->customer_reference = mt940_view_trim(mt940_view_slice(line, 0, has_bank ? slash : line.length));
    out->customer_reference = drop_gaps(out->customer_reference, start, issues);
    if (has_bank)
        out->bank_reference = mt940_view_trim(mt940_view_slice(line, slash + 2, line.length));
    if (out->customer_reference.length == 0)
        mt940_issue_add(issues, MT940_M_REPAIR_NO_REFERENCE, start, "customer_reference");
    if (out->customer_reference.length > reference_max)
        mt940_issue_add(issues, MT940_M_REPAIR_LONG_REFERENCE, start, "customer_reference");
    if (out->bank_reference.length > reference_max)
        mt940_issue_add(issues, MT940_M_REPAIR_LONG_REFERENCE, start + slash + 2, "bank_reference");
}

static void read_supplementary(struct mt940_cursor *cursor, struct mt940_entry *out, struct mt940_issues *issues)
{
    if (!mt940_cursor_skip_break(cursor))
        return;
    size_t start = cursor->at;
    out->supplementary = mt940_view_trim(mt940_view_slice(cursor->text, start, cursor->text.length));
    if (mt940_first_line(out->supplementary).length != out->supplementary.length ||
        out->supplementary.length > details_max)
        mt940_issue_add(issues, MT940_M_REPAIR_LONG_LINE, start, "supplementary");
}

bool mt940_tag61_read(struct mt940_view value, const char *currency, struct mt940_entry *out,
                      struct mt940_issues *issues)
{
    struct mt940_cursor cursor = {value, 0};
    out->raw = value;
    if (!read_dates(&cursor, out, issues) || !read_mark(&cursor, out, issues))
        return false;
    read_funds_code(&cursor, currency, out, issues);
    if (!mt940_reading_read(&cursor, currency, "amount", &out->reading, issues))
        return false;
    if (!mt940_reading_ends(&cursor) && mt940_cursor_peek(&cursor, 0) != '/') {
        mt940_issue_add(issues, MT940_M_ENTRY_UNREADABLE, cursor.at, "amount");
        return false;
    }
    read_code(&cursor, out, issues);
    read_references(&cursor, out, issues);
    read_supplementary(&cursor, out, issues);
    return true;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_entry.c: field 61, 6!n[4!n]2a[1!a]15d1!a3!c16x[//16x] and its second line of 34x, from the values of a
 * movement. Source: SWIFT Standards MT, field 61.
 */
#include "statement/cursor.h"
#include "statement/day.h"
#include "statement/writer.h"

enum { reference_max = 16, details_max = 34 };

/* MMDD where the reader finds the year by it, else YYMMDD. */
static void put_entry_date(struct mt940_write *write, const struct mt940_entry *entry)
{
    const struct mt940_date *date = &entry->entry_date;
    char digits[4] = {(char)('0' + date->month / 10), (char)('0' + date->month % 10), (char)('0' + date->day / 10),
                      (char)('0' + date->day % 10)};
    struct mt940_cursor cursor = {mt940_view_of(digits, sizeof digits), 0};
    struct mt940_issues ignored = {0};
    struct mt940_date near = {0, 0, 0};
    if (date->year == 0 || write->status)
        return;
    bool short_form = mt940_date_is_valid(date) && mt940_day_read_near(&cursor, &entry->value_date, "", &near, &ignored) &&
                      mt940_date_compare(&near, date) == 0;
    mt940_demand(write, short_form, "the entry date is more than half a year from the value date");
    if (short_form)
        mt940_put(write, digits, sizeof digits);
    else
        mt940_put_date(write, date);
}

static void put_mark(struct mt940_write *write, const struct mt940_entry *entry)
{
    int32_t mark = mt940_mark_of(entry->mark, &entry->reading);
    if (mark == MT940_MARK_NONE)
        mt940_refuse(write, "the mark is missing");
    mt940_demand(write, (mark != MT940_MARK_EC && mark != MT940_MARK_ED) || write->type == 942,
                 "EC and ED are for MT942 only");
    mt940_put_text(write, mt940_mark_name(mark));
    if (entry->funds_code && !mt940_ascii_is_upper(entry->funds_code))
        mt940_refuse(write, "the funds code is no upper-case letter");
    else if (entry->funds_code)
        mt940_put_char(write, entry->funds_code);
}

/* What stands behind a code without a type, for a reader to take it for one. */
static bool shows_code(const struct mt940_entry *entry)
{
    static const char none[] = "NONREF";
    struct mt940_view reference = entry->customer_reference;
    return reference.length == 0 || mt940_view_is(mt940_view_slice(reference, 0, sizeof none - 1), none);
}

/* A short code is padded with blanks, so that the reference is not taken for the rest of it. */
static void put_code(struct mt940_write *write, const struct mt940_entry *entry)
{
    const struct mt940_view *reference = &entry->customer_reference;
    size_t length = strlen(entry->code);
    bool good = length == 3 && entry->type && strchr("NSF", entry->type) != NULL;
    for (size_t i = 0; i < length; i++) {
        if (!mt940_ascii_is_alnum(entry->code[i]))
            mt940_refuse(write, "the code is not of letters and digits");
        good = good && !mt940_ascii_is_lower(entry->code[i]);
    }
    mt940_demand(write, good, "the code is not S, N or F and three letters or digits (1!a3!c)");
    /* Only a slash ends an amount and begins no code; a blank ends the amount, and what is no letter begins none. */
    if (entry->type == 0 && length == 0 && reference->length && mt940_ascii_is_letter(reference->data[0]))
        mt940_refuse(write, "the code is missing in front of a reference");
    if (entry->type == 0 && length == 0 && reference->length && reference->data[0] != '/')
        mt940_put_char(write, ' ');
    if (entry->type == 0 && length > 0 && !shows_code(entry))
        mt940_refuse(write, "the code has no type in front of it, and a reference behind it");
    if (entry->type && !mt940_ascii_is_letter(entry->type))
        mt940_refuse(write, "the type is no letter");
    if (entry->type)
        mt940_put_char(write, entry->type);
    mt940_put(write, entry->code, length);
    mt940_put(write, "   ", entry->type && length < 3 ? 3 - length : 0);
}

static bool has_double_slash(struct mt940_view text)
{
    for (size_t i = 1; i < text.length; i++)
        if (text.data[i] == '/' && text.data[i - 1] == '/')
            return true;
    return false;
}

static void put_references(struct mt940_write *write, const struct mt940_entry *entry)
{
    struct mt940_view owner = entry->customer_reference, bank = entry->bank_reference;
    /* Without a code and a reference the line would end before anything came; "//" says that it has. */
    bool empty = entry->type == 0 && owner.length == 0 && entry->supplementary.length;
    if (has_double_slash(owner))
        mt940_refuse(write, "the reference for the account owner has two slashes together");
    if (bank.length && owner.length && owner.data[owner.length - 1] == '/')
        mt940_refuse(write, "the reference for the account owner ends with a slash");
    mt940_demand(write, owner.length > 0, "the reference for the account owner is empty (NONREF if there is none)");
    mt940_put_line(write, owner, reference_max, "the reference for the account owner is longer than 16 characters (16x)");
    if (bank.length || empty)
        mt940_put_text(write, "//");
    mt940_put_line(write, bank, reference_max, "the bank's reference is longer than 16 characters (16x)");
    mt940_put_break(write);
}

/* One line by the standard; what was read may have more of them. */
static void put_supplementary(struct mt940_write *write, struct mt940_view text)
{
    struct mt940_cursor cursor = {text, 0};
    if (text.length == 0)
        return;
    mt940_demand(write, mt940_first_line(text).length == text.length, "the supplementary details have several lines");
    mt940_demand(write, text.data[0] != ':' && text.data[0] != '-', "a line begins with a colon or a hyphen");
    while (!mt940_cursor_end(&cursor)) {
        struct mt940_view line = mt940_cursor_line(&cursor);
        mt940_refuse_field(write, line);
        mt940_put_line(write, line, details_max, "the supplementary details are longer than 34 characters (34x)");
        mt940_put_break(write);
        if (mt940_cursor_peek(&cursor, 0) == '\r' && mt940_cursor_peek(&cursor, 1) == '\n')
            cursor.at++;
        cursor.at++;
    }
}

void mt940_put_entry(struct mt940_write *write, const struct mt940_entry *entry)
{
    if (mt940_put_as_read(write, "61", entry->raw))
        return;
    mt940_put_tag(write, "61");
    if (entry->value_date.year == 0)
        mt940_refuse(write, "the value date is missing");
    mt940_put_date(write, &entry->value_date);
    put_entry_date(write, entry);
    put_mark(write, entry);
    mt940_put_amount(write, &entry->reading);
    put_code(write, entry);
    put_references(write, entry);
    put_supplementary(write, entry->supplementary);
}

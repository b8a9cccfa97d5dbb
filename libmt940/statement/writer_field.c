/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_field.c: one function per field, each writes it from its tag to its line end. What the standard says about
 * the inside of a field is demanded here; which fields a message has is not known here.
 */
#include "statement/cursor.h"
#include "statement/tag.h"
#include "statement/writer.h"

enum { reference_max = 16, account_max = 35, number_max = 5, creation_length = 15, count_end = 100000 };

bool mt940_put_as_read(struct mt940_write *write, const char *tag, struct mt940_view raw)
{
    if (!write->as_read || raw.length == 0)
        return false;
    mt940_put_tag(write, tag);
    mt940_put_view(write, raw);
    mt940_put_break(write);
    return true;
}

void mt940_put_reference(struct mt940_write *write, const char *tag, struct mt940_view text)
{
    mt940_put_tag(write, tag);
    mt940_demand(write, text.length > 0, "the reference is empty");
    mt940_demand(write, mt940_slashes_hold(text), "the reference begins or ends with a slash, or has two together (T26)");
    mt940_put_line(write, text, reference_max, "the reference is longer than 16 characters (16x)");
    mt940_put_break(write);
}

static bool is_bic(struct mt940_view text)
{
    bool good = text.length == 8 || text.length == 11;
    for (size_t i = 0; good && i < text.length; i++)
        good = i < 6 ? mt940_ascii_is_upper(text.data[i])
                     : mt940_ascii_is_upper(text.data[i]) || mt940_ascii_is_digit(text.data[i]);
    return good;
}

/* What in a header is never text: a field, behind whatever a reader forgives, and the end of a block. */
static bool is_structure(struct mt940_view line)
{
    struct mt940_tag tag;
    bool dash = line.length > 0 && line.data[0] == '-';
    if (dash)
        line = mt940_view_slice(line, 1, line.length);
    return mt940_tag_read(line, &tag) || (dash && line.length > 0 && line.data[0] == '}');
}

/*
 * The second line of 25P as it was read; other lines behind 25 were no BIC, but they are kept. A dash at their end would
 * be an end mark; in front of a blank it is text.
 */
static void put_account_bic(struct mt940_write *write, struct mt940_view bic)
{
    struct mt940_cursor cursor = {bic, 0};
    bool dash = false;
    mt940_demand(write, is_bic(bic), "the second line is no BIC");
    while (!mt940_cursor_end(&cursor)) {
        struct mt940_view line = mt940_view_trim(mt940_cursor_line(&cursor));
        (void)mt940_cursor_skip_break(&cursor);
        if (is_structure(line))
            mt940_refuse(write, "a line would be taken for a field");
        dash = mt940_view_is(line, "-");
    }
    /* Behind a blank a mark of the byte order is text, too. */
    if (bic.data[0] == '\xEF' || bic.data[0] == '\xC3')
        mt940_put_char(write, ' ');
    mt940_put_view(write, bic);
    mt940_put_break(write);
    if (dash)
        mt940_put_text(write, " \r\n");
}

void mt940_put_account(struct mt940_write *write, const struct mt940_header *header)
{
    mt940_put_tag(write, header->account_bic.length ? "25P" : "25");
    mt940_demand(write, header->account.length > 0, "the account is empty");
    mt940_put_line(write, header->account, account_max, "the account is longer than 35 characters (35x)");
    mt940_put_break(write);
    if (header->account_bic.length)
        put_account_bic(write, header->account_bic);
}

void mt940_put_number(struct mt940_write *write, const struct mt940_header *header)
{
    struct mt940_view number = header->number, sequence = header->sequence;
    mt940_put_tag(write, write->type == 941 ? "28" : "28C");
    mt940_demand(write, number.length > 0 && mt940_view_is_digits(number) && mt940_view_is_digits(sequence),
                 "the number is not of digits (5n[/5n])");
    mt940_put_line(write, number, number_max, "the number is longer than 5 digits (5n)");
    if (sequence.length) {
        mt940_put_char(write, '/');
        mt940_put_line(write, sequence, number_max, "the sequence is longer than 5 digits (5n)");
    }
    mt940_put_break(write);
}

/* Date, time and offset from UTC: 6!n4!n1!x4!n. */
void mt940_put_creation(struct mt940_write *write, struct mt940_view text)
{
    bool good = text.length == creation_length && (text.data[10] == '+' || text.data[10] == '-') &&
                mt940_view_is_digits(mt940_view_slice(text, 0, 10)) &&
                mt940_view_is_digits(mt940_view_slice(text, 11, 4));
    mt940_put_tag(write, "13D");
    mt940_demand(write, good, "not date, time and offset (6!n4!n1!x4!n)");
    mt940_put_line(write, text, creation_length, "not date, time and offset (6!n4!n1!x4!n)");
    mt940_put_break(write);
}

void mt940_put_balance(struct mt940_write *write, const char *tag, const struct mt940_balance *balance)
{
    const char *currency = balance->reading.amount.currency;
    int32_t mark = mt940_mark_of(balance->mark, &balance->reading);
    if (mt940_put_as_read(write, tag, balance->raw))
        return;
    mt940_put_tag(write, tag);
    if (mark != MT940_MARK_C && mark != MT940_MARK_D)
        mt940_refuse(write, "the mark is neither C nor D");
    mt940_put_text(write, mark == MT940_MARK_D ? "D" : "C");
    mt940_put_date(write, &balance->date);
    mt940_put_text(write, currency);
    mt940_put_amount(write, &balance->reading);
    mt940_put_break(write);
}

/* 34F has a mark where there are two of them, 90D and 90C a count. */
void mt940_put_total(struct mt940_write *write, const struct mt940_total *total)
{
    const char *currency = total->reading.amount.currency;
    bool limit = strcmp(total->tag, "34F") == 0;
    int32_t mark = limit ? mt940_mark_of(total->mark, &total->reading) : MT940_MARK_NONE;
    const char *tag = limit ? "34F" : strcmp(total->tag, "90C") == 0 ? "90C" : "90D";
    if (mt940_put_as_read(write, tag, total->raw))
        return;
    mt940_put_tag(write, tag);
    if (!limit) {
        mt940_demand(write, total->count < count_end, "the count is longer than 5 digits (5n)");
        mt940_put_digits(write, total->count, 1);
    }
    if (limit)
        mt940_demand(write, strlen(currency) == 3, "the currency is missing");
    else if (strlen(currency) != 3)
        mt940_refuse(write, "the currency is missing");
    mt940_put_text(write, currency);
    if (mark != MT940_MARK_NONE)
        mt940_put_char(write, mark == MT940_MARK_D ? 'D' : 'C');
    mt940_put_amount(write, &total->reading);
    mt940_put_break(write);
}

/* Whether a further line looks like a field: what stood around it told that it is none. */
static bool holds_field(struct mt940_view raw)
{
    struct mt940_tag tag;
    for (size_t i = 0; i < raw.length; i++)
        if ((raw.data[i] == '\n' || raw.data[i] == '\r') &&
            mt940_tag_read(mt940_view_slice(raw, i + 1, raw.length), &tag))
            return true;
    return false;
}

/*
 * A cut movement, written with an end mark behind it, would be read as a whole one with a smaller amount; a narrative
 * without a movement would join the one before it.
 */
void mt940_put_raw(struct mt940_write *write, const struct mt940_raw_field *field)
{
    mt940_put_tag(write, field->tag);
    if (write->in_text && !field->tag[2])
        mt940_refuse(write, "behind a movement the field would be taken for text");
    write->in_text = false;
    write->substance = true;
    if (strcmp(field->tag, "61") == 0)
        mt940_refuse(write, "the movement could not be read");
    if (strcmp(field->tag, "86") == 0)
        mt940_refuse(write, "the narrative has no movement");
    if (holds_field(field->raw))
        mt940_refuse(write, "a line would be taken for a field");
    mt940_demand(write, false, "the field is not part of a statement");
    mt940_put_view(write, field->raw);
    mt940_put_break(write);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * order_file.c: the file that tells a bank: a heading and a line for each order (RFC 4180). The
 * bytes follow from the arguments alone, so the same run written again is the same file. Must
 * not decide anything.
 */
#include <string.h>

#include "base/export.h"
#include "base/failure.h"
#include "base/view.h"
#include "mt940connect/dbs_exchange.h"

/* Text on its way into a buffer that may be too small: all of it is counted, what fits is kept. */
struct writing {
    char *out;
    size_t capacity;
    size_t length;
};

static void put(struct writing *writing, const char *text, size_t length)
{
    size_t room = writing->length < writing->capacity ? writing->capacity - writing->length : 0;

    if (room > 0 && length > 0)
        memcpy(writing->out + writing->length, text, length < room ? length : room);
    writing->length += length;
}

static struct mt940_view text_of(const struct mt940_dbs_export_row *row, int32_t field)
{
    const struct mt940_dbs_order *order = row->order;

    switch (field) {
    case MT940_DBS_FIELD_BANK:
        return order->bank;
    case MT940_DBS_FIELD_CUSTOMER:
        return order->customer;
    case MT940_DBS_FIELD_REFERENCE:
        return order->reference;
    case MT940_DBS_FIELD_INVOICE:
        return order->invoice;
    case MT940_DBS_FIELD_CURRENCY:
        return order->currency;
    case MT940_DBS_FIELD_BRANCH:
        return row->branch;
    case MT940_DBS_FIELD_ACCOUNT:
        return row->account;
    case MT940_DBS_FIELD_IBAN:
        return row->iban;
    case MT940_DBS_FIELD_COLLECTION_ACCOUNT:
        return order->bank_account;
    case MT940_DBS_FIELD_COLLECTION_IBAN:
        return row->collection_iban;
    default:
        return mt940_view_of(NULL, 0);
    }
}

/* Value of a number column; 0 = the column is none. */
static int number_of(const struct mt940_dbs_export_row *row, int32_t field, char out[40])
{
    const struct mt940_dbs_order *order = row->order;

    switch (field) {
    case MT940_DBS_FIELD_RUN:
        return mt940_decimal_format(order->run, 0, 0, out);
    case MT940_DBS_FIELD_ROW:
        return mt940_decimal_format(row->row, 0, 0, out);
    case MT940_DBS_FIELD_LINE:
        return mt940_decimal_format(order->line, 0, 0, out);
    default:
        return 0;
    }
}

static int amount_of(const struct mt940_dbs_layout *layout, const struct mt940_dbs_order *order, char out[40])
{
    int digits = mt940_currency_digits(order->currency.data, order->currency.length), length;

    digits = digits < 0 ? 2 : digits;
    length = mt940_decimal_format(order->amount, digits, digits, out);
    for (int i = 0; i < length; i++)
        if (out[i] == '.')
            out[i] = layout->decimal_sign;
    return length;
}

/* 0 for an absent date. */
static int date_of(const struct mt940_dbs_layout *layout, const struct mt940_date *date, char out[40])
{
    char iso[11];

    if (!mt940_date_is_valid(date) || mt940_date_format(date, iso) < 0)
        return 0;
    switch (layout->date_form) {
    case MT940_DBS_DATE_DOTTED:
        memcpy(out, iso + 8, 2);
        out[2] = out[5] = '.';
        memcpy(out + 3, iso + 5, 2);
        memcpy(out + 6, iso, 4);
        return 10;
    case MT940_DBS_DATE_PLAIN:
        memcpy(out, iso, 4);
        memcpy(out + 4, iso + 5, 2);
        memcpy(out + 6, iso + 8, 2);
        return 8;
    default:
        memcpy(out, iso, 10);
        return 10;
    }
}

static struct mt940_view record_word(const struct mt940_dbs_layout *layout, int64_t record)
{
    for (size_t i = 0; i < layout->record_count; i++)
        if (layout->records[i].value == record)
            return mt940_view_of(layout->records[i].word, strlen(layout->records[i].word));
    return mt940_view_of(NULL, 0);
}

/* The value of a column; `space` holds it where it is made here. */
static struct mt940_view value_of(const struct mt940_dbs_layout *layout, const struct mt940_dbs_export_row *row,
                                  int32_t field, char space[40])
{
    int length;

    if (field == MT940_DBS_FIELD_RECORD)
        return record_word(layout, row->order->record);
    if (field == MT940_DBS_FIELD_AMOUNT)
        length = amount_of(layout, row->order, space);
    else if (field == MT940_DBS_FIELD_INVOICE_DATE)
        length = date_of(layout, &row->order->invoice_date, space);
    else if (field == MT940_DBS_FIELD_DUE_DATE)
        length = date_of(layout, &row->order->due_date, space);
    else
        length = number_of(row, field, space);
    return length > 0 ? mt940_view_of(space, (size_t)length) : text_of(row, field);
}

/* A text with quotes where they are needed; line breaks become blanks, for banks read line by line. */
static void put_cell(struct writing *writing, char separator, struct mt940_view text)
{
    bool quoted = text.length > 0 && (text.data[0] == ' ' || text.data[text.length - 1] == ' ');

    for (size_t i = 0; i < text.length && !quoted; i++)
        quoted = text.data[i] == separator || text.data[i] == '"';
    if (quoted)
        put(writing, "\"", 1);
    for (size_t i = 0; i < text.length; i++) {
        bool is_break = text.data[i] == '\n' || text.data[i] == '\r';

        if (text.data[i] == '"')
            put(writing, "\"", 1);
        put(writing, is_break ? " " : &text.data[i], 1);
    }
    if (quoted)
        put(writing, "\"", 1);
}

static void put_heading(struct writing *writing, const struct mt940_dbs_layout *layout)
{
    for (size_t i = 0; i < layout->column_count; i++) {
        put(writing, &layout->separator, i > 0);
        put_cell(writing, layout->separator,
                 mt940_view_of(layout->columns[i].heading, strlen(layout->columns[i].heading)));
    }
    put(writing, "\r\n", 2);
}

static void put_row(struct writing *writing, const struct mt940_dbs_layout *layout,
                    const struct mt940_dbs_export_row *row)
{
    char space[40];

    for (size_t i = 0; i < layout->column_count; i++) {
        put(writing, &layout->separator, i > 0);
        put_cell(writing, layout->separator, value_of(layout, row, layout->columns[i].field, space));
    }
    put(writing, "\r\n", 2);
}

MT940_EXPORT int mt940_dbs_export_write(const struct mt940_dbs_layout *layout, const struct mt940_dbs_export_row *rows,
                                        size_t count, char *out, size_t capacity, size_t *length)
{
    struct writing writing = {out, out ? capacity : 0, 0};

    if (mt940_dbs_layout_check(layout, NULL) != 0 || (count > 0 && !rows) || !length)
        return MT940_E_ARGUMENT;
    put_heading(&writing, layout);
    for (size_t i = 0; i < count; i++)
        put_row(&writing, layout, &rows[i]);
    *length = writing.length;
    return writing.length > writing.capacity ? MT940_E_LIMIT : 0;
}

MT940_EXPORT size_t mt940_dbs_export_value(const struct mt940_dbs_layout *layout,
                                           const struct mt940_dbs_export_row *row, size_t column, char *out,
                                           size_t capacity)
{
    char space[40];
    struct mt940_view value = {NULL, 0};

    if (column < layout->column_count)
        value = value_of(layout, row, layout->columns[column].field, space);
    if (capacity > 0) {
        size_t kept = value.length < capacity - 1 ? value.length : capacity - 1;

        if (kept > 0)
            memcpy(out, value.data, kept);
        out[kept] = '\0';
    }
    return value.length;
}

static size_t characters_of(struct mt940_view text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

MT940_EXPORT int mt940_dbs_export_widest(const struct mt940_dbs_layout *layout, const struct mt940_dbs_export_row *row,
                                         size_t *column)
{
    char space[40];

    if (!layout || !row || !row->order || !column)
        return MT940_E_ARGUMENT;
    for (size_t i = 0; i < layout->column_count; i++)
        if (layout->columns[i].width > 0 &&
            characters_of(value_of(layout, row, layout->columns[i].field, space)) > (size_t)layout->columns[i].width) {
            *column = i;
            return 0;
        }
    return MT940_E_NOT_FOUND;
}

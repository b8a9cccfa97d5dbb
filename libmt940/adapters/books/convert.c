/* SPDX-License-Identifier: Apache-2.0
 *
 * convert.c: cells to fields, by the field's type and the column's rule. Must not know files.
 */
#include "convert.h"

#include <string.h>

#include "cell.h"

static void set_number(const struct cell *cell, int64_t value)
{
    memcpy(cell_field(cell), &value, sizeof value);
}

/* Currency of the record's money: its own, else the company's. */
static void currency_of(const struct cell *cell, char out[4])
{
    const struct mt940_kind_info *info = cell->conversion->columns->info;
    struct mt940_view view = {NULL, 0};

    for (int32_t i = 0; i < info->field_count; i++)
        if (strcmp(info->fields[i].name, "currency") == 0)
            memcpy(&view, cell->record + info->fields[i].offset, sizeof view);
    if (view.length == 3)
        mt940_view_copy(&view, out, 4);
    else
        memcpy(out, cell->conversion->books->local_currency, 4);
}

static int take_decimal(const struct cell *cell)
{
    int is_rate = cell->column->field->type == MT940_TYPE_RATE;
    int32_t scale = 8;
    struct number number;
    char currency[4];
    int64_t units;

    number_read(&cell->text, &number);
    if (number.form == FORM_BAD)
        return cell_refuse(cell, is_rate ? MT940_M_CSV_A_RATE : MT940_M_CSV_AN_AMOUNT);
    if ((number.form & (FORM_EITHER_COMMA | FORM_EITHER_POINT)) && cell->column->decimal_sign == 0) {
        REPORT(cell->conversion->report, MT940_M_CSV_AMBIGUOUS, cell->line, cell->number,
               arg_view("name", &cell->heading), arg_view("value", &cell->text));
        return 0;
    }
    if (!is_rate) {
        currency_of(cell, currency);
        scale = mt940_currency_digits(currency, strlen(currency));
        if (scale < 0 || (number.currency[0] != '\0' && strcmp(number.currency, currency) != 0))
            return cell_refuse(cell, MT940_M_CSV_AN_EXACT_AMOUNT);
    }
    if (number_units(&number, cell->column->decimal_sign, scale, &units) != MT940_OK)
        return cell_refuse(cell, is_rate ? MT940_M_CSV_A_RATE : MT940_M_CSV_AN_EXACT_AMOUNT);
    if (units < 0 && cell->column->rule->rule == RULE_NOT_NEGATIVE)
        return cell_refuse(cell, MT940_M_CSV_NOT_NEGATIVE);
    set_number(cell, units);
    return 1;
}

static int take_date(const struct cell *cell)
{
    struct mt940_date date;

    if (date_form(&cell->text) == FORM_EITHER_DATE && !cell->column->dates_known) {
        REPORT(cell->conversion->report, MT940_M_CSV_AMBIGUOUS, cell->line, cell->number,
               arg_view("name", &cell->heading), arg_view("value", &cell->text));
        return 0;
    }
    if (date_read(&cell->text, cell->column->month_first, &date) != MT940_OK)
        return cell_refuse(cell, MT940_M_CSV_A_DATE);
    memcpy(cell_field(cell), &date, sizeof date);
    return 1;
}

static int take_flag(const struct cell *cell)
{
    int value = flag_read(&cell->text);

    if (value < 0)
        return cell_refuse(cell, MT940_M_CSV_A_FLAG);
    set_number(cell, value);
    return 1;
}

static int take_int(const struct cell *cell)
{
    int64_t value;

    if (mt940_decimal_parse(cell->text.data, cell->text.length, 0, &value) != MT940_OK || value < 0)
        return cell_refuse(cell, MT940_M_CSV_A_NUMBER);
    set_number(cell, value);
    return 1;
}

static size_t append(char *list, size_t used, size_t capacity, const char *text)
{
    while (*text != '\0' && used + 1 < capacity)
        list[used++] = *text++;
    return used;
}

/* Refuses a name the enumeration lacks, and tells those it has. */
static int refuse_choice(const struct cell *cell, int32_t enumeration)
{
    char list[400];
    size_t used = 0;
    int64_t value;

    for (int32_t i = 0; mt940_enum_value(enumeration, i, &value) == MT940_OK; i++) {
        const char *name = mt940_enum_name(enumeration, value, "en");

        if (name == NULL || name[0] == '\0')
            continue;
        used = append(list, used, sizeof list, used == 0 ? "" : ", ");
        used = append(list, used, sizeof list, name);
    }
    REPORT(cell->conversion->report, MT940_M_CSV_CHOICE, cell->line, cell->number, arg_view("name", &cell->heading),
           arg_view("value", &cell->text), arg_text("list", list, used));
    return 0;
}

/* No name of an enumeration is longer; folding what a stranger wrote costs time. */
#define LONGEST_CHOICE 128

static int take_enum(const struct cell *cell)
{
    static const char *const languages[] = {"en", "tr"};
    int32_t enumeration = cell->column->field->enumeration;
    struct plain plain;
    int64_t value;

    if (cell->text.length > LONGEST_CHOICE)
        return refuse_choice(cell, enumeration);
    if (mt940_enum_parse(enumeration, cell->text.data, cell->text.length, &value) == MT940_OK) {
        set_number(cell, value);
        return 1;
    }
    plain_read(&cell->text, &plain);
    /* Capitals and accents as people write them: "ALICI", "Alici". */
    for (int32_t i = 0; mt940_enum_value(enumeration, i, &value) == MT940_OK; i++) {
        for (size_t l = 0; l < 2; l++) {
            const char *name = mt940_enum_name(enumeration, value, languages[l]);
            struct mt940_view view;

            mt940_view_from_string(name, &view);
            if (plain_is(&plain, &view)) {
                set_number(cell, value);
                return 1;
            }
        }
    }
    return refuse_choice(cell, enumeration);
}

static int is_money(const struct column *column)
{
    return column->field->type == MT940_TYPE_MONEY || column->field->is_counter;
}

static int take_cell(const struct cell *cell)
{
    const struct mt940_field *field = cell->column->field;

    if (is_money(cell->column) || field->type == MT940_TYPE_RATE)
        return take_decimal(cell);
    switch (field->type) {
    case MT940_TYPE_TEXT:
        return cell_take_text(cell);
    case MT940_TYPE_DATE:
        return take_date(cell);
    case MT940_TYPE_FLAG:
        return take_flag(cell);
    case MT940_TYPE_ENUM:
        return take_enum(cell);
    case MT940_TYPE_INT:
        return take_int(cell);
    default:
        return 0;
    }
}

/* A cell without the blanks around it; spreadsheets quote them in. */
static struct mt940_view trim(const struct mt940_view *cell)
{
    const char *at = cell->data, *end = cell->data + cell->length;

    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
        at++;
    while (end > at && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\n' || end[-1] == '\r'))
        end--;
    while (end - at >= 2 && memcmp(end - 2, "\xC2\xA0", 2) == 0)
        end -= 2;
    while (end - at >= 2 && memcmp(at, "\xC2\xA0", 2) == 0)
        at += 2;
    return (struct mt940_view){at, (size_t)(end - at)};
}

static struct cell cell_at(struct conversion *conversion, const struct sheet_row *row, size_t index, void *record)
{
    const struct sheet *sheet = &conversion->table->sheet;
    const struct sheet_row *heading = &sheet->rows[0];
    struct cell cell = {.conversion = conversion, .column = &conversion->columns->list[index], .line = row->line,
                        .number = (uint32_t)index + 1, .record = record};

    cell.heading = trim(&sheet->cells[heading->first + index]);
    if (index < row->count)
        cell.text = trim(&sheet->cells[row->first + index]);
    return cell;
}

/* A code that names a record of another table of the folder. */
static int check_target(const struct cell *cell)
{
    const struct books *books = cell->conversion->books;
    int32_t target = cell->column->rule->target;
    const struct table *table = &books->tables[target];
    union {
        struct mt940_customer customer;
        struct mt940_bank_account account;
        struct mt940_invoice invoice;
    } key;

    if (target == 0 || !books->whole_folder || table->info == NULL || cell->text.length == 0)
        return 1;
    memset(&key, 0, sizeof key);
    /* All three begin their key with the company and go on with one text. */
    memcpy((unsigned char *)&key + table->info->fields[0].offset,
           cell->record + cell->conversion->columns->info->fields[0].offset, sizeof(struct mt940_view));
    memcpy((unsigned char *)&key + table->info->fields[1].offset, &cell->text, sizeof cell->text);
    if (table_find(table, &key) != NULL)
        return 1;
    REPORT(cell->conversion->report, MT940_M_CSV_REFERENCE, cell->line, cell->number,
           arg_view("name", &cell->heading), arg_view("value", &cell->text));
    return 0;
}

/* A companies.csv may hold several; with a company asked for, the others are not ours. */
static int is_other_company(const struct conversion *conversion, const struct cell *cell)
{
    const struct mt940_view *company = &conversion->books->company;
    int names_it = cell->column->is_company ||
                   (conversion->columns->info->kind == MT940_KIND_COMPANY && cell->column->field != NULL &&
                    cell->column->field->is_key && company->length > 0);

    return names_it && cell->text.length > 0 && !mt940_view_equal(&cell->text, company);
}

/* Sets the company; 0 = the row is another one's. */
static int take_company(struct conversion *conversion, const struct sheet_row *row, void *record)
{
    const struct mt940_kind_info *info = conversion->columns->info;

    if (info->kind != MT940_KIND_COMPANY)
        memcpy((unsigned char *)record + info->fields[0].offset, &conversion->books->company,
               sizeof conversion->books->company);
    for (size_t i = 0; i < conversion->columns->count; i++) {
        struct cell cell = cell_at(conversion, row, i, record);

        if (!is_other_company(conversion, &cell))
            continue;
        REPORT(conversion->report, MT940_M_CSV_COMPANY_OTHER, row->line, cell.number, arg_view("value", &cell.text));
        return 0;
    }
    return 1;
}

/* What a row means where a cell is empty or its column is missing. */
static void set_defaults(const struct conversion *conversion, void *record)
{
    if (conversion->columns->info->kind == MT940_KIND_CUSTOMER)
        ((struct mt940_customer *)record)->active = 1;
}

/* A payment row has customer and currency of its invoice. */
static int take_from_invoice(struct conversion *conversion, const struct sheet_row *row,
                             struct mt940_payment *payment)
{
    const struct table *invoices = &conversion->books->tables[MT940_KIND_INVOICE];
    struct mt940_invoice key;
    const struct mt940_invoice *invoice;

    memset(&key, 0, sizeof key);
    key.company = payment->company;
    key.number = payment->invoice;
    invoice = invoices->info == NULL ? NULL : table_find(invoices, &key);
    if (invoice != NULL) {
        payment->customer = invoice->customer;
        payment->currency = invoice->currency;
        return 1;
    }
    if (!conversion->books->whole_folder)
        return 1;
    if (invoices->info == NULL)
        REPORT(conversion->report, MT940_M_CSV_REFERENCE, row->line, 0, arg_text("name", "invoice", 7),
               arg_view("value", &payment->invoice));
    return 0;
}

static int take_cells(struct conversion *conversion, const struct sheet_row *row, void *record, int money)
{
    int good = 1;

    for (size_t i = 0; i < conversion->columns->count; i++) {
        struct cell cell = cell_at(conversion, row, i, record);

        if (cell.column->rule == NULL || is_money(cell.column) != money)
            continue;
        if (cell.text.length > 0) {
            good &= take_cell(&cell) && check_target(&cell);
        } else if (cell.column->rule->presence == PRESENCE_NEEDED) {
            REPORT(conversion->report, MT940_M_CSV_EMPTY, row->line, cell.number, arg_view("name", &cell.heading));
            good = 0;
        }
    }
    return good;
}

/* More cells than headings: a value holds the separator, and those behind it have shifted. */
static int check_width(const struct conversion *conversion, const struct sheet_row *row)
{
    const struct sheet *sheet = &conversion->table->sheet;
    uint32_t wanted = sheet->rows[0].count, count = row->count;

    while (count > wanted && sheet->cells[row->first + count - 1].length == 0)
        count--;
    if (count > wanted)
        REPORT(conversion->report, MT940_M_CSV_FIELDS_MORE, row->line, 0, arg_number("count", count),
               arg_number("expected", wanted));
    else if (count < wanted)
        REPORT(conversion->report, MT940_M_CSV_FIELDS_FEWER, row->line, 0, arg_number("count", count),
               arg_number("expected", wanted));
    return count <= wanted;
}

int convert_row(struct conversion *conversion, const struct sheet_row *row, void *record)
{
    int good = check_width(conversion, row) && take_company(conversion, row, record);

    if (!good)
        return 0;
    set_defaults(conversion, record);
    good = take_cells(conversion, row, record, 0);
    if (good && conversion->columns->info->kind == MT940_KIND_PAYMENT)
        good = take_from_invoice(conversion, row, record);
    /* Amounts last: their digits depend on the currency of the row. */
    good &= take_cells(conversion, row, record, 1);
    return good && !conversion->failed;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * cell.c: cells that are text: codes, IBANs, currencies, tax numbers, each by its rule. Must not
 * know rows.
 */
#include "cell.h"

#include <stdlib.h>
#include <string.h>

#include "mt940connect/iban.h"
#include "mt940connect/tax_id.h"

int cell_refuse(const struct cell *cell, int32_t expected)
{
    REPORT(cell->conversion->report, MT940_M_CSV_VALUE, cell->line, cell->number, arg_view("name", &cell->heading),
           arg_view("value", &cell->text), arg_message("expected", expected));
    return 0;
}

void *cell_field(const struct cell *cell)
{
    return cell->record + cell->column->field->offset;
}

/* Keeps a text made here as long as the table; NULL = no memory. */
static char *keep(struct conversion *conversion, const char *data, size_t length)
{
    struct table *table = conversion->table;
    char *copy = malloc(length + 1);

    if (copy != NULL && table->text_count == table->text_capacity) {
        size_t capacity = table->text_capacity == 0 ? 64 : table->text_capacity * 2;
        char **texts = realloc(table->texts, capacity * sizeof *texts);

        if (texts == NULL) {
            free(copy);
            copy = NULL;
        } else {
            table->texts = texts;
            table->text_capacity = capacity;
        }
    }
    if (copy == NULL) {
        conversion->failed = 1;
        return NULL;
    }
    memcpy(copy, data, length);
    copy[length] = '\0';
    table->texts[table->text_count++] = copy;
    return copy;
}

static int has_control(const char *data, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)data[i] < 0x20)
            return 1;
    return 0;
}

/* A line break in a cell (Alt+Enter) is a blank in the books. */
static int set_text(const struct cell *cell, const char *data, size_t length)
{
    struct mt940_view view = {data, length};
    char *copy;

    if (data != cell->text.data || has_control(data, length)) {
        copy = keep(cell->conversion, data, length);
        if (copy == NULL)
            return 0;
        for (size_t i = 0; i < length; i++)
            if ((unsigned char)copy[i] < 0x20)
                copy[i] = ' ';
        view.data = copy;
    }
    memcpy(cell_field(cell), &view, sizeof view);
    return 1;
}

/* ASCII letters only: codes hold no others, and what they hold is kept. */
static size_t upper(const struct mt940_view *text, char *out, size_t capacity)
{
    size_t length = text->length < capacity ? text->length : capacity;

    for (size_t i = 0; i < length; i++)
        out[i] = text->data[i] >= 'a' && text->data[i] <= 'z' ? (char)(text->data[i] - 32) : text->data[i];
    return length;
}

static int take_iban(const struct cell *cell)
{
    struct mt940_iban iban = {.size = sizeof iban};

    if (mt940_iban_parse(cell->text.data, cell->text.length, MT940_IBAN_PRINT, &iban) == MT940_OK &&
        iban.reason == MT940_IBAN_VALID)
        return set_text(cell, iban.canonical, strlen(iban.canonical));
    REPORT(cell->conversion->report, MT940_M_CSV_IBAN, cell->line, cell->number, arg_view("name", &cell->heading),
           arg_view("value", &cell->text));
    return set_text(cell, cell->text.data, cell->text.length);
}

static int take_currency(const struct cell *cell)
{
    char code[4];

    if (plain_equal(&cell->text, &(struct mt940_view){"TL", 2}))
        return set_text(cell, "TRY", 3);
    if (cell->text.length != 3)
        return cell_refuse(cell, MT940_M_CSV_A_CURRENCY);
    upper(&cell->text, code, 3);
    if (mt940_currency_digits(code, 3) < 0)
        return cell_refuse(cell, MT940_M_CSV_A_CURRENCY);
    return set_text(cell, code, 3);
}

/* A VKN or VÖEN of nine digits that passes with a zero before it was cut by a spreadsheet. */
static int take_tax_id(const struct cell *cell)
{
    char digits[16] = "0";
    size_t length = 1;

    for (size_t i = 0; i < cell->text.length; i++)
        if (cell->text.data[i] != ' ' && length < sizeof digits)
            digits[length++] = cell->text.data[i];
    if (length == 10 && mt940_vkn_check(digits, 10) == MT940_TAX_ID_VALID)
        REPORT(cell->conversion->report, MT940_M_CSV_TAX_ID_ZERO, cell->line, cell->number,
               arg_view("value", &cell->text));
    if (length < sizeof digits)
        return set_text(cell, digits + 1, length - 1);
    return set_text(cell, cell->text.data, cell->text.length);
}

static int take_bank(const struct cell *cell)
{
    char code[5] = "0000";
    size_t length = cell->text.length;

    for (size_t i = 0; i < length; i++)
        if (cell->text.data[i] < '0' || cell->text.data[i] > '9')
            return set_text(cell, cell->text.data, length);
    /* The IBAN writes five digits, the books four (turkish-banking §7). */
    if (length == 5 && cell->text.data[0] == '0')
        return set_text(cell, cell->text.data + 1, 4);
    if (length >= 4)
        return set_text(cell, cell->text.data, length);
    memcpy(code + 4 - length, cell->text.data, length);
    return set_text(cell, code, 4);
}

static int take_operation(const struct cell *cell)
{
    char code[64];
    size_t length = upper(&cell->text, code, sizeof code);

    if (length == 4 && memchr("NSF", code[0], 3) != NULL)
        return set_text(cell, code + 1, 3);
    return set_text(cell, code, length);
}

int cell_take_text(const struct cell *cell)
{
    char code[128];

    if (is_shortened(&cell->text))
        return cell_refuse(cell, MT940_M_CSV_WRITTEN_OUT);
    switch (cell->column->rule->rule) {
    case RULE_IBAN:
        return take_iban(cell);
    case RULE_CURRENCY:
        return take_currency(cell);
    case RULE_TAX_ID:
        return take_tax_id(cell);
    case RULE_BANK:
        return take_bank(cell);
    case RULE_OPERATION:
        return take_operation(cell);
    case RULE_UPPER:
        return set_text(cell, code, upper(&cell->text, code, sizeof code));
    default:
        return set_text(cell, cell->text.data, cell->text.length);
    }
}

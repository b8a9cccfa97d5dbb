/* SPDX-License-Identifier: Apache-2.0
 *
 * csv.c: writes CSV. Must not know what the cells are.
 */
#include "csv.h"

#include <stdio.h>
#include <string.h>

#include "output.h"

void csv_text(struct csv *csv, const char *text, size_t length)
{
    int quoted = 0;

    if (csv->column++ > 0)
        putchar(',');
    for (size_t i = 0; i < length; i++)
        quoted |= text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r';
    if (quoted)
        putchar('"');
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"')
            putchar('"');
        putchar(text[i]);
    }
    if (quoted)
        putchar('"');
}

void csv_word(struct csv *csv, const char *word)
{
    csv_text(csv, word, word == NULL ? 0 : strlen(word));
}

void csv_view(struct csv *csv, const struct mt940_view *view)
{
    csv_text(csv, view->data, view->length);
}

void csv_number(struct csv *csv, int64_t number)
{
    char text[40];

    csv_text(csv, text, (size_t)mt940_decimal_format(number, 0, 0, text));
}

void csv_date(struct csv *csv, const struct mt940_date *date)
{
    char text[16] = "";

    if (date->year != 0)
        (void)mt940_date_format(date, text);
    csv_word(csv, text);
}

void csv_money(struct csv *csv, int64_t units, const struct mt940_view *currency)
{
    struct mt940_amount amount = output_money(units, currency);
    char text[40];

    csv_text(csv, text, (size_t)mt940_decimal_format(amount.units, amount.scale, amount.scale, text));
}

void csv_end(struct csv *csv)
{
    putchar('\n');
    csv->column = 0;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * column.c: headings and forms. One value that can be read in one way only decides for its
 * column; if its column is silent, the other columns of the file do, when they agree: one
 * program wrote the file. A rate listens to its own column only: 40.125 read as 40125 would
 * multiply every amount. Must not know records.
 */
#include "column.h"

#include <string.h>

static const struct column_rule rules[] = {
#define BOOKS_COLUMN(kind, field, rule, presence, target, headings)                                                   \
    {MT940_KIND_##kind, #field, RULE_##rule, PRESENCE_##presence, target, headings},
#include "books.def"
#undef BOOKS_COLUMN
};

#define RULE_COUNT (sizeof rules / sizeof *rules)

const struct column_rule *column_rule_at(int32_t kind, size_t at)
{
    for (size_t i = 0; i < RULE_COUNT; i++)
        if (rules[i].kind == kind && at-- == 0)
            return &rules[i];
    return NULL;
}

/* 1 when the cell is the name or one of the other headings. */
static int is_heading(const char *name, const char *headings, const struct plain *cell)
{
    struct mt940_view view;

    mt940_view_from_string(name, &view);
    if (plain_is(cell, &view))
        return 1;
    for (const char *at = headings; *at != '\0'; at += *at == ';') {
        view.data = at;
        view.length = strcspn(at, ";");
        if (plain_is(cell, &view))
            return 1;
        at += view.length;
    }
    return 0;
}

static const struct column_rule *find_rule(int32_t kind, const struct mt940_view *cell)
{
    struct plain plain;

    plain_read(cell, &plain);
    for (size_t i = 0; i < RULE_COUNT; i++)
        if (rules[i].kind == kind && is_heading(rules[i].field, rules[i].headings, &plain))
            return &rules[i];
    return NULL;
}

static int is_company(const struct mt940_kind_info *info, const struct mt940_view *cell)
{
    struct plain plain;

    plain_read(cell, &plain);
    return info->kind != MT940_KIND_COMPANY && is_heading("company", "firma;firma kodu", &plain);
}

size_t columns_known(const struct mt940_kind_info *info, const struct mt940_view *cells, size_t count)
{
    size_t known = 0;

    for (size_t i = 0; i < count; i++)
        known += find_rule(info->kind, &cells[i]) != NULL || is_company(info, &cells[i]);
    return known;
}

static const struct mt940_field *find_field(const struct mt940_kind_info *info, const char *name)
{
    for (int32_t i = 0; i < info->field_count; i++)
        if (strcmp(info->fields[i].name, name) == 0)
            return &info->fields[i];
    return NULL;
}

static int has_column(const struct columns *columns, const struct column_rule *rule)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->list[i].rule == rule)
            return 1;
    return 0;
}

int columns_read(struct columns *columns, const struct mt940_kind_info *info, const struct sheet *sheet,
                 struct report *report)
{
    const struct sheet_row *heading = &sheet->rows[0];
    const struct column_rule *rule;
    int good = 1;

    memset(columns, 0, sizeof *columns);
    columns->info = info;
    for (size_t i = 0; i < heading->count && i < MOST_COLUMNS; i++) {
        const struct mt940_view *cell = &sheet->cells[heading->first + i];
        struct column *column = &columns->list[columns->count];
        uint32_t number = (uint32_t)i + 1;

        rule = find_rule(info->kind, cell);
        column->is_company = rule == NULL && is_company(info, cell);
        if (rule != NULL && has_column(columns, rule)) {
            REPORT(report, MT940_M_CSV_COLUMN_TWICE, heading->line, number, arg_view("name", cell));
            good = 0;
        } else if (rule == NULL && !column->is_company && cell->length > 0) {
            REPORT(report, MT940_M_CSV_COLUMN_UNKNOWN, heading->line, number, arg_view("name", cell));
        }
        column->rule = rule;
        column->field = rule == NULL ? NULL : find_field(info, rule->field);
        columns->count++;
    }
    for (size_t i = 0; (rule = column_rule_at(info->kind, i)) != NULL; i++) {
        if (rule->presence != PRESENCE_NEEDED || has_column(columns, rule))
            continue;
        REPORT(report, MT940_M_CSV_COLUMN_MISSING, heading->line, 0,
               arg_text("name", rule->field, strlen(rule->field)));
        good = 0;
    }
    return good;
}

static int is_number(const struct column *column)
{
    return column->field != NULL &&
           (column->field->type == MT940_TYPE_MONEY || column->field->type == MT940_TYPE_RATE ||
            column->field->is_counter);
}

static int is_rate(const struct column *column)
{
    return column->field != NULL && column->field->type == MT940_TYPE_RATE;
}

static int is_date(const struct column *column)
{
    return column->field != NULL && column->field->type == MT940_TYPE_DATE;
}

static void collect_forms(struct columns *columns, const struct sheet *sheet)
{
    for (size_t r = 1; r < sheet->row_count; r++) {
        const struct sheet_row *row = &sheet->rows[r];

        for (size_t i = 0; i < columns->count && i < row->count; i++) {
            const struct mt940_view *cell = &sheet->cells[row->first + i];
            struct column *column = &columns->list[i];
            struct number number;

            if (is_date(column)) {
                column->forms |= date_form(cell);
            } else if (is_number(column)) {
                number_read(cell, &number);
                column->forms |= number.form;
            }
        }
    }
}

/* The decimal sign the forms prove; 0 = none, or both. */
static char proven_sign(int forms)
{
    int proof = forms & (FORM_COMMA | FORM_POINT);

    return proof == FORM_COMMA ? ',' : proof == FORM_POINT ? '.' : 0;
}

static int32_t number_words(const struct column *column)
{
    int forms = column->forms;

    if ((forms & FORM_COMMA) && (forms & FORM_POINT))
        return MT940_M_CSV_MIXED_NUMBERS;
    if (column->decimal_sign == 0 || !(forms & ~(FORM_WHOLE | FORM_BAD)))
        return MT940_M_CSV_WHOLE_NUMBERS;
    return column->decimal_sign == ',' ? MT940_M_CSV_DECIMAL_COMMA : MT940_M_CSV_DECIMAL_POINT;
}

static int32_t date_words(const struct column *column)
{
    int forms = column->forms & (FORM_YEAR_FIRST | FORM_DAY_FIRST | FORM_MONTH_FIRST);

    if (column->forms & FORM_EITHER_DATE)
        forms |= column->month_first ? FORM_MONTH_FIRST : FORM_DAY_FIRST;
    if (forms == 0)
        forms = FORM_DAY_FIRST; /* only dates on which both orders agree */
    return forms == FORM_YEAR_FIRST    ? MT940_M_CSV_YEAR_FIRST
           : forms == FORM_DAY_FIRST   ? MT940_M_CSV_DAY_FIRST
           : forms == FORM_MONTH_FIRST ? MT940_M_CSV_MONTH_FIRST
                                       : MT940_M_CSV_MIXED_DATES;
}

static void tell(const struct columns *columns, const struct sheet *sheet, struct report *report)
{
    const struct sheet_row *heading = &sheet->rows[0];

    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->list[i];
        int undecided = (is_number(column) && column->decimal_sign == 0 &&
                         (column->forms & (FORM_EITHER_COMMA | FORM_EITHER_POINT))) ||
                        (is_date(column) && !column->dates_known && (column->forms & FORM_EITHER_DATE));

        if ((column->forms & ~FORM_BAD) == 0 || undecided)
            continue;
        REPORT(report, MT940_M_CSV_COLUMN_READ_AS, heading->line, (uint32_t)i + 1,
               arg_view("name", &sheet->cells[heading->first + i]),
               arg_message("what", is_date(column) ? date_words(column) : number_words(column)));
    }
}

void columns_judge(struct columns *columns, const struct sheet *sheet, struct report *report)
{
    int numbers = 0, dates = 0;

    collect_forms(columns, sheet);
    for (size_t i = 0; i < columns->count; i++) {
        numbers |= is_number(&columns->list[i]) && !is_rate(&columns->list[i]) ? columns->list[i].forms : 0;
        dates |= is_date(&columns->list[i]) ? columns->list[i].forms : 0;
    }
    for (size_t i = 0; i < columns->count; i++) {
        struct column *column = &columns->list[i];
        /* The column's own word first; the file's when the column says nothing. */
        int own = (column->forms & (FORM_COMMA | FORM_POINT)) != 0 || is_rate(column);
        int proof = own ? column->forms : numbers;
        int order = column->forms & (FORM_DAY_FIRST | FORM_MONTH_FIRST) ? column->forms : dates;

        order &= FORM_DAY_FIRST | FORM_MONTH_FIRST;
        column->decimal_sign = proven_sign(proof);
        column->dates_known = order == FORM_DAY_FIRST || order == FORM_MONTH_FIRST;
        column->month_first = order == FORM_MONTH_FIRST;
    }
    tell(columns, sheet, report);
}

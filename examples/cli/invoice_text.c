/* SPDX-License-Identifier: Apache-2.0
 *
 * invoice_text.c: results of invoices on paper. Must not know how they were asked for.
 */
#include "invoice_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "message_json.h"
#include "record_json.h"
#include "value.h"

const char *outcome_name(int32_t outcome)
{
    return outcome == MT940_DBS_BLOCK ? "block" : outcome == MT940_DBS_WARN ? "warn" : "proceed";
}

void notice_json(struct json *json, const struct output *out, const struct mt940_dbs_notice *notice)
{
    struct mt940_message_arg args[MT940_DBS_NOTICE_ARGS];
    char *text;

    mt940_dbs_notice_args(notice, args);
    text = output_message_text(out, notice->message, args, MT940_DBS_NOTICE_ARGS);
    json_object_begin(json, NULL);
    json_word(json, "severity", message_json_severity(mt940_message_severity(notice->message)));
    json_word(json, "code", output_message_code(notice->message));
    json_word(json, "outcome", outcome_name(notice->outcome));
    json_number(json, "row", notice->row);
    json_number(json, "slot", notice->slot);
    if (notice->currency.length == 3)
        json_money(json, "excess", notice->excess, &notice->currency);
    else
        json_null(json, "excess");
    json_text(json, "text", text, strlen(text));
    json_object_end(json);
    free(text);
}

void figure_json(struct json *json, const char *key, const struct mt940_dbs_figure *figure)
{
    json_object_begin(json, key);
    json_view(json, "customer", &figure->customer);
    json_number(json, "slot", figure->slot);
    json_view(json, "branch", &figure->branch);
    json_view(json, "currency", &figure->currency);
    json_money(json, "limit", figure->limit, &figure->currency);
    json_money(json, "before", figure->before, &figure->currency);
    json_money(json, "delta", figure->delta, &figure->currency);
    json_money(json, "after", figure->after, &figure->currency);
    json_money(json, "excess", figure->excess, &figure->currency);
    json_word(json, "control", mt940_enum_name(MT940_ENUM_DBS_CONTROL, figure->control, "en"));
    json_word(json, "outcome", outcome_name(figure->outcome));
    json_object_end(json);
}

void invoice_json(struct json *json, const struct output *out, const struct mt940_invoice_result *result,
                  const char *local_currency)
{
    json_line_begin(json);
    json_word(json, "outcome", outcome_name(result->outcome));
    json_bool(json, "saved", result->saved);
    if (result->invoice == NULL)
        json_null(json, "invoice");
    else
        record_json(json, "invoice", MT940_KIND_INVOICE, result->invoice, local_currency);
    json_array_begin(json, "rows");
    for (size_t i = 0; i < result->row_count; i++)
        record_json(json, NULL, MT940_KIND_PAYMENT, &result->rows[i], local_currency);
    json_array_end(json);
    json_array_begin(json, "notices");
    for (size_t i = 0; i < result->notice_count; i++)
        notice_json(json, out, &result->notices[i]);
    json_array_end(json);
    json_array_begin(json, "figures");
    for (size_t i = 0; i < result->figure_count; i++)
        figure_json(json, NULL, &result->figures[i]);
    json_array_end(json);
    json_array_begin(json, "closings");
    for (size_t i = 0; i < result->closing_count; i++)
        record_json(json, NULL, MT940_KIND_CLOSING, &result->closings[i], local_currency);
    json_array_end(json);
    json_line_end(json);
}

/* "--accept OVER_LIMIT=0.01": what to type after reading the warning. */
static void tell_consent(const struct output *out, const struct mt940_dbs_notice *notice)
{
    struct mt940_amount excess = output_money(notice->excess, &notice->currency);
    struct buffer option = {0};
    char plain[40];
    char *typed, *text;

    buffer_add_string(&option, output_message_code(notice->message));
    if (notice->message == MT940_M_OVER_LIMIT && mt940_decimal_format(excess.units, excess.scale, excess.scale, plain) > 0) {
        buffer_add_string(&option, "=");
        buffer_add_string(&option, plain);
    }
    typed = buffer_string(&option);
    text = TEXT_FORMAT(TEXT_HOW_TO_ACCEPT, out->language, typed);
    fprintf(stderr, "    %s\n", text);
    free(text);
    free(typed);
}

void invoice_notices(struct output *out, const char *number, const struct mt940_invoice_result *result)
{
    struct place place = {number, 0, 0};

    for (size_t i = 0; i < result->notice_count; i++) {
        const struct mt940_dbs_notice *notice = &result->notices[i];
        struct mt940_message_arg args[MT940_DBS_NOTICE_ARGS];

        mt940_dbs_notice_args(notice, args);
        output_message(out, &place, notice->message, args, MT940_DBS_NOTICE_ARGS);
        if (notice->outcome == MT940_DBS_WARN && !result->saved && result->outcome == MT940_DBS_WARN)
            tell_consent(out, notice);
    }
}

void invoice_print_rows(const struct output *out, const struct mt940_payment *rows, size_t count)
{
    static const struct table_column columns[] = {
        {TEXT_COLUMN_ROW, TABLE_RIGHT},      {TEXT_COLUMN_DUE_DATE, TABLE_LEFT}, {TEXT_COLUMN_AMOUNT, TABLE_RIGHT},
        {TEXT_COLUMN_CURRENCY, TABLE_LEFT},  {TEXT_COLUMN_PAID, TABLE_RIGHT},    {TEXT_COLUMN_PAYMENT_TYPE, TABLE_LEFT},
        {TEXT_COLUMN_ACCOUNT, TABLE_LEFT},   {TEXT_COLUMN_BRANCH, TABLE_LEFT},   {TEXT_COLUMN_SLOT, TABLE_RIGHT},
        {TEXT_COLUMN_STATE, TABLE_LEFT},
    };
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);

    for (size_t i = 0; i < count; i++) {
        const struct mt940_payment *row = &rows[i];
        const char *type = mt940_enum_name(MT940_ENUM_PAYMENT_TYPE, row->type, out->language);
        const char *state = mt940_enum_name(MT940_ENUM_DOCUMENT_STATE, row->state, out->language);

        table_number(table, row->line);
        table_date(table, out, &row->due_date);
        table_money(table, out, row->amount, &row->currency);
        table_view(table, &row->currency);
        table_money(table, out, row->paid, &row->currency);
        table_text(table, type == NULL ? "" : type);
        table_view(table, &row->bank_account);
        table_view(table, &row->branch);
        table_number(table, row->slot);
        table_text(table, state == NULL ? "" : state);
    }
    table_print(table, out);
    table_free(table);
}

void figure_print(const struct output *out, const struct mt940_dbs_figure *figures, size_t count)
{
    static const struct table_column columns[] = {
        {TEXT_COLUMN_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_SLOT, TABLE_RIGHT},   {TEXT_COLUMN_BRANCH, TABLE_LEFT},
        {TEXT_COLUMN_LIMIT, TABLE_RIGHT},   {TEXT_COLUMN_BEFORE, TABLE_RIGHT}, {TEXT_COLUMN_CHANGE, TABLE_RIGHT},
        {TEXT_COLUMN_AFTER, TABLE_RIGHT},   {TEXT_COLUMN_EXCESS, TABLE_RIGHT}, {TEXT_COLUMN_CURRENCY, TABLE_LEFT},
    };
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);

    for (size_t i = 0; i < count; i++) {
        const struct mt940_dbs_figure *figure = &figures[i];

        table_view(table, &figure->customer);
        table_number(table, figure->slot);
        table_view(table, &figure->branch);
        table_money(table, out, figure->limit, &figure->currency);
        table_money(table, out, figure->before, &figure->currency);
        table_money(table, out, figure->delta, &figure->currency);
        table_money(table, out, figure->after, &figure->currency);
        table_money(table, out, figure->excess, &figure->currency);
        table_view(table, &figure->currency);
    }
    table_print(table, out);
    table_free(table);
}

void invoice_print(const struct output *out, const struct mt940_invoice_result *result)
{
    if (result->outcome == MT940_DBS_BLOCK && !result->saved && result->figure_count == 0)
        return;
    invoice_print_rows(out, result->rows, result->row_count);
    figure_print(out, result->figures, result->figure_count);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_bank.c: DBS rows to the banks: what stands with them, the next file, files made before. A
 * file is kept in the store first and written then: what is lost on the way to the disk is asked
 * for again with --run.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/dbs_order.h>

#include "buffer.h"
#include "dbs_call.h"
#include "input.h"
#include "record_json.h"
#include "value.h"

static struct output *out_of(const struct dbs *dbs)
{
    return &dbs->workspace->session->out;
}

static int is_bank(const char *text)
{
    return text != NULL && strlen(text) == 4 && strspn(text, "0123456789") == 4;
}

int dbs_read_bank(struct dbs *dbs, struct mt940_view *bank)
{
    if (!is_bank(dbs->input->bank)) {
        output_usage(out_of(dbs), "dbs", TEXT_NEEDS_BANK, dbs->input->bank);
        return 0;
    }
    mt940_view_from_string(dbs->input->bank, bank);
    return 1;
}

static int take_layout_finding(void *user, const struct mt940_dbs_finding *finding)
{
    struct dbs *dbs = user;
    struct place place = {dbs->input->layout, finding->line, finding->column};

    output_message(out_of(dbs), &place, finding->message, finding->args, finding->arg_count);
    return 0;
}

/* A layout kept as a table: a mistake in it is one in the data, a missing file or list one in the call. */
static int read_layout_file(struct dbs *dbs, struct mt940_dbs_layout **layout)
{
    const struct mt940_dbs_answer_sink sink = {.size = sizeof sink, .user = dbs, .finding = take_layout_finding};
    struct mt940_error error = {.size = sizeof error};
    struct input_file file;
    int status;

    if (!input_open(out_of(dbs), dbs->input->layout, &file))
        return 0;
    status = mt940_dbs_layout_read(file.bytes, file.length, NULL, &sink, layout, &error);
    input_close(&file);
    if (status != MT940_OK && status != MT940_E_FORMAT)
        output_status(out_of(dbs), dbs->input->layout, status, &error);
    return status == MT940_OK;
}

int dbs_read_layout(struct dbs *dbs, struct dbs_layout *layout)
{
    const char *name = dbs->input->layout;

    layout->own = NULL;
    layout->used = mt940_dbs_layout_find(name, dbs->input->bank);
    if (layout->used != NULL)
        return 1;
    if (strpbrk(name, "./") == NULL) {
        output_usage(out_of(dbs), "dbs", TEXT_BAD_LAYOUT, name);
        return 0;
    }
    if (!read_layout_file(dbs, &layout->own))
        return 0;
    layout->used = layout->own;
    return 1;
}

static const char *record_name(const struct output *out, int64_t record)
{
    const char *name = record == 0 ? NULL : mt940_enum_name(MT940_ENUM_DBS_ORDER_RECORD, record, out->language);

    return name == NULL ? "" : name;
}

const char *dbs_state_name(const struct output *out, const struct mt940_dbs_order *order)
{
    const char *name =
        order == NULL ? NULL : mt940_enum_name(MT940_ENUM_DBS_ORDER_STATE, order->state, out->language);

    return name == NULL ? "" : name;
}

char *dbs_reason_of(const struct output *out, const struct mt940_dbs_layout *layout,
                       const struct mt940_dbs_order *order)
{
    const char *meaning = mt940_dbs_layout_reason(layout, &order->code, out->language);
    struct buffer text = {0};

    buffer_add(&text, order->code.data, order->code.length);
    if (order->code.length > 0 && (order->text.length > 0 || meaning != NULL))
        buffer_add_string(&text, " ");
    if (order->text.length > 0)
        buffer_add(&text, order->text.data, order->text.length);
    else if (meaning != NULL)
        buffer_add_string(&text, meaning);
    return buffer_string(&text);
}

/* ---- Orders ---- */

struct listing {
    struct dbs *dbs;
    struct table *table;
};

static void write_order(const struct dbs *dbs, const struct mt940_dbs_order_view *view)
{
    struct json *json = dbs->json;
    const char *pending = view->pending == 0 ? NULL : mt940_enum_name(MT940_ENUM_DBS_ORDER_RECORD, view->pending, "en");
    const struct mt940_view *currency = view->row != NULL ? &view->row->currency : &view->order->currency;
    const struct mt940_date *dated = view->invoice != NULL ? &view->invoice->date : &view->order->invoice_date;

    json_line_begin(json);
    json_view(json, "bank", &view->bank);
    json_word(json, "pending", pending);
    json_date(json, "invoice_date", dated);
    json_money(json, "open", view->open, currency);
    if (view->row == NULL)
        json_null(json, "row");
    else
        record_json(json, "row", MT940_KIND_PAYMENT, view->row, dbs->workspace->local_currency);
    if (view->order == NULL)
        json_null(json, "order");
    else
        record_json(json, "order", MT940_KIND_DBS_ORDER, view->order, dbs->workspace->local_currency);
    json_line_end(json);
}

static void add_reason(struct table *table, const struct output *out, const struct mt940_dbs_order *order)
{
    char bank[5] = "", *reason;

    if (order == NULL) {
        table_text(table, "");
        return;
    }
    mt940_view_copy(&order->bank, bank, sizeof bank);
    reason = dbs_reason_of(out, mt940_dbs_layout_find(NULL, bank), order);
    table_text(table, reason);
    free(reason);
}

static int take_order(void *user, const struct mt940_dbs_order_view *view)
{
    const struct listing *listing = user;
    const struct output *out = out_of(listing->dbs);
    const struct mt940_payment *row = view->row;
    const struct mt940_dbs_order *order = view->order;
    struct table *table = listing->table;
    const struct mt940_date *due = row != NULL ? &row->due_date : &order->due_date;
    const struct mt940_view *currency = row != NULL ? &row->currency : &order->currency;

    if (out->json) {
        write_order(listing->dbs, view);
        return 0;
    }
    table_view(table, &view->bank);
    table_view(table, row != NULL ? &row->invoice : &order->invoice);
    table_number(table, row != NULL ? row->line : order->line);
    table_view(table, row != NULL ? &row->customer : &order->customer);
    table_date(table, out, due);
    table_money(table, out, view->open, currency);
    if (order != NULL)
        table_money(table, out, order->amount, currency);
    else
        table_text(table, "");
    table_view(table, currency);
    if (order != NULL && order->state == MT940_DBS_ORDER_STATE_REJECTED)
        table_paint(table, "31");
    table_text(table, dbs_state_name(out, order));
    table_text(table, record_name(out, view->pending));
    add_reason(table, out, order);
    return 0;
}

void dbs_orders(struct dbs *dbs)
{
    static const struct table_column columns[] = {
        {TEXT_COLUMN_BANK, TABLE_LEFT},     {TEXT_COLUMN_INVOICE, TABLE_LEFT},  {TEXT_COLUMN_ROW, TABLE_RIGHT},
        {TEXT_COLUMN_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_DUE_DATE, TABLE_LEFT}, {TEXT_COLUMN_OPEN, TABLE_RIGHT},
        {TEXT_COLUMN_TOLD, TABLE_RIGHT},    {TEXT_COLUMN_CURRENCY, TABLE_LEFT}, {TEXT_COLUMN_STATE, TABLE_LEFT},
        {TEXT_COLUMN_PENDING, TABLE_LEFT},  {TEXT_COLUMN_NOTE, TABLE_LEFT},
    };
    struct listing listing = {dbs, NULL};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_view bank;
    int status;

    if (dbs->input->bank != NULL && !dbs_read_bank(dbs, &bank))
        return;
    listing.table = table_new(columns, sizeof columns / sizeof *columns);
    status = mt940_flow_dbs_orders(dbs->workspace->flow, dbs->input->bank == NULL ? NULL : &bank, dbs->input->all,
                                   take_order, &listing, &error);
    if (status != MT940_OK)
        workspace_failed(dbs->workspace, status, &error);
    else if (!out_of(dbs)->json && !table_has_rows(listing.table))
        puts(text_raw(TEXT_NO_ORDERS, out_of(dbs)->language));
    table_print(listing.table, out_of(dbs));
    table_free(listing.table);
}

/* ---- Files to a bank ---- */

/* Beside the file first, so that nobody finds half of it under its name. 0, or an error number. */
static int write_file(const char *path, const struct mt940_view *content)
{
    struct buffer beside = {0};
    char *part;
    FILE *file;
    int number = 0;

    buffer_add_string(&beside, path);
    buffer_add_string(&beside, ".part");
    part = buffer_string(&beside);
    file = fopen(part, "wb");
    if (file == NULL)
        number = errno;
    else if (fwrite(content->data, 1, content->length, file) != content->length)
        number = errno == 0 ? EIO : errno;
    if (file != NULL && fclose(file) != 0 && number == 0)
        number = errno;
    if (number == 0 && rename(part, path) != 0)
        number = errno;
    if (number != 0 && file != NULL)
        remove(part);
    free(part);
    return number;
}

/* Hands the file over: to --output, or to standard output where nothing else is said there. */
static void deliver(struct dbs *dbs, const struct mt940_dbs_run *run)
{
    struct output *out = out_of(dbs);
    const char *path = dbs->input->output;
    char number[24], *sentence;
    int failure;

    if (path == NULL && !out->json)
        fwrite(run->content.data, 1, run->content.length, stdout);
    if (path == NULL)
        return;
    failure = write_file(path, &run->content);
    if (failure == 0)
        return;
    output_failure(out, path, "E_IO", strerror(failure));
    if (run->number == 0)
        return;
    snprintf(number, sizeof number, "%lld", (long long)run->number);
    sentence = TEXT_FORMAT(TEXT_RUN_IS_KEPT, out->language, dbs->input->bank, number);
    fprintf(stderr, "    %s\n", sentence);
    free(sentence);
}

static void write_run(struct dbs *dbs, const struct mt940_dbs_run *run, const struct mt940_dbs_export_result *made)
{
    struct json *json = dbs->json;

    json_line_begin(json);
    json_word(json, "bank", dbs->input->bank);
    if (run->number == 0)
        json_null(json, "run");
    else
        json_number(json, "run", run->number);
    json_view(json, "layout", &run->layout);
    json_number(json, "rows", run->rows);
    if (made != NULL) {
        json_bool(json, "saved", made->saved);
        json_number(json, "new", made->added);
        json_number(json, "update", made->updated);
        json_number(json, "cancel", made->cancelled);
        json_number(json, "left_out", made->left_out);
    }
    json_word(json, "file", dbs->input->output);
    if (dbs->input->output == NULL)
        json_text(json, "content", run->content.data, run->content.length);
    else
        json_null(json, "content");
    json_line_end(json);
}

static void say_run(struct dbs *dbs, const struct mt940_dbs_run *run)
{
    struct output *out = out_of(dbs);
    int32_t message = run->rows == 0 ? MT940_M_DBS_NOTHING_TO_SEND : MT940_M_DBS_EXPORTED;
    struct mt940_message_arg args[3] = {{.name = "bank", .type = MT940_ARG_TEXT},
                                        {.name = "row", .type = MT940_ARG_NUMBER, .number = run->number},
                                        {.name = "count", .type = MT940_ARG_NUMBER, .number = run->rows}};
    char *text;

    mt940_view_from_string(dbs->input->bank, &args[0].text);
    text = output_message_text(out, message, args, 3);
    /* Standard output may be the file itself. */
    fprintf(dbs->input->output == NULL ? stderr : stdout, "%s\n", text);
    free(text);
}

static int take_export(void *user, const struct mt940_dbs_export_result *result)
{
    struct dbs *dbs = user;

    if (result->run->rows > 0)
        deliver(dbs, result->run);
    if (out_of(dbs)->json)
        write_run(dbs, result->run, result);
    else
        say_run(dbs, result->run);
    return 0;
}

int dbs_take_finding(void *user, const struct mt940_dbs_finding *finding)
{
    struct dbs *dbs = user;
    struct place place = {dbs->operand_count > 0 ? dbs->operands[0] : dbs->input->bank, finding->line, finding->column};

    output_message(out_of(dbs), &place, finding->message, finding->args, finding->arg_count);
    return 0;
}

static int take_run(void *user, const void *record)
{
    struct dbs *dbs = user;

    deliver(dbs, record);
    if (out_of(dbs)->json)
        write_run(dbs, record, NULL);
    return 0;
}

/* A run made before, the same to the byte. */
static void repeat(struct dbs *dbs, const struct mt940_view *bank)
{
    struct mt940_error error = {.size = sizeof error};
    struct mt940_message_arg args[2] = {{.name = "bank", .type = MT940_ARG_TEXT, .text = *bank},
                                        {.name = "row", .type = MT940_ARG_NUMBER}};
    int64_t number = 0;
    int status;

    if (value_number(dbs->input->run, 1, &number) != MT940_OK) {
        output_usage(out_of(dbs), "dbs", TEXT_BAD_RUN, dbs->input->run);
        return;
    }
    args[1].number = number;
    status = mt940_flow_dbs_run(dbs->workspace->flow, bank, number, take_run, dbs, &error);
    if (status == MT940_E_NOT_FOUND)
        output_message(out_of(dbs), NULL, MT940_M_DBS_UNKNOWN_RUN, args, 2);
    else if (status != MT940_OK)
        workspace_failed(dbs->workspace, status, &error);
}

static void make_run(struct dbs *dbs, struct mt940_dbs_export_request *request)
{
    struct mt940_error error = {.size = sizeof error};
    int status;

    if (dbs->input->since != NULL && value_date(dbs->input->since, &request->since) != MT940_OK) {
        output_usage(out_of(dbs), "dbs", TEXT_BAD_DATE, dbs->input->since);
        return;
    }
    request->flags = (dbs->input->check ? MT940_DBS_EXPORT_CHECK : 0u) | (dbs->input->again ? MT940_DBS_EXPORT_AGAIN : 0u);
    status = mt940_flow_dbs_export(dbs->workspace->flow, request, take_export, dbs_take_finding, dbs, &error);
    if (status != MT940_OK)
        workspace_failed(dbs->workspace, status, &error);
}

void dbs_export(struct dbs *dbs)
{
    struct mt940_dbs_export_request request = {.size = sizeof request};
    struct dbs_layout layout;

    if (!dbs_read_bank(dbs, &request.bank) || !dbs_read_layout(dbs, &layout))
        return;
    request.layout = layout.used;
    if (dbs->input->run != NULL)
        repeat(dbs, &request.bank);
    else
        make_run(dbs, &request);
    mt940_dbs_layout_free(layout.own);
}

static int list_run(void *user, const void *record)
{
    const struct mt940_dbs_run *run = record;
    const struct listing *listing = user;
    const struct dbs *dbs = listing->dbs;

    if (out_of(dbs)->json) {
        json_line_begin(dbs->json);
        record_json_members(dbs->json, MT940_KIND_DBS_RUN, run, dbs->workspace->local_currency);
        json_line_end(dbs->json);
        return 0;
    }
    table_view(listing->table, &run->bank);
    table_number(listing->table, run->number);
    table_number(listing->table, run->rows);
    table_view(listing->table, &run->layout);
    table_view(listing->table, &run->actor);
    table_time(listing->table, run->at);
    return 0;
}

void dbs_runs(struct dbs *dbs)
{
    static const struct table_column columns[] = {
        {TEXT_COLUMN_BANK, TABLE_LEFT},   {TEXT_COLUMN_RUN, TABLE_RIGHT},  {TEXT_COLUMN_RECORDS, TABLE_RIGHT},
        {TEXT_COLUMN_LAYOUT, TABLE_LEFT}, {TEXT_COLUMN_ACTOR, TABLE_LEFT}, {TEXT_COLUMN_TIME, TABLE_LEFT},
    };
    struct listing listing = {dbs, NULL};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_view bank;
    int status;

    if (dbs->input->bank != NULL && !dbs_read_bank(dbs, &bank))
        return;
    listing.table = table_new(columns, sizeof columns / sizeof *columns);
    status = mt940_flow_dbs_runs(dbs->workspace->flow, dbs->input->bank == NULL ? NULL : &bank, list_run, &listing,
                                 &error);
    if (status != MT940_OK)
        workspace_failed(dbs->workspace, status, &error);
    else if (!out_of(dbs)->json && !table_has_rows(listing.table))
        puts(text_raw(TEXT_NO_RUNS, out_of(dbs)->language));
    table_print(listing.table, out_of(dbs));
    table_free(listing.table);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_result.c: what a bank answered, line by line.
 */
#include <stdio.h>
#include <stdlib.h>

#include "buffer.h"
#include "dbs_call.h"
#include "input.h"
#include "record_json.h"

static struct output *out_of(const struct dbs *dbs)
{
    return &dbs->workspace->session->out;
}

struct answer {
    struct dbs *dbs;
    struct table *table;
    const struct mt940_dbs_layout *layout;
};

static int take_answer_finding(void *user, const struct mt940_dbs_finding *finding)
{
    return dbs_take_finding(((struct answer *)user)->dbs, finding);
}

static int take_answer(void *user, const struct mt940_dbs_answer_result *result)
{
    struct answer *answer = user;
    struct output *out = out_of(answer->dbs);
    const struct mt940_dbs_order *after = result->after;
    struct place place = {answer->dbs->operands[0], result->line, 0};
    char *reason = dbs_reason_of(out, answer->layout, after);

    if (out->json) {
        json_line_begin(answer->dbs->json);
        json_number(answer->dbs->json, "line", result->line);
        json_word(answer->dbs->json, "before", mt940_enum_name(MT940_ENUM_DBS_ORDER_STATE, result->before->state, "en"));
        json_word(answer->dbs->json, "reason", reason);
        record_json(answer->dbs->json, "order", MT940_KIND_DBS_ORDER, after, answer->dbs->workspace->local_currency);
        json_line_end(answer->dbs->json);
    } else {
        table_view(answer->table, &after->reference);
        table_view(answer->table, &after->customer);
        table_text(answer->table, dbs_state_name(out, result->before));
        if (after->state == MT940_DBS_ORDER_STATE_REJECTED)
            table_paint(answer->table, "31");
        table_text(answer->table, dbs_state_name(out, after));
        table_money(answer->table, out, after->paid, &after->currency);
        table_view(answer->table, &after->currency);
        table_text(answer->table, reason);
    }
    if (result->message == MT940_M_DBS_PAID_MORE)
        output_message(out, &place, result->message, result->args, result->arg_count);
    free(reason);
    return 0;
}

static void summarise(struct answer *answer, const struct mt940_dbs_answer_summary *summary)
{
    const struct output *out = out_of(answer->dbs);
    char changed[24], same[24], errors[24], *sentence;

    if (summary->already) {
        fprintf(stderr, "%s\n", text_raw(TEXT_ANSWER_KNOWN, out->language));
        return;
    }
    if (out->json)
        return;
    table_print(answer->table, out);
    snprintf(changed, sizeof changed, "%lu", (unsigned long)summary->changed);
    snprintf(same, sizeof same, "%lu", (unsigned long)summary->same);
    snprintf(errors, sizeof errors, "%lu", (unsigned long)summary->errors);
    sentence = TEXT_FORMAT(TEXT_ANSWER_SUMMARY, out->language, changed, same, errors);
    puts(sentence);
    free(sentence);
}

static void read_answer(struct answer *answer, const struct mt940_view *bank, const struct input_file *file)
{
    struct dbs *dbs = answer->dbs;
    const struct mt940_dbs_answer_options options = {.size = sizeof options, .layout = answer->layout};
    struct mt940_dbs_answer_request request = {.size = sizeof request, .bank = *bank, .bytes = file->bytes,
                                               .length = file->length, .options = &options,
                                               .check = dbs->input->check};
    struct mt940_dbs_answer_summary summary = {.size = sizeof summary};
    struct mt940_error error = {.size = sizeof error};
    int status = mt940_flow_dbs_answer(dbs->workspace->flow, &request, take_answer, take_answer_finding, answer,
                                       &summary, &error);

    if (status == MT940_OK)
        summarise(answer, &summary);
    else
        workspace_failed(dbs->workspace, status, &error);
}

void dbs_result(struct dbs *dbs)
{
    static const struct table_column columns[] = {
        {TEXT_COLUMN_REFERENCE, TABLE_LEFT}, {TEXT_COLUMN_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_BEFORE, TABLE_LEFT},
        {TEXT_COLUMN_STATE, TABLE_LEFT},     {TEXT_COLUMN_COLLECTED, TABLE_RIGHT}, {TEXT_COLUMN_CURRENCY, TABLE_LEFT},
        {TEXT_COLUMN_NOTE, TABLE_LEFT},
    };
    struct answer answer = {dbs, NULL, NULL};
    struct dbs_layout layout;
    struct input_file file;
    struct mt940_view bank;

    if (!dbs_read_bank(dbs, &bank) || !dbs_read_layout(dbs, &layout))
        return;
    answer.layout = layout.used;
    if (input_open(out_of(dbs), dbs->operands[0], &file)) {
        answer.table = table_new(columns, sizeof columns / sizeof *columns);
        read_answer(&answer, &bank, &file);
        table_free(answer.table);
        input_close(&file);
    }
    mt940_dbs_layout_free(layout.own);
}

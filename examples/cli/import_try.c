/* SPDX-License-Identifier: Apache-2.0
 *
 * import_try.c: the trial of transaction codes, for people and as JSON.
 */
#include "import_try.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table.h"

static const struct table_column columns[] = {
    {TEXT_COLUMN_STATEMENT, TABLE_RIGHT}, {TEXT_COLUMN_ROW, TABLE_RIGHT},     {TEXT_COLUMN_AMOUNT, TABLE_RIGHT},
    {TEXT_COLUMN_CURRENCY, TABLE_LEFT},   {TEXT_COLUMN_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_SLIP_TYPE, TABLE_LEFT},
    {TEXT_COLUMN_WOULD_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_WOULD_TYPE, TABLE_LEFT},
};

struct trial {
    const struct output *out;
    struct table *table;
    struct json *json;
};

static const char *type_name(int64_t type, const char *language)
{
    const char *name = mt940_enum_name(MT940_ENUM_SLIP_TYPE, type, language);

    return name == NULL ? "?" : name;
}

static void write_outcome(struct json *json, const char *key, const struct mt940_rule_outcome *outcome)
{
    json_object_begin(json, key);
    json_word(json, "decision", mt940_match_decision_name(outcome->decision));
    json_view(json, "customer", &outcome->customer);
    json_word(json, "slip_type", type_name(outcome->slip_type, ""));
    json_word(json, "message", outcome->message == 0 ? "" : output_message_code(outcome->message));
    json_object_end(json);
}

static int take(void *user, const struct mt940_rule_change *change)
{
    const struct trial *trial = user;
    const struct mt940_movement *movement = change->movement;
    const char *language = trial->out->language;

    if (trial->out->json) {
        json_line_begin(trial->json);
        json_number(trial->json, "statement", change->item->number_shown);
        json_number(trial->json, "row", movement->row);
        write_outcome(trial->json, "before", &change->before);
        write_outcome(trial->json, "after", &change->after);
        json_line_end(trial->json);
        return 0;
    }
    table_number(trial->table, change->item->number_shown);
    table_number(trial->table, movement->row);
    table_money(trial->table, trial->out, movement->amount, &movement->currency);
    table_view(trial->table, &movement->currency);
    table_view(trial->table, &change->before.customer);
    table_text(trial->table, type_name(change->before.slip_type, language));
    table_view(trial->table, &change->after.customer);
    table_text(trial->table, type_name(change->after.slip_type, language));
    return 0;
}

/* The records of the books, one behind the other as the flow takes them. */
static struct mt940_transaction_code *collect(const struct books_table *table)
{
    struct mt940_transaction_code *rules = calloc(table->count + 1, sizeof *rules);

    for (size_t i = 0; rules != NULL && i < table->count; i++)
        memcpy(&rules[i], table->records[i], sizeof *rules);
    return rules;
}

void import_try(struct workspace *workspace, const struct books *books)
{
    const struct books_table *table = &books->tables[MT940_KIND_TRANSACTION_CODE];
    struct output *out = &workspace->session->out;
    struct trial trial = {.out = out, .table = table_new(columns, sizeof columns / sizeof *columns), .json = json_new()};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_transaction_code *rules = collect(table);
    int status = rules == NULL
                     ? MT940_E_MEMORY
                     : mt940_flow_rules_try(workspace->flow, rules, table->count, take, &trial, &error);

    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    else if (!out->json && !table_has_rows(trial.table))
        puts(text_raw(TEXT_TRY_NOTHING, out->language));
    table_print(trial.table, out);
    table_free(trial.table);
    json_free(trial.json);
    free(rules);
}

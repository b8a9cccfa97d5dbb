/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_status.c: what a credit manager asks: how full the limits are and how much may still be
 * sold, per record, customer and bank; how old the open rows are; who crossed a threshold.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/bank_branch.h>

#include "buffer.h"
#include "dbs_call.h"
#include "record_json.h"
#include "value.h"

/* How full a limit is: yellow from here on, red above the limit (parts of 10000). */
enum { NEARLY_FULL = 8000, FULL = 10000, BAR = 10 };

enum grouping { BY_RECORD, BY_CUSTOMER, BY_BANK };

/* The sum of a customer or a bank in one currency. */
struct group {
    char *key, *name;
    char currency[4];
    struct mt940_dbs_sum sum;
};

struct asking {
    struct dbs *dbs;
    struct table *table;
    int grouping; /* enum grouping: what is listed */
    int sums;     /* what is summed up beside it */
    int64_t option_days;
    int64_t over; /* parts of 10000, -1 = each */
    struct mt940_date today;
    struct group *groups;
    size_t count, capacity;
    size_t records; /* listed */
    int failed;     /* a sum that does not fit */
};

static const char *const age_names[MT940_DBS_AGES] = {"not_due", "option", "days_30", "days_60", "days_90", "older"};

static const struct table_column status_columns[] = {
    {TEXT_COLUMN_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_NAME, TABLE_LEFT},     {TEXT_COLUMN_SLOT, TABLE_RIGHT},
    {TEXT_COLUMN_BRANCH, TABLE_LEFT},   {TEXT_COLUMN_LIMIT, TABLE_RIGHT},   {TEXT_COLUMN_TOTAL, TABLE_RIGHT},
    {TEXT_COLUMN_AVAILABLE, TABLE_RIGHT}, {TEXT_COLUMN_CURRENCY, TABLE_LEFT}, {TEXT_COLUMN_CONTROL, TABLE_LEFT},
    {TEXT_COLUMN_USED, TABLE_LEFT},
};
static const struct table_column age_columns[] = {
    {TEXT_COLUMN_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_NAME, TABLE_LEFT},   {TEXT_COLUMN_SLOT, TABLE_RIGHT},
    {TEXT_COLUMN_NOT_DUE, TABLE_RIGHT}, {TEXT_COLUMN_OPTION, TABLE_RIGHT}, {TEXT_COLUMN_DAYS_30, TABLE_RIGHT},
    {TEXT_COLUMN_DAYS_60, TABLE_RIGHT}, {TEXT_COLUMN_DAYS_90, TABLE_RIGHT}, {TEXT_COLUMN_OLDER, TABLE_RIGHT},
    {TEXT_COLUMN_CURRENCY, TABLE_LEFT},
};
static const struct table_column sum_columns[] = {
    {TEXT_COLUMN_SUM_OF, TABLE_LEFT},     {TEXT_COLUMN_NAME, TABLE_LEFT},   {TEXT_COLUMN_SUMMED, TABLE_RIGHT},
    {TEXT_COLUMN_LIMIT, TABLE_RIGHT},     {TEXT_COLUMN_TOTAL, TABLE_RIGHT}, {TEXT_COLUMN_SELLABLE, TABLE_RIGHT},
    {TEXT_COLUMN_EXCESS, TABLE_RIGHT},    {TEXT_COLUMN_CURRENCY, TABLE_LEFT}, {TEXT_COLUMN_USED, TABLE_LEFT},
};

static const struct table_column sum_age_columns[] = {
    {TEXT_COLUMN_SUM_OF, TABLE_LEFT},   {TEXT_COLUMN_NAME, TABLE_LEFT},     {TEXT_COLUMN_SUMMED, TABLE_RIGHT},
    {TEXT_COLUMN_NOT_DUE, TABLE_RIGHT}, {TEXT_COLUMN_OPTION, TABLE_RIGHT},  {TEXT_COLUMN_DAYS_30, TABLE_RIGHT},
    {TEXT_COLUMN_DAYS_60, TABLE_RIGHT}, {TEXT_COLUMN_DAYS_90, TABLE_RIGHT}, {TEXT_COLUMN_OLDER, TABLE_RIGHT},
    {TEXT_COLUMN_CURRENCY, TABLE_LEFT},
};

static const struct output *out_of(const struct asking *asking)
{
    return &asking->dbs->workspace->session->out;
}

/* "83 %", on a terminal with a bar of ten places before it; nothing where the limit is 0. */
static void add_used(const struct asking *asking, int32_t utilisation)
{
    const struct output *out = out_of(asking);
    struct buffer cell = {0};
    char number[24], *text;
    int filled = utilisation <= 0 ? 0 : utilisation >= FULL ? BAR : utilisation / (FULL / BAR);

    if (utilisation != -1 && out->terminal)
        for (int i = 0; i < BAR; i++)
            buffer_add_string(&cell, i < filled ? "\xE2\x96\x88" : "\xE2\x96\x91");
    snprintf(number, sizeof number, "%s%ld %%", out->terminal ? " " : "", (long)utilisation / (FULL / 100));
    if (utilisation != -1)
        buffer_add_string(&cell, number);
    text = buffer_string(&cell);
    if (utilisation >= NEARLY_FULL)
        table_paint(asking->table, utilisation > FULL ? "31" : "33");
    table_text(asking->table, text);
    free(text);
}

static void add_ages(const struct asking *asking, const struct mt940_dbs_ageing *ageing,
                     const struct mt940_view *currency)
{
    for (size_t i = 0; i < MT940_DBS_AGES; i++) {
        if (i > MT940_DBS_AGE_OPTION && ageing->open[i] != 0)
            table_paint(asking->table, "31");
        table_money(asking->table, out_of(asking), ageing->open[i], currency);
    }
    table_view(asking->table, currency);
}

static void write_ages(const struct asking *asking, const struct mt940_dbs_ageing *ageing,
                       const struct mt940_view *currency)
{
    json_object_begin(asking->dbs->json, "open");
    for (size_t i = 0; i < MT940_DBS_AGES; i++)
        json_money(asking->dbs->json, age_names[i], ageing->open[i], currency);
    json_object_end(asking->dbs->json);
}

static void write_utilisation(const struct asking *asking, int32_t utilisation)
{
    if (utilisation == -1)
        json_null(asking->dbs->json, "utilisation");
    else
        json_number(asking->dbs->json, "utilisation", utilisation);
}

/* ---- Sums ---- */

/* Code of the record's bank, or its branch as it stands when that names none. */
static char *bank_key(const struct mt940_customer_bank *record)
{
    struct mt940_bank_branch branch;
    char text[11];

    if (mt940_bank_branch_parse(record->branch.data, record->branch.length, &branch) != MT940_OK ||
        mt940_bank_branch_format(&branch, text) != MT940_OK)
        return value_string(&record->branch);
    text[4] = '\0';
    return string_copy(text, 4);
}

static struct group *find_group(struct asking *asking, char *key, const struct mt940_view *name,
                                const struct mt940_view *currency)
{
    char code[4];
    struct group *group;

    mt940_view_copy(currency, code, sizeof code);
    for (size_t i = asking->count; i-- > 0;)
        if (strcmp(asking->groups[i].key, key) == 0 && strcmp(asking->groups[i].currency, code) == 0) {
            free(key);
            return &asking->groups[i];
        } else if (asking->sums == BY_CUSTOMER && strcmp(asking->groups[i].key, key) != 0) {
            break; /* customers come in order */
        }
    if (asking->count == asking->capacity) {
        asking->capacity = asking->capacity == 0 ? 16 : asking->capacity * 2;
        asking->groups = memory_resize(asking->groups, asking->capacity * sizeof *asking->groups);
    }
    group = &asking->groups[asking->count++];
    *group = (struct group){.key = key, .name = value_string(name), .sum = {.size = sizeof group->sum}};
    group->sum.ageing.size = sizeof group->sum.ageing;
    memcpy(group->currency, code, sizeof code);
    return group;
}

static void add_to_sum(struct asking *asking, const struct mt940_dbs_status *status)
{
    const struct mt940_customer_bank *record = status->record;
    int by_bank = asking->sums == BY_BANK;
    struct group *group = find_group(asking, by_bank ? bank_key(record) : value_string(&record->customer),
                                     by_bank ? &record->bank_name : &status->customer_name, &status->currency);

    if (mt940_dbs_sum_add(&group->sum, record, &status->ageing) != MT940_OK)
        asking->failed = 1;
}

static void print_group(const struct asking *asking, const struct group *group)
{
    const struct mt940_dbs_sum *sum = &group->sum;
    struct mt940_view currency;

    mt940_view_from_string(group->currency, &currency);
    table_text(asking->table, group->key);
    table_text(asking->table, group->name);
    table_number(asking->table, sum->records);
    if (asking->dbs->input->ages) {
        add_ages(asking, &sum->ageing, &currency);
        return;
    }
    table_money(asking->table, out_of(asking), sum->limit, &currency);
    table_money(asking->table, out_of(asking), sum->total, &currency);
    table_money(asking->table, out_of(asking), sum->sellable, &currency);
    if (sum->excess > 0)
        table_paint(asking->table, "31");
    table_money(asking->table, out_of(asking), sum->excess, &currency);
    table_view(asking->table, &currency);
    add_used(asking, sum->utilisation);
}

static void write_group(const struct asking *asking, const struct group *group)
{
    const struct mt940_dbs_sum *sum = &group->sum;
    struct json *json = asking->dbs->json;
    struct mt940_view currency;

    mt940_view_from_string(group->currency, &currency);
    json_line_begin(json);
    json_word(json, "by", asking->sums == BY_BANK ? "bank" : "customer");
    json_word(json, "key", group->key);
    json_word(json, "name", group->name);
    json_word(json, "currency", group->currency);
    json_number(json, "records", sum->records);
    json_money(json, "limit", sum->limit, &currency);
    json_money(json, "total", sum->total, &currency);
    json_money(json, "sellable", sum->sellable, &currency);
    json_money(json, "excess", sum->excess, &currency);
    json_number(json, "over", sum->over);
    write_utilisation(asking, sum->utilisation);
    write_ages(asking, &sum->ageing, &currency);
    json_line_end(json);
}

static int is_wanted(const struct asking *asking, int64_t limit, int64_t total)
{
    struct mt940_customer_bank whole;

    memset(&whole, 0, sizeof whole);
    whole.dbs_limit = limit;
    whole.dbs_total = total;
    return asking->over < 0 || mt940_dbs_crossed(&whole, (int32_t)asking->over);
}

static int compare_groups(const void *a, const void *b)
{
    const struct group *first = a, *second = b;
    int order = strcmp(first->key, second->key);

    return order != 0 ? order : strcmp(first->currency, second->currency);
}

static void tell_groups(struct asking *asking)
{
    asking->table = asking->dbs->input->ages
                        ? table_new(sum_age_columns, sizeof sum_age_columns / sizeof *sum_age_columns)
                        : table_new(sum_columns, sizeof sum_columns / sizeof *sum_columns);
    if (asking->count > 1)
        qsort(asking->groups, asking->count, sizeof *asking->groups, compare_groups);
    for (size_t i = 0; i < asking->count; i++) {
        const struct group *group = &asking->groups[i];

        if (!is_wanted(asking, group->sum.limit, group->sum.total))
            continue;
        if (out_of(asking)->json)
            write_group(asking, group);
        else
            print_group(asking, group);
    }
    table_print(asking->table, out_of(asking));
    table_free(asking->table);
}

/* ---- Records ---- */

static void write_record(const struct asking *asking, const struct mt940_dbs_status *status)
{
    struct json *json = asking->dbs->json;

    json_line_begin(json);
    json_view(json, "name", &status->customer_name);
    json_money(json, "available", status->available, &status->currency);
    write_utilisation(asking, status->utilisation);
    write_ages(asking, &status->ageing, &status->currency);
    record_json(json, "record", MT940_KIND_CUSTOMER_BANK, status->record, asking->dbs->workspace->local_currency);
    json_line_end(json);
}

static void print_record(const struct asking *asking, const struct mt940_dbs_status *status)
{
    const struct mt940_customer_bank *record = status->record;
    const struct output *out = out_of(asking);
    struct table *table = asking->table;
    const char *control = mt940_enum_name(MT940_ENUM_DBS_CONTROL, record->dbs_control, out->language);

    table_view(table, &record->customer);
    table_view(table, &status->customer_name);
    table_number(table, record->slot);
    if (asking->dbs->input->ages) {
        add_ages(asking, &status->ageing, &status->currency);
        return;
    }
    table_view(table, &record->branch);
    table_money(table, out, record->dbs_limit, &status->currency);
    table_money(table, out, record->dbs_total, &status->currency);
    if (status->available < 0)
        table_paint(table, "31");
    table_money(table, out, status->available, &status->currency);
    table_view(table, &status->currency);
    table_text(table, control == NULL ? "?" : control);
    add_used(asking, status->utilisation);
}

static int take_status(void *user, const struct mt940_dbs_status *status)
{
    struct asking *asking = user;

    if (asking->sums != BY_RECORD)
        add_to_sum(asking, status);
    if (asking->grouping != BY_RECORD || !is_wanted(asking, status->record->dbs_limit, status->record->dbs_total))
        return 0;
    asking->records++;
    if (out_of(asking)->json)
        write_record(asking, status);
    else
        print_record(asking, status);
    return 0;
}

/* ---- The call ---- */

static int misuse(struct dbs *dbs, const char *word)
{
    output_usage(&dbs->workspace->session->out, "dbs", TEXT_BAD_STATUS, word);
    return 0;
}

/* 0 = a mistake was reported. */
static int read_input(struct asking *asking)
{
    const struct dbs_input *input = asking->dbs->input;
    int64_t percent = 0;

    asking->over = -1;
    if (input->by != NULL && strcmp(input->by, "customer") != 0 && strcmp(input->by, "bank") != 0)
        return misuse(asking->dbs, input->by);
    if (input->by != NULL)
        asking->grouping = strcmp(input->by, "bank") == 0 ? BY_BANK : BY_CUSTOMER;
    asking->sums = asking->grouping;
    if (input->option_days != NULL && value_number(input->option_days, 0, &asking->option_days) != MT940_OK)
        return misuse(asking->dbs, input->option_days);
    if (input->today != NULL && value_date(input->today, &asking->today) != MT940_OK)
        return misuse(asking->dbs, input->today);
    if (input->over == NULL)
        return 1;
    if (value_number(input->over, 0, &percent) != MT940_OK || percent > 10000)
        return misuse(asking->dbs, input->over);
    asking->over = percent * (FULL / 100);
    return 1;
}

static void finish(struct asking *asking)
{
    const struct output *out = out_of(asking);

    if (asking->grouping == BY_RECORD) {
        if (!out->json && asking->records == 0)
            puts(text_raw(asking->over < 0 ? TEXT_NO_DBS_RECORDS : TEXT_NOBODY_CROSSED, out->language));
        table_print(asking->table, out);
    }
    table_free(asking->table);
    asking->table = NULL;
    if (asking->sums != BY_RECORD && (asking->grouping != BY_RECORD || (!out->json && asking->records > 1))) {
        if (asking->grouping == BY_RECORD)
            puts("");
        tell_groups(asking);
    }
    if (asking->failed)
        workspace_failed(asking->dbs->workspace, MT940_E_RANGE, NULL);
}

void dbs_status(struct dbs *dbs)
{
    struct asking asking = {.dbs = dbs};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_view customer;
    int one = dbs->operand_count > 0, status;

    if (!read_input(&asking))
        return;
    if (one && asking.grouping == BY_RECORD)
        asking.sums = BY_CUSTOMER; /* how much may still be sold to this one over all banks */
    mt940_view_from_string(one ? dbs->operands[0] : NULL, &customer);
    asking.table = dbs->input->ages ? table_new(age_columns, sizeof age_columns / sizeof *age_columns)
                                    : table_new(status_columns, sizeof status_columns / sizeof *status_columns);
    status = mt940_flow_dbs_status(dbs->workspace->flow, one ? &customer : NULL,
                                   asking.today.year != 0 ? &asking.today : NULL, (int32_t)asking.option_days,
                                   take_status, &asking, &error);
    if (status == MT940_OK) {
        finish(&asking);
    } else {
        workspace_failed(dbs->workspace, status, &error);
        table_free(asking.table);
    }
    for (size_t i = 0; i < asking.count; i++) {
        free(asking.groups[i].key);
        free(asking.groups[i].name);
    }
    free(asking.groups);
}

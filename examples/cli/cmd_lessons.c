/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_lessons.c: what a person's choices taught the matcher: list and forget.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/fold.h>

#include "record_json.h"
#include "table.h"
#include "workspace.h"

enum { OPTION_LESSON_ACCOUNT = OPTION_OWN, OPTION_LESSON_CUSTOMER, OPTION_LESSON_VALUE, VALUE_CAPACITY = 1024 };

static const struct command_option options[] = {
    {"account", OPTION_LESSON_ACCOUNT, "CODE", TEXT_OPTION_LESSON_ACCOUNT},
    {"customer", OPTION_LESSON_CUSTOMER, "CODE", TEXT_OPTION_LESSON_CUSTOMER},
    {"value", OPTION_LESSON_VALUE, "TEXT", TEXT_OPTION_LESSON_VALUE},
    {NULL, 0, NULL, TEXT_NONE},
};

static const struct table_column columns[] = {
    {TEXT_COLUMN_ACCOUNT, TABLE_LEFT},  {TEXT_COLUMN_SIDE, TABLE_LEFT},     {TEXT_COLUMN_KIND, TABLE_LEFT},
    {TEXT_COLUMN_SHOWN, TABLE_LEFT},    {TEXT_COLUMN_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_CHOSEN, TABLE_RIGHT},
    {TEXT_COLUMN_REFUSED, TABLE_RIGHT}, {TEXT_COLUMN_STATE, TABLE_LEFT},    {TEXT_COLUMN_TIME, TABLE_LEFT},
    {TEXT_COLUMN_ACTOR, TABLE_LEFT},
};

struct lessons {
    struct workspace *workspace;
    struct table *table;
    struct json *json;
    int64_t now;
};

/* What becomes of a lesson at the next movement. */
static const struct {
    const char *name;
    enum text text;
    const char *colour;
} worths[] = {
    {"decides", TEXT_LESSON_DECIDES, "32"},
    {"suggests", TEXT_LESSON_SUGGESTS, "33"},
    {"refused", TEXT_LESSON_REFUSED, "31"},
    {"nothing", TEXT_LESSON_NOTHING, "2"},
};

static int worth_of(const struct lessons *lessons, const struct mt940_lesson *lesson)
{
    struct mt940_lesson_worth worth = {.size = sizeof worth};

    if (mt940_lesson_weigh(NULL, lesson, lessons->now, &worth) != MT940_OK)
        return 3;
    return worth.decides ? 0 : worth.refused ? 2 : worth.weight > 0 ? 1 : 3;
}

static int take(void *user, const void *record)
{
    const struct mt940_lesson *lesson = record;
    const struct lessons *lessons = user;
    const struct output *out = &lessons->workspace->session->out;
    const char *side = mt940_enum_name(MT940_ENUM_SIDE, lesson->side, out->language);
    const char *basis = mt940_enum_name(MT940_ENUM_LESSON_BASIS, lesson->basis, out->language);
    int worth = worth_of(lessons, lesson);

    if (out->json) {
        json_line_begin(lessons->json);
        record_json_members(lessons->json, MT940_KIND_LESSON, lesson, lessons->workspace->local_currency);
        json_word(lessons->json, "worth", worths[worth].name);
        json_line_end(lessons->json);
        return 0;
    }
    table_view(lessons->table, &lesson->bank_account);
    table_text(lessons->table, side == NULL ? "?" : side);
    table_text(lessons->table, basis == NULL ? "?" : basis);
    table_view(lessons->table, &lesson->value);
    table_view(lessons->table, &lesson->customer);
    table_number(lessons->table, lesson->confirmed);
    table_number(lessons->table, lesson->rejected);
    table_paint(lessons->table, worths[worth].colour);
    table_text(lessons->table, text_raw(worths[worth].text, out->language));
    table_time(lessons->table, lesson->at);
    table_view(lessons->table, &lesson->actor);
    return 0;
}

static void list(struct workspace *workspace, const struct mt940_lesson_filter *filter)
{
    struct lessons lessons = {.workspace = workspace};
    struct mt940_error error = {.size = sizeof error};
    struct output *out = &workspace->session->out;
    int status = workspace->clock.now(workspace->clock.user, &lessons.now);

    lessons.table = table_new(columns, sizeof columns / sizeof *columns);
    lessons.json = json_new();
    if (status == MT940_OK)
        status = mt940_flow_lessons(workspace->flow, filter, take, &lessons, &error);
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    else if (!out->json && !table_has_rows(lessons.table))
        puts(text_raw(TEXT_NO_LESSONS, out->language));
    table_print(lessons.table, out);
    table_free(lessons.table);
    json_free(lessons.json);
}

static void forget(struct workspace *workspace, const struct mt940_lesson_filter *filter)
{
    struct mt940_error error = {.size = sizeof error};
    struct output *out = &workspace->session->out;
    char number[24];
    size_t forgotten = 0;
    int status = mt940_flow_lessons_forget(workspace->flow, filter, &forgotten, &error);

    if (status != MT940_OK) {
        workspace_failed(workspace, status, &error);
    } else if (out->json) {
        struct json *json = json_new();

        json_line_begin(json);
        json_number(json, "forgotten", (int64_t)forgotten);
        json_line_end(json);
        json_free(json);
    } else {
        char *text;

        (void)snprintf(number, sizeof number, "%zu", forgotten);
        text = text_format(TEXT_LESSONS_FORGOTTEN, out->language, (const char *const[]){number}, 1);
        puts(text);
        free(text);
    }
}

/* An IBAN may be typed with blanks; a name or text is folded as lessons keep it. */
static void fold_value(const char *typed, char folded[VALUE_CAPACITY], struct mt940_view *out)
{
    char bare[VALUE_CAPACITY];
    size_t length = 0;

    out->data = folded;
    out->length = mt940_fold_skeleton(typed, strlen(typed), folded, VALUE_CAPACITY, NULL);
    if (out->length > VALUE_CAPACITY) /* longer than any lesson */
        out->length = VALUE_CAPACITY;
    for (size_t i = 0; i < out->length; i++)
        if (folded[i] != ' ')
            bare[length++] = folded[i];
    if (length >= 4 && bare[2] >= '0' && bare[2] <= '9' && bare[3] >= '0' && bare[3] <= '9') {
        memcpy(folded, bare, length);
        out->length = length;
    }
}

static int read_arguments(struct session *session, const struct command *command, int argc, char **argv,
                          struct mt940_lesson_filter *filter, char folded[VALUE_CAPACITY])
{
    int number;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return 0;
        if (number == OPTION_LESSON_ACCOUNT)
            mt940_view_from_string(optarg, &filter->bank_account);
        else if (number == OPTION_LESSON_CUSTOMER)
            mt940_view_from_string(optarg, &filter->customer);
        else
            fold_value(optarg, folded, &filter->value);
    }
    return 1;
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct mt940_lesson_filter filter = {.size = sizeof filter};
    struct workspace workspace;
    char folded[VALUE_CAPACITY];
    const char *verb;
    int forgets;

    if (!read_arguments(session, command, argc, argv, &filter, folded))
        return;
    verb = optind < argc ? argv[optind] : "list";
    forgets = strcmp(verb, "forget") == 0;
    if (argc - optind > 1 || (!forgets && strcmp(verb, "list") != 0)) {
        output_usage(&session->out, command->name, TEXT_BAD_LESSONS, verb);
        return;
    }
    if (forgets && filter.bank_account.length + filter.customer.length + filter.value.length == 0) {
        output_usage(&session->out, command->name, TEXT_FORGET_NEEDS_FILTER, NULL);
        return;
    }
    if (!workspace_open(session, 0, &workspace))
        return;
    if (forgets)
        forget(&workspace, &filter);
    else
        list(&workspace, &filter);
    workspace_close(&workspace);
}

const struct command command_lessons = {
    "lessons", GROUP_DAILY, USES_STORE, "[list | forget] [--account CODE] [--customer CODE] [--value TEXT]",
    TEXT_LESSONS_SUMMARY, TEXT_LESSONS_HELP, options, run,
};

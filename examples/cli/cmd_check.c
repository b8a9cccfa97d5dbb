/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_check.c: what is wrong with statement files, and a verdict for each, for people.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "input.h"
#include "json.h"
#include "message_json.h"
#include "read.h"
#include "table.h"

static const struct command_option options[] = {
    READ_OPTION_ENTRIES,
    {NULL, 0, NULL, TEXT_NONE},
};

/* Verdicts in order of gravity. */
enum verdict { VERDICT_GOOD, VERDICT_REMARKS, VERDICT_FAULTY, VERDICT_INCOMPLETE, VERDICT_NO_STATEMENT };

static const struct {
    const char *code; /* in JSON */
    enum text text;
    const char *colour;
} verdicts[] = {
    {"good", TEXT_VERDICT_GOOD, "32"},
    {"good-with-remarks", TEXT_VERDICT_REMARKS, "33"},
    {"faulty", TEXT_VERDICT_FAULTY, "31"},
    {"incomplete", TEXT_VERDICT_INCOMPLETE, "31"},
    {"no-statement", TEXT_VERDICT_NO_STATEMENT, "31"},
};

struct tally {
    size_t statements, entries;
    size_t severities[MT940_ERROR + 1];
    int incomplete;
};

static void count_document(const struct mt940_document *document, int strict, struct tally *tally)
{
    tally->statements = mt940_document_statement_count(document);
    for (size_t i = 0; i < tally->statements; i++) {
        const struct mt940_statement *statement = mt940_document_statement(document, i);

        tally->entries += statement->entry_count;
        tally->incomplete |= !statement->trailer.complete;
    }
    for (size_t i = 0; i < mt940_document_finding_count(document); i++) {
        int32_t severity = mt940_document_finding(document, i)->severity;

        if (strict && severity == MT940_WARNING)
            severity = MT940_ERROR;
        if (severity >= MT940_INFO && severity <= MT940_ERROR)
            tally->severities[severity]++;
    }
}

static enum verdict judge(const struct tally *tally)
{
    if (tally->statements == 0)
        return VERDICT_NO_STATEMENT;
    if (tally->incomplete)
        return VERDICT_INCOMPLETE;
    if (tally->severities[MT940_ERROR] > 0)
        return VERDICT_FAULTY;
    return tally->severities[MT940_WARNING] + tally->severities[MT940_REPAIR] > 0 ? VERDICT_REMARKS : VERDICT_GOOD;
}

static void write_line(struct json *json, const struct output *out, const char *name,
                       const struct mt940_document *document, const struct tally *tally)
{
    json_line_begin(json);
    json_text(json, "file", name, strlen(name));
    json_word(json, "verdict", verdicts[judge(tally)].code);
    json_number(json, "statements", (int64_t)tally->statements);
    json_number(json, "entries", (int64_t)tally->entries);
    json_number(json, "errors", (int64_t)tally->severities[MT940_ERROR]);
    json_number(json, "warnings", (int64_t)tally->severities[MT940_WARNING]);
    json_number(json, "repairs", (int64_t)tally->severities[MT940_REPAIR]);
    json_array_begin(json, "findings");
    for (size_t i = 0; i < mt940_document_finding_count(document); i++)
        message_json_finding(json, out, mt940_document_finding(document, i));
    json_array_end(json);
    json_line_end(json);
}

static void add_row(struct table *table, const struct output *out, const char *name, const struct tally *tally)
{
    enum verdict verdict = judge(tally);

    table_text(table, name);
    table_number(table, (long long)tally->statements);
    table_number(table, (long long)tally->entries);
    table_number(table, (long long)tally->severities[MT940_ERROR]);
    table_number(table, (long long)tally->severities[MT940_WARNING]);
    table_number(table, (long long)tally->severities[MT940_REPAIR]);
    table_paint(table, verdicts[verdict].colour);
    table_text(table, text_raw(verdicts[verdict].text, out->language));
}

static const struct table_column columns[] = {
    {TEXT_COLUMN_FILE, TABLE_LEFT},     {TEXT_COLUMN_STATEMENTS, TABLE_RIGHT}, {TEXT_COLUMN_MOVEMENTS, TABLE_RIGHT},
    {TEXT_COLUMN_ERRORS, TABLE_RIGHT},  {TEXT_COLUMN_WARNINGS, TABLE_RIGHT},   {TEXT_COLUMN_REPAIRS, TABLE_RIGHT},
    {TEXT_COLUMN_VERDICT, TABLE_LEFT},
};

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct output *out = &session->out;
    struct read_options read;
    struct table *table;
    struct json *json;
    int number;

    read_options_init(&read);
    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END)
        if (number == OPTIONS_STOP || !read_option(session, command, number, &read))
            return;
    if (optind >= argc) {
        output_usage(out, command->name, TEXT_NEEDS_FILE, NULL);
        return;
    }
    table = table_new(columns, sizeof columns / sizeof *columns);
    json = json_new();
    for (int i = optind; i < argc; i++) {
        struct mt940_document *document = NULL;
        struct input_file file;
        struct tally tally = {0};

        if (!input_open(out, argv[i], &file))
            continue;
        if (read_document(out, &read, &file, &document)) {
            count_document(document, read.statement.strict, &tally);
            read_report(out, &read, file.name, document, MT940_REPAIR);
            if (out->json)
                write_line(json, out, file.name, document, &tally);
            else
                add_row(table, out, file.name, &tally);
        }
        mt940_document_free(document);
        input_close(&file);
    }
    table_print(table, out);
    table_free(table);
    json_free(json);
}

const struct command command_check = {
    "check", GROUP_STATEMENTS, USES_NOTHING, "[--strict] [--any-line-ends] [--charset C] FILE…",
    TEXT_CHECK_SUMMARY, TEXT_CHECK_HELP, options, run,
};

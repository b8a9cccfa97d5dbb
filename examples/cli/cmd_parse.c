/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_parse.c: statements to JSON Lines, one object per message.
 */
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "command.h"
#include "input.h"
#include "read.h"
#include "statement_json.h"

enum { OPTION_RAW = OPTION_OWN + READ_OPTIONS, OPTION_IDS_OF };

static const struct command_option options[] = {
    READ_OPTION_ENTRIES,
    {"raw", OPTION_RAW, NULL, TEXT_OPTION_RAW},
    {"company", OPTION_IDS_OF, "CODE", TEXT_OPTION_IDS_OF},
    {NULL, 0, NULL, TEXT_NONE},
};

struct parse {
    struct session *session;
    struct read_options read;
    struct json *json;
    const char *company;
    int raw;
};

/* A message that continues the one before it: a page of the same statement. */
static int is_next_page(const struct mt940_statement *before, const struct mt940_statement *statement)
{
    return before->trailer.closing.kind == 'M' && statement->header.opening.kind == 'M' &&
           mt940_view_equal(&before->header.account, &statement->header.account) &&
           mt940_view_equal(&before->header.number, &statement->header.number);
}

/* Ids of the pages [first, end), which make one statement; room is in entry order. */
static int make_ids(const struct parse *parse, const struct mt940_document *document, size_t first, size_t end,
                    char (**ids)[MT940_ID_CAPACITY])
{
    const struct mt940_statement **pages = memory_zeroed(end - first, sizeof *pages);
    size_t entries = 0;
    int status;

    for (size_t i = first; i < end; i++) {
        pages[i - first] = mt940_document_statement(document, i);
        entries += pages[i - first]->entry_count;
    }
    *ids = memory_zeroed(entries, sizeof **ids);
    status = mt940_statement_ids(pages, end - first, parse->company, strlen(parse->company), NULL, *ids);
    free(pages);
    if (status == MT940_E_MEMORY)
        memory_out();
    return status;
}

static void write_pages(struct parse *parse, const struct input_file *file, const struct mt940_document *document,
                        size_t first, size_t end, size_t *finding)
{
    size_t count = mt940_document_statement_count(document);
    char(*ids)[MT940_ID_CAPACITY] = NULL;
    size_t used = 0;
    int status = make_ids(parse, document, first, end, &ids);

    if (status != MT940_OK)
        output_status(&parse->session->out, file->name, status, NULL);
    for (size_t i = first; i < end; i++) {
        const struct mt940_statement *statement = mt940_document_statement(document, i);
        const struct mt940_statement *next = mt940_document_statement(document, i + 1);
        struct statement_json line = {file->name, statement, NULL, document, *finding, 0, NULL, 0};
        size_t begin = i == 0 ? 0 : (size_t)statement->header.offset;

        line.ids = (const char(*)[MT940_ID_CAPACITY])(ids + used);
        line.end_finding = read_findings_end(document, *finding, i + 1 == count ? (size_t)-1 : i);
        if (parse->raw) {
            /* From the end of the message before it, so that all lines together are the file. */
            line.raw = file->bytes + begin;
            line.raw_length = (next == NULL ? file->length : (size_t)next->header.offset) - begin;
        }
        statement_json_write(parse->json, &parse->session->out, &line);
        used += statement->entry_count;
        *finding = line.end_finding;
    }
    free(ids);
}

static void parse_file(struct parse *parse, const char *path)
{
    struct output *out = &parse->session->out;
    struct mt940_document *document = NULL;
    struct input_file file;
    size_t count, finding = 0;

    if (!input_open(out, path, &file))
        return;
    if (read_document(out, &parse->read, &file, &document)) {
        count = mt940_document_statement_count(document);
        for (size_t first = 0, end = 1; first < count; first = end++) {
            while (end < count && is_next_page(mt940_document_statement(document, end - 1),
                                               mt940_document_statement(document, end)))
                end++;
            write_pages(parse, &file, document, first, end, &finding);
        }
        read_report(out, &parse->read, file.name, document, MT940_WARNING);
    }
    mt940_document_free(document);
    input_close(&file);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct parse parse = {.session = session, .company = ""};
    int number;

    read_options_init(&parse.read);
    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTION_RAW)
            parse.raw = 1;
        else if (number == OPTION_IDS_OF)
            parse.company = optarg;
        else if (number == OPTIONS_STOP || !read_option(session, command, number, &parse.read))
            return;
    }
    if (optind >= argc) {
        output_usage(&session->out, command->name, TEXT_NEEDS_FILE, NULL);
        return;
    }
    parse.json = json_new();
    for (int i = optind; i < argc; i++)
        parse_file(&parse, argv[i]);
    json_free(parse.json);
}

const struct command command_parse = {
    "parse", GROUP_STATEMENTS, USES_NOTHING, "[--strict] [--charset C] [--raw] FILE…",
    TEXT_PARSE_SUMMARY, TEXT_PARSE_HELP, options, run,
};

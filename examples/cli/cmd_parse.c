/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_parse.c: statements to JSON Lines, one object per message. It streams: what is kept is one statement.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <mt940connect/statement_stream.h>

#include "buffer.h"
#include "command.h"
#include "input.h"
#include "read.h"
#include "statement_json.h"

enum { OPTION_RAW = OPTION_OWN + READ_OPTIONS, OPTION_IDS_OF, OPTION_FACTS };

/* Bytes read at once, and between two steps of the progress. */
enum { PIECE = 262144, STEP = 16 * PIECE };

static const struct command_option options[] = {
    READ_OPTION_ENTRIES,
    {"raw", OPTION_RAW, NULL, TEXT_OPTION_RAW},
    {"facts", OPTION_FACTS, NULL, TEXT_OPTION_FACTS},
    {"company", OPTION_IDS_OF, "CODE", TEXT_OPTION_IDS_OF},
    {NULL, 0, NULL, TEXT_NONE},
};

struct parse {
    struct session *session;
    struct read_options read;
    struct json *json;
    const char *company;
    const char *file;
    int raw, facts;
    /* With --raw: the bytes that were not written yet, and where in the file they begin. */
    struct buffer bytes;
    uint64_t bytes_begin;
    /* Room for the pages of a statement and the ids of their movements. */
    const struct mt940_statement **pages;
    char (*ids)[MT940_ID_CAPACITY];
    size_t page_capacity, id_capacity;
};

/* Ids of the pages, which make one statement: movements that are equal are counted over all of them. */
static void make_ids(struct parse *parse, const struct mt940_page *pages, size_t count)
{
    size_t entries = 0;
    int status;

    if (count > parse->page_capacity) {
        parse->page_capacity = count * 2;
        parse->pages = memory_resize(parse->pages, parse->page_capacity * sizeof *parse->pages);
    }
    for (size_t i = 0; i < count; i++) {
        parse->pages[i] = pages[i].statement;
        entries += pages[i].statement->entry_count;
    }
    if (parse->ids == NULL || entries > parse->id_capacity) {
        parse->id_capacity = entries * 2;
        parse->ids = memory_resize(parse->ids, parse->id_capacity * sizeof *parse->ids);
    }
    status = mt940_statement_ids(parse->pages, count, parse->company, strlen(parse->company), NULL, parse->ids);
    if (status == MT940_E_MEMORY)
        memory_out();
    if (status != MT940_OK) {
        memset(parse->ids, 0, entries * sizeof *parse->ids);
        output_status(&parse->session->out, parse->file, status, NULL);
    }
}

static void write_page(struct parse *parse, const struct mt940_page *page, size_t used)
{
    struct statement_json line = {.file = parse->file, .page = page, .facts = parse->facts};

    line.ids = (const char(*)[MT940_ID_CAPACITY])(parse->ids + used);
    if (parse->raw) {
        line.raw = parse->bytes.data + (page->begin - parse->bytes_begin);
        line.raw_length = (size_t)(page->end - page->begin);
    }
    statement_json_write(parse->json, &parse->session->out, &line);
}

static void report(struct parse *parse, const struct mt940_page *page)
{
    for (size_t i = 0; i < page->finding_count; i++)
        read_finding(&parse->session->out, &parse->read, parse->file, &page->findings[i], MT940_WARNING);
}

static int on_statement(void *user, const struct mt940_page *pages, size_t count)
{
    struct parse *parse = user;
    uint64_t end = pages[count - 1].end;
    size_t used = 0;

    if (pages[0].statement != NULL)
        make_ids(parse, pages, count);
    for (size_t i = 0; i < count; i++) {
        if (pages[i].statement != NULL) {
            write_page(parse, &pages[i], used);
            used += pages[i].statement->entry_count;
        }
        report(parse, &pages[i]);
    }
    if (parse->raw) {
        buffer_drop(&parse->bytes, (size_t)(end - parse->bytes_begin));
        parse->bytes_begin = end;
    }
    return 0;
}

/* Bytes of the file, 0 = it is none, and nobody knows how much will come. */
static uint64_t size_of(int descriptor)
{
    struct stat info;

    return fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 ? (uint64_t)info.st_size : 0;
}

static int feed_all(struct parse *parse, int descriptor, struct mt940_stream *stream, struct mt940_error *error)
{
    struct output *out = &parse->session->out;
    uint64_t done = 0, shown = 0, total = size_of(descriptor);
    char *piece = memory_resize(NULL, PIECE);
    int status = MT940_OK;
    ssize_t got;

    while (status == MT940_OK && (got = read(descriptor, piece, PIECE)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            input_report(out, parse->file, errno);
            break;
        }
        if (parse->raw)
            buffer_add(&parse->bytes, piece, (size_t)got);
        status = mt940_stream_feed(stream, piece, (size_t)got, error);
        done += (uint64_t)got;
        if (out->progress && done - shown >= STEP) {
            output_progress_bar(out, done, total);
            shown = done;
        }
    }
    free(piece);
    return status == MT940_OK ? mt940_stream_finish(stream, error) : status;
}

static void parse_file(struct parse *parse, const char *path)
{
    struct mt940_stream_handler handler = {sizeof handler, parse, on_statement};
    struct mt940_error error = {.size = sizeof error};
    struct output *out = &parse->session->out;
    struct mt940_stream *stream = NULL;
    int descriptor = input_descriptor(out, path), status;

    if (descriptor < 0)
        return;
    parse->file = path;
    parse->bytes.length = 0;
    parse->bytes_begin = 0;
    status = mt940_stream_new(&parse->read.statement, NULL, &handler, &stream, &error);
    if (status == MT940_OK)
        status = feed_all(parse, descriptor, stream, &error);
    output_progress_clear(out);
    if (status == MT940_E_MEMORY)
        memory_out();
    if (status != MT940_OK)
        output_status(out, path, status, &error);
    mt940_stream_free(stream);
    if (descriptor != STDIN_FILENO)
        close(descriptor);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct parse parse = {.session = session, .company = ""};
    int number;

    read_options_init(&parse.read);
    /* Statements are not kept, so there may be any number of them. */
    parse.read.statement.max_statements = UINT32_MAX;
    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTION_RAW)
            parse.raw = 1;
        else if (number == OPTION_FACTS)
            parse.facts = 1;
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
    buffer_free(&parse.bytes);
    free(parse.pages);
    free(parse.ids);
}

const struct command command_parse = {
    "parse", GROUP_STATEMENTS, USES_NOTHING, "[--strict] [--charset C] [--facts] [--raw] FILE…",
    TEXT_PARSE_SUMMARY, TEXT_PARSE_HELP, options, run,
};

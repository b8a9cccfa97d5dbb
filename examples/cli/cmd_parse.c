/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_parse.c: statements to JSON Lines, one object per message. It streams: what is kept is one statement,
 * and with several threads those they work on.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buffer.h"
#include "command.h"
#include "crew.h"
#include "input.h"
#include "parse_crew.h"
#include "value.h"

enum { OPTION_RAW = OPTION_OWN + READ_OPTIONS, OPTION_IDS_OF, OPTION_FACTS, OPTION_JOBS };

/* Bytes read at once, and between two steps of the progress. */
enum { PIECE = 262144, STEP = 16 * PIECE };

static const struct command_option options[] = {
    READ_OPTION_ENTRIES,
    {"raw", OPTION_RAW, NULL, TEXT_OPTION_RAW},
    {"facts", OPTION_FACTS, NULL, TEXT_OPTION_FACTS},
    {"company", OPTION_IDS_OF, "CODE", TEXT_OPTION_IDS_OF},
    {"jobs", OPTION_JOBS, "N", TEXT_OPTION_JOBS},
    {NULL, 0, NULL, TEXT_NONE},
};

/*
 * Bytes of statements before a crew is worth its start, and how long one that still reads waits for more before what it
 * has goes out, in milliseconds.
 */
enum { ALONE = 262144, PATIENCE = 10 };

struct parse {
    struct parse_call call;
    const char *file;
    struct mt940_stream *stream;
    struct parse_work work; /* of the main thread */
    int threads;
    struct parse_crew *crew; /* NULL = not yet, or never */
    uint64_t done;           /* bytes of statements so far */
    /* With --raw: the bytes of which not all were written, where in the file they begin, and what is not written yet. */
    struct buffer bytes;
    uint64_t bytes_begin, raw_begin;
};

/* The main thread does it, and the lines go out as they are made. */
static void do_alone(struct parse *parse, const struct mt940_page *pages, size_t count,
                     const struct parse_bytes *bytes)
{
    size_t used = 0;

    parse_say_ids(&parse->call, parse->file, parse_ids(&parse->work, &parse->call, pages, count));
    for (size_t i = 0; i < count; i++) {
        used = parse_page(&parse->work, &parse->call, parse->file, &pages[i], bytes, used);
        parse_say_page(&parse->call, parse->file, &pages[i]);
    }
}

static void start_crew(struct parse *parse)
{
    if (parse->crew != NULL || parse->threads == 1 || parse->done <= ALONE)
        return;
    parse->crew = parse_crew_new(&parse->call, parse->threads);
    if (parse->crew == NULL)
        parse->threads = 1;
}

static int on_statement(void *user, const struct mt940_page *pages, size_t count)
{
    struct parse *parse = user;
    struct parse_bytes bytes = {parse->call.raw ? parse->bytes.data : NULL, parse->bytes_begin};
    uint64_t end = pages[count - 1].end, length = end - pages[0].begin;

    parse->done += length;
    start_crew(parse);
    if (parse->crew != NULL && length <= PARSE_ROOM / 2) {
        parse_crew_take(parse->crew, parse->stream, parse->file, pages, count, &bytes);
    } else {
        parse_crew_finish(parse->crew);
        do_alone(parse, pages, count, &bytes);
    }
    parse->raw_begin = end;
    return 0;
}

static void keep_bytes(struct parse *parse, const char *piece, size_t length)
{
    buffer_drop(&parse->bytes, (size_t)(parse->raw_begin - parse->bytes_begin));
    parse->bytes_begin = parse->raw_begin;
    buffer_add(&parse->bytes, piece, length);
}

/* What is whole does not wait for a pipe on which nothing comes. */
static void before_read(struct parse *parse, int descriptor)
{
    struct pollfd wanted = {.fd = descriptor, .events = POLLIN};

    if (parse->crew != NULL && poll(&wanted, 1, PATIENCE) == 0)
        parse_crew_finish(parse->crew);
}

/* Bytes of the file, 0 = it is none, and nobody knows how much will come. */
static uint64_t size_of(int descriptor)
{
    struct stat info;

    return fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 ? (uint64_t)info.st_size : 0;
}

static int feed_all(struct parse *parse, int descriptor, struct mt940_error *error)
{
    struct output *out = parse->call.out;
    uint64_t done = 0, shown = 0, total = size_of(descriptor);
    char *piece = memory_resize(NULL, PIECE);
    int status = MT940_OK;
    ssize_t got;

    while (status == MT940_OK && (before_read(parse, descriptor), got = read(descriptor, piece, PIECE)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            int number = errno;

            parse_crew_finish(parse->crew);
            input_report(out, parse->file, number);
            break;
        }
        if (parse->call.raw)
            keep_bytes(parse, piece, (size_t)got);
        status = mt940_stream_feed(parse->stream, piece, (size_t)got, error);
        done += (uint64_t)got;
        if (out->progress && done - shown >= STEP) {
            output_progress_bar(out, done, total);
            shown = done;
        }
    }
    free(piece);
    return status == MT940_OK ? mt940_stream_finish(parse->stream, error) : status;
}

static void parse_file(struct parse *parse, const char *path)
{
    struct mt940_stream_handler handler = {sizeof handler, parse, on_statement};
    struct mt940_error error = {.size = sizeof error};
    struct output *out = parse->call.out;
    int descriptor = input_descriptor(out, path), status;

    if (descriptor < 0)
        return;
    parse->file = path;
    parse->stream = NULL;
    parse->bytes.length = 0;
    parse->bytes_begin = parse->raw_begin = 0;
    status = mt940_stream_new(&parse->call.read.statement, NULL, &handler, &parse->stream, &error);
    if (status == MT940_OK)
        status = feed_all(parse, descriptor, &error);
    parse_crew_finish(parse->crew);
    output_progress_clear(out);
    if (status == MT940_E_MEMORY)
        memory_out();
    if (status != MT940_OK)
        output_status(out, path, status, &error);
    mt940_stream_free(parse->stream);
    if (descriptor != STDIN_FILENO)
        close(descriptor);
}

static void parse_files(struct parse *parse, int count, char **paths)
{
    parse->work.json = json_new();
    for (int i = 0; i < count; i++)
        parse_file(parse, paths[i]);
    parse_crew_free(parse->crew);
    parse_work_free(&parse->work);
    buffer_free(&parse->bytes);
}

/* 0 = a mistake was reported. */
static int take_threads(struct session *session, const struct command *command, const char *word, int *threads)
{
    int64_t number;

    if (value_number(word, 0, &number) != MT940_OK || number > CREW_MOST) {
        output_usage(&session->out, command->name, TEXT_BAD_JOBS, word);
        return 0;
    }
    *threads = (int)number;
    return 1;
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct parse parse = {.call = {.out = &session->out, .company = ""}};
    int number;

    read_options_init(&parse.call.read);
    /* Statements are not kept, so there may be any number of them. */
    parse.call.read.statement.max_statements = UINT32_MAX;
    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTION_RAW)
            parse.call.raw = 1;
        else if (number == OPTION_FACTS)
            parse.call.facts = 1;
        else if (number == OPTION_IDS_OF)
            parse.call.company = optarg;
        else if (number == OPTIONS_STOP || !(number == OPTION_JOBS
                     ? take_threads(session, command, optarg, &parse.threads)
                     : read_option(session, command, number, &parse.call.read)))
            return;
    }
    if (optind >= argc) {
        output_usage(&session->out, command->name, TEXT_NEEDS_FILE, NULL);
        return;
    }
    if (parse.threads == 0)
        parse.threads = crew_processors();
    parse_files(&parse, argc - optind, argv + optind);
}

const struct command command_parse = {
    "parse", GROUP_STATEMENTS, USES_NOTHING, "[--strict] [--any-line-ends] [--charset C] [--facts] [--raw] FILE…",
    TEXT_PARSE_SUMMARY, TEXT_PARSE_HELP, options, run,
};

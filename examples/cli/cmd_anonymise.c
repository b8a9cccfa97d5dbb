/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_anonymise.c: a statement file that can be shown to others, on standard output. It streams: a file of any size
 * takes the memory of one movement. A reader goes along, for of a file that holds no statement nobody knows what is left.
 */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mt940connect/anonymise.h>
#include <mt940connect/statement.h>

#include "buffer.h"
#include "command.h"
#include "input.h"

enum { OPTION_SEED = OPTION_OWN };

enum { PIECE = 65536 };

static const struct command_option options[] = {
    {"seed", OPTION_SEED, "N", TEXT_OPTION_SEED},
    {NULL, 0, NULL, TEXT_NONE},
};

static int print(void *user, const void *bytes, size_t length)
{
    (void)user;
    /* A failed write is noticed once, when the program ends. */
    return fwrite(bytes, 1, length, stdout) == length ? 0 : 1;
}

/* Reads along: whether there is a statement, and else what the file is. */
struct watch {
    struct mt940_reader *reader;
    struct output *out;
    const char *path;
    int found, ending;
};

static int see_statement(void *user, const struct mt940_header *header)
{
    (void)header;
    ((struct watch *)user)->found = 1;
    return 0;
}

static int see_finding(void *user, const struct mt940_finding *finding)
{
    struct watch *watch = user;

    if (watch->ending && !watch->found && finding->severity == MT940_ERROR)
        output_finding(watch->out, watch->path, finding);
    return 0;
}

static void watch_begin(struct watch *watch, struct output *out, const char *path)
{
    struct mt940_handler handler = {.size = sizeof handler, .user = watch, .statement_begin = see_statement,
                                    .finding = see_finding};

    *watch = (struct watch){.out = out, .path = path};
    if (mt940_reader_new(NULL, NULL, &handler, &watch->reader, NULL) != MT940_OK)
        memory_out();
}

static void watch_end(struct watch *watch)
{
    watch->ending = 1;
    (void)mt940_reader_finish(watch->reader, NULL);
    mt940_reader_free(watch->reader);
}

static int copy(struct output *out, const char *path, int descriptor, struct mt940_anonymiser *anonymiser,
                struct mt940_error *error)
{
    char *piece = memory_zeroed(PIECE, 1);
    struct watch watch;
    ssize_t got;
    int status = MT940_OK;

    watch_begin(&watch, out, path);
    while ((got = read(descriptor, piece, PIECE)) != 0 && status == MT940_OK) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            input_report(out, path, errno);
            break;
        }
        (void)mt940_reader_feed(watch.reader, piece, (size_t)got, NULL); /* what it cannot read is told below */
        status = mt940_anonymiser_feed(anonymiser, piece, (size_t)got, error);
    }
    free(piece);
    watch_end(&watch);
    return status == MT940_OK ? mt940_anonymiser_finish(anonymiser, error) : status;
}

static void anonymise(struct session *session, const char *path, uint64_t seed)
{
    struct mt940_output output = {sizeof output, NULL, print};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_anonymise_options chosen;
    struct mt940_anonymiser *anonymiser = NULL;
    int descriptor = input_descriptor(&session->out, path), status;

    if (descriptor < 0)
        return;
    mt940_anonymise_options_init(&chosen);
    chosen.seed = seed;
    status = mt940_anonymiser_new(&chosen, &output, NULL, &anonymiser, &error);
    if (status == MT940_OK)
        status = copy(&session->out, path, descriptor, anonymiser, &error);
    if (status == MT940_E_MEMORY)
        memory_out();
    if (status != MT940_OK && status != MT940_E_CALLBACK)
        output_status(&session->out, path, status, &error);
    mt940_anonymiser_free(anonymiser);
    if (descriptor != STDIN_FILENO)
        close(descriptor);
}

/* Without --seed nobody is to know it. */
static int random_seed(struct output *out, uint64_t *seed)
{
    if (getentropy(seed, sizeof *seed) == 0)
        return 1;
    output_failure(out, NULL, "E_IO", strerror(errno));
    return 0;
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    int64_t given = -1;
    uint64_t seed = 0;
    int number;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return;
        if (number != OPTION_SEED || mt940_decimal_parse(optarg, strlen(optarg), 0, &given) != MT940_OK || given < 0) {
            output_usage(&session->out, command->name, TEXT_BAD_SEED, optarg);
            return;
        }
    }
    if (argc - optind > 1) {
        output_usage(&session->out, command->name, TEXT_ONE_FILE, NULL);
        return;
    }
    if (given >= 0)
        seed = (uint64_t)given;
    else if (!random_seed(&session->out, &seed))
        return;
    anonymise(session, optind < argc ? argv[optind] : "-", seed);
}

const struct command command_anonymise = {
    "anonymise", GROUP_STATEMENTS, USES_NOTHING, "[--seed N] [FILE|-]",
    TEXT_ANONYMISE_SUMMARY, TEXT_ANONYMISE_HELP, options, run,
};

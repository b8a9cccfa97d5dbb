/* SPDX-License-Identifier: Apache-2.0
 *
 * options.c: reads options by the tables of the commands, with getopt_long. Must not know what
 * an option means, but for the shared ones.
 */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"

#define MOST_OPTIONS 40

static const struct command_option always[] = {
    {"help", OPTION_HELP, NULL, TEXT_OPTION_HELP},
    {"json", OPTION_JSON, NULL, TEXT_OPTION_JSON},
    {"lang", OPTION_LANG, "en|tr", TEXT_OPTION_LANG},
    {NULL, 0, NULL, TEXT_NONE},
};

static const struct command_option with_store[] = {
    {"store", OPTION_STORE, "STORE", TEXT_OPTION_STORE},
    {"company", OPTION_COMPANY, "CODE", TEXT_OPTION_COMPANY},
    {"actor", OPTION_ACTOR, "NAME", TEXT_OPTION_ACTOR},
    {"index", OPTION_STORE_INDEX, "FILE", TEXT_OPTION_INDEX},
    {NULL, 0, NULL, TEXT_NONE},
};

static size_t add_options(struct option *out, size_t count, const struct command_option *options)
{
    for (; options != NULL && options->name != NULL && count + 1 < MOST_OPTIONS; options++) {
        out[count].name = options->name;
        out[count].has_arg = options->argument != NULL ? required_argument : no_argument;
        out[count].flag = NULL;
        out[count++].val = options->number;
    }
    return count;
}

static int set_shared(struct session *session, const struct command *command, int number)
{
    switch (number) {
    case OPTION_HELP:
        help_command(session, command);
        return OPTIONS_STOP;
    case OPTION_JSON:
        session->out.json = 1;
        break;
    case OPTION_LANG:
        if (strcmp(optarg, "en") != 0 && strcmp(optarg, "tr") != 0) {
            output_usage(&session->out, command->name, TEXT_BAD_LANGUAGE, optarg);
            return OPTIONS_STOP;
        }
        session->out.language = output_language(optarg);
        break;
    case OPTION_STORE:
        session->store = optarg;
        break;
    case OPTION_COMPANY:
        session->company = optarg;
        break;
    case OPTION_ACTOR:
        session->actor = optarg;
        break;
    case OPTION_STORE_INDEX:
        session->index = optarg;
        break;
    default:
        return number;
    }
    return 0;
}

/*
 * "-50" is an amount, not an option -5: a blank in front of it makes it an operand to getopt, and
 * value_amount() passes over it. The copies live as long as the program, as argv does.
 */
static void protect_numbers(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct buffer text = {0};

        if (argv[i][0] != '-' || argv[i][1] < '0' || argv[i][1] > '9')
            continue;
        buffer_add_string(&text, " ");
        buffer_add_string(&text, argv[i]);
        argv[i] = buffer_string(&text);
    }
}

int options_next(struct session *session, const struct command *command, int argc, char **argv)
{
    struct option table[MOST_OPTIONS] = {{NULL, 0, NULL, 0}};
    size_t count = add_options(table, 0, always);
    int number;

    if (command->uses & USES_STORE)
        count = add_options(table, count, with_store);
    add_options(table, count, command->options);
    if (optind == 0)
        protect_numbers(argc, argv);
    opterr = 0;
    for (;;) {
        number = getopt_long(argc, argv, ":h", table, NULL);
        if (number == -1)
            return OPTIONS_END;
        if (number == ':' || number == '?') {
            enum text text = number == ':' ? TEXT_OPTION_NEEDS_VALUE : TEXT_UNKNOWN_OPTION;

            char *word = output_harmless(argv[optind > 1 ? optind - 1 : 1], "=");

            output_usage(&session->out, command->name, text, word);
            free(word);
            return OPTIONS_STOP;
        }
        number = set_shared(session, command, number);
        if (number != 0)
            return number;
    }
}

static void help_options(const struct session *session, const struct command_option *options)
{
    for (; options != NULL && options->name != NULL; options++) {
        char left[64];
        int length = snprintf(left, sizeof left, "--%s%s%s", options->name, options->argument ? " " : "",
                              options->argument ? options->argument : "");
        size_t width = length < 0 ? 0 : output_width(left, strlen(left));

        printf("  %s%*s%s\n", left, (int)(width < 24 ? 26 - width : 2), "",
               text_raw(options->help, session->out.language));
    }
}

void help_command(const struct session *session, const struct command *command)
{
    const char *language = session->out.language;

    printf("%s %s %s %s\n\n%s\n", text_raw(TEXT_USAGE, language), session->program, command->name, command->usage,
           text_raw(command->summary, language));
    if (command->help != TEXT_NONE)
        printf("\n%s\n", text_raw(command->help, language));
    printf("\n%s\n", text_raw(TEXT_OPTIONS, language));
    help_options(session, command->options);
    if (command->uses & USES_STORE)
        help_options(session, with_store);
    help_options(session, always);
    printf("\n%s\n", text_raw(TEXT_HELP_EXIT, language));
}

void help_overview(const struct session *session)
{
    static const enum text titles[GROUP_COUNT] = {TEXT_GROUP_STATEMENTS, TEXT_GROUP_SETUP, TEXT_GROUP_DAILY,
                                                  TEXT_GROUP_LIMITS};
    const char *language = session->out.language;

    printf("%s %s %s\n\n%s\n", text_raw(TEXT_USAGE, language), session->program,
           text_raw(TEXT_OVERVIEW_USAGE, language), text_raw(TEXT_OVERVIEW, language));
    for (int group = 0; group < GROUP_COUNT; group++) {
        int titled = 0;

        for (const struct command *const *at = commands; *at != NULL; at++) {
            if ((*at)->group != group)
                continue;
            if (!titled)
                printf("\n%s\n", text_raw(titles[group], language));
            titled = 1;
            printf("  %-11s %s\n", (*at)->name, text_raw((*at)->summary, language));
        }
    }
    printf("\n%s\n", text_raw(TEXT_OVERVIEW_END, language));
}

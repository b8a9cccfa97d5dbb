/* SPDX-License-Identifier: Apache-2.0
 *
 * main.c: finds the command and hands over. Must not know any command by name.
 */
#define _POSIX_C_SOURCE 200809L
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mt940connect/base.h>
#include <mt940connect/iban.h>

#include "command.h"

static const struct option options[] = {
    {"help", no_argument, NULL, OPTION_HELP},
    {"version", no_argument, NULL, OPTION_VERSION},
    {"lang", required_argument, NULL, OPTION_LANG},
    {"json", no_argument, NULL, OPTION_JSON},
    {"store", required_argument, NULL, OPTION_STORE},
    {"company", required_argument, NULL, OPTION_COMPANY},
    {"actor", required_argument, NULL, OPTION_ACTOR},
    {NULL, 0, NULL, 0},
};

static const char *login_name(void)
{
    const char *const variables[] = {"LOGNAME", "USER", "USERNAME"};
    const struct passwd *entry;

    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);

        if (value != NULL && value[0] != '\0')
            return value;
    }
    entry = getpwuid(geteuid());
    return entry == NULL || entry->pw_name == NULL ? "" : entry->pw_name;
}

/* Options before the command. 0 = go on, 1 = done. */
static int leading_options(struct session *session, int argc, char **argv)
{
    char *word;

    opterr = 0;
    for (;;) {
        int number = getopt_long(argc, argv, "+:hV", options, NULL);

        switch (number) {
        case -1:
            return 0;
        case OPTION_JSON:
            session->out.json = 1;
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
        case OPTION_HELP:
            help_overview(session);
            return 1;
        case OPTION_VERSION:
            printf("mt940connect %s (IBAN %d, %s)\n", mt940_version(), mt940_iban_registry_release(),
                   mt940_iban_registry_date());
            return 1;
        case OPTION_LANG:
            if (strcmp(optarg, "en") == 0 || strcmp(optarg, "tr") == 0) {
                session->out.language = output_language(optarg);
                break;
            }
            output_usage(&session->out, NULL, TEXT_BAD_LANGUAGE, optarg);
            return 1;
        default:
            word = output_harmless(argv[optind > 1 ? optind - 1 : 1], "=");
            output_usage(&session->out, NULL, number == ':' ? TEXT_OPTION_NEEDS_VALUE : TEXT_UNKNOWN_OPTION, word);
            free(word);
            return 1;
        }
    }
}

static void unknown_command(struct session *session, const char *name)
{
    const struct command *near = command_suggest(name);
    char *text;

    if (near == NULL) {
        output_usage(&session->out, NULL, TEXT_UNKNOWN_COMMAND, name);
        return;
    }
    text = TEXT_FORMAT(TEXT_UNKNOWN_COMMAND_NEAR, session->out.language, name, near->name);
    output_failure(&session->out, NULL, "USAGE", text);
    free(text);
}

static void run(struct session *session, int argc, char **argv)
{
    const struct command *command;

    if (leading_options(session, argc, argv))
        return;
    if (optind >= argc) {
        output_usage(&session->out, NULL, TEXT_NO_COMMAND, NULL);
        return;
    }
    if (strcmp(argv[optind], "help") == 0) {
        command = optind + 1 < argc ? command_find(argv[optind + 1]) : NULL;
        if (command != NULL)
            help_command(session, command);
        else
            help_overview(session);
        return;
    }
    command = command_find(argv[optind]);
    if (command == NULL) {
        unknown_command(session, argv[optind]);
        return;
    }
    argc -= optind;
    argv += optind;
    optind = 0; /* begins anew; 1 would keep the mode of the first round */
    command->run(session, command, argc, argv);
}

int main(int argc, char **argv)
{
    struct session session = {.program = "mt940connect", .store = "sqlite:mt940connect.db", .company = ""};

    if (getenv("MT940CONNECT_STORE") != NULL && getenv("MT940CONNECT_STORE")[0] != '\0')
        session.store = getenv("MT940CONNECT_STORE");
    output_init(&session.out);
    session.actor = login_name();
    run(&session, argc, argv);
    return output_exit_code(&session.out);
}

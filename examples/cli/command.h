/* SPDX-License-Identifier: Apache-2.0
 *
 * command.h: what a command is. Each cmd_<name>.c defines one; commands.c lists them. To add a
 * command: write its file, add it to the list and to meson.build.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <getopt.h>

#include "output.h"
#include "text.h"

/* An option of a command. Numbers of long-only options begin at 256. */
struct command_option {
    const char *name; /* without the dashes; NULL ends a list */
    int number;
    const char *argument; /* name of its value in help, NULL = it takes none */
    enum text help;
};

/* Groups of the overview. */
enum command_group { GROUP_STATEMENTS, GROUP_SETUP, GROUP_DAILY, GROUP_LIMITS, GROUP_COUNT };

/* What a command may use besides its own options. */
enum command_use {
    USES_NOTHING = 0,
    USES_STORE = 1 /* takes --store, --company, --actor, --index */
};

/* What was said before or with any command. */
struct session {
    struct output out;
    const char *program;
    const char *store;   /* --store, or the default */
    const char *company; /* --company, "" = not given */
    const char *actor;   /* --actor, or the login name */
    const char *index;   /* --index, NULL = not given */
};

struct command {
    const char *name;
    int group;         /* enum command_group */
    unsigned uses;     /* bits of enum command_use */
    const char *usage; /* what follows the name: "[--strict] FILE…" */
    enum text summary; /* one line */
    enum text help;    /* the rest, lines already broken; TEXT_NONE = nothing to add */
    const struct command_option *options; /* NULL = none of its own */
    /* `argv` from optind on holds the operands. The exit code is made from session->out. */
    void (*run)(struct session *session, const struct command *command, int argc, char **argv);
};

/* Every command, in the order of the overview; NULL ends it. */
extern const struct command *const commands[];
const struct command *command_find(const char *name);
/* The command nearest to a mistyped name, NULL when none is near. */
const struct command *command_suggest(const char *name);

/* Numbers of options that several commands share. */
enum shared_option {
    OPTION_HELP = 'h',
    OPTION_VERSION = 'V',
    OPTION_JSON = 256,
    OPTION_LANG,
    OPTION_STORE,
    OPTION_STORE_INDEX,
    OPTION_COMPANY,
    OPTION_ACTOR,
    OPTION_OWN /* first number for a command's own options */
};

/* What options_next() returns besides option numbers. */
enum { OPTIONS_END = -1, OPTIONS_STOP = -2 };

/*
 * Next option of a command: its number with the value in optarg, OPTIONS_END when operands
 * follow, OPTIONS_STOP when the command must not run (help was shown, or a mistake reported).
 * Shared options are taken care of.
 */
int options_next(struct session *session, const struct command *command, int argc, char **argv);

void help_overview(const struct session *session);
void help_command(const struct session *session, const struct command *command);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * read.h: options and findings of the commands that read statements.
 */
#ifndef CLI_READ_H
#define CLI_READ_H

#include <mt940connect/statement.h>

#include "command.h"
#include "input.h"

enum { OPTION_STRICT = OPTION_OWN, OPTION_CHARSET, OPTION_ANY_LINE_ENDS };
/* How many numbers the options below take. */
#define READ_OPTIONS 3
#define READ_OPTION_ENTRIES                                                                                           \
    {"strict", OPTION_STRICT, NULL, TEXT_OPTION_STRICT},                                                                   \
        {"any-line-ends", OPTION_ANY_LINE_ENDS, NULL, TEXT_OPTION_ANY_LINE_ENDS},                                          \
        {"charset", OPTION_CHARSET, "C", TEXT_OPTION_CHARSET}

struct read_options {
    struct mt940_statement_options statement;
};

void read_options_init(struct read_options *options);
/* Takes one of the options above; 0 = a mistake was reported. */
int read_option(struct session *session, const struct command *command, int number, struct read_options *options);

/* Reads a file; a failure is reported and gives 0. The document borrows the file's bytes. */
int read_document(struct output *out, const struct read_options *options, const struct input_file *file,
                  struct mt940_document **document);
/*
 * Prints a finding, or those of a document, from `least` severity up, and counts errors; under --strict warnings too.
 */
void read_finding(struct output *out, const struct read_options *options, const char *name,
                  const struct mt940_finding *finding, int32_t least);
void read_report(struct output *out, const struct read_options *options, const char *name,
                 const struct mt940_document *document, int32_t least);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * input.h: the bytes of a file named on the command line, or of standard input.
 */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include "output.h"

/* Largest file taken; the library's own default for documents. */
#define INPUT_LIMIT ((size_t)1 << 30)

struct input_file {
    const char *name; /* as it is printed; "-" for standard input */
    char *bytes;      /* for free() by input_close() */
    size_t length;
};

/* Reads all of it. A failure is reported in `out` (exit 2) and gives 0; else 1. */
int input_open(struct output *out, const char *path, struct input_file *file);
void input_close(struct input_file *file);

/* For what is read piece by piece: a descriptor to read from, -1 when it was reported why not. "-" is standard input. */
int input_descriptor(struct output *out, const char *path);
/* Reports an error number of a file (exit 2). */
void input_report(struct output *out, const char *name, int number);

#endif

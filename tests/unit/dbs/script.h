/* SPDX-License-Identifier: Apache-2.0
 *
 * script.h: small stories about limits as text files (cases/dbs/README.md), so that a case is
 * added without C. A line is a verb, arguments, key=value options, and after "->" what it must
 * answer. Who carries out the verbs is the caller's: the pure room, or the flow over a store.
 */
#ifndef TEST_DBS_SCRIPT_H
#define TEST_DBS_SCRIPT_H

#include <stddef.h>

#define SCRIPT_WORDS 32

struct script_line {
    const char *file;
    unsigned number;
    const char *verb;
    size_t arg_count;
    const char *args[SCRIPT_WORDS];
    size_t option_count;
    const char *keys[SCRIPT_WORDS];
    const char *values[SCRIPT_WORDS];
    size_t expect_count;
    const char *expects[SCRIPT_WORDS];
};

/* What a verb answers: words separated by blanks. */
struct script_answer {
    size_t length;
    char text[4096];
};

struct script_verb {
    const char *name;
    void (*run)(void *world, const struct script_line *line, struct script_answer *answer);
};

/*
 * Runs a file: every word after "->" must be among the words of the answer, and every word in
 * capitals of the answer (a message) must be expected. `after` is called behind each line; it
 * may be NULL. The file's text lives until script_free(). Returns the lines run.
 */
size_t script_run(const char *path, const struct script_verb *verbs, size_t verb_count, void *world,
                  void (*after)(void *world, const struct script_line *line), char **text);
void script_free(char *text);

/* An argument; fails the test when there are fewer. */
const char *script_arg(const struct script_line *line, size_t index);
/* An option's value, or `otherwise`. */
const char *script_option(const struct script_line *line, const char *key, const char *otherwise);
void script_say(struct script_answer *answer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void script_fail(const struct script_line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));

#endif

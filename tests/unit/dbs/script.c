/* SPDX-License-Identifier: Apache-2.0
 *
 * script.c: reads and runs small stories (script.h).
 */
#include "script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void script_say(struct script_answer *answer, const char *format, ...)
{
    size_t left = sizeof(answer->text) - answer->length;
    va_list args;
    int wrote;

    va_start(args, format);
    wrote = vsnprintf(answer->text + answer->length, left, format, args);
    va_end(args);
    assert_true(wrote >= 0 && (size_t)wrote + 2 < left);
    answer->length += (size_t)wrote;
    answer->text[answer->length++] = ' ';
    answer->text[answer->length] = '\0';
}

void script_fail(const struct script_line *line, const char *format, ...)
{
    char text[4600];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    fail_msg("%s:%u: %s: %s", line->file, line->number, line->verb, text);
    abort();
}

const char *script_arg(const struct script_line *line, size_t index)
{
    if (index >= line->arg_count)
        script_fail(line, "argument %zu is missing", index + 1);
    return line->args[index];
}

const char *script_option(const struct script_line *line, const char *key, const char *otherwise)
{
    for (size_t i = 0; i < line->option_count; i++)
        if (strcmp(line->keys[i], key) == 0)
            return line->values[i];
    return otherwise;
}

static void add_word(struct script_line *line, char *word, int is_expected)
{
    char *equals = strchr(word, '=');

    if (is_expected) {
        line->expects[line->expect_count++] = word;
    } else if (equals) {
        *equals = '\0';
        line->keys[line->option_count] = word;
        line->values[line->option_count++] = equals + 1;
    } else if (!line->verb) {
        line->verb = word;
    } else {
        line->args[line->arg_count++] = word;
    }
    assert_true(line->expect_count < SCRIPT_WORDS && line->option_count < SCRIPT_WORDS &&
                line->arg_count < SCRIPT_WORDS);
}

/* Cuts one line of the text in place. */
static void cut(char *text, struct script_line *line)
{
    int is_expected = 0;

    for (char *word = strtok(text, " \t\r"); word && *word != '#'; word = strtok(NULL, " \t\r")) {
        if (strcmp(word, "->") == 0)
            is_expected = 1;
        else
            add_word(line, word, is_expected);
    }
}

static int has_word(const char *text, const char *word, size_t length)
{
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
        if ((at == text || at[-1] == ' ') && at[length] == ' ')
            return 1;
    return 0;
}

static void compare(const struct script_line *line, const struct script_answer *answer)
{
    const char *word = answer->text;

    for (size_t i = 0; i < line->expect_count; i++)
        if (!has_word(answer->text, line->expects[i], strlen(line->expects[i])))
            script_fail(line, "%s is not in the answer: %s", line->expects[i], answer->text);
    while (*word) {
        size_t length = strcspn(word, " ");
        int found = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != length;

        for (size_t i = 0; i < line->expect_count && !found; i++)
            found = strncmp(line->expects[i], word, length) == 0 && line->expects[i][length] == '\0';
        if (!found)
            script_fail(line, "the answer was not expected: %s", answer->text);
        word += length + 1;
    }
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t length;
    char *text;

    if (!file)
        fail_msg("%s cannot be opened", path);
    fseek(file, 0, SEEK_END);
    length = (size_t)ftell(file);
    rewind(file);
    text = malloc(length + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, length, file), length);
    text[length] = '\0';
    fclose(file);
    return text;
}

static void run_line(const struct script_line *line, const struct script_verb *verbs, size_t verb_count, void *world)
{
    struct script_answer answer = {.length = 0};

    for (size_t i = 0; i < verb_count; i++) {
        if (strcmp(verbs[i].name, line->verb) == 0) {
            verbs[i].run(world, line, &answer);
            compare(line, &answer);
            return;
        }
    }
    script_fail(line, "there is no such verb");
}

size_t script_run(const char *path, const struct script_verb *verbs, size_t verb_count, void *world,
                  void (*after)(void *world, const struct script_line *line), char **text)
{
    struct script_line line = {.file = path};
    size_t lines = 0;
    char *next = *text = read_file(path);

    while (next && *next) {
        char *start = next;

        next = strchr(start, '\n');
        if (next)
            *next++ = '\0';
        line = (struct script_line){.file = path, .number = line.number + 1};
        cut(start, &line);
        if (!line.verb)
            continue;
        run_line(&line, verbs, verb_count, world);
        if (after)
            after(world, &line);
        lines++;
    }
    return lines;
}

void script_free(char *text)
{
    free(text);
}

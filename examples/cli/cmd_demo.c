/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_demo.c: tells the whole story on bundled files, in a folder of its own that is taken away
 * again. Every step is an ordinary command; a step that ends otherwise than told is an error.
 */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "buffer.h"
#include "command.h"
#include "demo.h"

enum { OPTION_KEEP = OPTION_OWN };

static const struct command_option options[] = {
    {"keep", OPTION_KEEP, NULL, TEXT_OPTION_KEEP},
    {NULL, 0, NULL, TEXT_NONE},
};

static const struct {
    int exit_code;
    const char *english, *turkish, *line;
} steps[] = {
#define DEMO_STEP(exit_code, english, turkish, line) {exit_code, english, turkish, line},
#include "demo.def"
#undef DEMO_STEP
};

#define MOST_WORDS 24

static const char rest_of_cut_file[] = ",00NTRFNONREF//DK0000124301\r\n:86:GELEN FAST\r\n:62F:C260718TRY35224,00\r\n-\r\n";

static int write_file(const char *name, const char *mode, const void *bytes, size_t length)
{
    FILE *file = fopen(name, mode);
    int good = file != NULL && fwrite(bytes, 1, length, file) == length;

    if (file != NULL && fclose(file) != 0)
        good = 0;
    return good;
}

/* The folder with everything in it becomes the working directory. */
static int set_up(struct output *out, char *folder)
{
    int good = mkdtemp(folder) != NULL && chdir(folder) == 0 && mkdir("books", 0700) == 0 && mkdir("banks", 0700) == 0;

    for (const struct demo_file *file = demo_files; good && file->name != NULL; file++)
        good = write_file(file->name, "wb", file->bytes, file->length);
    if (!good)
        output_failure(out, folder, "E_IO", strerror(errno));
    return good;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    return remove(path);
}

static void narrate(const struct output *out, size_t step)
{
    const char *text = strcmp(out->language, "tr") == 0 ? steps[step].turkish : steps[step].english;

    if (text[0] != '\0') {
        putchar('\n');
        output_paint(out, "1");
        printf("== %s", text);
        output_paint(out, "0");
        putchar('\n');
    }
    output_paint(out, "36");
    printf("$ mt940connect %s", steps[step].line);
    output_paint(out, "0");
    putchar('\n');
}

/* Cuts a line at its blanks; the words point into `line`. */
static int cut(char *line, char *words[MOST_WORDS + 1])
{
    int count = 0;

    while (*line != '\0' && count < MOST_WORDS) {
        words[count++] = line;
        line += strcspn(line, " ");
        if (*line == ' ')
            *line++ = '\0';
    }
    words[count] = NULL;
    return count;
}

/* Runs a step in a session of its own; its exit code. */
static int run_step(const struct session *session, size_t step)
{
    struct session inner = *session;
    char *line = string_copy(steps[step].line, strlen(steps[step].line));
    char *words[MOST_WORDS + 1];
    int count = cut(line, words);
    const struct command *command = command_find(words[0]);
    int code;

    inner.out.errors = inner.out.failures = 0;
    inner.out.json = 0;
    inner.out.terminal = 1; /* aligned for people, also in a log */
    if (command == NULL) {
        code = write_file("banks/C17.sta", "ab", rest_of_cut_file, sizeof rest_of_cut_file - 1) ? 0 : 2;
    } else {
        optind = 0;
        command->run(&inner, command, count, words);
        code = output_exit_code(&inner.out);
    }
    free(line);
    return code;
}

static void tell(const struct session *session)
{
    struct output *out = (struct output *)&session->out;
    clock_t begun = clock();
    char seconds[48];
    long tenths;
    char *text;

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        int code;

        narrate(out, i);
        fflush(stdout);
        code = run_step(session, i);
        if (code != steps[i].exit_code) {
            char number[12];

            snprintf(number, sizeof number, "%d", code);
            text = TEXT_FORMAT(TEXT_DEMO_OTHERWISE, out->language, steps[i].line, number);
            output_failure(out, NULL, "DEMO", text);
            free(text);
        }
    }
    tenths = (long)((clock() - begun) / (CLOCKS_PER_SEC / 10));
    snprintf(seconds, sizeof seconds, "%ld.%ld", tenths / 10, tenths % 10);
    text = TEXT_FORMAT(TEXT_DEMO_END, out->language, seconds);
    printf("\n%s\n", text);
    free(text);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    const char *temporary = getenv("TMPDIR");
    struct buffer path = {0};
    char *folder;
    int number, keep = 0;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return;
        keep = 1;
    }
    if (optind < argc) {
        output_usage(&session->out, command->name, TEXT_UNEXPECTED, argv[optind]);
        return;
    }
    buffer_add_string(&path, temporary == NULL || temporary[0] == '\0' ? "/tmp" : temporary);
    buffer_add_string(&path, "/mt940connect-demo-XXXXXX");
    folder = buffer_string(&path);
    session->store = "sqlite:demo.db";
    session->company = "";
    /* What the steps complain about is a part of the story and keeps its place in it. */
    if (dup2(STDOUT_FILENO, STDERR_FILENO) >= 0 && set_up(&session->out, folder))
        tell(session);
    if (keep) {
        puts(folder);
    } else if (chdir("/") == 0) {
        nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    }
    free(folder);
}

const struct command command_demo = {
    "demo", GROUP_SETUP, USES_NOTHING, "[--keep]", TEXT_DEMO_SUMMARY, TEXT_DEMO_HELP, options, run,
};

/* SPDX-License-Identifier: Apache-2.0
 *
 * output.c: diagnostics, progress and the exit code. Must not know any command.
 */
#define _POSIX_C_SOURCE 200809L
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buffer.h"

static const char *const severity_colours[] = {"36", "36", "33", "31"};

const char *output_language(const char *name)
{
    if (name != NULL && (strncmp(name, "tr", 2) == 0 || strncmp(name, "TR", 2) == 0) &&
        (name[2] == '\0' || strchr("_-.@", name[2]) != NULL))
        return "tr";
    return "en";
}

void output_init(struct output *out)
{
    const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    int colour = (no_colour == NULL || no_colour[0] == '\0') && terminal != NULL && strcmp(terminal, "dumb") != 0;

    *out = (struct output){.language = "en"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);

        if (value != NULL && value[0] != '\0') {
            out->language = output_language(value);
            break;
        }
    }
    out->terminal = isatty(STDOUT_FILENO);
    out->colour_out = out->terminal && colour;
    out->progress = isatty(STDERR_FILENO);
    out->colour_err = out->progress && colour;
}

int output_exit_code(struct output *out)
{
    output_progress_clear(out);
    if (fflush(stdout) != 0 || ferror(stdout))
        output_failure(out, NULL, "E_IO", text_raw(TEXT_OUTPUT_LOST, out->language));
    if (out->failures > 0)
        return 2;
    return out->errors > 0 ? 1 : 0;
}

const char *output_severity(const struct output *out, int severity)
{
    static const enum text names[] = {TEXT_SEVERITY_INFO, TEXT_SEVERITY_REPAIR, TEXT_SEVERITY_WARNING,
                                      TEXT_SEVERITY_ERROR};

    if (severity < MT940_INFO || severity > MT940_ERROR)
        severity = MT940_ERROR;
    return text_raw(names[severity], out->language);
}

static void write_place(const struct place *place)
{
    char *name;

    if (place == NULL || place->file == NULL) {
        fputs("mt940connect: ", stderr);
        return;
    }
    name = output_clean(place->file, strlen(place->file));
    fputs(name, stderr);
    free(name);
    if (place->line > 0)
        fprintf(stderr, ":%lu", place->line);
    if (place->line > 0 && place->column > 0)
        fprintf(stderr, ":%lu", place->column);
    fputs(": ", stderr);
}

static void write_diagnostic(struct output *out, const struct place *place, int severity, const char *code,
                             const char *text)
{
    const char *colour = severity_colours[severity < 0 || severity > MT940_ERROR ? MT940_ERROR : severity];
    char *clean = output_clean(text, strlen(text));

    /* Results written so far must stand before what is said about them. */
    output_progress_clear(out);
    fflush(stdout);
    write_place(place);
    if (out->colour_err)
        fprintf(stderr, "\033[%sm%s\033[0m: ", colour, output_severity(out, severity));
    else
        fprintf(stderr, "%s: ", output_severity(out, severity));
    fprintf(stderr, "%s: %s\n", code, clean);
    free(clean);
}

void output_diagnose(struct output *out, const struct place *place, int severity, const char *code,
                     const char *text)
{
    write_diagnostic(out, place, severity, code, text);
    if (severity == MT940_ERROR)
        out->errors++;
}

const char *output_message_code(int32_t message)
{
    const char *name = mt940_message_name(message);

    return name == NULL ? "UNKNOWN" : name;
}

char *output_message_text(const struct output *out, int32_t message, const struct mt940_message_arg *args,
                          size_t count)
{
    int needed = mt940_message_format(message, args, count, out->language, NULL, 0);
    char *text;

    if (needed < 0)
        return string_copy("", 0);
    text = memory_resize(NULL, (size_t)needed + 1);
    mt940_message_format(message, args, count, out->language, text, (size_t)needed + 1);
    return text;
}

void output_message(struct output *out, const struct place *place, int32_t message,
                    const struct mt940_message_arg *args, size_t count)
{
    char *text = output_message_text(out, message, args, count);
    int severity = mt940_message_severity(message);

    output_diagnose(out, place, severity < 0 ? MT940_ERROR : severity, output_message_code(message), text);
    free(text);
}

void output_finding(struct output *out, const char *file, const struct mt940_finding *finding)
{
    struct place place = {file, finding->line, finding->column};
    char *text = output_message_text(out, finding->message, finding->args, finding->arg_count);

    output_diagnose(out, &place, finding->severity, output_message_code(finding->message), text);
    free(text);
}

void output_failure(struct output *out, const char *file, const char *code, const char *text)
{
    struct place place = {file, 0, 0};

    write_diagnostic(out, &place, MT940_ERROR, code, text);
    out->failures++;
}

void output_status(struct output *out, const char *file, int status, const struct mt940_error *error)
{
    const char *name = mt940_status_name(status);
    const char *detail = error != NULL && error->status == status ? error->text : "";
    const char *sentence = mt940_status_text(status);
    struct buffer text = {0};
    char *joined;

    if (detail[0] != '\0') {
        buffer_add_string(&text, detail);
        buffer_add_string(&text, ". ");
    }
    buffer_add_string(&text, sentence);
    joined = buffer_string(&text);
    output_failure(out, file, strncmp(name, "MT940_", 6) == 0 ? name + 6 : name, joined);
    free(joined);
}

char *output_harmless(const char *word, const char *stops)
{
    size_t length = strcspn(word, stops);
    struct buffer text = {0};

    buffer_add(&text, word, length);
    if (word[length] != '\0')
        buffer_add_string(&text, "\xE2\x80\xA6");
    return buffer_string(&text);
}

void output_usage(struct output *out, const char *command, enum text text, const char *word)
{
    char *what = TEXT_FORMAT(text, out->language, word);
    char *where = TEXT_FORMAT(TEXT_SEE_HELP, out->language, command == NULL ? "" : command,
                              command == NULL ? "" : " ");
    struct buffer sentence = {0};
    char *joined;

    buffer_add_string(&sentence, what);
    buffer_add_string(&sentence, where);
    joined = buffer_string(&sentence);
    output_failure(out, NULL, "USAGE", joined);
    free(joined);
    free(where);
    free(what);
}

void output_progress(struct output *out, const char *text)
{
    char *clean;

    if (!out->progress)
        return;
    clean = output_clean(text, strlen(text));
    fprintf(stderr, "\r\033[K%s", clean);
    fflush(stderr);
    free(clean);
    out->progress_shown = 1;
}

void output_progress_bar(struct output *out, uint64_t done, uint64_t total)
{
    enum { width = 40 };
    char text[width + 64];
    size_t at = 0;

    if (out->progress_lines)
        fprintf(stderr, "%llu/%llu\n", (unsigned long long)done, (unsigned long long)total);
    if (total == 0 || out->progress_lines)
        return;
    text[at++] = '[';
    for (uint64_t i = 0; i < width; i++)
        text[at++] = i * total < done * width ? '#' : '.';
    snprintf(text + at, sizeof text - at, "] %llu/%llu", (unsigned long long)done, (unsigned long long)total);
    if (done < total)
        output_progress(out, text);
    else
        output_progress_clear(out);
}

void output_progress_clear(struct output *out)
{
    if (!out->progress_shown)
        return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    out->progress_shown = 0;
}

void output_paint(const struct output *out, const char *colour)
{
    if (out->colour_out)
        printf("\033[%sm", colour);
}

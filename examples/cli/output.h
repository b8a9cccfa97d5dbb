/* SPDX-License-Identifier: Apache-2.0
 *
 * output.h: everything the command says: diagnostics on stderr, results on stdout, the exit
 * code. Colour and progress only where a person looks at a terminal.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <mt940connect/message.h>
#include <mt940connect/statement.h>

#include "text.h"

struct output {
    const char *language; /* "en" or "tr" */
    int json;             /* --json */
    int terminal;         /* stdout is one */
    int colour_out;
    int colour_err;
    int progress;         /* stderr is a terminal and nothing forbids it */
    int progress_shown;
    int progress_lines; /* --progress without a terminal */
    unsigned long errors;   /* error findings and refusals: exit 1 */
    unsigned long failures; /* usage and environment: exit 2 */
};

/* Where something was found; line and column 0 = not known. `file` may be NULL. */
struct place {
    const char *file;
    unsigned long line;
    unsigned long column;
};

/* Language from the name of a locale or of a language ("tr_TR.UTF-8" gives "tr"); default "en". */
const char *output_language(const char *name);
/* Asks the environment and the terminal. */
void output_init(struct output *out);
/* 0 good, 1 data, 2 usage or environment; also checks that stdout took everything. */
int output_exit_code(struct output *out);

/* FILE:LINE:COLUMN: severity: code: text. Counts errors (severity MT940_ERROR). */
void output_diagnose(struct output *out, const struct place *place, int severity, const char *code,
                     const char *text);
/* A text of the library by number, with its own severity and name. */
void output_message(struct output *out, const struct place *place, int32_t message,
                    const struct mt940_message_arg *args, size_t count);
/* Text of a message as a block for free(). */
char *output_message_text(const struct output *out, int32_t message, const struct mt940_message_arg *args,
                          size_t count);
/* Name without "MT940_M_" is what messages have already; the code as it is printed. */
const char *output_message_code(int32_t message);
/* A finding of a statement. */
void output_finding(struct output *out, const char *file, const struct mt940_finding *finding);
/* Something outside the data failed: exit 2. `file` may be NULL. */
void output_failure(struct output *out, const char *file, const char *code, const char *text);
/* A failed call of the library: its name, its sentence and the text of the error. */
void output_status(struct output *out, const char *file, int status, const struct mt940_error *error);
/* A mistake in the call itself: exit 2, and where to read on. `command` may be NULL. */
void output_usage(struct output *out, const char *command, enum text text, const char *word);

/*
 * The beginning of a word that may hold a secret (ftp://user:password@host, --password=…): up to
 * the first of `stops`, for free().
 */
char *output_harmless(const char *word, const char *stops);

/* "error", "warning" … in the user's language. */
const char *output_severity(const struct output *out, int severity);

/* Shows and takes away one line of progress on stderr. */
void output_progress(struct output *out, const char *text);
void output_progress_clear(struct output *out);
/*
 * A bar of how far a long call is; it goes when the call ends. Asked for with --progress where no
 * terminal is: a line "DONE/TOTAL" for every step.
 */
void output_progress_bar(struct output *out, uint64_t done, uint64_t total);

/* Starts and ends colour on stdout ("1" bold, "31" red …); nothing without a terminal. */
void output_paint(const struct output *out, const char *colour);

/*
 * A copy fit for a terminal, for free(): control bytes, bytes that are no UTF-8 and characters
 * that turn the writing direction round become \xNN. Bank texts and file names are hostile.
 */
char *output_clean(const char *text, size_t length);
/* Columns a clean UTF-8 text takes. */
size_t output_width(const char *text, size_t length);

/* Minor units of a currency as an amount. */
struct mt940_amount output_money(int64_t units, const struct mt940_view *currency);
/* Amount as the language writes it: 12.500,75 or 12,500.75; for free(). */
char *output_amount(const struct output *out, const struct mt940_amount *amount);
/* Date as the language writes it: 15.07.2026 or 2026-07-15; "" when absent. */
void output_date(const struct output *out, const struct mt940_date *date, char text[11]);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * report.h: findings on their way to the sink.
 */
#ifndef MT940_BOOKS_REPORT_H
#define MT940_BOOKS_REPORT_H

#include "mt940connect/adapters/books.h"

/* Findings of one file. */
struct report {
    const struct mt940_csv_sink *sink; /* may be NULL */
    struct mt940_view file;
    uint32_t max_findings;
    uint32_t told;
    int status; /* first non-zero return of the sink; nothing is told after it */
};

/* A place in the file; column 0 = the whole row, line 0 = the whole file. */
void report_say(struct report *report, int32_t message, uint32_t line, uint32_t column,
                const struct mt940_message_arg *args, size_t count);

struct mt940_message_arg arg_text(const char *name, const char *text, size_t length);
struct mt940_message_arg arg_view(const char *name, const struct mt940_view *text);
struct mt940_message_arg arg_number(const char *name, int64_t number);
/* The text of another message. */
struct mt940_message_arg arg_message(const char *name, int32_t message);

/* report_say() with the arguments in place; at least one. */
#define REPORT(report, message, line, column, ...)                                                                    \
    report_say((report), (message), (line), (column), (const struct mt940_message_arg[]){__VA_ARGS__},                \
               sizeof((const struct mt940_message_arg[]){__VA_ARGS__}) / sizeof(struct mt940_message_arg))

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * lines.h: a file or standard input line by line, in memory that does not grow with it.
 */
#ifndef CLI_LINES_H
#define CLI_LINES_H

#include <mt940connect/base.h>

/* Bytes of a line that are handed over; what goes on behind them is passed over. */
#define LINES_LONGEST 65536

struct lines;

struct lines *lines_new(int descriptor);
void lines_free(struct lines *lines);

/*
 * The next line without its end (LF, CR or CRLF), valid until the next call: 1, or 0 at the end
 * of the stream. A byte order mark of UTF-8 before the first line is dropped.
 */
int lines_next(struct lines *lines, struct mt940_view *line);
/* Number of the line just given, from 1. */
unsigned long lines_number(const struct lines *lines);
/* 0, or the error number of the read that ended the stream. */
int lines_failure(const struct lines *lines);

#endif

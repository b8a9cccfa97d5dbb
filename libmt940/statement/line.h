/* SPDX-License-Identifier: Apache-2.0
 *
 * line.h: lines of a window of bytes (LF, CRLF, lone CR, mixed) and what a line may begin.
 */
#ifndef MT940_STATEMENT_LINE_H
#define MT940_STATEMENT_LINE_H

#include "statement/scan.h"

/* The bytes of one run; `final` when the stream ends behind them. */
struct mt940_window {
    const char *bytes;
    size_t length;
    bool final;
};

/* A line by positions in the window: content [start, end), the next line at `next`. */
struct mt940_line {
    size_t start;
    size_t end;
    size_t next;
};

/* Completes `line` from its start, searching from `from`; false while its end is not certain. */
bool mt940_window_line(const struct mt940_window *window, size_t from, struct mt940_line *line);

enum mt940_line_class {
    MT940_LINE_TEXT,     /* belongs to the open item, or to nothing */
    MT940_LINE_FIELD,    /* begins the field `tag` */
    MT940_LINE_END,      /* ends the message */
    MT940_LINE_ENVELOPE, /* block headers */
    MT940_LINE_STRAY,    /* a separator inside a message, to be dropped */
    MT940_LINE_UNDECIDED /* more bytes are needed */
};

/* What a line turned out to be. */
struct mt940_line_verdict {
    int kind;           /* enum mt940_line_class */
    struct mt940_tag tag;
    bool starts_message;
    uint32_t notes;
    size_t start;       /* of the tag, past whatever was forgiven */
    size_t resume;      /* where the next line begins; line.next, or inside this line */
};

void mt940_line_classify(const struct mt940_scanner *scanner, const struct mt940_window *window,
                         const struct mt940_line *line, struct mt940_line_verdict *out);

#endif

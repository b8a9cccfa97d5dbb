/* SPDX-License-Identifier: Apache-2.0
 *
 * lines.c: lines of a stream through one block of memory. Must not know what is in them.
 */
#define _POSIX_C_SOURCE 200809L
#include "lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buffer.h"

struct lines {
    int descriptor;
    int failure; /* error number of a read that failed */
    size_t start, end; /* of what is in the block and not given yet */
    unsigned long number;
    int ended;    /* the stream is */
    int after_cr; /* a line feed that comes next belongs to the line before */
    int overlong; /* the line goes on behind what was given of it */
    char block[2 * LINES_LONGEST];
};

struct lines *lines_new(int descriptor)
{
    struct lines *lines = memory_zeroed(1, sizeof *lines);

    lines->descriptor = descriptor;
    return lines;
}

void lines_free(struct lines *lines)
{
    free(lines);
}

unsigned long lines_number(const struct lines *lines)
{
    return lines->number;
}

int lines_failure(const struct lines *lines)
{
    return lines->failure;
}

/* Makes room behind what is left and reads; what is left is less than half of the block. */
static void fill(struct lines *lines)
{
    size_t left = lines->end - lines->start;
    ssize_t got;

    memmove(lines->block, lines->block + lines->start, left);
    do
        got = read(lines->descriptor, lines->block + left, sizeof lines->block - left);
    while (got < 0 && errno == EINTR);
    lines->failure = got < 0 ? errno : 0;
    lines->start = 0;
    lines->end = left + (got > 0 ? (size_t)got : 0);
    lines->ended = got <= 0;
}

/* Length of the line that begins the block, up to its end or to the end of what there is. */
static size_t line_length(const struct lines *lines, int *closed)
{
    const char *begin = lines->block + lines->start;
    size_t length = lines->end - lines->start;
    const char *feed = memchr(begin, '\n', length);
    const char *carriage = memchr(begin, '\r', feed != NULL ? (size_t)(feed - begin) : length);
    const char *end = carriage != NULL ? carriage : feed;

    *closed = end != NULL;
    return end != NULL ? (size_t)(end - begin) : length;
}

static void take(struct lines *lines, size_t length, int closed)
{
    lines->after_cr = closed && lines->block[lines->start + length] == '\r';
    lines->start += length + (size_t)closed;
}

static void skip_mark(struct lines *lines)
{
    while (lines->end < 3 && !lines->ended)
        fill(lines);
    if (lines->end >= 3 && memcmp(lines->block, "\xEF\xBB\xBF", 3) == 0)
        lines->start = 3;
}

int lines_next(struct lines *lines, struct mt940_view *line)
{
    int closed;
    size_t length;

    if (lines->number == 0)
        skip_mark(lines);
    for (;;) {
        if (lines->start == lines->end && !lines->ended)
            fill(lines);
        if (lines->after_cr && lines->start < lines->end) {
            lines->start += lines->block[lines->start] == '\n';
            lines->after_cr = 0;
            continue;
        }
        length = line_length(lines, &closed);
        if (!closed && length < LINES_LONGEST && !lines->ended) {
            fill(lines);
            continue;
        }
        if (length == 0 && !closed)
            return 0;
        line->data = lines->block + lines->start;
        line->length = length;
        take(lines, length, closed);
        if (!lines->overlong)
            break;
        /* The rest of a line whose beginning was given. */
        lines->overlong = !closed;
    }
    lines->overlong = !closed && line->length >= LINES_LONGEST;
    lines->number++;
    if (line->length > LINES_LONGEST)
        line->length = LINES_LONGEST;
    return 1;
}

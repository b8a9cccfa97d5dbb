/* SPDX-License-Identifier: Apache-2.0
 *
 * skim.h: passes over lines that cannot be structure by looking at their first byte only. One function per kind of
 * processor; all give the same answers. Nearly every byte of a statement is met here and nowhere else.
 */
#ifndef MT940_STATEMENT_SKIM_H
#define MT940_STATEMENT_SKIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What lies ahead of a place in a line. Positions count from the first byte; line ends are LF, CRLF, lone CR. */
struct mt940_skim {
    size_t at;         /* the next line that may begin structure, or `length` if there is none yet */
    size_t last;       /* the last line that begins at or before `at`; `from` if none does */
    size_t first_end;  /* with lines > 0: where the line at `from` ends, */
    size_t first_next; /* and where the next one begins */
    uint32_t lines;    /* ends of lines passed */
    bool high;         /* a byte above 7F was met; it may lie a little past `at` */
};

/* A CR that is the last byte ends no line yet: an LF may follow. */
typedef void mt940_skim_function(const char *bytes, size_t from, size_t length, struct mt940_skim *out);

/* Plain C for every processor. */
mt940_skim_function mt940_skim_plain;

#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
#define MT940_SKIM_X86 1
mt940_skim_function mt940_skim_avx2;
#endif

/* The fastest of them that this processor can run. */
mt940_skim_function *mt940_skim_best(void);

/* The next LF or CR at or behind `from`, or `length`. */
size_t mt940_find_line_end(const char *bytes, size_t from, size_t length);

/* Whether a line that begins so may be more than text: blanks, control bytes, '$', '-', ':', '{', EF of a byte order mark. */
static inline bool mt940_may_begin_structure(char first)
{
    return (unsigned char)first <= ' ' || first == ':' || first == '-' || first == '{' || first == '$' || first == '\xEF';
}

/* Finds a line end as mt940_find_line_end() does; *high gathers a set bit for bytes above 7F. */
typedef size_t mt940_line_end_finder(const char *bytes, size_t from, size_t length, uint64_t *high);

/* The walk from line to line, the same for every finder; inlined with it. */
static inline void mt940_skim_lines(mt940_line_end_finder *find, const char *bytes, size_t from, size_t length,
                                    struct mt940_skim *out)
{
    uint64_t high = 0;
    size_t at = from;
    out->last = from;
    out->lines = 0;
    for (;;) {
        size_t end = find(bytes, at, length, &high);
        size_t next = end + 1;
        if (end >= length || (bytes[end] == '\r' && next == length)) {
            out->at = length;
            break;
        }
        next += bytes[end] == '\r' && bytes[next] == '\n';
        if (out->lines++ == 0) {
            out->first_end = end;
            out->first_next = next;
        }
        at = out->at = out->last = next;
        if (next == length || mt940_may_begin_structure(bytes[next]))
            break;
    }
    out->high = high != 0;
}

#endif

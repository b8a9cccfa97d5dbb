/* SPDX-License-Identifier: Apache-2.0
 *
 * run.h: one reading of a buffer by the push reader, as the benchmarks and the instruction gate do it.
 */
#ifndef MT940_BENCH_RUN_H
#define MT940_BENCH_RUN_H

#include <stdbool.h>

#include "mt940connect/statement.h"

enum { RUN_ENTRIES = 4096, RUN_TEXT = 1 << 20 };

/* What a run saw; the narratives of one statement wait here for its verdict on the character set. */
struct run {
    const char *bytes;
    size_t length, piece; /* fed in pieces of so many bytes */
    size_t times;         /* once more so often, as one stream */
    bool deep;            /* narratives are split, IBANs found, text decoded */
    uint64_t entries, statements, findings, unbalanced, ibans, names;
    int64_t units;
    size_t waiting, kept;
    struct mt940_view raw[RUN_ENTRIES];
    int32_t signs[RUN_ENTRIES];
    char text[RUN_TEXT];
};

/* Ends the program with 2 when the bytes are not read as they must be. */
void run_all(struct run *run, const struct mt940_allocator *allocator);

/* The same for bytes of which nothing is expected. */
void run_any(struct run *run);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * statements.h: the frozen generator of the statement benchmarks. Its bytes never change: figures of different days
 * are compared. Who needs others adds a mix. It knows nothing of the library under test.
 */
#ifndef MT940_BENCH_STATEMENTS_H
#define MT940_BENCH_STATEMENTS_H

#include <stddef.h>
#include <stdint.h>

enum statement_mix {
    MIX_GERMAN,  /* GVC sub-fields with SEPA words, wrapped at 65, windows-1252 umlauts now and then */
    MIX_TURKISH, /* free text; statements in ASCII, windows-1254 or UTF-8 */
    MIX_TINY     /* statements of one movement without a narrative: what a message costs */
};

/*
 * Fills `out` with whole statements of 1 to 200 movements, CRLF, balances right; returns the length, at most
 * `capacity` and short of it by less than one statement. The same mix and capacity give the same bytes.
 */
size_t make_statements(int mix, char *out, size_t capacity);

/* FNV-1a over 64-bit words of the bytes, to hold the generator to its word. */
uint64_t hash_statements(const char *bytes, size_t length);

#endif

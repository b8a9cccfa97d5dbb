/* SPDX-License-Identifier: Apache-2.0
 *
 * events.h: a digest of everything a push reader hands out, so that two readings of the same
 * bytes can be compared.
 */
#ifndef MT940_TESTS_EVENTS_H
#define MT940_TESTS_EVENTS_H

#include "digest.h"
#include "mt940connect/statement.h"

struct events {
    struct digest digest;
    uint32_t statements, entries, fields, findings;
};

/* How the bytes are cut: the n-th piece has sizes[n % count] bytes (0 counts as 1). */
struct cuts {
    const uint8_t *sizes;
    size_t count;
};

/*
 * Reads the bytes in pieces and sums up the events; NULL cuts = in one piece. Returns what the
 * reader returned. `digest` holds DIGEST_TEXT bytes. `allocator` (may be NULL) is the reader's.
 */
int events_read(const void *bytes, size_t length, const struct cuts *cuts,
                const struct mt940_statement_options *options, const struct mt940_allocator *allocator, char *digest,
                struct events *counts);

#endif

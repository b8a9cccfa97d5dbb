/* SPDX-License-Identifier: Apache-2.0
 *
 * streamed.h: the statements of a stream held against those of a document. For tests and fuzzers.
 */
#ifndef MT940_TESTS_STREAMED_H
#define MT940_TESTS_STREAMED_H

#include "mt940connect/statement_stream.h"

/* How far a stream was read. */
struct streamed {
    size_t pages, statements, findings, most_pages;
    uint64_t end; /* of the last page */
    int status;
};

/*
 * Reads the bytes as a document, with chains, and as a stream in pieces of `piece` bytes. NULL when every statement and
 * finding is the same, else what differs. With `keeps` pages are kept and looked at when the stream is gone. `allocator`
 * (may be NULL) is the stream's: what it has not is told in status.
 */
const char *streamed_difference(const void *bytes, size_t length, size_t piece, int keeps,
                                const struct mt940_allocator *allocator, struct streamed *out);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * same.h: whether two readings say the same, whatever the bytes they came from look like. For tests and fuzzers.
 */
#ifndef MT940_TESTS_SAME_H
#define MT940_TESTS_SAME_H

#include "mt940connect/statement_writer.h"

/* Bytes that a writer hands over. */
struct bytes {
    char *data;
    size_t length, capacity;
};

int bytes_write(void *user, const void *data, size_t length);
void bytes_free(struct bytes *bytes);

/* Reads bytes that stay in memory as long as the document; stops the program on anything but success. */
struct mt940_document *document_of(const void *data, size_t length, int strict);
/* NULL when both say the same, else what differs: "entry reference" … */
const char *document_difference(const struct mt940_document *a, const struct mt940_document *b);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * anonymous.h: whether a file that was made anonymous keeps what was promised. For tests and fuzzers.
 */
#ifndef MT940_TESTS_ANONYMOUS_H
#define MT940_TESTS_ANONYMOUS_H

#include <stddef.h>

/*
 * Compares `length` bytes before and after: findings, statements, movements, amounts, dates, codes, dialects and
 * sub-fields; and no word of four and more characters in its old place but those of banks. NULL, or what is wrong.
 */
const char *anonymous_difference(const char *before, const char *after, size_t length);

#endif

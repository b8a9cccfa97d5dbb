/* SPDX-License-Identifier: Apache-2.0
 *
 * plain.h: whether a text can be copied as it stands.
 */
#ifndef CLI_PLAIN_H
#define CLI_PLAIN_H

#include <stddef.h>
#include <stdint.h>

/* What a text has that cannot stand between quotation marks of JSON as it is, or not in every character set; bits. */
enum { PLAIN_NEEDS_ESCAPE = 1, PLAIN_BEYOND_ASCII = 2 };

/* 0 = printing ASCII without quotation mark and backslash. */
int plain_look(const char *text, size_t length);
/* Copies a text as far as that is so of all of it, in one pass; 0 = it is not, and what `out` has then means nothing. */
int plain_copy(const char *text, size_t length, char *out);
/* Whether printing ASCII is the same in a character set as in UTF-8. */
int plain_charset(int32_t charset);
/* Whether bytes of a character set are such a text, and the same in UTF-8. */
int plain_in(int32_t charset, const char *text, size_t length);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * base64.h: bytes as base64 (RFC 4648 §4), and back.
 */
#ifndef CLI_BASE64_H
#define CLI_BASE64_H

#include "buffer.h"

/* Puts the letters behind what `out` holds. */
void base64_encode(const void *bytes, size_t length, struct buffer *out);
/* Puts the bytes behind what `out` holds; 0 = the text is no base64. */
int base64_decode(const char *text, size_t length, struct buffer *out);

#endif

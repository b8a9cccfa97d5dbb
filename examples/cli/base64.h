/* SPDX-License-Identifier: Apache-2.0
 *
 * base64.h: base64 (RFC 4648 §4) back to bytes; json.c writes it.
 */
#ifndef CLI_BASE64_H
#define CLI_BASE64_H

#include "buffer.h"

/* Puts the bytes behind what `out` holds; 0 = the text is no base64. */
int base64_decode(const char *text, size_t length, struct buffer *out);

#endif

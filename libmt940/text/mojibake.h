/* SPDX-License-Identifier: Apache-2.0
 *
 * mojibake.h: letters of UTF-8 that a program took for letters of a single-byte set and wrote as UTF-8 a second time:
 * "Ã‡" for Ç, "ÅŸ" for ş, "Ä°" for İ.
 */
#ifndef MT940_TEXT_MOJIBAKE_H
#define MT940_TEXT_MOJIBAKE_H

#include "base/view.h"

#include <stdint.h>

/*
 * Reads such a letter at the beginning of `left` bytes of UTF-8; returns how many it took, 0 where none stands. Letters
 * and marks of Europe only: nothing else was meant where banks write.
 */
size_t mt940_mojibake_read(const unsigned char *bytes, size_t left, uint32_t *point);

/* How many Turkish letters stand so in the text, which is the evidence; *first is where the first one does. */
size_t mt940_mojibake_count(struct mt940_view text, size_t *first);

#endif

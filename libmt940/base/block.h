/* SPDX-License-Identifier: Apache-2.0
 *
 * block.h: clears and copies records of some hundred bytes, once for a movement. Where the size is known, gcc makes one
 * string instruction of memset() and memcpy(), which takes longer to begin than the function takes to end.
 */
#ifndef MT940_BASE_BLOCK_H
#define MT940_BASE_BLOCK_H

#include <stddef.h>

void mt940_block_clear(void *block, size_t size);
void mt940_block_copy(void *to, const void *from, size_t size);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * block.c: calls the C library's functions, with a size that the compiler does not see. Must not know the records.
 */
#include "base/block.h"

#include <string.h>

void mt940_block_clear(void *block, size_t size)
{
    memset(block, 0, size);
}

void mt940_block_copy(void *to, const void *from, size_t size)
{
    memcpy(to, from, size);
}

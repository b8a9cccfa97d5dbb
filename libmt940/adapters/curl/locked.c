/* SPDX-License-Identifier: Apache-2.0
 *
 * locked.c: memory that is not swapped out, is left out of core files and is overwritten before
 * it is given back. Must not know what is kept in it.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, madvise() */
#include "locked.h"

#include <sys/mman.h>

void locked_wipe(void *bytes, size_t size)
{
    volatile char *at = bytes;

    while (size-- > 0)
        *at++ = 0;
}

int locked_take(struct locked *locked, size_t size)
{
    void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (pages == MAP_FAILED)
        return 0;
    /* Both may be refused (limits of the user, old systems); the secret is still wiped. */
    (void)mlock(pages, size);
#ifdef MADV_DONTDUMP
    (void)madvise(pages, size, MADV_DONTDUMP);
#endif
    locked->bytes = pages;
    locked->size = size;
    return 1;
}

void locked_give(struct locked *locked)
{
    if (locked->bytes == NULL)
        return;
    locked_wipe(locked->bytes, locked->size);
    (void)munmap(locked->bytes, locked->size);
    locked->bytes = NULL;
    locked->size = 0;
}

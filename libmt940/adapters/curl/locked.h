/* SPDX-License-Identifier: Apache-2.0
 *
 * locked.h: a small piece of memory for a secret.
 */
#ifndef MT940_CURL_LOCKED_H
#define MT940_CURL_LOCKED_H

#include <stddef.h>

struct locked {
    char *bytes; /* NULL = none */
    size_t size;
};

/*
 * Takes `size` bytes on pages of their own, all zero: not swapped out and not in core files as far
 * as the system allows it. 0 = no memory.
 */
int locked_take(struct locked *locked, size_t size);
/* Overwrites the bytes and gives them back. */
void locked_give(struct locked *locked);
/* Overwrites in a way no compiler leaves out. */
void locked_wipe(void *bytes, size_t size);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * failing_heap.h: an allocator that refuses its k-th call, counts what is not given back, and checks sizes. For tests
 * and fuzzers.
 */
#ifndef MT940_TESTS_FAILING_HEAP_H
#define MT940_TESTS_FAILING_HEAP_H

#include "mt940connect/base.h"

/* Zero it, and choose when it fails. */
struct failing_heap {
    long fail_at; /* 1-based; 0 = never */
    int for_good; /* 1 = every call from there on */
    long calls;
    long refused;
    long refused_shrinks; /* giving less room back is no loss: the library may go on */
    long live;
    const char *complaint;
};

/* For struct mt940_allocator; `user` is the heap. */
void *failing_heap_resize(void *user, void *old, size_t old_size, size_t new_size);
/* What is wrong behind a call that returned `status` and whose handles were freed; NULL = nothing. */
const char *failing_heap_verdict(const struct failing_heap *heap, int status);

#endif

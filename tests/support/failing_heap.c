/* SPDX-License-Identifier: Apache-2.0
 *
 * failing_heap.c: refuses an allocation, and remembers what every block was asked for. What is done with the memory it
 * must not know.
 */
#include "failing_heap.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Stands before every block, so that sizes given back can be checked against sizes asked for. */
union prefix {
    size_t size;
    max_align_t aligned;
};

void *failing_heap_resize(void *user, void *old, size_t old_size, size_t new_size)
{
    struct failing_heap *heap = user;
    union prefix *block = old ? (union prefix *)old - 1 : NULL;

    if (block && block->size != old_size)
        heap->complaint = "a block came back with another size than it was asked for";
    if (new_size == 0) {
        heap->live -= block != NULL;
        free(block);
        return NULL;
    }
    heap->calls++;
    if (heap->fail_at && (heap->calls == heap->fail_at || (heap->for_good && heap->calls > heap->fail_at))) {
        heap->refused++;
        heap->refused_shrinks += block && new_size < old_size;
        return NULL;
    }
    /* Always a new block: a pointer kept across a resize is then found by the sanitizers. */
    union prefix *fresh = malloc(sizeof(*fresh) + new_size);
    if (!fresh)
        abort();
    fresh->size = new_size;
    memset(fresh + 1, 0xA5, new_size);
    if (block)
        memcpy(fresh + 1, old, old_size < new_size ? old_size : new_size);
    else
        heap->live++;
    free(block);
    return fresh + 1;
}

const char *failing_heap_verdict(const struct failing_heap *heap, int status)
{
    if (heap->complaint)
        return heap->complaint;
    if (heap->live != 0)
        return "blocks were not given back";
    if (heap->refused > heap->refused_shrinks && status != MT940_E_MEMORY)
        return "a refused allocation was not reported as MT940_E_MEMORY";
    return NULL;
}

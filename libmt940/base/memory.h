/* SPDX-License-Identifier: Apache-2.0
 *
 * memory.h: the host's allocator with checks, and the arena that documents and results live in.
 */
#ifndef MT940_BASE_MEMORY_H
#define MT940_BASE_MEMORY_H

#include "mt940connect/base.h"

/* Puts the allocator to use into `out`: the host's, or the C heap when NULL. E_ARGUMENT when it is unusable. */
int mt940_memory_init(struct mt940_allocator *out, const struct mt940_allocator *given);
/* NULL when there is no memory; size 0 is served as 1. */
void *mt940_memory_alloc(const struct mt940_allocator *memory, size_t size);
/* Grows or shrinks; NULL leaves `old` valid. */
void *mt940_memory_resize(const struct mt940_allocator *memory, void *old, size_t old_size, size_t new_size);
void mt940_memory_free(const struct mt940_allocator *memory, void *old, size_t size);
/* Makes room for at least `wanted` elements in *array (of *capacity): doubles. 0 or E_MEMORY. */
int mt940_memory_reserve(const struct mt940_allocator *memory, void **array, size_t *capacity, size_t wanted,
                         size_t element_size);

struct mt940_arena_chunk;

/* Memory that is given back all at once; chunks double from 4 KiB to 1 MiB. */
struct mt940_arena {
    struct mt940_allocator memory;
    struct mt940_arena_chunk *chunks;
    uint64_t used;  /* bytes taken from the allocator */
    uint64_t limit; /* 0 = none */
    int status;     /* first failure: E_MEMORY or E_LIMIT; 0 = none */
};

/* `memory` is copied and already resolved. */
void mt940_arena_init(struct mt940_arena *arena, const struct mt940_allocator *memory, uint64_t limit);
/* Zeroed, aligned for any type; NULL on failure, see arena->status. */
void *mt940_arena_alloc(struct mt940_arena *arena, size_t size);
/* Copies bytes and adds a NUL. */
char *mt940_arena_copy(struct mt940_arena *arena, const void *bytes, size_t length);
/* A view of a copy; data is NULL for an empty view only. Returns 0 or arena->status. */
int mt940_arena_view(struct mt940_arena *arena, const struct mt940_view *view, struct mt940_view *out);
void mt940_arena_free(struct mt940_arena *arena);

#endif

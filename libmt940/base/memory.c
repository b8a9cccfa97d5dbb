/* SPDX-License-Identifier: Apache-2.0
 *
 * memory.c: the host's allocator behind checked calls, and the arena. The only file of the core
 * that knows the C library's heap.
 */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/failure.h"

#define CHUNK_FIRST ((size_t)4096)
#define CHUNK_LARGEST ((size_t)1 << 20)

/*
 * Pieces lie at multiples of this from the start of a chunk, so they are aligned for any type
 * where the allocator's memory is.
 */
#define ALIGNMENT ((size_t)16)

struct mt940_arena_chunk {
    struct mt940_arena_chunk *next;
    size_t size; /* of what stands behind the header */
    size_t used;
};

#define HEADER ((sizeof(struct mt940_arena_chunk) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

static void *heap_resize(void *user, void *old, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, new_size);
}

int mt940_memory_init(struct mt940_allocator *out, const struct mt940_allocator *given)
{
    if (!given) {
        out->size = sizeof(*out);
        out->user = NULL;
        out->resize = heap_resize;
        return MT940_OK;
    }
    if (mt940_check_size(given, given->size, sizeof(*given), sizeof(*given)) || !given->resize)
        return MT940_E_ARGUMENT;
    *out = *given;
    out->size = sizeof(*out);
    return MT940_OK;
}

static size_t at_least_one(size_t size)
{
    return size ? size : 1;
}

void *mt940_memory_alloc(const struct mt940_allocator *memory, size_t size)
{
    return memory->resize(memory->user, NULL, 0, at_least_one(size));
}

void *mt940_memory_resize(const struct mt940_allocator *memory, void *old, size_t old_size, size_t new_size)
{
    return memory->resize(memory->user, old, old ? at_least_one(old_size) : 0, at_least_one(new_size));
}

void mt940_memory_free(const struct mt940_allocator *memory, void *old, size_t size)
{
    if (old)
        (void)memory->resize(memory->user, old, at_least_one(size), 0);
}

int mt940_memory_reserve(const struct mt940_allocator *memory, void **array, size_t *capacity, size_t wanted,
                         size_t element_size)
{
    size_t room = *capacity ? *capacity : 8;
    void *grown;

    if (wanted <= *capacity)
        return MT940_OK;
    while (room < wanted)
        room = room > SIZE_MAX / 2 ? wanted : room * 2;
    if (room > SIZE_MAX / element_size)
        return MT940_E_MEMORY;
    grown = mt940_memory_resize(memory, *array, *capacity * element_size, room * element_size);
    if (!grown)
        return MT940_E_MEMORY;
    *array = grown;
    *capacity = room;
    return MT940_OK;
}

void mt940_arena_init(struct mt940_arena *arena, const struct mt940_allocator *memory, uint64_t limit)
{
    arena->memory = *memory;
    arena->chunks = NULL;
    arena->used = 0;
    arena->limit = limit;
    arena->status = MT940_OK;
}

/* The next regular size, or precisely what is needed where the limit leaves no more. */
static size_t chunk_size(const struct mt940_arena *arena, size_t needed)
{
    size_t size = arena->chunks ? arena->chunks->size * 2 : CHUNK_FIRST - HEADER;

    if (size > CHUNK_LARGEST)
        size = CHUNK_LARGEST;
    size -= size % ALIGNMENT;
    if (size < needed)
        return needed;
    if (arena->limit && HEADER + size > arena->limit - arena->used)
        return needed;
    return size;
}

static struct mt940_arena_chunk *add_chunk(struct mt940_arena *arena, size_t needed)
{
    size_t size = chunk_size(arena, needed);
    size_t whole = HEADER + size;
    struct mt940_arena_chunk *chunk;

    if (arena->limit && whole > arena->limit - arena->used) {
        arena->status = MT940_E_LIMIT;
        return NULL;
    }
    chunk = mt940_memory_alloc(&arena->memory, whole);
    if (!chunk) {
        arena->status = MT940_E_MEMORY;
        return NULL;
    }
    chunk->size = size;
    chunk->used = 0;
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    arena->used += whole;
    return chunk;
}

/* A failure sticks: a caller may build a whole structure and look at the status once. */
void *mt940_arena_alloc(struct mt940_arena *arena, size_t size)
{
    struct mt940_arena_chunk *chunk = arena->chunks;
    size_t rounded;
    void *place;

    if (arena->status)
        return NULL;
    if (size > SIZE_MAX - ALIGNMENT - HEADER) {
        arena->status = MT940_E_MEMORY;
        return NULL;
    }
    rounded = (at_least_one(size) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (!chunk || rounded > chunk->size - chunk->used)
        chunk = add_chunk(arena, rounded);
    if (!chunk)
        return NULL;
    place = (unsigned char *)chunk + HEADER + chunk->used;
    chunk->used += rounded;
    memset(place, 0, rounded);
    return place;
}

char *mt940_arena_copy(struct mt940_arena *arena, const void *bytes, size_t length)
{
    char *copy = length < SIZE_MAX ? mt940_arena_alloc(arena, length + 1) : NULL;

    if (copy && length)
        memcpy(copy, bytes, length);
    return copy;
}

int mt940_arena_view(struct mt940_arena *arena, const struct mt940_view *view, struct mt940_view *out)
{
    char *copy;

    if (view->length == 0) {
        out->data = NULL;
        out->length = 0;
        return arena->status;
    }
    copy = mt940_arena_copy(arena, view->data, view->length);
    if (!copy)
        return arena->status;
    out->data = copy;
    out->length = view->length;
    return MT940_OK;
}

void mt940_arena_free(struct mt940_arena *arena)
{
    struct mt940_arena_chunk *chunk = arena->chunks;

    while (chunk) {
        struct mt940_arena_chunk *next = chunk->next;

        mt940_memory_free(&arena->memory, chunk, HEADER + chunk->size);
        chunk = next;
    }
    arena->chunks = NULL;
    arena->used = 0;
    arena->status = MT940_OK;
}

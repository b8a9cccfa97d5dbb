/* SPDX-License-Identifier: Apache-2.0
 *
 * test_memory.c: the host's allocator and the arena, with an allocator that counts and refuses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"

/* More than any heap of a test has; a sanitizer's allocator ends the program at less than SIZE_MAX. */
#define MOST ((size_t)1 << 30)

/* Remembers what is out, so that a wrong size or a leak shows. */
struct counting {
    size_t blocks;
    size_t bytes;
    size_t calls;
    size_t refuse_at; /* 0 = never */
};

static void *counting_resize(void *user, void *old, size_t old_size, size_t new_size)
{
    struct counting *counting = user;

    if (new_size == 0) {
        assert_true(counting->blocks > 0 && counting->bytes >= old_size && old_size > 0);
        counting->blocks--;
        counting->bytes -= old_size;
        free(old);
        return NULL;
    }
    if (++counting->calls == counting->refuse_at || new_size > MOST)
        return NULL;
    counting->blocks += old == NULL;
    counting->bytes += new_size - (old ? old_size : 0);
    return realloc(old, new_size);
}

static struct mt940_allocator allocator_of(struct counting *counting)
{
    struct mt940_allocator allocator = {sizeof(allocator), counting, counting_resize};

    return allocator;
}

static void init_judges_the_allocator(void **state)
{
    struct counting counting = {0};
    struct mt940_allocator out, given = allocator_of(&counting);

    assert_int_equal(mt940_memory_init(&out, &given), 0);
    assert_ptr_equal(out.user, &counting);
    assert_int_equal(mt940_memory_init(&out, NULL), 0);
    assert_non_null(out.resize);
    given.resize = NULL;
    assert_int_equal(mt940_memory_init(&out, &given), MT940_E_ARGUMENT);
    given = allocator_of(&counting);
    given.size = 0;
    assert_int_equal(mt940_memory_init(&out, &given), MT940_E_ARGUMENT);
    given.size = sizeof(given) - 1;
    assert_int_equal(mt940_memory_init(&out, &given), MT940_E_ARGUMENT);
}

static void a_newer_allocator_may_be_longer(void **state)
{
    struct {
        struct mt940_allocator known;
        void *later;
    } longer = {{0}, NULL};
    struct counting counting = {0};
    struct mt940_allocator out;

    longer.known = allocator_of(&counting);
    longer.known.size = sizeof(longer);
    assert_int_equal(mt940_memory_init(&out, &longer.known), 0);
    longer.later = &counting;
    assert_int_equal(mt940_memory_init(&out, &longer.known), MT940_E_ARGUMENT);
}

static void sizes_are_told_truly(void **state)
{
    struct counting counting = {0};
    struct mt940_allocator memory = allocator_of(&counting);
    char *bytes = mt940_memory_alloc(&memory, 0);

    assert_non_null(bytes);
    assert_int_equal(counting.bytes, 1);
    bytes = mt940_memory_resize(&memory, bytes, 0, 100);
    memset(bytes, 'x', 100);
    assert_int_equal(counting.bytes, 100);
    bytes = mt940_memory_resize(&memory, bytes, 100, 0);
    assert_non_null(bytes);
    mt940_memory_free(&memory, bytes, 0);
    mt940_memory_free(&memory, NULL, 10);
    assert_int_equal(counting.blocks, 0);
    assert_int_equal(counting.bytes, 0);
}

static void the_heap_serves(void **state)
{
    struct mt940_allocator memory;
    char *bytes;

    assert_int_equal(mt940_memory_init(&memory, NULL), 0);
    bytes = mt940_memory_alloc(&memory, 10);
    assert_non_null(bytes);
    memcpy(bytes, "0123456789", 10);
    bytes = mt940_memory_resize(&memory, bytes, 10, 100000);
    assert_memory_equal(bytes, "0123456789", 10);
    mt940_memory_free(&memory, bytes, 100000);
}

static void reserve_doubles(void **state)
{
    struct counting counting = {0};
    struct mt940_allocator memory = allocator_of(&counting);
    uint64_t *array = NULL;
    size_t capacity = 0;

    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(mt940_memory_reserve(&memory, (void **)&array, &capacity, i + 1, sizeof(*array)), 0);
        assert_true(capacity > i);
        array[i] = i;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_true(array[i] == i);
    assert_true(counting.calls <= 8);
    assert_int_equal(counting.bytes, capacity * sizeof(*array));
    mt940_memory_free(&memory, array, capacity * sizeof(*array));
    assert_int_equal(counting.bytes, 0);
}

static void reserve_refuses(void **state)
{
    struct counting counting = {0};
    struct mt940_allocator memory = allocator_of(&counting);
    void *array = NULL;
    size_t capacity = 0;

    assert_int_equal(mt940_memory_reserve(&memory, &array, &capacity, SIZE_MAX, 1), MT940_E_MEMORY);
    assert_int_equal(mt940_memory_reserve(&memory, &array, &capacity, SIZE_MAX / 2, 8), MT940_E_MEMORY);
    counting.refuse_at = counting.calls + 1;
    assert_int_equal(mt940_memory_reserve(&memory, &array, &capacity, 5, 8), MT940_E_MEMORY);
    assert_null(array);
    assert_int_equal(capacity, 0);
}

static void arena_is_zeroed_and_aligned(void **state)
{
    struct counting counting = {0};
    struct mt940_allocator memory = allocator_of(&counting);
    struct mt940_arena arena;

    mt940_arena_init(&arena, &memory, 0);
    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *place = mt940_arena_alloc(&arena, size);

        assert_non_null(place);
        assert_int_equal((uintptr_t)place % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(place[i], 0);
        memset(place, 0xEE, size);
    }
    assert_int_equal(arena.used, counting.bytes);
    assert_true(counting.calls < 12);
    mt940_arena_free(&arena);
    assert_int_equal(counting.blocks, 0);
    assert_int_equal(counting.bytes, 0);
    assert_int_equal(arena.used, 0);
}

static void arena_takes_large_pieces(void **state)
{
    struct counting counting = {0};
    struct mt940_allocator memory = allocator_of(&counting);
    struct mt940_arena arena;

    mt940_arena_init(&arena, &memory, 0);
    for (int i = 0; i < 3; i++) {
        unsigned char *place = mt940_arena_alloc(&arena, 5u << 20);

        assert_non_null(place);
        place[(5u << 20) - 1] = 1;
        assert_non_null(mt940_arena_alloc(&arena, 16));
    }
    assert_null(mt940_arena_alloc(&arena, SIZE_MAX));
    assert_int_equal(arena.status, MT940_E_MEMORY);
    mt940_arena_free(&arena);
    assert_int_equal(counting.bytes, 0);
}

static void arena_keeps_its_limit(void **state)
{
    for (uint64_t limit = 1; limit < 20000; limit += 333) {
        struct counting counting = {0};
        struct mt940_allocator memory = allocator_of(&counting);
        struct mt940_arena arena;
        size_t got = 0;

        mt940_arena_init(&arena, &memory, limit);
        while (mt940_arena_alloc(&arena, 100)) {
            got += 100;
            assert_true(counting.bytes <= limit);
        }
        assert_int_equal(arena.status, MT940_E_LIMIT);
        assert_null(mt940_arena_alloc(&arena, 1));
        /* Little is lost to the last chunk: it is made as small as it must be. */
        assert_true(got + 4096 > limit || got * 2 > limit);
        mt940_arena_free(&arena);
        assert_int_equal(counting.bytes, 0);
    }
}

static void arena_failure_sticks(void **state)
{
    struct counting counting = {0};
    struct mt940_allocator memory = allocator_of(&counting);
    struct mt940_view text = {"text", 4}, out = {"unchanged", 9};
    struct mt940_arena arena;

    counting.refuse_at = 1;
    mt940_arena_init(&arena, &memory, 0);
    assert_null(mt940_arena_alloc(&arena, 10));
    assert_int_equal(arena.status, MT940_E_MEMORY);
    assert_null(mt940_arena_copy(&arena, "x", 1));
    assert_int_equal(mt940_arena_view(&arena, &text, &out), MT940_E_MEMORY);
    assert_int_equal(out.length, 9);
    mt940_arena_free(&arena);
    assert_int_equal(arena.status, 0);
    assert_int_equal(counting.blocks, 0);
}

static void arena_copies(void **state)
{
    struct counting counting = {0};
    struct mt940_allocator memory = allocator_of(&counting);
    struct mt940_view text = {"a\0b", 3}, empty = {"", 0}, out;
    struct mt940_arena arena;
    char *copy;

    mt940_arena_init(&arena, &memory, 0);
    copy = mt940_arena_copy(&arena, "abc", 2);
    assert_string_equal(copy, "ab");
    assert_string_equal(mt940_arena_copy(&arena, NULL, 0), "");
    assert_int_equal(mt940_arena_view(&arena, &text, &out), 0);
    assert_int_equal(out.length, 3);
    assert_memory_equal(out.data, "a\0b", 4);
    assert_true(out.data != text.data);
    assert_int_equal(mt940_arena_view(&arena, &empty, &out), 0);
    assert_null(out.data);
    mt940_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(init_judges_the_allocator),
        cmocka_unit_test(a_newer_allocator_may_be_longer),
        cmocka_unit_test(sizes_are_told_truly),
        cmocka_unit_test(the_heap_serves),
        cmocka_unit_test(reserve_doubles),
        cmocka_unit_test(reserve_refuses),
        cmocka_unit_test(arena_is_zeroed_and_aligned),
        cmocka_unit_test(arena_takes_large_pieces),
        cmocka_unit_test(arena_keeps_its_limit),
        cmocka_unit_test(arena_failure_sticks),
        cmocka_unit_test(arena_copies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * run_story.c: runs one story, for stories that a program makes: run_story {pure|memory} FILE
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/adapters/memory.h"
#include "store_world.h"
#include "world.h"

static const char *path;

static void pure(void **state)
{
    (void)state;
    world_run(path);
}

static void memory(void **state)
{
    struct mt940_store store;

    (void)state;
    assert_int_equal(mt940_memory_store_open(NULL, &store, NULL), 0);
    store_world_run(path, &store);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest on_pure[] = {cmocka_unit_test(pure)};
    const struct CMUnitTest on_memory[] = {cmocka_unit_test(memory)};

    if (argc != 3) {
        fprintf(stderr, "usage: run_story {pure|memory} FILE\n");
        return 2;
    }
    path = argv[2];
    if (strcmp(argv[1], "pure") == 0)
        return cmocka_run_group_tests(on_pure, NULL, NULL);
    return cmocka_run_group_tests(on_memory, NULL, NULL);
}

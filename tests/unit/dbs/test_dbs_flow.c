/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_flow.c: every story again, now through the flow over a store: what the pure room decides is what is stored.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/adapters/memory.h"
#include "store_world.h"

#define STORIES "tests/cases/dbs/stories/"

static void every_story_comes_out(void **state)
{
    char name[200], path[300];
    FILE *list = fopen(STORIES "LIST", "r");
    int stories = 0;

    (void)state;
    assert_non_null(list);
    while (fgets(name, sizeof(name), list)) {
        struct mt940_store store;

        name[strcspn(name, "\r\n")] = '\0';
        if (name[0] == '\0' || name[0] == '#')
            continue;
        assert_int_equal(mt940_memory_store_open(NULL, &store, NULL), 0);
        snprintf(path, sizeof(path), STORIES "%s", name);
        store_world_run(path, &store, NULL);
        stories++;
    }
    fclose(list);
    assert_true(stories > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_story_comes_out)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

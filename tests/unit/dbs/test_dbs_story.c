/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_story.c: runs every story of cases/dbs/stories.txt's list through the pure room: the worked example, the
 * acceptance scenarios and one file a rule.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

#define STORIES "tests/cases/dbs/stories/"

static void every_story_comes_out(void **state)
{
    char name[200], path[300];
    FILE *list = fopen(STORIES "LIST", "r");
    int stories = 0;

    (void)state;
    assert_non_null(list);
    while (fgets(name, sizeof(name), list)) {
        name[strcspn(name, "\r\n")] = '\0';
        if (name[0] == '\0' || name[0] == '#')
            continue;
        snprintf(path, sizeof(path), STORIES "%s", name);
        world_run(path);
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

/* SPDX-License-Identifier: Apache-2.0
 *
 * run_story.c: runs stories that a program makes (tests/differential/dbs_random.py).
 *
 * usage: run_story {pure|memory|shaky|sqlite} FILE...
 *
 * pure: the room alone. memory: the flow on a store in memory. shaky: the same while its calls fail, answers get lost
 * and another writer gets in between. sqlite: all that on an SQLite file, which is now and then closed and opened.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/adapters/memory.h"
#ifdef WITH_SQLITE
#include "mt940connect/adapters/sqlite.h"
#endif
#include "store_world.h"
#include "world.h"

static void pure(void **state)
{
    world_run(*state);
}

static void memory(void **state)
{
    struct mt940_store store;

    assert_int_equal(mt940_memory_store_open(NULL, &store, NULL), 0);
    store_world_run(*state, &store, NULL);
}

/* Dice of its own for every story, the same each time. */
static uint64_t dice_of(const char *path)
{
    const char *name = strrchr(path, '/');
    uint64_t dice = 940;

    for (name = name ? name + 1 : path; *name; name++)
        dice = (dice ^ (unsigned char)*name) * UINT64_C(0x100000001b3);
    return dice | 1;
}

static void shaky(void **state)
{
    struct store_trouble trouble = {.dice = dice_of(*state)};
    struct mt940_store store;

    assert_int_equal(mt940_memory_store_open(NULL, &store, NULL), 0);
    store_world_run(*state, &store, &trouble);
}

#ifdef WITH_SQLITE
static char database[4096]; /* beside the story */

static void open_sqlite(struct mt940_store *store)
{
    struct mt940_error error = {.size = sizeof(error)};

    if (mt940_sqlite_store_open(database, NULL, store, &error) != 0)
        fail_msg("%s", error.text);
}

static void remove_sqlite(void)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    char name[sizeof(database) + 4];

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        snprintf(name, sizeof(name), "%s%s", database, endings[i]);
        (void)remove(name);
    }
}

static void sqlite(void **state)
{
    struct store_trouble trouble = {.dice = dice_of(*state), .open = open_sqlite};
    struct mt940_store store;

    snprintf(database, sizeof(database), "%s.db", (const char *)*state);
    remove_sqlite();
    open_sqlite(&store);
    store_world_run(*state, &store, &trouble);
    remove_sqlite();
}
#endif

static const struct {
    const char *name;
    CMUnitTestFunction run;
} ways[] = {
    {"pure", pure}, {"memory", memory}, {"shaky", shaky},
#ifdef WITH_SQLITE
    {"sqlite", sqlite},
#endif
};

enum { MOST = 1000 };

int main(int argc, char **argv)
{
    static struct CMUnitTest tests[MOST];
    size_t count = 0;

    for (size_t i = 0; argc > 2 && argc - 2 <= MOST && i < sizeof(ways) / sizeof(ways[0]); i++)
        for (int j = 2; strcmp(argv[1], ways[i].name) == 0 && j < argc; j++)
            tests[count++] = (struct CMUnitTest){argv[j], ways[i].run, NULL, NULL, argv[j]};
    if (count == 0) {
        fprintf(stderr, "usage: run_story {pure|memory|shaky|sqlite} FILE... (at most %d)\n", MOST);
        return 2;
    }
    return _cmocka_run_group_tests(argv[1], tests, count, NULL, NULL);
}

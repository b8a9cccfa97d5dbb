/* SPDX-License-Identifier: Apache-2.0
 *
 * The PostgreSQL store before the conformance kit: as it is, and behind a pooler (nothing prepared).
 *
 * usage: server.py test_postgres_kit [OPERATIONS [SEED]]    of the random programs
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "mt940connect/conformance.h"
#include "place.h"

static int32_t operations = 60;
static uint64_t seed = 1;

struct trial {
    struct place place;
    struct mt940_postgres_options options;
};

static int make_empty(void *user)
{
    return place_empty(&((struct trial *)user)->place);
}

static int open_store(void *user, struct mt940_store *out)
{
    struct trial *trial = user;

    return place_open(&trial->place, &trial->options, out);
}

static void told(void *user, const char *check, int32_t outcome, const char *text)
{
    (void)user;
    if (outcome == 0)
        print_error("# %s: %s\n", check, text);
}

static void try(struct trial *trial, int32_t random)
{
    struct mt940_conformance_store_options options = {.size = sizeof(options),
                                                      .user = trial,
                                                      .create = make_empty,
                                                      .open = open_store,
                                                      .checked = told,
                                                      .seed = seed,
                                                      .operations = random};
    struct mt940_conformance_report report = {.size = sizeof(report)};

    place_find(&trial->place, "kit");
    int status = mt940_conformance_store(&options, &report);
    place_leave(&trial->place);
    assert_int_equal(status, 0);
    assert_true(report.passed > 30);
    assert_int_equal(report.skipped, 5); /* no hooks for failures here */
}

static void conforms(void **state)
{
    struct trial trial = {.options = {.size = sizeof(trial.options)}};

    (void)state;
    try(&trial, operations);
}

static void conforms_behind_a_pooler(void **state)
{
    struct trial trial = {.options = {.size = sizeof(trial.options), .pooled = 1}};

    (void)state;
    try(&trial, operations / 4);
}

static int count_one(void *user, const void *record)
{
    *(int *)user += record != NULL;
    return 0;
}

/* Puts records of a growing table and reads each by its key. */
static void put_and_get(struct mt940_store *store, int count)
{
    int seen = 0;

    for (int i = 0; i < count; i++) {
        char id[16];
        struct mt940_action action = {.company = {"01", 2}, .key = {id, (size_t)snprintf(id, sizeof id, "%08d", i)}};
        struct mt940_movement movement = {.company = {"01", 2}, .id = action.key, .second_key = action.key};
        struct mt940_change change = {
            .size = sizeof(change), .op = MT940_PUT_NEW, .kind = MT940_KIND_MOVEMENT, .record = &movement};
        struct mt940_batch batch = {sizeof(batch), &action, &change, 1};
        struct mt940_batch_result result = {.size = sizeof(result)};
        assert_int_equal(store->apply(store->user, &batch, 1, &result), 0);
        assert_int_equal(store->get(store->user, MT940_KIND_MOVEMENT, &movement, count_one, &seen), 0);
    }
    assert_int_equal(seen, count);
}

/*
 * To a table of few rows it is all one which order is walked, and all but the key's would be walked from the company's
 * first entry to its last. A plan made then must not stay.
 */
static void plans_grow_with_the_table(void **state)
{
    struct trial trial = {.options = {.size = sizeof(trial.options)}};
    struct mt940_store store;
    long long by_key = 0, all = 0;

    (void)state;
    place_find(&trial.place, "plans");
    assert_int_equal(place_open(&trial.place, &trial.options, &store), 0);
    put_and_get(&store, 1000);
    store.close(store.user); /* its backend tells what it read */
    for (int i = 0; i < 50 && all < 2000; i++) {
        (void)place_ask(&trial.place, "SELECT pg_sleep(0.1)");
        all = place_ask(&trial.place, "SELECT sum(idx_scan) FROM pg_stat_user_indexes WHERE schemaname = 'plans'"
                                      " AND relname = 'movements'");
    }
    by_key = place_ask(&trial.place, "SELECT sum(idx_scan) FROM pg_stat_user_indexes WHERE schemaname = 'plans'"
                                     " AND indexrelname = 'movements_pkey'");
    print_message("# %lld of %lld looks went by the key\n", by_key, all);
    assert_true(all >= 2000 && by_key > 1500); /* an insert looks by it, too */
    place_leave(&trial.place);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(conforms), cmocka_unit_test(conforms_behind_a_pooler),
                                       cmocka_unit_test(plans_grow_with_the_table)};

    if (argc > 1)
        operations = (int32_t)strtol(argv[1], NULL, 10);
    if (argc > 2)
        seed = strtoull(argv[2], NULL, 10);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

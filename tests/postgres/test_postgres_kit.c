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

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(conforms), cmocka_unit_test(conforms_behind_a_pooler)};

    if (argc > 1)
        operations = (int32_t)strtol(argv[1], NULL, 10);
    if (argc > 2)
        seed = strtoull(argv[2], NULL, 10);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

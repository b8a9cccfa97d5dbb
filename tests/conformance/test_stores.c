/* SPDX-License-Identifier: Apache-2.0
 *
 * Our own stores before the kit: the memory store is tried in test_broken.c beside the broken
 * ones, here the ones on disk, each on a new file.
 *
 * usage: test_stores [OPERATIONS [SEED]]    of the random programs
 */
#define _DEFAULT_SOURCE /* mkdtemp() */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../crash/disk.h"
#include "mt940connect/adapters/sqlite.h"
#include "mt940connect/conformance.h"

static int32_t operations = 300;
static uint64_t seed = 1;

struct place {
    char directory[64];
    char path[96];
};

static void remove_files(void *user)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    struct place *place = user;
    char path[128];

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        snprintf(path, sizeof(path), "%s%s", place->path, endings[i]);
        (void)remove(path);
    }
}

static int make_empty(void *user)
{
    remove_files(user);
    return 0;
}

static int open_sqlite(void *user, struct mt940_store *out)
{
    struct place *place = user;
    struct mt940_error error = {.size = sizeof(error)};
    int status = mt940_sqlite_store_open(place->path, NULL, out, &error);

    if (status && status != MT940_E_IO)
        print_error("# %s\n", error.text);
    return status;
}

static void told(void *user, const char *check, int32_t outcome, const char *text)
{
    (void)user;
    if (outcome == 0)
        print_error("# %s: %s\n", check, text);
}

static void sqlite_conforms(void **state)
{
    (void)state;
    struct place place = {.directory = "/tmp/mt940connect-kit-XXXXXX"};
    struct mt940_conformance_store_options options = {.size = sizeof(options),
                                                      .user = &place,
                                                      .create = make_empty,
                                                      .open = open_sqlite,
                                                      .destroy = remove_files,
                                                      .checked = told,
                                                      .seed = seed,
                                                      .operations = operations};
    struct mt940_conformance_report report = {.size = sizeof(report)};

    assert_non_null(mkdtemp(place.directory));
    snprintf(place.path, sizeof(place.path), "%s/kit.db", place.directory);
    int status = mt940_conformance_store(&options, &report);
    assert_int_equal(rmdir(place.directory), 0); /* nothing else was left there */
    assert_int_equal(status, 0);
    assert_true(report.passed > 30);
    assert_int_equal(report.skipped, 5); /* no hooks for failures here */
}

/* --- on a disk in memory that refuses its k-th operation --- */

static int wipe(void *user)
{
    (void)user;
    disk_wipe();
    return 0;
}

static int64_t fail_at(void *user, int64_t k)
{
    long count = disk_operations();

    (void)user;
    disk_set_fault(DISK_FAILS_ONCE, (long)k);
    return count;
}

static void sqlite_conforms_on_a_failing_disk(void **state)
{
    (void)state;
    static const char *const checks[] = {"failing-apply", "failing-apply-one-handle", "failing-reads", "failing-open"};
    struct place place = {.directory = "/tmp/mt940connect-kit-XXXXXX"};
    struct mt940_conformance_store_options options = {.size = sizeof(options), .user = &place, .create = wipe,
                                                      .open = open_sqlite, .checked = told, .fail_at = fail_at};
    struct mt940_conformance_report report = {.size = sizeof(report)};

    assert_non_null(mkdtemp(place.directory));
    snprintf(place.path, sizeof(place.path), "%s/kit.db", place.directory); /* the store makes it, empty */
    assert_true(disk_install());
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
        options.only = checks[i];
        assert_int_equal(mt940_conformance_store(&options, &report), 0);
        assert_int_equal(report.passed, 1);
    }
    remove_files(&place);
    assert_int_equal(rmdir(place.directory), 0);
}

int main(int argc, char **argv)
{
    /* The failing disk last: it takes the place of the real one. */
    const struct CMUnitTest tests[] = {cmocka_unit_test(sqlite_conforms),
                                       cmocka_unit_test(sqlite_conforms_on_a_failing_disk)};

    if (argc > 1)
        operations = (int32_t)strtol(argv[1], NULL, 10);
    if (argc > 2)
        seed = strtoull(argv[2], NULL, 10);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

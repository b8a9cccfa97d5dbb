/* SPDX-License-Identifier: Apache-2.0
 *
 * The kit itself on trial: an honest store passes every check, and each broken one is caught, at
 * least by the check that was made for its fault.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "harness.h"

struct trial {
    struct harness harness; /* first: the kit's callbacks see it as their user */
    bool is_caught;         /* by the check that must */
};

static void note(void *user, const char *check, int32_t outcome, const char *text)
{
    struct trial *trial = user;
    const struct fault *fault = trial->harness.fault;

    if (!fault && outcome == 0)
        print_error("# %s: %s\n", check, text);
    if (fault && outcome == 0 && strcmp(check, fault->caught_by) == 0) {
        trial->is_caught = true;
        print_message("# %s: caught by %s (%s)\n", fault->name, check, text);
    }
}

static struct mt940_conformance_report try_store(struct trial *trial)
{
    struct mt940_conformance_store_options options = {.size = sizeof(options),
                                                      .user = trial,
                                                      .create = harness_create,
                                                      .open = harness_open,
                                                      .destroy = harness_destroy,
                                                      .checked = note,
                                                      .fail_at = harness_fail_at,
                                                      .lose_answer = harness_lose_answer,
                                                      .only = trial->harness.fault ? trial->harness.fault->caught_by
                                                                                   : NULL};
    struct mt940_conformance_report report = {.size = sizeof(report)};

    int status = mt940_conformance_store(&options, &report);
    assert_int_equal(status, report.failed > 0);
    return report;
}

static void an_honest_store_passes(void **state)
{
    (void)state;
    struct trial trial = {0};
    struct mt940_conformance_report report = try_store(&trial);

    assert_int_equal(report.failed, 0);
    assert_int_equal(report.skipped, 0);
    assert_true(report.passed > 30);
    assert_string_equal(report.check, "");
}

static void assert_caught(const struct fault *list, int least)
{
    int count = 0;

    for (const struct fault *fault = list; fault->name; fault++, count++) {
        struct trial trial = {.harness = {.fault = fault}};
        struct mt940_conformance_report report = try_store(&trial);
        if (!trial.is_caught)
            fail_msg("%s: not caught by %s", fault->name, fault->caught_by);
        assert_int_equal(report.failed, 1);
    }
    assert_true(count >= least);
}

static void stores_that_write_wrongly_are_caught(void **state)
{
    (void)state;
    assert_caught(write_faults, 13);
}

static void stores_that_read_wrongly_are_caught(void **state)
{
    (void)state;
    assert_caught(read_faults, 11);
}

static void stores_that_fetch_wrongly_are_caught(void **state)
{
    (void)state;
    assert_caught(fetch_faults, 6);
}

static void stores_that_fail_wrongly_are_caught(void **state)
{
    (void)state;
    assert_caught(failure_faults, 12);
}

/* --- workers, one after the other: what a store does wrongly in a crowd it often does alone --- */

static struct mt940_conformance_store_options crowd_options(struct trial *trial)
{
    return (struct mt940_conformance_store_options){.size = sizeof(struct mt940_conformance_store_options),
                                                    .user = trial, .open = harness_open};
}

/* Three workers take turns; whether an answer or the audit was wrong. */
static bool is_crowd_wrong(const struct fault *fault, struct mt940_conformance_report *report)
{
    static const int64_t answered[] = {120, 120, 120};
    struct trial trial = {.harness = {.fault = fault}};
    struct mt940_conformance_store_options options = crowd_options(&trial);
    int status = harness_create(&trial);

    for (int32_t turn = 0; status == 0 && turn < 9; turn++)
        status = mt940_conformance_store_work(&options, turn % 3, 40 * (turn / 3 + 1), report);
    if (status == 0)
        status = mt940_conformance_store_audit(&options, answered, 3, report);
    harness_destroy(&trial);
    return status != 0;
}

static void crowds_tell_right_from_wrong(void **state)
{
    (void)state;
    static const char *const caught[] = {"partial batch",    "forgotten result",   "ceiling not checked",
                                         "revision ignored", "gone after closing", "journal not written"};
    static const struct fault *const lists[] = {write_faults, read_faults};
    struct mt940_conformance_report report = {.size = sizeof(report)};
    size_t count = 0;

    assert_false(is_crowd_wrong(NULL, &report));
    for (size_t i = 0; i < 2; i++)
        for (const struct fault *fault = lists[i]; fault->name; fault++) {
            if (!is_crowd_wrong(fault, &report))
                continue;
            print_message("# %s: caught by %s (%s)\n", fault->name, report.check, report.text);
            for (size_t j = 0; j < sizeof(caught) / sizeof(caught[0]); j++)
                count += strcmp(caught[j], fault->name) == 0;
        }
    assert_int_equal(count, sizeof(caught) / sizeof(caught[0]));
}

/* What was told must be there, and a stranger's record is seen. */
static void audits_compare_with_what_was_told(void **state)
{
    (void)state;
    struct trial trial = {0};
    struct mt940_conformance_report report = {.size = sizeof(report)};
    struct mt940_conformance_store_options options = crowd_options(&trial);
    int64_t answered = 5;

    assert_int_equal(harness_create(&trial), 0);
    assert_int_equal(mt940_conformance_store_audit(&options, NULL, 0, &report), 0);
    assert_int_equal(mt940_conformance_store_work(&options, 0, 5, &report), 0);
    assert_int_equal(mt940_conformance_store_audit(&options, &answered, 1, &report), 0);
    answered = 6;
    assert_int_equal(mt940_conformance_store_audit(&options, &answered, 1, &report), 1);
    assert_string_equal(report.check, "audit");
    assert_int_equal(mt940_conformance_store_work(&options, 100, 1, &report), MT940_E_ARGUMENT);
    assert_int_equal(mt940_conformance_store_work(&options, 0, -1, &report), MT940_E_ARGUMENT);
    assert_int_equal(mt940_conformance_store_audit(&options, NULL, 1, &report), MT940_E_ARGUMENT);
    harness_destroy(&trial);
}

static int no_store(void *user)
{
    (void)user;
    return -77;
}

static int hollow_store(void *user, struct mt940_store *out)
{
    (void)user;
    memset(out, 0, sizeof(*out));
    return 0;
}

/* A store that cannot be made or opened is a failed check with a text, not a crash of the kit. */
static void hosts_that_fail_are_reported(void **state)
{
    (void)state;
    struct trial trial = {0};
    struct mt940_conformance_report report = {.size = sizeof(report)};
    struct mt940_conformance_store_options options = {
        .size = sizeof(options), .user = &trial, .create = no_store, .open = harness_open, .only = "put-new"};

    assert_int_equal(mt940_conformance_store(&options, &report), 1);
    assert_non_null(strstr(report.text, "-77"));
    options.create = harness_create;
    options.open = hollow_store;
    options.destroy = harness_destroy;
    assert_int_equal(mt940_conformance_store(&options, &report), 1);
    assert_string_equal(report.check, "put-new");
    assert_non_null(strstr(report.text, "lacks a function"));
}

static void options_are_checked(void **state)
{
    (void)state;
    struct trial trial = {0};
    struct mt940_conformance_report report = {.size = sizeof(report)};
    struct mt940_conformance_store_options options = {.size = sizeof(options), .user = &trial,
                                                      .create = harness_create, .open = harness_open,
                                                      .destroy = harness_destroy, .only = "no such check"};

    assert_int_equal(mt940_conformance_store(&options, &report), MT940_E_ARGUMENT);
    options.only = "two-handles-one-key";
    options.single_handle = 1;
    assert_int_equal(mt940_conformance_store(&options, &report), 0);
    assert_int_equal(report.skipped, 1);
    options.size = 8;
    assert_int_equal(mt940_conformance_store(&options, &report), MT940_E_ARGUMENT);
    assert_int_equal(mt940_conformance_store(NULL, &report), MT940_E_ARGUMENT);
}

static void every_check_has_a_sentence(void **state)
{
    (void)state;
    const char *doc = NULL;
    const char *name;
    int32_t count = 0;

    while ((name = mt940_conformance_store_check(count, &doc)) != NULL) {
        assert_true(strlen(name) < sizeof(((struct mt940_conformance_report *)NULL)->check));
        assert_int_equal(doc[strlen(doc) - 1], '.');
        count++;
    }
    assert_true(count > 30);
    assert_null(mt940_conformance_store_check(-1, &doc));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_honest_store_passes),
        cmocka_unit_test(stores_that_write_wrongly_are_caught),
        cmocka_unit_test(stores_that_read_wrongly_are_caught),
        cmocka_unit_test(stores_that_fetch_wrongly_are_caught),
        cmocka_unit_test(stores_that_fail_wrongly_are_caught),
        cmocka_unit_test(crowds_tell_right_from_wrong),
        cmocka_unit_test(audits_compare_with_what_was_told),
        cmocka_unit_test(hosts_that_fail_are_reported),
        cmocka_unit_test(options_are_checked),
        cmocka_unit_test(every_check_has_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

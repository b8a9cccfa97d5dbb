/* SPDX-License-Identifier: Apache-2.0
 *
 * What the conformance kit cannot see of the memory store: running out of memory anywhere, giving
 * all of it back, and many records.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/adapters/memory.h"

#define TEXT(text) {(text), sizeof(text) - 1}

/* Fails the `fail_at`-th request (0 = none), counts what is out. */
struct meter {
    size_t bytes;
    int requests;
    int fail_at;
};

static void *metered(void *user, void *old, size_t old_size, size_t new_size)
{
    struct meter *meter = user;
    if (new_size && ++meter->requests == meter->fail_at)
        return NULL;
    meter->bytes += new_size - old_size;
    if (new_size)
        return realloc(old, new_size);
    free(old);
    return NULL;
}

static void opening_fails_cleanly_at_every_request(void **state)
{
    (void)state;
    int failures = 0;

    for (int k = 1;; k++) {
        struct meter meter = {.fail_at = k};
        struct mt940_allocator memory = {sizeof(memory), &meter, metered};
        struct mt940_store store = {0};
        struct mt940_error error = {.size = sizeof(error)};
        int status = mt940_memory_store_open(&memory, &store, &error);
        if (status == 0) {
            assert_int_equal(error.status, 0);
            store.close(store.user);
            assert_int_equal(meter.bytes, 0);
            break;
        }
        assert_int_equal(status, MT940_E_MEMORY);
        assert_int_equal(error.status, MT940_E_MEMORY);
        assert_null(store.apply);
        assert_int_equal(meter.bytes, 0);
        failures++;
    }
    assert_true(failures > mt940_kind_count());
}

static int count_record(void *user, const void *record)
{
    (void)record;
    ++*(size_t *)user;
    return 0;
}

static size_t count_of(const struct mt940_store *store, int32_t kind)
{
    size_t count = 0;
    assert_int_equal(store->scan(store->user, kind, 0, 0, NULL, 0, 0, count_record, &count), 0);
    return count;
}

/* Two batches that touch five kinds; the second would conflict without the first. */
static int apply_two(const struct mt940_store *store)
{
    struct mt940_customer_bank bank = {.company = TEXT("1"), .customer = TEXT("C"), .slot = 1};
    struct mt940_invoice invoice = {.company = TEXT("1"), .number = TEXT("F"), .kind = 1};
    struct mt940_journal line = {.event = MT940_DBS_EVENT_INVOICE};
    struct mt940_action actions[2] = {{.key = TEXT("a")}, {.key = TEXT("b")}};
    struct mt940_change first[3] = {
        {.size = sizeof(first[0]), .op = MT940_PUT_NEW, .kind = MT940_KIND_CUSTOMER_BANK, .record = &bank},
        {.size = sizeof(first[0]), .op = MT940_TOTAL_ADD, .kind = MT940_KIND_CUSTOMER_BANK, .record = &bank,
         .delta = 10, .journal = &line},
        {.size = sizeof(first[0]), .op = MT940_PUT_NEW, .kind = MT940_KIND_INVOICE, .record = &invoice}};
    struct mt940_change second[2] = {first[1], first[2]};
    struct mt940_batch batches[2] = {{sizeof(batches[0]), &actions[0], first, 3},
                                     {sizeof(batches[0]), &actions[1], second, 2}};
    struct mt940_batch_result results[2] = {{.size = sizeof(results[0])}, {.size = sizeof(results[0])}};

    second[1].op = MT940_PUT_IF;
    second[1].revision = 1;
    int status = store->apply(store->user, batches, 2, results);
    if (status == 0) {
        assert_int_equal(results[0].outcome, MT940_APPLIED);
        assert_int_equal(results[1].outcome, MT940_APPLIED);
    }
    return status;
}

static void a_call_out_of_memory_changes_nothing(void **state)
{
    (void)state;
    int failures = 0;

    for (int k = 1;; k++) {
        struct meter meter = {0};
        struct mt940_allocator memory = {sizeof(memory), &meter, metered};
        struct mt940_store store;
        assert_int_equal(mt940_memory_store_open(&memory, &store, NULL), 0);
        meter.requests = 0;
        meter.fail_at = k;
        int status = apply_two(&store);
        if (status) {
            assert_int_equal(status, MT940_E_MEMORY);
            for (int32_t kind = 1; kind <= mt940_kind_count(); kind++)
                assert_int_equal(count_of(&store, kind), 0);
            assert_int_equal(apply_two(&store), 0); /* and the store still works */
            failures++;
        }
        assert_int_equal(count_of(&store, MT940_KIND_JOURNAL), 2);
        assert_int_equal(count_of(&store, MT940_KIND_ACTION), 2);
        store.close(store.user);
        assert_int_equal(meter.bytes, 0);
        if (status == 0)
            break;
    }
    assert_true(failures > 10);
}

static void misuse_is_told(void **state)
{
    (void)state;
    struct mt940_allocator memory = {sizeof(memory), NULL, NULL};
    struct mt940_store store;

    assert_int_equal(mt940_memory_store_open(NULL, NULL, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_memory_store_open(&memory, &store, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_memory_store_open(NULL, &store, NULL), 0);
    assert_string_equal(store.last_error(store.user), "");
    struct mt940_batch batch = {.size = 1};
    struct mt940_batch_result result = {.size = sizeof(result)};
    assert_int_equal(store.apply(store.user, &batch, 1, &result), MT940_E_ARGUMENT);
    assert_string_not_equal(store.last_error(store.user), "");
    assert_int_equal(store.get(store.user, MT940_KIND_SETTING, NULL, count_record, NULL), MT940_E_ARGUMENT);
    store.close(store.user);
}

/* Anything quadratic would run into the time limit of the test. */
static void hundred_thousand_records(void **state)
{
    (void)state;
    enum { COUNT = 100000, BATCH = 1000 };
    static char numbers[BATCH][16];
    static struct mt940_payment payments[BATCH];
    static struct mt940_change changes[BATCH];
    struct mt940_store store;

    assert_int_equal(mt940_memory_store_open(NULL, &store, NULL), 0);
    for (int from = 0; from < COUNT; from += BATCH) {
        for (int i = 0; i < BATCH; i++) {
            int length = snprintf(numbers[i], sizeof(numbers[i]), "F%08d", from + i);
            payments[i] = (struct mt940_payment){.invoice = {numbers[i], (size_t)length}, .line = 1,
                                                 .due_date = {2026, 1, (uint8_t)(1 + i % 28)}};
            changes[i] = (struct mt940_change){.size = sizeof(changes[i]), .op = MT940_PUT_NEW,
                                               .kind = MT940_KIND_PAYMENT, .record = &payments[i]};
        }
        struct mt940_action action = {.key = {numbers[0], 9}};
        struct mt940_batch batch = {sizeof(batch), &action, changes, BATCH};
        struct mt940_batch_result result = {.size = sizeof(result)};
        assert_int_equal(store.apply(store.user, &batch, 1, &result), 0);
        assert_int_equal(result.outcome, MT940_APPLIED);
    }
    assert_int_equal(count_of(&store, MT940_KIND_PAYMENT), COUNT);
    store.close(store.user);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opening_fails_cleanly_at_every_request),
        cmocka_unit_test(a_call_out_of_memory_changes_nothing),
        cmocka_unit_test(misuse_is_told),
        cmocka_unit_test(hundred_thousand_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

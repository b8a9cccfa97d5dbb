/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_sqlite.c: the stories on an SQLite file, and eight processes that sell against one limit: never above it,
 * never an amount lost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "mt940connect/adapters/sqlite.h"
#include "store_world.h"

#define STORIES "tests/cases/dbs/stories/"

enum { PROCESSES = 8, SALES = 25, PRICE = 1000, LIMIT = 120000 };

static char path[] = "/tmp/mt940connect-dbs-XXXXXX/s.db";
static const size_t directory_length = sizeof(path) - sizeof("/s.db");

static int make_directory(void **state)
{
    (void)state;
    path[directory_length] = '\0';
    if (!mkdtemp(path))
        return -1;
    path[directory_length] = '/';
    return 0;
}

static void remove_store(void)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    char name[64];

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        snprintf(name, sizeof(name), "%s%s", path, endings[i]);
        (void)remove(name);
    }
}

static int remove_directory(void **state)
{
    (void)state;
    remove_store();
    path[directory_length] = '\0';
    return rmdir(path);
}

static struct mt940_store open_store(void)
{
    const struct mt940_sqlite_options options = {.size = sizeof(options), .busy_timeout_ms = 60000};
    struct mt940_error error = {.size = sizeof(error)};
    struct mt940_store store;

    if (mt940_sqlite_store_open(path, &options, &store, &error) != 0)
        fail_msg("%s", error.text);
    return store;
}

static void every_story_comes_out(void **state)
{
    char name[200], story[300];
    FILE *list = fopen(STORIES "LIST", "r");
    int stories = 0;

    (void)state;
    assert_non_null(list);
    while (fgets(name, sizeof(name), list)) {
        struct mt940_store store;

        name[strcspn(name, "\r\n")] = '\0';
        if (name[0] == '\0' || name[0] == '#')
            continue;
        store = open_store();
        snprintf(story, sizeof(story), STORIES "%s", name);
        store_world_run(story, &store, NULL);
        remove_store();
        stories++;
    }
    fclose(list);
    assert_true(stories > 5);
}

static int now(void *user, int64_t *seconds)
{
    (void)user;
    *seconds = 1784000000;
    return 0;
}

static struct mt940_flow *open_flow(const struct mt940_store *store)
{
    const struct mt940_clock clock = {sizeof(clock), NULL, now};
    const struct mt940_flow_options options = {.size = sizeof(options), .company = "1", .actor = "tester",
                                               .store = store, .clock = &clock};
    struct mt940_flow *flow = NULL;

    assert_int_equal(mt940_flow_open(&options, &flow, NULL), 0);
    return flow;
}

static void put(struct mt940_flow *flow, int32_t kind, const void *record)
{
    assert_int_equal(mt940_flow_put(flow, kind, &record, 1, NULL, NULL), 0);
}

static void furnish(struct mt940_flow *flow)
{
    const struct mt940_company company = {.code = {"1", 1}, .local_currency = {"TRY", 3}};
    const struct mt940_customer customer = {.company = {"1", 1}, .code = {"C", 1},
                                            .payment_type = MT940_PAYMENT_TYPE_DBS,
                                            .default_bank_account = {"A", 1}};
    const struct mt940_bank_account account = {.company = {"1", 1}, .code = {"A", 1}, .branch = {"0062_00119", 10}};
    const struct mt940_customer_bank bank = {.company = {"1", 1}, .customer = {"C", 1}, .slot = 1,
                                             .branch = {"0062_00119", 10}, .dbs = 1, .dbs_limit = LIMIT,
                                             .dbs_control = MT940_DBS_CONTROL_BLOCK};

    put(flow, MT940_KIND_COMPANY, &company);
    put(flow, MT940_KIND_CUSTOMER, &customer);
    put(flow, MT940_KIND_BANK_ACCOUNT, &account);
    put(flow, MT940_KIND_CUSTOMER_BANK, &bank);
}

static int count_saved(void *saved, const struct mt940_invoice_result *result)
{
    *(int *)saved += result->saved;
    return 0;
}

/* One process: its own store handle, its own invoices. Its exit status is what it sold. */
static void sell(int process)
{
    struct mt940_store store = open_store();
    struct mt940_flow *flow = open_flow(&store);
    int saved = 0;

    for (int i = 0; i < SALES; i++) {
        struct mt940_invoice invoice = {.customer = {"C", 1}, .kind = MT940_INVOICE_KIND_SALE, .date = {2026, 7, 1},
                                        .amount = PRICE};
        struct mt940_invoice_request request = {.size = sizeof(request), .verb = MT940_INVOICE_ADD,
                                                .invoice = &invoice};
        char number[32];

        snprintf(number, sizeof(number), "P%d-%d", process, i);
        mt940_view_from_string(number, &invoice.number);
        if (mt940_flow_invoice(flow, &request, count_saved, &saved, NULL) != 0)
            _exit(255);
    }
    mt940_flow_close(flow);
    store.close(store.user);
    _exit(saved);
}

static int look(void *user, const struct mt940_customer_bank *record, const struct mt940_dbs_audit *audit)
{
    assert_int_equal(audit->faults, 0);
    *(int64_t *)user = record->dbs_total;
    return 0;
}

static void eight_processes_share_one_limit(void **state)
{
    struct mt940_store store = open_store();
    struct mt940_flow *flow = open_flow(&store);
    pid_t processes[PROCESSES];
    int64_t total = 0;
    int sold = 0;

    (void)state;
    furnish(flow);
    fflush(NULL);
    for (int i = 0; i < PROCESSES; i++) {
        processes[i] = fork();
        assert_true(processes[i] >= 0);
        if (processes[i] == 0)
            sell(i);
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = 0;

        assert_int_equal(waitpid(processes[i], &status, 0), processes[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= SALES);
        sold += WEXITSTATUS(status);
    }
    assert_int_equal(mt940_flow_dbs_audit(flow, look, &total, NULL, NULL), 0);
    assert_int_equal(total, LIMIT);
    assert_int_equal(sold, LIMIT / PRICE);
    mt940_flow_close(flow);
    store.close(store.user);
    remove_store();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_story_comes_out),
        cmocka_unit_test(eight_processes_share_one_limit),
    };

    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}

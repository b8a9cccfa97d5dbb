/* SPDX-License-Identifier: Apache-2.0
 *
 * The SQLite store beside other processes, and on a file or disk that is not as it should be.
 */
#define _DEFAULT_SOURCE /* mkdtemp() */

#include "sqlite_file.h"

#include <sys/wait.h>
#include <time.h>

/* --- beside others --- */

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double wait_in_vain(int32_t busy_timeout_ms)
{
    struct mt940_sqlite_options options = {.size = sizeof(options), .busy_timeout_ms = busy_timeout_ms};
    struct mt940_store store = opened(&options);
    double start = seconds();

    assert_int_equal(put_setting(&store, "n"), MT940_E_BUSY);
    double waited = seconds() - start;
    assert_non_null(strstr(store.last_error(store.user), "locked"));
    assert_int_equal(count_of(&store, MT940_KIND_SETTING), 0); /* reading goes on meanwhile */
    store.close(store.user);
    return waited;
}

static void a_lock_is_waited_for_and_then_told(void **state)
{
    (void)state;
    struct mt940_store store = opened(NULL);
    sqlite3 *other = NULL;

    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    double waited = wait_in_vain(300);
    assert_true(waited > 0.25 && waited < 5.0);
    assert_true(wait_in_vain(-1) < 0.25);
    assert_int_equal(sqlite3_exec(other, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(put_setting(&store, "n"), MT940_APPLIED);
    sqlite3_close(other);
    store.close(store.user);
}

/* Many processes that find no file at the same moment make one store of it. */
static void a_crowd_makes_one_store(void **state)
{
    (void)state;
    enum { CROWD = 8 };
    pid_t children[CROWD];

    for (int i = 0; i < CROWD; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            char name[8];
            struct mt940_store store;
            snprintf(name, sizeof(name), "n%d", i);
            if (mt940_sqlite_store_open(path, NULL, &store, NULL))
                _exit(1);
            int outcome = put_setting(&store, name);
            store.close(store.user);
            _exit(outcome == MT940_APPLIED ? 0 : 2);
        }
    }
    for (int i = 0; i < CROWD; i++) {
        int status = -1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    struct mt940_store store = opened(NULL);
    assert_int_equal(count_of(&store, MT940_KIND_SETTING), CROWD);
    assert_int_equal(count_of(&store, MT940_KIND_ACTION), CROWD);
    store.close(store.user);
}

static void a_read_only_store_is_never_changed(void **state)
{
    (void)state;
    struct mt940_sqlite_options reading = {.size = sizeof(reading), .read_only = 1};

    assert_refused(MT940_E_NOT_FOUND, &reading, "no such store");
    assert_int_equal(access(path, F_OK), -1);
    struct mt940_store writer = opened(NULL);
    assert_int_equal(put_setting(&writer, "n"), MT940_APPLIED);
    struct mt940_store reader = opened(&reading);
    assert_int_equal(count_of(&reader, MT940_KIND_SETTING), 1);
    assert_int_equal(put_setting(&reader, "m"), MT940_E_UNSUPPORTED);
    assert_non_null(strstr(reader.last_error(reader.user), "read-only"));
    assert_int_equal(put_setting(&writer, "m"), MT940_APPLIED);
    assert_int_equal(count_of(&reader, MT940_KIND_SETTING), 2);
    reader.close(reader.user);
    writer.close(writer.user);
}

/* --- damage --- */

static void a_row_without_its_form_is_corrupt(void **state)
{
    (void)state;
    struct mt940_store store = opened(NULL);
    int count = 0;

    run_sql("INSERT INTO rates(revision, date) VALUES(1, '2026-02-30')");
    assert_int_equal(store.scan(store.user, MT940_KIND_RATE, 0, 0, NULL, 0, 0, count_record, &count),
                     MT940_E_CORRUPT);
    assert_int_equal(count, 0);
    assert_non_null(strstr(store.last_error(store.user), "form"));
    store.close(store.user);
}

static void a_missing_table_fails_and_stores_nothing(void **state)
{
    (void)state;
    struct mt940_store store = opened(NULL);

    run_sql("DROP TABLE settings");
    assert_int_equal(put_setting(&store, "n"), MT940_E_STORE);
    assert_int_equal(count_of(&store, MT940_KIND_ACTION), 0);
    store.close(store.user);
}

/* The whole disk cannot be filled here; a limit on the pages of the file does the same to SQLite. */
static void a_full_disk_stores_nothing(void **state)
{
    (void)state;
    static char value[400000];
    struct mt940_store store;
    struct mt940_setting setting = {.name = TEXT("big"), .value = {value, sizeof(value)}};
    struct mt940_action action = {.key = TEXT("big")};
    struct mt940_change change = {
        .size = sizeof(change), .op = MT940_PUT_NEW, .kind = MT940_KIND_SETTING, .record = &setting};
    struct mt940_batch batch = {sizeof(batch), &action, &change, 1};
    struct mt940_batch_result result = {.size = sizeof(result)};

    memset(value, 'v', sizeof(value));
    assert_int_equal(sqlite3_auto_extension((void (*)(void))catch_connection), SQLITE_OK);
    store = opened(NULL);
    sqlite3_reset_auto_extension();
    assert_int_equal(sqlite3_exec(caught, "PRAGMA max_page_count=60", NULL, NULL, NULL), SQLITE_OK);
    int status = store.apply(store.user, &batch, 1, &result);
    assert_int_equal(status, MT940_E_IO);
    assert_non_null(strstr(store.last_error(store.user), "full"));
    assert_int_equal(count_of(&store, MT940_KIND_ACTION), 0);
    assert_int_equal(put_setting(&store, "small"), MT940_APPLIED);
    store.close(store.user);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_lock_is_waited_for_and_then_told, remove_store),
        cmocka_unit_test_teardown(a_crowd_makes_one_store, remove_store),
        cmocka_unit_test_teardown(a_read_only_store_is_never_changed, remove_store),
        cmocka_unit_test_teardown(a_row_without_its_form_is_corrupt, remove_store),
        cmocka_unit_test_teardown(a_missing_table_fails_and_stores_nothing, remove_store),
        cmocka_unit_test_teardown(a_full_disk_stores_nothing, remove_store),
    };
    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}

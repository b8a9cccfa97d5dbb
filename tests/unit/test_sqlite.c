/* SPDX-License-Identifier: Apache-2.0
 *
 * What the conformance kit cannot see of the SQLite store: the file, the settings of its
 * connections, and its versions. The file is looked at through SQLite itself.
 */
#define _DEFAULT_SOURCE /* mkdtemp() */

#include "sqlite_file.h"

#include <sys/stat.h>
#include <sys/wait.h>

/* --- the file --- */

static void a_new_file_is_ours_and_private(void **state)
{
    (void)state;
    struct stat facts;
    mode_t before = umask(0);
    struct mt940_store store = opened(NULL);

    assert_int_equal(put_setting(&store, "n"), MT940_APPLIED);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    char wal[80];
    snprintf(wal, sizeof(wal), "%s-wal", path);
    assert_int_equal(stat(wal, &facts), 0); /* the log is there and as private */
    assert_int_equal(facts.st_mode & 0777, 0600);
    umask(before);
    assert_int_equal(number_of("PRAGMA application_id"), MT940_SQLITE_APPLICATION_ID);
    assert_int_equal(number_of("PRAGMA user_version"), MT940_SCHEMA_VERSION);
    assert_int_equal(number_of("SELECT count(*) FROM sqlite_schema WHERE type = 'table'"), mt940_kind_count());
    assert_int_equal(number_of("SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
    store.close(store.user);
    assert_int_equal(number_of("SELECT count(*) FROM settings"), 1);
    assert_int_equal(stat(wal, &facts), -1); /* a closed store is one file */
}

static int64_t setting_of(const char *pragma)
{
    sqlite3_stmt *statement = NULL;

    assert_int_equal(sqlite3_prepare_v2(caught, pragma, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

static void every_connection_logs_and_syncs(void **state)
{
    (void)state;
    assert_int_equal(sqlite3_auto_extension((void (*)(void))catch_connection), SQLITE_OK);
    for (int i = 0; i < 3; i++) { /* the one that makes the file, and later ones */
        struct mt940_store store = opened(NULL);
        assert_int_equal(setting_of("PRAGMA synchronous"), 2); /* FULL */
        assert_int_equal(setting_of("SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
        assert_int_equal(setting_of("PRAGMA temp_store"), 2); /* memory */
        assert_int_equal(setting_of("PRAGMA trusted_schema"), 0);
        store.close(store.user);
    }
    sqlite3_reset_auto_extension();
}

static void foreign_files_are_left_alone(void **state)
{
    (void)state;
    run_sql("CREATE TABLE theirs(a); INSERT INTO theirs VALUES(1)");
    assert_refused(MT940_E_FORMAT, NULL, "another program");
    assert_int_equal(number_of("SELECT count(*) FROM sqlite_schema"), 1);
    assert_int_equal(number_of("SELECT journal_mode = 'delete' FROM pragma_journal_mode"), 1);
    remove_store(NULL);
    run_sql("PRAGMA application_id=252006674"); /* GeoPackage */
    assert_refused(MT940_E_FORMAT, NULL, "another program");
    remove_store(NULL);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < 200; i++)
        fputs("this is no database\n", file);
    fclose(file);
    assert_refused(MT940_E_FORMAT, NULL, "no store");
}

static void missing_and_forbidden_places_are_named(void **state)
{
    (void)state;
    struct mt940_sqlite_options existing = {.size = sizeof(existing), .must_exist = 1};
    struct mt940_store store;
    struct mt940_error error;

    assert_refused(MT940_E_NOT_FOUND, &existing, "no such store");
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(try_open("/tmp/no-such-directory-940/x.db", NULL, &store, &error), MT940_E_IO);
    assert_string_equal(error.text, "no such directory: /tmp/no-such-directory-940/x.db");
    assert_int_equal(try_open(directory, NULL, &store, &error), MT940_E_IO);
    assert_non_null(strstr(error.text, "directory"));
    assert_int_equal(try_open("/dev/null/x.db", NULL, &store, &error), MT940_E_IO);
    assert_non_null(strstr(error.text, "no directory"));
    assert_int_equal(try_open("", NULL, &store, &error), MT940_E_ARGUMENT);
    assert_int_equal(try_open(NULL, NULL, &store, &error), MT940_E_ARGUMENT);
    existing.reserved = 1;
    assert_int_equal(try_open(path, &existing, &store, &error), MT940_E_ARGUMENT);
}

/* The end of a long path is what tells it from others. */
static void long_paths_keep_their_end(void **state)
{
    (void)state;
    char at[400] = "/tmp/";
    struct mt940_store store;
    struct mt940_error error;

    while (strlen(at) < 300)
        strcat(at, "\xC5\x9Fube/");
    strcat(at, "end.db");
    assert_int_equal(try_open(at, NULL, &store, &error), MT940_E_IO);
    assert_true(strlen(error.text) < sizeof(error.text));
    assert_string_equal(error.text + strlen(error.text) - 7, "/end.db");
}

/* Root may write everywhere, so a child gives that up first. */
static void places_without_permission_are_named(void **state)
{
    (void)state;
    assert_int_equal(chmod(directory, 0755), 0);
    pid_t child = fork();
    if (child == 0) {
        struct mt940_store store;
        struct mt940_error error = {.size = sizeof(error)};
        bool is_root = geteuid() == 0;
        if (is_root ? setgid(65534) || setuid(65534) : chmod(directory, 0500))
            _exit(2);
        int status = mt940_sqlite_store_open(path, NULL, &store, &error);
        _exit(status == MT940_E_IO && strstr(error.text, "no permission: /tmp/") ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(directory, 0700), 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* --- versions --- */

static void newer_stores_are_refused(void **state)
{
    (void)state;
    struct mt940_store store = opened(NULL);

    store.close(store.user);
    run_sql("PRAGMA user_version=99");
    assert_refused(MT940_E_SCHEMA, NULL, "newer version");
    assert_int_equal(number_of("PRAGMA user_version"), 99);
}

/* An older store lacks kinds, fields and indexes that came later; what it has stays. */
static const char older_store[] =
    "PRAGMA application_id=1297365300;"
    "CREATE TABLE companies(revision INTEGER NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL DEFAULT '',"
    " PRIMARY KEY(code)) STRICT, WITHOUT ROWID;"
    "INSERT INTO companies VALUES(3, '01', '\xC3\x96rnek');"
    "CREATE TABLE invoices(revision INTEGER NOT NULL, company TEXT NOT NULL, number TEXT NOT NULL,"
    " amount INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(company, number)) STRICT, WITHOUT ROWID;"
    "INSERT INTO invoices VALUES(1, '01', 'F1', 5);";

static int check_company(void *user, const void *record)
{
    const struct mt940_company *company = record;

    assert_int_equal(company->revision, 3);
    assert_int_equal(company->title.length, 6);
    assert_int_equal(company->tax_id.length, 0);
    *(int *)user += 1;
    return 0;
}

static int check_invoice(void *user, const void *record)
{
    const struct mt940_invoice *invoice = record;

    assert_int_equal(invoice->amount, 5);
    assert_int_equal(invoice->kind, MT940_INVOICE_KIND_SALE); /* 0 is no kind */
    assert_int_equal(invoice->due_date.year, 0);
    *(int *)user += 1;
    return 0;
}

static void older_stores_are_migrated_and_keep_their_records(void **state)
{
    (void)state;
    struct mt940_sqlite_options reading = {.size = sizeof(reading), .read_only = 1};
    int seen = 0;

    run_sql(older_store);
    assert_refused(MT940_E_SCHEMA, &reading, "older version");
    struct mt940_store store = opened(NULL);
    assert_int_equal(store.scan(store.user, MT940_KIND_COMPANY, 0, 0, NULL, 0, 0, check_company, &seen), 0);
    assert_int_equal(store.scan(store.user, MT940_KIND_INVOICE, 1, 0, NULL, 0, 0, check_invoice, &seen), 0);
    assert_int_equal(seen, 2);
    assert_int_equal(put_setting(&store, "n"), MT940_APPLIED);
    store.close(store.user);
    assert_int_equal(number_of("PRAGMA user_version"), MT940_SCHEMA_VERSION);
    assert_int_equal(number_of("SELECT count(*) FROM sqlite_schema WHERE name = 'invoices_by_customer'"), 1);
}

/* A migration that fails half-way has not happened. */
static void a_failed_migration_changes_nothing(void **state)
{
    (void)state;
    run_sql(older_store);
    run_sql("CREATE TABLE payments(revision INTEGER NOT NULL, company TEXT PRIMARY KEY) STRICT, WITHOUT ROWID");
    int64_t before = number_of("SELECT sum(length(sql)) FROM sqlite_schema");
    struct mt940_store store;
    struct mt940_error error;

    assert_true(try_open(path, NULL, &store, &error) < 0);
    assert_int_equal(number_of("PRAGMA user_version"), 0);
    assert_int_equal(number_of("SELECT sum(length(sql)) FROM sqlite_schema"), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_new_file_is_ours_and_private, remove_store),
        cmocka_unit_test_teardown(every_connection_logs_and_syncs, remove_store),
        cmocka_unit_test_teardown(foreign_files_are_left_alone, remove_store),
        cmocka_unit_test_teardown(missing_and_forbidden_places_are_named, remove_store),
        cmocka_unit_test_teardown(long_paths_keep_their_end, remove_store),
        cmocka_unit_test_teardown(places_without_permission_are_named, remove_store),
        cmocka_unit_test_teardown(newer_stores_are_refused, remove_store),
        cmocka_unit_test_teardown(older_stores_are_migrated_and_keep_their_records, remove_store),
        cmocka_unit_test_teardown(a_failed_migration_changes_nothing, remove_store),
    };
    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}

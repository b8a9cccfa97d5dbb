/* SPDX-License-Identifier: Apache-2.0
 *
 * open.c: opens the file safely: whose it is, which version, how it is locked and synced. Must not know a record.
 */
#define _POSIX_C_SOURCE 200809L

#include "open.h"

#include <stdbool.h>
#include <string.h>

#ifndef _WIN32
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#endif

#include "tables.h"

#define DEFAULT_TIMEOUT_MS 5000

/*
 * A day's statements and what they touch stay in memory, and the log is copied back every 16 MB: the pages that
 * commits share are then written to the file once, not for every twenty-five of them. A crash leaves that much to read.
 */
#define CACHE_KIB 8000
#define LOG_PAGES 4000

/* --- the file --- */

#ifndef _WIN32
static int refuse_errno(struct mt940_sqlite *store, int number)
{
    static const struct {
        int number;
        const char *text;
    } texts[] = {
        {ENOENT, "no such directory"},    {ENOTDIR, "part of the path is no directory"},
        {EACCES, "no permission"},        {EPERM, "no permission"},
        {EROFS, "read-only file system"}, {EISDIR, "this is a directory"},
        {ENOSPC, "no space left"},        {EDQUOT, "disk quota used up"},
    };
    const char *text = "the system refuses the file";

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (texts[i].number == number)
            text = texts[i].text;
    store->detail = number;
    return mt940_sqlite_refuse(store, MT940_E_IO, text);
}

/*
 * SQLite would make the file readable for everybody the umask allows; it holds money data. With
 * O_EXCL only a file that nobody had open is opened here, so that closing it drops no lock.
 */
static int make_file(struct mt940_sqlite *store)
{
    int file = open(store->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (file >= 0) {
        close(file);
        return MT940_OK;
    }
    return errno == EEXIST ? MT940_OK : refuse_errno(store, errno);
}

static int check_directory(struct mt940_sqlite *store)
{
    int number = sqlite3_system_errno(store->db);

    if (number == ENOENT)
        return mt940_sqlite_refuse(store, MT940_E_NOT_FOUND, "no such store");
    return number ? refuse_errno(store, number) : mt940_sqlite_fail(store, SQLITE_CANTOPEN, "open");
}
#else
static int make_file(struct mt940_sqlite *store)
{
    return MT940_OK;
}

static int check_directory(struct mt940_sqlite *store)
{
    return mt940_sqlite_fail(store, SQLITE_CANTOPEN, "open");
}
#endif

static int open_file(struct mt940_sqlite *store, const struct mt940_sqlite_options *options)
{
    bool may_create = !options->read_only && !options->must_exist;
    int flags = options->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    int status = may_create ? make_file(store) : MT940_OK;

    if (status)
        return status;
    int code = sqlite3_open_v2(store->path, &store->db, flags | SQLITE_OPEN_NOMUTEX | (may_create ? SQLITE_OPEN_CREATE : 0),
                               NULL);
    if (code != SQLITE_OK && store->db && (code & 0xFF) == SQLITE_CANTOPEN)
        return check_directory(store);
    if (code != SQLITE_OK)
        return mt940_sqlite_fail(store, code, "open");
    if (!options->read_only && sqlite3_db_readonly(store->db, "main") == 1)
        return mt940_sqlite_refuse(store, MT940_E_IO, "no permission to write");
    return MT940_OK;
}

/* --- settings of the connection --- */

/*
 * SQLite's own handler sleeps up to 100 ms between two looks; a writer that commits one batch after
 * the other then leaves the next one standing for seconds. Short looks find the gap between two
 * commits; the chance in them keeps waiting processes from looking in step.
 */
static int wait_for_lock(void *user, int tries)
{
    struct mt940_sqlite *store = user;
    unsigned char chance;

    if (tries == 0)
        store->waited_ms = 0;
    if (store->waited_ms >= store->busy_timeout_ms)
        return 0;
    sqlite3_randomness(1, &chance);
    store->waited_ms += sqlite3_sleep(1 + chance % 3);
    return 1;
}

/* Changing to the write-ahead log does not always ask the busy handler; so ask again ourselves. */
static int use_wal(struct mt940_sqlite *store)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(store->db, "PRAGMA journal_mode=WAL", -1, &statement, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    for (int tries = 0; (code & 0xFF) == SQLITE_BUSY && wait_for_lock(store, tries); tries++) {
        sqlite3_reset(statement);
        code = sqlite3_step(statement);
    }
    int status = MT940_OK;
    if (code != SQLITE_ROW)
        status = mt940_sqlite_fail(store, code, "write-ahead log");
    else if (strcmp((const char *)sqlite3_column_text(statement, 0), "wal") != 0)
        status = mt940_sqlite_refuse(store, MT940_E_UNSUPPORTED, "no write-ahead log here (memory, network?)");
    sqlite3_finalize(statement);
    return status;
}

/* What the file says about itself must not run code, and temporary files must not hold its data. */
static int harden(struct mt940_sqlite *store)
{
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_handler(store->db, wait_for_lock, store);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    /* A "name" that is no column is an error, not a text. */
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
    return mt940_sqlite_run(store, "PRAGMA temp_store=MEMORY");
}

/* FULL: the log is synced at every commit, so that a power cut takes nothing that was answered. */
static int sync_fully(struct mt940_sqlite *store)
{
    int64_t level = 0;
    int status = mt940_sqlite_run(store, "PRAGMA synchronous=FULL");

    if (status == MT940_OK)
        status = mt940_sqlite_number(store, "PRAGMA synchronous", &level);
    if (status == MT940_OK && level != 2)
        status = mt940_sqlite_refuse(store, MT940_E_UNSUPPORTED, "synchronous FULL cannot be set");
    if (status == MT940_OK)
        status = mt940_sqlite_run(store, "PRAGMA wal_autocheckpoint=" QUOTE(LOG_PAGES));
    return status;
}

/* --- whose file and which version --- */

struct identity {
    int64_t application;
    int64_t version;
    int64_t tables;
};

static int read_identity(struct mt940_sqlite *store, struct identity *identity)
{
    int status = mt940_sqlite_number(store, "PRAGMA application_id", &identity->application);

    if (status == MT940_OK)
        status = mt940_sqlite_number(store, "PRAGMA user_version", &identity->version);
    if (status == MT940_OK)
        status = mt940_sqlite_number(store, "SELECT count(*) FROM sqlite_schema", &identity->tables);
    if (status)
        return status == MT940_E_FORMAT ? mt940_sqlite_refuse(store, status, "this is no store") : status;
    bool is_empty = identity->application == 0 && identity->version == 0 && identity->tables == 0;
    if (!is_empty && identity->application != MT940_SQLITE_APPLICATION_ID)
        return mt940_sqlite_refuse(store, MT940_E_FORMAT, "this is the database of another program");
    if (identity->version > MT940_SCHEMA_VERSION)
        return mt940_sqlite_refuse(store, MT940_E_SCHEMA, "written by a newer version of this library");
    if (store->read_only && identity->version < MT940_SCHEMA_VERSION)
        return mt940_sqlite_refuse(store, is_empty ? MT940_E_FORMAT : MT940_E_SCHEMA,
                                   is_empty ? "empty, no store" : "of an older version; open it once for writing");
    return MT940_OK;
}

/*
 * The same of one moment: another process may be making its store of the file, and between two reads a file that was empty
 * has tables, as that of another program has them.
 */
static int look_at_identity(struct mt940_sqlite *store, struct identity *identity)
{
    int status = mt940_sqlite_run(store, "BEGIN");

    if (status)
        return status == MT940_E_FORMAT ? mt940_sqlite_refuse(store, status, "this is no store") : status;
    status = read_identity(store, identity);
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* New and older files alike; another process may have been faster, so look again under the lock. */
static int bring_up_to_date(struct mt940_sqlite *store)
{
    struct identity identity = {0, 0, 0};
    int status = mt940_sqlite_run(store, "BEGIN IMMEDIATE");

    if (status)
        return status;
    status = read_identity(store, &identity);
    if (status == MT940_OK && identity.version < MT940_SCHEMA_VERSION) {
        status = mt940_sqlite_make_tables(store);
        if (status == MT940_OK)
            status = mt940_sqlite_run(store, "PRAGMA application_id=" QUOTE(MT940_SQLITE_APPLICATION_ID));
        if (status == MT940_OK)
            status = mt940_sqlite_run(store, "PRAGMA user_version=" QUOTE(MT940_SCHEMA_VERSION));
    }
    if (status == MT940_OK)
        status = mt940_sqlite_run(store, "COMMIT");
    if (status)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

int mt940_sqlite_open_file(struct mt940_sqlite *store, const struct mt940_sqlite_options *options)
{
    struct identity identity = {0, 0, 0};

    store->read_only = options->read_only;
    store->busy_timeout_ms = options->busy_timeout_ms ? options->busy_timeout_ms : DEFAULT_TIMEOUT_MS;
    int status = open_file(store, options);
    if (status == MT940_OK)
        status = harden(store);
    if (status == MT940_OK)
        status = look_at_identity(store, &identity);
    if (status == MT940_OK) /* looks into the file, which must be known as ours before */
        status = mt940_sqlite_run(store, "PRAGMA cache_size=-" QUOTE(CACHE_KIB));
    if (status || store->read_only)
        return status;
    status = use_wal(store);
    if (status == MT940_OK)
        status = sync_fully(store);
    if (status == MT940_OK && identity.version < MT940_SCHEMA_VERSION)
        status = bring_up_to_date(store);
    return status;
}

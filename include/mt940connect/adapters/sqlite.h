/* SPDX-License-Identifier: Apache-2.0
 *
 * adapters/sqlite.h: the store in one SQLite file, for one machine and any number of processes on
 * it (not on a network file system; PostgreSQL is for that). Link with libmt940connect-sqlite.
 */
#ifndef MT940CONNECT_ADAPTERS_SQLITE_H
#define MT940CONNECT_ADAPTERS_SQLITE_H

#include "mt940connect/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A store file says so in its header (PRAGMA application_id); other SQLite files are left alone. "MT94". */
#define MT940_SQLITE_APPLICATION_ID 0x4D543934

struct mt940_sqlite_options {
    size_t size;
    int32_t busy_timeout_ms; /* how long a call waits for another writer; 0 = 5000, negative = not at all */
    int32_t read_only;       /* 1 = apply() answers MT940_E_UNSUPPORTED and the file is never changed */
    int32_t must_exist;      /* 1 = a missing file is MT940_E_NOT_FOUND instead of a new store */
    int32_t reserved;
};

/*
 * Opens the store at `path` (UTF-8), making it with mode 0600 when it is missing. A store of an
 * older schema is migrated in one transaction. NULL options mean zeros. `out` is filled, its
 * `size` too; the store lives until out->close(out->user). One thread at a time per store; as
 * many stores on one file as you like. Memory comes from SQLite (sqlite3_config()).
 *
 * Every commit is on the disk when apply() returns (write-ahead log, synchronous FULL).
 *
 * Returns 0 or: MT940_E_ARGUMENT; MT940_E_NOT_FOUND; MT940_E_IO (missing or unwritable directory,
 * `detail` is errno or SQLite's code); MT940_E_FORMAT (the file is something else; it was not
 * changed); MT940_E_SCHEMA (written by a newer version, or older and read_only); MT940_E_BUSY;
 * MT940_E_CORRUPT; MT940_E_MEMORY; MT940_E_UNSUPPORTED (no write-ahead log on that file system);
 * MT940_E_STORE. The error's text names the path. @since 0.1
 */
int mt940_sqlite_store_open(const char *path, const struct mt940_sqlite_options *options, struct mt940_store *out,
                            struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif

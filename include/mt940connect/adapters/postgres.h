/* SPDX-License-Identifier: Apache-2.0
 *
 * adapters/postgres.h: the store in a PostgreSQL database, for many machines that share one truth.
 * Link with libmt940connect-postgres. The SQL keeps to what CockroachDB and YugabyteDB accept too.
 */
#ifndef MT940CONNECT_ADAPTERS_POSTGRES_H
#define MT940CONNECT_ADAPTERS_POSTGRES_H

#include "mt940connect/store.h"

#ifdef __cplusplus
extern "C" {
#endif

struct mt940_postgres_options {
    size_t size;
    const char *schema;        /* schema of the tables, made when missing; NULL = "mt940connect" */
    int32_t busy_timeout_ms;   /* how long a change waits for another writer's lock; 0 = 5000 */
    int32_t stall_timeout_ms;  /* how long the server may stay silent before the connection is given up; 0 = 30000 */
    int32_t read_only;         /* 1 = apply() answers MT940_E_UNSUPPORTED; nothing is made or migrated */
    int32_t must_exist;        /* 1 = a schema without our tables is MT940_E_NOT_FOUND instead of a new store */
    int32_t pooled;            /* 1 = behind a pooler that hands out a connection per transaction: nothing is prepared */
    int32_t accept_unsafe;     /* 1 = also a server with fsync off, which forgets commits when the power fails */
};

/*
 * Opens the store that a libpq connection string ("postgresql://user@host/database?sslmode=verify-full"
 * or "host=… dbname=…") leads to, making its tables when they are missing; a store of an older
 * schema is migrated in one transaction. NULL options mean zeros. A password comes best from
 * ~/.pgpass or PGPASSWORD; it is never in an error's text. `out` is filled, its `size` too; the
 * store lives until out->close(out->user). One thread at a time per store; as many stores on one
 * database as you like. Memory comes from the C heap.
 *
 * Every commit is on the server's disk when apply() returns (synchronous_commit is switched on
 * where it is off). A connection that was lost is made anew by the next call. Where the answer to
 * a commit was lost, the store asks the server; MT940_E_UNKNOWN remains only while it cannot be
 * reached, and every later call asks first.
 *
 * Returns 0 or: MT940_E_ARGUMENT; MT940_E_UNREACHABLE (no server there); MT940_E_AUTHENTICATION;
 * MT940_E_NOT_FOUND (no such database, or no tables and must_exist or read_only); MT940_E_SCHEMA
 * (written by a newer version, or older and read_only); MT940_E_BUSY; MT940_E_MEMORY;
 * MT940_E_UNSUPPORTED (no UTF-8 database, or fsync is off); MT940_E_STORE. The error's text has
 * the server's own words and SQLSTATE. @since 0.1
 */
int mt940_postgres_store_open(const char *connection, const struct mt940_postgres_options *options,
                              struct mt940_store *out, struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif

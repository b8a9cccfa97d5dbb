/* SPDX-License-Identifier: Apache-2.0
 *
 * connection.h: one connection to the server: made, waited for with a time limit, made anew, and
 * the translation of its errors.
 */
#ifndef MT940_ADAPTERS_POSTGRES_CONNECTION_H
#define MT940_ADAPTERS_POSTGRES_CONNECTION_H

#include <libpq-fe.h>
#include <stdbool.h>

#include "mt940connect/adapters/postgres.h"

/* Schema of the tables unless the options say another, and the longest name the server takes. */
#define MT940_POSTGRES_SCHEMA "mt940connect"
#define MT940_POSTGRES_SCHEMA_MAX 63

/* How many statements the server is told of at once. */
enum { MT940_POSTGRES_WANTED = 64 };

/* The store behind the port's `user`. */
struct mt940_postgres {
    PGconn *connection;
    char *schema; /* as an identifier in SQL, quoted */
    int32_t busy_timeout_ms;
    int32_t stall_timeout_ms;
    int32_t read_only;
    int32_t pooled;
    int32_t accept_unsafe;
    int32_t must_sync;       /* synchronous_commit is off here: the session, or each transaction, switches it on */
    bool has_plan_cache;     /* the server can be told to plan a prepared statement once */
    uint32_t *uses;          /* by statement, on this connection; 0 = the server does not know it */
    size_t statement_count;
    struct {
        int statement;
        bool is_known; /* to be made anew */
    } wanted[MT940_POSTGRES_WANTED]; /* statements the server is to be told of */
    size_t wanted_count;
    void *doubtful;          /* a clone of an action whose commit was not answered, or NULL */
    void *record;            /* room for the largest record, filled by reading a row */
    struct mt940_postgres_parameters *parameters; /* of the statement that is sent next */
    char sqlstate[6];        /* of the last failure, "" when it was none of the server's */
    char text[120];          /* of the last failure, for mt940_error too */
};

/* SQL under construction; what does not fit sets `is_cut`. */
struct mt940_postgres_sql {
    char text[8192];
    size_t length;
    bool is_cut;
};
void mt940_postgres_append(struct mt940_postgres_sql *sql, const char *text);
/* Appends `%s` (as it is), `%q` (an identifier of store.def, quoted) and `%d` (int) of a format. */
void mt940_postgres_appendf(struct mt940_postgres_sql *sql, const char *format, ...);

/* Notes a failure of our own and returns the status. */
int mt940_postgres_refuse(struct mt940_postgres *store, int status, const char *text);
/* Notes what failed while `doing`: the server's answer, or without one the connection's trouble. */
int mt940_postgres_fail(struct mt940_postgres *store, const PGresult *result, const char *doing);
/* Whether the connection is gone. */
bool mt940_postgres_is_lost(const struct mt940_postgres *store);

/* Connects and looks what the server is like. 0 or a status. */
int mt940_postgres_connect(struct mt940_postgres *store, const char *connection,
                           const struct mt940_postgres_options *options);
/* Sets what holds for all of a session; behind a pooler nothing does, and each transaction sets it. 0 or a status. */
int mt940_postgres_set_session(struct mt940_postgres *store);
/* Connects again when the connection is gone. 0 or a status. */
int mt940_postgres_reconnect(struct mt940_postgres *store);

/*
 * The next result of what was sent, NULL behind the last; waits no longer than the stall allows.
 * 0 or a status: then the connection is given up.
 */
int mt940_postgres_next(struct mt940_postgres *store, PGresult **result);
/* Writes out what was sent, reading on the way what the server answers. 0 or a status. */
int mt940_postgres_flush(struct mt940_postgres *store);
/*
 * Reads all that a command answers; the first failure counts. The first good result goes to
 * `first` (may be NULL), to be cleared by the caller. 0 or a status.
 */
int mt940_postgres_finish(struct mt940_postgres *store, const char *doing, PGresult **first);
/* Ends pipeline mode: reads and forgets what still comes. `is_synced`: its end was sent already. 0 or a status. */
int mt940_postgres_end_row(struct mt940_postgres *store, bool is_synced);
/* Runs SQL text; several statements in one are one round trip. 0 or a status. */
int mt940_postgres_command(struct mt940_postgres *store, const char *sql);
/* First column of the first row as text into `out`; *is_there 0 when there is no row. 0 or a status. */
int mt940_postgres_query(struct mt940_postgres *store, const char *sql, char *out, size_t capacity, bool *is_there);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * connection.c: opening, waiting, failing. Must not know what is asked of the server.
 */
#define _POSIX_C_SOURCE 200809L

#include "connection.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* --- SQL text --- */

static void append_bytes(struct mt940_postgres_sql *sql, const char *text, size_t length)
{
    if (length >= sizeof(sql->text) - sql->length) {
        sql->is_cut = true;
        return;
    }
    memcpy(sql->text + sql->length, text, length);
    sql->length += length;
    sql->text[sql->length] = '\0';
}

void mt940_postgres_append(struct mt940_postgres_sql *sql, const char *text)
{
    append_bytes(sql, text, strlen(text));
}

/* Names of store.def are words of small letters, so quoting protects from keywords only. */
void mt940_postgres_appendf(struct mt940_postgres_sql *sql, const char *format, ...)
{
    char number[16];
    va_list arguments;

    va_start(arguments, format);
    for (const char *at = format; *at; at++) {
        if (*at != '%') {
            append_bytes(sql, at, 1);
            continue;
        }
        at++;
        if (*at == 'd') {
            snprintf(number, sizeof(number), "%d", va_arg(arguments, int));
            mt940_postgres_append(sql, number);
            continue;
        }
        if (*at == 'q')
            mt940_postgres_append(sql, "\"");
        mt940_postgres_append(sql, va_arg(arguments, const char *));
        if (*at == 'q')
            mt940_postgres_append(sql, "\"");
    }
    va_end(arguments);
}

/* --- failures --- */

int mt940_postgres_refuse(struct mt940_postgres *store, int status, const char *text)
{
    store->sqlstate[0] = '\0';
    snprintf(store->text, sizeof(store->text), "%s", text);
    return status;
}

bool mt940_postgres_is_lost(const struct mt940_postgres *store)
{
    return PQstatus(store->connection) != CONNECTION_OK;
}

/* SQLSTATEs (PostgreSQL, appendix A) by their first characters; the first that fits counts. */
static const struct {
    const char *begins;
    int status;
} statuses[] = {
    {"40001", MT940_E_BUSY},           {"40P01", MT940_E_BUSY},  {"55P03", MT940_E_BUSY},
    {"57014", MT940_E_BUSY},           {"53300", MT940_E_BUSY},  {"53200", MT940_E_MEMORY},
    {"08", MT940_E_UNREACHABLE},       {"57P", MT940_E_UNREACHABLE}, {"28", MT940_E_AUTHENTICATION},
    {"3D000", MT940_E_NOT_FOUND},      {"42P01", MT940_E_CORRUPT},   {"42703", MT940_E_CORRUPT},
    {"XX001", MT940_E_CORRUPT},        {"XX002", MT940_E_CORRUPT},   {"25006", MT940_E_UNSUPPORTED},
};

static int status_of(const char *sqlstate)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
        if (strncmp(sqlstate, statuses[i].begins, strlen(statuses[i].begins)) == 0)
            return statuses[i].status;
    return MT940_E_STORE;
}

/* The first line of libpq's words on a connection; they name host and user, never a password. */
static void tell_connection(struct mt940_postgres *store, const char *doing)
{
    const char *words = PQerrorMessage(store->connection);
    int length = (int)strcspn(words, "\n");

    snprintf(store->text, sizeof(store->text), "%s: %.*s", doing, length, words);
}

int mt940_postgres_fail(struct mt940_postgres *store, const PGresult *result, const char *doing)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *words = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;

    snprintf(store->sqlstate, sizeof(store->sqlstate), "%s", state ? state : "");
    if (state)
        snprintf(store->text, sizeof(store->text), "%s: %s (SQLSTATE %s)", doing, words ? words : "failed", state);
    else
        tell_connection(store, doing);
    if (!state)
        return mt940_postgres_is_lost(store) ? MT940_E_UNREACHABLE : MT940_E_STORE;
    return status_of(state);
}

/* --- waiting --- */

/* Breaks a connection whose server stays silent, so that libpq knows it is gone; what the server may
   still do with it is settled later (apply.c). */
static int give_up(struct mt940_postgres *store, const char *why)
{
    int handle = PQsocket(store->connection);

    if (handle >= 0)
        (void)shutdown(handle, SHUT_RDWR);
    (void)PQconsumeInput(store->connection);
    return mt940_postgres_refuse(store, MT940_E_UNREACHABLE, why);
}

/* Until the socket can be read, or with `writes` written. */
static int await(struct mt940_postgres *store, bool writes, bool *can_read)
{
    struct pollfd handle = {PQsocket(store->connection), (short)(POLLIN | (writes ? POLLOUT : 0)), 0};
    int count;

    if (handle.fd < 0)
        return mt940_postgres_fail(store, NULL, "connection");
    do
        count = poll(&handle, 1, store->stall_timeout_ms);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return give_up(store, "connection: cannot be waited for");
    if (count == 0)
        return give_up(store, "connection: the server stays silent");
    *can_read = (handle.revents & ~POLLOUT) != 0;
    return MT940_OK;
}

int mt940_postgres_flush(struct mt940_postgres *store)
{
    int left;

    while ((left = PQflush(store->connection)) == 1) {
        bool can_read = false;
        int status = await(store, true, &can_read);
        if (status)
            return status;
        if (can_read && !PQconsumeInput(store->connection))
            return mt940_postgres_fail(store, NULL, "connection");
    }
    return left == 0 ? MT940_OK : mt940_postgres_fail(store, NULL, "connection");
}

int mt940_postgres_next(struct mt940_postgres *store, PGresult **result)
{
    int status = mt940_postgres_flush(store);

    *result = NULL;
    while (status == MT940_OK && PQisBusy(store->connection)) {
        bool can_read = false;
        status = await(store, false, &can_read);
        if (status == MT940_OK && !PQconsumeInput(store->connection))
            status = mt940_postgres_fail(store, NULL, "connection");
    }
    if (status == MT940_OK)
        *result = PQgetResult(store->connection);
    return status;
}

static bool is_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

int mt940_postgres_finish(struct mt940_postgres *store, const char *doing, PGresult **first)
{
    PGresult *result = NULL;
    int status = MT940_OK, waited;

    while ((waited = mt940_postgres_next(store, &result)) == MT940_OK && result) {
        if (!is_good(result) && status == MT940_OK)
            status = mt940_postgres_fail(store, result, doing);
        if (first && !*first && is_good(result))
            *first = result;
        else
            PQclear(result);
    }
    return status ? status : waited;
}

int mt940_postgres_command(struct mt940_postgres *store, const char *sql)
{
    if (!PQsendQuery(store->connection, sql))
        return mt940_postgres_fail(store, NULL, "command");
    return mt940_postgres_finish(store, "command", NULL);
}

int mt940_postgres_query(struct mt940_postgres *store, const char *sql, char *out, size_t capacity, bool *is_there)
{
    PGresult *result = NULL;

    *is_there = false;
    if (!PQsendQuery(store->connection, sql))
        return mt940_postgres_fail(store, NULL, "query");
    int status = mt940_postgres_finish(store, "query", &result);
    if (status == MT940_OK && result && PQntuples(result) > 0) {
        *is_there = true;
        snprintf(out, capacity, "%s", PQgetvalue(result, 0, 0));
    }
    PQclear(result);
    return status;
}

int mt940_postgres_end_row(struct mt940_postgres *store, bool is_synced)
{
    PGresult *result = NULL;
    int status = is_synced || PQpipelineSync(store->connection) ? MT940_OK : mt940_postgres_fail(store, NULL, "send");
    bool is_end = false;

    while (status == MT940_OK && !is_end) {
        status = mt940_postgres_next(store, &result);
        is_end = result && PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        PQclear(result);
    }
    if (status == MT940_OK && !PQexitPipelineMode(store->connection))
        status = mt940_postgres_fail(store, NULL, "send");
    return status;
}

/* --- connecting --- */

/* libpq does not classify why a connection failed before 18; the server's SQLSTATE stands in no field either. */
static int connection_status(const struct mt940_postgres *store)
{
    static const struct {
        const char *part;
        int status;
    } parts[] = {
        {"authentication failed", MT940_E_AUTHENTICATION}, {"no password supplied", MT940_E_AUTHENTICATION},
        {"no pg_hba.conf entry", MT940_E_AUTHENTICATION},  {"role \"", MT940_E_AUTHENTICATION},
        {"certificate", MT940_E_UNVERIFIED},               {"server does not support SSL", MT940_E_UNVERIFIED},
        {"database \"", MT940_E_NOT_FOUND},                {"too many", MT940_E_BUSY},
        {"invalid", MT940_E_ARGUMENT},                     {"missing \"=\"", MT940_E_ARGUMENT},
    };
    const char *words = PQerrorMessage(store->connection);

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (strstr(words, parts[i].part))
            return parts[i].status;
    return MT940_E_UNREACHABLE;
}

/* A setting of the server; one that it does not know (other makes) is "". */
static int show(struct mt940_postgres *store, const char *name, char *out, size_t capacity)
{
    struct mt940_postgres_sql sql = {.length = 0};
    bool is_there = false;

    out[0] = '\0';
    mt940_postgres_appendf(&sql, "SHOW %s", name);
    int status = mt940_postgres_query(store, sql.text, out, capacity, &is_there);
    return mt940_postgres_is_lost(store) ? status : MT940_OK;
}

/* The library does not print; libpq would. */
static void ignore_notice(void *user, const PGresult *notice)
{
    (void)user;
    (void)notice;
}

/* What must hold on every connection, also one made anew: the server may be another one by then. */
static int look_at_server(struct mt940_postgres *store)
{
    const char *encoding = PQparameterStatus(store->connection, "server_encoding");
    char setting[32];

    PQsetNoticeReceiver(store->connection, ignore_notice, NULL);
    if (PQsetnonblocking(store->connection, 1))
        return mt940_postgres_fail(store, NULL, "connect");
    if (encoding && strcmp(encoding, "UTF8") != 0)
        return mt940_postgres_refuse(store, MT940_E_UNSUPPORTED, "the database's encoding must be UTF8");
    int status = show(store, "fsync", setting, sizeof(setting));
    if (status)
        return status;
    if (strcmp(setting, "off") == 0 && !store->accept_unsafe)
        return mt940_postgres_refuse(store, MT940_E_UNSUPPORTED,
                                     "the server runs with fsync off: it forgets commits when the power fails");
    status = show(store, "synchronous_commit", setting, sizeof(setting));
    store->must_sync = strcmp(setting, "off") == 0;
    if (status == MT940_OK)
        status = show(store, "plan_cache_mode", setting, sizeof(setting));
    store->has_plan_cache = setting[0] != '\0';
    return status;
}

int mt940_postgres_set_session(struct mt940_postgres *store)
{
    struct mt940_postgres_sql sql = {.length = 0};

    if (store->pooled)
        return MT940_OK;
    /* Every statement goes by key or by the front of an order: five plans for five sets of values would be the same. */
    mt940_postgres_appendf(&sql, "SET lock_timeout = %d%s%s", (int)store->busy_timeout_ms,
                           store->must_sync ? "; SET synchronous_commit = on" : "",
                           store->has_plan_cache ? "; SET plan_cache_mode = force_generic_plan" : "");
    return mt940_postgres_command(store, sql.text);
}

/* Settings in front of the caller's string can be changed by it, the one behind cannot. */
static PGconn *start(const char *connection, int32_t stall_timeout_ms)
{
    static const char *const names[] = {"connect_timeout", "tcp_user_timeout", "fallback_application_name", "dbname",
                                        "client_encoding", NULL};
    char stall[16];
    const char *const values[] = {"10", stall, "mt940connect", connection, "UTF8", NULL};

    snprintf(stall, sizeof(stall), "%d", (int)stall_timeout_ms);
    return PQconnectdbParams(names, values, 1);
}

int mt940_postgres_connect(struct mt940_postgres *store, const char *connection,
                           const struct mt940_postgres_options *options)
{
    store->connection = start(connection, store->stall_timeout_ms);
    store->accept_unsafe = options->accept_unsafe;
    if (!store->connection)
        return mt940_postgres_refuse(store, MT940_E_MEMORY, "no memory for a connection");
    if (mt940_postgres_is_lost(store)) {
        tell_connection(store, "connect");
        return connection_status(store);
    }
    return look_at_server(store);
}

int mt940_postgres_reconnect(struct mt940_postgres *store)
{
    if (!mt940_postgres_is_lost(store))
        return MT940_OK;
    memset(store->uses, 0, store->statement_count * sizeof(*store->uses));
    PQreset(store->connection);
    if (mt940_postgres_is_lost(store)) {
        tell_connection(store, "connect");
        return connection_status(store);
    }
    int status = look_at_server(store);
    return status ? status : mt940_postgres_set_session(store);
}

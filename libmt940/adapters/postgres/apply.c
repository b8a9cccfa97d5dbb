/* SPDX-License-Identifier: Apache-2.0
 *
 * apply.c: all batches of a call in one transaction. First everything is sent in a row, so that
 * the way to the server is paid once: a change whose guard does not hold is seen when the answers
 * are read, and then all is taken back and done again one by one, each batch in a savepoint.
 * Must not read first and decide later, except to say why a change did not happen.
 */
#define _POSIX_C_SOURCE 200809L

#include "apply.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "change.h"

/* How often a deadlock or a lost connection is tried again, and how many statements are under way at once. */
enum { TRIES = 10, WINDOW = 256 };

/* A batch's key as a change: the first of each batch. */
static struct mt940_change key_of(const struct mt940_batch *batch)
{
    return (struct mt940_change){
        .size = sizeof(struct mt940_change), .op = MT940_PUT_NEW, .kind = MT940_KIND_ACTION, .record = batch->action};
}

/* --- the transaction --- */

/* How a transaction begins: statements, how many. Without a pooler the session is set as it must be (connection.c). */
enum { BEGINNING = 3 };
struct beginning {
    char text[BEGINNING][64];
    int count;
};

/* READ COMMITTED is enough: every guard is judged again on the row that was waited for. */
static void make_beginning(const struct mt940_postgres *store, struct beginning *beginning)
{
    snprintf(beginning->text[0], sizeof(beginning->text[0]), "BEGIN ISOLATION LEVEL READ COMMITTED");
    snprintf(beginning->text[1], sizeof(beginning->text[1]), "SET LOCAL lock_timeout = %d", (int)store->busy_timeout_ms);
    snprintf(beginning->text[2], sizeof(beginning->text[2]), "SET LOCAL synchronous_commit = on");
    beginning->count = !store->pooled ? 1 : store->must_sync ? 3 : 2;
}

static int begin(struct mt940_postgres *store)
{
    struct beginning beginning;
    int status = MT940_OK;

    make_beginning(store, &beginning);
    for (int i = 0; status == MT940_OK && i < beginning.count; i++)
        status = mt940_postgres_command(store, beginning.text[i]);
    return status;
}

/* A server that is gone rolls back by itself. */
static void roll_back(struct mt940_postgres *store)
{
    if (!mt940_postgres_is_lost(store) && PQtransactionStatus(store->connection) != PQTRANS_IDLE)
        PQclear(PQexec(store->connection, "ROLLBACK"));
}

/* --- all in a row --- */

/* Where sender and reader stand. */
struct place {
    size_t batch;
    size_t step; /* 0 = the key, then the changes */
};

/* What goes as one. */
struct run {
    struct mt940_change key;
    const struct mt940_change *changes;
    size_t count;
};

static bool next_run(const struct mt940_batch *batches, size_t count, struct place *place, struct run *run)
{
    if (place->batch == count)
        return false;
    const struct mt940_batch *batch = &batches[place->batch];
    if (place->step == 0) {
        run->key = key_of(batch);
        run->changes = &run->key;
        run->count = 1;
    } else {
        run->changes = &batch->changes[place->step - 1];
        run->count = mt940_postgres_change_run(run->changes, batch->change_count - (place->step - 1));
    }
    place->step += run->count;
    if (place->step > batch->change_count) {
        place->batch++;
        place->step = 0;
    }
    return true;
}

static int prepare_all(struct mt940_postgres *store, const struct mt940_batch *batches, size_t count)
{
    struct place place = {0, 0};
    struct run run;
    int status = MT940_OK;

    while (status == MT940_OK && next_run(batches, count, &place, &run))
        status = mt940_postgres_change_want(store, run.changes, run.count);
    return status ? status : mt940_postgres_prepare_wanted(store);
}

static int send_beginning(struct mt940_postgres *store, const struct beginning *beginning)
{
    for (int i = 0; i < beginning->count; i++)
        if (!PQsendQueryParams(store->connection, beginning->text[i], 0, NULL, NULL, NULL, NULL, 1))
            return mt940_postgres_fail(store, NULL, "send");
    return MT940_OK;
}

/* Sends up to a window of statements; *statements is how many. The last window ends the row. */
static int send_window(struct mt940_postgres *store, const struct mt940_batch *batches, size_t count,
                       struct place *place, int *statements)
{
    struct run run;
    int status = MT940_OK;

    *statements = 0;
    while (status == MT940_OK && *statements < WINDOW && next_run(batches, count, place, &run)) {
        status = mt940_postgres_change_send(store, run.changes, run.count);
        *statements += mt940_postgres_change_statements(run.changes);
    }
    if (status)
        return status;
    int sent = place->batch == count ? PQpipelineSync(store->connection) : PQsendFlushRequest(store->connection);
    return sent ? MT940_OK : mt940_postgres_fail(store, NULL, "send");
}

/* The answer of one statement: in a row each is followed by a NULL. `run` is NULL for the beginning's. */
static int read_answer(struct mt940_postgres *store, const struct run *run, int which)
{
    PGresult *result = NULL, *end = NULL;
    int status = mt940_postgres_next(store, &result), answer = MT940_OK;

    if (status)
        return status;
    ExecStatusType kind = result ? PQresultStatus(result) : PGRES_FATAL_ERROR;
    if (kind != PGRES_COMMAND_OK && kind != PGRES_TUPLES_OK)
        answer = mt940_postgres_fail(store, result, "write");
    if (answer && run && run->count > 1 && strcmp(store->sqlstate, "23505") == 0)
        answer = MT940_CONFLICT; /* a record of several is there: which one is found out one by one */
    else if (answer == MT940_OK && run)
        answer = mt940_postgres_change_judge(run->changes, run->count, which, result);
    PQclear(result);
    status = mt940_postgres_next(store, &end);
    PQclear(end);
    return status ? status : answer;
}

/* Reads the answers to a window; stops at the first that is not as it should be. */
static int read_window(struct mt940_postgres *store, const struct mt940_batch *batches, size_t count,
                       struct place *place, int statements)
{
    struct run run;
    int answer = MT940_OK;

    while (answer == MT940_OK && statements > 0 && next_run(batches, count, place, &run))
        for (int i = 0; answer == MT940_OK && i < mt940_postgres_change_statements(run.changes); i++, statements--)
            answer = read_answer(store, &run, i);
    return answer;
}

static int run_windows(struct mt940_postgres *store, const struct mt940_batch *batches, size_t count, bool *is_synced)
{
    struct place sent = {0, 0}, seen = {0, 0};
    struct beginning beginning;
    int statements = 0;

    make_beginning(store, &beginning);
    int answer = send_beginning(store, &beginning);
    for (bool is_first = true; answer == MT940_OK && sent.batch < count; is_first = false) {
        answer = send_window(store, batches, count, &sent, &statements);
        *is_synced = answer == MT940_OK && sent.batch == count;
        for (int i = 0; is_first && answer == MT940_OK && i < beginning.count; i++)
            answer = read_answer(store, NULL, 0);
        if (answer == MT940_OK)
            answer = read_window(store, batches, count, &seen, statements);
    }
    return answer;
}

/* 0 when every guard held, an outcome when one did not, or a status. */
static int apply_in_a_row(struct mt940_postgres *store, const struct mt940_batch *batches, size_t count)
{
    bool is_synced = false;
    int answer = prepare_all(store, batches, count);

    if (answer)
        return answer;
    if (!PQenterPipelineMode(store->connection))
        return mt940_postgres_fail(store, NULL, "send");
    answer = run_windows(store, batches, count, &is_synced);
    if (mt940_postgres_is_lost(store))
        return answer;
    int status = mt940_postgres_end_row(store, is_synced);
    return answer ? answer : status;
}

/* --- one by one --- */

static int tell_stored_result(struct mt940_postgres *store, const struct mt940_action *action,
                              struct mt940_batch_result *told)
{
    const struct mt940_kind_info *info = mt940_kind_info(MT940_KIND_ACTION);
    PGresult *result = NULL;

    mt940_postgres_bind_none(store);
    int status = mt940_postgres_bind(store, info, 0, info->key_count, action);
    if (status == MT940_OK)
        status = mt940_postgres_execute(store, mt940_postgres_statement(MT940_KIND_ACTION, MT940_POSTGRES_GET), &result);
    if (status == MT940_OK && PQntuples(result) != 1)
        status = mt940_postgres_refuse(store, MT940_E_CORRUPT, "a key that is there cannot be read");
    if (status == MT940_OK)
        status = mt940_postgres_read(store, result, 0, info, 0);
    if (status == MT940_OK) {
        const struct mt940_action *stored = store->record;
        told->result_length = mt940_view_copy(&stored->result, told->result, sizeof(told->result));
        told->outcome = MT940_ALREADY;
    }
    PQclear(result);
    return status;
}

/* The outcome stands in the result. */
static int apply_batch(struct mt940_postgres *store, const struct mt940_batch *batch, struct mt940_batch_result *result)
{
    struct mt940_change key = key_of(batch);
    int answer = mt940_postgres_change_apply(store, &key, result);

    if (answer == MT940_CONFLICT)
        return tell_stored_result(store, batch->action, result);
    for (size_t i = 0; answer == MT940_OK && i < batch->change_count; i++) {
        answer = mt940_postgres_change_apply(store, &batch->changes[i], result);
        result->change = answer > 0 ? i : 0;
    }
    if (answer < 0)
        return answer;
    result->outcome = answer ? answer : MT940_APPLIED;
    return MT940_OK;
}

static int apply_one_by_one(struct mt940_postgres *store, const struct mt940_batch *batches, size_t count,
                            struct mt940_batch_result *results)
{
    int status = begin(store);

    for (size_t i = 0; status == MT940_OK && i < count; i++) {
        status = mt940_postgres_command(store, "SAVEPOINT batch");
        if (status == MT940_OK)
            status = apply_batch(store, &batches[i], &results[i]);
        if (status == MT940_OK && results[i].outcome != MT940_APPLIED)
            status = mt940_postgres_command(store, "ROLLBACK TO SAVEPOINT batch");
        if (status == MT940_OK)
            status = mt940_postgres_command(store, "RELEASE SAVEPOINT batch");
    }
    return status;
}

/* --- the commit --- */

static const struct mt940_action *first_applied(const struct mt940_batch *batches, size_t count,
                                                const struct mt940_batch_result *results)
{
    for (size_t i = 0; i < count; i++)
        if (results[i].outcome == MT940_APPLIED)
            return batches[i].action;
    return NULL;
}

/*
 * Whoever wants to insert a key waits while another transaction has inserted it. So the wait ends
 * when the lost one has ended; the row of this one is never committed.
 */
static int await_end(struct mt940_postgres *store)
{
    struct mt940_change key = {.size = sizeof(key), .op = MT940_EXPECT, .kind = MT940_KIND_ACTION, .record = store->doubtful};
    struct mt940_batch_result ignored = {.size = sizeof(ignored)};
    int answer = begin(store);

    if (answer == MT940_OK)
        answer = mt940_postgres_change_apply(store, &key, &ignored);
    roll_back(store);
    return answer < 0 ? answer : MT940_OK;
}

int mt940_postgres_settle(struct mt940_postgres *store)
{
    int status = mt940_postgres_reconnect(store);

    if (status || !store->doubtful)
        return status;
    status = await_end(store);
    if (status == MT940_OK) {
        mt940_record_free(MT940_KIND_ACTION, store->doubtful, NULL);
        store->doubtful = NULL;
    }
    return status;
}

/* After an answer that never came: 1 = the commit happened, 0 = it did not, or a status. */
static int has_happened(struct mt940_postgres *store, const struct mt940_action *action)
{
    struct mt940_batch_result told = {.size = sizeof(told)};

    if (!store->doubtful && mt940_record_clone(MT940_KIND_ACTION, action, NULL, &store->doubtful))
        return mt940_postgres_refuse(store, MT940_E_UNKNOWN, "commit: no answer, and no memory to ask for it");
    int status = mt940_postgres_settle(store);
    if (status)
        return status;
    status = tell_stored_result(store, action, &told);
    return status == MT940_OK ? 1 : status == MT940_E_CORRUPT && !store->sqlstate[0] ? 0 : status;
}

/* 0, or a status; MT940_E_UNKNOWN only when the server cannot be asked. */
static int commit(struct mt940_postgres *store, const struct mt940_action *action)
{
    int status = mt940_postgres_command(store, "COMMIT");
    bool is_open = !mt940_postgres_is_lost(store) && strcmp(store->sqlstate, "40003") != 0;

    if (status == MT940_OK || is_open)
        return status;
    int answer = has_happened(store, action);
    if (answer == 1)
        return MT940_OK;
    return answer == 0 ? mt940_postgres_refuse(store, MT940_E_STORE, "commit: the connection was lost before it") : MT940_E_UNKNOWN;
}

/* --- the call --- */

static int attempt(struct mt940_postgres *store, const struct mt940_batch *batches, size_t count,
                   struct mt940_batch_result *results)
{
    int answer = mt940_postgres_reconnect(store);

    if (answer == MT940_OK)
        answer = apply_in_a_row(store, batches, count);
    for (size_t i = 0; answer == MT940_OK && i < count; i++)
        results[i].outcome = MT940_APPLIED;
    if (answer > 0) {
        roll_back(store);
        answer = apply_one_by_one(store, batches, count, results);
    }
    const struct mt940_action *applied = answer == MT940_OK ? first_applied(batches, count, results) : NULL;
    if (applied)
        answer = commit(store, applied);
    roll_back(store);
    return answer;
}

/* 1 ms to 4, later up to 64; the clock's last digits keep two that met from meeting again. */
static void pause_a_little(int tries)
{
    struct timespec now = {0, 0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    nanosleep(&(struct timespec){0, 1000000L + now.tv_nsec % (4000000L << tries / 2)}, NULL);
}

/* Nothing of such an attempt is left, so it may be made again; the pause lets the other one go first. */
static bool may_try_again(const struct mt940_postgres *store, int status, int tries)
{
    bool met_another = strcmp(store->sqlstate, "40001") == 0 || strcmp(store->sqlstate, "40P01") == 0;

    if (tries == TRIES || status == MT940_E_UNKNOWN)
        return false;
    if (met_another)
        pause_a_little(tries);
    return met_another || (tries == 0 && status == MT940_E_UNREACHABLE && mt940_postgres_is_lost(store));
}

int mt940_postgres_apply(struct mt940_postgres *store, const struct mt940_batch *batches, size_t count,
                         struct mt940_batch_result *results)
{
    struct mt940_error error = {.size = sizeof(error)};
    int status;

    if (store->read_only)
        return mt940_postgres_refuse(store, MT940_E_UNSUPPORTED, "opened read-only");
    for (int tries = 0;; tries++) {
        if (mt940_batch_check(batches, count, results, &error)) /* clears what was told, too */
            return mt940_postgres_refuse(store, MT940_E_ARGUMENT, error.text);
        store->sqlstate[0] = '\0';
        status = count ? mt940_postgres_settle(store) : MT940_OK;
        if (status == MT940_OK && count)
            status = attempt(store, batches, count, results);
        if (status == MT940_OK || !may_try_again(store, status, tries))
            return status;
    }
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * apply.c: all batches of a call in one transaction under the write lock, committed together with
 * one sync; a refused batch leaves nothing. Guards stand in the WHERE of the change itself. Must
 * not read first and decide later, except to say why a change did not happen.
 */
#include "apply.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "statement.h"
#include "tables.h"

/* --- one change: 0, an outcome, or a negative status --- */

/* Runs a statement of one record; a row not changed means the guard did not hold. */
static int change_row(struct mt940_sqlite *store, const struct mt940_change *change, enum mt940_sqlite_verb verb)
{
    const struct mt940_kind_info *info = mt940_kind_info(change->kind);
    bool has_fields = verb != MT940_SQLITE_DELETE;
    sqlite3_stmt *statement = NULL;
    int rows = 0;

    int status = mt940_sqlite_statement(store, change->kind, verb, &statement);
    if (status == MT940_OK)
        status = mt940_sqlite_bind(store, statement, info, 0, has_fields ? info->field_count : info->key_count,
                                   change->record);
    if (status == MT940_OK && verb != MT940_SQLITE_INSERT)
        status = mt940_sqlite_bind_number(store, statement, mt940_sqlite_revision_parameter(info), change->revision);
    if (status == MT940_OK)
        status = mt940_sqlite_change(store, statement, &rows);
    return status ? status : rows == 1 ? MT940_OK : MT940_CONFLICT;
}

/* Few changes touch what an index holds; the guard is the same in both statements, so a conflict is one in both. */
static int replace_row(struct mt940_sqlite *store, const struct mt940_change *change)
{
    int answer = mt940_kind_info(change->kind)->index_count > 1 ? change_row(store, change, MT940_SQLITE_REFRESH)
                                                                : MT940_CONFLICT;

    return answer == MT940_CONFLICT ? change_row(store, change, MT940_SQLITE_UPDATE) : answer;
}

static int expect(struct mt940_sqlite *store, const struct mt940_change *change)
{
    const struct mt940_kind_info *info = mt940_kind_info(change->kind);
    sqlite3_stmt *statement = NULL;

    int status = mt940_sqlite_statement(store, change->kind, MT940_SQLITE_REVISION, &statement);
    if (status == MT940_OK)
        status = mt940_sqlite_bind(store, statement, info, 0, info->key_count, change->record);
    if (status)
        return status;
    int code = sqlite3_step(statement);
    int64_t revision = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = mt940_sqlite_fail(store, code, "read");
    mt940_sqlite_done(statement);
    return status ? status : revision == change->revision ? MT940_OK : MT940_CONFLICT;
}

/* --- totals --- */

struct total {
    bool is_there;
    int64_t total;
    int64_t limit;
    int64_t revision;
    int64_t sequence;
};

static int read_total(struct mt940_sqlite *store, const void *bank, struct total *total)
{
    const struct mt940_kind_info *info = mt940_kind_info(MT940_KIND_CUSTOMER_BANK);
    sqlite3_stmt *statement = NULL;

    int status = mt940_sqlite_fixed_statement(store, MT940_SQLITE_READ_TOTAL, &statement);
    if (status == MT940_OK)
        status = mt940_sqlite_bind(store, statement, info, 0, info->key_count, bank);
    if (status)
        return status;
    int code = sqlite3_step(statement);
    memset(total, 0, sizeof(*total));
    if (code == SQLITE_ROW) {
        total->is_there = true;
        total->total = sqlite3_column_int64(statement, 0);
        total->limit = sqlite3_column_int64(statement, 1);
        total->revision = sqlite3_column_int64(statement, 2);
        total->sequence = sqlite3_column_int64(statement, 3);
    } else if (code != SQLITE_DONE)
        status = mt940_sqlite_fail(store, code, "read");
    mt940_sqlite_done(statement);
    return status;
}

/* Between which totals the delta may be added; lowest above highest = none. */
struct bounds {
    int64_t lowest;
    int64_t highest;
    int64_t uses_limit;
    int64_t lowest_limit;
};

static struct bounds bounds_of(const struct mt940_change *change)
{
    struct bounds bounds = {INT64_MIN, INT64_MAX, 0, INT64_MIN};
    int64_t delta = change->delta;

    if (delta < 0)
        bounds.lowest = INT64_MIN - delta;
    if (delta <= 0)
        return bounds;
    bounds.highest = INT64_MAX - delta;
    bounds.lowest_limit = INT64_MIN + delta;
    bounds.uses_limit = change->ceiling == MT940_CEILING_STORED_LIMIT;
    if (change->ceiling != MT940_CEILING_VALUE)
        return bounds;
    if (change->ceiling_value < INT64_MIN + delta)
        bounds.lowest = 1, bounds.highest = 0;
    else if (change->ceiling_value - delta < bounds.highest)
        bounds.highest = change->ceiling_value - delta;
    return bounds;
}

/* Adds within the bounds, or the row was not changed: MT940_REFUSED. */
static int update_total(struct mt940_sqlite *store, const struct mt940_change *change)
{
    const struct mt940_kind_info *info = mt940_kind_info(MT940_KIND_CUSTOMER_BANK);
    struct bounds bounds = bounds_of(change);
    const int64_t numbers[] = {change->delta, bounds.lowest, bounds.highest, bounds.uses_limit, bounds.lowest_limit};
    sqlite3_stmt *statement = NULL;
    int rows = 0;

    int status = mt940_sqlite_fixed_statement(store, MT940_SQLITE_ADD_TOTAL, &statement);
    if (status == MT940_OK)
        status = mt940_sqlite_bind(store, statement, info, 0, info->key_count, change->record);
    for (int i = 0; status == MT940_OK && i < 5; i++)
        status = mt940_sqlite_bind_number(store, statement, info->key_count + 1 + i, numbers[i]);
    if (status == MT940_OK)
        status = mt940_sqlite_change(store, statement, &rows);
    return status ? status : rows == 1 ? MT940_OK : MT940_REFUSED;
}

/*
 * The line tells what the update left: under the write lock, inside the transaction, nobody stands
 * between the two. RETURNING would say the same, but builds a table for its one row every time.
 */
static int insert_line(struct mt940_sqlite *store, const struct mt940_change *change)
{
    const struct mt940_customer_bank *bank = change->record;
    struct mt940_journal line = *change->journal;
    struct mt940_change insert = {.kind = MT940_KIND_JOURNAL, .record = &line};
    struct total now;

    int status = read_total(store, bank, &now);
    if (status)
        return status;
    line.company = bank->company;
    line.customer = bank->customer;
    line.slot = bank->slot;
    line.sequence = now.sequence;
    line.delta = change->delta;
    line.total = now.total;
    int answer = change_row(store, &insert, MT940_SQLITE_INSERT);
    return answer == MT940_CONFLICT ? mt940_sqlite_refuse(store, MT940_E_CORRUPT, "a journal line was there before")
                                    : answer;
}

static int tell_refusal(struct mt940_sqlite *store, const struct mt940_change *change,
                        struct mt940_batch_result *result)
{
    struct total now;
    int status = read_total(store, change->record, &now);

    if (status)
        return status;
    if (!now.is_there)
        return MT940_CONFLICT;
    result->total = now.total;
    result->ceiling = change->delta < 0                                   ? INT64_MIN
                      : change->ceiling == MT940_CEILING_STORED_LIMIT ? now.limit
                      : change->ceiling == MT940_CEILING_VALUE        ? change->ceiling_value
                                                                      : INT64_MAX;
    return MT940_REFUSED;
}

static int total_add(struct mt940_sqlite *store, const struct mt940_change *change, struct mt940_batch_result *result)
{
    int answer = update_total(store, change);

    if (answer == MT940_OK)
        return insert_line(store, change);
    return answer == MT940_REFUSED ? tell_refusal(store, change, result) : answer;
}

/* A bank record of the expected revision that was not removed has a journal (store.h). */
static int remove_row(struct mt940_sqlite *store, const struct mt940_change *change, struct mt940_batch_result *result)
{
    struct total now;
    int answer = change_row(store, change, MT940_SQLITE_DELETE);

    if (answer != MT940_CONFLICT || change->kind != MT940_KIND_CUSTOMER_BANK)
        return answer;
    int status = read_total(store, change->record, &now);
    if (status || !now.is_there || now.revision != change->revision)
        return status ? status : MT940_CONFLICT;
    result->total = now.total;
    return MT940_REFUSED;
}

static int apply_change(struct mt940_sqlite *store, const struct mt940_change *change,
                        struct mt940_batch_result *result)
{
    switch (change->op) {
    case MT940_PUT_NEW:
        return change_row(store, change, MT940_SQLITE_INSERT);
    case MT940_PUT_IF:
        return replace_row(store, change);
    case MT940_DELETE_IF:
        return remove_row(store, change, result);
    case MT940_EXPECT:
        return expect(store, change);
    default:
        return total_add(store, change, result);
    }
}

/* --- one batch --- */

static int tell_stored_result(struct mt940_sqlite *store, const struct mt940_action *action,
                              struct mt940_batch_result *result)
{
    const struct mt940_kind_info *info = mt940_kind_info(MT940_KIND_ACTION);
    sqlite3_stmt *statement = NULL;

    int status = mt940_sqlite_statement(store, MT940_KIND_ACTION, MT940_SQLITE_GET, &statement);
    if (status == MT940_OK)
        status = mt940_sqlite_bind(store, statement, info, 0, info->key_count, action);
    if (status)
        return status;
    int code = sqlite3_step(statement);
    status = code == SQLITE_ROW ? mt940_sqlite_read(store, statement, info) : mt940_sqlite_fail(store, code, "read");
    if (status == MT940_OK) {
        const struct mt940_action *stored = store->record;
        result->result_length = mt940_view_copy(&stored->result, result->result, sizeof(result->result));
        result->outcome = MT940_ALREADY;
    }
    mt940_sqlite_done(statement);
    return status;
}

/* Whether a batch that came to a stop at change `stop` had changed a record before. */
static bool has_written(const struct mt940_batch *batch, size_t stop)
{
    for (size_t i = 0; i < stop; i++)
        if (batch->changes[i].op != MT940_EXPECT)
            return true;
    return false;
}

static int take_key_back(struct mt940_sqlite *store, const struct mt940_action *action)
{
    struct mt940_change action_row = {.kind = MT940_KIND_ACTION, .revision = 1, .record = action};
    int answer = change_row(store, &action_row, MT940_SQLITE_DELETE);

    return answer == MT940_CONFLICT ? mt940_sqlite_refuse(store, MT940_E_CORRUPT, "a key written just now is gone")
                                    : answer;
}

/* --- new records of a kind, laid down together --- */

/* How many changes from `first` on put new records into a table whose rows lie as they came. */
static size_t count_new(const struct mt940_batch *batch, size_t first)
{
    const struct mt940_change *change = &batch->changes[first];
    const struct mt940_kind_info *info = mt940_kind_info(change->kind);
    size_t count = 0;

    if (info->index_count < 2 || mt940_sqlite_lies_by_key(info))
        return 0;
    while (first + count < batch->change_count && change[count].op == MT940_PUT_NEW && change[count].kind == info->kind)
        count++;
    return count;
}

static int by_first_index(const void *a, const void *b)
{
    const struct mt940_change *left = *(const struct mt940_change *const *)a;
    const struct mt940_change *right = *(const struct mt940_change *const *)b;

    return mt940_record_compare(left->kind, 1, left->record, right->record);
}

/*
 * In the order of the kind's first index, by which records that belong together are listed: the movements of a statement
 * then lie as its rows do, and not as the digests that are their keys. (Twenty rows of a hundred: 4 pages instead of 9.)
 */
static int insert_new(struct mt940_sqlite *store, const struct mt940_change *changes, size_t count)
{
    const struct mt940_change **sorted = sqlite3_malloc64(count * sizeof(*sorted));
    int answer = sorted ? MT940_OK : mt940_sqlite_fail(store, SQLITE_NOMEM, "write");

    for (size_t i = 0; sorted && i < count; i++)
        sorted[i] = &changes[i];
    if (sorted)
        qsort(sorted, count, sizeof(*sorted), by_first_index);
    for (size_t i = 0; answer == MT940_OK && i < count; i++)
        answer = change_row(store, sorted[i], MT940_SQLITE_INSERT);
    sqlite3_free(sorted);
    return answer;
}

/* --- a batch --- */

/* What is to become of the transaction after a batch; UNTOLD: parts are left, and it is not known which change stopped it. */
enum remainder { NOTHING_LEFT, PARTS_LEFT, UNTOLD };

/* Applies the changes until one does not hold, which the result names: 0, the outcome, or a status. */
static int apply_changes(struct mt940_sqlite *store, const struct mt940_batch *batch, bool together,
                         struct mt940_batch_result *result, enum remainder *remainder)
{
    int answer = MT940_OK;

    for (size_t i = 0; answer == MT940_OK && i < batch->change_count;) {
        size_t count = together ? count_new(batch, i) : 0;
        answer = count > 1 ? insert_new(store, &batch->changes[i], count) : apply_change(store, &batch->changes[i], result);
        if (answer > 0 && count > 1)
            *remainder = UNTOLD;
        result->change = answer > 0 ? i : 0;
        i += count > 1 ? count : 1;
    }
    return answer;
}

/*
 * The outcome stands in the result; *remainder tells whether a refused batch has left parts of itself. `together`: new
 * records of a kind may be laid down in another order.
 */
static int apply_batch(struct mt940_sqlite *store, const struct mt940_batch *batch, bool together,
                       struct mt940_batch_result *result, enum remainder *remainder)
{
    struct mt940_change action = {.kind = MT940_KIND_ACTION, .record = batch->action};
    int answer = change_row(store, &action, MT940_SQLITE_INSERT);

    *remainder = NOTHING_LEFT;
    if (answer == MT940_CONFLICT)
        return tell_stored_result(store, batch->action, result);
    if (answer == MT940_OK)
        answer = apply_changes(store, batch, together, result, remainder);
    if (answer < 0 || *remainder == UNTOLD)
        return answer < 0 ? answer : MT940_OK;
    result->outcome = answer ? answer : MT940_APPLIED;
    if (answer && has_written(batch, result->change))
        *remainder = PARTS_LEFT;
    else if (answer)
        return take_key_back(store, batch->action);
    return MT940_OK;
}

static int apply_in_savepoint(struct mt940_sqlite *store, const struct mt940_batch *batch,
                              struct mt940_batch_result *result)
{
    enum remainder remainder = NOTHING_LEFT;
    int status = mt940_sqlite_do(store, MT940_SQLITE_SAVEPOINT);

    if (status == MT940_OK)
        status = apply_batch(store, batch, false, result, &remainder);
    if (status)
        return status; /* the whole transaction goes */
    if (remainder == PARTS_LEFT)
        status = mt940_sqlite_do(store, MT940_SQLITE_ROLLBACK_TO);
    return status ? status : mt940_sqlite_do(store, MT940_SQLITE_RELEASE);
}

/* --- the call --- */

/* SQLite has rolled back by itself after some errors; then there is nothing left to do. */
static void roll_back(struct mt940_sqlite *store)
{
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

/*
 * The frames of a commit are in the log before the sync that may fail. Nobody sees them then, but
 * a recovery of the log after a crash would find them whole. Any later commit is written over
 * them; this one changes nothing else.
 */
int mt940_sqlite_settle(struct mt940_sqlite *store)
{
    if (!store->is_doubtful)
        return MT940_OK;
    int status = mt940_sqlite_do(store, MT940_SQLITE_BEGIN);
    if (status == MT940_OK)
        status = mt940_sqlite_do(store, MT940_SQLITE_TOUCH);
    if (status == MT940_OK)
        status = mt940_sqlite_do(store, MT940_SQLITE_COMMIT);
    if (status)
        roll_back(store);
    else
        store->is_doubtful = 0;
    return status;
}

/* Only a lock is certain to have stopped a commit before it wrote. */
static int commit(struct mt940_sqlite *store)
{
    int status = mt940_sqlite_do(store, MT940_SQLITE_COMMIT);

    if (status == MT940_OK)
        return status;
    roll_back(store);
    if (status == MT940_E_BUSY)
        return status;
    store->is_doubtful = 1;
    return mt940_sqlite_settle(store) == MT940_OK ? status : MT940_E_UNKNOWN;
}

static bool has_applied(const struct mt940_batch_result *results, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (results[i].outcome == MT940_APPLIED)
            return true;
    return false;
}

/* Stops at a batch that left parts of itself: they go with the transaction only. */
static int apply_straight(struct mt940_sqlite *store, const struct mt940_batch *batches, size_t count,
                          struct mt940_batch_result *results, enum remainder *remainder)
{
    int status = mt940_sqlite_do(store, MT940_SQLITE_BEGIN);

    *remainder = NOTHING_LEFT;
    for (size_t i = 0; status == MT940_OK && *remainder == NOTHING_LEFT && i < count; i++)
        status = apply_batch(store, &batches[i], true, &results[i], remainder);
    return status;
}

static int apply_in_savepoints(struct mt940_sqlite *store, const struct mt940_batch *batches, size_t count,
                               struct mt940_batch_result *results)
{
    int status = mt940_batch_check(batches, count, results, NULL); /* clears what was told */

    if (status == MT940_OK)
        status = mt940_sqlite_do(store, MT940_SQLITE_BEGIN);
    for (size_t i = 0; status == MT940_OK && i < count; i++)
        status = apply_in_savepoint(store, &batches[i], &results[i]);
    return status;
}

/*
 * A savepoint copies each page that a batch touches, a quarter of what a reservation costs, and is
 * needed only for a batch that comes to a stop in its middle. So first without; should there be
 * such a batch among several, or one of which it is not known what stopped it, nothing is kept and all is done again,
 * each in its savepoint.
 */
int mt940_sqlite_apply(struct mt940_sqlite *store, const struct mt940_batch *batches, size_t count,
                       struct mt940_batch_result *results)
{
    struct mt940_error error = {.size = sizeof(error)};
    enum remainder remainder = NOTHING_LEFT;

    if (store->read_only)
        return mt940_sqlite_refuse(store, MT940_E_UNSUPPORTED, "opened read-only");
    if (mt940_batch_check(batches, count, results, &error))
        return mt940_sqlite_refuse(store, MT940_E_ARGUMENT, error.text);
    int status = mt940_sqlite_settle(store);
    if (status == MT940_OK && count)
        status = apply_straight(store, batches, count, results, &remainder);
    if (status == MT940_OK && (remainder == UNTOLD || (remainder == PARTS_LEFT && count > 1))) {
        roll_back(store);
        status = apply_in_savepoints(store, batches, count, results);
    }
    if (status == MT940_OK && has_applied(results, count))
        return commit(store);
    roll_back(store);
    return status;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * broken_writes.c: stores that change too much, too little, or the wrong thing. Each is a mistake
 * that real stores make.
 */
#include "harness.h"

#include <stdio.h>
#include <string.h>

int honest_apply(struct handle *handle, const struct mt940_batch *batches, size_t count,
                 struct mt940_batch_result *results)
{
    return handle->memory->apply(handle->memory->user, batches, count, results);
}

/* Applies changes as one batch beside the caller's, under a key nobody asked for. */
void apply_beside(struct handle *handle, const struct mt940_change *changes, size_t count)
{
    char key[48];
    struct mt940_action action = {.company = {"~", 1}};
    struct mt940_batch batch = {sizeof(batch), &action, changes, count};
    struct mt940_batch_result result = {.size = sizeof(result)};

    snprintf(key, sizeof(key), "%p-%u", (void *)handle, ++handle->calls);
    mt940_view_from_string(key, &action.key);
    (void)honest_apply(handle, &batch, 1, &result);
}

static int read_revision(void *user, const void *record)
{
    memcpy(user, record, sizeof(int64_t));
    return 0;
}

static int64_t revision_now(struct handle *handle, int32_t kind, const void *key)
{
    int64_t revision = 0;

    (void)handle->memory->get(handle->memory->user, kind, key, read_revision, &revision);
    return revision;
}

static int read_total(void *user, const void *record)
{
    *(int64_t *)user = ((const struct mt940_customer_bank *)record)->dbs_total;
    return 0;
}

static bool total_now(struct handle *handle, const void *key, int64_t *total)
{
    return handle->memory->get(handle->memory->user, MT940_KIND_CUSTOMER_BANK, key, read_total, total) == 0;
}

/* --- what comes before the failing change stays: no transaction --- */

static int partial_batch(struct handle *handle, const struct mt940_batch *batches, size_t count,
                         struct mt940_batch_result *results)
{
    int status = honest_apply(handle, batches, count, results);

    for (size_t i = 0; status == 0 && i < count; i++)
        if (results[i].outcome >= MT940_REFUSED && results[i].change > 0)
            apply_beside(handle, batches[i].changes, results[i].change);
    return status;
}

/* --- nobody looks whether the key was there, or what was told --- */

static int forgotten_key(struct handle *handle, const struct mt940_batch *batches, size_t count,
                         struct mt940_batch_result *results)
{
    int status = honest_apply(handle, batches, count, results);

    for (size_t i = 0; status == 0 && i < count; i++)
        if (results[i].outcome == MT940_ALREADY) {
            apply_beside(handle, batches[i].changes, batches[i].change_count);
            results[i].outcome = MT940_APPLIED;
            results[i].result_length = 0;
            results[i].result[0] = '\0';
        }
    return status;
}

static int forgotten_result(struct handle *handle, const struct mt940_batch *batches, size_t count,
                            struct mt940_batch_result *results)
{
    int status = honest_apply(handle, batches, count, results);

    for (size_t i = 0; status == 0 && i < count; i++) {
        results[i].result_length = 0;
        results[i].result[0] = '\0';
    }
    return status;
}

/* --- single changes, altered on their way --- */

enum { MOST = 64 };

/* `alter` returns false to drop the change. Batches go one by one, which an honest store cannot tell. */
static int apply_altered(struct handle *handle, const struct mt940_batch *batches, size_t count,
                         struct mt940_batch_result *results,
                         bool (*alter)(struct handle *handle, struct mt940_change *change))
{
    int status = mt940_batch_check(batches, count, results, NULL);

    for (size_t i = 0; status == 0 && i < count; i++) {
        struct mt940_change changes[MOST];
        struct mt940_batch altered = {sizeof(altered), batches[i].action, changes, 0};
        for (size_t j = 0; j < batches[i].change_count && j < MOST; j++) {
            changes[altered.change_count] = batches[i].changes[j];
            altered.change_count += alter(handle, &changes[altered.change_count]);
        }
        status = honest_apply(handle, &altered, 1, &results[i]);
    }
    return status;
}

/* Reads the total once and goes on with what it remembers: what another handle adds meanwhile is lost. */
static bool alter_lost_update(struct handle *handle, struct mt940_change *change)
{
    struct mt940_customer_bank *remembered = cache_find(handle, change->kind, change->record);
    int64_t now = 0;

    if (change->op != MT940_TOTAL_ADD || change->delta != 30 || !total_now(handle, change->record, &now))
        return true;
    if (!remembered) {
        struct mt940_customer_bank first = {.company = {"01", 2}, .customer = {"C1", 2}, .slot = 1, .dbs_total = now};
        cache_keep(handle, change->kind, &first);
        remembered = cache_find(handle, change->kind, change->record);
    }
    remembered->dbs_total += change->delta;
    change->delta = remembered->dbs_total - now;
    return true;
}

static int lost_update(struct handle *handle, const struct mt940_batch *batches, size_t count,
                       struct mt940_batch_result *results)
{
    return apply_altered(handle, batches, count, results, alter_lost_update);
}

static bool alter_no_ceiling(struct handle *handle, struct mt940_change *change)
{
    (void)handle;
    change->ceiling = MT940_CEILING_NONE;
    return true;
}

static int no_ceiling(struct handle *handle, const struct mt940_batch *batches, size_t count,
                      struct mt940_batch_result *results)
{
    return apply_altered(handle, batches, count, results, alter_no_ceiling);
}

/* A ceiling held against every change, also one that lowers the total. */
static int reduction_refused(struct handle *handle, const struct mt940_batch *batches, size_t count,
                             struct mt940_batch_result *results)
{
    const struct mt940_change *change = batches->changes;
    int64_t now = 0;

    if (count != 1 || batches->change_count != 1 || change->op != MT940_TOTAL_ADD || change->delta >= 0 ||
        change->ceiling != MT940_CEILING_VALUE || !total_now(handle, change->record, &now) ||
        now + change->delta <= change->ceiling_value)
        return honest_apply(handle, batches, count, results);
    results->outcome = MT940_REFUSED;
    results->change = 0;
    results->total = now;
    results->ceiling = change->ceiling_value;
    results->result_length = 0;
    results->result[0] = '\0';
    return 0;
}

/* UPDATE without the revision in its WHERE. */
static bool alter_no_revision(struct handle *handle, struct mt940_change *change)
{
    if (change->op == MT940_PUT_IF)
        change->revision = revision_now(handle, change->kind, change->record);
    return true;
}

static int no_revision(struct handle *handle, const struct mt940_batch *batches, size_t count,
                       struct mt940_batch_result *results)
{
    return apply_altered(handle, batches, count, results, alter_no_revision);
}

static bool alter_no_expect(struct handle *handle, struct mt940_change *change)
{
    (void)handle;
    return change->op != MT940_EXPECT;
}

static int no_expect(struct handle *handle, const struct mt940_batch *batches, size_t count,
                     struct mt940_batch_result *results)
{
    return apply_altered(handle, batches, count, results, alter_no_expect);
}

/* UPDATE of every column, the counters too: shown as a change of the total beside the batch. */
static int counter_overwritten(struct handle *handle, const struct mt940_batch *batches, size_t count,
                               struct mt940_batch_result *results)
{
    int status = honest_apply(handle, batches, count, results);
    int64_t now = 0;

    for (size_t i = 0; status == 0 && i < count; i++)
        for (size_t j = 0; results[i].outcome == MT940_APPLIED && j < batches[i].change_count; j++) {
            struct mt940_change change = batches[i].changes[j];
            if (change.op != MT940_PUT_IF || change.kind != MT940_KIND_CUSTOMER_BANK ||
                !total_now(handle, change.record, &now))
                continue;
            struct mt940_journal line = {.event = MT940_DBS_EVENT_ADJUSTMENT};
            change.op = MT940_TOTAL_ADD;
            change.delta = ((const struct mt940_customer_bank *)change.record)->dbs_total - now;
            change.journal = &line;
            apply_beside(handle, &change, 1);
        }
    return status;
}

/* --- several batches in one call --- */

static int stops_at_refusal(struct handle *handle, const struct mt940_batch *batches, size_t count,
                            struct mt940_batch_result *results)
{
    int status = mt940_batch_check(batches, count, results, NULL);
    bool is_stopped = false;

    for (size_t i = 0; status == 0 && i < count; i++) {
        if (!is_stopped)
            status = honest_apply(handle, &batches[i], 1, &results[i]);
        else
            results[i].outcome = MT940_CONFLICT;
        is_stopped = is_stopped || results[i].outcome == MT940_REFUSED || results[i].outcome == MT940_CONFLICT;
    }
    return status;
}

/* Each batch is committed before the next one is looked at: a failing call has stored something. */
static int one_by_one(struct handle *handle, const struct mt940_batch *batches, size_t count,
                      struct mt940_batch_result *results)
{
    int status = 0;

    for (size_t i = 0; status == 0 && i < count; i++)
        status = honest_apply(handle, &batches[i], 1, &results[i]);
    return status;
}

/* Answers before it has written; what did not fit into the buffer never was. */
static int early_answer(struct handle *handle, const struct mt940_batch *batches, size_t count,
                        struct mt940_batch_result *results)
{
    size_t written = count > 500 ? 500 : count;
    int status = honest_apply(handle, batches, written, results);

    for (size_t i = written; status == 0 && i < count; i++) {
        results[i] = results[0];
        results[i].outcome = MT940_APPLIED;
    }
    return status;
}

const struct fault write_faults[] = {
    {.name = "lost update", .caught_by = "two-handles-one-total", .apply = lost_update},
    {.name = "partial batch", .caught_by = "all-or-nothing", .apply = partial_batch},
    {.name = "forgotten key", .caught_by = "same-key-twice", .apply = forgotten_key},
    {.name = "forgotten result", .caught_by = "same-key-twice", .apply = forgotten_result},
    {.name = "ceiling not checked", .caught_by = "ceiling-stored", .apply = no_ceiling},
    {.name = "reduction refused", .caught_by = "reduction-never-refused", .apply = reduction_refused},
    {.name = "revision ignored", .caught_by = "put-if", .apply = no_revision},
    {.name = "guard ignored", .caught_by = "expect", .apply = no_expect},
    {.name = "counter overwritten", .caught_by = "counters-are-the-stores", .apply = counter_overwritten},
    {.name = "stops at a refusal", .caught_by = "each-batch-alone", .apply = stops_at_refusal},
    {.name = "stored in spite of a failure", .caught_by = "misuse", .apply = one_by_one},
    {.name = "answers too early", .caught_by = "thousand-batches", .apply = early_answer},
    {.name = "gone after closing", .caught_by = "last-write-kept", .is_forgetful = true},
    {.name = NULL},
};

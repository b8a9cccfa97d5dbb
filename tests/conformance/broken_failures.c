/* SPDX-License-Identifier: Apache-2.0
 *
 * broken_failures.c: stores that are right until something underneath them fails. Each is a
 * mistake that real stores make.
 */
#include "harness.h"

#include <string.h>

/* A failure in the middle, and what came before it stays: autocommit. */
static int stays_in_part(struct handle *handle, const struct mt940_batch *batches, size_t count,
                         struct mt940_batch_result *results)
{
    int status = honest_apply(handle, batches, count, results);

    if (status == MT940_E_MEMORY)
        apply_beside(handle, batches->changes, 1);
    return status;
}

/* The return of a statement is not looked at. */
static int ignores_failures(struct handle *handle, const struct mt940_batch *batches, size_t count,
                            struct mt940_batch_result *results)
{
    int status = honest_apply(handle, batches, count, results);

    for (size_t i = 0; status == MT940_E_MEMORY && i < count; i++) {
        memset(&results[i].outcome, 0, sizeof(results[i]) - offsetof(struct mt940_batch_result, outcome));
        results[i].outcome = MT940_APPLIED;
    }
    return status == MT940_E_MEMORY ? 0 : status;
}

/* Something fails behind the commit, and that is told. */
static int fails_too_late(struct handle *handle, const struct mt940_batch *batches, size_t count,
                          struct mt940_batch_result *results)
{
    int status = honest_apply(handle, batches, count, results);

    if (status == MT940_E_MEMORY)
        (void)honest_apply(handle, batches, count, results);
    return status;
}

/* The key has a transaction of its own, which is not rolled back. */
static int keeps_the_key(struct handle *handle, const struct mt940_batch *batches, size_t count,
                         struct mt940_batch_result *results)
{
    int status = honest_apply(handle, batches, count, results);
    struct mt940_batch empty = {sizeof(empty), batches->action, NULL, 0};

    if (status == MT940_E_MEMORY)
        (void)honest_apply(handle, &empty, 1, results);
    return status;
}

/* "Current transaction is aborted, commands ignored": nobody rolls it back. */
static int stays_broken(struct handle *handle, const struct mt940_batch *batches, size_t count,
                        struct mt940_batch_result *results)
{
    int status = handle->calls ? MT940_E_STORE : honest_apply(handle, batches, count, results);

    handle->calls += status == MT940_E_MEMORY;
    return status;
}

/* Every failure is one and the same to the driver. */
static int tells_another_status(struct handle *handle, const struct mt940_batch *batches, size_t count,
                                struct mt940_batch_result *results)
{
    int status = honest_apply(handle, batches, count, results);

    return status == MT940_E_MEMORY ? MT940_E_NOT_FOUND : status;
}

static bool take_loss(struct handle *handle)
{
    bool is_lost = handle->harness->is_answer_lost;

    handle->harness->is_answer_lost = false;
    return is_lost;
}

/* The connection broke in the commit, so it failed, did it not? */
static int takes_lost_for_failed(struct handle *handle, const struct mt940_batch *batches, size_t count,
                                 struct mt940_batch_result *results)
{
    bool is_lost = take_loss(handle);
    int status = honest_apply(handle, batches, count, results);

    return is_lost ? MT940_E_STORE : status;
}

/* It broke, so all is done again on a new connection: by changes, not by key. */
static int does_lost_again(struct handle *handle, const struct mt940_batch *batches, size_t count,
                           struct mt940_batch_result *results)
{
    int status = honest_apply(handle, batches, count, results);

    if (take_loss(handle))
        apply_beside(handle, batches->changes + 1, 1); /* the total: nothing guards it but the key */
    return status;
}

/* A reading replica that has not yet what was committed: the key is not found. */
static int forgets_lost(struct handle *handle, const struct mt940_batch *batches, size_t count,
                        struct mt940_batch_result *results)
{
    return take_loss(handle) ? MT940_E_UNKNOWN : honest_apply(handle, batches, count, results);
}

const struct fault failure_faults[] = {
    {.name = "a part stays", .caught_by = "failing-apply", .apply = stays_in_part},
    {.name = "failures ignored", .caught_by = "failing-apply", .apply = ignores_failures},
    {.name = "failure behind the commit", .caught_by = "failing-apply", .apply = fails_too_late},
    {.name = "the key stays", .caught_by = "failing-apply", .apply = keeps_the_key},
    {.name = "failure told as absence", .caught_by = "failing-apply", .apply = tells_another_status},
    {.name = "broken for good", .caught_by = "failing-apply-one-handle", .apply = stays_broken},
    {.name = "unreadable told as absent", .caught_by = "failing-reads", .failing_get = MT940_E_NOT_FOUND},
    {.name = "unreadable told as the end", .caught_by = "failing-reads", .is_failing_scan_good = true},
    {.name = "made anew when unreadable", .caught_by = "failing-open", .is_lost_on_failure = true},
    {.name = "lost told as failed", .caught_by = "answer-lost", .knows_lost_answers = true,
     .apply = takes_lost_for_failed},
    {.name = "lost done again", .caught_by = "answer-lost", .knows_lost_answers = true, .apply = does_lost_again},
    {.name = "lost and gone", .caught_by = "answer-lost", .knows_lost_answers = true, .apply = forgets_lost},
    {.name = NULL},
};

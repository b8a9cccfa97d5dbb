/* SPDX-License-Identifier: Apache-2.0
 *
 * hand.c: puts batches together and applies them. Must not know what a check wants of them.
 */
#include "kit.h"

#include <string.h>

static struct mt940_change change_of(int32_t op, int32_t kind, const void *record, int64_t revision)
{
    return (struct mt940_change){
        .size = sizeof(struct mt940_change), .op = op, .kind = kind, .record = record, .revision = revision};
}

struct mt940_change mt940_kit_put_new(int32_t kind, const void *record)
{
    return change_of(MT940_PUT_NEW, kind, record, 0);
}

struct mt940_change mt940_kit_put_if(int32_t kind, const void *record, int64_t revision)
{
    return change_of(MT940_PUT_IF, kind, record, revision);
}

struct mt940_change mt940_kit_delete_if(int32_t kind, const void *record, int64_t revision)
{
    return change_of(MT940_DELETE_IF, kind, record, revision);
}

struct mt940_change mt940_kit_expect(int32_t kind, const void *record, int64_t revision)
{
    return change_of(MT940_EXPECT, kind, record, revision);
}

struct mt940_change mt940_kit_total_add(const struct mt940_customer_bank *bank, int64_t delta,
                                        const struct mt940_journal *line)
{
    struct mt940_change change = change_of(MT940_TOTAL_ADD, MT940_KIND_CUSTOMER_BANK, bank, 0);

    change.delta = delta;
    change.journal = line;
    return change;
}

struct mt940_action *mt940_kit_action(struct mt940_kit *kit, const char *key, const char *result)
{
    struct mt940_action *action = mt940_kit_alloc(kit, sizeof(*action));

    action->company = mt940_kit_view("01");
    action->key = mt940_kit_view(key ? key : mt940_kit_text(kit, "kit-%06u", (unsigned)++kit->keys));
    action->verb = mt940_kit_view("save");
    action->actor = mt940_kit_view("kit");
    action->at = 1784000000;
    action->result = mt940_kit_view(result);
    return action;
}

struct mt940_batch mt940_kit_batch(const struct mt940_action *action, const struct mt940_change *changes,
                                   size_t count)
{
    return (struct mt940_batch){sizeof(struct mt940_batch), action, changes, count};
}

struct mt940_batch_result *mt940_kit_apply(struct mt940_kit *kit, const struct mt940_store *store,
                                           const struct mt940_batch *batches, size_t count)
{
    struct mt940_batch_result *results = mt940_kit_alloc(kit, count * sizeof(*results));

    for (size_t i = 0; i < count; i++) {
        memset(&results[i], 0x5A, sizeof(*results)); /* the store must not leave what stood there */
        results[i].size = sizeof(*results);
    }
    int status = store->apply(store->user, batches, count, results);
    const char *text = store->last_error ? store->last_error(store->user) : "";
    mt940_kit_require(kit, status == 0, "apply returned %d (%s)", status, text ? text : "");
    for (size_t i = 0; i < count; i++) {
        bool is_outcome = results[i].outcome >= MT940_APPLIED && results[i].outcome <= MT940_CONFLICT;
        bool is_result = results[i].result_length < MT940_RESULT_CAPACITY &&
                         results[i].result[results[i].result_length] == '\0';
        mt940_kit_require(kit, is_outcome && is_result, "the result of batch %u is not filled in", (unsigned)i);
    }
    return results;
}

static const char *outcome_name(int32_t outcome)
{
    static const char *const names[] = {"APPLIED", "ALREADY", "REFUSED", "CONFLICT"};

    return names[outcome - MT940_APPLIED];
}

void mt940_kit_require_outcome(struct mt940_kit *kit, const struct mt940_batch_result *result, int32_t outcome,
                               size_t change)
{
    mt940_kit_require(kit, result->outcome == outcome, "outcome is %s, must be %s", outcome_name(result->outcome),
                      outcome_name(outcome));
    mt940_kit_require(kit, result->change == change, "%s names change %u, must name %u", outcome_name(outcome),
                      (unsigned)result->change, (unsigned)change);
}

const struct mt940_batch_result *mt940_kit_apply_one(struct mt940_kit *kit, const struct mt940_store *store,
                                                     const struct mt940_change *changes, size_t count,
                                                     int32_t outcome, size_t change)
{
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), changes, count);
    const struct mt940_batch_result *result = mt940_kit_apply(kit, store, &batch, 1);

    mt940_kit_require_outcome(kit, result, outcome, change);
    return result;
}

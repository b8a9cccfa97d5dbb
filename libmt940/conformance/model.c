/* SPDX-License-Identifier: Apache-2.0
 *
 * model.c: a store as plain lists, slow and obvious: what the contract says and nothing else.
 * Records in the lists are never changed, only replaced, so a copy of the lists is a way back.
 */
#include "kit.h"

#include <string.h>

struct mt940_kit_model *mt940_kit_model_new(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_keep(kit, sizeof(*model));

    model->kinds = mt940_kit_keep(kit, (size_t)mt940_kind_count() * sizeof(*model->kinds));
    for (int32_t i = 0; i < mt940_kind_count(); i++)
        model->kinds[i].is_kept = true;
    return model;
}

static struct mt940_kit_list *list_of(const struct mt940_kit_model *model, int32_t kind)
{
    return &model->kinds[kind - 1];
}

static const void **slot_of(const struct mt940_kit_model *model, int32_t kind, const void *key)
{
    struct mt940_kit_list *list = list_of(model, kind);

    for (size_t i = 0; i < list->count; i++)
        if (mt940_record_compare(kind, 0, list->records[i], key) == 0)
            return &list->records[i];
    return NULL;
}

const void *mt940_kit_model_find(const struct mt940_kit_model *model, int32_t kind, const void *key)
{
    const void **slot = slot_of(model, kind, key);

    return slot ? *slot : NULL;
}

static int64_t revision_of(const void *record)
{
    return record ? *(const int64_t *)record : 0;
}

/* The model's own copy of `given`, as a store must keep it in the place of `old` (NULL = new). */
static void *kept(struct mt940_kit *kit, int32_t kind, const void *given, const void *old)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    int64_t revision = revision_of(old) + 1;
    void *out = NULL;

    mt940_kit_require(kit, mt940_record_clone(kind, given, &kit->keep, &out) == 0, "the kit itself is out of memory");
    char *copy = out;
    memcpy(copy, &revision, sizeof(revision));
    for (int32_t i = 0; i < info->field_count; i++) {
        size_t offset = info->fields[i].offset;
        if (!info->fields[i].is_counter)
            continue;
        if (old)
            memcpy(copy + offset, (const char *)old + offset, sizeof(int64_t));
        else
            memset(copy + offset, 0, sizeof(int64_t));
    }
    return copy;
}

static int32_t refuse(struct mt940_batch_result *result, int64_t total, int64_t ceiling)
{
    result->total = total;
    result->ceiling = ceiling;
    return MT940_REFUSED;
}

static int32_t total_add(struct mt940_kit *kit, struct mt940_kit_model *model, const struct mt940_change *change,
                         const void **slot, struct mt940_batch_result *result)
{
    if (!slot)
        return MT940_CONFLICT;
    struct mt940_customer_bank bank = *(const struct mt940_customer_bank *)*slot;
    int64_t total = bank.dbs_total;
    int64_t ceiling = change->ceiling == MT940_CEILING_STORED_LIMIT ? bank.dbs_limit : change->ceiling_value;
    if (change->ceiling == MT940_CEILING_NONE || change->delta <= 0)
        ceiling = INT64_MAX;
    if (change->delta < 0 && total < INT64_MIN - change->delta)
        return refuse(result, total, INT64_MIN);
    if (change->delta > 0 && (total > INT64_MAX - change->delta || total + change->delta > ceiling))
        return refuse(result, total, ceiling);
    bank.dbs_total += change->delta;
    bank.dbs_sequence += 1;
    struct mt940_customer_bank *after = mt940_kit_keep(kit, sizeof(*after));
    *after = bank;
    *slot = after;
    struct mt940_journal line = *change->journal;
    line.company = bank.company;
    line.customer = bank.customer;
    line.slot = bank.slot;
    line.sequence = bank.dbs_sequence;
    line.delta = change->delta;
    line.total = bank.dbs_total;
    mt940_kit_list_add(kit, list_of(model, MT940_KIND_JOURNAL), kept(kit, MT940_KIND_JOURNAL, &line, NULL));
    return 0;
}

static int32_t delete_if(struct mt940_kit_model *model, const struct mt940_change *change, const void **slot,
                         struct mt940_batch_result *result)
{
    struct mt940_kit_list *list = list_of(model, change->kind);

    if (change->kind == MT940_KIND_CUSTOMER_BANK) {
        const struct mt940_customer_bank *bank = *slot;
        if (bank->dbs_sequence > 0)
            return refuse(result, bank->dbs_total, 0);
    }
    *slot = list->records[--list->count];
    return 0;
}

static int32_t apply_change(struct mt940_kit *kit, struct mt940_kit_model *model, const struct mt940_change *change,
                            struct mt940_batch_result *result)
{
    const void **slot = slot_of(model, change->kind, change->record);
    bool is_as_expected = revision_of(slot ? *slot : NULL) == change->revision;

    if (change->op == MT940_TOTAL_ADD)
        return total_add(kit, model, change, slot, result);
    if (change->op == MT940_EXPECT)
        return is_as_expected ? 0 : MT940_CONFLICT;
    if (change->op == MT940_PUT_NEW) {
        if (slot)
            return MT940_CONFLICT;
        mt940_kit_list_add(kit, list_of(model, change->kind), kept(kit, change->kind, change->record, NULL));
        return 0;
    }
    if (!slot || !is_as_expected)
        return MT940_CONFLICT;
    if (change->op == MT940_DELETE_IF)
        return delete_if(model, change, slot, result);
    *slot = kept(kit, change->kind, change->record, *slot);
    return 0;
}

static struct mt940_kit_list *copy_lists(struct mt940_kit *kit, const struct mt940_kit_model *model)
{
    struct mt940_kit_list *copies = mt940_kit_alloc(kit, (size_t)mt940_kind_count() * sizeof(*copies));

    for (int32_t i = 0; i < mt940_kind_count(); i++) {
        copies[i].count = model->kinds[i].count;
        copies[i].records = mt940_kit_alloc(kit, copies[i].count * sizeof(*copies[i].records));
        if (copies[i].count)
            memcpy(copies[i].records, model->kinds[i].records, copies[i].count * sizeof(*copies[i].records));
    }
    return copies;
}

/* Lists only ever get more room, so what was in them fits in again. */
static void go_back(struct mt940_kit_model *model, const struct mt940_kit_list *copies)
{
    for (int32_t i = 0; i < mt940_kind_count(); i++) {
        model->kinds[i].count = copies[i].count;
        if (copies[i].count)
            memcpy(model->kinds[i].records, copies[i].records, copies[i].count * sizeof(*copies[i].records));
    }
}

void mt940_kit_model_apply(struct mt940_kit *kit, struct mt940_kit_model *model, const struct mt940_batch *batch,
                           struct mt940_batch_result *result)
{
    const struct mt940_action *known = mt940_kit_model_find(model, MT940_KIND_ACTION, batch->action);

    memset(result, 0, sizeof(*result));
    result->size = sizeof(*result);
    if (known) {
        result->outcome = MT940_ALREADY;
        result->result_length = mt940_view_copy(&known->result, result->result, sizeof(result->result));
        return;
    }
    struct mt940_kit_list *way_back = copy_lists(kit, model);
    mt940_kit_list_add(kit, list_of(model, MT940_KIND_ACTION), kept(kit, MT940_KIND_ACTION, batch->action, NULL));
    result->outcome = MT940_APPLIED;
    for (size_t i = 0; i < batch->change_count; i++) {
        int32_t outcome = apply_change(kit, model, &batch->changes[i], result);
        if (outcome) {
            result->outcome = outcome;
            result->change = i;
            go_back(model, way_back);
            return;
        }
    }
}

void mt940_kit_apply_both(struct mt940_kit *kit, const struct mt940_store *store, struct mt940_kit_model *model,
                          const struct mt940_batch *batches, size_t count)
{
    struct mt940_batch_result *found = mt940_kit_apply(kit, store, batches, count);
    struct mt940_batch_result *wanted = mt940_kit_alloc(kit, sizeof(*wanted));

    for (size_t i = 0; i < count; i++) {
        mt940_kit_model_apply(kit, model, &batches[i], wanted);
        mt940_kit_require_outcome(kit, &found[i], wanted->outcome, wanted->change);
        bool is_same = found[i].result_length == wanted->result_length &&
                       memcmp(found[i].result, wanted->result, wanted->result_length) == 0;
        mt940_kit_require(kit, is_same, "ALREADY does not tell the stored result");
        bool is_told = found[i].total == wanted->total && found[i].ceiling == wanted->ceiling;
        mt940_kit_require(kit, wanted->outcome != MT940_REFUSED || is_told,
                          "REFUSED tells another total or ceiling than it compared");
    }
}

/* --- walking --- */

static bool is_met(const struct mt940_kit_walk *walk, const void *record)
{
    if (mt940_record_compare_prefix(walk->kind, walk->index, walk->prefix, record, walk->from) != 0)
        return false;
    return !walk->after || mt940_record_compare(walk->kind, walk->index, record, walk->from) > 0;
}

struct mt940_kit_list mt940_kit_model_scan(struct mt940_kit *kit, const struct mt940_kit_model *model,
                                           const struct mt940_kit_walk *walk)
{
    struct mt940_kit_list *all = list_of(model, walk->kind);
    struct mt940_kit_list met = {NULL, 0, 0, false};

    for (size_t i = 0; i < all->count; i++) {
        if (!is_met(walk, all->records[i]))
            continue;
        mt940_kit_list_add(kit, &met, all->records[i]);
        for (size_t at = met.count - 1; at > 0; at--) {
            if (mt940_record_compare(walk->kind, walk->index, met.records[at - 1], met.records[at]) <= 0)
                break;
            const void *held = met.records[at];
            met.records[at] = met.records[at - 1];
            met.records[at - 1] = held;
        }
    }
    if (walk->limit && met.count > walk->limit)
        met.count = walk->limit;
    return met;
}

void mt940_kit_require_walk(struct mt940_kit *kit, const struct mt940_store *store,
                            const struct mt940_kit_model *model, const struct mt940_kit_walk *walk)
{
    const struct mt940_kind_info *info = mt940_kind_info(walk->kind);
    struct mt940_kit_list found = mt940_kit_scan(kit, store, walk);
    struct mt940_kit_list wanted = mt940_kit_model_scan(kit, model, walk);

    for (size_t i = 0; i < found.count && i < wanted.count; i++) {
        const char *field = mt940_kit_difference(walk->kind, found.records[i], wanted.records[i]);
        mt940_kit_require(kit, !field, "scan of %s by %s, prefix %d, after %d: record %u differs in %s", info->name,
                          info->indexes[walk->index].name, (int)walk->prefix, (int)walk->after, (unsigned)i + 1,
                          field ? field : "");
    }
    mt940_kit_require(kit, found.count == wanted.count, "scan of %s by %s, prefix %d, after %d, limit %u: %u of %u",
                      info->name, info->indexes[walk->index].name, (int)walk->prefix, (int)walk->after,
                      (unsigned)walk->limit, (unsigned)found.count, (unsigned)wanted.count);
}

void mt940_kit_require_equal(struct mt940_kit *kit, const struct mt940_store *store,
                             const struct mt940_kit_model *model)
{
    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
        for (int32_t index = 0; index < mt940_kind_info(kind)->index_count; index++) {
            struct mt940_kit_walk everything = {.kind = kind, .index = index};
            mt940_kit_require_walk(kit, store, model, &everything);
        }
        for (size_t i = 0; i < list_of(model, kind)->count; i++) {
            const void *wanted = list_of(model, kind)->records[i];
            mt940_kit_require_same(kit, kind, mt940_kit_get(kit, store, kind, wanted), wanted);
        }
    }
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * plan.c: builds batches in the form the store port asks for: one change a key, sorted by kind
 * and key, so that two writers take their locks in the same order.
 */
#include "flow/plan.h"

#include "base/sha256.h"
#include "base/sort.h"
#include "flow/ask.h"

void mt940_plan_begin(struct mt940_plan *plan, struct mt940_flow *flow, const char *verb, struct mt940_view key)
{
    memset(plan, 0, sizeof *plan);
    plan->flow = flow;
    plan->action.company = flow->company;
    plan->action.actor = flow->actor;
    plan->action.at = flow->now;
    mt940_view_from_string(verb, &plan->action.verb);
    plan->newest = mt940_arena_alloc(&flow->scratch, 2 * ((size_t)mt940_kind_count() + 1) * sizeof *plan->newest);
    plan->puts = plan->newest ? plan->newest + mt940_kind_count() + 1 : NULL;
    plan->status = plan->newest ? mt940_arena_view(&flow->scratch, &key, &plan->action.key) : flow->scratch.status;
}

void mt940_plan_result(struct mt940_plan *plan, struct mt940_view result)
{
    int status = mt940_arena_view(&plan->flow->scratch, &result, &plan->action.result);
    if (plan->status == 0)
        plan->status = status;
}

/* Room for one more change; both arrays grow alike. */
static int reserve(struct mt940_plan *plan)
{
    const struct mt940_allocator *memory = &plan->flow->memory;
    void *changes = plan->changes, *older = plan->older;
    size_t capacity = plan->capacity;
    if (plan->count >= UINT32_MAX - 1)
        return MT940_E_LIMIT;
    int status = mt940_memory_reserve(memory, &older, &plan->older_capacity, plan->count + 1, sizeof *plan->older);
    plan->older = older;
    if (status == 0)
        status = mt940_memory_reserve(memory, &changes, &capacity, plan->count + 1, sizeof *plan->changes);
    plan->changes = changes;
    plan->capacity = capacity;
    return status;
}

void mt940_plan_derive(struct mt940_payment *row)
{
    row->settled = row->state != MT940_DOCUMENT_STATE_ACTIVE || row->amount == row->paid;
}

/* Into the scratch memory, with what is derived; NULL with the plan's status set. */
static void *copy_record(struct mt940_plan *plan, int32_t kind, const void *record)
{
    void *copy = mt940_arena_alloc(&plan->flow->scratch, mt940_kind_info(kind)->struct_size);

    plan->status = copy ? mt940_ask_copy(plan->flow, kind, record, copy) : MT940_E_MEMORY;
    if (plan->status)
        return NULL;
    if (kind == MT940_KIND_PAYMENT)
        mt940_plan_derive(copy);
    return copy;
}

/* A new change with a copy of its record; NULL after a failure. */
static struct mt940_change *add(struct mt940_plan *plan, int32_t op, int32_t kind, const void *record)
{
    void *copy;
    if (plan->status)
        return NULL;
    plan->status = reserve(plan);
    copy = plan->status ? NULL : copy_record(plan, kind, record);
    if (!copy)
        return NULL;
    struct mt940_change *change = &plan->changes[plan->count++];
    memset(change, 0, sizeof *change);
    change->size = sizeof *change;
    change->op = op;
    change->kind = kind;
    change->record = copy;
    plan->older[plan->count - 1] = plan->newest[kind];
    plan->newest[kind] = (uint32_t)plan->count;
    plan->puts[kind] += op == MT940_PUT_NEW || op == MT940_PUT_IF || op == MT940_DELETE_IF;
    plan->status = mt940_plan_index_add(&plan->index, &plan->flow->memory, plan->changes, plan->count);
    return plan->status ? NULL : change;
}

void mt940_plan_put_new(struct mt940_plan *plan, int32_t kind, const void *record)
{
    (void)add(plan, MT940_PUT_NEW, kind, record);
}

/* A change of this record that is in the plan already, by op (0 = a put of either kind). */
static struct mt940_change *find(const struct mt940_plan *plan, int32_t op, int32_t kind, const void *record)
{
    const struct mt940_plan_index *index = &plan->index;
    for (size_t i = plan->count; (i = mt940_plan_index_next(index, kind, record, i)) > 0; i--) {
        struct mt940_change *change = &plan->changes[i - 1];
        bool wanted = op ? change->op == op : change->op == MT940_PUT_NEW || change->op == MT940_PUT_IF;
        if (wanted && change->kind == kind && mt940_record_compare(kind, 0, change->record, record) == 0)
            return change;
    }
    return NULL;
}

bool mt940_plan_touches(const struct mt940_plan *plan, int32_t kind)
{
    return plan->puts && plan->puts[kind] > 0;
}

const struct mt940_change *mt940_plan_find(const struct mt940_plan *plan, int32_t kind, const void *key)
{
    if (!mt940_plan_touches(plan, kind))
        return NULL;
    const struct mt940_change *change = find(plan, 0, kind, key);
    return change ? change : find(plan, MT940_DELETE_IF, kind, key);
}

const struct mt940_change *mt940_plan_each(const struct mt940_plan *plan, int32_t kind, uint32_t *position)
{
    *position = *position ? plan->older[*position - 1] : plan->newest ? plan->newest[kind] : 0;
    return *position ? &plan->changes[*position - 1] : NULL;
}

const void *mt940_plan_pending(const struct mt940_plan *plan, int32_t kind, const void *key)
{
    const struct mt940_change *change = find(plan, 0, kind, key);
    return change ? change->record : NULL;
}

/* A record is guarded once by the revision it was read with; a second put only changes what is put. */
static void add_guarded(struct mt940_plan *plan, int32_t op, int32_t kind, const void *record, int64_t revision)
{
    struct mt940_change *earlier = plan->status ? NULL : find(plan, op == MT940_EXPECT ? MT940_EXPECT : 0, kind, record);
    if (earlier && op == MT940_EXPECT)
        return;
    if (earlier && op == MT940_PUT_IF) {
        void *copy = mt940_arena_alloc(&plan->flow->scratch, mt940_kind_info(kind)->struct_size);
        plan->status = copy ? mt940_ask_copy(plan->flow, kind, record, copy) : MT940_E_MEMORY;
        if (plan->status == 0)
            earlier->record = copy;
        return;
    }
    struct mt940_change *change = add(plan, op, kind, record);
    if (change)
        change->revision = revision;
}

void mt940_plan_put_if(struct mt940_plan *plan, int32_t kind, const void *record, int64_t revision)
{
    add_guarded(plan, MT940_PUT_IF, kind, record, revision);
}

void mt940_plan_delete_if(struct mt940_plan *plan, int32_t kind, const void *record, int64_t revision)
{
    add_guarded(plan, MT940_DELETE_IF, kind, record, revision);
}

void mt940_plan_expect(struct mt940_plan *plan, int32_t kind, const void *record, int64_t revision)
{
    add_guarded(plan, MT940_EXPECT, kind, record, revision);
}

void mt940_plan_total_add(struct mt940_plan *plan, const struct mt940_customer_bank *bank, int64_t delta,
                          int32_t ceiling, int64_t ceiling_value, const struct mt940_journal *journal)
{
    struct mt940_change *change = add(plan, MT940_TOTAL_ADD, MT940_KIND_CUSTOMER_BANK, bank);
    struct mt940_journal *line = mt940_arena_alloc(&plan->flow->scratch, sizeof *line);
    if (!change)
        return;
    plan->status = line ? mt940_ask_copy(plan->flow, MT940_KIND_JOURNAL, journal, line) : MT940_E_MEMORY;
    change->delta = delta;
    change->ceiling = ceiling;
    change->ceiling_value = ceiling_value;
    change->journal = line;
}

static int order(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_change *changes = context;
    return mt940_change_compare(&changes[a], &changes[b]);
}

/* The changes in the order the store port asks for, in scratch memory; the plan itself stays as it grew. */
static int sort_changes(struct mt940_plan *plan)
{
    size_t count = plan->count;
    struct mt940_arena *scratch = &plan->flow->scratch;
    uint32_t *numbers = mt940_arena_alloc(scratch, (2 * count + 1) * sizeof *numbers);
    struct mt940_change *sorted = mt940_arena_alloc(scratch, (count + 1) * sizeof *sorted);
    if (!numbers || !sorted)
        return scratch->status;
    for (size_t i = 0; i < count; i++)
        numbers[i] = (uint32_t)i;
    mt940_sort(numbers, numbers + count, count, order, plan->changes);
    for (size_t i = 0; i < count; i++)
        sorted[i] = plan->changes[numbers[i]];
    plan->sorted = sorted;
    plan->sorted_count = count;
    return 0;
}

static void hash_number(struct mt940_sha256 *hash, int64_t number)
{
    uint8_t bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
    mt940_sha256_part(hash, bytes, sizeof bytes);
}

/* What becomes of which record as it was: the same plan again has the same hash, another state another. */
static void hash_change(struct mt940_sha256 *hash, const struct mt940_change *change)
{
    const struct mt940_kind_info *info = mt940_kind_info(change->kind);
    hash_number(hash, change->op);
    hash_number(hash, change->kind);
    hash_number(hash, change->revision);
    for (int32_t i = 0; i < info->key_count; i++) {
        const char *field = (const char *)change->record + info->fields[i].offset;
        struct mt940_view view = {field, sizeof(int64_t)};
        if (info->fields[i].type == MT940_TYPE_DATE)
            view.length = sizeof(struct mt940_date);
        else if (info->fields[i].type == MT940_TYPE_TEXT || info->fields[i].type == MT940_TYPE_BLOB)
            memcpy(&view, field, sizeof view);
        mt940_sha256_part(hash, view.data, view.length);
    }
}

void mt940_plan_key(struct mt940_plan *plan)
{
    struct mt940_sha256 hash;
    uint8_t digest[32];
    char text[32 + 1 + 2 * sizeof digest + 1];
    size_t length = plan->action.verb.length < 32 ? plan->action.verb.length : 32;
    mt940_sha256_init(&hash);
    if (plan->status == 0)
        plan->status = sort_changes(plan);
    for (size_t i = 0; i < plan->sorted_count; i++)
        if (plan->sorted[i].op == MT940_PUT_IF || plan->sorted[i].op == MT940_DELETE_IF)
            hash_change(&hash, &plan->sorted[i]);
    mt940_sha256_final(&hash, digest);
    memcpy(text, plan->action.verb.data, length);
    text[length++] = ':';
    mt940_hex(digest, sizeof digest, text + length);
    struct mt940_view view = mt940_view_of(text, length + 2 * sizeof digest);
    int status = mt940_arena_view(&plan->flow->scratch, &view, &plan->action.key);
    if (plan->status == 0)
        plan->status = status;
}

/* Whether an action is this plan's own: a key made of a name may be there from before, or be another's. */
static bool is_own(const struct mt940_plan *plan, const struct mt940_action *stored)
{
    return stored->at == plan->action.at && mt940_view_equal(&stored->actor, &plan->action.actor) == 1 &&
           mt940_view_equal(&stored->result, &plan->action.result) == 1;
}

/* The store lost the answer: the action's record says whether the batch was stored, and by whom. */
static int look_up(struct mt940_plan *plan, struct mt940_batch_result *result)
{
    struct mt940_action stored;
    int status = mt940_ask_get(plan->flow, MT940_KIND_ACTION, &plan->action, &stored);
    if (status == MT940_E_NOT_FOUND)
        return mt940_fail(plan->flow->error, MT940_E_STORE, 0, "the change was not stored; try again");
    if (status)
        return MT940_E_UNKNOWN;
    result->outcome = is_own(plan, &stored) ? MT940_APPLIED : MT940_ALREADY;
    result->result_length = result->outcome == MT940_ALREADY ? stored.result.length : 0;
    if (result->result_length >= sizeof result->result)
        return MT940_E_CORRUPT;
    if (result->result_length > 0)
        memcpy(result->result, stored.result.data, result->result_length);
    result->result[result->result_length] = '\0';
    return 0;
}

int mt940_plan_apply_all(struct mt940_flow *flow, struct mt940_plan *const *plans, size_t count,
                         struct mt940_batch_result *results)
{
    struct mt940_batch *batches = mt940_arena_alloc(&flow->scratch, (count + 1) * sizeof *batches);
    if (!batches)
        return flow->scratch.status;
    for (size_t i = 0; i < count; i++) {
        struct mt940_plan *plan = plans[i];
        if (plan->status == 0 && !plan->sorted)
            plan->status = sort_changes(plan);
        if (plan->status)
            return plan->status;
        batches[i] = (struct mt940_batch){sizeof batches[i], &plan->action, plan->sorted, plan->sorted_count};
        memset(&results[i], 0, sizeof results[i]);
        results[i].size = sizeof results[i];
    }
    int status = flow->store.apply(flow->store.user, batches, count, results);
    bool is_lost = status == MT940_E_UNKNOWN;
    for (size_t i = 0; is_lost && i < count && (i == 0 || status == 0); i++)
        status = look_up(plans[i], &results[i]);
    return status;
}

int mt940_plan_apply(struct mt940_plan *plan, struct mt940_batch_result *result)
{
    return mt940_plan_apply_all(plan->flow, &plan, 1, result);
}

void mt940_plan_end(struct mt940_plan *plan)
{
    mt940_memory_free(&plan->flow->memory, plan->changes, plan->capacity * sizeof *plan->changes);
    mt940_plan_index_end(&plan->index, &plan->flow->memory);
    mt940_memory_free(&plan->flow->memory, plan->older, plan->older_capacity * sizeof *plan->older);
    plan->changes = NULL;
    plan->older = NULL;
    plan->count = plan->capacity = plan->older_capacity = 0;
}

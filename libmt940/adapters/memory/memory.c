/* SPDX-License-Identifier: Apache-2.0
 *
 * memory.c: the store port over skip lists. A batch is made atomic by a list of what it took out
 * and put in; undoing needs no memory and cannot fail. Must not know any file or thread.
 */
#include "mt940connect/adapters/memory.h"

#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "rows.h"

/* One replaced, added or removed row; either side may be NULL. */
struct step {
    struct mt940_rows *rows;
    struct mt940_row *removed;
    struct mt940_row *added;
};

struct memory_store {
    struct mt940_allocator memory;
    struct mt940_rows *tables; /* kind - 1 */
    void *scratch;             /* as large as the largest record */
    size_t scratch_size;
    struct step *steps;
    size_t step_count;
    size_t step_capacity;
    struct mt940_error error;
};

static void *heap_resize(void *user, void *old, size_t old_size, size_t new_size)
{
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, new_size);
}

static void release(const struct mt940_allocator *memory, void *block, size_t size)
{
    if (block)
        memory->resize(memory->user, block, size, 0);
}

static struct mt940_rows *table_of(struct memory_store *store, int32_t kind)
{
    return &store->tables[kind - 1];
}

/* --- steps and their undoing --- */

static void undo(struct memory_store *store, size_t mark)
{
    while (store->step_count > mark) {
        struct step *step = &store->steps[--store->step_count];
        if (step->added) {
            mt940_rows_unlink(step->rows, step->added);
            mt940_row_free(step->rows, step->added);
        }
        if (step->removed)
            mt940_rows_link(step->rows, step->removed);
    }
}

static void forget_steps(struct memory_store *store)
{
    for (size_t i = 0; i < store->step_count; i++)
        if (store->steps[i].removed)
            mt940_row_free(store->steps[i].rows, store->steps[i].removed);
    store->step_count = 0;
}

static int reserve_step(struct memory_store *store)
{
    if (store->step_count < store->step_capacity)
        return MT940_OK;
    size_t capacity = store->step_capacity ? store->step_capacity * 2 : 64;
    void *grown = capacity > SIZE_MAX / sizeof(*store->steps)
                      ? NULL
                      : store->memory.resize(store->memory.user, store->steps,
                                             store->step_capacity * sizeof(*store->steps),
                                             capacity * sizeof(*store->steps));
    if (!grown)
        return MT940_E_MEMORY;
    store->steps = grown;
    store->step_capacity = capacity;
    return MT940_OK;
}

/* Puts a copy of `record` in the place of `old`; each may be NULL. 0 or MT940_E_MEMORY with nothing changed. */
static int replace(struct memory_store *store, struct mt940_rows *rows, struct mt940_row *old, const void *record)
{
    struct mt940_row *row = NULL;

    if (reserve_step(store))
        return MT940_E_MEMORY;
    if (record && !(row = mt940_row_new(rows, record)))
        return MT940_E_MEMORY;
    if (old)
        mt940_rows_unlink(rows, old);
    if (row)
        mt940_rows_link(rows, row);
    store->steps[store->step_count++] = (struct step){rows, old, row};
    return MT940_OK;
}

/* --- changes: 0, an outcome, or a negative status --- */

static int64_t revision_of(const struct mt940_row *row)
{
    return row ? *(const int64_t *)row->record : 0; /* the first member of every record */
}

/* Counters are the store's: those of `old` stay, those of a new record start at 0. */
static void take_counters(const struct mt940_kind_info *info, char *record, const struct mt940_row *old)
{
    for (int32_t i = 0; i < info->field_count; i++) {
        const struct mt940_field *field = &info->fields[i];
        if (!field->is_counter)
            continue;
        memset(record + field->offset, 0, sizeof(int64_t));
        if (old)
            memcpy(record + field->offset, (const char *)old->record + field->offset, sizeof(int64_t));
    }
}

static int put(struct memory_store *store, struct mt940_rows *rows, struct mt940_row *old, const void *given)
{
    int64_t revision = revision_of(old) + 1;

    memcpy(store->scratch, given, rows->info->struct_size);
    memcpy(store->scratch, &revision, sizeof(revision));
    take_counters(rows->info, store->scratch, old);
    return replace(store, rows, old, store->scratch);
}

static int refuse(struct mt940_batch_result *result, int64_t total, int64_t ceiling)
{
    result->total = total;
    result->ceiling = ceiling;
    return MT940_REFUSED;
}

/* Whether the total may take the delta; written without sums that could overflow. */
static int check_ceiling(const struct mt940_change *change, const struct mt940_customer_bank *bank,
                         struct mt940_batch_result *result)
{
    int64_t total = bank->dbs_total;
    int64_t ceiling = change->ceiling == MT940_CEILING_STORED_LIMIT ? bank->dbs_limit : change->ceiling_value;

    if (change->delta < 0)
        return total < INT64_MIN - change->delta ? refuse(result, total, INT64_MIN) : MT940_OK;
    if (change->delta == 0 || change->ceiling == MT940_CEILING_NONE)
        ceiling = INT64_MAX;
    return total > INT64_MAX - change->delta || total + change->delta > ceiling ? refuse(result, total, ceiling)
                                                                                : MT940_OK;
}

static int total_add(struct memory_store *store, const struct mt940_change *change, struct mt940_row *old,
                     struct mt940_batch_result *result)
{
    if (!old)
        return MT940_CONFLICT;
    struct mt940_customer_bank bank = *(const struct mt940_customer_bank *)old->record;
    int outcome = check_ceiling(change, &bank, result);
    if (outcome)
        return outcome;
    bank.dbs_total += change->delta;
    bank.dbs_sequence++;
    struct mt940_journal line = *change->journal;
    line.revision = 1;
    line.company = bank.company;
    line.customer = bank.customer;
    line.slot = bank.slot;
    line.sequence = bank.dbs_sequence;
    line.delta = change->delta;
    line.total = bank.dbs_total;
    int status = replace(store, table_of(store, MT940_KIND_CUSTOMER_BANK), old, &bank);
    return status ? status : replace(store, table_of(store, MT940_KIND_JOURNAL), NULL, &line);
}

static int remove_row(struct memory_store *store, struct mt940_rows *rows, struct mt940_row *old,
                      struct mt940_batch_result *result)
{
    if (rows->info->kind == MT940_KIND_CUSTOMER_BANK) {
        const struct mt940_customer_bank *bank = old->record;
        if (bank->dbs_sequence > 0)
            return refuse(result, bank->dbs_total, 0);
    }
    return replace(store, rows, old, NULL);
}

static int apply_change(struct memory_store *store, const struct mt940_change *change,
                        struct mt940_batch_result *result)
{
    struct mt940_rows *rows = table_of(store, change->kind);
    struct mt940_row *old = mt940_rows_find(rows, change->record);

    switch (change->op) {
    case MT940_PUT_NEW:
        return old ? MT940_CONFLICT : put(store, rows, NULL, change->record);
    case MT940_PUT_IF:
        return old && revision_of(old) == change->revision ? put(store, rows, old, change->record) : MT940_CONFLICT;
    case MT940_DELETE_IF:
        return old && revision_of(old) == change->revision ? remove_row(store, rows, old, result) : MT940_CONFLICT;
    case MT940_EXPECT:
        return revision_of(old) == change->revision ? MT940_OK : MT940_CONFLICT;
    default:
        return total_add(store, change, old, result);
    }
}

static void tell_stored_result(const struct mt940_action *action, struct mt940_batch_result *result)
{
    result->outcome = MT940_ALREADY;
    result->result_length = action->result.length;
    if (action->result.length)
        memcpy(result->result, action->result.data, action->result.length);
    result->result[action->result.length] = '\0';
}

static int apply_batch(struct memory_store *store, const struct mt940_batch *batch,
                       struct mt940_batch_result *result)
{
    struct mt940_rows *actions = table_of(store, MT940_KIND_ACTION);
    const struct mt940_row *known = mt940_rows_find(actions, batch->action);
    size_t mark = store->step_count;

    if (known) {
        tell_stored_result(known->record, result);
        return MT940_OK;
    }
    int answer = put(store, actions, NULL, batch->action);
    for (size_t i = 0; answer == MT940_OK && i < batch->change_count; i++) {
        answer = apply_change(store, &batch->changes[i], result);
        result->change = answer > 0 ? i : 0;
    }
    if (answer != MT940_OK)
        undo(store, mark);
    if (answer >= 0)
        result->outcome = answer ? answer : MT940_APPLIED;
    return answer < 0 ? answer : MT940_OK;
}

/* --- the port --- */

static int memory_apply(void *user, const struct mt940_batch *batches, size_t count,
                        struct mt940_batch_result *results)
{
    struct memory_store *store = user;
    int status = mt940_batch_check(batches, count, results, &store->error);

    for (size_t i = 0; status == MT940_OK && i < count; i++)
        status = apply_batch(store, &batches[i], &results[i]);
    if (status)
        undo(store, 0);
    else
        forget_steps(store);
    return status;
}

static int memory_get(void *user, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    struct memory_store *store = user;

    if (!mt940_kind_info(kind) || !key || !sink)
        return MT940_E_ARGUMENT;
    const struct mt940_row *row = mt940_rows_find(table_of(store, kind), key);
    return row ? sink(sink_user, row->record) : MT940_E_NOT_FOUND;
}

static int memory_scan(void *user, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after,
                       size_t limit, mt940_record_sink sink, void *sink_user)
{
    struct memory_store *store = user;
    const struct mt940_kind_info *info = mt940_kind_info(kind);

    if (!info || index < 0 || index >= info->index_count || prefix < 0 ||
        prefix > info->indexes[index].field_count || (!from && (prefix || after)) || !sink)
        return MT940_E_ARGUMENT;
    const struct mt940_row *row = mt940_rows_seek(table_of(store, kind), index, prefix, from, after);
    for (size_t seen = 0; row && (limit == 0 || seen < limit); seen++) {
        if (mt940_record_compare_prefix(kind, index, prefix, row->record, from) != 0)
            break;
        int answer = sink(sink_user, row->record);
        if (answer)
            return answer;
        row = mt940_row_next(row, index);
    }
    return MT940_OK;
}

static void memory_close(void *user)
{
    struct memory_store *store = user;
    struct mt940_allocator memory = store->memory;
    size_t tables_size = (size_t)mt940_kind_count() * sizeof(*store->tables);

    for (int32_t kind = 1; store->tables && kind <= mt940_kind_count(); kind++)
        mt940_rows_clear(table_of(store, kind));
    release(&memory, store->tables, tables_size);
    release(&memory, store->scratch, store->scratch_size);
    release(&memory, store->steps, store->step_capacity * sizeof(*store->steps));
    release(&memory, store, sizeof(*store));
}

static const char *memory_last_error(void *user)
{
    return ((struct memory_store *)user)->error.text;
}

static int prepare(struct memory_store *store)
{
    size_t tables_size = (size_t)mt940_kind_count() * sizeof(*store->tables);
    int status = MT940_OK;

    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++)
        if (mt940_kind_info(kind)->struct_size > store->scratch_size)
            store->scratch_size = mt940_kind_info(kind)->struct_size;
    store->scratch = store->memory.resize(store->memory.user, NULL, 0, store->scratch_size);
    store->tables = store->memory.resize(store->memory.user, NULL, 0, tables_size);
    if (store->tables)
        memset(store->tables, 0, tables_size);
    if (!store->scratch || !store->tables)
        return MT940_E_MEMORY;
    for (int32_t kind = 1; status == MT940_OK && kind <= mt940_kind_count(); kind++)
        status = mt940_rows_init(table_of(store, kind), kind, &store->memory);
    return status;
}

static int fail(struct mt940_error *error, int status)
{
    if (error && error->size >= sizeof(*error)) {
        size_t length = strlen(mt940_status_text(status));
        size_t room = sizeof(error->text) - 1;

        memset(&error->status, 0, sizeof(*error) - offsetof(struct mt940_error, status));
        error->status = status;
        memcpy(error->text, mt940_status_text(status), length < room ? length : room);
    }
    return status;
}

MT940_EXPORT int mt940_memory_store_open(const struct mt940_allocator *allocator, struct mt940_store *out,
                                         struct mt940_error *error)
{
    struct mt940_allocator memory = {sizeof(memory), NULL, heap_resize};

    if (!out || (allocator && (allocator->size < sizeof(*allocator) || !allocator->resize)))
        return fail(error, MT940_E_ARGUMENT);
    if (allocator) {
        memory.user = allocator->user;
        memory.resize = allocator->resize;
    }
    struct memory_store *store = memory.resize(memory.user, NULL, 0, sizeof(*store));
    if (!store)
        return fail(error, MT940_E_MEMORY);
    memset(store, 0, sizeof(*store));
    store->memory = memory;
    store->error.size = sizeof(store->error);
    if (prepare(store)) {
        memory_close(store);
        return fail(error, MT940_E_MEMORY);
    }
    *out = (struct mt940_store){sizeof(*out), store, memory_get, memory_scan, memory_apply, memory_close,
                                memory_last_error, NULL};
    return MT940_OK;
}

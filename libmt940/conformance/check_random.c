/* SPDX-License-Identifier: Apache-2.0
 *
 * check_random.c: long random programs of batches, walks and reopenings, held against the model
 * after every step.
 */
#include "kit.h"

#include <string.h>

enum { CHANGES = 5, BATCHES = 4, KEYS_KEPT = 16 };

struct program {
    struct mt940_kit *kit;
    struct mt940_kit_model *model;
    const struct mt940_action *keys[KEYS_KEPT]; /* actions to repeat now and then */
    bool has_two_handles;
};

static const void *existing_or_new(struct program *program, int32_t kind)
{
    const struct mt940_kit_list *list = &program->model->kinds[kind - 1];

    if (list->count && mt940_kit_random(program->kit, 4))
        return list->records[mt940_kit_random(program->kit, list->count)];
    return mt940_kit_random_record(program->kit, kind);
}

static int32_t random_kind(struct program *program)
{
    /* Totals are what matters most; a quarter of the changes is about them. */
    if (mt940_kit_random(program->kit, 4) == 0)
        return MT940_KIND_CUSTOMER_BANK;
    return 1 + (int32_t)mt940_kit_random(program->kit, (uint64_t)mt940_kind_count());
}

/* The stored fields of one record under the key of another. */
static void *with_key_of(struct program *program, int32_t kind, const void *key)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    char *record = mt940_kit_random_record(program->kit, kind);

    for (int32_t i = 0; i < info->key_count; i++) {
        const struct mt940_field *field = &info->fields[i];
        size_t width = field->type == MT940_TYPE_TEXT ? sizeof(struct mt940_view)
                       : field->type == MT940_TYPE_DATE ? sizeof(struct mt940_date) : sizeof(int64_t);
        memcpy(record + field->offset, (const char *)key + field->offset, width);
    }
    return record;
}

static struct mt940_change random_total_add(struct program *program, const void *bank)
{
    static const int64_t deltas[] = {1, 5, -3, -100, 40, 0, INT64_MAX, INT64_MIN};
    struct mt940_kit *kit = program->kit;
    struct mt940_change change =
        mt940_kit_total_add(bank, deltas[mt940_kit_random(kit, sizeof(deltas) / sizeof(deltas[0]))],
                            mt940_kit_random_record(kit, MT940_KIND_JOURNAL));

    change.ceiling = (int32_t)mt940_kit_random(kit, 3);
    change.ceiling_value = (int64_t)mt940_kit_random(kit, 200) - 20;
    return change;
}

static struct mt940_change random_change(struct program *program)
{
    struct mt940_kit *kit = program->kit;
    int32_t kind = random_kind(program);
    const void *key = existing_or_new(program, kind);
    const void *stored = mt940_kit_model_find(program->model, kind, key);
    int64_t revision = stored ? *(const int64_t *)stored : 0;
    uint64_t throw = mt940_kit_random(kit, 10);

    if (mt940_kit_random(kit, 12) == 0)
        revision += (int64_t)mt940_kit_random(kit, 3) - 1;
    if (mt940_kit_is_own_kind(kind))
        return mt940_kit_expect(kind, key, revision);
    if (kind == MT940_KIND_CUSTOMER_BANK && throw < 5 && stored)
        return random_total_add(program, key);
    if (!stored && throw < 8)
        return mt940_kit_put_new(kind, with_key_of(program, kind, key));
    if (throw < 7)
        return mt940_kit_put_if(kind, with_key_of(program, kind, key), revision);
    if (throw == 7)
        return mt940_kit_delete_if(kind, key, revision);
    return throw == 8 ? mt940_kit_put_new(kind, with_key_of(program, kind, key))
                      : mt940_kit_expect(kind, key, revision);
}

/* Changes in the order of the contract; equal ones are dropped. */
static size_t random_changes(struct program *program, struct mt940_change changes[CHANGES])
{
    size_t wanted = mt940_kit_random(program->kit, CHANGES + 1);
    size_t count = 0;

    while (wanted--) {
        struct mt940_change change = random_change(program);
        size_t at = count;
        while (at > 0 && mt940_change_compare(&changes[at - 1], &change) > 0)
            at--;
        if (at > 0 && mt940_change_compare(&changes[at - 1], &change) == 0)
            continue;
        memmove(&changes[at + 1], &changes[at], (count - at) * sizeof(changes[0]));
        changes[at] = change;
        count++;
    }
    return count;
}

static const struct mt940_action *random_action(struct program *program)
{
    size_t at = mt940_kit_random(program->kit, KEYS_KEPT);

    if (!program->keys[at] || mt940_kit_random(program->kit, 8)) {
        void *kept = NULL;
        const void *action = mt940_kit_action(program->kit, NULL, mt940_kit_random(program->kit, 2) ? "done" : "");
        int status = mt940_record_clone(MT940_KIND_ACTION, action, &program->kit->keep, &kept);
        mt940_kit_require(program->kit, status == 0, "the kit itself is out of memory");
        program->keys[at] = kept;
    }
    return program->keys[at];
}

static const struct mt940_store *random_handle(struct program *program)
{
    return program->has_two_handles && mt940_kit_random(program->kit, 2) ? &program->kit->second
                                                                         : &program->kit->store;
}

static void random_apply(struct program *program)
{
    struct mt940_change changes[BATCHES][CHANGES + 1];
    struct mt940_batch batches[BATCHES];
    size_t count = 1 + mt940_kit_random(program->kit, BATCHES);

    for (size_t i = 0; i < count; i++) {
        size_t change_count = random_changes(program, changes[i]);
        batches[i] = mt940_kit_batch(random_action(program), changes[i], change_count);
    }
    mt940_kit_apply_both(program->kit, random_handle(program), program->model, batches, count);
}

static void random_walk(struct program *program)
{
    struct mt940_kit *kit = program->kit;
    struct mt940_kit_walk walk = {.kind = random_kind(program)};
    const struct mt940_kind_info *info = mt940_kind_info(walk.kind);

    walk.index = (int32_t)mt940_kit_random(kit, (uint64_t)info->index_count);
    walk.prefix = (int32_t)mt940_kit_random(kit, (uint64_t)info->indexes[walk.index].field_count + 1);
    walk.from = existing_or_new(program, walk.kind);
    walk.after = (int32_t)mt940_kit_random(kit, 2);
    walk.limit = mt940_kit_random(kit, 5);
    mt940_kit_require_walk(kit, random_handle(program), program->model, &walk);
    const void *found = mt940_kit_get(kit, random_handle(program), walk.kind, walk.from);
    const void *wanted = mt940_kit_model_find(program->model, walk.kind, walk.from);
    if (wanted)
        mt940_kit_require_same(kit, walk.kind, found, wanted);
    else
        mt940_kit_require(kit, !found, "a %s came back that never was stored", info->name);
}

static void run_program(struct mt940_kit *kit, bool has_two_handles)
{
    struct program program = {.kit = kit, .model = mt940_kit_model_new(kit), .has_two_handles = has_two_handles};
    int32_t steps = mt940_kit_operations(kit);

    if (has_two_handles)
        mt940_kit_open_second(kit);
    for (int32_t step = 1; step <= steps; step++) {
        random_apply(&program);
        random_walk(&program);
        if (step % 250 == 0 || step == steps) {
            mt940_kit_close(&kit->store);
            mt940_kit_open(kit, &kit->store);
            mt940_kit_require_equal(kit, &kit->store, program.model);
        }
        mt940_kit_tidy(kit);
    }
}

static void random_program(struct mt940_kit *kit)
{
    run_program(kit, false);
}

static void random_program_two_handles(struct mt940_kit *kit)
{
    run_program(kit, true);
}

const struct mt940_kit_check mt940_kit_random_checks[] = {
    {"random-program", "Random batches and walks give what a simple model gives, step by step.", random_program},
    {"random-program-two-handles", "The same through two handles in turn.", random_program_two_handles},
    {NULL, NULL, NULL},
};

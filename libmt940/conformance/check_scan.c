/* SPDX-License-Identifier: Apache-2.0
 *
 * check_scan.c: walks in every order, held against sorting the same records by hand.
 */
#include "kit.h"

#include <string.h>

enum { RECORDS = 60, WALKS = 40 };

/* Fills a kind with records that share many values of their indexes. */
static void fill(struct mt940_kit *kit, struct mt940_kit_model *model, int32_t kind)
{
    struct mt940_change *changes = mt940_kit_alloc(kit, RECORDS * sizeof(*changes));
    struct mt940_batch *batches = mt940_kit_alloc(kit, RECORDS * sizeof(*batches));

    for (size_t i = 0; i < RECORDS; i++) {
        void *record = mt940_kit_random_record(kit, kind);
        changes[i] = mt940_kit_put_new(kind, record);
        batches[i] = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), &changes[i], 1);
    }
    mt940_kit_apply_both(kit, &kit->store, model, batches, RECORDS);
}

static void whole_orders(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);

    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++)
        if (!mt940_kit_is_own_kind(kind))
            fill(kit, model, kind);
    mt940_kit_require_equal(kit, &kit->store, model);
}

/* Starts now at a record of the store, now at one it has not. */
static const void *random_start(struct mt940_kit *kit, const struct mt940_kit_model *model, int32_t kind)
{
    const struct mt940_kit_list *list = &model->kinds[kind - 1];

    if (list->count && mt940_kit_random(kit, 3))
        return list->records[mt940_kit_random(kit, list->count)];
    return mt940_kit_random_record(kit, kind);
}

static void random_walks(struct mt940_kit *kit, const struct mt940_kit_model *model, int32_t kind, int32_t after,
                         bool limited)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);

    for (int i = 0; i < WALKS; i++) {
        struct mt940_kit_walk walk = {.kind = kind, .after = after};
        walk.index = (int32_t)mt940_kit_random(kit, (uint64_t)info->index_count);
        walk.prefix = (int32_t)mt940_kit_random(kit, (uint64_t)info->indexes[walk.index].field_count + 1);
        walk.from = random_start(kit, model, kind);
        walk.limit = limited ? 1 + mt940_kit_random(kit, 9) : 0;
        mt940_kit_require_walk(kit, &kit->store, model, &walk);
    }
}

static void each_kind(struct mt940_kit *kit, int32_t after, bool limited)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);

    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
        if (mt940_kit_is_own_kind(kind))
            continue;
        fill(kit, model, kind);
        random_walks(kit, model, kind, after, limited);
    }
    random_walks(kit, model, MT940_KIND_ACTION, after, limited);
}

static void prefixes(struct mt940_kit *kit)
{
    each_kind(kit, 0, false);
}

static void walks_behind(struct mt940_kit *kit)
{
    each_kind(kit, 1, false);
}

static void limits(struct mt940_kit *kit)
{
    each_kind(kit, 0, true);
}

/* As a long list is read in pages: each page goes on behind the last record of the one before. */
static void pages(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    const int32_t kind = MT940_KIND_PAYMENT;

    fill(kit, model, kind);
    for (int32_t index = 0; index < mt940_kind_info(kind)->index_count; index++) {
        struct mt940_kit_walk walk = {.kind = kind, .index = index};
        struct mt940_kit_list whole = mt940_kit_model_scan(kit, model, &walk);
        size_t seen = 0;
        walk.limit = 7;
        for (;;) {
            struct mt940_kit_list page = mt940_kit_scan(kit, &kit->store, &walk);
            for (size_t i = 0; i < page.count; i++, seen++)
                mt940_kit_require(kit, seen < whole.count && !mt940_kit_difference(kind, page.records[i],
                                                                                   whole.records[seen]),
                                  "paging: record %u is another than in the whole walk", (unsigned)seen + 1);
            if (page.count < walk.limit)
                break;
            walk.from = page.records[page.count - 1];
            walk.after = 1;
        }
        mt940_kit_require(kit, seen == whole.count, "paging met %u of %u records", (unsigned)seen,
                          (unsigned)whole.count);
    }
}

static int ignore(void *user, const void *record)
{
    (void)user;
    (void)record;
    return 0;
}

static void require_scan_refused(struct mt940_kit *kit, const struct mt940_kit_walk *walk)
{
    int status = kit->store.scan(kit->store.user, walk->kind, walk->index, walk->prefix, walk->from, walk->after, 0,
                                 ignore, NULL);

    mt940_kit_require(kit, status == MT940_E_ARGUMENT, "scan of kind %d, index %d, prefix %d returned %d",
                      (int)walk->kind, (int)walk->index, (int)walk->prefix, status);
}

static void scan_misuse(struct mt940_kit *kit)
{
    const void *from = mt940_kit_record(kit, MT940_KIND_INVOICE, MT940_KIT_PLAIN, 1);

    require_scan_refused(kit, &(struct mt940_kit_walk){.kind = 0});
    require_scan_refused(kit, &(struct mt940_kit_walk){.kind = 99});
    require_scan_refused(kit, &(struct mt940_kit_walk){.kind = MT940_KIND_INVOICE, .index = 2});
    require_scan_refused(kit, &(struct mt940_kit_walk){.kind = MT940_KIND_INVOICE, .index = -1});
    require_scan_refused(kit, &(struct mt940_kit_walk){.kind = MT940_KIND_INVOICE, .prefix = 3, .from = from});
    int status = kit->store.get(kit->store.user, 99, from, ignore, NULL);
    mt940_kit_require(kit, status == MT940_E_ARGUMENT, "get of kind 99 returned %d", status);
}

const struct mt940_kit_check mt940_kit_scan_checks[] = {
    {"whole-orders", "Every kind is walked in every order completely and ascending, as bytes and numbers.",
     whole_orders},
    {"prefixes", "A walk with a prefix meets all records that share it, and no others.", prefixes},
    {"walks-behind", "A walk behind a record begins strictly after it, also among equal index fields.", walks_behind},
    {"limits", "A limit cuts a walk after that many records.", limits},
    {"pages", "Page after page every record is met exactly once.", pages},
    {"scan-misuse", "An unknown kind or index, or too long a prefix, is MT940_E_ARGUMENT.", scan_misuse},
    {NULL, NULL, NULL},
};

/* SPDX-License-Identifier: Apache-2.0
 *
 * check_fetch.c: several looks in one call, held against what each would find alone. A store
 * without fetch() is asked look by look, as the library does it.
 */
#include "kit.h"

#include <string.h>

/* More looks than a store is likely to send at once. */
enum { RECORDS = 40, LOOKS = 300, ROUNDS = 4, STOP = 77 };

struct call;

/* Where the records of one look go. */
struct look {
    struct call *call;
    struct mt940_kit_walk walk;
    struct mt940_kit_list found;
};

struct call {
    struct mt940_kit *kit;
    struct look looks[LOOKS];
    struct mt940_lookup lookups[LOOKS];
    size_t count;
    size_t last;      /* the look that was answered last */
    bool is_in_order; /* so far */
    size_t stop;      /* the sink of this look (from 1) says STOP; 0 = none */
    size_t after;     /* records that came behind that */
    bool is_stopped;
};

/* A sink must not jump out of the store: what is wrong is noted. */
static int take(void *user, const void *record)
{
    struct look *look = user;
    struct call *call = look->call;
    size_t number = (size_t)(look - call->looks);
    void *copy = NULL;

    call->after += call->is_stopped;
    call->is_in_order = call->is_in_order && number >= call->last;
    call->last = number;
    int status = mt940_record_clone(look->walk.kind, record, &call->kit->pool, &copy);
    if (status == 0 && !mt940_kit_list_try_add(call->kit, &look->found, copy))
        status = MT940_E_MEMORY;
    if (status || number + 1 != call->stop)
        return status;
    call->is_stopped = true;
    return STOP;
}

static struct call *begin(struct mt940_kit *kit)
{
    struct call *call = mt940_kit_keep(kit, sizeof(*call));

    call->kit = kit;
    call->is_in_order = true;
    return call;
}

static void add(struct call *call, const struct mt940_kit_walk *walk)
{
    struct look *look = &call->looks[call->count];

    *look = (struct look){.call = call, .walk = *walk};
    call->lookups[call->count++] =
        (struct mt940_lookup){walk->kind, walk->index, walk->prefix, 0, walk->from, take, look};
}

static int fetch(const struct mt940_store *store, const struct call *call)
{
    int status = 0;

    if (store->fetch)
        return store->fetch(store->user, call->lookups, call->count);
    for (size_t i = 0; i < call->count && status == 0; i++) {
        const struct mt940_lookup *lookup = &call->lookups[i];
        status = store->scan(store->user, lookup->kind, lookup->index, lookup->prefix, lookup->from, 0, 0, lookup->sink,
                             lookup->sink_user);
    }
    return status;
}

static void fill(struct mt940_kit *kit, struct mt940_kit_model *model, int32_t kind)
{
    struct mt940_change *changes = mt940_kit_alloc(kit, RECORDS * sizeof(*changes));
    struct mt940_batch *batches = mt940_kit_alloc(kit, RECORDS * sizeof(*batches));

    for (size_t i = 0; i < RECORDS; i++) {
        changes[i] = mt940_kit_put_new(kind, mt940_kit_random_record(kit, kind));
        batches[i] = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), &changes[i], 1);
    }
    mt940_kit_apply_both(kit, &kit->store, model, batches, RECORDS);
}

/* Most looks are at a few kinds, as they are in a commit: a store may ask for those together. */
static void random_look(struct mt940_kit *kit, const struct mt940_kit_model *model, struct mt940_kit_walk *walk)
{
    static const int32_t usual[] = {MT940_KIND_CUSTOMER, MT940_KIND_CUSTOMER_BANK, MT940_KIND_PAYMENT};
    bool is_usual = mt940_kit_random(kit, 4) > 0;
    int32_t kind = is_usual ? usual[mt940_kit_random(kit, 3)] : 1 + (int32_t)mt940_kit_random(kit, (uint64_t)mt940_kind_count());
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    const struct mt940_kit_list *list = &model->kinds[kind - 1];

    *walk = (struct mt940_kit_walk){.kind = kind};
    walk->index = (int32_t)mt940_kit_random(kit, (uint64_t)info->index_count);
    walk->prefix = info->indexes[walk->index].field_count;
    if (!is_usual)
        walk->prefix = (int32_t)mt940_kit_random(kit, (uint64_t)walk->prefix + 1);
    walk->from = list->count && mt940_kit_random(kit, 3) ? list->records[mt940_kit_random(kit, list->count)]
                 : mt940_kit_is_own_kind(kind)           ? mt940_kit_record(kit, kind, MT940_KIT_PLAIN, 1)
                                                         : mt940_kit_random_record(kit, kind);
}

static void require_answers(struct mt940_kit *kit, const struct mt940_kit_model *model, const struct call *call)
{
    mt940_kit_require(kit, call->is_in_order, "a look was answered behind one that was asked later");
    for (size_t i = 0; i < call->count; i++) {
        const struct look *look = &call->looks[i];
        const char *name = mt940_kind_info(look->walk.kind)->name;
        struct mt940_kit_list wanted = mt940_kit_model_scan(kit, model, &look->walk);
        mt940_kit_require(kit, look->found.count == wanted.count, "look %u, at %s, met %u records, not %u",
                          (unsigned)i + 1, name, (unsigned)look->found.count, (unsigned)wanted.count);
        for (size_t j = 0; j < wanted.count; j++) {
            const char *field = mt940_kit_difference(look->walk.kind, look->found.records[j], wanted.records[j]);
            mt940_kit_require(kit, field == NULL, "look %u met another %s: %s differs", (unsigned)i + 1, name,
                              field ? field : "");
        }
    }
}

static void answers(struct mt940_kit *kit)
{
    static const size_t counts[ROUNDS] = {0, 1, 7, LOOKS};
    struct mt940_kit_model *model = mt940_kit_model_new(kit);

    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++)
        if (!mt940_kit_is_own_kind(kind))
            fill(kit, model, kind);
    for (int round = 0; round < ROUNDS; round++) {
        struct call *call = begin(kit);
        struct mt940_kit_walk walk;
        while (call->count < counts[round]) {
            random_look(kit, model, &walk);
            add(call, &walk);
        }
        int status = fetch(&kit->store, call);
        mt940_kit_require(kit, status == 0, "fetch of %u looks returned %d", (unsigned)call->count, status);
        require_answers(kit, model, call);
    }
}

/* The revision that a fetch of the record gives, among others. */
static int64_t fetched_revision(struct mt940_kit *kit, const struct mt940_store *store, const void *record)
{
    struct call *call = begin(kit);
    struct mt940_kit_walk walk = {.kind = MT940_KIND_CUSTOMER, .prefix = 2, .from = record};

    for (int i = 0; i < 5; i++)
        add(call, &walk);
    int status = fetch(store, call);
    mt940_kit_require(kit, status == 0 && call->looks[4].found.count == 1, "fetch returned %d and met %u records", status,
                      (unsigned)call->looks[4].found.count);
    return ((const struct mt940_customer *)call->looks[4].found.records[0])->revision;
}

static void is_fresh(struct mt940_kit *kit)
{
    void *record = mt940_kit_record(kit, MT940_KIND_CUSTOMER, MT940_KIT_PLAIN, 1);
    struct mt940_change change = mt940_kit_put_new(MT940_KIND_CUSTOMER, record);
    bool has_second = !mt940_kit_hooks(kit)->single_handle;

    mt940_kit_apply_one(kit, &kit->store, &change, 1, MT940_APPLIED, 0);
    if (has_second)
        mt940_kit_open(kit, &kit->second);
    for (int64_t revision = 1; revision < 4; revision++) {
        int64_t found = fetched_revision(kit, &kit->store, record);
        mt940_kit_require(kit, found == revision, "a fetch gave revision %d, not %d", (int)found, (int)revision);
        change = mt940_kit_put_if(MT940_KIND_CUSTOMER, record, revision);
        /* Now by this handle, now behind its back. */
        mt940_kit_apply_one(kit, has_second && revision == 2 ? &kit->second : &kit->store, &change, 1, MT940_APPLIED, 0);
    }
}

static void stops(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    struct call *call = begin(kit);
    struct mt940_kit_walk walk = {.kind = MT940_KIND_CUSTOMER};

    fill(kit, model, MT940_KIND_CUSTOMER);
    for (int i = 0; i < 5; i++)
        add(call, &walk);
    call->stop = 3;
    int status = fetch(&kit->store, call);
    mt940_kit_require(kit, status == STOP, "a sink said %d, fetch returned %d", STOP, status);
    mt940_kit_require(kit, call->after == 0, "%u records came after a sink had said stop", (unsigned)call->after);
    mt940_kit_require_walk(kit, &kit->store, model, &walk); /* the handle goes on */
}

static void misuse(struct mt940_kit *kit)
{
    static const struct mt940_kit_walk walks[] = {{.kind = 99}, {.kind = MT940_KIND_INVOICE, .index = 9}};

    for (size_t i = 0; i < sizeof(walks) / sizeof(walks[0]); i++) {
        struct call *call = begin(kit);
        add(call, &walks[i]);
        int status = fetch(&kit->store, call);
        mt940_kit_require(kit, status == MT940_E_ARGUMENT, "fetch of kind %d, index %d returned %d", (int)walks[i].kind,
                          (int)walks[i].index, status);
    }
}

const struct mt940_kit_check mt940_kit_fetch_checks[] = {
    {"fetch-answers", "Several looks in one call are answered in their order, each as a walk would.", answers},
    {"fetch-fresh", "A look in a fetch sees what was written before, by this handle and by another.", is_fresh},
    {"fetch-sink-return", "What the sink of a look returns ends the whole fetch and travels back.", stops},
    {"fetch-misuse", "A look at an unknown kind or index is MT940_E_ARGUMENT.", misuse},
    {NULL, NULL, NULL},
};

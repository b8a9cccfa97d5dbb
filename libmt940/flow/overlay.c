/* SPDX-License-Identifier: Apache-2.0
 *
 * overlay.c: reads of the store with the changes of a plan laid over them. Must not know what the
 * records mean, and never writes.
 */
#include "flow/overlay.h"

#include "base/sort.h"

static int get(void *user, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    const struct mt940_overlay *overlay = user;
    const struct mt940_change *change = mt940_plan_find(overlay->plan, kind, key);
    if (!change)
        return overlay->below.get(overlay->below.user, kind, key, sink, sink_user);
    return change->op == MT940_DELETE_IF ? MT940_E_NOT_FOUND : sink(sink_user, change->record);
}

/* A scan in which the records of the plan stand among those of the store. */
struct merging {
    const struct mt940_overlay *overlay;
    int32_t kind, index;
    const struct mt940_change **puts; /* what the plan adds, in the order of the index */
    size_t put_count, next;
    size_t limit, passed;
    mt940_record_sink sink;
    void *sink_user;
};

/* Ends a scan of the store that has given enough; no sink of the flow answers so. */
enum { enough = 0x4D544F56 };

static int pass(struct merging *merging, const void *record)
{
    int status = merging->sink(merging->sink_user, record);
    merging->passed++;
    return status ? status : merging->limit && merging->passed == merging->limit ? enough : 0;
}

/* Passes on the puts that come before `record`; all that are left when it is NULL. */
static int pass_puts(struct merging *merging, const void *record)
{
    int status = 0;
    while (status == 0 && merging->next < merging->put_count) {
        const void *put = merging->puts[merging->next]->record;
        if (record && mt940_record_compare(merging->kind, merging->index, put, record) > 0)
            break;
        merging->next++;
        status = pass(merging, put);
    }
    return status;
}

static int take(void *user, const void *record)
{
    struct merging *merging = user;
    int status = pass_puts(merging, record);
    if (status || mt940_plan_find(merging->overlay->plan, merging->kind, record))
        return status; /* it stands among the puts, or will be gone */
    return pass(merging, record);
}

static int order(const void *context, uint32_t a, uint32_t b)
{
    const struct merging *merging = context;
    return mt940_record_compare(merging->kind, merging->index, merging->puts[a]->record, merging->puts[b]->record);
}

static int sort_puts(struct merging *merging, struct mt940_arena *scratch)
{
    size_t count = merging->put_count;
    uint32_t *numbers = mt940_arena_alloc(scratch, (2 * count + 1) * sizeof *numbers);
    const struct mt940_change **sorted = mt940_arena_alloc(scratch, (count + 1) * sizeof *sorted);
    if (!numbers || !sorted)
        return scratch->status;
    for (size_t i = 0; i < count; i++)
        numbers[i] = (uint32_t)i;
    mt940_sort(numbers, numbers + count, count, order, merging);
    for (size_t i = 0; i < count; i++)
        sorted[i] = merging->puts[numbers[i]];
    merging->puts = sorted;
    return 0;
}

/* The puts of the kind that the scan asks for. */
static int find_puts(struct merging *merging, int32_t prefix, const void *from, int32_t after)
{
    const struct mt940_plan *plan = merging->overlay->plan;
    struct mt940_arena *scratch = &merging->overlay->flow->scratch;
    const struct mt940_change *change;
    for (int pass_number = 0; pass_number < 2; pass_number++) {
        size_t count = 0;
        for (uint32_t i = 0; (change = mt940_plan_each(plan, merging->kind, &i)) != NULL;) {
            if ((change->op != MT940_PUT_NEW && change->op != MT940_PUT_IF) ||
                (prefix && mt940_record_compare_prefix(merging->kind, merging->index, prefix, change->record, from)) ||
                (after && mt940_record_compare(merging->kind, merging->index, change->record, from) <= 0))
                continue;
            if (pass_number)
                merging->puts[count] = change;
            count++;
        }
        if (count == 0)
            return 0;
        if (pass_number == 0)
            merging->puts = mt940_arena_alloc(scratch, count * sizeof *merging->puts);
        if (!merging->puts)
            return scratch->status;
        merging->put_count = count;
    }
    return merging->put_count > 1 ? sort_puts(merging, scratch) : 0;
}

static int scan(void *user, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after, size_t limit,
                mt940_record_sink sink, void *sink_user)
{
    const struct mt940_overlay *overlay = user;
    struct merging merging = {overlay, kind, index, NULL, 0, 0, limit, 0, sink, sink_user};
    const struct mt940_store *below = &overlay->below;
    if (!mt940_plan_touches(overlay->plan, kind))
        return below->scan(below->user, kind, index, prefix, from, after, limit, sink, sink_user);
    int status = find_puts(&merging, prefix, from, after);
    if (status == 0)
        status = below->scan(below->user, kind, index, prefix, from, after, 0, take, &merging);
    if (status == 0)
        status = pass_puts(&merging, NULL);
    return status == enough ? 0 : status;
}

/* Several looks that go on together: what the plan puts in one of them comes before whatever the next one finds. */
struct fetching {
    struct merging *merging; /* one a look */
    size_t count, passed;
};

struct fetched {
    struct fetching *fetching;
    size_t number;
};

static int pass_before(struct fetching *fetching, size_t number)
{
    int status = 0;
    while (status == 0 && fetching->passed < number)
        status = pass_puts(&fetching->merging[fetching->passed++], NULL);
    return status;
}

static int take_fetched(void *user, const void *record)
{
    const struct fetched *fetched = user;
    int status = pass_before(fetched->fetching, fetched->number);
    return status ? status : take(&fetched->fetching->merging[fetched->number], record);
}

static int fetch(void *user, const struct mt940_lookup *lookups, size_t count)
{
    const struct mt940_overlay *overlay = user;
    struct mt940_arena *scratch = &overlay->flow->scratch;
    struct fetching fetching = {mt940_arena_alloc(scratch, (count + 1) * sizeof *fetching.merging), count, 0};
    struct fetched *fetched = mt940_arena_alloc(scratch, (count + 1) * sizeof *fetched);
    struct mt940_lookup *below = mt940_arena_alloc(scratch, (count + 1) * sizeof *below);
    int status = 0;
    if (!fetching.merging || !fetched || !below)
        return scratch->status;
    for (size_t i = 0; i < count && status == 0; i++) {
        struct merging *merging = &fetching.merging[i];
        *merging = (struct merging){overlay, lookups[i].kind, lookups[i].index, NULL, 0, 0, 0, 0, lookups[i].sink,
                                    lookups[i].sink_user};
        fetched[i] = (struct fetched){&fetching, i};
        below[i] = lookups[i];
        below[i].sink = take_fetched;
        below[i].sink_user = &fetched[i];
        if (mt940_plan_touches(overlay->plan, lookups[i].kind))
            status = find_puts(merging, lookups[i].prefix, lookups[i].from, 0);
    }
    if (status == 0)
        status = overlay->below.fetch(overlay->below.user, below, count);
    return status ? status : pass_before(&fetching, count);
}

static int apply(void *user, const struct mt940_batch *batches, size_t count, struct mt940_batch_result *results)
{
    const struct mt940_store *below = &((const struct mt940_overlay *)user)->below;
    return below->apply(below->user, batches, count, results);
}

static const char *last_error(void *user)
{
    const struct mt940_store *below = &((const struct mt940_overlay *)user)->below;
    return below->last_error ? below->last_error(below->user) : "";
}

void mt940_overlay_begin(struct mt940_overlay *overlay, struct mt940_flow *flow, const struct mt940_plan *plan)
{
    overlay->below = flow->store;
    overlay->plan = plan;
    overlay->flow = flow;
    flow->store.user = overlay;
    flow->store.get = get;
    flow->store.scan = scan;
    flow->store.apply = apply;
    flow->store.fetch = overlay->below.fetch ? fetch : NULL;
    flow->store.last_error = last_error;
}

void mt940_overlay_end(struct mt940_overlay *overlay)
{
    overlay->flow->store = overlay->below;
}

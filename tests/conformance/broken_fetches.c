/* SPDX-License-Identifier: Apache-2.0
 *
 * broken_fetches.c: stores that answer several looks at once wrongly: as a server does that was
 * asked one question for all of them, and whose answers were not put back where they belong.
 */
#include "harness.h"

#include <string.h>

/* --- in the order of the server --- */

static int backward_fetch(struct handle *handle, const struct mt940_lookup *lookups, size_t count)
{
    int status = 0;

    while (count > 0 && status == 0)
        status = honest_look(handle, &lookups[--count]);
    return status;
}

/* --- one is missing: the last of a window, or of a join that keeps pairs only --- */

static int dropping_fetch(struct handle *handle, const struct mt940_lookup *lookups, size_t count)
{
    int status = 0;

    for (size_t i = 0; i < count && status == 0; i++)
        if (i % 128 != 127)
            status = honest_look(handle, &lookups[i]);
    return status;
}

/* --- equal questions are asked once, and only the first is answered --- */

static bool is_same(const struct mt940_lookup *a, const struct mt940_lookup *b)
{
    return a->kind == b->kind && a->index == b->index && a->prefix == b->prefix && a->from && b->from &&
           mt940_record_compare_prefix(a->kind, a->index, a->prefix, a->from, b->from) == 0;
}

static int once_fetch(struct handle *handle, const struct mt940_lookup *lookups, size_t count)
{
    int status = 0;

    for (size_t i = 0; i < count && status == 0; i++) {
        bool is_asked = false;
        for (size_t j = 0; j < i; j++)
            is_asked = is_asked || (mt940_kind_info(lookups[i].kind) && is_same(&lookups[i], &lookups[j]));
        if (!is_asked)
            status = honest_look(handle, &lookups[i]);
    }
    return status;
}

/* --- records go to the sink of the look beside --- */

static int mixed_fetch(struct handle *handle, const struct mt940_lookup *lookups, size_t count)
{
    int status = 0;

    for (size_t i = 0; i < count && status == 0; i++) {
        struct mt940_lookup lookup = lookups[i];
        if (i + 1 < count && lookups[i + 1].kind == lookup.kind) {
            lookup.sink = lookups[i + 1].sink;
            lookup.sink_user = lookups[i + 1].sink_user;
        }
        status = honest_look(handle, &lookup);
    }
    return status;
}

/* --- a cache of customers that only this handle's own writes clear --- */

struct relay {
    struct handle *handle;
    const struct mt940_lookup *lookup;
};

static int remember(void *user, const void *record)
{
    struct relay *relay = user;

    cache_keep(relay->handle, relay->lookup->kind, record);
    return relay->lookup->sink(relay->lookup->sink_user, record);
}

static int stale_fetch(struct handle *handle, const struct mt940_lookup *lookups, size_t count)
{
    int status = 0;

    for (size_t i = 0; i < count && status == 0; i++) {
        struct relay relay = {handle, &lookups[i]};
        struct mt940_lookup lookup = lookups[i];
        bool is_key = lookup.kind == MT940_KIND_CUSTOMER && lookup.index == 0 && lookup.prefix == 2;
        const void *remembered = is_key ? cache_find(handle, lookup.kind, lookup.from) : NULL;
        if (is_key) {
            lookup.sink = remember;
            lookup.sink_user = &relay;
        }
        status = remembered ? lookups[i].sink(lookups[i].sink_user, remembered) : honest_look(handle, &lookup);
    }
    return status;
}

static int clearing_apply(struct handle *handle, const struct mt940_batch *batches, size_t count,
                          struct mt940_batch_result *results)
{
    cache_clear(handle);
    return honest_apply(handle, batches, count, results);
}

/* --- what a sink says ends its own look only --- */

static int deaf_fetch(struct handle *handle, const struct mt940_lookup *lookups, size_t count)
{
    int first = 0;

    for (size_t i = 0; i < count; i++) {
        int status = honest_look(handle, &lookups[i]);
        first = first ? first : status;
    }
    return first;
}

const struct fault fetch_faults[] = {
    {.name = "looks answered backwards", .caught_by = "fetch-answers", .fetch = backward_fetch},
    {.name = "last look of a window dropped", .caught_by = "fetch-answers", .fetch = dropping_fetch},
    {.name = "equal looks answered once", .caught_by = "fetch-answers", .fetch = once_fetch},
    {.name = "answer of the look beside", .caught_by = "fetch-answers", .fetch = mixed_fetch},
    {.name = "stale fetch", .caught_by = "fetch-fresh", .fetch = stale_fetch, .apply = clearing_apply},
    {.name = "fetch goes on after stop", .caught_by = "fetch-sink-return", .fetch = deaf_fetch},
    {.name = NULL},
};

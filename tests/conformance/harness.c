/* SPDX-License-Identifier: Apache-2.0
 *
 * harness.c: handles that pass every call on, or to the fault.
 */
#include "harness.h"

#include <stdlib.h>

static bool fails(struct harness *harness)
{
    return ++harness->operations == harness->failing;
}

static void *take_memory(void *user, void *old, size_t old_size, size_t new_size)
{
    (void)old_size;
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    return fails(user) ? NULL : realloc(old, new_size);
}

int harness_create(void *user)
{
    struct harness *harness = user;

    harness->failing = 0;
    harness->is_answer_lost = false;
    harness->allocator = (struct mt940_allocator){sizeof(harness->allocator), harness, take_memory};
    return mt940_memory_store_open(&harness->allocator, &harness->memory, NULL);
}

int64_t harness_fail_at(void *user, int64_t k)
{
    struct harness *harness = user;
    int64_t count = harness->operations;

    harness->operations = 0;
    harness->failing = k;
    return count;
}

int harness_lose_answer(void *user)
{
    ((struct harness *)user)->is_answer_lost = true;
    return 0;
}

void harness_destroy(void *user)
{
    struct harness *harness = user;

    harness->memory.close(harness->memory.user);
}

static int handle_get(void *user, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    struct handle *handle = user;
    const struct fault *fault = handle->harness->fault;

    if (fails(handle->harness))
        return fault && fault->failing_get ? fault->failing_get : MT940_E_IO;
    if (fault && fault->get)
        return fault->get(handle, kind, key, sink, sink_user);
    return handle->memory->get(handle->memory->user, kind, key, sink, sink_user);
}

static int handle_scan(void *user, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after,
                       size_t limit, mt940_record_sink sink, void *sink_user)
{
    struct handle *handle = user;
    const struct fault *fault = handle->harness->fault;

    if (fails(handle->harness))
        return fault && fault->is_failing_scan_good ? 0 : MT940_E_IO;
    if (fault && fault->scan)
        return fault->scan(handle, kind, index, prefix, from, after, limit, sink, sink_user);
    return handle->memory->scan(handle->memory->user, kind, index, prefix, from, after, limit, sink, sink_user);
}

int honest_look(struct handle *handle, const struct mt940_lookup *lookup)
{
    return handle_scan(handle, lookup->kind, lookup->index, lookup->prefix, lookup->from, 0, 0, lookup->sink,
                       lookup->sink_user);
}

static int handle_fetch(void *user, const struct mt940_lookup *lookups, size_t count)
{
    struct handle *handle = user;
    const struct fault *fault = handle->harness->fault;
    int status = 0;

    if (fault && fault->fetch)
        return fault->fetch(handle, lookups, count);
    for (size_t i = 0; i < count && status == 0; i++)
        status = honest_look(handle, &lookups[i]);
    return status;
}

static int handle_apply(void *user, const struct mt940_batch *batches, size_t count,
                        struct mt940_batch_result *results)
{
    struct handle *handle = user;
    const struct fault *fault = handle->harness->fault;

    if (handle->harness->is_answer_lost && !(fault && fault->knows_lost_answers)) {
        handle->harness->is_answer_lost = false;
        int status = handle->memory->apply(handle->memory->user, batches, count, results);
        return status ? status : MT940_E_UNKNOWN;
    }
    if (fault && fault->apply)
        return fault->apply(handle, batches, count, results);
    return handle->memory->apply(handle->memory->user, batches, count, results);
}

void *cache_find(struct handle *handle, int32_t kind, const void *key)
{
    for (struct cached *at = handle->cache; at; at = at->next)
        if (at->kind == kind && mt940_record_compare(kind, 0, at->record, key) == 0)
            return at->record;
    return NULL;
}

void cache_keep(struct handle *handle, int32_t kind, const void *record)
{
    struct cached *cached = calloc(1, sizeof(*cached));

    if (!cached || mt940_record_clone(kind, record, NULL, &cached->record))
        abort(); /* a test without memory proves nothing */
    cached->kind = kind;
    cached->next = handle->cache; /* in front: the newest is found */
    handle->cache = cached;
}

void cache_clear(struct handle *handle)
{
    while (handle->cache) {
        struct cached *next = handle->cache->next;
        mt940_record_free(handle->cache->kind, handle->cache->record, NULL);
        free(handle->cache);
        handle->cache = next;
    }
}

static void handle_close(void *user)
{
    struct handle *handle = user;
    struct harness *harness = handle->harness;

    cache_clear(handle);
    free(handle);
    if (--harness->handles == 0 && harness->fault && harness->fault->is_forgetful) {
        harness_destroy(harness);
        if (harness_create(harness))
            abort();
    }
}

int harness_open(void *user, struct mt940_store *out)
{
    struct harness *harness = user;

    if (fails(harness)) {
        if (harness->fault && harness->fault->is_lost_on_failure) {
            harness_destroy(harness);
            if (harness_create(harness))
                abort();
        }
        return MT940_E_IO;
    }
    struct handle *handle = calloc(1, sizeof(*handle));

    if (!handle)
        return MT940_E_MEMORY;
    handle->harness = harness;
    handle->memory = &harness->memory;
    harness->handles++;
    *out = (struct mt940_store){sizeof(*out), handle, handle_get, handle_scan, handle_apply, handle_close, NULL,
                                handle_fetch};
    return 0;
}

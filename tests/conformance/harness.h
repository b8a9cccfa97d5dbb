/* SPDX-License-Identifier: Apache-2.0
 *
 * harness.h: a memory store that outlives its handles, so that the kit can close and open it, and
 * the same store with one thing broken.
 */
#ifndef MT940_TESTS_CONFORMANCE_HARNESS_H
#define MT940_TESTS_CONFORMANCE_HARNESS_H

#include <stdbool.h>

#include "mt940connect/adapters/memory.h"
#include "mt940connect/conformance.h"

struct handle;

/* How a broken store differs from its honest memory store; a NULL function = not there. */
struct fault {
    const char *name;
    const char *caught_by; /* the check that must find it */
    bool is_forgetful;     /* everything is gone when the last handle closes */
    bool is_lost_on_failure; /* everything is gone when an opening fails */
    bool knows_lost_answers; /* `apply` looks at is_answer_lost itself */
    int failing_get;         /* what get answers when it fails; 0 = MT940_E_IO */
    bool is_failing_scan_good; /* a scan that fails says 0 */
    int (*get)(struct handle *handle, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user);
    int (*scan)(struct handle *handle, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after,
                size_t limit, mt940_record_sink sink, void *sink_user);
    int (*apply)(struct handle *handle, const struct mt940_batch *batches, size_t count,
                 struct mt940_batch_result *results);
    int (*fetch)(struct handle *handle, const struct mt940_lookup *lookups, size_t count);
};

/* What the kit's callbacks work on. */
struct harness {
    const struct fault *fault; /* NULL = honest */
    struct mt940_store memory;
    struct mt940_allocator allocator; /* of `memory`; fails on order */
    int handles;
    int64_t operations; /* since the last order */
    int64_t failing;    /* number of the one that fails, 0 = none */
    bool is_answer_lost; /* of the next apply */
};

struct cached {
    int32_t kind;
    void *record;
    struct cached *next;
};

/* One open handle. */
struct handle {
    struct harness *harness;
    struct mt940_store *memory;
    struct cached *cache; /* of the faults that remember */
    unsigned calls;
};

int harness_create(void *user);
int harness_open(void *user, struct mt940_store *out);
void harness_destroy(void *user);
/* The hooks of the kit. */
int64_t harness_fail_at(void *user, int64_t k);
int harness_lose_answer(void *user);

/* A remembered record, NULL when there is none; and replacing or forgetting it. */
void *cache_find(struct handle *handle, int32_t kind, const void *key);
void cache_keep(struct handle *handle, int32_t kind, const void *record);
void cache_clear(struct handle *handle);

/* The honest answer to one look. */
int honest_look(struct handle *handle, const struct mt940_lookup *lookup);
/* The honest apply; and one under a key nobody asked for, beside the caller's. */
int honest_apply(struct handle *handle, const struct mt940_batch *batches, size_t count,
                 struct mt940_batch_result *results);
void apply_beside(struct handle *handle, const struct mt940_change *changes, size_t count);

/* Stores that write, fail, read and fetch wrongly; each ends with a row without a name. */
extern const struct fault write_faults[];
extern const struct fault failure_faults[];
extern const struct fault read_faults[];
extern const struct fault fetch_faults[];

#endif

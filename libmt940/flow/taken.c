/* SPDX-License-Identifier: Apache-2.0
 *
 * taken.c: remembers files of a connection as they were listed when their bytes were taken. Only such that had
 * rested: what was changed a moment ago may change again within the same second, or minute, of the listing. Stored
 * after the bytes, in a batch of its own: what is lost by a crash is fetched once more.
 */
#include "flow/taken.h"

#include "base/sha256.h"
#include "flow/plan.h"

static const char key_prefix[] = "taken:";
enum { digest_length = 64, most_a_batch = 1000 };

static void digest_of(const struct mt940_view *name, char out[digest_length + 1])
{
    mt940_sha256_hex(name->data, name->length, out);
}

static int take_known(void *user, const void *record)
{
    struct mt940_taken *taken = user;
    const struct mt940_taken_file *file = record;
    void *array = taken->known;
    if (file->name_digest.length != digest_length)
        return MT940_E_CORRUPT;
    int status = mt940_memory_reserve(&taken->flow->memory, &array, &taken->capacity, taken->count + 1,
                                      sizeof *taken->known);
    taken->known = array;
    if (status)
        return status;
    struct mt940_taken_known *known = &taken->known[taken->count++];
    memcpy(known->name_digest, file->name_digest.data, digest_length);
    known->bytes = file->bytes;
    known->modified = file->modified;
    known->revision = file->revision;
    return 0;
}

int mt940_taken_begin(struct mt940_taken *taken, struct mt940_flow *flow, struct mt940_view connection)
{
    struct mt940_taken_file from;
    memset(taken, 0, sizeof *taken);
    taken->flow = flow;
    taken->connection = connection;
    taken->enabled = connection.length > 0 && flow->rest_seconds >= 0;
    mt940_arena_init(&taken->keep, &flow->memory, 0);
    if (!taken->enabled)
        return 0;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.connection = connection;
    return flow->store.scan(flow->store.user, MT940_KIND_TAKEN_FILE, 0, 2, &from, 0, 0, take_known, taken);
}

static const struct mt940_taken_known *find(const struct mt940_taken *taken, const char *digest)
{
    size_t low = 0, high = taken->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(taken->known[middle].name_digest, digest, digest_length);
        if (order == 0)
            return &taken->known[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool is_listed_so(const struct mt940_taken_known *known, const struct mt940_taken_listing *file)
{
    return known && known->bytes == file->bytes && known->modified == file->modified;
}

bool mt940_taken_is(const struct mt940_taken *taken, const struct mt940_taken_listing *file)
{
    char digest[digest_length + 1];
    if (!taken->count || file->bytes < 0 || file->modified < 0)
        return false;
    digest_of(&file->name, digest);
    return is_listed_so(find(taken, digest), file);
}

int mt940_taken_add(struct mt940_taken *taken, const struct mt940_taken_listing *file, const struct mt940_view *name)
{
    struct mt940_flow *flow = taken->flow;
    char digest[digest_length + 1];
    void *array = taken->fresh;
    if (!taken->enabled || file->bytes < 0 || file->modified < 0 || flow->now < file->modified ||
        flow->now - file->modified < flow->rest_seconds)
        return 0;
    digest_of(&file->name, digest);
    const struct mt940_taken_known *known = find(taken, digest);
    if (is_listed_so(known, file))
        return 0;
    int status =
        mt940_memory_reserve(&flow->memory, &array, &taken->fresh_capacity, taken->fresh_count + 1, sizeof *taken->fresh);
    taken->fresh = array;
    if (status)
        return status;
    struct mt940_taken_file *fresh = &taken->fresh[taken->fresh_count];
    struct mt940_view text = mt940_view_of(digest, digest_length);
    memset(fresh, 0, sizeof *fresh);
    fresh->revision = known ? known->revision : 0;
    fresh->company = flow->company;
    fresh->connection = taken->connection;
    fresh->bytes = file->bytes;
    fresh->modified = file->modified;
    status = mt940_arena_view(&taken->keep, &text, &fresh->name_digest);
    if (status == 0)
        status = mt940_arena_view(&taken->keep, name, &fresh->name);
    taken->fresh_count += status == 0;
    return status;
}

/* Named by all it says, revisions too: said again after something else was said, it is another batch. */
static void begin_plan(struct mt940_plan *plan, struct mt940_flow *flow, const struct mt940_taken_file *files,
                       size_t count)
{
    char key[sizeof key_prefix + digest_length];
    struct mt940_sha256 hash;
    uint8_t digest[32];
    mt940_sha256_init(&hash);
    for (size_t i = 0; i < count; i++) {
        mt940_sha256_part(&hash, files[i].connection.data, files[i].connection.length);
        mt940_sha256_part(&hash, files[i].name_digest.data, files[i].name_digest.length);
        mt940_sha256_number(&hash, files[i].bytes);
        mt940_sha256_number(&hash, files[i].modified);
        mt940_sha256_number(&hash, files[i].revision);
    }
    mt940_sha256_final(&hash, digest);
    memcpy(key, key_prefix, sizeof key_prefix - 1);
    mt940_hex(digest, sizeof digest, key + sizeof key_prefix - 1);
    mt940_plan_begin(plan, flow, "receive-listing", mt940_view_of(key, sizeof key - 1));
}

static int store_some(struct mt940_flow *flow, const struct mt940_taken_file *files, size_t count)
{
    struct mt940_batch_result result;
    struct mt940_plan plan;
    begin_plan(&plan, flow, files, count);
    for (size_t i = 0; i < count; i++) {
        if (files[i].revision)
            mt940_plan_put_if(&plan, MT940_KIND_TAKEN_FILE, &files[i], files[i].revision);
        else
            mt940_plan_put_new(&plan, MT940_KIND_TAKEN_FILE, &files[i]);
    }
    /* Whatever the outcome, another process remembers these files, or they are fetched once more. */
    int status = mt940_plan_apply(&plan, &result);
    mt940_plan_end(&plan);
    return status;
}

int mt940_taken_store(struct mt940_taken *taken)
{
    int status = 0;
    for (size_t i = 0; status == 0 && i < taken->fresh_count; i += most_a_batch) {
        size_t left = taken->fresh_count - i;
        status = store_some(taken->flow, taken->fresh + i, left < most_a_batch ? left : most_a_batch);
        mt940_flow_forget_scratch(taken->flow);
    }
    return status;
}

void mt940_taken_end(struct mt940_taken *taken)
{
    if (!taken->flow)
        return;
    mt940_memory_free(&taken->flow->memory, taken->known, taken->capacity * sizeof *taken->known);
    mt940_memory_free(&taken->flow->memory, taken->fresh, taken->fresh_capacity * sizeof *taken->fresh);
    mt940_arena_free(&taken->keep);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * shaky_store.c: hands every call on, or does not. Must not know what is stored.
 */
#include "shaky_store.h"

static int read_fails(struct shaky_store *shaky)
{
    if (shaky->is_asking || !shaky->read_fails) {
        shaky->is_asking = 0;
        return 0;
    }
    return shaky->read_fails(shaky->user);
}

static int get(void *user, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    struct shaky_store *shaky = user;
    int status = read_fails(shaky);

    return status ? status : shaky->behind->get(shaky->behind->user, kind, key, sink, sink_user);
}

static int scan(void *user, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after, size_t limit,
                mt940_record_sink sink, void *sink_user)
{
    struct shaky_store *shaky = user;
    int status = read_fails(shaky);

    return status ? status
                  : shaky->behind->scan(shaky->behind->user, kind, index, prefix, from, after, limit, sink, sink_user);
}

static int apply(void *user, const struct mt940_batch *batches, size_t count, struct mt940_batch_result *results)
{
    struct shaky_store *shaky = user;
    enum shaky_fate fate = shaky->fate ? shaky->fate(shaky->user) : SHAKY_GOES;
    int status = 0;

    if (shaky->before)
        shaky->before(shaky->user);
    if (fate == SHAKY_GOES || fate == SHAKY_UNANSWERED)
        status = shaky->behind->apply(shaky->behind->user, batches, count, results);
    if (shaky->after)
        shaky->after(shaky->user);
    if (fate == SHAKY_GOES || status)
        return status;
    shaky->is_asking = fate != SHAKY_FAILS;
    return fate == SHAKY_FAILS ? MT940_E_IO : MT940_E_UNKNOWN;
}

static void close_nothing(void *user)
{
    (void)user;
}

static const char *last_error(void *user)
{
    struct shaky_store *shaky = user;

    return shaky->behind->last_error ? shaky->behind->last_error(shaky->behind->user) : "";
}

void shaky_store_front(struct shaky_store *shaky, struct mt940_store *out)
{
    *out = (struct mt940_store){sizeof(*out), shaky, get, scan, apply, close_nothing, last_error, NULL};
}

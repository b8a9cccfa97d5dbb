/* SPDX-License-Identifier: Apache-2.0
 *
 * broken_reads.c: stores that keep everything and tell it wrongly. Each is a mistake that real
 * stores, drivers and column types make.
 */
#include "harness.h"

#include <string.h>

/* A sink between the store and the caller's sink. */
struct relay {
    struct handle *handle;
    int32_t kind;
    int32_t index;
    const void *from;
    mt940_record_sink sink;
    void *sink_user;
    void (*alter)(const struct mt940_kind_info *info, char *record);
};

static int honest_get(struct handle *handle, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    return handle->memory->get(handle->memory->user, kind, key, sink, sink_user);
}

static int honest_scan(struct handle *handle, int32_t kind, int32_t index, int32_t prefix, const void *from,
                       int32_t after, size_t limit, mt940_record_sink sink, void *sink_user)
{
    return handle->memory->scan(handle->memory->user, kind, index, prefix, from, after, limit, sink, sink_user);
}

/* --- a read cache that only this handle's own writes clear --- */

static int remember(void *user, const void *record)
{
    struct relay *relay = user;

    cache_keep(relay->handle, relay->kind, record);
    return relay->sink(relay->sink_user, record);
}

static int stale_get(struct handle *handle, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    struct relay relay = {.handle = handle, .kind = kind, .sink = sink, .sink_user = sink_user};
    const void *remembered = mt940_kind_info(kind) ? cache_find(handle, kind, key) : NULL;

    if (remembered)
        return sink(sink_user, remembered);
    return honest_get(handle, kind, key, remember, &relay);
}

static int clearing_apply(struct handle *handle, const struct mt940_batch *batches, size_t count,
                          struct mt940_batch_result *results)
{
    cache_clear(handle);
    return handle->memory->apply(handle->memory->user, batches, count, results);
}

/* --- the journal is not there --- */

static int no_journal_get(struct handle *handle, int32_t kind, const void *key, mt940_record_sink sink,
                          void *sink_user)
{
    return kind == MT940_KIND_JOURNAL ? MT940_E_NOT_FOUND : honest_get(handle, kind, key, sink, sink_user);
}

static int no_journal_scan(struct handle *handle, int32_t kind, int32_t index, int32_t prefix, const void *from,
                           int32_t after, size_t limit, mt940_record_sink sink, void *sink_user)
{
    return kind == MT940_KIND_JOURNAL
               ? 0
               : honest_scan(handle, kind, index, prefix, from, after, limit, sink, sink_user);
}

/* --- the sink's word is not heard --- */

static int deaf(void *user, const void *record)
{
    struct relay *relay = user;

    (void)relay->sink(relay->sink_user, record);
    return 0;
}

static int deaf_scan(struct handle *handle, int32_t kind, int32_t index, int32_t prefix, const void *from,
                     int32_t after, size_t limit, mt940_record_sink sink, void *sink_user)
{
    struct relay relay = {.sink = sink, .sink_user = sink_user};

    return honest_scan(handle, kind, index, prefix, from, after, limit, deaf, &relay);
}

/* --- the window is wrong --- */

static int limitless_scan(struct handle *handle, int32_t kind, int32_t index, int32_t prefix, const void *from,
                          int32_t after, size_t limit, mt940_record_sink sink, void *sink_user)
{
    (void)limit;
    return honest_scan(handle, kind, index, prefix, from, after, 0, sink, sink_user);
}

static int shorter_prefix_scan(struct handle *handle, int32_t kind, int32_t index, int32_t prefix, const void *from,
                               int32_t after, size_t limit, mt940_record_sink sink, void *sink_user)
{
    int32_t shorter = prefix > 1 ? prefix - 1 : prefix;

    return honest_scan(handle, kind, index, shorter, from, after, limit, sink, sink_user);
}

static int drop_before(void *user, const void *record)
{
    struct relay *relay = user;

    return mt940_record_compare(relay->kind, relay->index, record, relay->from) < 0
               ? 0
               : relay->sink(relay->sink_user, record);
}

/* >= instead of >: the last record of a page is the first of the next. */
static int inclusive_scan(struct handle *handle, int32_t kind, int32_t index, int32_t prefix, const void *from,
                          int32_t after, size_t limit, mt940_record_sink sink, void *sink_user)
{
    struct relay relay = {.kind = kind, .index = index, .from = from, .sink = sink, .sink_user = sink_user};

    if (!after || limit)
        return honest_scan(handle, kind, index, prefix, from, after, limit, sink, sink_user);
    return honest_scan(handle, kind, index, prefix, from, 0, limit, drop_before, &relay);
}

static int drop_equal(void *user, const void *record)
{
    struct relay *relay = user;

    return mt940_record_compare_prefix(relay->kind, relay->index, 99, record, relay->from) == 0
               ? 0
               : relay->sink(relay->sink_user, record);
}

/* Compares the index fields only: of records that share them a page loses the rest. */
static int skips_equal_scan(struct handle *handle, int32_t kind, int32_t index, int32_t prefix, const void *from,
                            int32_t after, size_t limit, mt940_record_sink sink, void *sink_user)
{
    struct relay relay = {.kind = kind, .index = index, .from = from, .sink = sink, .sink_user = sink_user};

    if (!after || limit)
        return honest_scan(handle, kind, index, prefix, from, after, limit, sink, sink_user);
    return honest_scan(handle, kind, index, prefix, from, after, limit, drop_equal, &relay);
}

/* Without ORDER BY: whatever order the table has. */
static int key_order_scan(struct handle *handle, int32_t kind, int32_t index, int32_t prefix, const void *from,
                          int32_t after, size_t limit, mt940_record_sink sink, void *sink_user)
{
    return honest_scan(handle, kind, prefix || after ? index : 0, prefix, from, after, limit, sink, sink_user);
}

/* --- columns and drivers that change what they carry --- */

static int altered(void *user, const void *record)
{
    struct relay *relay = user;
    const struct mt940_kind_info *info = mt940_kind_info(relay->kind);
    union {
        struct mt940_movement movement; /* as large as any */
        char bytes[1024];
    } copy;

    memcpy(&copy, record, info->struct_size);
    relay->alter(info, copy.bytes);
    return relay->sink(relay->sink_user, &copy);
}

static int altered_get(struct handle *handle, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user,
                       void (*alter)(const struct mt940_kind_info *info, char *record))
{
    struct relay relay = {.kind = kind, .sink = sink, .sink_user = sink_user, .alter = alter};

    return honest_get(handle, kind, key, altered, &relay);
}

/* CHAR columns lose blanks at the end. */
static void trim(const struct mt940_kind_info *info, char *record)
{
    for (int32_t i = info->key_count; i < info->field_count; i++) {
        struct mt940_view *view = (struct mt940_view *)(void *)(record + info->fields[i].offset);
        while (info->fields[i].type == MT940_TYPE_TEXT && view->length && view->data[view->length - 1] == ' ')
            view->length--;
    }
}

static int trimming_get(struct handle *handle, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    return altered_get(handle, kind, key, sink, sink_user, trim);
}

/* INTEGER of 32 bits. */
static void narrow(const struct mt940_kind_info *info, char *record)
{
    for (int32_t i = info->key_count; i < info->field_count; i++) {
        int64_t number;
        memcpy(&number, record + info->fields[i].offset, sizeof(number));
        if (info->fields[i].type == MT940_TYPE_MONEY && number > INT32_MAX)
            number = INT32_MAX;
        if (info->fields[i].type == MT940_TYPE_MONEY)
            memcpy(record + info->fields[i].offset, &number, sizeof(number));
    }
}

static int narrowing_get(struct handle *handle, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    return altered_get(handle, kind, key, sink, sink_user, narrow);
}

/* strlen() on bytes. */
static void cut(const struct mt940_kind_info *info, char *record)
{
    for (int32_t i = info->key_count; i < info->field_count; i++) {
        struct mt940_view *view = (struct mt940_view *)(void *)(record + info->fields[i].offset);
        if (info->fields[i].type != MT940_TYPE_BLOB || view->length == 0)
            continue;
        const char *nul = memchr(view->data, '\0', view->length);
        view->length = nul ? (size_t)(nul - view->data) : view->length;
    }
}

static int cutting_get(struct handle *handle, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    return altered_get(handle, kind, key, sink, sink_user, cut);
}

const struct fault read_faults[] = {
    {.name = "stale read", .caught_by = "two-handles-one-record", .get = stale_get, .apply = clearing_apply},
    {.name = "journal not written", .caught_by = "total-and-line", .get = no_journal_get, .scan = no_journal_scan},
    {.name = "sink not heard", .caught_by = "sink-return", .scan = deaf_scan},
    {.name = "limit ignored", .caught_by = "limits", .scan = limitless_scan},
    {.name = "prefix too short", .caught_by = "prefixes", .scan = shorter_prefix_scan},
    {.name = "border met twice", .caught_by = "walks-behind", .scan = inclusive_scan},
    {.name = "equals skipped", .caught_by = "walks-behind", .scan = skips_equal_scan},
    {.name = "order of the table", .caught_by = "whole-orders", .scan = key_order_scan},
    {.name = "blanks trimmed", .caught_by = "round-trip", .get = trimming_get},
    {.name = "numbers of 32 bits", .caught_by = "round-trip", .get = narrowing_get},
    {.name = "bytes cut at NUL", .caught_by = "round-trip", .get = cutting_get},
    {.name = NULL},
};

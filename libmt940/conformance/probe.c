/* SPDX-License-Identifier: Apache-2.0
 *
 * probe.c: asks a store and keeps copies of what it says. Must not change anything in it.
 */
#include "kit.h"

#include <string.h>

bool mt940_kit_list_try_add(struct mt940_kit *kit, struct mt940_kit_list *list, const void *record)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        size_t size = capacity * sizeof(*list->records);
        const void **grown = list->is_kept ? mt940_kit_keep(kit, size) : mt940_kit_try_alloc(kit, size);
        if (!grown)
            return false;
        if (list->count)
            memcpy(grown, list->records, list->count * sizeof(*grown));
        list->records = grown;
        list->capacity = capacity;
    }
    list->records[list->count++] = record;
    return true;
}

void mt940_kit_list_add(struct mt940_kit *kit, struct mt940_kit_list *list, const void *record)
{
    mt940_kit_require(kit, mt940_kit_list_try_add(kit, list, record), "the kit itself is out of memory");
}

struct collector {
    struct mt940_kit *kit;
    struct mt940_kit_list *list;
    int32_t kind;
};

/* A sink must not jump out of the store: it stops with a status instead. */
static int collect(void *user, const void *record)
{
    struct collector *collector = user;
    void *copy = NULL;
    int status = mt940_record_clone(collector->kind, record, &collector->kit->pool, &copy);

    if (status == 0 && !mt940_kit_list_try_add(collector->kit, collector->list, copy))
        status = MT940_E_MEMORY;
    return status;
}

const void *mt940_kit_get(struct mt940_kit *kit, const struct mt940_store *store, int32_t kind, const void *key)
{
    struct mt940_kit_list list = {NULL, 0, 0, false};
    struct collector collector = {kit, &list, kind};
    const char *name = mt940_kind_info(kind)->name;
    int status = store->get(store->user, kind, key, collect, &collector);

    mt940_kit_require(kit, status == 0 || status == MT940_E_NOT_FOUND, "get of %s returned %d", name, status);
    mt940_kit_require(kit, list.count == (status == 0 ? 1u : 0u), "get of %s returned %d and gave %u records", name,
                      status, (unsigned)list.count);
    if (list.count == 0)
        return NULL;
    mt940_kit_require(kit, mt940_record_compare(kind, 0, list.records[0], key) == 0,
                      "get of %s gave a record of another key", name);
    return list.records[0];
}

struct mt940_kit_list mt940_kit_scan(struct mt940_kit *kit, const struct mt940_store *store,
                                     const struct mt940_kit_walk *walk)
{
    struct mt940_kit_list list = {NULL, 0, 0, false};
    struct collector collector = {kit, &list, walk->kind};
    int status = store->scan(store->user, walk->kind, walk->index, walk->prefix, walk->from, walk->after, walk->limit,
                             collect, &collector);

    mt940_kit_require(kit, status == 0, "scan of %s returned %d", mt940_kind_info(walk->kind)->name, status);
    return list;
}

size_t mt940_kit_count(struct mt940_kit *kit, const struct mt940_store *store, int32_t kind)
{
    struct mt940_kit_walk everything = {.kind = kind};

    return mt940_kit_scan(kit, store, &everything).count;
}

static bool is_equal(const struct mt940_field *field, const void *a, const void *b)
{
    const char *left = (const char *)a + field->offset;
    const char *right = (const char *)b + field->offset;

    if (field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_BLOB)
        return mt940_view_equal((const void *)left, (const void *)right);
    if (field->type == MT940_TYPE_DATE)
        return mt940_date_compare((const void *)left, (const void *)right) == 0;
    return memcmp(left, right, sizeof(int64_t)) == 0;
}

const char *mt940_kit_difference(int32_t kind, const void *a, const void *b)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);

    for (int32_t i = 0; i < info->field_count; i++)
        if (!is_equal(&info->fields[i], a, b))
            return info->fields[i].name;
    return memcmp(a, b, sizeof(int64_t)) == 0 ? NULL : "revision";
}

void mt940_kit_require_same(struct mt940_kit *kit, int32_t kind, const void *found, const void *wanted)
{
    const char *name = mt940_kind_info(kind)->name;

    mt940_kit_require(kit, found != NULL, "%s is not there", name);
    const char *field = mt940_kit_difference(kind, found, wanted);
    mt940_kit_require(kit, field == NULL, "%s.%s came back other than it was stored", name, field ? field : "");
}

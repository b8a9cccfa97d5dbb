/* SPDX-License-Identifier: Apache-2.0
 *
 * 05-own-tables.c: all that the store of 05-own-store.c does with records whose kind it does not
 * know: keeps copies of them sorted in every order, and turns them into bytes and back. It follows
 * schema.h and knows neither a file nor a batch.
 */
#include "05-own-tables.h"

#include <stdlib.h>
#include <string.h>

/* --- sorted arrays of copies --- */

size_t own_table_place(const struct own_table *table, int32_t index, int32_t prefix, const void *from, bool is_behind)
{
    size_t low = 0, high = table->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const void *record = table->orders[index][middle];
        int order = prefix < 0 ? mt940_record_compare(table->info->kind, index, record, from)
                               : mt940_record_compare_prefix(table->info->kind, index, prefix, record, from);
        if (order < 0 || (is_behind && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void *own_table_find(const struct own_table *table, const void *key)
{
    size_t place = own_table_place(table, 0, -1, key, false);
    void *record = place < table->count ? table->orders[0][place] : NULL;

    return record && mt940_record_compare(table->info->kind, 0, record, key) == 0 ? record : NULL;
}

void own_table_link(struct own_table *table, void *record)
{
    for (int32_t i = 0; i < table->info->index_count; i++) {
        size_t place = own_table_place(table, i, -1, record, false);
        void **at = table->orders[i] + place;
        memmove(at + 1, at, (table->count - place) * sizeof(*at));
        *at = record;
    }
    table->count++;
}

void own_table_unlink(struct own_table *table, const void *record)
{
    for (int32_t i = 0; i < table->info->index_count; i++) {
        size_t place = own_table_place(table, i, -1, record, false);
        void **at = table->orders[i] + place;
        memmove(at, at + 1, (table->count - place - 1) * sizeof(*at));
    }
    table->count--;
}

bool own_table_reserve(struct own_table *table)
{
    if (table->count < table->capacity)
        return true;
    size_t capacity = table->capacity * 2 + 32;
    for (int32_t i = 0; i < table->info->index_count; i++) {
        void **grown = realloc(table->orders[i], capacity * sizeof(*grown));
        if (!grown)
            return false;
        table->orders[i] = grown;
    }
    table->capacity = capacity;
    return true;
}

bool own_table_init(struct own_table *table, int32_t kind)
{
    table->info = mt940_kind_info(kind);
    table->orders = calloc((size_t)table->info->index_count, sizeof(*table->orders));
    return table->orders != NULL;
}

void own_table_clear(struct own_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        mt940_record_free(table->info->kind, table->orders[0][i], NULL);
    for (int32_t i = 0; table->orders && i < table->info->index_count; i++)
        free(table->orders[i]);
    free(table->orders);
}

/* --- records as bytes --- */

bool own_bytes_move(struct own_bytes *bytes, void *value, size_t length)
{
    if (bytes->is_reading) {
        if (length > bytes->length)
            return false;
        memcpy(value, bytes->at, length);
        bytes->at += length;
        bytes->length -= length;
        return true;
    }
    if (length > bytes->capacity - bytes->length) {
        size_t capacity = 2 * (bytes->length + length) + 256;
        char *grown = realloc(bytes->at, capacity);
        if (!grown)
            return false;
        bytes->at = grown;
        bytes->capacity = capacity;
    }
    if (length)
        memcpy(bytes->at + bytes->length, value, length);
    bytes->length += length;
    return true;
}

static bool move_field(struct own_bytes *bytes, const struct mt940_field *field, char *record)
{
    if (field->type == MT940_TYPE_DATE)
        return own_bytes_move(bytes, record + field->offset, sizeof(struct mt940_date));
    if (field->type != MT940_TYPE_TEXT && field->type != MT940_TYPE_BLOB)
        return own_bytes_move(bytes, record + field->offset, sizeof(int64_t));
    struct mt940_view *view = (void *)(record + field->offset);
    size_t length = view->length;
    if (!own_bytes_move(bytes, &length, sizeof(length)))
        return false;
    if (!bytes->is_reading)
        return own_bytes_move(bytes, (void *)(uintptr_t)view->data, length);
    if (length > bytes->length)
        return false;
    *view = (struct mt940_view){bytes->at, length};
    bytes->at += length;
    bytes->length -= length;
    return true;
}

bool own_record_move(struct own_bytes *bytes, const struct mt940_kind_info *info, char *record)
{
    bool is_good = own_bytes_move(bytes, record, sizeof(int64_t)); /* the revision: the first member of every record */

    for (int32_t i = 0; is_good && i < info->field_count; i++)
        is_good = move_field(bytes, &info->fields[i], record);
    return is_good;
}

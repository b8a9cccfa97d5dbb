/* SPDX-License-Identifier: Apache-2.0
 *
 * record.c: compare, check, copy and release any record by its description. Must not know a
 * single kind or field by name.
 */
#include <stdbool.h>
#include <string.h>

#include "base/export.h"
#include "base/failure.h"
#include "base/memory.h"
#include "base/view.h"
#include "record/record.h"

static const void *field_at(const void *record, const struct mt940_field *field)
{
    return (const char *)record + field->offset;
}

static bool is_view(const struct mt940_field *field)
{
    return field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_BLOB;
}

static int compare_views(const struct mt940_view *a, const struct mt940_view *b)
{
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = shorter ? memcmp(a->data, b->data, shorter) : 0;

    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static int compare_field(const struct mt940_field *field, const void *a, const void *b)
{
    const void *left = field_at(a, field);
    const void *right = field_at(b, field);

    if (is_view(field))
        return compare_views(left, right);
    if (field->type == MT940_TYPE_DATE)
        return mt940_date_compare(left, right);
    int64_t x = *(const int64_t *)left;
    int64_t y = *(const int64_t *)right;
    return (x > y) - (x < y);
}

static const struct mt940_index *find_index(const struct mt940_kind_info *info, int32_t index)
{
    return info && index >= 0 && index < info->index_count ? &info->indexes[index] : NULL;
}

MT940_EXPORT int mt940_record_compare_prefix(int32_t kind, int32_t index, int32_t prefix, const void *a,
                                             const void *b)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    const struct mt940_index *order = find_index(info, index);
    int result = 0;

    for (int32_t i = 0; order && i < prefix && i < order->field_count && result == 0; i++)
        result = compare_field(&info->fields[order->fields[i]], a, b);
    return result;
}

MT940_EXPORT int mt940_record_compare(int32_t kind, int32_t index, const void *a, const void *b)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);

    if (!find_index(info, index))
        return 0;
    int result = mt940_record_compare_prefix(kind, index, info->field_count, a, b);
    if (result == 0 && index != 0)
        result = mt940_record_compare_prefix(kind, 0, info->key_count, a, b);
    return result;
}

static bool is_in(const struct mt940_index *index, int32_t field)
{
    for (int32_t i = 0; i < index->field_count; i++)
        if (index->fields[i] == field)
            return true;
    return false;
}

MT940_EXPORT int32_t mt940_index_order(const struct mt940_kind_info *info, int32_t index, int32_t prefix,
                                       int32_t *fields)
{
    int32_t count = 0;

    if (index < 0 || index >= info->index_count || prefix < 0)
        return 0;
    const struct mt940_index *order = &info->indexes[index];
    for (int32_t i = prefix; i < order->field_count; i++)
        fields[count++] = order->fields[i];
    for (int32_t i = 0; i < info->key_count && prefix <= order->field_count; i++)
        if (!is_in(order, i))
            fields[count++] = i;
    return count;
}

/* Length of the UTF-8 sequence at `at` (RFC 3629, no surrogates, no NUL), 0 when it is none. */
static size_t utf8_sequence(const unsigned char *at, size_t left)
{
    unsigned char lead = at[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;

    if (lead == 0 || length == 0 || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    if ((lead == 0xE0 && at[1] < 0xA0) || (lead == 0xED && at[1] > 0x9F))
        return 0; /* overlong, surrogate */
    if ((lead == 0xF0 && at[1] < 0x90) || (lead == 0xF4 && at[1] > 0x8F))
        return 0; /* overlong, above U+10FFFF */
    return length;
}

/* Eight ASCII characters, no NUL among them: most texts are nothing else. */
static bool is_plain(const unsigned char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof(word));
    return ((word | (word - 0x0101010101010101u)) & 0x8080808080808080u) == 0;
}

static bool is_text(const struct mt940_view *view)
{
    const unsigned char *bytes = (const unsigned char *)view->data;
    size_t at = 0;

    while (at < view->length) {
        if (view->length - at >= sizeof(uint64_t) && is_plain(bytes + at)) {
            at += sizeof(uint64_t);
            continue;
        }
        size_t length = utf8_sequence(bytes + at, view->length - at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

static const char *field_fault(const struct mt940_field *field, const void *record)
{
    const void *at = field_at(record, field);

    if (is_view(field)) {
        const struct mt940_view *view = at;
        if (!view->data && view->length)
            return "a view without data";
        return field->type == MT940_TYPE_BLOB || is_text(view) ? NULL : "not UTF-8 without NUL";
    }
    if (field->type == MT940_TYPE_DATE) {
        const struct mt940_date *date = at;
        return date->year == 0 || mt940_date_is_valid(date) ? NULL : "no such date";
    }
    int64_t number = *(const int64_t *)at;
    if (field->type == MT940_TYPE_FLAG && number != 0 && number != 1)
        return "neither 0 nor 1";
    if (field->type == MT940_TYPE_ENUM && !mt940_enum_name(field->enumeration, number, NULL))
        return "no value of its enumeration";
    return NULL;
}

int mt940_record_check_fields(const struct mt940_kind_info *info, int32_t first, int32_t last, const void *record,
                              struct mt940_error *error)
{
    for (int32_t i = first; i < last; i++) {
        const struct mt940_field *field = &info->fields[i];
        const char *fault = field_fault(field, record);

        if (fault)
            return mt940_fail_item(error, MT940_E_ARGUMENT, fault, field->name, strlen(field->name));
    }
    return MT940_OK;
}

MT940_EXPORT int mt940_record_check(int32_t kind, const void *record, int32_t key_only, struct mt940_error *error)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);

    if (!info || !record)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, info ? "no record" : "no such kind");
    return mt940_record_check_fields(info, 0, key_only ? info->key_count : info->field_count, record, error);
}

/* Bytes of the block that holds the struct and behind it what its views point to; 0 = too many. */
static size_t block_size(const struct mt940_kind_info *info, const void *record)
{
    size_t size = info->struct_size;

    for (int32_t i = 0; i < info->field_count; i++) {
        if (!is_view(&info->fields[i]))
            continue;
        const struct mt940_view *view = field_at(record, &info->fields[i]);
        if (view->length > SIZE_MAX - size)
            return 0;
        size += view->length;
    }
    return size;
}

MT940_EXPORT int mt940_record_clone(int32_t kind, const void *record, const struct mt940_allocator *allocator,
                                    void **out)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    struct mt940_allocator memory;

    if (!info || !record || !out || mt940_memory_init(&memory, allocator))
        return MT940_E_ARGUMENT;
    size_t size = block_size(info, record);
    char *copy = size ? mt940_memory_alloc(&memory, size) : NULL;
    if (!copy)
        return MT940_E_MEMORY;
    memcpy(copy, record, info->struct_size);
    size_t used = info->struct_size;
    for (int32_t i = 0; i < info->field_count; i++) {
        if (!is_view(&info->fields[i]))
            continue;
        struct mt940_view *view = (struct mt940_view *)(void *)(copy + info->fields[i].offset);
        if (view->length)
            memcpy(copy + used, view->data, view->length);
        view->data = view->length ? copy + used : NULL;
        used += view->length;
    }
    *out = copy;
    return MT940_OK;
}

MT940_EXPORT void mt940_record_free(int32_t kind, void *record, const struct mt940_allocator *allocator)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    struct mt940_allocator memory;

    if (record && info && mt940_memory_init(&memory, allocator) == MT940_OK)
        mt940_memory_free(&memory, record, block_size(info, record));
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * exercise_record.c: what the record room allocates: copies of records of every kind.
 */
#include "fail_alloc.h"
#include "mt940connect/schema.h"

#include <string.h>

/* A record of the kind with every text filled from `input`. */
static void fill(const struct mt940_kind_info *info, const struct mt940_view *input, void *record)
{
    memset(record, 0, info->struct_size);
    for (int32_t i = 0; i < info->field_count; i++)
        if (info->fields[i].type == MT940_TYPE_TEXT || info->fields[i].type == MT940_TYPE_BLOB)
            memcpy((char *)record + info->fields[i].offset, input, sizeof(*input));
}

static int clones(const struct mt940_allocator *memory, const struct mt940_view *input, const char **complaint)
{
    union {
        int64_t aligned;
        char bytes[2048];
    } record;
    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
        const struct mt940_kind_info *info = mt940_kind_info(kind);
        void *copy = &record;
        if (info->struct_size > sizeof(record)) {
            *complaint = "a record is larger than this test allows";
            return MT940_E_LIMIT;
        }
        fill(info, input, &record);
        int status = mt940_record_clone(kind, &record, memory, &copy);
        if (status && copy != &record)
            *complaint = "a failed clone wrote its result";
        if (status)
            return status;
        if (mt940_record_compare(kind, 0, &record, copy) != 0)
            *complaint = "a clone is not equal to its record";
        mt940_record_free(kind, copy, memory);
    }
    return MT940_OK;
}

const struct exercise record_exercises[] = {
    {"clones of records", clones},
    {NULL, NULL},
};

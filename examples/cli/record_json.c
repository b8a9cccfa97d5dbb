/* SPDX-License-Identifier: Apache-2.0
 *
 * record_json.c: records to JSON by their descriptors. Must not know any record.
 */
#include "record_json.h"

#include <string.h>

static const void *at(const struct mt940_field *field, const void *record)
{
    return (const unsigned char *)record + field->offset;
}

void record_currency(int32_t kind, const void *record, const char *local, char out[4])
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    struct mt940_view view = {NULL, 0};

    for (int32_t i = 0; i < info->field_count; i++)
        if (strcmp(info->fields[i].name, "currency") == 0)
            memcpy(&view, at(&info->fields[i], record), sizeof view);
    if (view.length != 3)
        mt940_view_from_string(local, &view);
    mt940_view_copy(&view, out, 4);
}

static void write_enum(struct json *json, const struct mt940_field *field, int64_t value)
{
    const char *name = mt940_enum_name(field->enumeration, value, "en");

    if (name == NULL)
        json_number(json, field->name, value);
    else
        json_word(json, field->name, name);
}

static void write_field(struct json *json, const struct mt940_field *field, const void *record,
                        const char *currency)
{
    struct mt940_amount rate = {.scale = 8};
    struct mt940_date date;
    struct mt940_view view;
    int64_t number;

    if (field->type == MT940_TYPE_TEXT) {
        memcpy(&view, at(field, record), sizeof view);
        json_view(json, field->name, &view);
        return;
    }
    if (field->type == MT940_TYPE_DATE) {
        memcpy(&date, at(field, record), sizeof date);
        json_date(json, field->name, &date);
        return;
    }
    if (field->type == MT940_TYPE_BLOB)
        return;
    memcpy(&number, at(field, record), sizeof number);
    if (field->type == MT940_TYPE_MONEY || (field->is_counter && strcmp(field->name, "dbs_total") == 0)) {
        mt940_view_from_string(currency, &view);
        json_money(json, field->name, number, &view);
    } else if (field->type == MT940_TYPE_RATE) {
        rate.units = number;
        if (number == 0)
            json_null(json, field->name);
        else
            json_amount(json, field->name, &rate, 1);
    } else if (field->type == MT940_TYPE_FLAG) {
        json_bool(json, field->name, number != 0);
    } else if (field->type == MT940_TYPE_ENUM) {
        write_enum(json, field, number);
    } else {
        json_number(json, field->name, number);
    }
}

void record_json_members(struct json *json, int32_t kind, const void *record, const char *local_currency)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    char currency[4];

    record_currency(kind, record, local_currency, currency);
    for (int32_t i = 0; i < info->field_count; i++)
        if (strcmp(info->fields[i].name, "company") != 0)
            write_field(json, &info->fields[i], record, currency);
}

void record_json(struct json *json, const char *key, int32_t kind, const void *record, const char *local_currency)
{
    json_object_begin(json, key);
    record_json_members(json, kind, record, local_currency);
    json_object_end(json);
}

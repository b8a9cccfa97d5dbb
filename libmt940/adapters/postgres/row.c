/* SPDX-License-Identifier: Apache-2.0
 *
 * row.c: records to parameters and rows to records, by their description, in libpq's binary form.
 * A row that does not have the form of its description is a corrupt store.
 */
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "statement.h"

/* A number on the wire: eight bytes, the highest first. */
static void write_number(int64_t number, char out[8])
{
    uint64_t bits = (uint64_t)number;

    for (int i = 7; i >= 0; i--, bits >>= 8)
        out[i] = (char)(bits & 0xFF);
}

void mt940_postgres_bind_none(struct mt940_postgres *store)
{
    store->parameters->count = 0;
}

static void append(struct mt940_postgres_parameters *parameters, const char *value, int length)
{
    parameters->values[parameters->count] = value;
    parameters->lengths[parameters->count] = length;
    parameters->formats[parameters->count] = 1;
    parameters->count++;
}

void mt940_postgres_bind_number(struct mt940_postgres *store, int64_t number)
{
    struct mt940_postgres_parameters *parameters = store->parameters;
    char *room = parameters->small[parameters->count];

    write_number(number, room);
    append(parameters, room, 8);
}

int mt940_postgres_bind(struct mt940_postgres *store, const struct mt940_kind_info *info, int32_t first, int32_t last,
                        const void *record)
{
    struct mt940_postgres_parameters *parameters = store->parameters;

    for (int32_t i = first; i < last; i++) {
        const struct mt940_field *field = &info->fields[i];
        const void *at = (const char *)record + field->offset;
        char *room = parameters->small[parameters->count];
        if (field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_BLOB) {
            const struct mt940_view *view = at;
            if (view->length > INT_MAX)
                return mt940_postgres_refuse(store, MT940_E_LIMIT, "a field is larger than the server takes");
            append(parameters, view->data ? view->data : "", (int)view->length); /* NULL would be SQL's NULL */
        } else if (field->type == MT940_TYPE_DATE) {
            if (mt940_date_format(at, room))
                return mt940_postgres_refuse(store, MT940_E_ARGUMENT, "no such date");
            append(parameters, room, (int)strlen(room));
        } else {
            mt940_postgres_bind_number(store, *(const int64_t *)at);
        }
    }
    return MT940_OK;
}

int mt940_postgres_number(const PGresult *result, int row, int column, int64_t *number)
{
    const unsigned char *bytes = (const unsigned char *)PQgetvalue(result, row, column);
    uint64_t bits = 0;

    if (PQgetisnull(result, row, column) || PQgetlength(result, row, column) != 8)
        return MT940_E_CORRUPT;
    for (int i = 0; i < 8; i++)
        bits = bits << 8 | bytes[i];
    memcpy(number, &bits, sizeof(*number));
    return MT940_OK;
}

static int read_view(const PGresult *result, int row, int column, struct mt940_view *view)
{
    if (PQgetisnull(result, row, column))
        return MT940_E_CORRUPT;
    view->length = (size_t)PQgetlength(result, row, column);
    view->data = view->length ? PQgetvalue(result, row, column) : NULL;
    return MT940_OK;
}

static int read_date(const PGresult *result, int row, int column, struct mt940_date *date)
{
    struct mt940_view text;
    int status = read_view(result, row, column, &text);

    if (status || text.length == 0)
        return status;
    return mt940_date_parse(text.data, text.length, date) ? MT940_E_CORRUPT : MT940_OK;
}

int mt940_postgres_read(struct mt940_postgres *store, const PGresult *result, int row,
                        const struct mt940_kind_info *info, int beside)
{
    char *record = store->record;

    memset(record, 0, info->struct_size);
    if (PQnfields(result) != info->field_count + 1 + beside)
        return mt940_postgres_refuse(store, MT940_E_CORRUPT, "a row does not have its form");
    int status = mt940_postgres_number(result, row, 0, (int64_t *)(void *)record); /* revision, the first member */
    for (int32_t i = 0; status == MT940_OK && i < info->field_count; i++) {
        const struct mt940_field *field = &info->fields[i];
        void *at = record + field->offset;
        if (field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_BLOB)
            status = read_view(result, row, i + 1, at);
        else if (field->type == MT940_TYPE_DATE)
            status = read_date(result, row, i + 1, at);
        else
            status = mt940_postgres_number(result, row, i + 1, at);
    }
    return status ? mt940_postgres_refuse(store, status, "a row does not have its form") : MT940_OK;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * row.c: records to parameters and rows to records, by their description. A row that does not
 * have the form of its description is a corrupt store.
 */
#include "row.h"

#include <string.h>

int mt940_sqlite_revision_parameter(const struct mt940_kind_info *info)
{
    return MT940_SQLITE_FIELD(info->field_count);
}

static int bind_view(sqlite3_stmt *statement, int parameter, const struct mt940_view *view, int32_t type)
{
    const char *data = view->data ? view->data : ""; /* NULL would be bound as SQL NULL */

    return type == MT940_TYPE_BLOB
               ? sqlite3_bind_blob64(statement, parameter, data, view->length, SQLITE_STATIC)
               : sqlite3_bind_text64(statement, parameter, data, view->length, SQLITE_STATIC, SQLITE_UTF8);
}

/* The texts stay until the statement is run: one statement at a time is bound, and has fewer dates than there is room. */
static int bind_date(struct mt940_sqlite *store, sqlite3_stmt *statement, int parameter, const struct mt940_date *date)
{
    char *text = store->dates[store->date_count++ % MT940_SQLITE_DATES];

    if (mt940_date_format(date, text))
        return SQLITE_MISUSE;
    return sqlite3_bind_text(statement, parameter, text, date->year ? 10 : 0, SQLITE_STATIC);
}

int mt940_sqlite_bind(struct mt940_sqlite *store, sqlite3_stmt *statement, const struct mt940_kind_info *info,
                      int32_t first, int32_t last, const void *record)
{
    int code = SQLITE_OK;

    for (int32_t i = first; code == SQLITE_OK && i < last; i++) {
        const struct mt940_field *field = &info->fields[i];
        const void *at = (const char *)record + field->offset;
        if (field->is_counter)
            continue;
        if (field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_BLOB)
            code = bind_view(statement, MT940_SQLITE_FIELD(i), at, field->type);
        else if (field->type == MT940_TYPE_DATE)
            code = bind_date(store, statement, MT940_SQLITE_FIELD(i), at);
        else
            code = sqlite3_bind_int64(statement, MT940_SQLITE_FIELD(i), *(const int64_t *)at);
    }
    if (code == SQLITE_MISUSE)
        return mt940_sqlite_refuse(store, MT940_E_ARGUMENT, "no such date");
    return code == SQLITE_OK ? MT940_OK : mt940_sqlite_fail(store, code, "bind");
}

int mt940_sqlite_bind_number(struct mt940_sqlite *store, sqlite3_stmt *statement, int parameter, int64_t number)
{
    int code = sqlite3_bind_int64(statement, parameter, number);

    return code == SQLITE_OK ? MT940_OK : mt940_sqlite_fail(store, code, "bind");
}

/* The bytes of a column; SQLite wants them asked for before their length. */
static int read_view(sqlite3_stmt *statement, int column, int32_t type, struct mt940_view *view)
{
    int wanted = type == MT940_TYPE_BLOB ? SQLITE_BLOB : SQLITE_TEXT;

    if (sqlite3_column_type(statement, column) != wanted)
        return MT940_E_CORRUPT;
    const void *data = type == MT940_TYPE_BLOB ? sqlite3_column_blob(statement, column)
                                               : (const void *)sqlite3_column_text(statement, column);
    view->length = (size_t)sqlite3_column_bytes(statement, column);
    view->data = view->length ? data : NULL;
    return view->length && !data ? MT940_E_MEMORY : MT940_OK;
}

static int read_date(sqlite3_stmt *statement, int column, struct mt940_date *date)
{
    struct mt940_view text;
    int status = read_view(statement, column, MT940_TYPE_TEXT, &text);

    memset(date, 0, sizeof(*date));
    if (status || text.length == 0)
        return status;
    return mt940_date_parse(text.data, text.length, date) ? MT940_E_CORRUPT : MT940_OK;
}

static int read_number(sqlite3_stmt *statement, int column, int64_t *number)
{
    *number = sqlite3_column_int64(statement, column);
    return sqlite3_column_type(statement, column) == SQLITE_INTEGER ? MT940_OK : MT940_E_CORRUPT;
}

int mt940_sqlite_read(struct mt940_sqlite *store, sqlite3_stmt *statement, const struct mt940_kind_info *info)
{
    char *record = store->record;
    int status = MT940_OK;

    memset(record, 0, info->struct_size);
    status = read_number(statement, 0, (int64_t *)(void *)record); /* revision, the first member */
    for (int32_t i = 0; status == MT940_OK && i < info->field_count; i++) {
        const struct mt940_field *field = &info->fields[i];
        void *at = record + field->offset;
        if (field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_BLOB)
            status = read_view(statement, i + 1, field->type, at);
        else if (field->type == MT940_TYPE_DATE)
            status = read_date(statement, i + 1, at);
        else
            status = read_number(statement, i + 1, at);
    }
    if (status == MT940_E_CORRUPT)
        return mt940_sqlite_refuse(store, status, "a row does not have its form");
    return status ? mt940_sqlite_fail(store, SQLITE_NOMEM, "read") : MT940_OK;
}

int mt940_sqlite_change(struct mt940_sqlite *store, sqlite3_stmt *statement, int *changes)
{
    int code = sqlite3_step(statement);
    int status = code == SQLITE_DONE ? MT940_OK : mt940_sqlite_fail(store, code, "write");

    *changes = sqlite3_changes(store->db);
    mt940_sqlite_done(statement);
    return status;
}

void mt940_sqlite_done(sqlite3_stmt *statement)
{
    if (statement)
        sqlite3_reset(statement);
}

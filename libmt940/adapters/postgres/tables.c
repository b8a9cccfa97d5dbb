/* SPDX-License-Identifier: Apache-2.0
 *
 * tables.c: the descriptions of the records as CREATE TABLE, in one transaction. Must not know a
 * single kind or field by name.
 */
#define _POSIX_C_SOURCE 200809L

#include "tables.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "statement.h"

enum { NO_TABLES = -1, TRIES = 8 };

static const char *type_of(const struct mt940_field *field)
{
    return field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_DATE ? "TEXT COLLATE \"C\""
           : field->type == MT940_TYPE_BLOB                                 ? "BYTEA"
                                                                            : "BIGINT";
}

/* The default fills the rows of an older store; for an enumeration it must be one of its values. */
static void append_column(struct mt940_postgres_sql *sql, const struct mt940_field *field)
{
    int64_t value = 0;

    mt940_postgres_appendf(sql, "%q %s NOT NULL DEFAULT ", field->name, type_of(field));
    if (field->type == MT940_TYPE_ENUM && !mt940_enum_name(field->enumeration, 0, NULL))
        (void)mt940_enum_value(field->enumeration, 0, &value);
    if (field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_DATE || field->type == MT940_TYPE_BLOB)
        mt940_postgres_append(sql, "''");
    else
        mt940_postgres_appendf(sql, "%d", (int)value);
}

static int run(struct mt940_postgres *store, const struct mt940_postgres_sql *sql)
{
    return sql->is_cut ? mt940_postgres_refuse(store, MT940_E_UNSUPPORTED, "a record kind is too large for this store")
                       : mt940_postgres_command(store, sql->text);
}

/*
 * Where a row stands in several orders, or has counters, pages keep room: a changed row stays on its page, and where no
 * order is touched none gets a new entry. Other makes take the setting and do nothing.
 */
static bool keeps_room(const struct mt940_kind_info *info)
{
    for (int32_t i = 0; i < info->field_count; i++)
        if (info->fields[i].is_counter)
            return true;
    return info->index_count > 2;
}

static int make_table(struct mt940_postgres *store, const struct mt940_kind_info *info)
{
    struct mt940_postgres_sql sql = {.length = 0};

    mt940_postgres_appendf(&sql, "CREATE TABLE IF NOT EXISTS %s.%q (revision BIGINT NOT NULL", store->schema,
                           info->table);
    for (int32_t i = 0; i < info->field_count; i++) {
        mt940_postgres_append(&sql, ", ");
        append_column(&sql, &info->fields[i]);
    }
    mt940_postgres_append(&sql, ", PRIMARY KEY (");
    mt940_postgres_append_names(&sql, info, info->indexes[0].fields, info->key_count);
    mt940_postgres_append(&sql, keeps_room(info) ? ")) WITH (fillfactor = 60)" : "))");
    return run(store, &sql);
}

/* The fields that an older table may lack, as one statement. */
static int add_columns(struct mt940_postgres *store, const struct mt940_kind_info *info)
{
    struct mt940_postgres_sql sql = {.length = 0};

    if (info->field_count == info->key_count)
        return MT940_OK;
    mt940_postgres_appendf(&sql, "ALTER TABLE %s.%q", store->schema, info->table);
    for (int32_t i = info->key_count; i < info->field_count; i++) {
        mt940_postgres_append(&sql, i > info->key_count ? ", ADD COLUMN IF NOT EXISTS " : " ADD COLUMN IF NOT EXISTS ");
        append_column(&sql, &info->fields[i]);
    }
    return run(store, &sql);
}

/* An index may have got other fields since, so it is made anew. */
static int make_index(struct mt940_postgres *store, const struct mt940_kind_info *info, int32_t index)
{
    struct mt940_postgres_sql sql = {.length = 0};
    const char *name = info->indexes[index].name;
    int32_t fields[MT940_ORDER_MAX];
    int32_t count = mt940_index_order(info, index, 0, fields);

    mt940_postgres_appendf(&sql, "DROP INDEX IF EXISTS %s.\"%s_%s\"; CREATE INDEX \"%s_%s\" ON %s.%q (", store->schema,
                           info->table, name, info->table, name, store->schema, info->table);
    mt940_postgres_append_names(&sql, info, fields, count);
    mt940_postgres_append(&sql, ")");
    return run(store, &sql);
}

static int make_kinds(struct mt940_postgres *store, bool are_new)
{
    int status = MT940_OK;

    for (int32_t kind = 1; status == MT940_OK && kind <= mt940_kind_count(); kind++) {
        const struct mt940_kind_info *info = mt940_kind_info(kind);
        status = make_table(store, info);
        if (status == MT940_OK && !are_new)
            status = add_columns(store, info);
        for (int32_t i = 1; status == MT940_OK && i < info->index_count; i++)
            status = make_index(store, info, i);
    }
    return status;
}

/* --- the version --- */

/* *version is NO_TABLES where there are none. */
static int read_version(struct mt940_postgres *store, const char *schema, int64_t *version)
{
    const char *const values[] = {schema};
    struct mt940_postgres_sql sql = {.length = 0};
    PGresult *result = NULL;
    char text[24];
    bool is_there = false;

    *version = NO_TABLES;
    if (!PQsendQueryParams(store->connection,
                           "SELECT 1 FROM information_schema.tables WHERE table_schema = $1 AND table_name = 'mt940_store'",
                           1, NULL, values, NULL, NULL, 0))
        return mt940_postgres_fail(store, NULL, "open");
    int status = mt940_postgres_finish(store, "open", &result);
    is_there = status == MT940_OK && PQntuples(result) > 0;
    PQclear(result);
    if (status || !is_there)
        return status;
    mt940_postgres_appendf(&sql, "SELECT version FROM %s.mt940_store WHERE id = 1", store->schema);
    status = mt940_postgres_query(store, sql.text, text, sizeof(text), &is_there);
    if (status == MT940_OK && is_there)
        *version = strtoll(text, NULL, 10);
    return status;
}

static int check_version(struct mt940_postgres *store, int64_t version, const struct mt940_postgres_options *options)
{
    if (version > MT940_SCHEMA_VERSION)
        return mt940_postgres_refuse(store, MT940_E_SCHEMA, "written by a newer version of this library");
    if (version == NO_TABLES && (options->must_exist || options->read_only))
        return mt940_postgres_refuse(store, MT940_E_NOT_FOUND, "the database has no such store");
    if (version < MT940_SCHEMA_VERSION && options->read_only)
        return mt940_postgres_refuse(store, MT940_E_SCHEMA, "of an older version; open it once for writing");
    return MT940_OK;
}

/* A user without the right to make schemas may have been given one; so look before. */
static int make_schema(struct mt940_postgres *store, const char *schema)
{
    const char *const values[] = {schema};
    struct mt940_postgres_sql sql = {.length = 0};
    PGresult *result = NULL;

    if (!PQsendQueryParams(store->connection, "SELECT 1 FROM information_schema.schemata WHERE schema_name = $1", 1,
                           NULL, values, NULL, NULL, 0))
        return mt940_postgres_fail(store, NULL, "open");
    int status = mt940_postgres_finish(store, "open", &result);
    bool is_there = status == MT940_OK && PQntuples(result) > 0;
    PQclear(result);
    if (status || is_there)
        return status;
    mt940_postgres_appendf(&sql, "CREATE SCHEMA IF NOT EXISTS %s", store->schema);
    return run(store, &sql);
}

/* The row of the version is the lock: whoever comes second waits here and finds all done. */
static int lock_version(struct mt940_postgres *store, int64_t *version)
{
    struct mt940_postgres_sql make = {.length = 0}, lock = {.length = 0};
    char text[24] = "";
    bool is_there = false;

    mt940_postgres_appendf(&make,
                           "CREATE TABLE IF NOT EXISTS %s.mt940_store (id BIGINT PRIMARY KEY, version BIGINT NOT NULL);"
                           " INSERT INTO %s.mt940_store VALUES (1, 0) ON CONFLICT DO NOTHING",
                           store->schema, store->schema);
    mt940_postgres_appendf(&lock, "SELECT version FROM %s.mt940_store WHERE id = 1 FOR UPDATE", store->schema);
    int status = run(store, &make);
    if (status == MT940_OK)
        status = mt940_postgres_query(store, lock.text, text, sizeof(text), &is_there);
    *version = strtoll(text, NULL, 10);
    return status;
}

static int note_version(struct mt940_postgres *store)
{
    struct mt940_postgres_sql note = {.length = 0};

    mt940_postgres_appendf(&note, "UPDATE %s.mt940_store SET version = %d WHERE id = 1", store->schema,
                           MT940_SCHEMA_VERSION);
    return run(store, &note);
}

static int bring_up_to_date(struct mt940_postgres *store, const char *schema)
{
    int64_t version = 0;
    int status = mt940_postgres_command(store, "BEGIN ISOLATION LEVEL READ COMMITTED");

    if (status == MT940_OK)
        status = make_schema(store, schema);
    if (status == MT940_OK)
        status = lock_version(store, &version);
    if (status == MT940_OK && version < MT940_SCHEMA_VERSION) {
        status = make_kinds(store, version == 0);
        if (status == MT940_OK)
            status = note_version(store);
    }
    if (status == MT940_OK)
        return mt940_postgres_command(store, "COMMIT");
    if (!mt940_postgres_is_lost(store))
        PQclear(PQexec(store->connection, "ROLLBACK"));
    return status;
}

/* Two who make the same schema or table at once: one of them gets an error of the catalogue. */
static bool met_another(const struct mt940_postgres *store)
{
    static const char *const states[] = {"23505", "42P06", "42P07", "42710", "40001", "40P01", "XX000"};

    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
        if (strcmp(store->sqlstate, states[i]) == 0)
            return true;
    return false;
}

int mt940_postgres_make_tables(struct mt940_postgres *store, const struct mt940_postgres_options *options)
{
    const char *schema = options->schema ? options->schema : MT940_POSTGRES_SCHEMA;
    int64_t version = NO_TABLES;
    int status = read_version(store, schema, &version);

    if (status == MT940_OK)
        status = check_version(store, version, options);
    if (status || version == MT940_SCHEMA_VERSION)
        return status;
    for (int tries = 0; tries < TRIES; tries++) {
        status = bring_up_to_date(store, schema);
        if (status == MT940_OK || !met_another(store))
            break;
        nanosleep(&(struct timespec){0, 20000000L * (tries + 1)}, NULL);
    }
    return status;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * tables.c: the descriptions of the records as CREATE TABLE. Must not know a single kind or field
 * by name.
 */
#include "tables.h"

#include <stdbool.h>
#include <string.h>

#include "statement.h"

static const char *type_of(const struct mt940_field *field)
{
    return field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_DATE ? "TEXT"
           : field->type == MT940_TYPE_BLOB                                 ? "BLOB"
                                                                            : "INTEGER";
}

/* The default fills the rows of an older store; for an enumeration it must be one of its values. */
static void append_column(sqlite3_str *sql, const struct mt940_field *field)
{
    int64_t value = 0;

    sqlite3_str_appendf(sql, "\"%w\" %s NOT NULL DEFAULT ", field->name, type_of(field));
    if (field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_DATE)
        sqlite3_str_appendall(sql, "''");
    else if (field->type == MT940_TYPE_BLOB)
        sqlite3_str_appendall(sql, "x''");
    else {
        if (field->type == MT940_TYPE_ENUM && !mt940_enum_name(field->enumeration, 0, NULL))
            (void)mt940_enum_value(field->enumeration, 0, &value);
        sqlite3_str_appendf(sql, "%lld", (long long)value);
    }
}

/*
 * Rows of a table without rowid lie in the tree of the key itself, which saves a tree where they are small and found by
 * key. Rows with several other orders lie better as they came, for those of one statement or file are wanted
 * together, while a key that is a digest scatters them: then a commit writes a page for every row.
 */
int mt940_sqlite_lies_by_key(const struct mt940_kind_info *info)
{
    for (int32_t i = 0; i < info->field_count; i++)
        if (info->fields[i].type == MT940_TYPE_BLOB)
            return 0;
    return info->index_count <= 2;
}

static int run_built(struct mt940_sqlite *store, sqlite3_str *sql)
{
    char *text = sqlite3_str_finish(sql);
    int status = text ? mt940_sqlite_run(store, text) : mt940_sqlite_fail(store, SQLITE_NOMEM, "tables");

    sqlite3_free(text);
    return status;
}

static int make_table(struct mt940_sqlite *store, const struct mt940_kind_info *info)
{
    sqlite3_str *sql = sqlite3_str_new(store->db);

    sqlite3_str_appendf(sql, "CREATE TABLE \"%w\"(revision INTEGER NOT NULL, ", info->table);
    for (int32_t i = 0; i < info->field_count; i++) {
        append_column(sql, &info->fields[i]);
        sqlite3_str_appendall(sql, ", ");
    }
    sqlite3_str_appendall(sql, "PRIMARY KEY(");
    for (int32_t i = 0; i < info->key_count; i++)
        sqlite3_str_appendf(sql, "%s\"%w\"", i ? ", " : "", info->fields[i].name);
    sqlite3_str_appendf(sql, ")) STRICT%s", mt940_sqlite_lies_by_key(info) ? ", WITHOUT ROWID" : "");
    return run_built(store, sql);
}

/* Whether a query on the table's name (and a column's) has a row; 0, 1 or a status. */
static int has_row(struct mt940_sqlite *store, const char *query, const char *table, const char *column)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(store->db, query, -1, &statement, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    if (code == SQLITE_OK && column)
        code = sqlite3_bind_text(statement, 2, column, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    int answer = code == SQLITE_ROW || code == SQLITE_DONE ? code == SQLITE_ROW
                                                           : mt940_sqlite_fail(store, code, "tables");
    sqlite3_finalize(statement);
    return answer;
}

static int add_column(struct mt940_sqlite *store, const struct mt940_kind_info *info, const struct mt940_field *field)
{
    int answer = has_row(store, "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2", info->table, field->name);

    if (answer)
        return answer < 0 ? answer : MT940_OK;
    sqlite3_str *sql = sqlite3_str_new(store->db);
    sqlite3_str_appendf(sql, "ALTER TABLE \"%w\" ADD COLUMN ", info->table);
    append_column(sql, field);
    return run_built(store, sql);
}

/* The name of an index of the table; MT940_E_NOT_FOUND when it has none but its key. */
static int find_index(struct mt940_sqlite *store, const char *table, sqlite3_str *drop)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(store->db, "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1"
                                             " AND sql IS NOT NULL LIMIT 1", -1, &statement, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        sqlite3_str_appendf(drop, "DROP INDEX \"%w\"", sqlite3_column_text(statement, 0));
    int status = code == SQLITE_ROW    ? MT940_OK
                 : code == SQLITE_DONE ? MT940_E_NOT_FOUND
                                       : mt940_sqlite_fail(store, code, "tables");
    sqlite3_finalize(statement);
    return status;
}

/* Orders of an older version may have had other fields, or be gone since: all are made anew. */
static int drop_indexes(struct mt940_sqlite *store, const struct mt940_kind_info *info)
{
    int status = MT940_OK;

    while (status == MT940_OK) {
        sqlite3_str *sql = sqlite3_str_new(store->db);
        status = find_index(store, info->table, sql);
        if (status == MT940_OK)
            status = run_built(store, sql);
        else
            sqlite3_free(sqlite3_str_finish(sql));
    }
    return status == MT940_E_NOT_FOUND ? MT940_OK : status;
}

static int make_index(struct mt940_sqlite *store, const struct mt940_kind_info *info, int32_t index)
{
    sqlite3_str *sql = sqlite3_str_new(store->db);
    const char *name = info->indexes[index].name;
    int32_t fields[MT940_ORDER_MAX];
    int32_t count = mt940_index_order(info, index, 0, fields);

    sqlite3_str_appendf(sql, "CREATE INDEX \"%w_%w\" ON \"%w\"(", info->table, name, info->table);
    mt940_sqlite_append_names(sql, info, fields, count);
    sqlite3_str_appendall(sql, ")");
    return run_built(store, sql);
}

static int make_or_extend_table(struct mt940_sqlite *store, const struct mt940_kind_info *info)
{
    int answer = has_row(store, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", info->table, NULL);

    if (answer == 0)
        return make_table(store, info);
    int status = answer < 0 ? answer : MT940_OK;
    for (int32_t i = info->key_count; status == MT940_OK && i < info->field_count; i++)
        status = add_column(store, info, &info->fields[i]);
    return status ? status : drop_indexes(store, info);
}

int mt940_sqlite_make_tables(struct mt940_sqlite *store)
{
    int status = MT940_OK;

    for (int32_t kind = 1; status == MT940_OK && kind <= mt940_kind_count(); kind++) {
        const struct mt940_kind_info *info = mt940_kind_info(kind);
        status = make_or_extend_table(store, info);
        for (int32_t i = 1; status == MT940_OK && i < info->index_count; i++)
            status = make_index(store, info, i);
    }
    return status;
}

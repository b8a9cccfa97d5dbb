/* SPDX-License-Identifier: Apache-2.0
 *
 * statement.c: SQL from descriptions, and records to and from rows. Names come from store.def
 * only; whatever a caller brings is bound, never pasted. Must not know when anything is called.
 */
#include "statement.h"

#include <stdbool.h>
#include <string.h>

/* Prepared are the fixed statements, then of each kind its verbs and index x prefix x after. */
enum { INDEXES = 4, PREFIXES = 8, SCANS = INDEXES * PREFIXES * 2 };
#define PER_KIND ((size_t)MT940_SQLITE_VERBS + SCANS)

int mt940_sqlite_statements_init(struct mt940_sqlite *store)
{
    size_t count = MT940_SQLITE_FIXED + (size_t)mt940_kind_count() * PER_KIND;
    size_t largest = 0;

    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
        const struct mt940_kind_info *info = mt940_kind_info(kind);
        bool is_known = info->index_count <= INDEXES;
        for (int32_t i = 0; is_known && i < info->index_count; i++)
            is_known = info->indexes[i].field_count < PREFIXES;
        int32_t dates = 0;
        for (int32_t i = 0; i < info->field_count; i++)
            dates += info->fields[i].type == MT940_TYPE_DATE;
        is_known = is_known && dates <= MT940_SQLITE_DATES;
        if (!is_known) /* a core of another version than this library was made for */
            return mt940_sqlite_refuse(store, MT940_E_UNSUPPORTED, "a record kind is too large for this store");
        if (info->struct_size > largest)
            largest = info->struct_size;
    }
    store->statements = sqlite3_malloc64(count * sizeof(*store->statements));
    store->record = sqlite3_malloc64(largest);
    if (!store->statements || !store->record)
        return mt940_sqlite_fail(store, SQLITE_NOMEM, "open");
    memset(store->statements, 0, count * sizeof(*store->statements));
    return MT940_OK;
}

void mt940_sqlite_statements_free(struct mt940_sqlite *store)
{
    size_t count = MT940_SQLITE_FIXED + (size_t)mt940_kind_count() * PER_KIND;

    for (size_t i = 0; store->statements && i < count; i++)
        sqlite3_finalize(store->statements[i]);
    sqlite3_free(store->statements);
    sqlite3_free(store->record);
    store->statements = NULL;
    store->record = NULL;
}

/* --- SQL --- */

static void append_select(sqlite3_str *sql, const struct mt940_kind_info *info)
{
    sqlite3_str_appendall(sql, "SELECT revision");
    for (int32_t i = 0; i < info->field_count; i++)
        sqlite3_str_appendf(sql, ", \"%w\"", info->fields[i].name);
    sqlite3_str_appendf(sql, " FROM \"%w\"", info->table);
}

/* " WHERE a = ?1 AND b = ?2" over `count` fields of an index. */
static void append_where(sqlite3_str *sql, const struct mt940_kind_info *info, int32_t index, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        int32_t field = info->indexes[index].fields[i];
        sqlite3_str_appendf(sql, "%s\"%w\" = ?%d", i ? " AND " : " WHERE ", info->fields[field].name,
                            MT940_SQLITE_FIELD(field));
    }
}

void mt940_sqlite_append_names(sqlite3_str *sql, const struct mt940_kind_info *info, const int32_t *fields,
                               int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        sqlite3_str_appendf(sql, "%s\"%w\"", i ? ", " : "", info->fields[fields[i]].name);
}

/* " (a, b) > (?1, ?2)": the rows behind; a prefix that is the whole order has none. */
static void append_behind(sqlite3_str *sql, const struct mt940_kind_info *info, const int32_t *fields, int32_t count)
{
    if (count == 0) {
        sqlite3_str_appendall(sql, " 0");
        return;
    }
    sqlite3_str_appendall(sql, " (");
    mt940_sqlite_append_names(sql, info, fields, count);
    sqlite3_str_appendall(sql, ") > (");
    for (int32_t i = 0; i < count; i++)
        sqlite3_str_appendf(sql, "%s?%d", i ? ", " : "", MT940_SQLITE_FIELD(fields[i]));
    sqlite3_str_appendall(sql, ")");
}

static void append_scan(sqlite3_str *sql, const struct mt940_kind_info *info, int32_t index, int32_t prefix,
                        int32_t after)
{
    int32_t fields[MT940_ORDER_MAX];
    int32_t count = mt940_index_order(info, index, prefix, fields);

    append_select(sql, info);
    /* Without statistics the planner takes the key's tree for (company, second_key): every row of a company. */
    if (index)
        sqlite3_str_appendf(sql, " INDEXED BY \"%w_%w\"", info->table, info->indexes[index].name);
    append_where(sql, info, index, prefix);
    if (after) {
        sqlite3_str_appendall(sql, prefix ? " AND" : " WHERE");
        append_behind(sql, info, fields, count);
    }
    sqlite3_str_appendall(sql, " ORDER BY ");
    count = mt940_index_order(info, index, 0, fields);
    mt940_sqlite_append_names(sql, info, fields, count);
    sqlite3_str_appendf(sql, " LIMIT ?%d", mt940_sqlite_revision_parameter(info));
}

static void append_insert(sqlite3_str *sql, const struct mt940_kind_info *info)
{
    sqlite3_str_appendf(sql, "INSERT INTO \"%w\"(revision", info->table);
    for (int32_t i = 0; i < info->field_count; i++)
        sqlite3_str_appendf(sql, ", \"%w\"", info->fields[i].name);
    sqlite3_str_appendall(sql, ") VALUES(1");
    for (int32_t i = 0; i < info->field_count; i++)
        if (info->fields[i].is_counter)
            sqlite3_str_appendall(sql, ", 0");
        else
            sqlite3_str_appendf(sql, ", ?%d", MT940_SQLITE_FIELD(i));
    sqlite3_str_appendall(sql, ") ON CONFLICT DO NOTHING");
}

int mt940_sqlite_is_indexed(const struct mt940_kind_info *info, int32_t field)
{
    for (int32_t i = 1; i < info->index_count; i++)
        for (int32_t j = 0; j < info->indexes[i].field_count; j++)
            if (info->indexes[i].fields[j] == field)
                return 1;
    return 0;
}

/*
 * SQLite takes a row out of every index that has a column named here and puts it in again, also when nothing changes.
 * With `refresh` those columns are compared, not set.
 */
static void append_update(sqlite3_str *sql, const struct mt940_kind_info *info, bool refresh)
{
    sqlite3_str_appendf(sql, "UPDATE \"%w\" SET revision = revision + 1", info->table);
    for (int32_t i = info->key_count; i < info->field_count; i++)
        if (!info->fields[i].is_counter && !(refresh && mt940_sqlite_is_indexed(info, i)))
            sqlite3_str_appendf(sql, ", \"%w\" = ?%d", info->fields[i].name, MT940_SQLITE_FIELD(i));
    append_where(sql, info, 0, info->key_count);
    sqlite3_str_appendf(sql, " AND revision = ?%d", mt940_sqlite_revision_parameter(info));
    for (int32_t i = info->key_count; refresh && i < info->field_count; i++)
        if (mt940_sqlite_is_indexed(info, i)) /* + keeps the planner from walking that index instead of the key */
            sqlite3_str_appendf(sql, " AND +\"%w\" = ?%d", info->fields[i].name, MT940_SQLITE_FIELD(i));
}

static void append_delete(sqlite3_str *sql, const struct mt940_kind_info *info)
{
    sqlite3_str_appendf(sql, "DELETE FROM \"%w\"", info->table);
    append_where(sql, info, 0, info->key_count);
    sqlite3_str_appendf(sql, " AND revision = ?%d", mt940_sqlite_revision_parameter(info));
    if (info->kind == MT940_KIND_CUSTOMER_BANK) /* its journal would lose what it is about (store.h) */
        sqlite3_str_appendall(sql, " AND dbs_sequence = 0");
}

static void append_verb(sqlite3_str *sql, const struct mt940_kind_info *info, enum mt940_sqlite_verb verb)
{
    switch (verb) {
    case MT940_SQLITE_INSERT:
        append_insert(sql, info);
        break;
    case MT940_SQLITE_UPDATE:
    case MT940_SQLITE_REFRESH:
        append_update(sql, info, verb == MT940_SQLITE_REFRESH);
        break;
    case MT940_SQLITE_DELETE:
        append_delete(sql, info);
        break;
    case MT940_SQLITE_REVISION:
        sqlite3_str_appendf(sql, "SELECT revision FROM \"%w\"", info->table);
        append_where(sql, info, 0, info->key_count);
        break;
    default:
        append_select(sql, info);
        append_where(sql, info, 0, info->key_count);
        break;
    }
}

/*
 * The total changes only within the bounds, which hold the sum inside 64 bits and below a given
 * ceiling; the stored limit is compared as it stands, and not where the difference would not fit.
 */
static const char *const fixed_sql[MT940_SQLITE_FIXED] = {
    "BEGIN IMMEDIATE",
    "BEGIN",
    "COMMIT",
    "SAVEPOINT batch",
    "RELEASE batch",
    "ROLLBACK TO batch",
    "PRAGMA application_id=" QUOTE(MT940_SQLITE_APPLICATION_ID),
    "UPDATE customer_banks SET dbs_total = dbs_total + ?4, dbs_sequence = dbs_sequence + 1"
    " WHERE company = ?1 AND customer = ?2 AND slot = ?3 AND dbs_total BETWEEN ?5 AND ?6"
    " AND (?7 = 0 OR (dbs_limit >= ?8 AND dbs_total <= dbs_limit - ?4))",
    "SELECT dbs_total, dbs_limit, revision, dbs_sequence FROM customer_banks WHERE company = ?1 AND customer = ?2 AND slot = ?3",
};

/* --- prepared once --- */

static int prepare(struct mt940_sqlite *store, size_t slot, sqlite3_str *sql)
{
    char *text = sqlite3_str_finish(sql);
    int code = text ? sqlite3_prepare_v3(store->db, text, -1, SQLITE_PREPARE_PERSISTENT, &store->statements[slot], NULL)
                    : SQLITE_NOMEM;

    sqlite3_free(text);
    return code == SQLITE_OK ? MT940_OK : mt940_sqlite_fail(store, code, "prepare");
}

int mt940_sqlite_statement(struct mt940_sqlite *store, int32_t kind, enum mt940_sqlite_verb verb,
                           sqlite3_stmt **statement)
{
    size_t slot = MT940_SQLITE_FIXED + (size_t)(kind - 1) * PER_KIND + (size_t)verb;
    int status = MT940_OK;

    if (!store->statements[slot]) {
        sqlite3_str *sql = sqlite3_str_new(store->db);
        append_verb(sql, mt940_kind_info(kind), verb);
        status = prepare(store, slot, sql);
    }
    *statement = store->statements[slot];
    return status;
}

int mt940_sqlite_scan_statement(struct mt940_sqlite *store, int32_t kind, int32_t index, int32_t prefix, int32_t after,
                                sqlite3_stmt **statement)
{
    size_t scan = (size_t)((index * PREFIXES + prefix) * 2 + (after ? 1 : 0));
    size_t slot = MT940_SQLITE_FIXED + (size_t)(kind - 1) * PER_KIND + MT940_SQLITE_VERBS + scan;
    int status = MT940_OK;

    if (!store->statements[slot]) {
        sqlite3_str *sql = sqlite3_str_new(store->db);
        append_scan(sql, mt940_kind_info(kind), index, prefix, after);
        status = prepare(store, slot, sql);
    }
    *statement = store->statements[slot];
    return status;
}

int mt940_sqlite_fixed_statement(struct mt940_sqlite *store, enum mt940_sqlite_fixed which, sqlite3_stmt **statement)
{
    size_t slot = (size_t)which;
    int status = MT940_OK;

    if (!store->statements[slot]) {
        sqlite3_str *sql = sqlite3_str_new(store->db);
        sqlite3_str_appendall(sql, fixed_sql[which]);
        status = prepare(store, slot, sql);
    }
    *statement = store->statements[slot];
    return status;
}

int mt940_sqlite_do(struct mt940_sqlite *store, enum mt940_sqlite_fixed which)
{
    sqlite3_stmt *statement = NULL;
    int changes = 0;
    int status = mt940_sqlite_fixed_statement(store, which, &statement);

    return status ? status : mt940_sqlite_change(store, statement, &changes);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * statement.c: SQL from descriptions. Names come from store.def only; whatever a caller brings is
 * a parameter, never pasted. Only what PostgreSQL, CockroachDB and YugabyteDB all accept is used:
 * no function, trigger, sequence or advisory lock of the server. Must not know when it is called.
 */
#include "statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of each kind its verbs, then index x prefix x after. */
enum { INDEXES = 4, PREFIXES = 8, SCANS = INDEXES * PREFIXES * 2, PER_KIND = MT940_POSTGRES_VERBS + SCANS };
/* Parameters beside a record's fields, and the type numbers of the server (pg_type). */
enum { BESIDE = 2, TYPE_NUMBER = 20, TYPE_TEXT = 25, TYPE_BYTES = 17 };

int mt940_postgres_statements_init(struct mt940_postgres *store)
{
    size_t count = (size_t)mt940_kind_count() * PER_KIND;
    size_t largest = 0;

    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
        const struct mt940_kind_info *info = mt940_kind_info(kind);
        bool is_known = info->index_count <= INDEXES && info->field_count + BESIDE <= MT940_POSTGRES_PARAMETERS;
        for (int32_t i = 0; is_known && i < info->index_count; i++)
            is_known = info->indexes[i].field_count < PREFIXES;
        if (!is_known) /* a core of another version than this library was made for */
            return mt940_postgres_refuse(store, MT940_E_UNSUPPORTED, "a record kind is too large for this store");
        if (info->struct_size > largest)
            largest = info->struct_size;
    }
    store->statement_count = count;
    store->uses = calloc(count, sizeof(*store->uses));
    store->record = malloc(largest);
    return store->uses && store->record ? MT940_OK
                                            : mt940_postgres_refuse(store, MT940_E_MEMORY, "no memory for a store");
}

void mt940_postgres_statements_free(struct mt940_postgres *store)
{
    free(store->uses);
    free(store->record);
    store->uses = NULL;
    store->record = NULL;
}

int mt940_postgres_statement(int32_t kind, enum mt940_postgres_verb verb)
{
    return (kind - 1) * PER_KIND + (int)verb;
}

int mt940_postgres_scan_statement(int32_t kind, int32_t index, int32_t prefix, int32_t after)
{
    return (kind - 1) * PER_KIND + MT940_POSTGRES_VERBS + (index * PREFIXES + prefix) * 2 + (after ? 1 : 0);
}

/* --- SQL --- */

static void append_table(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                         const struct mt940_kind_info *info)
{
    mt940_postgres_appendf(sql, "%s.%q", store->schema, info->table);
}

static void append_select(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                          const struct mt940_kind_info *info)
{
    mt940_postgres_append(sql, "SELECT revision");
    for (int32_t i = 0; i < info->field_count; i++)
        mt940_postgres_appendf(sql, ", %q", info->fields[i].name);
    mt940_postgres_append(sql, " FROM ");
    append_table(sql, store, info);
}

/* " WHERE a = $1 AND b = $2" over the first fields of an order. */
static void append_where(struct mt940_postgres_sql *sql, const struct mt940_kind_info *info, const int32_t *fields,
                         int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        mt940_postgres_appendf(sql, "%s%q = $%d", i ? " AND " : " WHERE ", info->fields[fields[i]].name, i + 1);
}

static void append_where_key(struct mt940_postgres_sql *sql, const struct mt940_kind_info *info)
{
    append_where(sql, info, info->indexes[0].fields, info->key_count);
}

void mt940_postgres_append_names(struct mt940_postgres_sql *sql, const struct mt940_kind_info *info,
                                 const int32_t *fields, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        mt940_postgres_appendf(sql, "%s%q", i ? ", " : "", info->fields[fields[i]].name);
}

/* "(b, c) > ($2, $3)": the rows behind; a prefix that is the whole order has none. */
static void append_behind(struct mt940_postgres_sql *sql, const struct mt940_kind_info *info, const int32_t *fields,
                          int32_t prefix, int32_t count)
{
    mt940_postgres_append(sql, prefix ? " AND " : " WHERE ");
    if (count == prefix) {
        mt940_postgres_append(sql, "false");
        return;
    }
    mt940_postgres_append(sql, "(");
    mt940_postgres_append_names(sql, info, fields + prefix, count - prefix);
    mt940_postgres_append(sql, ") > (");
    for (int32_t i = prefix; i < count; i++)
        mt940_postgres_appendf(sql, "%s$%d", i > prefix ? ", " : "", i + 1);
    mt940_postgres_append(sql, ")");
}

/* Parameters: the prefix, with `after` the whole order, then the limit. */
static void append_scan(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                        const struct mt940_kind_info *info, int32_t index, int32_t prefix, bool after)
{
    int32_t fields[MT940_ORDER_MAX];
    int32_t count = mt940_index_order(info, index, 0, fields);

    append_select(sql, store, info);
    append_where(sql, info, fields, prefix);
    if (after)
        append_behind(sql, info, fields, prefix, count);
    mt940_postgres_append(sql, " ORDER BY ");
    mt940_postgres_append_names(sql, info, fields, count);
    mt940_postgres_appendf(sql, " LIMIT $%d", (after ? count : prefix) + 1);
}

static void append_insert(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                          const struct mt940_kind_info *info)
{
    mt940_postgres_append(sql, "INSERT INTO ");
    append_table(sql, store, info);
    mt940_postgres_append(sql, " (revision");
    for (int32_t i = 0; i < info->field_count; i++)
        mt940_postgres_appendf(sql, ", %q", info->fields[i].name);
    mt940_postgres_append(sql, ") VALUES (1");
    for (int32_t i = 0; i < info->field_count; i++)
        if (info->fields[i].is_counter)
            mt940_postgres_append(sql, ", 0");
        else
            mt940_postgres_appendf(sql, ", $%d", i + 1);
    mt940_postgres_append(sql, ") ON CONFLICT DO NOTHING");
}

static void append_update(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                          const struct mt940_kind_info *info)
{
    mt940_postgres_append(sql, "UPDATE ");
    append_table(sql, store, info);
    mt940_postgres_append(sql, " SET revision = revision + 1");
    for (int32_t i = info->key_count; i < info->field_count; i++)
        if (!info->fields[i].is_counter)
            mt940_postgres_appendf(sql, ", %q = $%d", info->fields[i].name, i + 1);
    append_where_key(sql, info);
    mt940_postgres_appendf(sql, " AND revision = $%d", info->field_count + 1);
}

static void append_delete(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                          const struct mt940_kind_info *info)
{
    mt940_postgres_append(sql, "DELETE FROM ");
    append_table(sql, store, info);
    append_where_key(sql, info);
    mt940_postgres_appendf(sql, " AND revision = $%d", info->key_count + 1);
    if (info->kind == MT940_KIND_CUSTOMER_BANK) /* its journal would lose what it is about (store.h) */
        mt940_postgres_append(sql, " AND dbs_sequence = 0");
}

/*
 * EXPECT of an absent record: a row of the key, taken away in the same transaction, makes whoever
 * wants to insert that key wait until the transaction has ended. The columns have defaults.
 */
static void append_reserve(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                           const struct mt940_kind_info *info)
{
    mt940_postgres_append(sql, "INSERT INTO ");
    append_table(sql, store, info);
    mt940_postgres_append(sql, " (revision");
    for (int32_t i = 0; i < info->key_count; i++)
        mt940_postgres_appendf(sql, ", %q", info->fields[i].name);
    mt940_postgres_append(sql, ") VALUES (-1");
    for (int32_t i = 0; i < info->key_count; i++)
        mt940_postgres_appendf(sql, ", $%d", i + 1);
    mt940_postgres_append(sql, ") ON CONFLICT DO NOTHING");
}

static void append_release(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                           const struct mt940_kind_info *info)
{
    mt940_postgres_append(sql, "DELETE FROM ");
    append_table(sql, store, info);
    append_where_key(sql, info);
    mt940_postgres_append(sql, " AND revision = -1");
}

/*
 * The total and its line in one statement. The parameters are the fields of the line, of which
 * sequence and total come from the update; behind them the kind of ceiling and its value. The
 * sums are compared as NUMERIC, which has no end; what passes fits into 64 bits.
 */
static void append_add(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                       const struct mt940_kind_info *line)
{
    const struct mt940_kind_info *bank = mt940_kind_info(MT940_KIND_CUSTOMER_BANK);
    int delta = line->key_count + 1, ceiling = line->field_count + 1;

    mt940_postgres_append(sql, "WITH added AS (UPDATE ");
    append_table(sql, store, bank);
    mt940_postgres_appendf(sql, " SET dbs_total = dbs_total + $%d, dbs_sequence = dbs_sequence + 1", delta);
    append_where_key(sql, bank);
    mt940_postgres_appendf(sql,
                           " AND dbs_total::numeric + $%d BETWEEN '-9223372036854775808'::numeric AND"
                           " (CASE $%d WHEN 1 THEN dbs_limit ELSE $%d END)::numeric"
                           " RETURNING dbs_sequence, dbs_total) INSERT INTO ",
                           delta, ceiling, ceiling + 1);
    append_table(sql, store, line);
    mt940_postgres_append(sql, " (revision");
    for (int32_t i = 0; i < line->field_count; i++)
        mt940_postgres_appendf(sql, ", %q", line->fields[i].name);
    mt940_postgres_append(sql, ") SELECT 1");
    for (int32_t i = 0; i < line->field_count; i++)
        if (strcmp(line->fields[i].name, "sequence") == 0)
            mt940_postgres_append(sql, ", dbs_sequence");
        else if (strcmp(line->fields[i].name, "total") == 0)
            mt940_postgres_append(sql, ", dbs_total");
        else
            mt940_postgres_appendf(sql, ", $%d", i + 1);
    mt940_postgres_append(sql, " FROM added");
}

/*
 * What a decision rested on stays as it is until the commit; readers may share it. Bank records
 * are mostly changed next: two that had shared one would then wait for each other.
 */
static void append_lock(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                        const struct mt940_kind_info *info)
{
    mt940_postgres_append(sql, "SELECT revision FROM ");
    append_table(sql, store, info);
    append_where_key(sql, info);
    mt940_postgres_append(sql, info->kind == MT940_KIND_CUSTOMER_BANK ? " FOR UPDATE" : " FOR SHARE");
}

static void append_total(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                         const struct mt940_kind_info *info)
{
    mt940_postgres_append(sql, "SELECT dbs_total, dbs_limit, revision FROM ");
    append_table(sql, store, info);
    append_where_key(sql, info);
    mt940_postgres_append(sql, " FOR UPDATE");
}

static void append_verb(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                        const struct mt940_kind_info *info, enum mt940_postgres_verb verb)
{
    switch (verb) {
    case MT940_POSTGRES_LOCK:
        append_lock(sql, store, info);
        break;
    case MT940_POSTGRES_TOTAL:
        append_total(sql, store, info);
        break;
    case MT940_POSTGRES_INSERT:
        append_insert(sql, store, info);
        break;
    case MT940_POSTGRES_UPDATE:
        append_update(sql, store, info);
        break;
    case MT940_POSTGRES_DELETE:
        append_delete(sql, store, info);
        break;
    case MT940_POSTGRES_RESERVE:
        append_reserve(sql, store, info);
        break;
    case MT940_POSTGRES_RELEASE:
        append_release(sql, store, info);
        break;
    case MT940_POSTGRES_ADD:
        append_add(sql, store, info);
        break;
    default:
        append_select(sql, store, info);
        append_where_key(sql, info);
        break;
    }
}

/* --- parameters' types --- */

static Oid type_of(const struct mt940_field *field)
{
    return field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_DATE ? TYPE_TEXT
           : field->type == MT940_TYPE_BLOB                                 ? TYPE_BYTES
                                                                            : TYPE_NUMBER;
}

/* Fields by their place, then numbers; a scan's are those of its order, then the limit. */
static int list_types(int statement, Oid types[MT940_POSTGRES_PARAMETERS])
{
    const struct mt940_kind_info *info = mt940_kind_info(statement / PER_KIND + 1);
    int rest = statement % PER_KIND, count = 0, numbers = 0;
    int32_t fields[MT940_ORDER_MAX];

    if (rest >= MT940_POSTGRES_VERBS) {
        int scan = rest - MT940_POSTGRES_VERBS, index = scan / 2 / PREFIXES;
        int all = mt940_index_order(info, index, 0, fields);
        int used = scan % 2 ? all : scan / 2 % PREFIXES;
        for (; count < used; count++)
            types[count] = type_of(&info->fields[fields[count]]);
        numbers = 1;
    } else {
        bool whole = rest == MT940_POSTGRES_INSERT || rest == MT940_POSTGRES_UPDATE || rest == MT940_POSTGRES_ADD;
        for (; count < (whole ? info->field_count : info->key_count); count++)
            types[count] = type_of(&info->fields[count]);
        numbers = rest == MT940_POSTGRES_UPDATE || rest == MT940_POSTGRES_DELETE ? 1 : rest == MT940_POSTGRES_ADD ? 2 : 0;
    }
    while (numbers-- > 0)
        types[count++] = TYPE_NUMBER;
    return count;
}

/* --- prepared once --- */

static int make_sql(struct mt940_postgres *store, int statement, struct mt940_postgres_sql *sql)
{
    const struct mt940_kind_info *info = mt940_kind_info(statement / PER_KIND + 1);
    int rest = statement % PER_KIND;

    sql->length = 0;
    sql->is_cut = false;
    if (rest < MT940_POSTGRES_VERBS) {
        append_verb(sql, store, info, (enum mt940_postgres_verb)rest);
    } else {
        int scan = rest - MT940_POSTGRES_VERBS;
        append_scan(sql, store, info, scan / 2 / PREFIXES, scan / 2 % PREFIXES, scan % 2);
    }
    return sql->is_cut ? mt940_postgres_refuse(store, MT940_E_UNSUPPORTED, "a record kind is too large for this store")
                       : MT940_OK;
}

static void name_statement(int statement, char out[16])
{
    snprintf(out, 16, "mt940_%d", statement);
}

/*
 * PostgreSQL keeps the plan that it made for a small table until it has counted the table anew, which takes a minute;
 * to a small table it is all one which index it walks, to a large one it is not. So a statement is prepared anew after
 * 16, 64, 256, ... uses. (Measured: without, 500 rows received and saved walked an index from end to end 3,000 times.)
 */
static bool is_due(uint32_t uses)
{
    return uses >= 16 && (uses & (uses - 1)) == 0 && (uses & 0x55555555);
}

static int forget(struct mt940_postgres *store, int statement)
{
    struct mt940_postgres_sql sql = {.length = 0};

    mt940_postgres_appendf(&sql, "DEALLOCATE mt940_%d", statement);
    store->uses[statement] = 0;
    return mt940_postgres_command(store, sql.text);
}

static int make_known(struct mt940_postgres *store, int statement)
{
    struct mt940_postgres_sql sql;
    Oid types[MT940_POSTGRES_PARAMETERS];
    char name[16];
    int status = make_sql(store, statement, &sql);

    if (status)
        return status;
    name_statement(statement, name);
    if (!PQsendPrepare(store->connection, name, sql.text, list_types(statement, types), types))
        return mt940_postgres_fail(store, NULL, "prepare");
    return mt940_postgres_finish(store, "prepare", NULL);
}

int mt940_postgres_prepare(struct mt940_postgres *store, int statement)
{
    uint32_t uses = store->uses[statement] + 1;
    int status = MT940_OK;

    if (store->pooled)
        return MT940_OK;
    if (is_due(uses))
        status = forget(store, statement);
    if (status == MT940_OK && store->uses[statement] == 0)
        status = make_known(store, statement);
    if (status == MT940_OK)
        store->uses[statement] = uses < UINT32_MAX ? uses : 1;
    return status;
}

int mt940_postgres_send(struct mt940_postgres *store, int statement, const struct mt940_postgres_parameters *parameters)
{
    static const int binary[MT940_POSTGRES_PARAMETERS] = {
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    struct mt940_postgres_sql sql;
    Oid types[MT940_POSTGRES_PARAMETERS];
    char name[16];
    int sent;

    if (store->pooled) {
        int status = make_sql(store, statement, &sql);
        if (status)
            return status;
        sent = PQsendQueryParams(store->connection, sql.text, list_types(statement, types), types, parameters->values,
                                 parameters->lengths, binary, 1);
    } else {
        name_statement(statement, name);
        sent = PQsendQueryPrepared(store->connection, name, parameters->count, parameters->values, parameters->lengths,
                                   binary, 1);
    }
    return sent ? MT940_OK : mt940_postgres_fail(store, NULL, "send");
}

int mt940_postgres_execute(struct mt940_postgres *store, int statement,
                           const struct mt940_postgres_parameters *parameters, PGresult **result)
{
    int status = mt940_postgres_prepare(store, statement);

    *result = NULL;
    if (status == MT940_OK)
        status = mt940_postgres_send(store, statement, parameters);
    return status ? status : mt940_postgres_finish(store, "statement", result);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * sql.c: SQL from descriptions. Names come from store.def only; whatever a caller brings is a
 * parameter, never pasted. Only what PostgreSQL, CockroachDB and YugabyteDB all accept is used: no
 * function, trigger, sequence or advisory lock of the server. Must not know when it is called.
 */
#include "sql.h"

#include <string.h>

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
                        const struct mt940_postgres_form *form)
{
    const struct mt940_kind_info *info = form->info;
    int32_t fields[MT940_ORDER_MAX];
    int32_t count = mt940_index_order(info, form->index, 0, fields);

    append_select(sql, store, info);
    append_where(sql, info, fields, form->prefix);
    if (form->after)
        append_behind(sql, info, fields, form->prefix, count);
    mt940_postgres_append(sql, " ORDER BY ");
    mt940_postgres_append_names(sql, info, fields, count);
    mt940_postgres_appendf(sql, " LIMIT $%d", (form->after ? count : form->prefix) + 1);
}

/* --- several records at once --- */

/* " FROM (VALUES (1, $1, $2), (2, $3, $4)) AS wanted (n, k1, k2)" */
static void append_values(struct mt940_postgres_sql *sql, int records, int keys)
{
    mt940_postgres_append(sql, " FROM (VALUES ");
    for (int record = 0; record < records; record++) {
        mt940_postgres_appendf(sql, record ? ", (%d" : "(%d::bigint", record + 1);
        for (int i = 1; i <= keys; i++)
            mt940_postgres_appendf(sql, ", $%d", record * keys + i);
        mt940_postgres_append(sql, ")");
    }
    mt940_postgres_append(sql, ") AS wanted (n");
    for (int i = 1; i <= keys; i++)
        mt940_postgres_appendf(sql, ", k%d", i);
    mt940_postgres_append(sql, ")");
}

/*
 * The query behind is asked for one after the other, in this order, as each would be asked for alone; a join would
 * leave the way to the server.
 */
static void append_wanted(struct mt940_postgres_sql *sql, int records, int keys)
{
    append_values(sql, records, keys);
    mt940_postgres_append(sql, " CROSS JOIN LATERAL (");
}

static void append_where_wanted(struct mt940_postgres_sql *sql, const struct mt940_kind_info *info,
                                const int32_t *fields, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        mt940_postgres_appendf(sql, "%s%q = wanted.k%d", i ? " AND " : " WHERE ", info->fields[fields[i]].name, i + 1);
}

/* The columns of a scan, and behind them which of the wanted they are for. */
static void append_scans(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                         const struct mt940_postgres_form *form)
{
    const struct mt940_kind_info *info = form->info;
    int32_t fields[MT940_ORDER_MAX];
    int32_t count = mt940_index_order(info, form->index, 0, fields);

    mt940_postgres_append(sql, "SELECT found.*, wanted.n");
    append_wanted(sql, form->records, form->prefix);
    append_select(sql, store, info);
    append_where_wanted(sql, info, fields, form->prefix);
    mt940_postgres_append(sql, " ORDER BY ");
    mt940_postgres_append_names(sql, info, fields, count);
    mt940_postgres_append(sql, ") AS found ORDER BY wanted.n");
    for (int32_t i = form->prefix; i < count; i++)
        mt940_postgres_appendf(sql, ", found.%q", info->fields[fields[i]].name);
}

/*
 * With ON CONFLICT the server looks first, inserts on trial and confirms, row by row. Several records go without: they are
 * hardly ever there, and a key that is (23505) sends the batches the slow way, one record after the other.
 */
static void append_insert(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                          const struct mt940_kind_info *info, int records)
{
    mt940_postgres_append(sql, "INSERT INTO ");
    append_table(sql, store, info);
    mt940_postgres_append(sql, " (revision");
    for (int32_t i = 0; i < info->field_count; i++)
        mt940_postgres_appendf(sql, ", %q", info->fields[i].name);
    mt940_postgres_append(sql, ") VALUES ");
    for (int record = 0; record < records; record++) {
        mt940_postgres_append(sql, record ? ", (1" : "(1");
        for (int32_t i = 0; i < info->field_count; i++)
            if (info->fields[i].is_counter)
                mt940_postgres_append(sql, ", 0");
            else
                mt940_postgres_appendf(sql, ", $%d", record * info->field_count + i + 1);
        mt940_postgres_append(sql, ")");
    }
    if (records == 1)
        mt940_postgres_append(sql, " ON CONFLICT DO NOTHING");
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

/* Several at once: the server's count says whether every guard held. Wanted are the fields, behind them the revision. */
static void append_updates(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                           const struct mt940_kind_info *info, int records)
{
    mt940_postgres_append(sql, "UPDATE ");
    append_table(sql, store, info);
    mt940_postgres_append(sql, " AS stored SET revision = stored.revision + 1");
    for (int32_t i = info->key_count; i < info->field_count; i++)
        if (!info->fields[i].is_counter)
            mt940_postgres_appendf(sql, ", %q = wanted.k%d", info->fields[i].name, i + 1);
    append_values(sql, records, info->field_count + 1);
    for (int32_t i = 0; i < info->key_count; i++)
        mt940_postgres_appendf(sql, "%sstored.%q = wanted.k%d", i ? " AND " : " WHERE ", info->fields[i].name, i + 1);
    mt940_postgres_appendf(sql, " AND stored.revision = wanted.k%d", info->field_count + 1);
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
static const char *lock_of(const struct mt940_kind_info *info)
{
    return info->kind == MT940_KIND_CUSTOMER_BANK ? " FOR UPDATE" : " FOR SHARE";
}

static void append_lock(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                        const struct mt940_kind_info *info)
{
    mt940_postgres_append(sql, "SELECT revision FROM ");
    append_table(sql, store, info);
    append_where_key(sql, info);
    mt940_postgres_append(sql, lock_of(info));
}

/* Locked one after the other, in the order in which they are wanted. */
static void append_locks(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                         const struct mt940_kind_info *info, int records)
{
    mt940_postgres_append(sql, "SELECT found.revision, wanted.n");
    append_wanted(sql, records, info->key_count);
    mt940_postgres_append(sql, "SELECT revision FROM ");
    append_table(sql, store, info);
    append_where_wanted(sql, info, info->indexes[0].fields, info->key_count);
    mt940_postgres_appendf(sql, "%s) AS found", lock_of(info));
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
                        const struct mt940_postgres_form *form)
{
    const struct mt940_kind_info *info = form->info;

    switch (form->verb) {
    case MT940_POSTGRES_LOCK:
        if (form->records > 1)
            append_locks(sql, store, info, form->records);
        else
            append_lock(sql, store, info);
        break;
    case MT940_POSTGRES_TOTAL:
        append_total(sql, store, info);
        break;
    case MT940_POSTGRES_INSERT:
        append_insert(sql, store, info, form->records);
        break;
    case MT940_POSTGRES_UPDATE:
        if (form->records > 1)
            append_updates(sql, store, info, form->records);
        else
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

void mt940_postgres_write_sql(struct mt940_postgres_sql *sql, const struct mt940_postgres *store,
                              const struct mt940_postgres_form *form)
{
    sql->length = 0;
    sql->is_cut = false;
    if (form->verb != MT940_POSTGRES_VERBS)
        append_verb(sql, store, form);
    else if (form->records > 1)
        append_scans(sql, store, form);
    else
        append_scan(sql, store, form);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * statement.c: the numbers of statements, and when the server learns them. Must not know what
 * they are for.
 */
#include "statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of each kind its verbs, then index x prefix x after; of each of those one for so many records. */
enum { INDEXES = 4, PREFIXES = 8, SCANS = INDEXES * PREFIXES * 2, PER_KIND = MT940_POSTGRES_VERBS + SCANS };
static const int sizes[] = {1, 4, 16, 64};
enum { SIZES = sizeof(sizes) / sizeof(*sizes) };
/* Parameters beside a record's fields, and the type numbers of the server (pg_type). */
enum { BESIDE = 2, TYPE_NUMBER = 20, TYPE_TEXT = 25, TYPE_BYTES = 17 };

int mt940_postgres_statements_init(struct mt940_postgres *store)
{
    size_t count = (size_t)mt940_kind_count() * PER_KIND * SIZES;
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
    store->parameters = calloc(1, sizeof(*store->parameters));
    return store->uses && store->record && store->parameters ? MT940_OK
                                            : mt940_postgres_refuse(store, MT940_E_MEMORY, "no memory for a store");
}

void mt940_postgres_statements_free(struct mt940_postgres *store)
{
    free(store->uses);
    free(store->record);
    free(store->parameters);
    store->parameters = NULL;
    store->uses = NULL;
    store->record = NULL;
}

/* --- numbers --- */

int mt940_postgres_statement(int32_t kind, enum mt940_postgres_verb verb)
{
    return ((kind - 1) * PER_KIND + (int)verb) * SIZES;
}

int mt940_postgres_scan_statement(int32_t kind, int32_t index, int32_t prefix, int32_t after)
{
    return ((kind - 1) * PER_KIND + MT940_POSTGRES_VERBS + (index * PREFIXES + prefix) * 2 + (after ? 1 : 0)) * SIZES;
}

static struct mt940_postgres_form form_of(int statement)
{
    int place = statement / SIZES % PER_KIND, scan = place - MT940_POSTGRES_VERBS;
    struct mt940_postgres_form form = {.info = mt940_kind_info(statement / SIZES / PER_KIND + 1),
                                       .verb = (enum mt940_postgres_verb)place,
                                       .records = sizes[statement % SIZES]};

    if (scan >= 0) {
        form.verb = MT940_POSTGRES_VERBS;
        form.index = scan / 2 / PREFIXES;
        form.prefix = scan / 2 % PREFIXES;
        form.after = scan % 2;
    }
    return form;
}

/* Parameters of each record where a statement may be for several of them; 0 = it may not. */
static int parameters_each(const struct mt940_postgres_form *form)
{
    return form->verb == MT940_POSTGRES_INSERT                   ? form->info->field_count
           : form->verb == MT940_POSTGRES_UPDATE                 ? form->info->field_count + 1
           : form->verb == MT940_POSTGRES_LOCK                   ? form->info->key_count
           : form->verb == MT940_POSTGRES_VERBS && !form->after ? form->prefix
                                                                 : 0;
}

int mt940_postgres_statement_for(int statement, size_t count, size_t *records)
{
    struct mt940_postgres_form form = form_of(statement);
    int each = parameters_each(&form), size = 0;

    while (each && size + 1 < SIZES && (size_t)sizes[size + 1] <= count &&
           sizes[size + 1] * each <= MT940_POSTGRES_PARAMETERS)
        size++;
    *records = (size_t)sizes[size];
    return statement + size;
}

/* --- parameters' types --- */

static Oid type_of(const struct mt940_field *field)
{
    return field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_DATE ? TYPE_TEXT
           : field->type == MT940_TYPE_BLOB                                 ? TYPE_BYTES
                                                                            : TYPE_NUMBER;
}

/* Of the first fields of an order. */
static int list_order_types(const struct mt940_kind_info *info, int32_t index, int32_t used, Oid *types)
{
    int32_t fields[MT940_ORDER_MAX];

    mt940_index_order(info, index, 0, fields);
    for (int32_t i = 0; i < used; i++)
        types[i] = type_of(&info->fields[fields[i]]);
    return used;
}

/* Of one record: fields by their place, then numbers; a scan's are those of its order, then the limit. */
static int list_types_of_one(const struct mt940_postgres_form *form, Oid *types)
{
    const struct mt940_kind_info *info = form->info;
    enum mt940_postgres_verb verb = form->verb;
    int32_t fields[MT940_ORDER_MAX];
    int count = 0, numbers = 1;

    if (verb == MT940_POSTGRES_VERBS) {
        int32_t used = form->after ? mt940_index_order(info, form->index, 0, fields) : form->prefix;
        count = list_order_types(info, form->index, used, types);
    } else {
        bool whole = verb == MT940_POSTGRES_INSERT || verb == MT940_POSTGRES_UPDATE || verb == MT940_POSTGRES_ADD;
        for (; count < (whole ? info->field_count : info->key_count); count++)
            types[count] = type_of(&info->fields[count]);
        numbers = verb == MT940_POSTGRES_UPDATE || verb == MT940_POSTGRES_DELETE ? 1 : verb == MT940_POSTGRES_ADD ? 2 : 0;
    }
    while (numbers-- > 0)
        types[count++] = TYPE_NUMBER;
    return count;
}

/* Of several the types of one, again and again; scans of several have no limit. */
static int list_types(const struct mt940_postgres_form *form, Oid types[MT940_POSTGRES_PARAMETERS])
{
    int count = list_types_of_one(form, types);
    int each = parameters_each(form);

    if (form->records == 1)
        return count;
    for (int i = each; i < each * form->records; i++)
        types[i] = types[i - each];
    return each * form->records;
}

/* --- prepared once --- */

static int make_sql(struct mt940_postgres *store, const struct mt940_postgres_form *form, struct mt940_postgres_sql *sql)
{
    mt940_postgres_write_sql(sql, store, form);
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

static int send_preparation(struct mt940_postgres *store, int statement)
{
    struct mt940_postgres_sql sql;
    Oid types[MT940_POSTGRES_PARAMETERS];
    char name[16];
    struct mt940_postgres_form form = form_of(statement);
    int status = make_sql(store, &form, &sql);

    if (status)
        return status;
    name_statement(statement, name);
    return PQsendPrepare(store->connection, name, sql.text, list_types(&form, types), types)
               ? MT940_OK
               : mt940_postgres_fail(store, NULL, "prepare");
}

static int make_known(struct mt940_postgres *store, int statement)
{
    int status = send_preparation(store, statement);

    return status ? status : mt940_postgres_finish(store, "prepare", NULL);
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

/* --- several in one round trip --- */

static int send_wanted(struct mt940_postgres *store, int statement, bool is_known)
{
    struct mt940_postgres_sql sql = {.length = 0};

    if (is_known) {
        mt940_postgres_appendf(&sql, "DEALLOCATE mt940_%d", statement);
        if (!PQsendQueryParams(store->connection, sql.text, 0, NULL, NULL, NULL, NULL, 1))
            return mt940_postgres_fail(store, NULL, "prepare");
    }
    return send_preparation(store, statement);
}

/* The answers up to the end of the row; each is followed by a NULL, the end is not. */
static int read_prepared(struct mt940_postgres *store, size_t answers)
{
    int status = MT940_OK;

    while (status == MT940_OK && answers > 0) {
        PGresult *result = NULL;
        status = mt940_postgres_next(store, &result);
        if (result && PQresultStatus(result) != PGRES_COMMAND_OK)
            status = mt940_postgres_fail(store, result, "prepare");
        answers -= result == NULL;
        PQclear(result);
    }
    return status;
}

static int prepare_in_a_row(struct mt940_postgres *store, size_t count)
{
    size_t answers = count;
    bool is_synced = false;
    int status = MT940_OK;

    for (size_t i = 0; status == MT940_OK && i < count; i++) {
        status = send_wanted(store, store->wanted[i].statement, store->wanted[i].is_known);
        answers += store->wanted[i].is_known;
    }
    if (status == MT940_OK) {
        is_synced = PQpipelineSync(store->connection);
        status = is_synced ? read_prepared(store, answers) : mt940_postgres_fail(store, NULL, "prepare");
    }
    if (mt940_postgres_is_lost(store))
        return status;
    int ended = mt940_postgres_end_row(store, is_synced);
    return status ? status : ended;
}

int mt940_postgres_prepare_wanted(struct mt940_postgres *store)
{
    size_t count = store->wanted_count;
    char sqlstate[sizeof(store->sqlstate)], text[sizeof(store->text)];

    store->wanted_count = 0;
    if (count == 0)
        return MT940_OK;
    int status = PQenterPipelineMode(store->connection) ? prepare_in_a_row(store, count)
                                                        : mt940_postgres_fail(store, NULL, "prepare");
    if (status == MT940_OK)
        return status;
    /* Which of them the server knows is not certain any more. */
    memset(store->uses, 0, store->statement_count * sizeof(*store->uses));
    memcpy(sqlstate, store->sqlstate, sizeof(sqlstate));
    memcpy(text, store->text, sizeof(text));
    if (!mt940_postgres_is_lost(store))
        (void)mt940_postgres_command(store, "DEALLOCATE ALL");
    memcpy(store->sqlstate, sqlstate, sizeof(sqlstate));
    memcpy(store->text, text, sizeof(text));
    return status;
}

int mt940_postgres_want(struct mt940_postgres *store, int statement)
{
    uint32_t uses = store->uses[statement] + 1;

    if (store->pooled)
        return MT940_OK;
    store->uses[statement] = uses < UINT32_MAX ? uses : 1;
    if (uses > 1 && !is_due(uses))
        return MT940_OK;
    store->wanted[store->wanted_count].statement = statement;
    store->wanted[store->wanted_count++].is_known = uses > 1;
    return store->wanted_count == MT940_POSTGRES_WANTED ? mt940_postgres_prepare_wanted(store) : MT940_OK;
}

/* --- sending --- */

static int send_unprepared(struct mt940_postgres *store, int statement)
{
    const struct mt940_postgres_parameters *parameters = store->parameters;
    struct mt940_postgres_sql sql;
    Oid types[MT940_POSTGRES_PARAMETERS];
    struct mt940_postgres_form form = form_of(statement);
    int status = make_sql(store, &form, &sql);

    if (status)
        return status;
    return PQsendQueryParams(store->connection, sql.text, list_types(&form, types), types, parameters->values,
                             parameters->lengths, parameters->formats, 1)
               ? MT940_OK
               : mt940_postgres_fail(store, NULL, "send");
}

int mt940_postgres_send(struct mt940_postgres *store, int statement)
{
    const struct mt940_postgres_parameters *parameters = store->parameters;
    char name[16];

    if (store->pooled)
        return send_unprepared(store, statement);
    name_statement(statement, name);
    return PQsendQueryPrepared(store->connection, name, parameters->count, parameters->values, parameters->lengths,
                               parameters->formats, 1)
               ? MT940_OK
               : mt940_postgres_fail(store, NULL, "send");
}

int mt940_postgres_execute(struct mt940_postgres *store, int statement, PGresult **result)
{
    int status = mt940_postgres_prepare(store, statement);

    *result = NULL;
    if (status == MT940_OK)
        status = mt940_postgres_send(store, statement);
    return status ? status : mt940_postgres_finish(store, "statement", result);
}

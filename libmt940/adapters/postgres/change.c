/* SPDX-License-Identifier: Apache-2.0
 *
 * change.c: changes as guarded statements: the guard stands in the WHERE, the row count says
 * whether it held. Must not begin or end transactions.
 */
#include "change.h"

#include <stdlib.h>
#include <string.h>

/* An EXPECT of an absent record takes two statements, all others one. */
static bool reserves(const struct mt940_change *change)
{
    return change->op == MT940_EXPECT && change->revision == 0;
}

int mt940_postgres_change_statements(const struct mt940_change *change)
{
    return reserves(change) ? 2 : 1;
}

static enum mt940_postgres_verb verb_of(const struct mt940_change *change, int which)
{
    switch (change->op) {
    case MT940_PUT_NEW:
        return MT940_POSTGRES_INSERT;
    case MT940_PUT_IF:
        return MT940_POSTGRES_UPDATE;
    case MT940_DELETE_IF:
        return MT940_POSTGRES_DELETE;
    case MT940_EXPECT:
        return !reserves(change) ? MT940_POSTGRES_LOCK : which ? MT940_POSTGRES_RELEASE : MT940_POSTGRES_RESERVE;
    default:
        return MT940_POSTGRES_ADD;
    }
}

static int statement_of(const struct mt940_change *change, int which)
{
    int32_t kind = change->op == MT940_TOTAL_ADD ? MT940_KIND_JOURNAL : change->kind;

    return mt940_postgres_statement(kind, verb_of(change, which));
}

/* They ascend by kind and key, so what goes as one is locked in the same order as one after the other. */
size_t mt940_postgres_change_run(const struct mt940_change *changes, size_t count)
{
    size_t alike = 1, records;

    while (alike < count && changes[alike].op == changes->op && changes[alike].kind == changes->kind &&
           !reserves(&changes[alike]))
        alike++;
    if (reserves(changes))
        return 1;
    (void)mt940_postgres_statement_for(statement_of(changes, 0), alike, &records);
    return records;
}

/* --- parameters --- */

static int bind_total(struct mt940_postgres *store, const struct mt940_change *change)
{
    const struct mt940_kind_info *info = mt940_kind_info(MT940_KIND_JOURNAL);
    const struct mt940_customer_bank *bank = change->record;
    struct mt940_journal line = *change->journal;
    bool has_ceiling = change->delta > 0 && change->ceiling != MT940_CEILING_NONE;

    line.company = bank->company;
    line.customer = bank->customer;
    line.slot = bank->slot;
    line.delta = change->delta;
    int status = mt940_postgres_bind(store, info, 0, info->field_count, &line);
    mt940_postgres_bind_number(store, has_ceiling && change->ceiling == MT940_CEILING_STORED_LIMIT);
    mt940_postgres_bind_number(store, has_ceiling ? change->ceiling_value : INT64_MAX);
    return status;
}

static int bind(struct mt940_postgres *store, const struct mt940_change *change)
{
    const struct mt940_kind_info *info = mt940_kind_info(change->kind);
    bool whole = change->op == MT940_PUT_NEW || change->op == MT940_PUT_IF;

    if (change->op == MT940_TOTAL_ADD)
        return bind_total(store, change);
    int status = mt940_postgres_bind(store, info, 0, whole ? info->field_count : info->key_count, change->record);
    if (change->op == MT940_PUT_IF || change->op == MT940_DELETE_IF)
        mt940_postgres_bind_number(store, change->revision);
    return status;
}

/* --- in a row --- */

static int run_statement(const struct mt940_change *changes, size_t count, int which)
{
    size_t records;

    return mt940_postgres_statement_for(statement_of(changes, which), count, &records);
}

int mt940_postgres_change_want(struct mt940_postgres *store, const struct mt940_change *changes, size_t count)
{
    int status = MT940_OK;

    for (int i = 0; status == MT940_OK && i < mt940_postgres_change_statements(changes); i++)
        status = mt940_postgres_want(store, run_statement(changes, count, i));
    return status;
}

int mt940_postgres_change_send(struct mt940_postgres *store, const struct mt940_change *changes, size_t count)
{
    int status = MT940_OK;

    mt940_postgres_bind_none(store);
    for (size_t i = 0; status == MT940_OK && i < count; i++)
        status = bind(store, &changes[i]);
    for (int i = 0; status == MT940_OK && i < mt940_postgres_change_statements(changes); i++)
        status = mt940_postgres_send(store, run_statement(changes, count, i));
    return status;
}

/* Rows of revision and, of several, the number of the one it is for. */
static int judge_expected(const struct mt940_change *changes, size_t count, const PGresult *result)
{
    if ((size_t)PQntuples(result) != count)
        return MT940_CONFLICT;
    for (size_t i = 0; i < count; i++) {
        int64_t revision = 0, number = 1;
        if (mt940_postgres_number(result, (int)i, 0, &revision) ||
            (count > 1 && mt940_postgres_number(result, (int)i, 1, &number)) || number < 1 || (size_t)number > count ||
            revision != changes[number - 1].revision)
            return MT940_CONFLICT;
    }
    return MT940_OK;
}

int mt940_postgres_change_judge(const struct mt940_change *changes, size_t count, int which, const PGresult *result)
{
    if (changes->op == MT940_EXPECT && !reserves(changes))
        return judge_expected(changes, count, result);
    return strtoull(PQcmdTuples((PGresult *)result), NULL, 10) == count || which ? MT940_OK : MT940_CONFLICT;
}

/* --- one by one --- */

struct total {
    bool is_there;
    int64_t total;
    int64_t limit;
    int64_t revision;
};

/* Nobody changes it between this and the end of the transaction. */
static int lock_total(struct mt940_postgres *store, const void *bank, struct total *total)
{
    const struct mt940_kind_info *info = mt940_kind_info(MT940_KIND_CUSTOMER_BANK);
    PGresult *result = NULL;

    memset(total, 0, sizeof(*total));
    mt940_postgres_bind_none(store);
    int status = mt940_postgres_bind(store, info, 0, info->key_count, bank);
    if (status == MT940_OK)
        status = mt940_postgres_execute(
            store, mt940_postgres_statement(MT940_KIND_CUSTOMER_BANK, MT940_POSTGRES_TOTAL), &result);
    if (status == MT940_OK && PQntuples(result) == 1) {
        total->is_there = true;
        if (mt940_postgres_number(result, 0, 0, &total->total) || mt940_postgres_number(result, 0, 1, &total->limit) ||
            mt940_postgres_number(result, 0, 2, &total->revision))
            status = mt940_postgres_refuse(store, MT940_E_CORRUPT, "a row does not have its form");
    }
    PQclear(result);
    return status;
}

/* Why a change of a bank record did not happen, by what it was when it was tried. */
static int tell(const struct mt940_change *change, const struct total *before, struct mt940_batch_result *result)
{
    if (!before->is_there || (change->op == MT940_DELETE_IF && before->revision != change->revision))
        return MT940_CONFLICT;
    result->total = before->total;
    if (change->op == MT940_DELETE_IF)
        return MT940_REFUSED; /* it has a journal (store.h) */
    result->ceiling = change->delta < 0                               ? INT64_MIN
                      : change->ceiling == MT940_CEILING_STORED_LIMIT ? before->limit
                      : change->ceiling == MT940_CEILING_VALUE        ? change->ceiling_value
                                                                      : INT64_MAX;
    return MT940_REFUSED;
}

static int run(struct mt940_postgres *store, const struct mt940_change *change)
{
    mt940_postgres_bind_none(store);
    int answer = bind(store, change);

    for (int i = 0; answer == MT940_OK && i < mt940_postgres_change_statements(change); i++) {
        PGresult *result = NULL;
        answer = mt940_postgres_execute(store, statement_of(change, i), &result);
        if (answer == MT940_OK)
            answer = mt940_postgres_change_judge(change, 1, i, result);
        PQclear(result);
    }
    return answer;
}

int mt940_postgres_change_apply(struct mt940_postgres *store, const struct mt940_change *change,
                                struct mt940_batch_result *result)
{
    bool has_total = change->op == MT940_TOTAL_ADD ||
                     (change->op == MT940_DELETE_IF && change->kind == MT940_KIND_CUSTOMER_BANK);
    struct total before = {false, 0, 0, 0};
    int status = has_total ? lock_total(store, change->record, &before) : MT940_OK;

    if (status)
        return status;
    int answer = run(store, change);
    return answer == MT940_CONFLICT && has_total ? tell(change, &before, result) : answer;
}

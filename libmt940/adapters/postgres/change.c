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

/* --- parameters --- */

static int bind_total(struct mt940_postgres *store, struct mt940_postgres_parameters *parameters,
                      const struct mt940_change *change)
{
    const struct mt940_kind_info *info = mt940_kind_info(MT940_KIND_JOURNAL);
    const struct mt940_customer_bank *bank = change->record;
    struct mt940_journal line = *change->journal;
    bool has_ceiling = change->delta > 0 && change->ceiling != MT940_CEILING_NONE;

    line.company = bank->company;
    line.customer = bank->customer;
    line.slot = bank->slot;
    line.delta = change->delta;
    int status = mt940_postgres_bind(store, parameters, info, 0, info->field_count, &line);
    mt940_postgres_bind_number(parameters, has_ceiling && change->ceiling == MT940_CEILING_STORED_LIMIT);
    mt940_postgres_bind_number(parameters, has_ceiling ? change->ceiling_value : INT64_MAX);
    return status;
}

static int bind(struct mt940_postgres *store, struct mt940_postgres_parameters *parameters,
                const struct mt940_change *change)
{
    const struct mt940_kind_info *info = mt940_kind_info(change->kind);
    bool whole = change->op == MT940_PUT_NEW || change->op == MT940_PUT_IF;

    parameters->count = 0;
    if (change->op == MT940_TOTAL_ADD)
        return bind_total(store, parameters, change);
    int status = mt940_postgres_bind(store, parameters, info, 0, whole ? info->field_count : info->key_count,
                                     change->record);
    if (change->op == MT940_PUT_IF || change->op == MT940_DELETE_IF)
        mt940_postgres_bind_number(parameters, change->revision);
    return status;
}

/* --- in a row --- */

int mt940_postgres_change_prepare(struct mt940_postgres *store, const struct mt940_change *change)
{
    int status = MT940_OK;

    for (int i = 0; status == MT940_OK && i < mt940_postgres_change_statements(change); i++)
        status = mt940_postgres_prepare(store, statement_of(change, i));
    return status;
}

int mt940_postgres_change_send(struct mt940_postgres *store, const struct mt940_change *change)
{
    struct mt940_postgres_parameters parameters;
    int status = bind(store, &parameters, change);

    for (int i = 0; status == MT940_OK && i < mt940_postgres_change_statements(change); i++)
        status = mt940_postgres_send(store, statement_of(change, i), &parameters);
    return status;
}

int mt940_postgres_change_judge(const struct mt940_change *change, int which, const PGresult *result)
{
    int64_t revision = 0;

    if (change->op != MT940_EXPECT || reserves(change))
        return strcmp(PQcmdTuples((PGresult *)result), "1") == 0 || which ? MT940_OK : MT940_CONFLICT;
    if (PQntuples(result) != 1 || mt940_postgres_number(result, 0, 0, &revision))
        return MT940_CONFLICT;
    return revision == change->revision ? MT940_OK : MT940_CONFLICT;
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
    struct mt940_postgres_parameters parameters = {.count = 0};
    PGresult *result = NULL;

    memset(total, 0, sizeof(*total));
    int status = mt940_postgres_bind(store, &parameters, info, 0, info->key_count, bank);
    if (status == MT940_OK)
        status = mt940_postgres_execute(
            store, mt940_postgres_statement(MT940_KIND_CUSTOMER_BANK, MT940_POSTGRES_TOTAL), &parameters, &result);
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
    struct mt940_postgres_parameters parameters;
    int answer = bind(store, &parameters, change);

    for (int i = 0; answer == MT940_OK && i < mt940_postgres_change_statements(change); i++) {
        PGresult *result = NULL;
        answer = mt940_postgres_execute(store, statement_of(change, i), &parameters, &result);
        if (answer == MT940_OK)
            answer = mt940_postgres_change_judge(change, i, result);
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

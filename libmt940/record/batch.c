/* SPDX-License-Identifier: Apache-2.0
 *
 * batch.c: the form of what is handed to a store, checked in one place so that every store may
 * rely on it. Must not know what a store does with it.
 */
#include <stdbool.h>
#include <string.h>

#include "base/export.h"
#include "base/failure.h"
#include "mt940connect/store.h"
#include "record/record.h"

/* What is done with a key, in the order in which one batch may do it. */
static int rank(int32_t op)
{
    return op == MT940_EXPECT ? 1 : op == MT940_TOTAL_ADD ? 3 : 2;
}

MT940_EXPORT int mt940_change_compare(const struct mt940_change *a, const struct mt940_change *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int order = mt940_record_compare(a->kind, 0, a->record, b->record);
    return order ? order : rank(a->op) - rank(b->op);
}

static int misuse(struct mt940_error *error, const char *text)
{
    return mt940_fail(error, MT940_E_ARGUMENT, 0, text);
}

static int check_total_add(const struct mt940_change *change, struct mt940_error *error)
{
    const struct mt940_kind_info *info = mt940_kind_info(MT940_KIND_JOURNAL);

    if (change->kind != MT940_KIND_CUSTOMER_BANK)
        return misuse(error, "only a customer_bank has a total");
    if (change->ceiling < MT940_CEILING_NONE || change->ceiling > MT940_CEILING_VALUE)
        return misuse(error, "no such ceiling");
    if (!change->journal)
        return misuse(error, "TOTAL_ADD without a journal line");
    return mt940_record_check_fields(info, info->key_count, info->field_count, change->journal, error);
}

static int check_change(const struct mt940_change *change, struct mt940_error *error)
{
    bool is_put = change->op == MT940_PUT_NEW || change->op == MT940_PUT_IF;

    if (change->size != sizeof(*change) || change->reserved != 0)
        return misuse(error, "size or reserved field of a change");
    if (change->op < MT940_PUT_NEW || change->op > MT940_TOTAL_ADD)
        return misuse(error, "no such operation");
    if (change->op != MT940_EXPECT && (change->kind == MT940_KIND_JOURNAL || change->kind == MT940_KIND_ACTION))
        return misuse(error, "journal lines and actions are written by the store only");
    int status = mt940_record_check(change->kind, change->record, !is_put, error);
    if (status == MT940_OK && change->op == MT940_TOTAL_ADD)
        status = check_total_add(change, error);
    return status;
}

static int check_changes(const struct mt940_batch *batch, size_t *at, struct mt940_error *error)
{
    for (size_t i = 0; i < batch->change_count; i++) {
        *at = i + 1;
        int status = check_change(&batch->changes[i], error);
        if (status)
            return status;
        /* A total may be added to more than once, for example by the rows of one save: each has its journal line. */
        int order = i ? mt940_change_compare(&batch->changes[i - 1], &batch->changes[i]) : -1;
        if (order > 0 || (order == 0 && batch->changes[i].op != MT940_TOTAL_ADD))
            return misuse(error, "changes not in strictly ascending order");
    }
    return MT940_OK;
}

static int check_batch(const struct mt940_batch *batch, size_t *at, struct mt940_error *error)
{
    *at = 0;
    if (batch->size != sizeof(*batch) || !batch->action || (!batch->changes && batch->change_count))
        return misuse(error, "size, action or changes of a batch");
    int status = mt940_record_check(MT940_KIND_ACTION, batch->action, 0, error);
    if (status)
        return status;
    if (batch->action->result.length >= MT940_RESULT_CAPACITY)
        return misuse(error, "result of an action too long");
    return check_changes(batch, at, error);
}

MT940_EXPORT int mt940_batch_check(const struct mt940_batch *batches, size_t count,
                                   struct mt940_batch_result *results, struct mt940_error *error)
{
    if ((!batches || !results) && count)
        return misuse(error, "no batches or no results");
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        int status = results[i].size == sizeof(*results) ? check_batch(&batches[i], &at, error)
                                                         : misuse(error, "size of a result");
        if (status) {
            if (error && error->size >= sizeof(*error)) {
                error->offset = i;
                error->line = at < UINT32_MAX ? (uint32_t)at : UINT32_MAX;
            }
            return status;
        }
    }
    for (size_t i = 0; i < count; i++) {
        memset(&results[i], 0, offsetof(struct mt940_batch_result, result) + 1);
        results[i].size = sizeof(*results);
    }
    return MT940_OK;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * invoice_return.c: a sales return closes the open rows of the invoice it names, and gives them
 * back when it is changed or cancelled (decision 28). Must not write anything.
 */
#include "flow/invoice.h"

static const char key_prefix[] = "return:";

int mt940_invoice_return_key(struct mt940_flow *flow, const struct mt940_view *number, struct mt940_view *out)
{
    size_t prefix = sizeof key_prefix - 1;
    char *key = mt940_arena_alloc(&flow->scratch, prefix + number->length + 1);

    if (!key)
        return flow->scratch.status;
    memcpy(key, key_prefix, prefix);
    if (number->length > 0)
        memcpy(key + prefix, number->data, number->length);
    *out = mt940_view_of(key, prefix + number->length);
    return 0;
}

static struct mt940_payment *find_target(struct mt940_invoice_work *work, const struct mt940_closing *closing,
                                         size_t *index)
{
    for (size_t i = 0; i < work->targets.count; i++) {
        struct mt940_payment *row = mt940_found_at(&work->targets, i);

        if (row->line == closing->payment && mt940_view_equal(&row->invoice, &closing->invoice)) {
            *index = i;
            return row;
        }
    }
    return NULL;
}

static struct mt940_payment *find_credit(struct mt940_invoice_work *work, int64_t line)
{
    for (size_t i = 0; i < work->old_rows.count; i++) {
        struct mt940_payment *row = mt940_found_at(&work->old_rows, i);

        if (row->line == line)
            return row;
    }
    return NULL;
}

static int undo_one(struct mt940_invoice_work *work, struct mt940_closing *closing)
{
    size_t index = 0;
    struct mt940_payment *row = find_target(work, closing, &index), *credit = find_credit(work, closing->line);
    int status;

    if (!row || !credit)
        return MT940_E_CORRUPT;
    status = mt940_dbs_effects_of_undo(closing, -credit->dbs_amount, -credit->amount, row, work->effects,
                                       work->effect_capacity, &work->effect_count);
    if (status == 0)
        status = mt940_closing_undo(closing, row);
    if (status)
        return status;
    credit->paid += closing->amount;
    work->target_changed[index] = true;
    return 0;
}

int mt940_invoice_undo_return(struct mt940_invoice_work *work)
{
    int status = 0;

    for (size_t i = 0; i < work->old_closings.count && status == 0; i++) {
        struct mt940_closing *closing = mt940_found_at(&work->old_closings, i);

        if (closing->state == MT940_DOCUMENT_STATE_ACTIVE)
            status = undo_one(work, closing);
    }
    return status;
}

/* Closes what one credit row may, and counts it at both. */
static int close_with(struct mt940_invoice_work *work, const struct mt940_view *key, struct mt940_payment *credit)
{
    struct mt940_closing_plan plan = {.size = sizeof plan};
    struct mt940_closing *closings = work->closings + work->closing_count;
    const struct mt940_closing_request request = {
        .size = sizeof request, .company = work->flow->company, .slip = *key, .line = credit->line,
        .customer = credit->customer, .currency = credit->currency, .amount = credit->paid - credit->amount,
        .slot = credit->slot, .dbs = credit->type == MT940_PAYMENT_TYPE_DBS, .is_return = 1,
        .value_date = credit->due_date, .invoices = &work->invoice.returns, .invoice_count = 1};
    size_t capacity = work->targets.count + work->row_count - work->closing_count;
    int status = mt940_closing_plan_make(&work->flow->dbs, &request, (struct mt940_payment *)work->targets.records,
                                         work->targets.count, closings, capacity, &plan);

    for (size_t i = 0; i < plan.count && status == 0; i++) {
        size_t index = 0;
        struct mt940_payment *row = find_target(work, &closings[i], &index);

        status = row ? mt940_closing_apply(&closings[i], row) : MT940_E_CORRUPT;
        if (row)
            work->target_changed[index] = true;
    }
    if (status == 0) {
        credit->paid -= plan.closed;
        work->closing_count += plan.count;
    }
    return status;
}

int mt940_invoice_close_return(struct mt940_invoice_work *work)
{
    struct mt940_view key;
    int status = mt940_invoice_return_key(work->flow, &work->invoice.number, &key);

    if (status || work->targets.count == 0 || work->invoice.returns.length == 0)
        return status;
    work->closings = mt940_arena_alloc(&work->flow->scratch,
                                       (work->targets.count + work->row_count) * sizeof *work->closings);
    if (!work->closings)
        return work->flow->scratch.status;
    for (size_t i = 0; i < work->row_count && status == 0; i++)
        if (work->rows[i].amount < 0)
            status = close_with(work, &key, &work->rows[i]);
    return status;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * closing.c: what an incoming payment closes (borç kapama): named invoices, else the exact due
 * row, else the earliest due (R100, R101, decision 24, turkish-banking §2.6), and its undoing.
 * Must not know totals: closing and total are independent (R105).
 */
#include "base/export.h"
#include "base/failure.h"
#include "dbs/money.h"
#include "dbs/policy.h"
#include "mt940connect/closing.h"

/* More numbers than any narrative holds; keeps the look-up of repeated ones bounded. */
#define INVOICES_MOST 64

struct planner {
    struct mt940_dbs_policy policy;
    const struct mt940_closing_request *request;
    const struct mt940_payment *rows;
    size_t row_count;
    struct mt940_closing *closings;
    size_t capacity;
    struct mt940_closing_plan plan;
};

static int64_t open_of(const struct mt940_payment *row)
{
    int64_t open;

    if (row->state != MT940_DOCUMENT_STATE_ACTIVE || !mt940_money_subtract(row->amount, row->paid, &open))
        return 0;
    return open;
}

/* The open amount the line may close, positive; 0 when the row is no candidate at all. */
static int64_t candidate(const struct planner *planner, const struct mt940_payment *row)
{
    const struct mt940_closing_request *request = planner->request;
    int64_t open = open_of(row);
    bool is_dbs = row->type == MT940_PAYMENT_TYPE_DBS;

    if (open == 0 || open == INT64_MIN || (open < 0) != (request->outgoing != 0) ||
        (row->amount < 0) != (request->outgoing != 0) ||
        !mt940_view_equal(&row->customer, &request->customer) || !mt940_view_equal(&row->currency, &request->currency))
        return 0;
    if (request->dbs ? !is_dbs : is_dbs && request->is_return)
        return 0;
    if (request->dbs && request->is_return && row->slot != request->slot)
        return 0;
    return open < 0 ? -open : open;
}

static bool is_named(const struct mt940_closing_request *request, const struct mt940_payment *row, size_t before)
{
    for (size_t i = 0; i < before; i++)
        if (mt940_view_equal(&request->invoices[i], &row->invoice))
            return true;
    return false;
}

/* Rows that an unnamed payment may go to: of its kind, of its record, and none that was named. */
static int64_t unnamed_candidate(const struct planner *planner, const struct mt940_payment *row)
{
    const struct mt940_closing_request *request = planner->request;
    int64_t open = candidate(planner, row);

    if (open == 0 || is_named(request, row, request->invoice_count))
        return 0;
    if (!request->dbs)
        return row->type == MT940_PAYMENT_TYPE_DBS ? 0 : open;
    return row->dbs_amount != 0 && (request->slot == 0 || row->slot == request->slot) ? open : 0;
}

static int close_row(struct planner *planner, const struct mt940_payment *row, int64_t open, int32_t rule)
{
    const struct mt940_closing_request *request = planner->request;
    struct mt940_closing_plan *plan = &planner->plan;
    struct mt940_closing *closing;

    if (plan->rest == 0)
        return 0;
    if (plan->count == planner->capacity)
        return MT940_E_LIMIT;
    closing = &planner->closings[plan->count];
    *closing = (struct mt940_closing){.company = request->company, .slip = request->slip, .line = request->line,
                                      .invoice = row->invoice, .payment = row->line, .currency = row->currency};
    closing->amount = open < plan->rest ? open : plan->rest;
    if (plan->count++ == 0) {
        plan->rule = rule;
        plan->slot = row->slot;
    }
    plan->dbs_count += row->type == MT940_PAYMENT_TYPE_DBS;
    plan->closed += closing->amount;
    plan->rest -= closing->amount;
    return 0;
}

/* Rows of one named invoice: what the bank collected on the value date first, then the earliest. */
static int close_invoice(struct planner *planner, const struct mt940_view *invoice)
{
    for (int on_value_date = 1; on_value_date >= 0; on_value_date--) {
        for (size_t i = 0; i < planner->row_count; i++) {
            const struct mt940_payment *row = &planner->rows[i];
            bool is_due_then = !planner->request->is_return &&
                               mt940_date_compare(&row->due_date, &planner->request->value_date) == 0;
            int64_t open;
            int status;

            if (is_due_then != (on_value_date == 1) || !mt940_view_equal(&row->invoice, invoice))
                continue;
            open = candidate(planner, row);
            status = open > 0 ? close_row(planner, row, open, MT940_CLOSING_INVOICE) : 0;
            if (status != 0)
                return status;
        }
    }
    return 0;
}

static int close_named(struct planner *planner)
{
    const struct mt940_closing_request *request = planner->request;

    for (size_t i = 0; i < request->invoice_count && planner->plan.rest > 0; i++) {
        struct mt940_payment named = {.invoice = request->invoices[i]};
        int status = is_named(request, &named, i) ? 0 : close_invoice(planner, &request->invoices[i]);

        if (status != 0)
            return status;
    }
    return 0;
}

/* The due row with just this open amount; among several the earliest due date, if one only has it. */
static const struct mt940_payment *find_exact(const struct planner *planner)
{
    const struct mt940_payment *found = NULL;

    for (size_t i = 0; i < planner->row_count; i++) {
        const struct mt940_payment *row = &planner->rows[i];

        if (unnamed_candidate(planner, row) != planner->request->amount ||
            mt940_date_compare(&row->due_date, &planner->request->value_date) > 0)
            continue;
        if (found)
            return mt940_date_compare(&found->due_date, &row->due_date) == 0 ? NULL : found;
        found = row;
    }
    return found;
}

/* Rows stand in order of due date, so due ones come before undue ones by themselves. */
static int close_unnamed(struct planner *planner)
{
    bool is_whole = planner->plan.rest == planner->request->amount;
    const struct mt940_payment *exact = is_whole && planner->request->dbs ? find_exact(planner) : NULL;

    if (exact)
        return close_row(planner, exact, planner->plan.rest, MT940_CLOSING_EXACT);
    for (size_t i = 0; i < planner->row_count && planner->plan.rest > 0; i++) {
        int64_t open = unnamed_candidate(planner, &planner->rows[i]);
        int status = open > 0 ? close_row(planner, &planner->rows[i], open, MT940_CLOSING_FIFO) : 0;

        if (status != 0)
            return status;
    }
    return 0;
}

static bool goes_on(const struct planner *planner)
{
    if (planner->plan.rest == 0 || planner->request->is_return)
        return false;
    if (planner->plan.count > 0)
        return planner->policy.rest_goes_on && (planner->request->dbs || planner->policy.ordinary_fifo);
    return planner->request->dbs || planner->policy.ordinary_fifo;
}

static int check_arguments(const struct mt940_closing_request *request, const struct mt940_payment *rows, size_t count,
                           const struct mt940_closing *closings, size_t capacity, const struct mt940_closing_plan *plan)
{
    const size_t known = sizeof(*request);

    if (!request || mt940_check_size(request, request->size, known, known) != 0 || request->amount < 0 ||
        (request->invoice_count > 0 && !request->invoices) || (count > 0 && !rows) || (capacity > 0 && !closings) ||
        !plan || mt940_check_size(plan, plan->size, sizeof(*plan), sizeof(*plan)) != 0)
        return MT940_E_ARGUMENT;
    for (size_t i = 1; i < count; i++)
        if (mt940_date_compare(&rows[i - 1].due_date, &rows[i].due_date) > 0)
            return MT940_E_ARGUMENT;
    return request->invoice_count > INVOICES_MOST ? MT940_E_LIMIT : 0;
}

MT940_EXPORT int mt940_closing_plan_make(const struct mt940_dbs_policy *policy,
                                         const struct mt940_closing_request *request, const struct mt940_payment *rows,
                                         size_t row_count, struct mt940_closing *closings, size_t capacity,
                                         struct mt940_closing_plan *plan)
{
    struct planner planner = {.request = request, .rows = rows, .row_count = row_count, .closings = closings,
                              .capacity = capacity};
    int status = check_arguments(request, rows, row_count, closings, capacity, plan);

    if (status == 0)
        status = mt940_dbs_policy_resolve(policy, &planner.policy);
    if (status != 0)
        return status;
    planner.plan.size = sizeof(planner.plan);
    planner.plan.rest = request->amount;
    status = close_named(&planner);
    if (status == 0 && goes_on(&planner))
        status = close_unnamed(&planner);
    if (status == 0)
        *plan = planner.plan;
    return status;
}

MT940_EXPORT int mt940_closing_plan_is_dbs(const struct mt940_closing_plan *plan)
{
    return plan->count > 0 && plan->dbs_count == plan->count;
}

/* Moves the row's paid part towards the amount (1) or back (-1), never below what was paid at opening. */
static int move_paid(const struct mt940_closing *closing, struct mt940_payment *row, int direction)
{
    int64_t low = row->opening_paid < row->amount ? row->opening_paid : row->amount;
    int64_t high = row->opening_paid < row->amount ? row->amount : row->opening_paid;
    int64_t paid;

    if (!mt940_view_equal(&closing->invoice, &row->invoice) || closing->payment != row->line || closing->amount <= 0)
        return MT940_E_ARGUMENT;
    if (closing->state != MT940_DOCUMENT_STATE_ACTIVE)
        return MT940_E_STATE;
    if (!mt940_money_add(row->paid, (row->amount < 0 ? -direction : direction) * closing->amount, &paid) ||
        paid < low || paid > high)
        return MT940_E_RANGE;
    row->paid = paid;
    return 0;
}

MT940_EXPORT int mt940_closing_apply(const struct mt940_closing *closing, struct mt940_payment *row)
{
    return move_paid(closing, row, 1);
}

MT940_EXPORT int mt940_closing_undo(struct mt940_closing *closing, struct mt940_payment *row)
{
    int status = move_paid(closing, row, -1);

    if (status == 0)
        closing->state = MT940_DOCUMENT_STATE_CANCELLED;
    return status;
}

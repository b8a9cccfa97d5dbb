/* SPDX-License-Identifier: Apache-2.0
 *
 * invoice_decide.c: what an invoice event would write and whether it may: rows, effects and
 * figures by the pure room, on what was read. Must not read or write the store.
 */
#include "flow/invoice.h"

void mt940_invoice_notify(struct mt940_invoice_work *work, int32_t message)
{
    struct mt940_dbs_notice *notice = &work->notices[work->notice_count++];

    memset(notice, 0, sizeof *notice);
    notice->message = message;
    notice->outcome = MT940_DBS_BLOCK;
    notice->customer = work->invoice.customer;
    notice->invoice = work->invoice.number;
    notice->currency = work->invoice.currency;
}

/* What the stored invoice must be like for each event. */
static int32_t stands_against(const struct mt940_invoice_work *work)
{
    bool is_new = work->event == MT940_DBS_EVENT_INVOICE || work->event == MT940_DBS_EVENT_SALE_RETURN ||
                  work->event == MT940_DBS_EVENT_OPENING;
    int64_t wanted = work->event == MT940_DBS_EVENT_INVOICE_RESTORE ? MT940_DOCUMENT_STATE_CANCELLED
                                                                    : MT940_DOCUMENT_STATE_ACTIVE;

    if (is_new)
        return work->exists ? MT940_M_INVOICE_EXISTS : work->has_customer ? 0 : MT940_M_UNKNOWN_CUSTOMER;
    if (!work->exists)
        return MT940_M_UNKNOWN_INVOICE;
    if (work->before.state != wanted || work->before.kind != work->invoice.kind)
        return MT940_M_INVOICE_STATE;
    return work->has_customer ? 0 : MT940_M_UNKNOWN_CUSTOMER;
}

/* New rows, from the plan, in instalments, or one. */
static int make_rows(struct mt940_invoice_work *work)
{
    const struct mt940_invoice_request *request = work->request;
    struct mt940_dbs_document document = {.size = sizeof document};
    size_t made = 0;

    document.company = &work->company;
    document.customer = &work->customer;
    document.invoice = &work->invoice;
    document.banks = (const struct mt940_customer_bank *)work->banks.records;
    document.bank_count = work->banks.count;
    document.accounts = (const struct mt940_bank_account *)work->accounts.records;
    document.account_count = work->accounts.count;
    document.rates = (const struct mt940_rate *)work->rates.records;
    document.rate_count = work->rates.count;
    document.plan = request->plan;
    document.plan_count = request->plan_count;
    document.instalments = request->instalments;
    document.interval_months = request->interval_months;
    document.interval_days = request->interval_days;
    document.bank_account = request->bank_account;
    document.branch = request->branch;
    int status = mt940_dbs_rows(&work->flow->dbs, &document, work->rows, work->row_count, &work->row_count,
                                work->notices + work->notice_count, work->notice_capacity - work->notice_count, &made);
    work->notice_count += made;
    return status;
}

/* The rows as they are, in another state; a withdrawn row also in another type. */
static int take_old_rows(struct mt940_invoice_work *work)
{
    int64_t type = work->request->invoice->payment_type, delta;
    int status = 0;

    if (type == MT940_PAYMENT_TYPE_NONE)
        type = MT940_PAYMENT_TYPE_TRANSFER;
    for (size_t i = 0; i < work->row_count && status == 0; i++) {
        work->rows[i] = *(struct mt940_payment *)mt940_found_at(&work->old_rows, i);
        work->rows[i].state = work->invoice.state;
        if (work->event == MT940_DBS_EVENT_WITHDRAWN)
            status = mt940_dbs_row_withdraw(&work->rows[i], type, &delta);
    }
    if (work->event == MT940_DBS_EVENT_WITHDRAWN)
        work->invoice.payment_type = type;
    return status;
}

/* Nothing that is paid may be lost by a change or a cancellation (decision 25). */
static int carry_paid(struct mt940_invoice_work *work)
{
    bool cancels = work->event == MT940_DBS_EVENT_INVOICE_CANCEL;
    size_t refused = 0;
    int status;

    if (!cancels && work->event != MT940_DBS_EVENT_INVOICE_CHANGE)
        return 0;
    status = mt940_dbs_rows_carry((const struct mt940_payment *)work->old_rows.records, work->old_rows.count,
                                  cancels ? NULL : work->rows, cancels ? 0 : work->row_count,
                                  &work->notices[work->notice_count], &refused);
    work->notice_count += refused;
    return status;
}

static int decide_totals(struct mt940_invoice_work *work)
{
    const struct mt940_invoice_request *request = work->request;
    struct mt940_dbs_check check = {.size = sizeof check};
    int status = mt940_dbs_effects_of_invoice(work->event, (const struct mt940_payment *)work->old_rows.records,
                                              work->old_rows.count, work->rows, work->row_count, work->effects,
                                              work->effect_capacity, &work->effect_count);

    check.local_currency = work->company.local_currency;
    check.banks = (const struct mt940_customer_bank *)work->banks.records;
    check.bank_count = work->banks.count;
    check.effects = work->effects;
    check.effect_count = work->effect_count;
    check.consents = request->consents;
    check.consent_count = request->consent_count;
    if (status == 0)
        status = mt940_dbs_decide(&check, work->figures, work->effect_capacity, &work->figure_count, &work->outcome);
    for (size_t i = 0; i < work->figure_count && status == 0; i++)
        work->notice_count += (size_t)mt940_dbs_figure_notice(&work->figures[i], &work->notices[work->notice_count]);
    return status;
}

/* Room for all that can come: two notices a row and one a total, three for the invoice itself. */
static int make_room(struct mt940_invoice_work *work)
{
    const struct mt940_invoice_request *request = work->request;
    struct mt940_arena *scratch = &work->flow->scratch;
    size_t rows = request->plan_count;

    if (request->instalments > 1)
        rows = (size_t)request->instalments;
    rows = rows > 0 ? rows : 1;
    if (rows > MT940_INVOICE_ROWS)
        return mt940_fail(work->flow->error, MT940_E_LIMIT, 0, "too many payment rows for one invoice");
    if (work->event == MT940_DBS_EVENT_INVOICE_CANCEL || work->event == MT940_DBS_EVENT_INVOICE_RESTORE ||
        work->event == MT940_DBS_EVENT_WITHDRAWN)
        rows = work->old_rows.count;
    work->row_count = rows;
    work->effect_capacity = rows + work->old_rows.count + work->old_closings.count + 1;
    work->notice_capacity = MT940_DBS_ROW_NOTICES * rows + work->effect_capacity + 3;
    work->rows = mt940_arena_alloc(scratch, (rows + 1) * sizeof *work->rows);
    work->notices = mt940_arena_alloc(scratch, work->notice_capacity * sizeof *work->notices);
    work->effects = mt940_arena_alloc(scratch, work->effect_capacity * sizeof *work->effects);
    work->figures = mt940_arena_alloc(scratch, work->effect_capacity * sizeof *work->figures);
    return work->rows && work->notices && work->effects && work->figures ? 0 : scratch->status;
}

static int make_document(struct mt940_invoice_work *work)
{
    bool is_made = work->event != MT940_DBS_EVENT_INVOICE_CANCEL && work->event != MT940_DBS_EVENT_INVOICE_RESTORE &&
                   work->event != MT940_DBS_EVENT_WITHDRAWN;
    int status = mt940_invoice_undo_return(work);

    if (status == 0)
        status = is_made ? make_rows(work) : take_old_rows(work);
    if (status == 0)
        status = carry_paid(work);
    work->invoice.affects_risk = mt940_invoice_affects_risk(work->rows, work->row_count);
    return status;
}

int mt940_invoice_decide(struct mt940_invoice_work *work)
{
    int status = make_room(work);
    int32_t message;

    if (status)
        return status;
    work->outcome = MT940_DBS_BLOCK;
    message = stands_against(work);
    if (message) {
        work->row_count = 0;
        mt940_invoice_notify(work, message);
        return 0;
    }
    status = make_document(work);
    if (status)
        return status;
    int32_t verdict = mt940_dbs_verdict(work->notices, work->notice_count, work->request->consents,
                                        work->request->consent_count);
    if (verdict == MT940_DBS_BLOCK)
        return 0;
    status = decide_totals(work);
    if (verdict > work->outcome)
        work->outcome = verdict;
    if (status == 0 && work->invoice.kind == MT940_INVOICE_KIND_SALE_RETURN &&
        work->event != MT940_DBS_EVENT_OPENING && work->invoice.state == MT940_DOCUMENT_STATE_ACTIVE)
        status = mt940_invoice_close_return(work);
    return status;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * invoice.c: events of invoices from the caller's side: read, decide, write, and when another
 * writer was faster read and decide again, a bounded number of times.
 */
#include "flow/invoice.h"

#include "base/export.h"

int32_t mt940_invoice_event(const struct mt940_invoice_request *request)
{
    static const int32_t events[] = {
        [MT940_INVOICE_ADD] = MT940_DBS_EVENT_INVOICE,
        [MT940_INVOICE_CHANGE] = MT940_DBS_EVENT_INVOICE_CHANGE,
        [MT940_INVOICE_CANCEL] = MT940_DBS_EVENT_INVOICE_CANCEL,
        [MT940_INVOICE_RESTORE] = MT940_DBS_EVENT_INVOICE_RESTORE,
        [MT940_INVOICE_WITHDRAW] = MT940_DBS_EVENT_WITHDRAWN,
        [MT940_INVOICE_OPENING] = MT940_DBS_EVENT_OPENING,
    };

    if (request->verb < MT940_INVOICE_ADD || request->verb > MT940_INVOICE_OPENING)
        return 0;
    if (request->verb == MT940_INVOICE_ADD && request->invoice->kind == MT940_INVOICE_KIND_SALE_RETURN)
        return MT940_DBS_EVENT_SALE_RETURN;
    return events[request->verb];
}

int mt940_invoice_check_request(const struct mt940_flow *flow, const struct mt940_invoice_request *request,
                                mt940_invoice_sink sink, struct mt940_error *error)
{
    if (!flow || !sink || !request || mt940_check_size(request, request->size, sizeof *request, sizeof *request) ||
        (request->flags & ~(uint32_t)MT940_INVOICE_CHECK) != 0)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "request: set size and zero the rest");
    if (!request->invoice || request->invoice->number.length == 0)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "request.invoice needs a number");
    if (mt940_invoice_event(request) == 0)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "request.verb");
    if ((request->plan_count > 0 && !request->plan) || (request->consent_count > 0 && !request->consents))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "a count without its array");
    return 0;
}

int mt940_invoice_tell(const struct mt940_invoice_work *work, int32_t saved, mt940_invoice_sink sink, void *sink_user)
{
    struct mt940_invoice_result result = {.size = sizeof result};

    result.outcome = work->outcome;
    result.saved = saved;
    result.invoice = &work->invoice;
    result.rows = work->rows;
    result.row_count = work->row_count;
    result.notices = work->notices;
    result.notice_count = work->notice_count;
    result.figures = work->figures;
    result.figure_count = work->figure_count;
    result.closings = work->closings;
    result.closing_count = work->closing_count;
    return sink(sink_user, &result);
}

/* One try. *again is set when another writer changed what it rested on. */
static int attempt(struct mt940_flow *flow, const struct mt940_invoice_request *request, mt940_invoice_sink sink,
                   void *sink_user, bool *again)
{
    struct mt940_invoice_work *work;
    struct mt940_batch_result result;
    int status;

    *again = false;
    work = mt940_arena_alloc(&flow->scratch, sizeof *work);
    if (!work)
        return flow->scratch.status;
    work->flow = flow;
    work->request = request;
    work->event = mt940_invoice_event(request);
    status = mt940_invoice_read(work);
    if (status == 0)
        status = mt940_invoice_decide(work);
    bool writes = status == 0 && work->outcome == MT940_DBS_PROCEED && !(request->flags & MT940_INVOICE_CHECK);
    if (writes) {
        status = mt940_invoice_write(work, &result);
        *again = status == 0 && result.outcome != MT940_APPLIED;
    }
    if (status == 0 && !*again)
        status = mt940_invoice_tell(work, writes, sink, sink_user);
    mt940_invoice_end(work);
    return status;
}

int mt940_invoice_carry_out(struct mt940_flow *flow, const struct mt940_invoice_request *request,
                            mt940_invoice_sink sink, void *sink_user)
{
    bool again = true;
    int status = 0;

    for (uint32_t tries = 0; status == 0 && again && tries <= flow->retries; tries++) {
        mt940_flow_forget_scratch(flow);
        status = attempt(flow, request, sink, sink_user, &again);
    }
    return status == 0 && again ? MT940_E_CONFLICT : status;
}

MT940_EXPORT int mt940_flow_invoice(struct mt940_flow *flow, const struct mt940_invoice_request *request,
                                    mt940_invoice_sink sink, void *sink_user, struct mt940_error *error)
{
    int status = mt940_invoice_check_request(flow, request, sink, error);

    if (status)
        return status;
    status = mt940_flow_enter(flow, error);
    if (status == 0)
        status = mt940_invoice_carry_out(flow, request, sink, sink_user);
    return mt940_flow_leave(flow, status);
}

MT940_EXPORT int mt940_flow_invoices(struct mt940_flow *flow, const struct mt940_view *customer,
                                     mt940_record_sink sink, void *sink_user, struct mt940_error *error)
{
    struct mt940_invoice from;
    int status;

    if (!flow || !sink)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow or sink");
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    if (customer)
        from.customer = *customer;
    status = mt940_flow_enter(flow, error);
    if (status == 0)
        status = flow->store.scan(flow->store.user, MT940_KIND_INVOICE, customer ? MT940_INVOICE_BY_CUSTOMER : 0,
                                  customer ? 2 : 1, &from, 0, 0, sink, sink_user);
    return mt940_flow_leave(flow, status);
}

MT940_EXPORT int mt940_flow_invoice_rows(struct mt940_flow *flow, const struct mt940_view *number,
                                         mt940_record_sink sink, void *sink_user, struct mt940_error *error)
{
    struct mt940_payment from;
    int status;

    if (!flow || !number || !sink)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, number or sink");
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.invoice = *number;
    status = mt940_flow_enter(flow, error);
    if (status == 0)
        status = flow->store.scan(flow->store.user, MT940_KIND_PAYMENT, 0, 2, &from, 0, 0, sink, sink_user);
    return mt940_flow_leave(flow, status);
}

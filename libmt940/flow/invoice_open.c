/* SPDX-License-Identifier: Apache-2.0
 *
 * invoice_open.c: many openings with few commits. An opening has no ceiling (decision 30), so the
 * ones before it in the group cannot change its decision; where another record did change, the
 * invoice is decided again on its own.
 */
#include "base/export.h"
#include "flow/invoice.h"

enum { group_most = 250 };

/* Some openings on their way into the store; lives in the scratch memory of the call. */
struct group {
    struct mt940_flow *flow;
    struct mt940_invoice_work works[group_most];
    struct mt940_plan plans[group_most];
    struct mt940_plan *written[group_most]; /* those that are handed to the store, in order */
    struct mt940_batch_result results[group_most];
    size_t count, written_count;
};

static int decide(struct group *group, const struct mt940_invoice_request *request)
{
    struct mt940_invoice_work *work = &group->works[group->count++];
    int status;

    work->flow = group->flow;
    work->request = request;
    work->event = mt940_invoice_event(request);
    status = mt940_invoice_read(work);
    if (status == 0)
        status = mt940_invoice_decide(work);
    if (status || work->outcome != MT940_DBS_PROCEED || (request->flags & MT940_INVOICE_CHECK))
        return status;
    mt940_invoice_plan(work, &group->plans[group->count - 1]);
    group->written[group->written_count++] = &group->plans[group->count - 1];
    return 0;
}

static int apply(struct group *group)
{
    if (group->written_count == 0)
        return 0;
    return mt940_plan_apply_all(group->flow, group->written, group->written_count, group->results);
}

/* Tells them in order; `again` are those that met another writer, or a twin in the group. */
static int tell(struct group *group, mt940_invoice_sink sink, void *sink_user, size_t *again, size_t *again_count)
{
    size_t next = 0;
    int status = 0;

    for (size_t i = 0; i < group->count && status == 0; i++) {
        bool is_written = next < group->written_count && group->written[next] == &group->plans[i];
        bool is_applied = is_written && group->results[next].outcome == MT940_APPLIED;

        next += is_written;
        if (is_written && !is_applied)
            again[(*again_count)++] = i;
        else
            status = mt940_invoice_tell(&group->works[i], is_applied, sink, sink_user);
    }
    return status;
}

static int open_group(struct mt940_flow *flow, const struct mt940_invoice_request *requests, size_t count,
                      mt940_invoice_sink sink, void *sink_user)
{
    size_t again[group_most], again_count = 0;
    struct group *group;
    int status = 0;

    mt940_flow_forget_scratch(flow);
    group = mt940_arena_alloc(&flow->scratch, sizeof *group);
    if (!group)
        return flow->scratch.status;
    group->flow = flow;
    for (size_t i = 0; i < count && status == 0; i++)
        status = decide(group, &requests[i]);
    if (status == 0)
        status = apply(group);
    if (status == 0)
        status = tell(group, sink, sink_user, again, &again_count);
    for (size_t i = 0; i < group->written_count; i++)
        mt940_plan_end(group->written[i]);
    for (size_t i = 0; i < group->count; i++)
        mt940_invoice_end(&group->works[i]);
    for (size_t i = 0; i < again_count && status == 0; i++)
        status = mt940_invoice_carry_out(flow, &requests[again[i]], sink, sink_user);
    return status;
}

MT940_EXPORT int mt940_flow_openings(struct mt940_flow *flow, const struct mt940_invoice_request *requests,
                                     size_t count, mt940_invoice_sink sink, void *sink_user, struct mt940_error *error)
{
    int status = 0;

    if (!flow || (count > 0 && !requests))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow or requests");
    for (size_t i = 0; i < count && status == 0; i++) {
        status = mt940_invoice_check_request(flow, &requests[i], sink, error);
        if (status == 0 && requests[i].verb != MT940_INVOICE_OPENING)
            status = mt940_fail(error, MT940_E_ARGUMENT, 0, "requests: openings only");
    }
    if (status)
        return status;
    status = mt940_flow_enter(flow, error);
    for (size_t i = 0; i < count && status == 0; i += group_most) {
        size_t step = count - i < group_most ? count - i : group_most;

        status = open_group(flow, requests + i, step, sink, sink_user);
        if (status == 0)
            status = mt940_flow_step(flow, i + step, count);
    }
    return mt940_flow_leave(flow, status);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * slips.c: stored slips: listing, cancelling, and the DBS mark of a line after saving. Each undo
 * happens exactly once, because it is guarded by the revision of the slip it undoes.
 */
#include "flow/effect.h"
#include "flow/rates.h"

#include "base/export.h"

static int hand_out(struct mt940_flow *flow, const struct mt940_slip *slip, mt940_slip_sink sink, void *sink_user)
{
    struct mt940_stored_slip stored;
    struct mt940_slip_view view;
    int status = mt940_stored_slip_read(flow, &slip->id, &stored);
    if (status == 0) {
        view.size = sizeof view;
        view.slip = &stored.slip;
        view.lines = (const struct mt940_slip_line *)stored.lines.records;
        view.line_count = stored.lines.count;
        view.closings = (const struct mt940_closing *)stored.closings.records;
        view.closing_count = stored.closings.count;
        status = sink(sink_user, &view);
    }
    mt940_stored_slip_end(&stored);
    return status;
}

static bool begins_with(const struct mt940_view *text, const struct mt940_view *beginning)
{
    return text->length >= beginning->length &&
           (beginning->length == 0 || memcmp(text->data, beginning->data, beginning->length) == 0);
}

MT940_EXPORT int mt940_flow_slips(struct mt940_flow *flow, const struct mt940_view *id, mt940_slip_sink sink,
                                  void *sink_user, struct mt940_error *error)
{
    struct mt940_view all = {NULL, 0};
    struct mt940_slip from;
    struct mt940_found slips;
    if (!flow || !sink)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow or sink");
    int status = mt940_flow_enter(flow, error);
    if (status)
        return status;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    status = mt940_ask_scan(flow, MT940_KIND_SLIP, 0, 1, &from, &slips);
    for (size_t i = 0; status == 0 && i < slips.count; i++) {
        const struct mt940_slip *slip = mt940_found_at(&slips, i);
        if (begins_with(&slip->id, id ? id : &all))
            status = hand_out(flow, slip, sink, sink_user);
    }
    mt940_found_free(&slips);
    return mt940_flow_leave(flow, status);
}

/* "verb:slip:revision": a change of a slip in its present state. */
static void begin_plan(struct mt940_plan *plan, struct mt940_flow *flow, const char *verb, const struct mt940_slip *slip)
{
    char text[128], number[40];
    size_t at = strlen(verb), id = slip->id.length < 32 ? slip->id.length : 32;
    int length = mt940_decimal_format(slip->revision, 0, 0, number);
    memcpy(text, verb, at);
    text[at++] = ':';
    memcpy(text + at, slip->id.data, id);
    at += id;
    text[at++] = ':';
    memcpy(text + at, number, (size_t)length);
    mt940_plan_begin(plan, flow, verb, mt940_view_of(text, at + (size_t)length));
}

/* A movement of a cancelled slip can be saved again, under a new slip id. */
static int reset_movement(struct mt940_plan *plan, const struct mt940_view *id)
{
    struct mt940_movement key, movement;
    memset(&key, 0, sizeof key);
    key.company = plan->flow->company;
    key.id = *id;
    if (id->length == 0)
        return 0;
    int status = mt940_ask_get(plan->flow, MT940_KIND_MOVEMENT, &key, &movement);
    if (status)
        return status == MT940_E_NOT_FOUND ? 0 : status;
    int64_t before = movement.state;
    movement.state = movement.fault == MT940_M_SAME_MOVEMENT_DIFFERS ? MT940_MOVEMENT_STATE_CONFLICT
                                                                     : MT940_MOVEMENT_STATE_NOT_SAVED;
    movement.slip = mt940_view_of(NULL, 0);
    movement.attempt++;
    return mt940_effect_movement(plan, &movement, before, NULL);
}

/* A cancelled reversal leaves its original as if it had never been reversed. */
static int restore_original(struct mt940_plan *plan, const struct mt940_slip *slip)
{
    struct mt940_stored_slip original;
    if (slip->reverses.length == 0)
        return 0;
    int status = mt940_stored_slip_read(plan->flow, &slip->reverses, &original);
    if (status == 0)
        status = mt940_effect_close_again(plan, &original);
    if (status == 0) {
        original.slip.reversed_by = mt940_view_of(NULL, 0);
        mt940_plan_put_if(plan, MT940_KIND_SLIP, &original.slip, original.slip.revision);
    }
    mt940_stored_slip_end(&original);
    return status;
}

static int plan_cancel(struct mt940_plan *plan, struct mt940_stored_slip *slip)
{
    struct mt940_slip cancelled = slip->slip;
    int status = mt940_effect_reopen(plan, slip);
    for (size_t i = 0; i < slip->lines.count; i++) {
        const struct mt940_slip_line *line = mt940_found_at(&slip->lines, i);
        mt940_effect_total(plan, line, line->dbs_amount, MT940_DBS_EVENT_COLLECTION_UNDONE, "");
    }
    if (status == 0)
        status = restore_original(plan, &slip->slip);
    if (status == 0)
        status = reset_movement(plan, &slip->slip.movement);
    if (status == 0)
        status = reset_movement(plan, &slip->slip.other_movement);
    cancelled.state = MT940_DOCUMENT_STATE_CANCELLED;
    mt940_plan_put_if(plan, MT940_KIND_SLIP, &cancelled, slip->slip.revision);
    return status;
}

/* The ERP's own slip first: as long as it stands, ours does. */
static int cancel_in_erp(struct mt940_flow *flow, const struct mt940_slip *slip, bool *go)
{
    char key[64], id[256] = "";
    *go = true;
    if (!flow->has_post || !flow->post.cancel)
        return 0;
    (void)mt940_view_copy(&slip->id, key, sizeof key);
    int outcome = flow->post.cancel(flow->post.user, key, id, sizeof id);
    *go = outcome == MT940_POST_DONE || outcome == MT940_POST_ALREADY || outcome == MT940_POST_ABSENT;
    return outcome == MT940_POST_UNKNOWN ? mt940_fail(flow->error, MT940_E_UNKNOWN, 0, "the ERP did not answer") : 0;
}

static int try_cancel(struct mt940_flow *flow, const struct mt940_view *id, int32_t *message)
{
    struct mt940_stored_slip slip;
    struct mt940_plan plan;
    struct mt940_batch_result result;
    bool go = true;
    int status = mt940_stored_slip_read(flow, id, &slip);
    *message = MT940_M_SLIP_CANCELLED;
    if (status == MT940_E_NOT_FOUND || (status == 0 && slip.slip.state != MT940_DOCUMENT_STATE_ACTIVE))
        *message = MT940_M_UNKNOWN_SLIP;
    else if (status == 0 && slip.slip.reversed_by.length)
        *message = MT940_M_SLIP_REVERSED;
    else if (status == 0)
        status = cancel_in_erp(flow, &slip.slip, &go);
    if (!go)
        *message = MT940_M_HOST_REFUSED;
    if (status == MT940_E_NOT_FOUND)
        status = 0;
    if (status == 0 && *message == MT940_M_SLIP_CANCELLED) {
        begin_plan(&plan, flow, "slip-cancel", &slip.slip);
        status = plan_cancel(&plan, &slip);
        if (status == 0)
            status = mt940_plan_apply(&plan, &result);
        if (status == 0 && result.outcome != MT940_APPLIED)
            status = MT940_E_CONFLICT;
        mt940_plan_end(&plan);
    }
    mt940_stored_slip_end(&slip);
    return status;
}

MT940_EXPORT int mt940_flow_slip_cancel(struct mt940_flow *flow, const struct mt940_view *id, int32_t *message,
                                        struct mt940_error *error)
{
    int32_t outcome = 0;
    if (!flow || !id || !message)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, id or message");
    int status = mt940_flow_enter(flow, error);
    if (status)
        return status;
    status = MT940_E_CONFLICT;
    for (uint32_t tries = 0; tries <= flow->retries && status == MT940_E_CONFLICT; tries++)
        status = try_cancel(flow, id, &outcome);
    if (status == 0)
        *message = outcome;
    return mt940_flow_leave(flow, status);
}

static struct mt940_slip_line *customer_line(const struct mt940_stored_slip *slip)
{
    for (size_t i = 0; i < slip->lines.count; i++) {
        struct mt940_slip_line *line = mt940_found_at(&slip->lines, i);
        if (line->kind == MT940_LINE_KIND_CUSTOMER)
            return line;
    }
    return NULL;
}

/*
 * The record a line marked afterwards lowers (decision 23). One that was marked before kept the
 * branch it was settled on, a user's perhaps: that comes first. Else the account's, the matched one's.
 */
static const struct mt940_customer_bank *choose_record(const struct mt940_found *banks,
                                                       const struct mt940_bank_account *account,
                                                       const struct mt940_slip_line *line)
{
    struct mt940_dbs_collection collection;
    int32_t source;
    size_t index;
    memset(&collection, 0, sizeof collection);
    collection.size = sizeof collection;
    collection.banks = (const struct mt940_customer_bank *)banks->records;
    collection.bank_count = banks->count;
    if (account)
        collection.account_branch = account->branch;
    collection.matched_slot = line->slot;
    bool was_settled = line->dbs_currency.length > 0 && line->branch.length > 0;
    if (was_settled)
        collection.chosen_branch = line->branch;
    int status = mt940_dbs_line_record(&collection, &index, &source);
    if (status && was_settled) {
        collection.chosen_branch = mt940_view_of(NULL, 0);
        status = mt940_dbs_line_record(&collection, &index, &source);
    }
    return status ? NULL : &collection.banks[index];
}

/* Sets what the line takes off the record's total, at the rates of the slip's day. */
static int mark_line(struct mt940_flow *flow, const struct mt940_company *company, const struct mt940_slip *slip,
                     const struct mt940_found *banks, const struct mt940_customer_bank *bank,
                     struct mt940_slip_line *line, int32_t *message)
{
    struct mt940_found rates;
    int status = mt940_rates_read(flow, company, &line->currency, line->rate, &slip->date, banks, &rates);
    line->dbs = 1;
    line->dbs_slot = bank->slot;
    line->branch = bank->branch;
    line->dbs_currency = bank->currency.length ? bank->currency : company->local_currency;
    if (status == 0)
        status = mt940_dbs_line_amount(company, bank, line, (const struct mt940_rate *)rates.records, rates.count,
                                       &line->dbs_amount);
    mt940_found_free(&rates);
    if (status == MT940_E_NOT_FOUND)
        status = (*message = MT940_M_NEEDS_RATE, 0);
    return status;
}

static int find_record(struct mt940_flow *flow, const struct mt940_slip *slip, struct mt940_slip_line *line,
                       int32_t *message)
{
    struct mt940_company company;
    const struct mt940_directory *directory;
    struct mt940_found banks;
    struct mt940_customer_bank from;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.customer = line->customer;
    int status = mt940_flow_directory(flow, &directory);
    if (status == 0)
        status = mt940_flow_company(flow, &company);
    if (status)
        return status;
    status = mt940_ask_scan(flow, MT940_KIND_CUSTOMER_BANK, 0, 2, &from, &banks);
    const struct mt940_bank_account *account = mt940_directory_bank_account(directory, &slip->bank_account);
    const struct mt940_customer_bank *bank = status == 0 ? choose_record(&banks, account, line) : NULL;
    if (bank)
        status = mark_line(flow, &company, slip, &banks, bank, line, message);
    else if (status == 0)
        *message = MT940_M_NO_DBS_SLOT;
    mt940_found_free(&banks);
    return status;
}

static int plan_mark(struct mt940_plan *plan, const struct mt940_slip *slip, struct mt940_slip_line *line, int32_t dbs,
                     int32_t *message)
{
    struct mt940_slip_line before = *line;
    if (dbs) {
        int status = find_record(plan->flow, slip, line, message);
        if (status || *message)
            return status;
        mt940_effect_total(plan, line, -line->dbs_amount, MT940_DBS_EVENT_MARK_ON, "");
    } else {
        mt940_effect_total(plan, &before, before.dbs_amount, MT940_DBS_EVENT_MARK_OFF, "");
        line->dbs = 0;
        line->dbs_slot = line->dbs_amount = 0;
    }
    mt940_plan_put_if(plan, MT940_KIND_SLIP_LINE, line, before.revision);
    /* The slip is put unchanged: its revision is the guard of every later mark and cancel. */
    mt940_plan_put_if(plan, MT940_KIND_SLIP, slip, slip->revision);
    return 0;
}

static int try_mark(struct mt940_flow *flow, const struct mt940_view *id, int32_t dbs, int32_t *message)
{
    struct mt940_stored_slip slip;
    struct mt940_plan plan;
    struct mt940_batch_result result;
    int status = mt940_stored_slip_read(flow, id, &slip);
    struct mt940_slip_line *line = status == 0 ? customer_line(&slip) : NULL;
    *message = 0;
    if (status == MT940_E_NOT_FOUND || (status == 0 && (slip.slip.state != MT940_DOCUMENT_STATE_ACTIVE || !line))) {
        *message = MT940_M_UNKNOWN_SLIP;
        status = 0;
    } else if (status == 0 && (slip.slip.reversed_by.length || slip.slip.reverses.length)) {
        *message = MT940_M_SLIP_REVERSED;
    } else if (status == 0 && (line->dbs != 0) != (dbs != 0)) {
        begin_plan(&plan, flow, dbs ? "mark-on" : "mark-off", &slip.slip);
        status = plan_mark(&plan, &slip.slip, line, dbs, message);
        if (status == 0 && !*message)
            status = mt940_plan_apply(&plan, &result);
        if (status == 0 && !*message && result.outcome != MT940_APPLIED)
            status = MT940_E_CONFLICT;
        mt940_plan_end(&plan);
    }
    mt940_stored_slip_end(&slip);
    return status;
}

MT940_EXPORT int mt940_flow_slip_mark(struct mt940_flow *flow, const struct mt940_view *id, int32_t dbs,
                                      int32_t *message, struct mt940_error *error)
{
    int32_t outcome = 0;
    if (!flow || !id || !message)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, id or message");
    int status = mt940_flow_enter(flow, error);
    if (status)
        return status;
    status = MT940_E_CONFLICT;
    for (uint32_t tries = 0; tries <= flow->retries && status == MT940_E_CONFLICT; tries++)
        status = try_mark(flow, id, dbs, &outcome);
    if (status == 0)
        *message = outcome;
    return mt940_flow_leave(flow, status);
}

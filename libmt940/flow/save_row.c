/* SPDX-License-Identifier: Apache-2.0
 *
 * save_row.c: the changes that make a row a slip: header and lines, closings, the DBS total, the
 * row's own state and that of its pair or original; guarded by everything they rest on.
 */
#include "flow/save_row.h"

#include "flow/effect.h"
#include "flow/own_books.h"
#include "flow/row_lesson.h"
#include "flow/slip_id.h"

/* A movement as saved by, or reserved for, `slip`; with the account its statement was resolved to. */
static int plan_movement(struct mt940_plan *plan, const struct mt940_row_frame *frame,
                         const struct mt940_movement *movement, const struct mt940_view *slip, int64_t state)
{
    struct mt940_movement changed = *movement;
    changed.state = state;
    changed.slip = *slip;
    /* What came under another text says so again when the slip is cancelled. */
    if (changed.fault != MT940_M_SAME_MOVEMENT_DIFFERS)
        changed.fault = 0;
    if (frame->account && changed.bank_account.length == 0 &&
        mt940_view_equal(&changed.inbox_item, &frame->item.id) == 1)
        changed.bank_account = frame->account->code;
    return mt940_effect_movement(plan, &changed, movement->state, &frame->item);
}

/* The records of the books the decision rested on, as far as the store keeps them. */
static void expect_books(struct mt940_plan *plan, const struct mt940_row_frame *frame,
                         const struct mt940_judged_row *row)
{
    mt940_row_expect_lessons(plan, row);
    if (frame->flow->books.customers == frame->flow->own_books.customers && row->has_customer)
        mt940_plan_expect(plan, MT940_KIND_CUSTOMER, &row->customer, row->customer.revision);
    if (frame->flow->books.customer_banks != frame->flow->own_books.customer_banks)
        return;
    for (size_t i = 0; i < row->banks.count; i++) {
        const struct mt940_customer_bank *bank = mt940_found_at(&row->banks, i);
        mt940_plan_expect(plan, MT940_KIND_CUSTOMER_BANK, bank, bank->revision);
    }
}

/* The currency in which a line's DBS record counts. */
static struct mt940_view dbs_currency(const struct mt940_row_frame *frame, const struct mt940_judged_row *row,
                                      int64_t slot)
{
    for (size_t i = 0; i < row->banks.count; i++) {
        const struct mt940_customer_bank *bank = mt940_found_at(&row->banks, i);
        if (bank->slot == slot && bank->currency.length)
            return bank->currency;
    }
    return frame->company.local_currency;
}

/* The lines take off the totals what they say. */
static void plan_totals(struct mt940_plan *plan, const struct mt940_slip_proposal *proposal)
{
    for (uint32_t i = 0; i < proposal->line_count; i++)
        mt940_effect_total(plan, &proposal->lines[i], -proposal->lines[i].dbs_amount, MT940_DBS_EVENT_COLLECTION, "");
}

static void plan_lines(struct mt940_plan *plan, const struct mt940_row_frame *frame, struct mt940_judged_row *row,
                       const struct mt940_view *slip)
{
    for (uint32_t i = 0; i < row->proposal.line_count; i++) {
        struct mt940_slip_line *line = &row->proposal.lines[i];
        line->company = frame->flow->company;
        line->slip = *slip;
        line->line = (int64_t)i + 1;
        if (line->dbs_slot)
            line->dbs_currency = dbs_currency(frame, row, line->dbs_slot);
        mt940_plan_put_new(plan, MT940_KIND_SLIP_LINE, line);
    }
}

/* Line number of the customer line: the closings belong to it. */
static int64_t customer_line_number(const struct mt940_slip_proposal *proposal)
{
    for (uint32_t i = 0; i < proposal->line_count; i++)
        if (proposal->lines[i].kind == MT940_LINE_KIND_CUSTOMER)
            return (int64_t)i + 1;
    return 1;
}

static int plan_closings(struct mt940_plan *plan, const struct mt940_row_frame *frame, struct mt940_judged_row *row,
                         const struct mt940_view *slip)
{
    for (size_t i = 0; i < row->plan.count; i++) {
        struct mt940_closing *closing = &row->closings[i];
        closing->company = frame->flow->company;
        closing->slip = *slip;
        closing->line = customer_line_number(&row->proposal);
    }
    return mt940_effect_close(plan, row->closings, row->plan.count,
                              mt940_own_payments(frame->flow) ? &row->payments : NULL);
}

/* The original of a reversal knows what takes it back; so nothing else does. */
static int plan_reversed_by(struct mt940_plan *plan, const struct mt940_row_frame *frame,
                            const struct mt940_slip *slip, const struct mt940_view *by)
{
    struct mt940_slip key, original;
    if (slip->reverses.length == 0)
        return 0;
    memset(&key, 0, sizeof key);
    key.company = frame->flow->company;
    key.id = slip->reverses;
    int status = mt940_ask_get(frame->flow, MT940_KIND_SLIP, &key, &original);
    if (status)
        return status == MT940_E_NOT_FOUND ? MT940_E_CORRUPT : status;
    original.reversed_by = *by;
    mt940_plan_put_if(plan, MT940_KIND_SLIP, &original, original.revision);
    return 0;
}

/*
 * A reversal takes back what its original did: the closings are undone, and the line carries the
 * total's part the other way round, so that the two slips together leave nothing (decision 17).
 */
static int mirror_original(const struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    struct mt940_stored_slip original;
    struct mt940_slip_line *mine = &row->proposal.lines[customer_line_number(&row->proposal) - 1];
    int status = mt940_stored_slip_read(frame->flow, &row->original.id, &original);
    if (status == 0 && original.slip.revision != row->original.revision)
        status = MT940_E_CONFLICT;
    for (size_t i = 0; status == 0 && i < original.lines.count; i++) {
        const struct mt940_slip_line *line = mt940_found_at(&original.lines, i);
        if (line->kind != MT940_LINE_KIND_CUSTOMER || !line->dbs_slot)
            continue;
        mine->dbs = line->dbs;
        mine->dbs_slot = line->dbs_slot;
        mine->dbs_amount = -line->dbs_amount;
        mine->branch = line->branch;
    }
    mt940_stored_slip_end(&original);
    return status;
}

static int plan_reopening(struct mt940_plan *plan, const struct mt940_row_frame *frame, const struct mt940_slip *slip)
{
    struct mt940_stored_slip original;
    if (slip->reverses.length == 0)
        return 0;
    int status = mt940_stored_slip_read(frame->flow, &slip->reverses, &original);
    if (status == 0)
        status = mt940_effect_reopen(plan, &original);
    mt940_stored_slip_end(&original);
    return status;
}

/* The slip that the other side's row wrote for both takes this row, too. */
static int plan_booked(struct mt940_plan *plan, const struct mt940_row_frame *frame, struct mt940_judged_row *row,
                       struct mt940_saved_row *out)
{
    struct mt940_slip slip = row->booked_by;
    slip.other_movement = row->movement.id;
    mt940_plan_put_if(plan, MT940_KIND_SLIP, &slip, row->booked_by.revision);
    out->slip = slip.id;
    out->slip_type = slip.type;
    mt940_save_tell(out, MT940_M_PAIRED, "slip", &out->slip);
    return plan_movement(plan, frame, &row->movement, &slip.id, MT940_MOVEMENT_STATE_SAVED);
}

static void fill_slip(const struct mt940_row_frame *frame, const struct mt940_judged_row *row,
                      const struct mt940_view *id, int64_t state, struct mt940_slip *out)
{
    *out = row->proposal.slip;
    out->company = frame->flow->company;
    out->id = *id;
    out->external_id = mt940_view_of(NULL, 0);
    out->movement = row->movement.id;
    out->of_movement = 1;
    out->other_movement = row->has_other ? row->other.id : mt940_view_of(NULL, 0);
    out->state = state;
    out->reverses = row->has_original && row->proposal.is_reversal ? row->original.id : mt940_view_of(NULL, 0);
    out->actor = frame->flow->actor;
    out->saved_at = frame->flow->now;
}

/* Texts and numbers of the warning outlive the judged row. */
static int tell_saved(const struct mt940_row_frame *frame, const struct mt940_judged_row *row,
                      const struct mt940_slip *slip, struct mt940_saved_row *out)
{
    struct mt940_message_arg *args = mt940_arena_alloc(&frame->flow->scratch, sizeof row->notice_args);
    if (!args)
        return frame->flow->scratch.status;
    memcpy(args, row->notice_args, sizeof row->notice_args);
    out->planned = true;
    out->saved = 1;
    out->slip = slip->id;
    out->slip_type = slip->type;
    out->warning = out->warning ? out->warning : row->warning;
    out->warning_args = args;
    out->warning_arg_count = row->notice.message && out->warning == row->warning ? MT940_DBS_NOTICE_ARGS : 0;
    out->closings = row->closings;
    out->closing_count = row->plan.count;
    mt940_save_tell(out, slip->other_movement.length ? MT940_M_PAIRED : MT940_M_SAVED, "slip", &out->slip);
    return 0;
}

/* The document alone: header, lines, and every record that is taken by it. */
static int plan_document(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                         bool valid, struct mt940_slip *slip)
{
    int64_t state = valid ? MT940_MOVEMENT_STATE_SAVED : MT940_MOVEMENT_STATE_POSTING;
    struct mt940_view id;
    int status = mt940_slip_id(frame->flow, &row->movement, &id);
    if (status)
        return status;
    fill_slip(frame, row, &id, valid ? MT940_DOCUMENT_STATE_ACTIVE : MT940_DOCUMENT_STATE_POSTING, slip);
    if (slip->reverses.length)
        status = mirror_original(frame, row);
    if (status == 0)
        status = plan_reversed_by(plan, frame, slip, &id);
    if (status == 0)
        status = plan_movement(plan, frame, &row->movement, &id, state);
    if (status == 0 && row->has_other)
        status = plan_movement(plan, frame, &row->other, &id, state);
    if (status)
        return status;
    expect_books(plan, frame, row);
    plan_lines(plan, frame, row, &id);
    mt940_plan_put_new(plan, MT940_KIND_SLIP, slip);
    return 0;
}

/* What a slip does once it is valid. */
static int plan_effects(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                        const struct mt940_slip *slip)
{
    int status = plan_reopening(plan, frame, slip);
    if (status == 0)
        status = plan_closings(plan, frame, row, &slip->id);
    plan_totals(plan, &row->proposal);
    return status;
}

int mt940_save_plan(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                    struct mt940_saved_row *out)
{
    struct mt940_slip slip;
    if (row->is_booked)
        return plan_booked(plan, frame, row, out);
    int status = plan_document(plan, frame, row, true, &slip);
    if (status == 0)
        status = plan_effects(plan, frame, row, &slip);
    return status ? status : tell_saved(frame, row, &slip, out);
}

int mt940_save_reserve(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                       struct mt940_saved_row *out)
{
    struct mt940_slip slip;
    int status = plan_document(plan, frame, row, false, &slip);
    mt940_save_tell(out, MT940_M_POSTING_PENDING, NULL, NULL);
    out->slip = slip.id;
    out->slip_type = slip.type;
    out->is_with_erp = true;
    return status;
}

/* Both rows of a reserved slip. */
static int plan_rows_of(struct mt940_plan *plan, const struct mt940_row_frame *frame, const struct mt940_slip *slip,
                        const struct mt940_view *id, int64_t state, int64_t fault)
{
    const struct mt940_view *ids[] = {&slip->movement, &slip->other_movement};
    int status = 0;
    for (size_t i = 0; i < 2 && status == 0; i++) {
        struct mt940_movement key, movement;
        if (ids[i]->length == 0)
            continue;
        memset(&key, 0, sizeof key);
        key.company = frame->flow->company;
        key.id = *ids[i];
        status = mt940_ask_get(frame->flow, MT940_KIND_MOVEMENT, &key, &movement);
        if (status == 0 && movement.state != MT940_MOVEMENT_STATE_POSTING)
            status = MT940_E_CONFLICT;
        if (status == 0 && fault)
            movement.fault = i == 0 ? fault : 0;
        if (status == 0 && fault) {
            int64_t before = movement.state;
            movement.state = i == 0 ? state : MT940_MOVEMENT_STATE_NOT_SAVED;
            movement.slip = *id;
            status = mt940_effect_movement(plan, &movement, before, &frame->item);
        } else if (status == 0) {
            status = plan_movement(plan, frame, &movement, id, state);
        }
    }
    return status;
}

int mt940_save_confirm(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                       const struct mt940_view *external, struct mt940_saved_row *out)
{
    struct mt940_slip slip = row->proposal.slip;
    slip.state = MT940_DOCUMENT_STATE_ACTIVE;
    slip.external_id = *external;
    mt940_plan_put_if(plan, MT940_KIND_SLIP, &slip, slip.revision);
    int status = plan_rows_of(plan, frame, &slip, &slip.id, MT940_MOVEMENT_STATE_SAVED, 0);
    if (status == 0)
        status = plan_effects(plan, frame, row, &slip);
    return status ? status : tell_saved(frame, row, &slip, out);
}

int mt940_save_release(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                       const struct mt940_view *reason, struct mt940_saved_row *out)
{
    static const struct mt940_view nothing = {NULL, 0};
    const struct mt940_slip *slip = &row->proposal.slip;
    for (uint32_t i = 0; i < row->proposal.line_count; i++)
        mt940_plan_delete_if(plan, MT940_KIND_SLIP_LINE, &row->proposal.lines[i], row->proposal.lines[i].revision);
    mt940_plan_delete_if(plan, MT940_KIND_SLIP, slip, slip->revision);
    out->slip = nothing;
    mt940_save_tell(out, MT940_M_HOST_REFUSED, "reason", reason);
    int status = plan_reversed_by(plan, frame, slip, &nothing);
    return status ? status : plan_rows_of(plan, frame, slip, &nothing, MT940_MOVEMENT_STATE_FAILED, MT940_M_HOST_REFUSED);
}

int mt940_save_link(struct mt940_plan *plan, struct mt940_row_frame *frame, const struct mt940_movement *movement,
                    const struct mt940_view *slip_id, struct mt940_saved_row *out)
{
    struct mt940_slip key, slip;
    memset(&key, 0, sizeof key);
    key.company = frame->flow->company;
    key.id = *slip_id;
    if (movement->state == MT940_MOVEMENT_STATE_SAVED) {
        mt940_save_tell(out, MT940_M_ALREADY_SAVED, "slip", &movement->slip);
        return 0;
    }
    int status = mt940_ask_get(frame->flow, MT940_KIND_SLIP, &key, &slip);
    bool taken = status == 0 && (slip.state != MT940_DOCUMENT_STATE_ACTIVE || slip.movement.length);
    if (status == MT940_E_NOT_FOUND || taken) {
        mt940_save_tell(out, MT940_M_UNKNOWN_SLIP, "slip", slip_id);
        return 0;
    }
    if (status)
        return status;
    slip.movement = movement->id;
    mt940_plan_put_if(plan, MT940_KIND_SLIP, &slip, slip.revision);
    out->saved = 1;
    out->slip = slip.id;
    out->slip_type = slip.type;
    mt940_save_tell(out, MT940_M_LINKED, "slip", &out->slip);
    return plan_movement(plan, frame, movement, &slip.id, MT940_MOVEMENT_STATE_SAVED);
}

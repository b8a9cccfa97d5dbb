/* SPDX-License-Identifier: Apache-2.0
 *
 * saving.c: a save reads its statement once: what a user chose is laid over the movements, what a commit stored is
 * brought into them. Must not know what decides on a row.
 */
#include "flow/saving.h"

int mt940_save_refresh(struct mt940_saving *saving)
{
    mt940_row_frame_end(&saving->frame);
    int status = mt940_row_frame_begin(saving->flow, &saving->request->inbox_item, &saving->frame);
    saving->frame.accepted = saving->request->accepted;
    saving->frame.accepted_count = saving->request->accepted_count;
    return status;
}

const struct mt940_row_choice *mt940_save_choice(const struct mt940_saving *saving, int64_t row)
{
    for (size_t i = 0; i < saving->request->choice_count; i++)
        if (saving->request->choices[i].row == row)
            return &saving->request->choices[i];
    return NULL;
}

const struct mt940_movement *mt940_save_stored(const struct mt940_saving *saving, int64_t row)
{
    const struct mt940_movement *movement = mt940_row_frame_movement(&saving->frame, row);
    if (!movement || !saving->frame.plan)
        return movement;
    /* An earlier row of the commit may have saved this one, or the caller named it twice. */
    const struct mt940_movement *pending = mt940_plan_pending(saving->frame.plan, MT940_KIND_MOVEMENT, movement);
    return pending ? pending : movement;
}

/* Applies a user's choice to a movement in memory. */
static void choose(const struct mt940_row_choice *choice, struct mt940_movement *movement)
{
    if (choice->set & MT940_CHOSE_CUSTOMER) {
        movement->customer = choice->customer;
        movement->slot = choice->slot;
        movement->customer_choice = choice->customer.length ? MT940_CHOICE_USER : MT940_CHOICE_NOBODY;
    }
    if (choice->set & MT940_CHOSE_TYPE)
        movement->chosen_type = choice->slip_type;
    if (choice->set & MT940_CHOSE_ACCOUNT)
        movement->counter_account = choice->account;
    if (choice->set & MT940_CHOSE_DBS)
        movement->chosen_dbs = choice->dbs;
    if (choice->set & MT940_CHOSE_DATE)
        movement->chosen_date = choice->date;
}

int mt940_save_read(const struct mt940_saving *saving, int64_t row, struct mt940_movement *out)
{
    const struct mt940_movement *stored = mt940_save_stored(saving, row);
    const struct mt940_row_choice *choice = mt940_save_choice(saving, row);
    if (!stored)
        return MT940_E_NOT_FOUND;
    *out = *stored;
    /* What the ERP may have already is not changed any more. */
    if (choice && out->state != MT940_MOVEMENT_STATE_SAVED && out->state != MT940_MOVEMENT_STATE_POSTING)
        choose(choice, out);
    return 0;
}

int mt940_save_hand_out(struct mt940_saving *saving, const struct mt940_saved_row *row)
{
    struct mt940_save_result result;
    memset(&result, 0, sizeof result);
    result.size = sizeof result;
    result.row = row->row;
    result.message = row->message;
    result.saved = row->saved;
    result.args = row->args;
    result.arg_count = row->arg_count;
    result.slip = row->slip;
    result.slip_type = row->slip_type;
    result.warning = row->warning;
    result.warning_args = row->warning_args;
    result.warning_arg_count = row->warning_arg_count;
    result.closings = row->closings;
    result.closing_count = row->closing_count;
    saving->summary.rows++;
    saving->summary.saved += row->saved != 0;
    saving->summary.already += !row->saved && (row->message == MT940_M_ALREADY_SAVED || row->message == MT940_M_PAIRED);
    saving->summary.refused += !row->saved && row->message != MT940_M_ALREADY_SAVED && row->message != MT940_M_PAIRED &&
                               row->message != MT940_M_INFORMATIONAL;
    return saving->sink ? saving->sink(saving->sink_user, &result) : 0;
}

/* The ids of the slips, for the audit trail; as many as a result holds. */
static int name_result(struct mt940_plan *plan, const struct mt940_saved_row *outs, size_t count)
{
    char *text = mt940_arena_alloc(&plan->flow->scratch, MT940_RESULT_CAPACITY);
    size_t length = 0;
    if (!text)
        return plan->flow->scratch.status;
    for (size_t i = 0; i < count; i++) {
        const struct mt940_view *slip = &outs[i].slip;
        if (!outs[i].planned || slip->length == 0 || length + 1 + slip->length >= MT940_RESULT_CAPACITY)
            continue;
        if (length)
            text[length++] = ' ';
        memcpy(text + length, slip->data, slip->length);
        length += slip->length;
    }
    mt940_plan_result(plan, mt940_view_of(text, length));
    return 0;
}

/* The statement's record counts one row less; the next group need not read it. */
static int keep_item(struct mt940_saving *saving, const struct mt940_plan *plan)
{
    struct mt940_inbox_item *kept = &saving->frame.item;
    const struct mt940_change *change = mt940_plan_find(plan, MT940_KIND_INBOX_ITEM, kept);
    int status = change ? mt940_ask_copy(saving->flow, MT940_KIND_INBOX_ITEM, change->record, kept) : 0;
    if (change)
        kept->revision = change->revision + 1;
    return status;
}

/* The rows of the frame become what the plan made of them, so that the next group need not read them. */
static int keep_movements(struct mt940_saving *saving, const struct mt940_plan *plan)
{
    struct mt940_row_frame *frame = &saving->frame;
    const struct mt940_change *change;
    mt940_row_frame_swap(frame);
    int status = keep_item(saving, plan);
    for (uint32_t i = 0; status == 0 && (change = mt940_plan_each(plan, MT940_KIND_MOVEMENT, &i)) != NULL;) {
        const struct mt940_movement *record = change->record;
        struct mt940_movement *kept = mt940_row_frame_movement(frame, record->row);
        if (kept && mt940_view_equal(&kept->id, &record->id) == 1) {
            status = mt940_ask_copy(saving->flow, MT940_KIND_MOVEMENT, record, kept);
            kept->revision = change->revision + 1;
        }
    }
    for (uint32_t i = 0; (change = mt940_plan_each(plan, MT940_KIND_SLIP, &i)) != NULL;)
        frame->manual_known = frame->manual_known && change->op == MT940_PUT_NEW;
    mt940_row_frame_swap(frame);
    return status;
}

int mt940_save_apply(struct mt940_saving *saving, struct mt940_plan *plan, const struct mt940_saved_row *outs,
                     size_t count)
{
    struct mt940_batch_result result;
    int status = name_result(plan, outs, count);
    if (status || plan->count == 0)
        return status;
    mt940_plan_key(plan);
    status = mt940_plan_apply(plan, &result);
    if (status)
        return status;
    /* ALREADY: another process did just this a moment ago; the next look says so. */
    if (result.outcome != MT940_APPLIED) {
        bool is_change = result.outcome == MT940_CONFLICT && result.change < plan->sorted_count;
        if (is_change && plan->sorted[result.change].op == MT940_EXPECT &&
            plan->sorted[result.change].kind != MT940_KIND_LESSON)
            mt940_flow_refresh(saving->flow); /* the books changed: forget them */
        return MT940_E_CONFLICT;
    }
    return keep_movements(saving, plan);
}

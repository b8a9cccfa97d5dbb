/* SPDX-License-Identifier: Apache-2.0
 *
 * save_group.c: the rows of one commit: each is judged over what the ones before it will have
 * done, then all that can be saved are stored together. A row that is refused adds nothing.
 */
#include "flow/save_group.h"

#include "flow/overlay.h"
#include "flow/row_teach.h"
#include "flow/save_ahead.h"
#include "flow/save_post.h"
#include "flow/save_row.h"
#include "text/argument.h"

static void tell_unknown_row(struct mt940_saved_row *out)
{
    out->message = MT940_M_UNKNOWN_ROW;
    out->args[0] = mt940_argument_number("row", out->row);
    out->arg_count = 1;
}

/* Why a judged row is not saved; the same words as show. */
static void tell_refusal(const struct mt940_judged_row *row, struct mt940_saved_row *out)
{
    out->message = row->message;
    out->slip = row->movement.slip;
    out->slip_type = row->proposal.slip.type;
    memcpy(out->args, row->args, sizeof out->args);
    out->arg_count = row->arg_count;
}

/* The ERP may have it already, as it was handed over: it is asked, and nothing is decided anew. */
static void tell_posting(const struct mt940_saving *saving, const struct mt940_movement *movement,
                         struct mt940_saved_row *out)
{
    mt940_save_tell(out, MT940_M_POSTING_PENDING, NULL, NULL);
    out->slip = movement->slip;
    out->is_with_erp = out->was_with_erp = saving->flow->has_post;
    if (mt940_save_choice(saving, out->row))
        out->warning = MT940_M_POSTING_UNCHANGED;
}

/*
 * Before the ERP is asked about a reserved slip again the slip gets another revision: who reserved it may be alive,
 * and about to take a refusal for the last word on what the ERP takes from us now.
 */
static int take_over(const struct mt940_saving *saving, struct mt940_plan *plan, const struct mt940_movement *movement)
{
    struct mt940_slip key, slip;
    memset(&key, 0, sizeof key);
    key.company = saving->flow->company;
    key.id = movement->slip;
    int status = mt940_ask_get(saving->flow, MT940_KIND_SLIP, &key, &slip);
    if (status)
        return status == MT940_E_NOT_FOUND ? MT940_E_CONFLICT : status; /* settled since the row was read */
    if (slip.state == MT940_DOCUMENT_STATE_POSTING)
        mt940_plan_put_if(plan, MT940_KIND_SLIP, &slip, slip.revision);
    return 0;
}

static int plan_judged(struct mt940_saving *saving, struct mt940_plan *plan, const struct mt940_movement *movement,
                       struct mt940_saved_row *out)
{
    int status = mt940_save_judge(saving, movement);
    if (status)
        return status;
    if (saving->row->message) {
        tell_refusal(saving->row, out);
        return 0;
    }
    out->planned = true;
    if (saving->flow->has_post && !saving->row->is_booked)
        return mt940_save_reserve(plan, &saving->frame, saving->row, out);
    return mt940_save_plan(plan, &saving->frame, saving->row, out);
}

static bool is_fixed(const struct mt940_movement *movement)
{
    return movement->state == MT940_MOVEMENT_STATE_SAVED || movement->state == MT940_MOVEMENT_STATE_POSTING;
}

/* A choice is remembered also when the row cannot be saved yet. */
static void remember_choice(struct mt940_plan *plan, const struct mt940_row_choice *choice,
                            const struct mt940_movement *movement)
{
    if (choice && (choice->set & ~(uint32_t)MT940_CHOSE_LINK) && !is_fixed(movement))
        mt940_plan_put_if(plan, MT940_KIND_MOVEMENT, movement, movement->revision);
}

/* A link says which slip the row is, not whose money moved. */
static bool teaches(const struct mt940_row_choice *choice, const struct mt940_movement *movement)
{
    return choice && (choice->set & MT940_CHOSE_CUSTOMER) && !(choice->set & MT940_CHOSE_LINK) && !is_fixed(movement);
}

static int plan_row(struct mt940_saving *saving, struct mt940_plan *plan, struct mt940_saved_row *out)
{
    const struct mt940_row_choice *choice = mt940_save_choice(saving, out->row);
    const struct mt940_movement *stored = mt940_save_stored(saving, out->row);
    struct mt940_movement movement;
    int status = mt940_save_read(saving, out->row, &movement);
    if (status == MT940_E_NOT_FOUND) {
        tell_unknown_row(out);
        return 0;
    }
    if (status == 0 && movement.state == MT940_MOVEMENT_STATE_POSTING) {
        tell_posting(saving, &movement, out);
        status = out->is_with_erp ? take_over(saving, plan, &movement) : 0;
    } else if (status == 0 && choice && (choice->set & MT940_CHOSE_LINK)) {
        status = mt940_save_link(plan, &saving->frame, &movement, &choice->link, out);
        out->planned = out->saved != 0;
    } else if (status == 0) {
        status = plan_judged(saving, plan, &movement, out);
    }
    if (status == 0 && !out->planned)
        remember_choice(plan, choice, &movement);
    if (status == 0 && teaches(choice, &movement))
        status = mt940_row_learn(plan, &saving->frame, saving->row, stored, &movement);
    return status;
}

static bool is_refused(const struct mt940_saved_row *out)
{
    return !out->planned && out->message != MT940_M_ALREADY_SAVED && out->message != MT940_M_INFORMATIONAL;
}

static int plan_rows(struct mt940_saving *saving, struct mt940_plan *plan, struct mt940_saved_row *outs, size_t count)
{
    struct mt940_overlay overlay;
    size_t seen = 0;
    int status = 0;
    mt940_overlay_begin(&overlay, saving->flow, plan);
    saving->frame.plan = plan;
    for (size_t i = 0; i < count && status == 0; i++) {
        if (i == seen && count > 1) {
            status = mt940_save_ahead(saving, &outs[i], count - i, &seen);
            seen += i;
        }
        if (status == 0)
            status = plan_row(saving, plan, &outs[i]);
    }
    mt940_save_ahead_end(saving);
    saving->frame.plan = NULL;
    mt940_overlay_end(&overlay);
    return status;
}

/* Tells every row; those that could have been saved are held back by the refused ones. */
static int hand_out_all(struct mt940_saving *saving, struct mt940_saved_row *outs, size_t count, bool held_back)
{
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++) {
        if (held_back && outs[i].planned) {
            outs[i].saved = 0;
            outs[i].slip.length = 0;
            mt940_save_tell(&outs[i], MT940_M_NOT_SAVED_OTHERS_FAILED, NULL, NULL);
        }
        status = mt940_save_hand_out(saving, &outs[i]);
    }
    return status;
}

int mt940_save_group(struct mt940_saving *saving, const int64_t *rows, size_t count, bool all_or_nothing)
{
    struct mt940_saved_row *outs = mt940_arena_alloc(&saving->flow->scratch, (count + 1) * sizeof *outs);
    struct mt940_plan plan;
    bool held_back = false;
    if (!outs)
        return saving->flow->scratch.status;
    for (size_t i = 0; i < count; i++)
        outs[i].row = rows[i];
    mt940_plan_begin(&plan, saving->flow, "save", mt940_view_of(NULL, 0));
    int status = plan_rows(saving, &plan, outs, count);
    for (size_t i = 0; i < count; i++)
        held_back = held_back || (all_or_nothing && is_refused(&outs[i]));
    if (status == 0 && !held_back)
        status = mt940_save_apply(saving, &plan, outs, count);
    mt940_plan_end(&plan);
    if (status == 0 && saving->flow->has_post)
        status = mt940_save_post(saving, outs, count);
    return status ? status : hand_out_all(saving, outs, count, held_back);
}

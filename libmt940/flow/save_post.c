/* SPDX-License-Identifier: Apache-2.0
 *
 * save_post.c: the posting port: an ERP that numbers its own slips cannot join our transaction.
 * Rows were reserved before, with their slips as they are handed over; now the ERP is asked under
 * keys that never change, outside of any transaction, and its answers are stored together.
 * Whatever dies in between, the next save asks the ERP by key before it posts anything, and what
 * it says counts for the slip that was handed over, not for one decided anew (decision 18).
 */
#include "flow/save_post.h"

#include "flow/overlay.h"
#include "flow/save_ahead.h"
#include "flow/save_row.h"
#include "flow/slip_id.h"

enum { external_id_capacity = 256 };

/* Asks the ERP: what it may have is looked up before it is put (again). */
static int ask_erp(struct mt940_flow *flow, const struct mt940_judged_row *row, bool was_there, char *external)
{
    const struct mt940_post *post = &flow->post;
    const struct mt940_slip *slip = &row->proposal.slip;
    struct mt940_posting posting = {sizeof posting, slip, row->proposal.lines, row->proposal.line_count};
    char key[MT940_SLIP_ID_CAPACITY];
    int outcome = MT940_POST_ABSENT;
    (void)mt940_view_copy(&slip->id, key, sizeof key);
    external[0] = '\0';
    if (was_there)
        outcome = post->find(post->user, key, external, external_id_capacity);
    if (outcome == MT940_POST_ABSENT) {
        external[0] = '\0';
        outcome = post->put(post->user, &posting, key, external, external_id_capacity);
    }
    external[external_id_capacity - 1] = '\0';
    return outcome;
}

static int post_row(struct mt940_saving *saving, struct mt940_plan *plan, struct mt940_saved_row *out)
{
    struct mt940_flow *flow = saving->flow;
    char external[external_id_capacity];
    struct mt940_movement movement;
    struct mt940_view text;
    int status = mt940_save_read(saving, out->row, &movement);
    /* The other side of a transfer, or the same row twice: its answer came with an earlier one. */
    if (status == 0 && movement.state == MT940_MOVEMENT_STATE_SAVED) {
        mt940_save_tell(out, MT940_M_ALREADY_SAVED, "slip", &movement.slip);
        return 0;
    }
    if (status == 0 && movement.state == MT940_MOVEMENT_STATE_POSTING)
        status = mt940_save_judge(saving, &movement);
    if (status || movement.state != MT940_MOVEMENT_STATE_POSTING)
        return status;
    int outcome = ask_erp(flow, saving->row, out->was_with_erp, external);
    mt940_view_from_string(external, &text);
    status = mt940_arena_view(&flow->scratch, &text, &text);
    if (status == 0 && (outcome == MT940_POST_DONE || outcome == MT940_POST_ALREADY))
        return mt940_save_confirm(plan, &saving->frame, saving->row, &text, out);
    if (status == 0 && outcome == MT940_POST_REFUSED)
        return mt940_save_release(plan, &saving->frame, saving->row, &text, out);
    return status;
}

int mt940_save_post(struct mt940_saving *saving, struct mt940_saved_row *outs, size_t count)
{
    struct mt940_plan plan;
    struct mt940_overlay overlay;
    int status = 0;
    mt940_plan_begin(&plan, saving->flow, "post", mt940_view_of(NULL, 0));
    mt940_overlay_begin(&overlay, saving->flow, &plan);
    saving->frame.plan = &plan;
    for (size_t i = 0; i < count && status == 0; i++)
        if (outs[i].is_with_erp)
            status = post_row(saving, &plan, &outs[i]);
    saving->frame.plan = NULL;
    mt940_overlay_end(&overlay);
    /* What the ERP answered up to a failure is stored all the same. */
    int stored = status == MT940_E_CONFLICT ? status : mt940_save_apply(saving, &plan, outs, count);
    mt940_plan_end(&plan);
    return status ? status : stored;
}

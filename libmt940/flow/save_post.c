/* SPDX-License-Identifier: Apache-2.0
 *
 * save_post.c: the posting port: an ERP that numbers its own slips cannot join our transaction.
 * The row is first marked as posting, then the ERP is asked under a key that never changes, then
 * everything is stored together. Whatever dies in between, the next save asks the ERP by that key
 * before it posts anything (decision 18).
 */
#include "flow/save.h"

/* Stores the row's state alone; a later save goes on from there. */
static int store_state(struct mt940_row_frame *frame, struct mt940_movement *movement, const char *verb,
                       struct mt940_view key)
{
    struct mt940_plan plan;
    struct mt940_batch_result result;
    char text[96], number[40];
    size_t at = strlen(verb);
    int length = mt940_decimal_format(movement->revision, 0, 0, number);
    memcpy(text, verb, at);
    text[at++] = ':';
    memcpy(text + at, key.data, key.length);
    at += key.length;
    text[at++] = ':';
    memcpy(text + at, number, (size_t)length);
    mt940_plan_begin(&plan, frame->flow, verb, mt940_view_of(text, at + (size_t)length));
    int status = mt940_effect_movement(&plan, movement, movement->revision);
    if (status == 0)
        status = mt940_plan_apply(&plan, &result);
    mt940_plan_end(&plan);
    if (status == 0 && result.outcome != MT940_APPLIED)
        return MT940_E_CONFLICT;
    movement->revision += status == 0;
    return status;
}

/* Asks the ERP: what is pending is looked up before it is put (again). */
static int ask_erp(struct mt940_row_frame *frame, struct mt940_judged_row *row, const char *key, bool pending,
                   char *external)
{
    const struct mt940_post *post = &frame->flow->post;
    struct mt940_posting posting = {sizeof posting, &row->proposal.slip, row->proposal.lines, row->proposal.line_count};
    int outcome = MT940_POST_ABSENT;
    external[0] = '\0';
    if (pending)
        outcome = post->find(post->user, key, external, MT940_EXTERNAL_ID_CAPACITY);
    if (outcome == MT940_POST_ABSENT)
        outcome = post->put(post->user, &posting, key, external, MT940_EXTERNAL_ID_CAPACITY);
    external[MT940_EXTERNAL_ID_CAPACITY - 1] = '\0';
    return outcome;
}

int mt940_save_post(struct mt940_row_frame *frame, struct mt940_judged_row *row, struct mt940_saved_row *out,
                    char external[MT940_EXTERNAL_ID_CAPACITY], bool *go)
{
    struct mt940_view id, reason;
    char key[MT940_SLIP_ID_CAPACITY];
    bool pending = row->movement.state == MT940_MOVEMENT_STATE_POSTING;
    *go = false;
    int status = mt940_save_slip_id(frame->flow, &row->movement, &id);
    if (status == 0 && !pending) {
        row->movement.state = MT940_MOVEMENT_STATE_POSTING;
        status = store_state(frame, &row->movement, "posting", id);
    }
    if (status)
        return status;
    (void)mt940_view_copy(&id, key, sizeof key);
    row->proposal.slip.id = id;
    int outcome = ask_erp(frame, row, key, pending, external);
    if (outcome == MT940_POST_DONE || outcome == MT940_POST_ALREADY) {
        *go = true;
        return 0;
    }
    if (outcome != MT940_POST_REFUSED) {
        mt940_save_tell(out, MT940_M_POSTING_PENDING, NULL, NULL);
        return 0;
    }
    row->movement.state = MT940_MOVEMENT_STATE_FAILED;
    row->movement.fault = MT940_M_HOST_REFUSED;
    struct mt940_view text;
    mt940_view_from_string(external, &text);
    status = mt940_arena_view(&frame->flow->scratch, &text, &reason);
    mt940_save_tell(out, MT940_M_HOST_REFUSED, "reason", &reason);
    return status ? status : store_state(frame, &row->movement, "refused", id);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * row_lesson.c: what a person's choices taught of movements like this one. Must not teach anything: row_teach.c.
 */
#include "flow/row_lesson.h"

static int64_t side_of(const struct mt940_movement *movement)
{
    return movement->amount < 0 ? MT940_SIDE_DEBIT : MT940_SIDE_CREDIT;
}

void mt940_row_lesson_key(const struct mt940_row_frame *frame, const struct mt940_movement *movement,
                          const struct mt940_lesson_key *key, struct mt940_lesson *out)
{
    memset(out, 0, sizeof *out);
    out->company = frame->flow->company;
    out->bank_account = frame->account->code;
    out->side = side_of(movement);
    out->basis = key->basis;
    out->value = mt940_view_of(key->value, key->length);
}

static int see_one(void *user, const void *record)
{
    (void)record;
    *(bool *)user = true;
    return 0;
}

/* Companies that learned nothing of this account pay one look a statement, not one a row. */
static int look_for_any(struct mt940_row_frame *frame)
{
    const struct mt940_store *store = &frame->flow->store;
    struct mt940_lesson from;
    if (frame->lessons_known)
        return 0;
    memset(&from, 0, sizeof from);
    from.company = frame->flow->company;
    from.bank_account = frame->account->code;
    int status = store->scan(store->user, MT940_KIND_LESSON, 0, 2, &from, 0, 1, see_one, &frame->has_lessons);
    frame->lessons_known = status == 0;
    return status;
}

int mt940_row_lesson_keys(const struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    row->lesson_keys.size = sizeof row->lesson_keys;
    row->lesson_keys.count = 0;
    if (!frame->account || row->movement.amount == 0)
        return 0;
    return mt940_lesson_keys_read(frame->directory, &row->facts, &row->lesson_keys);
}

int mt940_row_read_lessons(struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    struct mt940_flow *flow = frame->flow;
    mt940_found_free(&row->lessons);
    mt940_found_init(&row->lessons, flow, MT940_KIND_LESSON);
    row->lesson_keys.count = 0;
    if (row->movement.customer_choice == MT940_CHOICE_USER) /* stays, whatever was learned */
        return 0;
    int status = frame->account ? look_for_any(frame) : 0;
    if (status == 0 && frame->has_lessons)
        status = mt940_row_lesson_keys(frame, row);
    for (uint32_t i = 0; status == 0 && i < row->lesson_keys.count; i++) {
        struct mt940_lesson from;
        mt940_row_lesson_key(frame, &row->movement, &row->lesson_keys.key[i], &from);
        status = mt940_found_end(&row->lessons, flow->store.scan(flow->store.user, MT940_KIND_LESSON, 0, 5, &from, 0, 0,
                                                                 mt940_found_add, &row->lessons));
    }
    return status;
}

void mt940_row_expect_lessons(struct mt940_plan *plan, const struct mt940_judged_row *row)
{
    if (row->match.choice != MT940_CHOICE_AUTOMATIC)
        return;
    for (size_t i = 0; i < row->lessons.count; i++) {
        const struct mt940_lesson *lesson = mt940_found_at(&row->lessons, i);
        mt940_plan_expect(plan, MT940_KIND_LESSON, lesson, lesson->revision);
    }
}

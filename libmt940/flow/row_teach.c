/* SPDX-License-Identifier: Apache-2.0
 *
 * row_teach.c: lessons out of a choice. They go into the batch that stores the choice: neither is ever there without
 * the other. Only a person's choice comes here.
 */
#include "flow/row_teach.h"

#include "flow/row_lesson.h"
#include "flow/row_match.h"

/* One lesson of a choice, as it will stand. */
static int teach(struct mt940_plan *plan, const struct mt940_row_frame *frame, const struct mt940_movement *movement,
                 const struct mt940_lesson_key *key, const struct mt940_view *customer, int32_t event)
{
    struct mt940_flow *flow = frame->flow;
    struct mt940_lesson wanted, lesson;
    mt940_row_lesson_key(frame, movement, key, &wanted);
    wanted.customer = *customer;
    int status = mt940_ask_get(flow, MT940_KIND_LESSON, &wanted, &lesson);
    bool is_new = status == MT940_E_NOT_FOUND;
    if (is_new && event == MT940_LESSON_TAKEN_BACK)
        return 0;
    if (is_new)
        lesson = wanted;
    else if (status)
        return status;
    status = mt940_lesson_teach(&flow->lessons, event, flow->now, &lesson);
    lesson.movement = movement->id;
    lesson.actor = flow->actor;
    if (status == 0 && is_new)
        mt940_plan_put_new(plan, MT940_KIND_LESSON, &lesson);
    else if (status == 0)
        mt940_plan_put_if(plan, MT940_KIND_LESSON, &lesson, lesson.revision);
    return status;
}

/* Whom the library would have proposed had nobody chosen; empty = nobody in particular. */
static struct mt940_view proposed(const struct mt940_match *match)
{
    if (match->decision == MT940_MATCH_AUTO)
        return match->customer;
    if (match->decision == MT940_MATCH_SUGGEST && match->candidate_count > 0)
        return match->candidates[0].customer;
    return mt940_view_of(NULL, 0);
}

/* Whoever was proposed, or would have been but for somebody else, was refused by this choice. */
static int refuse(struct mt940_plan *plan, const struct mt940_row_frame *frame, const struct mt940_judged_row *row,
                  const struct mt940_view *chosen)
{
    const struct mt940_lesson_key *key = &row->lesson_keys.key[0];
    struct mt940_view value = mt940_view_of(key->value, key->length), rival = proposed(&row->match);
    int status = 0;
    if (rival.length && mt940_view_equal(&rival, chosen) != 1)
        status = teach(plan, frame, &row->movement, key, &rival, MT940_LESSON_REJECTED);
    for (size_t i = 0; status == 0 && i < row->lessons.count; i++) {
        const struct mt940_lesson *lesson = mt940_found_at(&row->lessons, i);
        struct mt940_lesson_worth worth = {.size = sizeof worth};
        if (lesson->basis != key->basis || mt940_view_equal(&lesson->value, &value) != 1 ||
            mt940_view_equal(&lesson->customer, chosen) == 1 || mt940_view_equal(&lesson->customer, &rival) == 1)
            continue;
        status = mt940_lesson_weigh(&frame->flow->lessons, lesson, frame->flow->now, &worth);
        if (status == 0 && worth.decides)
            status = teach(plan, frame, &row->movement, key, &lesson->customer, MT940_LESSON_REJECTED);
    }
    return status;
}

int mt940_row_learn(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                    const struct mt940_movement *stored, const struct mt940_movement *movement)
{
    bool was_chosen = stored->customer_choice == MT940_CHOICE_USER;
    bool is_chosen = movement->customer_choice == MT940_CHOICE_USER;
    if (!frame->account || (!was_chosen && !is_chosen) ||
        (was_chosen && is_chosen && mt940_view_equal(&stored->customer, &movement->customer) == 1))
        return 0;
    row->movement = *movement;
    row->movement.customer_choice = MT940_CHOICE_NOBODY;
    row->movement.customer.length = 0;
    int status = mt940_row_match(frame, row);
    if (status == 0)
        status = mt940_row_lesson_keys(frame, row);
    for (uint32_t i = 0; status == 0 && i < row->lesson_keys.count; i++) {
        const struct mt940_lesson_key *key = &row->lesson_keys.key[i];
        if (was_chosen)
            status = teach(plan, frame, movement, key, &stored->customer, MT940_LESSON_TAKEN_BACK);
        if (status == 0 && is_chosen)
            status = teach(plan, frame, movement, key, &movement->customer, MT940_LESSON_CONFIRMED);
    }
    if (status == 0 && is_chosen && !was_chosen && row->lesson_keys.count)
        status = refuse(plan, frame, row, &movement->customer);
    frame->has_lessons = frame->has_lessons || row->lesson_keys.count;
    return status;
}

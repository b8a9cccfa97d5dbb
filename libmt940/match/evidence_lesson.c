/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_lesson.c: evidence by what a person's choices taught (matching.md §3.1, evidence 6),
 * and the customers a person refused. Collects; decides nothing.
 */
#include "match/match.h"

#include "match/directory_find.h"
#include "match/directory_layer.h"

/* Number of the key of the movement that a lesson is about, -1 for none. */
static int key_of(const struct mt940_match_input *input, const struct mt940_lesson *lesson)
{
    const struct mt940_lesson_keys *keys = input->lesson_keys;
    int64_t side = input->sign < 0 ? MT940_SIDE_DEBIT : MT940_SIDE_CREDIT;

    if (input->sign == 0 || lesson->side != side || !mt940_view_equal(&lesson->bank_account, &input->own_account))
        return -1;
    for (uint32_t i = 0; i < keys->count && i < MT940_LESSON_KEYS; i++) {
        struct mt940_view value = mt940_view_of(keys->key[i].value, keys->key[i].length);

        if (lesson->basis == keys->key[i].basis && mt940_view_equal(&lesson->value, &value))
            return (int)i;
    }
    return -1;
}

static int32_t message_of(int64_t basis)
{
    return basis == MT940_LESSON_BASIS_IBAN   ? MT940_M_EVIDENCE_MEMORY_IBAN
           : basis == MT940_LESSON_BASIS_NAME ? MT940_M_EVIDENCE_MEMORY_NAME
                                              : MT940_M_EVIDENCE_MEMORY_TEXT;
}

/* Where the key stands in the text. */
static struct mt940_fact place_of(const struct mt940_facts *facts, const struct mt940_lesson *lesson)
{
    struct mt940_fact nowhere = {{NULL, 0}, MT940_FACT_NOWHERE, 0};

    if (lesson->basis == MT940_LESSON_BASIS_NAME)
        return facts->name;
    for (uint32_t i = 0; lesson->basis == MT940_LESSON_BASIS_IBAN && i < facts->iban_count; i++)
        if (mt940_view_is(lesson->value, facts->ibans[i].canonical))
            return facts->ibans[i].where;
    return nowhere;
}

/* A customer whom the first key remembers is not told once more by the second. */
static bool is_said(const struct mt940_match_state *state, const struct mt940_directory_hit *hit)
{
    for (uint32_t i = 0; i < state->working_count; i++)
        for (uint32_t k = 0; k < state->working[i].item_count; k++)
            if (state->items[state->working[i].items[k]].evidence.kind == MT940_EVIDENCE_MEMORY &&
                mt940_view_equal(&state->working[i].hit.customer, &hit->customer))
                return true;
    return false;
}

/* Pieces of this kind: a key that more customers share tells nothing apart. */
#define LESSONS 8

static void add_lesson(struct mt940_match_state *state, const struct mt940_lesson *lesson, bool first, bool decides)
{
    struct mt940_lesson_worth worth = {.size = sizeof(worth)};
    int64_t number = mt940_directory_customer_number(state->directory, &lesson->customer);
    struct mt940_fact where = place_of(state->facts, lesson);
    struct mt940_directory_hit hit;
    struct mt940_match_item *item;

    if (number < 0 || mt940_lesson_weigh(state->input->lesson_policy, lesson, state->input->now, &worth) != MT940_OK ||
        worth.weight == 0 || (first && worth.decides != 0) != decides)
        return;
    mt940_directory_fill_hit(state->directory, (uint32_t)number, &hit);
    if (is_said(state, &hit) || state->lesson_count == LESSONS)
        return;
    item = mt940_match_add_item(state, MT940_EVIDENCE_MEMORY, worth.weight, message_of(lesson->basis),
                                decides);
    if (!item)
        return;
    state->lesson_count++;
    mt940_match_place(item, &where, lesson->value);
    item->evidence.count = (uint32_t)(lesson->confirmed < INT32_MAX ? lesson->confirmed : INT32_MAX);
    mt940_match_add_hits(state, item, &hit, 1, 1);
}

/* The first key of the movement may decide, the other only suggests; those that decide come first. */
void mt940_match_collect_lessons(struct mt940_match_state *state)
{
    const struct mt940_match_input *input = state->input;

    if (!input->lesson_keys)
        return;
    for (int turn = 0; turn < 1 + MT940_LESSON_KEYS; turn++)
        for (size_t i = 0; i < input->lesson_count; i++) {
            int key = key_of(input, &input->lessons[i]);

            if (key >= 0 && key == (turn < 2 ? 0 : turn - 1))
                add_lesson(state, &input->lessons[i], key == 0, turn == 0);
        }
}

/* A person's choice and a rule of the host stand above an earlier refusal. */
static bool is_named(const struct mt940_match_state *state, uint32_t at)
{
    for (uint32_t k = 0; k < state->working[at].item_count; k++) {
        int32_t kind = state->items[state->working[at].items[k]].evidence.kind;

        if (kind == MT940_EVIDENCE_USER || kind == MT940_EVIDENCE_RULE)
            return true;
    }
    return false;
}

uint64_t mt940_match_rejected(const struct mt940_match_state *state)
{
    const struct mt940_match_input *input = state->input;
    uint64_t rejected = 0;

    for (size_t i = 0; input->lesson_keys && i < input->lesson_count; i++) {
        struct mt940_lesson_worth worth = {.size = sizeof(worth)};

        if (key_of(input, &input->lessons[i]) != 0 ||
            mt940_lesson_weigh(input->lesson_policy, &input->lessons[i], input->now, &worth) != MT940_OK ||
            !worth.refused)
            continue;
        for (uint32_t at = 0; at < state->working_count; at++)
            if (mt940_view_equal(&state->working[at].hit.customer, &input->lessons[i].customer) && !is_named(state, at))
                rejected |= UINT64_C(1) << at;
    }
    return rejected;
}

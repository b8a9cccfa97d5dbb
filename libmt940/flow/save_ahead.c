/* SPDX-License-Identifier: Apache-2.0
 *
 * save_ahead.c: looks some rows ahead: whom each concerns is found out first, and then all their customers are asked
 * for in one call of the books. A row is judged in its turn, and recognised again when an earlier one changed what it
 * was recognised by.
 */
#include "flow/save_ahead.h"

#include "flow/row_judge.h"
#include "flow/row_match.h"

int mt940_save_ahead_begin(struct mt940_saving *saving, size_t rows)
{
    struct mt940_row_ahead *ahead = &saving->frame.ahead;
    if (rows < 2 || saving->ahead_capacity)
        return 0;
    saving->ahead = mt940_memory_alloc(&saving->flow->memory, MT940_ROW_AHEAD * sizeof *saving->ahead);
    if (!saving->ahead)
        return MT940_E_MEMORY;
    saving->ahead_capacity = MT940_ROW_AHEAD;
    memset(ahead, 0, sizeof *ahead);
    return 0;
}

static void forget(struct mt940_saving *saving)
{
    for (size_t i = 0; i < saving->ahead_count; i++)
        mt940_row_end(&saving->ahead[i].row);
    saving->ahead_count = 0;
    mt940_row_ahead_end(&saving->frame.ahead);
}

void mt940_save_ahead_end(struct mt940_saving *saving)
{
    forget(saving);
    if (saving->row != saving->own_row)
        saving->row = saving->own_row;
}

void mt940_save_ahead_free(struct mt940_saving *saving)
{
    mt940_save_ahead_end(saving);
    mt940_memory_free(&saving->flow->memory, saving->ahead, saving->ahead_capacity * sizeof *saving->ahead);
    saving->ahead = NULL;
    saving->ahead_capacity = 0;
}

static const void *pending_of(const struct mt940_saving *saving, int32_t kind, const void *record)
{
    return saving->frame.plan ? mt940_plan_pending(saving->frame.plan, kind, record) : NULL;
}

/* Rows that are judged by more than what they are, or not at all, wait for their turn. */
static bool is_plain(const struct mt940_saving *saving, const struct mt940_movement *movement)
{
    const struct mt940_row_choice *choice = mt940_save_choice(saving, movement->row);
    return movement->state != MT940_MOVEMENT_STATE_SAVED && movement->state != MT940_MOVEMENT_STATE_POSTING &&
           movement->state != MT940_MOVEMENT_STATE_INFORMATIONAL && !(choice && (choice->set & MT940_CHOSE_LINK));
}

static int read_facts(struct mt940_saving *saving, int64_t number)
{
    struct mt940_ahead *next = &saving->ahead[saving->ahead_count];
    struct mt940_movement movement;
    int status = mt940_save_read(saving, number, &movement);
    if (status)
        return status == MT940_E_NOT_FOUND ? 0 : status;
    if (!is_plain(saving, &movement))
        return 0;
    memset(next, 0, sizeof *next);
    next->pending = pending_of(saving, MT940_KIND_MOVEMENT, &movement);
    saving->ahead_count++;
    return mt940_row_read_facts(&saving->frame, &movement, &next->row);
}

int mt940_save_ahead(struct mt940_saving *saving, const struct mt940_saved_row *outs, size_t count, size_t *looked)
{
    const struct mt940_plan *plan = saving->frame.plan;
    struct mt940_judged_row *rows[MT940_ROW_AHEAD];
    int status = 0;
    *looked = count < saving->ahead_capacity ? count : saving->ahead_capacity;
    mt940_save_ahead_end(saving);
    saving->ahead_lessons = plan && mt940_plan_touches(plan, MT940_KIND_LESSON);
    for (size_t i = 0; i < *looked && status == 0; i++)
        status = read_facts(saving, outs[i].row);
    for (size_t i = 0; i < saving->ahead_count; i++)
        rows[i] = &saving->ahead[i].row;
    return status ? status : mt940_row_recognise_all(&saving->frame, rows, saving->ahead_count);
}

static bool still_holds(const struct mt940_saving *saving, const struct mt940_ahead *ahead)
{
    const struct mt940_plan *plan = saving->frame.plan;
    if (ahead->pending != pending_of(saving, MT940_KIND_MOVEMENT, &ahead->row.movement) ||
        (plan && mt940_plan_touches(plan, MT940_KIND_LESSON)) || saving->ahead_lessons)
        return false;
    for (size_t i = 0; i < ahead->row.named.count; i++)
        if (pending_of(saving, MT940_KIND_PAYMENT, mt940_found_at(&ahead->row.named, i)))
            return false;
    return true;
}

/* A row that was recognised ahead and would be recognised alike now; each once. NULL otherwise. */
static struct mt940_judged_row *take_ready(struct mt940_saving *saving, const struct mt940_movement *movement)
{
    for (size_t i = 0; i < saving->ahead_count; i++) {
        struct mt940_ahead *ahead = &saving->ahead[i];
        if (ahead->row.movement.row != movement->row || ahead->is_used)
            continue;
        ahead->is_used = true;
        return still_holds(saving, ahead) ? &ahead->row : NULL;
    }
    return NULL;
}

int mt940_save_judge(struct mt940_saving *saving, const struct mt940_movement *movement)
{
    struct mt940_judged_row *ready = take_ready(saving, movement);
    saving->row = ready ? ready : saving->own_row;
    if (!ready) {
        mt940_row_end(saving->row);
        memset(saving->row, 0, sizeof *saving->row);
    }
    return mt940_row_judge(&saving->frame, movement, saving->row);
}

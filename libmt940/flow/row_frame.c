/* SPDX-License-Identifier: Apache-2.0
 *
 * row_frame.c: reads a statement of the inbox with its movements, its account, rules and directory, once for all its
 * rows.
 */
#include "flow/row_frame.h"

#include "flow/arrival.h"

static int collect_own_accounts(struct mt940_row_frame *frame)
{
    const struct mt940_bank_account *account;
    size_t count = 0;
    while (mt940_directory_bank_account_at(frame->directory, count))
        count++;
    frame->own_accounts = mt940_arena_alloc(&frame->flow->scratch, (count + 1) * sizeof *frame->own_accounts);
    if (!frame->own_accounts)
        return frame->flow->scratch.status;
    for (; (account = mt940_directory_bank_account_at(frame->directory, frame->own_account_count)) != NULL;)
        frame->own_accounts[frame->own_account_count++] = *account;
    return 0;
}

/* One booking day: every movement that says when it was booked says the same. */
static void look_at_days(struct mt940_row_frame *frame)
{
    struct mt940_date day = {0, 0, 0};
    frame->one_day = true;
    for (size_t i = 0; i < frame->movements.count; i++) {
        const struct mt940_movement *movement = mt940_found_at(&frame->movements, i);
        const struct mt940_date *booked = movement->entry_date.year ? &movement->entry_date : &movement->value_date;
        if (!frame->first_day.year || mt940_date_compare(booked, &frame->first_day) < 0)
            frame->first_day = *booked;
        if (mt940_date_compare(booked, &frame->last_day) > 0)
            frame->last_day = *booked;
        if (!movement->entry_date.year)
            continue;
        if (day.year && mt940_date_compare(&day, &movement->entry_date) != 0)
            frame->one_day = false;
        day = movement->entry_date;
    }
}

static int read_frame(struct mt940_row_frame *frame, const struct mt940_view *inbox_item)
{
    struct mt940_flow *flow = frame->flow;
    struct mt940_inbox_item key;
    memset(&key, 0, sizeof key);
    key.company = flow->company;
    key.id = *inbox_item;
    int status = mt940_ask_get(flow, MT940_KIND_INBOX_ITEM, &key, &frame->item);
    if (status == 0)
        status = mt940_flow_directory(flow, &frame->directory);
    if (status == 0)
        status = mt940_flow_rules(flow, &frame->rules);
    if (status == 0)
        status = mt940_flow_company(flow, &frame->company);
    if (status == 0)
        status = mt940_account_split(frame->item.account_text.data, frame->item.account_text.length, &frame->parts);
    /* The account may have been defined since the statement came. */
    if (status == 0)
        status = mt940_arrival_account(flow, &frame->item.account_text, &frame->item.currency, &frame->account);
    if (status == 0)
        status = collect_own_accounts(frame);
    if (status == 0)
        status = mt940_row_movements(flow, inbox_item, &frame->movements);
    return status;
}

/* What is read between two calls stays as long as the frame. */
void mt940_row_frame_swap(struct mt940_row_frame *frame)
{
    struct mt940_arena memory = frame->memory;
    frame->memory = frame->flow->scratch;
    frame->flow->scratch = memory;
}

int mt940_row_frame_begin(struct mt940_flow *flow, const struct mt940_view *inbox_item, struct mt940_row_frame *out)
{
    memset(out, 0, sizeof *out);
    out->flow = flow;
    mt940_arena_init(&out->memory, &flow->memory, 0);
    mt940_row_frame_swap(out);
    int status = read_frame(out, inbox_item);
    mt940_row_frame_swap(out);
    if (status == 0)
        look_at_days(out);
    return status;
}

void mt940_row_frame_end(struct mt940_row_frame *frame)
{
    if (!frame->flow)
        return;
    mt940_found_free(&frame->movements);
    mt940_found_free(&frame->manual);
    mt940_row_ahead_end(&frame->ahead);
    mt940_arena_free(&frame->memory);
    frame->flow = NULL;
}

struct mt940_movement *mt940_row_frame_movement(const struct mt940_row_frame *frame, int64_t row)
{
    size_t low = 0, high = frame->movements.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (((struct mt940_movement *)mt940_found_at(&frame->movements, middle))->row < row)
            low = middle + 1;
        else
            high = middle;
    }
    struct mt940_movement *found = low < frame->movements.count ? mt940_found_at(&frame->movements, low) : NULL;
    return found && found->row == row ? found : NULL;
}

bool mt940_row_frame_accepts(const struct mt940_row_frame *frame, int32_t message)
{
    for (size_t i = 0; i < frame->accepted_count; i++)
        if (frame->accepted[i] == message)
            return true;
    return false;
}

int mt940_row_movements(struct mt940_flow *flow, const struct mt940_view *inbox_item, struct mt940_found *found)
{
    struct mt940_movement from;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.inbox_item = *inbox_item;
    return mt940_ask_scan(flow, MT940_KIND_MOVEMENT, MT940_MOVEMENT_BY_INBOX_ITEM, 2, &from, found);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * pair.c: a transfer between own accounts (virman), and an exchange between them, shows up in two
 * statements. The first row that is saved writes both lines; the other becomes saved by that
 * slip. Rows pair by amount and date, in two currencies by the bank's receipt number.
 */
#include "flow/pair.h"

struct window {
    struct mt940_date from, to;
};

static bool make_window(const struct mt940_date *day, int32_t days, struct window *out)
{
    int32_t number = mt940_date_to_days(day);
    return mt940_date_from_days(number - days, &out->from) == 0 && mt940_date_from_days(number + days, &out->to) == 0;
}

static const struct mt940_date *booked(const struct mt940_movement *movement)
{
    return movement->entry_date.year ? &movement->entry_date : &movement->value_date;
}

/* The other own account: the user's, else the matcher's. */
static const struct mt940_bank_account *other_account(const struct mt940_row_frame *frame,
                                                      const struct mt940_judged_row *row)
{
    const struct mt940_view *code =
        row->movement.counter_account.length ? &row->movement.counter_account : &row->match.own_account;
    return code->length ? mt940_directory_bank_account(frame->directory, code) : NULL;
}

static bool is_opposite(const struct mt940_movement *row, const struct mt940_movement *other, const struct window *window)
{
    if ((row->amount < 0) == (other->amount < 0) || other->state == MT940_MOVEMENT_STATE_SAVED ||
        other->state == MT940_MOVEMENT_STATE_POSTING || other->state == MT940_MOVEMENT_STATE_INFORMATIONAL)
        return false;
    if (mt940_date_compare(booked(other), &window->from) < 0 || mt940_date_compare(booked(other), &window->to) > 0)
        return false;
    if (mt940_view_equal(&row->currency, &other->currency) == 1)
        return row->amount == -other->amount;
    return row->bank_reference.length && mt940_view_equal(&row->bank_reference, &other->bank_reference) == 1;
}

/* Opposite rows among the movements of one statement of the other account. */
static int search_statement(struct mt940_row_frame *frame, struct mt940_judged_row *row,
                            const struct mt940_view *inbox_item, const struct window *window, size_t *hits)
{
    struct mt940_found movements;
    int status = mt940_row_movements(frame->flow, inbox_item, &movements);
    for (size_t i = 0; status == 0 && i < movements.count; i++) {
        const struct mt940_movement *other = mt940_found_at(&movements, i);
        if (!is_opposite(&row->movement, other, window))
            continue;
        /* In one currency the same receipt number settles between equal amounts. */
        bool sure = row->movement.bank_reference.length &&
                    mt940_view_equal(&row->movement.bank_reference, &other->bank_reference) == 1;
        if (sure && *hits && !row->pair_is_sure)
            *hits = 0;
        if (row->pair_is_sure && !sure)
            continue;
        row->pair_is_sure = sure;
        row->other = *other;
        (*hits)++;
    }
    mt940_found_free(&movements);
    return status;
}

/* Statements of the other account that may hold the row: closed up to a month past the window. */
static int search_rows(struct mt940_row_frame *frame, struct mt940_judged_row *row,
                       const struct mt940_bank_account *other, const struct window *window)
{
    enum { longest_statement = 31 };
    struct mt940_found items;
    struct mt940_inbox_item from;
    struct mt940_date last;
    size_t hits = 0;
    memset(&from, 0, sizeof from);
    from.company = frame->flow->company;
    from.bank_account = other->code;
    int status = mt940_ask_scan(frame->flow, MT940_KIND_INBOX_ITEM, MT940_INBOX_ITEM_BY_ACCOUNT, 2, &from, &items);
    if (mt940_date_from_days(mt940_date_to_days(&window->to) + longest_statement, &last))
        last = window->to;
    for (size_t i = 0; status == 0 && i < items.count; i++) {
        const struct mt940_inbox_item *item = mt940_found_at(&items, i);
        if (mt940_date_compare(&item->closing_date, &window->from) >= 0 &&
            mt940_date_compare(&item->closing_date, &last) <= 0)
            status = search_statement(frame, row, &item->id, window, &hits);
    }
    mt940_found_free(&items);
    row->has_other = hits == 1;
    if (hits > 1)
        mt940_row_refuse(row, MT940_M_NEEDS_PAIR_CHOICE, NULL, NULL);
    return status;
}

/* Whether a slip of the other account has a line that books this row. */
static int books_row(struct mt940_row_frame *frame, const struct mt940_judged_row *row, const struct mt940_slip *slip,
                     bool *out)
{
    struct mt940_found lines;
    struct mt940_slip_line from;
    int64_t amount = row->movement.amount < 0 ? -row->movement.amount : row->movement.amount;
    int64_t side = row->movement.amount < 0 ? MT940_ENTRY_SIDE_CREDIT : MT940_ENTRY_SIDE_DEBIT;
    memset(&from, 0, sizeof from);
    from.company = frame->flow->company;
    from.slip = slip->id;
    int status = mt940_ask_scan(frame->flow, MT940_KIND_SLIP_LINE, 0, 2, &from, &lines);
    *out = false;
    for (size_t i = 0; status == 0 && i < lines.count; i++) {
        const struct mt940_slip_line *line = mt940_found_at(&lines, i);
        if (line->kind == MT940_LINE_KIND_BANK && line->side == side && line->amount == amount &&
            mt940_view_equal(&line->bank_account, &frame->account->code) == 1)
            *out = true;
    }
    mt940_found_free(&lines);
    return status;
}

/* A slip that the other side's row wrote for both, and that no row of this side has taken yet. */
static int search_slips(struct mt940_row_frame *frame, struct mt940_judged_row *row,
                        const struct mt940_bank_account *other, const struct window *window)
{
    struct mt940_flow *flow = frame->flow;
    struct mt940_found slips;
    mt940_found_init(&slips, flow, MT940_KIND_SLIP);
    int status = mt940_found_end(&slips, flow->own_books.slips(flow->own_books.user, &flow->company, &other->code,
                                                               &window->from, &window->to, mt940_found_add, &slips));
    for (size_t i = 0; status == 0 && i < slips.count && !row->is_booked; i++) {
        const struct mt940_slip *slip = mt940_found_at(&slips, i);
        if (slip->type != MT940_SLIP_TYPE_OWN_TRANSFER || slip->other_movement.length)
            continue;
        status = books_row(frame, row, slip, &row->is_booked);
        row->booked_by = *slip;
    }
    mt940_found_free(&slips);
    return status;
}

int mt940_pair_find(struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    struct window window;
    const struct mt940_bank_account *other = other_account(frame, row);
    if (!frame->account || !other || row->movement.state == MT940_MOVEMENT_STATE_SAVED ||
        !make_window(booked(&row->movement), MT940_FLOW_PAIR_DAYS, &window))
        return 0;
    int status = search_slips(frame, row, other, &window);
    return status || row->is_booked ? status : search_rows(frame, row, other, &window);
}

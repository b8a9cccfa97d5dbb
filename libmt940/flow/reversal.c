/* SPDX-License-Identifier: Apache-2.0
 *
 * reversal.c: RC and RD rows, and rows that say İADE, İPTAL or TERS KAYIT, take a movement back.
 * The slip they reverse is found by the query number both name, else by its amount; if that
 * leaves more than one, none is taken and a person decides.
 */
#include "flow/reversal.h"

enum { reversal_days = 31 };

static bool is_reversal(const struct mt940_judged_row *row)
{
    return mt940_view_is(row->movement.mark, "RC") || mt940_view_is(row->movement.mark, "RD") ||
           (row->facts.kinds & MT940_FACT_REVERSAL) != 0;
}

/* Whether the movement behind a slip names the same query number. */
static int names_query(struct mt940_row_frame *frame, const struct mt940_judged_row *row, const struct mt940_slip *slip,
                       bool *out)
{
    const struct mt940_view *query = &row->facts.query_number.text;
    struct mt940_movement key, movement;
    struct mt940_facts_input input;
    *out = false;
    memset(&key, 0, sizeof key);
    key.company = frame->flow->company;
    key.id = slip->movement;
    if (!query->length || !slip->movement.length)
        return 0;
    int status = mt940_ask_get(frame->flow, MT940_KIND_MOVEMENT, &key, &movement);
    if (status)
        return status == MT940_E_NOT_FOUND ? 0 : status;
    struct mt940_facts *facts = mt940_arena_alloc(&frame->flow->scratch, sizeof *facts);
    if (!facts)
        return frame->flow->scratch.status;
    memset(&input, 0, sizeof input);
    input.size = sizeof input;
    input.narrative = movement.narrative;
    facts->size = sizeof *facts;
    status = mt940_facts_read(&input, facts);
    *out = status == 0 && mt940_view_equal(&facts->query_number.text, query) == 1;
    return status;
}

static bool may_be_original(const struct mt940_judged_row *row, const struct mt940_slip *slip)
{
    int64_t amount = row->movement.amount < 0 ? -row->movement.amount : row->movement.amount;
    int64_t side = row->movement.amount < 0 ? MT940_ENTRY_SIDE_DEBIT : MT940_ENTRY_SIDE_CREDIT;
    return slip->amount == amount && slip->bank_side == side && slip->reverses.length == 0 &&
           slip->reversed_by.length == 0 && mt940_view_equal(&slip->currency, &row->movement.currency) == 1;
}

static int choose(struct mt940_row_frame *frame, struct mt940_judged_row *row, const struct mt940_found *slips)
{
    size_t by_amount = 0, by_query = 0;
    for (size_t i = 0; i < slips->count; i++) {
        const struct mt940_slip *slip = mt940_found_at(slips, i);
        bool same_query;
        if (!may_be_original(row, slip))
            continue;
        int status = names_query(frame, row, slip, &same_query);
        if (status)
            return status;
        if (same_query ? by_query++ == 0 : by_query == 0)
            row->original = *slip;
        by_amount++;
    }
    row->has_original = by_query ? by_query == 1 : by_amount == 1;
    return 0;
}

int mt940_reversal_find(struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    struct mt940_flow *flow = frame->flow;
    const struct mt940_movement *movement = &row->movement;
    const struct mt940_date *day = movement->entry_date.year ? &movement->entry_date : &movement->value_date;
    struct mt940_found slips;
    struct mt940_date from;
    if (!frame->account || movement->state == MT940_MOVEMENT_STATE_SAVED || !is_reversal(row) ||
        mt940_date_from_days(mt940_date_to_days(day) - reversal_days, &from))
        return 0;
    mt940_found_init(&slips, flow, MT940_KIND_SLIP);
    int status = mt940_found_end(&slips, flow->own_books.slips(flow->own_books.user, &flow->company,
                                                               &frame->account->code, &from, day, mt940_found_add,
                                                               &slips));
    if (status == 0)
        status = choose(frame, row, &slips);
    mt940_found_free(&slips);
    return status;
}

int mt940_reversal_fill(struct mt940_row_frame *frame, struct mt940_judged_row *row, struct mt940_slip_input *input)
{
    struct mt940_found lines;
    struct mt940_slip_line from;
    if (!row->has_original)
        return 0;
    memset(&from, 0, sizeof from);
    from.company = frame->flow->company;
    from.slip = row->original.id;
    int status = mt940_ask_scan(frame->flow, MT940_KIND_SLIP_LINE, 0, 2, &from, &lines);
    for (size_t i = 0; status == 0 && i < lines.count; i++) {
        const struct mt940_slip_line *line = mt940_found_at(&lines, i);
        if (line->kind != MT940_LINE_KIND_CUSTOMER)
            continue;
        input->original_customer = line->customer;
        input->original_slot = line->slot;
    }
    mt940_found_free(&lines);
    /* Who names another customer says that this is not the slip that is taken back. */
    if (row->movement.customer_choice == MT940_CHOICE_USER && input->original_customer.length &&
        mt940_view_equal(&input->original_customer, &row->movement.customer) != 1) {
        input->original = NULL;
        input->original_customer = mt940_view_of(NULL, 0);
        input->original_slot = 0;
        row->has_original = false;
    }
    return status;
}

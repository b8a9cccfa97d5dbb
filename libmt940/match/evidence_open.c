/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_open.c: evidence by what is open with a candidate: the amount of one item, of all, of
 * the oldest, of the only set of them (matching.md §3.1, evidence 9). It never names anybody
 * whom nothing else leads to: equal amounts are no identity.
 */
#include "match/match.h"
#include "mt940connect/open_items.h"

static const struct {
    int32_t weight;
    int32_t message;
} fits[] = {
    [MT940_OPEN_ITEMS_ONE] = {MT940_WEIGHT_AMOUNT, MT940_M_EVIDENCE_AMOUNT},
    [MT940_OPEN_ITEMS_ALL] = {MT940_WEIGHT_AMOUNT_ALL, MT940_M_EVIDENCE_AMOUNT_ALL},
    [MT940_OPEN_ITEMS_OLDEST] = {MT940_WEIGHT_AMOUNT_OLDEST, MT940_M_EVIDENCE_AMOUNT_OLDEST},
    [MT940_OPEN_ITEMS_SET] = {MT940_WEIGHT_AMOUNT_SET, MT940_M_EVIDENCE_AMOUNT_SET},
};

/* Number of the customer in the working set, -1 when nothing led to it, or an invoice number told its amount. */
static int wanted(const struct mt940_match_state *state, const struct mt940_view *customer)
{
    for (uint32_t i = 0; i < state->working_count; i++) {
        const struct mt940_match_working *working = &state->working[i];

        if (!mt940_view_equal(&working->hit.customer, customer))
            continue;
        for (uint32_t k = 0; k < working->item_count; k++)
            if (state->items[working->items[k]].evidence.kind == MT940_EVIDENCE_AMOUNT)
                return -1;
        return (int)i;
    }
    return -1;
}

/* Several ways say less, and no single item is named. */
static void add_fit(struct mt940_match_state *state, int at, const struct mt940_payment *rows, uint32_t first,
                    const struct mt940_open_items *found)
{
    bool one = found->fit == MT940_OPEN_ITEMS_ONE, several = found->solutions > 1;
    int32_t message = fits[found->fit].message;
    struct mt940_match_item *item;

    if (several)
        message = one ? MT940_M_EVIDENCE_AMOUNT_SEVERAL : MT940_M_EVIDENCE_AMOUNT_SETS;
    item = mt940_match_add_item(state, MT940_EVIDENCE_AMOUNT,
                                fits[found->fit].weight - (several ? MT940_WEIGHT_AMOUNT_SEVERAL : 0), message, false);
    if (!item)
        return;
    if (one && !several)
        item->evidence.value = rows[first].invoice;
    else
        item->evidence.count = one ? found->solutions : found->count;
    item->evidence.solutions = found->solutions;
    mt940_match_add_hits(state, item, &state->working[at].hit, 1, 1);
}

/* The rows of one customer, side by side. */
static void read_customer(struct mt940_match_state *state, const struct mt940_payment *rows, size_t count)
{
    const struct mt940_match_input *input = state->input;
    struct mt940_open_items found = {.size = sizeof(found)};
    int at = wanted(state, &rows[0].customer);
    int64_t amount = input->amount < 0 ? -input->amount : input->amount;
    uint32_t first = 0;

    if (at < 0 || count > MT940_MATCH_OPEN_ROWS ||
        mt940_open_items_find(rows, count, amount, &input->currency, input->scratch->open_room,
                              sizeof(input->scratch->open_room), &first, 1, &found) != MT940_OK ||
        found.fit == MT940_OPEN_ITEMS_NONE)
        return;
    add_fit(state, at, rows, first, &found);
}

void mt940_match_collect_open(struct mt940_match_state *state)
{
    const struct mt940_match_input *input = state->input;
    size_t from = 0;

    if (!input->scratch || input->amount == 0 || input->amount == INT64_MIN)
        return;
    while (from < input->open_count) {
        size_t to = from + 1;

        while (to < input->open_count && mt940_view_equal(&input->open_rows[to].customer, &input->open_rows[from].customer))
            to++;
        read_customer(state, &input->open_rows[from], to - from);
        from = to;
    }
}

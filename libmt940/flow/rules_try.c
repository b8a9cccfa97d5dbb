/* SPDX-License-Identifier: Apache-2.0
 *
 * rules_try.c: what other transaction codes would change, before anybody imports them. Every
 * movement that is still open is judged twice. Stores nothing.
 */
#include "flow/row_judge.h"

#include "base/export.h"

struct trying {
    struct mt940_flow *flow;
    const struct mt940_slip_rules *rules;
    mt940_rule_change_sink sink;
    void *sink_user;
    struct mt940_judged_row *rows; /* as it is, and as it would be */
};

static bool is_open(const struct mt940_movement *movement)
{
    return movement->state == MT940_MOVEMENT_STATE_NOT_SAVED || movement->state == MT940_MOVEMENT_STATE_FAILED ||
           movement->state == MT940_MOVEMENT_STATE_CONFLICT;
}

static struct mt940_rule_outcome outcome_of(const struct mt940_judged_row *row)
{
    struct mt940_rule_outcome outcome = {row->proposal.rule, row->match.decision, row->message, row->match.customer,
                                         row->proposal.slip.type};
    return outcome;
}

static bool same(const struct mt940_view *a, const struct mt940_view *b)
{
    return mt940_view_equal(a, b) == 1;
}

/* What a rule may put into a slip besides its type (decision 12). */
static bool same_slip(const struct mt940_slip_proposal *a, const struct mt940_slip_proposal *b)
{
    bool equal = a->dbs == b->dbs && a->line_count == b->line_count && same(&a->slip.description, &b->slip.description) &&
                 same(&a->slip.host_fields, &b->slip.host_fields);
    for (uint32_t i = 0; equal && i < a->line_count; i++)
        equal = same(&a->lines[i].gl_account, &b->lines[i].gl_account) && same(&a->lines[i].service, &b->lines[i].service) &&
                same(&a->lines[i].bank_account, &b->lines[i].bank_account);
    return equal;
}

/* Another rule that does the same is no change. */
static bool same_outcome(const struct mt940_rule_outcome *a, const struct mt940_rule_outcome *b)
{
    return a->decision == b->decision && a->message == b->message && a->slip_type == b->slip_type &&
           same(&a->customer, &b->customer);
}

static int try_row(struct trying *trying, struct mt940_row_frame *frame, const struct mt940_movement *movement)
{
    const struct mt940_slip_rules *now = frame->rules;
    struct mt940_rule_change change = {.size = sizeof change, .item = &frame->item, .movement = movement};
    memset(trying->rows, 0, 2 * sizeof *trying->rows);
    int status = mt940_row_judge(frame, movement, &trying->rows[0]);
    frame->rules = trying->rules;
    if (status == 0)
        status = mt940_row_judge(frame, movement, &trying->rows[1]);
    frame->rules = now;
    if (status == 0) {
        change.before = outcome_of(&trying->rows[0]);
        change.after = outcome_of(&trying->rows[1]);
        if (!same_outcome(&change.before, &change.after) ||
            !same_slip(&trying->rows[0].proposal, &trying->rows[1].proposal))
            status = trying->sink(trying->sink_user, &change);
    }
    mt940_row_end(&trying->rows[0]);
    mt940_row_end(&trying->rows[1]);
    return status;
}

static int try_item(struct trying *trying, const struct mt940_view *id)
{
    struct mt940_row_frame frame;
    int status = mt940_row_frame_begin(trying->flow, id, &frame);
    for (size_t i = 0; status == 0 && i < frame.movements.count; i++) {
        const struct mt940_movement *movement = mt940_found_at(&frame.movements, i);
        if (is_open(movement))
            status = try_row(trying, &frame, movement);
        mt940_flow_forget_scratch(trying->flow);
    }
    mt940_row_frame_end(&frame);
    return status;
}

struct listing {
    struct mt940_flow *flow;
    struct mt940_arena memory; /* of the ids: the scratch memory goes sooner */
    struct mt940_view *ids;
    size_t count, capacity;
};

static int take_item(void *user, const void *record)
{
    struct listing *listing = user;
    const struct mt940_inbox_item *item = record;
    void *ids = listing->ids;
    if (item->open_entries == 0)
        return 0;
    int status = mt940_memory_reserve(&listing->flow->memory, &ids, &listing->capacity, listing->count + 1,
                                      sizeof *listing->ids);
    listing->ids = ids;
    return status ? status : mt940_arena_view(&listing->memory, &item->id, &listing->ids[listing->count++]);
}

static int try_items(struct trying *trying)
{
    struct mt940_flow *flow = trying->flow;
    struct listing listing = {.flow = flow};
    struct mt940_inbox_item from;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    mt940_arena_init(&listing.memory, &flow->memory, 0);
    int status = flow->store.scan(flow->store.user, MT940_KIND_INBOX_ITEM, MT940_INBOX_ITEM_BY_NUMBER, 1, &from, 0, 0,
                                  take_item, &listing);
    for (size_t i = 0; status == 0 && i < listing.count; i++) {
        status = try_item(trying, &listing.ids[i]);
        if (status == 0)
            status = mt940_flow_step(flow, i + 1, listing.count);
    }
    mt940_memory_free(&flow->memory, listing.ids, listing.capacity * sizeof *listing.ids);
    mt940_arena_free(&listing.memory);
    return status;
}

static int build(struct mt940_flow *flow, const struct mt940_transaction_code *rules, size_t count,
                 struct mt940_slip_rules **out)
{
    struct mt940_slip_rules_builder *builder = NULL;
    int status = mt940_slip_rules_builder_new(&flow->slip, &flow->memory, &builder, flow->error);
    for (size_t i = 0; status == 0 && i < count; i++)
        status = mt940_slip_rules_builder_add(builder, &rules[i], flow->error);
    if (status == 0)
        status = mt940_slip_rules_build(builder, out, flow->error);
    mt940_slip_rules_builder_free(builder);
    return status;
}

MT940_EXPORT int mt940_flow_rules_try(struct mt940_flow *flow, const struct mt940_transaction_code *rules, size_t count,
                                      mt940_rule_change_sink sink, void *sink_user, struct mt940_error *error)
{
    struct trying trying = {flow, NULL, sink, sink_user, NULL};
    struct mt940_slip_rules *table = NULL;
    if (!flow || !sink || (!rules && count))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, rules or sink");
    int status = mt940_flow_enter(flow, error);
    if (status == 0)
        status = build(flow, rules, count, &table);
    trying.rules = table;
    if (status == 0)
        trying.rows = mt940_memory_alloc(&flow->memory, 2 * sizeof *trying.rows);
    if (status == 0)
        status = trying.rows ? try_items(&trying) : MT940_E_MEMORY;
    mt940_memory_free(&flow->memory, trying.rows, 2 * sizeof *trying.rows);
    mt940_slip_rules_free(table);
    return mt940_flow_leave(flow, status);
}

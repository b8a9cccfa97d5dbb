/* SPDX-License-Identifier: Apache-2.0
 *
 * world_slip.c: the verbs of payments: collect, undo, mark, and the adjustment of a total.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

static size_t read_names(const char *text, struct mt940_view names[FEW])
{
    size_t count = 0;

    for (; *text; count++) {
        names[count] = (struct mt940_view){text, strcspn(text, ",")};
        text += names[count].length;
        text += *text == ',';
    }
    return count;
}

static struct mt940_view account_branch(const struct world *world, const char *code)
{
    const struct mt940_view wanted = world_view(code);

    for (size_t i = 0; i < world->account_count; i++)
        if (mt940_view_equal(&world->accounts[i].code, &wanted))
            return world->accounts[i].branch;
    return world_view("");
}

static int32_t read_mark(const struct script_line *line)
{
    const char *text = script_option(line, "mark", "");

    if (*text == '\0')
        return MT940_DBS_MARK_NOT_CHOSEN;
    return strcmp(text, "yes") == 0 ? MT940_DBS_MARK_YES : MT940_DBS_MARK_NO;
}

static void say_settled(struct script_answer *answer, const struct mt940_slip_line *line,
                        const struct mt940_closing *closings, const struct mt940_closing_plan *plan)
{
    static const char *const rules[] = {"none", "invoice", "exact", "fifo"};
    char text[40];

    script_say(answer, "dbs=%d slot=%d rule=%s rest=%s", (int)line->dbs, (int)line->dbs_slot, rules[plan->rule],
               world_text(plan->rest, line->currency, text));
    script_say(answer, "closes=%s", plan->count > 0 ? "some" : "nothing");
    for (size_t i = 0; i < plan->count; i++)
        script_say(answer, "%.*s/%d:%s", (int)closings[i].invoice.length, closings[i].invoice.data,
                   (int)closings[i].payment, world_text(closings[i].amount, closings[i].currency, text));
}

/* Applies effects of a line and says what their totals say to that. */
static void apply_line(struct world *world, const struct script_line *line, const struct mt940_slip_line *slip_line,
                       const struct mt940_dbs_effect *effects, size_t effect_count, struct script_answer *answer)
{
    struct mt940_dbs_figure figures[FEW];
    struct mt940_dbs_notice notice;
    struct mt940_dbs_check check = {.size = sizeof(check), .local_currency = world->company.local_currency,
                                    .banks = world->banks, .bank_count = world->bank_count, .effects = effects,
                                    .effect_count = effect_count};
    size_t count = 0;
    int32_t outcome;

    assert_int_equal(mt940_dbs_decide(&check, figures, FEW, &count, &outcome), 0);
    if (outcome != MT940_DBS_PROCEED)
        script_fail(line, "facts are never refused");
    for (size_t i = 0; i < count; i++)
        if (mt940_dbs_figure_notice(&figures[i], &notice))
            script_say(answer, "%s", mt940_message_name(notice.message));
    world_apply(world, effects, effect_count, slip_line->slip);
}

static void apply_event(struct world *world, const struct script_line *line, int32_t event,
                        const struct mt940_slip_line *slip_line, struct script_answer *answer)
{
    struct mt940_dbs_effect effects[1];
    size_t count = 0;

    assert_int_equal(mt940_dbs_effects_of_line(event, slip_line, effects, 1, &count), 0);
    apply_line(world, line, slip_line, effects, count, answer);
}

static struct mt940_slip_line new_line(const struct world *world, const struct script_line *line)
{
    struct mt940_view currency = world_currency(world, world_view(script_option(line, "currency", "")));
    struct mt940_slip_line out = {.slip = world_view(script_arg(line, 0)), .line = 1,
                                  .customer = world_view(script_arg(line, 1)), .currency = currency};
    const char *rate = script_option(line, "rate", NULL);

    out.amount = world_money(line, script_arg(line, 2), currency);
    out.value_date = world_date(line, script_option(line, "value", "2026-07-15"));
    if (rate && mt940_decimal_parse(rate, strlen(rate), 8, &out.rate) != 0)
        script_fail(line, "%s is no rate", rate);
    return out;
}

WORLD_VERB(verb_collect)
{
    static struct mt940_payment rows[MANY];
    static struct mt940_closing closings[MANY];
    struct world *w = world;
    struct mt940_view names[FEW];
    struct mt940_slip_line slip_line = new_line(w, line);
    struct mt940_closing_plan plan = {.size = sizeof(plan)};
    struct mt940_dbs_notice notices[MT940_DBS_SETTLEMENT_NOTICES];
    struct mt940_dbs_settlement settlement = {
        .size = sizeof(settlement), .company = &w->company, .rows = rows, .rates = w->rates,
        .rate_count = w->rate_count, .account_branch = account_branch(w, script_option(line, "account", "")),
        .chosen_branch = world_view(script_option(line, "branch", "")),
        .matched_slot = atoi(script_option(line, "matched", "0")), .invoices = names,
        .invoice_count = read_names(script_option(line, "names", ""), names),
        .recognised = strcmp(script_option(line, "dbs", "no"), "yes") == 0, .chosen = read_mark(line),
        .outgoing = strcmp(script_option(line, "direction", "in"), "out") == 0};
    size_t notice_count;

    settlement.bank_count = world_banks_of(w, slip_line.customer, &settlement.banks);
    settlement.row_count = world_open_rows(w, slip_line.customer, rows);
    assert_int_equal(mt940_dbs_line_settle(&w->policy, &settlement, &slip_line, closings, MANY, &plan, notices,
                                           &notice_count), 0);
    say_settled(answer, &slip_line, closings, &plan);
    for (size_t i = 0; i < notice_count; i++)
        script_say(answer, "%s", mt940_message_name(notices[i].message));
    if (mt940_dbs_verdict(notices, notice_count, NULL, 0) != MT940_DBS_PROCEED)
        return;
    assert_true(w->line_count < MANY);
    w->lines[w->line_count++] = slip_line;
    apply_event(w, line, MT940_DBS_EVENT_COLLECTION, &slip_line, answer);
    world_close(w, closings, plan.count);
}

static size_t find_line(const struct world *world, const struct script_line *line)
{
    struct mt940_view slip = world_view(script_arg(line, 0));

    for (size_t i = 0; i < world->line_count; i++)
        if (mt940_view_equal(&world->lines[i].slip, &slip))
            return i;
    script_fail(line, "there is no such slip");
}

/* R106: at most once. */
WORLD_VERB(verb_undo)
{
    struct world *w = world;
    const struct mt940_slip_line *slip_line;
    struct mt940_dbs_effect effects[FEW];
    struct world_payer payer;
    size_t index = find_line(w, line), count = 0;

    if (w->slip_states[index] != MT940_DOCUMENT_STATE_ACTIVE) {
        script_say(answer, "UNKNOWN_SLIP");
        return;
    }
    w->slip_states[index] = MT940_DOCUMENT_STATE_CANCELLED;
    slip_line = &w->lines[index];
    assert_int_equal(mt940_dbs_effects_of_line(MT940_DBS_EVENT_COLLECTION_UNDONE, slip_line, effects, FEW, &count), 0);
    payer = (struct world_payer){slip_line->slip, slip_line->dbs_amount, slip_line->amount};
    world_reopen(w, &payer, effects, &count);
    apply_line(w, line, slip_line, effects, count, answer);
}

/* R104: toggling after saving reverses or applies the effect exactly once. */
WORLD_VERB(verb_mark)
{
    struct world *w = world;
    size_t index = find_line(w, line);
    struct mt940_slip_line *slip_line = &w->lines[index];
    int on = strcmp(script_arg(line, 1), "on") == 0;

    if (w->slip_states[index] != MT940_DOCUMENT_STATE_ACTIVE || (on != 0) == (slip_line->dbs != 0)) {
        script_say(answer, "unchanged");
        return;
    }
    if (on)
        assert_int_equal(mt940_dbs_line_amount(&w->company, world_bank(w, slip_line->customer, slip_line->dbs_slot),
                                               slip_line, w->rates, w->rate_count, &slip_line->dbs_amount), 0);
    apply_event(w, line, on ? MT940_DBS_EVENT_MARK_ON : MT940_DBS_EVENT_MARK_OFF, slip_line, answer);
    slip_line->dbs = on;
    if (!on)
        slip_line->dbs_amount = 0;
}

WORLD_VERB(verb_adjust)
{
    struct world *w = world;
    struct mt940_customer_bank *bank = world_bank(w, world_view(script_arg(line, 0)), atoi(script_arg(line, 1)));
    struct mt940_dbs_effect effect = {.event = MT940_DBS_EVENT_ADJUSTMENT};

    (void)answer;
    if (!bank)
        script_fail(line, "there is no such record");
    effect.customer = bank->customer;
    effect.slot = bank->slot;
    effect.delta = world_money(line, script_arg(line, 2), world_currency(w, bank->currency));
    world_apply(w, &effect, 1, world_view(script_arg(line, 3)));
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * row_match.c: fills the inputs of facts and match from a movement, its statement and the books. Must not decide
 * anything itself.
 */
#include "flow/row_match.h"

#include "flow/row_books.h"
#include "flow/row_lesson.h"

int mt940_row_read_facts(const struct mt940_row_frame *frame, const struct mt940_movement *movement,
                         struct mt940_judged_row *row)
{
    struct mt940_facts_input input;
    row->movement = *movement;
    memset(&input, 0, sizeof input);
    input.size = sizeof input;
    mt940_view_from_string(frame->parts.iban, &input.own_iban);
    if (frame->account && frame->account->iban.length)
        input.own_iban = frame->account->iban;
    mt940_view_from_string(frame->parts.bank_code, &input.own_bank);
    mt940_view_from_string(frame->parts.number, &input.own_account);
    if (frame->account && frame->account->account.length)
        input.own_account = frame->account->account;
    input.own_tax_id = frame->company.tax_id;
    input.sign = movement->amount < 0 ? -1 : 1;
    input.narrative = movement->narrative;
    input.customer_reference = movement->customer_reference;
    input.bank_reference = movement->bank_reference;
    input.supplementary = movement->supplementary;
    row->facts.size = sizeof row->facts;
    return mt940_facts_read(&input, &row->facts);
}

/* Where names leave it open who paid, what is open with each may tell: matched once more with that. */
static int weigh_open(const struct mt940_row_frame *frame, struct mt940_judged_row *row, struct mt940_match_input *input)
{
    struct mt940_found open;
    bool is_open = row->match.decision == MT940_MATCH_SUGGEST || row->match.decision == MT940_MATCH_ASK;
    if (!is_open || row->match.candidate_count == 0)
        return 0;
    int status = mt940_row_open_of_candidates(frame, row, &open);
    input->open_rows = (const struct mt940_payment *)open.records;
    input->open_count = open.count;
    if (status == 0 && open.count)
        status = mt940_match_movement(frame->directory, input, &row->match);
    mt940_found_free(&open);
    return status;
}

int mt940_row_match(struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    const struct mt940_movement *movement = &row->movement;
    struct mt940_slip_query query = {.size = sizeof query, .code = movement->code, .narrative = movement->narrative};
    struct mt940_slip_match rule = {sizeof rule, 0, 0, NULL};
    struct mt940_match_input input;
    memset(&input, 0, sizeof input);
    mt940_view_from_string(frame->parts.bank_code, &query.bank);
    query.sign = movement->amount < 0 ? -1 : 1;
    query.amount = movement->amount < 0 ? -movement->amount : movement->amount;
    query.currency = movement->currency;
    query.local_currency = frame->company.local_currency;
    if (frame->account)
        query.bank_account = frame->account->code;
    int status = mt940_slip_rules_find(frame->rules, &query, &rule);
    if (status == 0)
        status = mt940_row_read_lessons(frame, row);
    if (status == 0)
        status = mt940_row_named_invoices(frame, row);
    if (status)
        return status;
    input.size = sizeof input;
    input.facts = &row->facts;
    input.scratch = frame->flow->match_scratch;
    if (frame->account)
        input.own_account = frame->account->code;
    input.currency = movement->currency;
    input.amount = movement->amount;
    input.sign = query.sign;
    input.flags = frame->flow->match_flags;
    input.payments = (const struct mt940_payment *)row->named.records;
    input.payment_count = row->named.count;
    if (movement->customer_choice == MT940_CHOICE_USER) {
        input.chosen_customer = movement->customer;
        input.chosen_slot = movement->slot;
    }
    if (rule.rule && rule.rule->customer.length) {
        input.rule_customer = rule.rule->customer;
        input.rule_code = rule.rule->code;
    }
    input.lesson_keys = &row->lesson_keys;
    input.lessons = (const struct mt940_lesson *)row->lessons.records;
    input.lesson_count = row->lessons.count;
    input.lesson_policy = &frame->flow->lessons;
    input.now = frame->flow->now;
    row->match.size = sizeof row->match;
    status = mt940_match_movement(frame->directory, &input, &row->match);
    return status ? status : weigh_open(frame, row, &input);
}

int mt940_row_recognise(struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    int status = row->movement.state != MT940_MOVEMENT_STATE_POSTING ? mt940_row_match(frame, row) : 0;
    row->is_recognised = status == 0;
    return status;
}

int mt940_row_recognise_all(struct mt940_row_frame *frame, struct mt940_judged_row *const *rows, size_t count)
{
    struct mt940_row_ahead *ahead = &frame->ahead;
    mt940_row_ahead_end(ahead);
    int status = mt940_row_ahead_invoices(ahead, frame->flow, rows, count);
    for (size_t i = 0; i < count && status == 0; i++)
        status = mt940_row_recognise(frame, rows[i]);
    /* A row that is matched again later asks again: an earlier one may have changed what it names. */
    ahead->is_named = false;
    return status ? status : mt940_row_ahead_customers(ahead, frame->flow, rows, count);
}

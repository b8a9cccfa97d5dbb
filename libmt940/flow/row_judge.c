/* SPDX-License-Identifier: Apache-2.0
 *
 * row_judge.c: asks the ports what the pure rooms need to know about a movement and lets them speak: the match, the
 * other side, the slip, what it closes. Decides nothing itself but the order in which reasons against saving are told.
 */
#include "flow/row_judge.h"

#include "flow/pair.h"
#include "flow/reversal.h"
#include "flow/row_books.h"
#include "flow/row_match.h"
#include "flow/row_recheck.h"
#include "flow/row_reserved.h"
#include "flow/row_settle.h"

static void fill_slip_input(const struct mt940_row_frame *frame, const struct mt940_judged_row *row,
                            struct mt940_slip_input *input)
{
    const struct mt940_facts *facts = &row->facts;
    memset(input, 0, sizeof *input);
    input->size = sizeof *input;
    input->movement = &row->movement;
    input->company = &frame->company;
    input->account = frame->account;
    input->closing_date = frame->item.closing_date;
    if (row->match.decision == MT940_MATCH_ASK || row->match.decision == MT940_MATCH_CONFLICT)
        input->flags |= MT940_SLIP_AMBIGUOUS;
    if (facts->kinds & MT940_FACT_DBS)
        input->flags |= MT940_SLIP_SAYS_DBS;
    if (facts->kinds & MT940_FACT_REVERSAL)
        input->flags |= MT940_SLIP_SAYS_REVERSAL;
    if (frame->one_day)
        input->flags |= MT940_SLIP_ONE_DAY;
    if (mt940_view_is(frame->item.type, "941") || mt940_view_is(frame->item.type, "942"))
        input->flags |= MT940_SLIP_INTERIM;
    input->customer = row->match.customer;
    input->slot = row->match.slot;
    input->banks = (const struct mt940_customer_bank *)row->banks.records;
    input->bank_count = row->banks.count;
    if (facts->counter_iban >= 0)
        mt940_view_from_string(facts->ibans[facts->counter_iban].canonical, &input->counter_iban);
    if (facts->account_count)
        input->counter_number = facts->accounts[0].number;
    input->receipt = facts->receipt.text;
    input->transfer_account = row->match.own_account;
    input->own_accounts = frame->own_accounts;
    input->own_account_count = frame->own_account_count;
    input->other = row->has_other ? &row->other : NULL;
    input->original = row->has_original ? &row->original : NULL;
    input->stated_rate = facts->rate;
}

/* Proposes; where a rate is missing, looks it up and proposes again. */
static int propose(const struct mt940_row_frame *frame, struct mt940_judged_row *row, struct mt940_slip_input *input)
{
    struct mt940_flow *flow = frame->flow;
    struct mt940_found rates;
    row->proposal.size = sizeof row->proposal;
    mt940_found_init(&rates, flow, MT940_KIND_RATE);
    int status = mt940_slip_propose(frame->rules, input, &row->proposal);
    for (int tries = 0; status == 0 && row->proposal.message == MT940_M_NEEDS_RATE && tries < 2; tries++) {
        const struct mt940_books *books = flow->books.rates ? &flow->books : &flow->own_books;
        size_t before = rates.count;
        status = mt940_found_end(&rates, books->rates(books->user, &flow->company, &row->proposal.args[0].text,
                                                      &row->proposal.slip.date, mt940_found_add, &rates));
        if (status || rates.count == before)
            break;
        input->rates = (const struct mt940_rate *)rates.records;
        input->rate_count = rates.count;
        status = mt940_slip_propose(frame->rules, input, &row->proposal);
    }
    mt940_found_free(&rates);
    return status;
}

/* A reversal closes nothing, it undoes. */
static int settle(const struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    struct mt940_slip_line *line = mt940_row_customer_line(&row->proposal);
    if (!line || row->proposal.is_reversal || row->proposal.message)
        return 0;
    int status = mt940_row_settle(frame, row, line, (int32_t)row->movement.chosen_dbs);
    row->proposal.dbs = (int32_t)line->dbs;
    if (row->notice.outcome == MT940_DBS_BLOCK)
        row->proposal.message = row->notice.message;
    else
        row->warning = row->notice.message;
    return status;
}

static bool is_faulty(const struct mt940_row_frame *frame)
{
    return frame->item.state == MT940_INBOX_STATE_FAULTY && !mt940_row_frame_accepts(frame, MT940_M_STATEMENT_FAULTY) &&
           !(frame->item.finding && mt940_row_frame_accepts(frame, (int32_t)frame->item.finding));
}

/* The statement has errors: nothing of it is saved before a person said that it may be. */
static void refuse_faulty(const struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    struct mt940_view code;
    int32_t finding = frame->item.finding ? (int32_t)frame->item.finding : MT940_M_STATEMENT_FAULTY;
    mt940_view_from_string(mt940_message_name(finding), &code);
    mt940_row_refuse(row, MT940_M_STATEMENT_FAULTY, "code", &code);
}

/* Why the row cannot be saved, the most final reason first. */
static void conclude(const struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    const struct mt940_movement *movement = &row->movement;
    bool permanent = movement->fault == MT940_M_TOO_MANY_DECIMALS || movement->fault == MT940_M_AMOUNT_AMBIGUOUS;
    if (movement->state == MT940_MOVEMENT_STATE_SAVED) {
        mt940_row_refuse(row, MT940_M_ALREADY_SAVED, "slip", &movement->slip);
    } else if (movement->state == MT940_MOVEMENT_STATE_INFORMATIONAL) {
        mt940_row_refuse(row, MT940_M_INFORMATIONAL, NULL, NULL);
    } else if (permanent) {
        mt940_row_refuse(row, (int32_t)movement->fault, "currency", &movement->currency);
    } else if (movement->state == MT940_MOVEMENT_STATE_CONFLICT &&
               !mt940_row_frame_accepts(frame, MT940_M_SAME_MOVEMENT_DIFFERS)) {
        mt940_row_refuse(row, MT940_M_SAME_MOVEMENT_DIFFERS, NULL, NULL);
    } else if (row->message) {
        return; /* found out on the way */
    } else if (!frame->account) {
        mt940_row_refuse(row, MT940_M_UNKNOWN_BANK_ACCOUNT, "account", &frame->item.account_text);
    } else if (is_faulty(frame)) {
        refuse_faulty(frame, row);
    } else if (row->proposal.message) {
        row->message = row->proposal.message;
        row->arg_count = row->proposal.arg_count;
        memcpy(row->args, row->proposal.args, sizeof row->args);
    } else if (row->match.choice == MT940_CHOICE_USER && row->proposal.slip.type && mt940_row_customer_line(&row->proposal) &&
               !row->has_customer) {
        mt940_row_refuse(row, MT940_M_UNKNOWN_CUSTOMER, "customer", &row->match.customer);
    } else if (row->duplicate_count && !mt940_row_frame_accepts(frame, MT940_M_POSSIBLE_DUPLICATE)) {
        mt940_row_refuse(row, MT940_M_POSSIBLE_DUPLICATE, "slip", &row->duplicates[0]);
    }
    if (!row->warning)
        row->warning = row->proposal.warning;
}

int mt940_row_judge(struct mt940_row_frame *frame, const struct mt940_movement *movement,
                    struct mt940_judged_row *row)
{
    struct mt940_slip_input input;
    mt940_found_init(&row->banks, frame->flow, MT940_KIND_CUSTOMER_BANK);
    mt940_found_init(&row->payments, frame->flow, MT940_KIND_PAYMENT);
    int status = row->is_recognised ? 0 : mt940_row_read_facts(frame, movement, row);
    if (status == 0 && !row->is_recognised)
        status = mt940_row_recognise(frame, row);
    if (status == 0 && movement->state == MT940_MOVEMENT_STATE_POSTING)
        return mt940_row_reserved(frame, row);
    if (status == 0)
        status = mt940_reversal_find(frame, row);
    if (status == 0)
        status = mt940_pair_find(frame, row);
    if (status == 0 && row->match.customer.length)
        status = mt940_row_read_customer(frame, &row->match.customer, row);
    if (status)
        return status;
    mt940_row_recheck(frame, row);
    fill_slip_input(frame, row, &input);
    status = mt940_reversal_fill(frame, row, &input);
    if (status == 0)
        status = propose(frame, row, &input);
    if (status == 0)
        status = settle(frame, row);
    if (status == 0)
        status = mt940_row_duplicates(frame, row);
    if (status == 0)
        conclude(frame, row);
    return status;
}

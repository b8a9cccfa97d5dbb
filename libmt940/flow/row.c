/* SPDX-License-Identifier: Apache-2.0
 *
 * row.c: asks the ports what the pure rooms need to know about a movement and lets them speak:
 * facts out of its texts, the match, the slip, what it closes. Decides nothing itself but the
 * order in which reasons against saving are told.
 */
#include "flow/row.h"

#include "flow/arrival.h"
#include "flow/pair.h"
#include "flow/rates.h"
#include "flow/reversal.h"
#include "flow/row_books.h"
#include "flow/row_lesson.h"
#include "text/argument.h"

void mt940_row_refuse(struct mt940_judged_row *row, int32_t message, const char *name, const struct mt940_view *text)
{
    row->message = message;
    row->arg_count = 0;
    if (!text)
        return;
    row->args[0] = mt940_argument_text(name, *text);
    row->arg_count = 1;
}

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
    mt940_row_ahead_end(frame);
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

int mt940_row_movements(struct mt940_flow *flow, const struct mt940_view *inbox_item, struct mt940_found *found)
{
    struct mt940_movement from;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.inbox_item = *inbox_item;
    return mt940_ask_scan(flow, MT940_KIND_MOVEMENT, MT940_MOVEMENT_BY_INBOX_ITEM, 2, &from, found);
}

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

struct mt940_slip_line *mt940_row_customer_line(struct mt940_slip_proposal *proposal)
{
    for (uint32_t i = 0; i < proposal->line_count; i++)
        if (proposal->lines[i].kind == MT940_LINE_KIND_CUSTOMER)
            return &proposal->lines[i];
    return NULL;
}

int mt940_row_settle(const struct mt940_row_frame *frame, struct mt940_judged_row *row, struct mt940_slip_line *line,
                     int32_t chosen)
{
    struct mt940_dbs_settlement settlement;
    struct mt940_dbs_notice notices[MT940_DBS_SETTLEMENT_NOTICES];
    struct mt940_view invoices[MT940_FACT_INVOICES];
    struct mt940_found rates;
    size_t notice_count = 0;
    bool recognised = row->proposal.dbs_reason == MT940_SLIP_DBS_BY_RULE ||
                      row->proposal.dbs_reason == MT940_SLIP_DBS_BY_TEXT;
    int status = mt940_row_payments(frame, &line->customer, recognised || chosen == MT940_DBS_MARK_YES, row);
    if (status)
        return status;
    row->closings = mt940_arena_alloc(&frame->flow->scratch, (row->payments.count + 1) * sizeof *row->closings);
    if (!row->closings)
        return frame->flow->scratch.status;
    for (uint32_t i = 0; i < row->facts.invoice_count; i++)
        invoices[i] = row->facts.invoices[i].where.text;
    memset(&settlement, 0, sizeof settlement);
    settlement.size = sizeof settlement;
    settlement.company = &frame->company;
    settlement.banks = (const struct mt940_customer_bank *)row->banks.records;
    settlement.bank_count = row->banks.count;
    settlement.rows = (const struct mt940_payment *)row->payments.records;
    settlement.row_count = row->payments.count;
    settlement.account_branch = frame->account->branch;
    settlement.matched_slot = line->slot;
    settlement.invoices = invoices;
    settlement.invoice_count = row->facts.invoice_count;
    settlement.recognised = recognised;
    settlement.chosen = chosen;
    settlement.outgoing = row->movement.amount < 0;
    row->plan.size = sizeof row->plan;
    status = mt940_rates_read(frame->flow, &frame->company, &line->currency, line->rate, &row->proposal.slip.date,
                                  &row->banks, &rates);
    settlement.rates = (const struct mt940_rate *)rates.records;
    settlement.rate_count = rates.count;
    if (status == 0)
        status = mt940_dbs_line_settle(&frame->flow->dbs, &settlement, line, row->closings, row->payments.count,
                                       &row->plan, notices, &notice_count);
    mt940_found_free(&rates);
    if (status == 0 && notice_count) {
        row->notice = notices[0];
        mt940_dbs_notice_args(&row->notice, row->notice_args);
    }
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

static bool is_accepted(const struct mt940_row_frame *frame, int32_t message)
{
    for (size_t i = 0; i < frame->accepted_count; i++)
        if (frame->accepted[i] == message)
            return true;
    return false;
}

static bool is_faulty(const struct mt940_row_frame *frame)
{
    return frame->item.state == MT940_INBOX_STATE_FAULTY && !is_accepted(frame, MT940_M_STATEMENT_FAULTY) &&
           !(frame->item.finding && is_accepted(frame, (int32_t)frame->item.finding));
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
               !is_accepted(frame, MT940_M_SAME_MOVEMENT_DIFFERS)) {
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
    } else if (row->duplicate_count && !is_accepted(frame, MT940_M_POSSIBLE_DUPLICATE)) {
        mt940_row_refuse(row, MT940_M_POSSIBLE_DUPLICATE, "slip", &row->duplicates[0]);
    }
    if (!row->warning)
        row->warning = row->proposal.warning;
}

int mt940_row_recognise(struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    int status = row->movement.state != MT940_MOVEMENT_STATE_POSTING ? mt940_row_match(frame, row) : 0;
    row->is_recognised = status == 0;
    return status;
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

void mt940_row_end(struct mt940_judged_row *row)
{
    mt940_found_free(&row->banks);
    mt940_found_free(&row->named);
    mt940_found_free(&row->payments);
    mt940_found_free(&row->lessons);
}

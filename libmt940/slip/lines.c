/* SPDX-License-Identifier: Apache-2.0
 *
 * lines.c: the lines of a proposed slip: the bank account on one side, on the other what the
 * type asks for (turkish-banking §2.2, §2.3, R45). Must not decide the type.
 */
#include "slip/propose.h"

struct mt940_view mt940_slip_cut(struct mt940_view text, int32_t characters)
{
    size_t end = 0;

    for (; end < text.length; end++) {
        bool first = ((unsigned char)text.data[end] & 0xC0) != 0x80;

        if (first && characters-- <= 0)
            break;
    }
    while (end > 0 && (unsigned char)text.data[end - 1] <= ' ')
        end--;
    return mt940_view_slice(text, 0, end);
}

static const struct mt940_bank_account *own_account(const struct mt940_slip_state *state, const struct mt940_view *code)
{
    for (size_t i = 0; code->length > 0 && i < state->input->own_account_count; i++)
        if (mt940_view_equal(&state->input->own_accounts[i].code, code))
            return &state->input->own_accounts[i];
    return NULL;
}

void mt940_slip_find_counter(struct mt940_slip_state *state)
{
    const struct mt940_transaction_code *rule = state->out->rule;
    const struct mt940_view *code = &state->movement->counter_account;

    if (code->length == 0)
        code = &state->input->transfer_account;
    if (code->length == 0 && rule)
        code = &rule->counter_account;
    /* A transfer from an account to itself is none. */
    if (!mt940_view_equal(code, &state->out->slip.bank_account))
        state->counter = own_account(state, code);
}

/* Debit of an asset is what comes in; the other side is its mirror (turkish-banking §2.2). */
static int64_t side_of(int32_t sign)
{
    return sign > 0 ? MT940_ENTRY_SIDE_DEBIT : MT940_ENTRY_SIDE_CREDIT;
}

static struct mt940_slip_line *add_line(struct mt940_slip_state *state, int64_t kind, int32_t sign,
                                        const struct mt940_slip_worth *worth)
{
    struct mt940_slip_proposal *out = state->out;
    struct mt940_slip_line *line = &out->lines[out->line_count++];

    line->company = out->slip.company;
    line->line = out->line_count;
    line->kind = kind;
    line->side = side_of(sign);
    line->amount = worth->amount;
    line->currency = worth->currency;
    line->rate = worth->rate;
    line->rate_kind = worth->rate_kind;
    line->local_amount = worth->local;
    line->value_date = state->movement->value_date;
    line->transaction_code = state->movement->code;
    line->description = out->slip.description;
    return line;
}

/* Who the customer is: the user's, that of the slip being reversed, the matcher's, the rule's. */
static void choose_customer(struct mt940_slip_state *state, struct mt940_view *customer, int64_t *slot)
{
    const struct mt940_slip_input *input = state->input;
    const struct mt940_movement *movement = state->movement;
    struct mt940_slip_proposal *out = state->out;

    out->choice = MT940_CHOICE_AUTOMATIC;
    if (movement->customer_choice == MT940_CHOICE_USER && movement->customer.length > 0) {
        out->choice = MT940_CHOICE_USER;
        *customer = movement->customer;
        *slot = movement->slot;
        if (*slot == 0 && mt940_view_equal(&input->customer, customer))
            *slot = input->slot;
    } else if (input->original && input->original_customer.length > 0) {
        *customer = input->original_customer;
        *slot = input->original_slot;
    } else if (input->customer.length > 0) {
        *customer = input->customer;
        *slot = input->slot;
    } else if (state->by_rule && out->rule && out->rule->customer.length > 0) {
        *customer = out->rule->customer;
    } else {
        out->choice = MT940_CHOICE_NOBODY;
    }
}

/* The matched bank record travels with the match (R31); without one, what the movement says. */
static void fill_bank_record(const struct mt940_slip_state *state, int64_t slot, struct mt940_slip_line *line)
{
    const struct mt940_slip_input *input = state->input;

    line->iban = input->counter_iban;
    line->account = input->counter_number;
    for (size_t i = 0; slot > 0 && i < input->bank_count; i++)
        if (input->banks[i].slot == slot && mt940_view_equal(&input->banks[i].customer, &line->customer)) {
            line->slot = slot;
            line->branch = input->banks[i].branch;
            line->account = input->banks[i].account;
            line->iban = input->banks[i].iban;
            return;
        }
}

/* Recognition never fires on money that leaves, nor on a row that takes another back (decision 24). */
static void mark_dbs(struct mt940_slip_state *state, struct mt940_slip_line *line)
{
    const uint32_t flags = state->input->flags;
    struct mt940_slip_proposal *out = state->out;

    if (state->sign > 0 && out->slip.type == MT940_SLIP_TYPE_INCOMING_TRANSFER && !out->is_reversal) {
        if (out->rule && out->rule->dbs)
            out->dbs_reason = MT940_SLIP_DBS_BY_RULE;
        else if ((flags & MT940_SLIP_SAYS_DBS) && state->rules->options.dbs_by_text)
            out->dbs_reason = MT940_SLIP_DBS_BY_TEXT;
        else if (flags & MT940_SLIP_PAYMENT_IS_DBS)
            out->dbs_reason = MT940_SLIP_DBS_BY_PAYMENT;
    }
    out->dbs = out->dbs_reason != MT940_SLIP_DBS_NOT;
    if (state->movement->chosen_dbs >= 0)
        out->dbs = state->movement->chosen_dbs != 0;
    if (out->dbs && out->dbs_reason == MT940_SLIP_DBS_NOT)
        out->dbs_reason = MT940_SLIP_DBS_BY_USER;
    line->dbs = out->dbs;
}

static void add_customer_line(struct mt940_slip_state *state, const struct mt940_slip_worth *worth)
{
    const struct mt940_transaction_code *rule = state->by_rule ? state->out->rule : NULL;
    struct mt940_slip_line *line = add_line(state, MT940_LINE_KIND_CUSTOMER, -state->sign, worth);
    int64_t slot = 0;

    choose_customer(state, &line->customer, &slot);
    fill_bank_record(state, slot, line);
    if (rule) {
        line->gl_account = rule->gl_account;
        line->service = rule->service;
    }
    mark_dbs(state, line);
}

static void add_transfer_lines(struct mt940_slip_state *state)
{
    struct mt940_slip_worth own, counter;

    mt940_slip_find_counter(state);
    if (!state->counter) {
        mt940_slip_worth(state, &own);
        add_line(state, MT940_LINE_KIND_BANK, state->sign, &own)->bank_account = state->out->slip.bank_account;
        return;
    }
    mt940_slip_transfer_worth(state, &own, &counter);
    add_line(state, MT940_LINE_KIND_BANK, state->sign, &own)->bank_account = state->out->slip.bank_account;
    add_line(state, MT940_LINE_KIND_BANK, -state->sign, &counter)->bank_account = state->counter->code;
}

void mt940_slip_set_lines(struct mt940_slip_state *state)
{
    const struct mt940_transaction_code *rule = state->by_rule ? state->out->rule : NULL;
    int64_t type = state->out->slip.type;
    struct mt940_slip_worth worth;

    if (type == MT940_SLIP_TYPE_OWN_TRANSFER) {
        add_transfer_lines(state);
        return;
    }
    mt940_slip_worth(state, &worth);
    add_line(state, MT940_LINE_KIND_BANK, state->sign, &worth)->bank_account = state->out->slip.bank_account;
    if (mt940_slip_type_needs_customer(type))
        add_customer_line(state, &worth);
    else if (rule && rule->gl_account.length > 0 && type != MT940_SLIP_TYPE_UNDEFINED)
        add_line(state, MT940_LINE_KIND_LEDGER, -state->sign, &worth)->gl_account = rule->gl_account;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * propose.c: what slip a movement should become, and what is missing for it: the order of
 * deciding of decisions 8-17. Pure: whatever it needs to know is among its arguments.
 */
#include "slip/propose.h"

#include "base/export.h"
#include "base/failure.h"
#include "text/argument.h"

#define FLAGS_KNOWN                                                                                                    \
    ((uint32_t)(MT940_SLIP_AMBIGUOUS | MT940_SLIP_SAYS_DBS | MT940_SLIP_SAYS_REVERSAL | MT940_SLIP_ONE_DAY |           \
                MT940_SLIP_INTERIM | MT940_SLIP_PAYMENT_IS_DBS))

/* Four-digit bank code of the own account: the first part of its branch code, else of its IBAN. */
static struct mt940_view bank_of(const struct mt940_bank_account *account)
{
    size_t length = 0;

    if (!account)
        return mt940_view_of(NULL, 0);
    while (length < account->branch.length && mt940_ascii_is_alnum(account->branch.data[length]))
        length++;
    if (length > 0)
        return mt940_view_slice(account->branch, 0, length);
    if (account->iban.length > 9 && memcmp(account->iban.data, "TR", 2) == 0)
        return mt940_view_slice(account->iban, 4, 5);
    return mt940_view_slice(account->iban, 4, 4);
}

static bool is_reversal(const struct mt940_slip_state *state)
{
    struct mt940_view mark = mt940_view_trim(state->movement->mark);
    struct mt940_slip_code code;

    return mt940_view_is(mark, "RC") || mt940_view_is(mark, "RD") ||
           (state->input->flags & MT940_SLIP_SAYS_REVERSAL) || state->input->original ||
           (mt940_slip_code_read(&state->movement->code, &code) && mt940_slip_code_reverses(&code));
}

static void decide(struct mt940_slip_state *state, int64_t type, int32_t decided)
{
    state->out->slip.type = type;
    state->out->decided = decided;
    state->by_rule = decided == MT940_SLIP_BY_TEXT || decided == MT940_SLIP_BY_CODE ||
                     decided == MT940_SLIP_BY_ONLY_RULE || decided == MT940_SLIP_BY_BUILT_IN;
}

static int64_t by_direction(const struct mt940_slip_state *state)
{
    return state->sign > 0 ? MT940_SLIP_TYPE_INCOMING_TRANSFER : MT940_SLIP_TYPE_OUTGOING_TRANSFER;
}

/* Decision 10, with the original of a reversal (decision 17) after the user. */
static void decide_type(struct mt940_slip_state *state, const struct mt940_slip_match *found)
{
    const struct mt940_slip_input *input = state->input;
    const struct mt940_movement *movement = state->movement;

    if (movement->chosen_type != MT940_SLIP_TYPE_UNDEFINED)
        decide(state, movement->chosen_type, MT940_SLIP_BY_USER);
    else if (movement->counter_account.length > 0)
        decide(state, MT940_SLIP_TYPE_OWN_TRANSFER, MT940_SLIP_BY_USER);
    else if (input->original)
        decide(state, mt940_slip_type_opposite(input->original->type), MT940_SLIP_BY_ORIGINAL);
    else if (found->decided == MT940_SLIP_BY_TEXT)
        decide(state, found->slip_type, MT940_SLIP_BY_TEXT);
    else if (input->transfer_account.length > 0)
        decide(state, MT940_SLIP_TYPE_OWN_TRANSFER, MT940_SLIP_BY_OWN_ACCOUNT);
    else if (found->rule)
        decide(state, found->slip_type, found->decided);
    else if (state->out->is_reversal)
        decide(state, by_direction(state), MT940_SLIP_BY_REVERSAL);
    else if (state->rules->options.fallback)
        decide(state, by_direction(state), MT940_SLIP_BY_FALLBACK);
    /* A user's type keeps what the rule says of that same type: ledger account, service, texts. */
    if (state->out->decided == MT940_SLIP_BY_USER && found->rule && found->slip_type == movement->chosen_type)
        state->by_rule = true;
}

void mt940_slip_set_date(struct mt940_slip_state *state)
{
    const struct mt940_movement *movement = state->movement;
    struct mt940_date *date = &state->out->slip.date;

    *date = movement->value_date;
    if (state->rules->options.dating == MT940_SLIP_DATED_ENTRY) {
        if (movement->entry_date.year)
            *date = movement->entry_date;
        else if ((state->input->flags & MT940_SLIP_ONE_DAY) && state->input->closing_date.year)
            *date = state->input->closing_date;
    }
    if (movement->chosen_date.year)
        *date = movement->chosen_date;
}

static void set_header(struct mt940_slip_state *state)
{
    const struct mt940_slip_input *input = state->input;
    const struct mt940_movement *movement = state->movement;
    const struct mt940_transaction_code *rule = state->by_rule ? state->out->rule : NULL;
    struct mt940_view reference = mt940_view_trim(movement->bank_reference);
    struct mt940_slip *slip = &state->out->slip;

    slip->company = movement->company.length ? movement->company : input->company->code;
    slip->movement = movement->id;
    if (input->other && slip->type == MT940_SLIP_TYPE_OWN_TRANSFER)
        slip->other_movement = input->other->id;
    if (input->account)
        slip->bank_account = input->account->code;
    slip->bank_side = state->sign > 0 ? MT940_ENTRY_SIDE_DEBIT : MT940_ENTRY_SIDE_CREDIT;
    slip->amount = state->amount;
    slip->currency = state->currency;
    slip->document_number = reference.length ? reference : mt940_view_trim(input->receipt);
    slip->description = mt940_slip_cut(rule && rule->description.length ? rule->description
                                       : movement->narrative.length     ? movement->narrative
                                                                        : movement->supplementary,
                                       state->rules->options.description_length);
    if (input->original)
        slip->reverses = input->original->id;
    if (rule)
        slip->host_fields = rule->host_fields;
}

/* Sets the reason a slip cannot be saved, with what its sentence names. */
static void refuse(struct mt940_slip_state *state, int32_t message, const char *name, struct mt940_view text)
{
    struct mt940_slip_proposal *out = state->out;

    out->message = message;
    out->arg_count = name ? 1 : 0;
    out->args[0] = mt940_argument_text(name, text);
}

static void refuse_with_date(struct mt940_slip_state *state, int32_t message, struct mt940_date date)
{
    state->out->message = message;
    state->out->args[state->out->arg_count++] = mt940_argument_date("date", date);
}

static const struct mt940_view none = {NULL, 0};

/* What concerns the statement and its account, not this slip. */
static bool check_movement(struct mt940_slip_state *state)
{
    const struct mt940_slip_input *input = state->input;
    const struct mt940_movement *movement = state->movement;
    struct mt940_date booked = movement->entry_date.year ? movement->entry_date : movement->value_date;
    struct mt940_view currency;

    if (!input->account) {
        refuse(state, MT940_M_UNKNOWN_BANK_ACCOUNT, "account", movement->bank_account);
        return false;
    }
    currency = input->account->currency.length ? input->account->currency : state->local;
    if (state->amount == 0)
        refuse(state, MT940_M_INFORMATIONAL, NULL, none);
    else if (booked.year && mt940_date_compare(&booked, &input->account->start_date) < 0)
        refuse_with_date(state, MT940_M_BEFORE_START_DATE, input->account->start_date);
    else if (input->flags & MT940_SLIP_INTERIM)
        refuse(state, MT940_M_NOT_POSTED_BY_DEFAULT, "type", mt940_view_of("941/942", 7));
    else if (currency.length > 0 && !mt940_view_equal(&currency, &state->currency)) {
        refuse(state, MT940_M_CURRENCY_DIFFERS, "currency", state->currency);
        state->out->args[1] = state->out->args[0];
        state->out->args[1].name = "account_currency";
        state->out->args[1].text = currency;
        state->out->arg_count = 2;
    }
    return state->out->message == 0;
}

static const struct mt940_slip_line *customer_line(const struct mt940_slip_proposal *out)
{
    for (uint32_t i = 0; i < out->line_count; i++)
        if (out->lines[i].kind == MT940_LINE_KIND_CUSTOMER)
            return &out->lines[i];
    return NULL;
}

/* What this slip still needs. */
static void check_slip(struct mt940_slip_state *state)
{
    struct mt940_slip_proposal *out = state->out;
    const struct mt940_slip_line *customer = customer_line(out);
    int64_t type = out->slip.type;

    if (state->by_rule && out->decided != MT940_SLIP_BY_USER && out->rule->informational)
        refuse(state, MT940_M_INFORMATIONAL, NULL, none);
    else if (type == MT940_SLIP_TYPE_UNDEFINED)
        refuse(state, MT940_M_UNDEFINED_CODE, "code", state->movement->code);
    else if (type == MT940_SLIP_TYPE_HOLD)
        refuse(state, MT940_M_ON_HOLD, NULL, none);
    else if (customer && customer->customer.length == 0)
        refuse(state,
               state->input->flags & MT940_SLIP_AMBIGUOUS ? MT940_M_AMBIGUOUS_CUSTOMER : MT940_M_NEEDS_CUSTOMER, NULL,
               none);
    else if (type == MT940_SLIP_TYPE_OWN_TRANSFER && !state->counter)
        refuse(state, MT940_M_NEEDS_ACCOUNT, NULL, none);
    else if (state->missing_rate.length > 0) {
        refuse(state, MT940_M_NEEDS_RATE, "currency", state->missing_rate);
        refuse_with_date(state, MT940_M_NEEDS_RATE, out->slip.date);
    }
}

static bool input_is_valid(const struct mt940_slip_input *input)
{
    return mt940_check_size(input, input->size, sizeof(*input), sizeof(*input)) == MT940_OK && input->movement &&
           input->company && (input->flags & ~FLAGS_KNOWN) == 0 && input->movement->amount != INT64_MIN &&
           (input->bank_count == 0 || input->banks) && (input->own_account_count == 0 || input->own_accounts) &&
           (input->rate_count == 0 || input->rates);
}

static void set_money(struct mt940_slip_state *state)
{
    const struct mt940_slip_input *input = state->input;
    const struct mt940_movement *movement = state->movement;

    state->local = input->company->local_currency;
    state->currency = movement->currency;
    if (state->currency.length == 0)
        state->currency = input->account && input->account->currency.length ? input->account->currency : state->local;
    state->sign = movement->amount < 0 ? -1 : 1;
    state->amount = movement->amount < 0 ? -movement->amount : movement->amount;
}

MT940_EXPORT int mt940_slip_propose(const struct mt940_slip_rules *rules, const struct mt940_slip_input *input,
                                    struct mt940_slip_proposal *out)
{
    struct mt940_slip_state state = {.rules = rules, .input = input, .out = out};
    struct mt940_slip_match found = {.size = sizeof(found)};
    struct mt940_slip_query query = {.size = sizeof(query)};

    if (!rules || !input || !out || out->size < sizeof(*out) || !input_is_valid(input))
        return MT940_E_ARGUMENT;
    memset(out, 0, sizeof(*out));
    out->size = sizeof(*out);
    state.movement = input->movement;
    set_money(&state);
    query.bank = bank_of(input->account);
    query.code = input->movement->code;
    query.narrative = input->movement->narrative;
    query.sign = state.sign;
    query.bank_account = input->account ? input->account->code : query.bank_account;
    query.currency = state.currency;
    query.local_currency = state.local;
    query.amount = state.amount;
    if (mt940_slip_rules_find(rules, &query, &found) != MT940_OK)
        return MT940_E_ARGUMENT;
    out->rule = found.rule;
    out->is_reversal = is_reversal(&state);
    decide_type(&state, &found);
    mt940_slip_set_date(&state);
    set_header(&state);
    mt940_slip_set_lines(&state);
    if (check_movement(&state))
        check_slip(&state);
    return MT940_OK;
}

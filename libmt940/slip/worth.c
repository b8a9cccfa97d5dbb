/* SPDX-License-Identifier: Apache-2.0
 *
 * worth.c: what the lines of a slip are worth: rates found, amounts converted (decisions 11 and
 * 15). Must not know types, customers or accounts beyond their currency.
 */
#include "slip/propose.h"

int32_t mt940_slip_digits(const struct mt940_view *currency)
{
    int digits = mt940_currency_digits(currency->data, currency->length);

    return digits < 0 ? 2 : digits;
}

static bool is_local(const struct mt940_slip_state *state, const struct mt940_view *currency)
{
    return state->local.length == 0 || mt940_view_equal(currency, &state->local);
}

static int compare_kinds(const struct mt940_view *a, const struct mt940_view *b)
{
    size_t common = a->length < b->length ? a->length : b->length;
    int order = common ? memcmp(a->data, b->data, common) : 0;

    if (order != 0)
        return order;
    return a->length < b->length ? -1 : a->length > b->length;
}

/* Whether a rate serves better than the best so far: kind first by name, then the later day. */
static bool is_better(const struct mt940_rate *rate, const struct mt940_rate *best)
{
    int order;

    if (!best)
        return true;
    order = compare_kinds(&rate->kind, &best->kind);
    return order != 0 ? order < 0 : mt940_date_compare(&rate->date, &best->date) > 0;
}

/* The last rate of a currency on or before the slip date, of the kind that is set; NULL = none. */
static const struct mt940_rate *find_rate(struct mt940_slip_state *state, const struct mt940_view *currency)
{
    const struct mt940_view *kind = &state->rules->options.rate_kind;
    const struct mt940_rate *best = NULL;

    for (size_t i = 0; i < state->input->rate_count; i++) {
        const struct mt940_rate *rate = &state->input->rates[i];

        if (rate->rate > 0 && mt940_view_equal(&rate->currency, currency) &&
            (kind->length == 0 || mt940_view_equal(&rate->kind, kind)) &&
            mt940_date_compare(&rate->date, &state->out->slip.date) <= 0 && is_better(rate, best))
            best = rate;
    }
    if (!best && state->missing_rate.length == 0)
        state->missing_rate = *currency;
    return best;
}

/* An amount in a currency at a rate of the table; false when there is none, or it does not fit. */
static bool value_at_table(struct mt940_slip_state *state, struct mt940_slip_worth *worth)
{
    const struct mt940_rate *rate;

    worth->local = worth->amount;
    if (is_local(state, &worth->currency))
        return true;
    rate = find_rate(state, &worth->currency);
    if (!rate)
        return false;
    worth->rate = rate->rate;
    worth->rate_kind = rate->kind;
    if (mt940_rate_multiply(worth->amount, mt940_slip_digits(&worth->currency), rate->rate,
                            mt940_slip_digits(&state->local), &worth->local) == MT940_OK)
        return true;
    state->missing_rate = worth->currency;
    return false;
}

/* The rate that makes an amount worth `local`; what cannot be computed counts as missing. */
static bool value_by_local(struct mt940_slip_state *state, struct mt940_slip_worth *worth, int64_t local)
{
    worth->local = local;
    if (is_local(state, &worth->currency))
        return true;
    if (mt940_rate_between(worth->amount, mt940_slip_digits(&worth->currency), local, mt940_slip_digits(&state->local),
                           &worth->rate) == MT940_OK)
        return true;
    state->missing_rate = worth->currency;
    return false;
}

/* The amount of a currency that is worth `local`, at the stated rate or one of the table. */
static bool amount_from_local(struct mt940_slip_state *state, struct mt940_slip_worth *worth, int64_t local,
                              int64_t stated)
{
    const struct mt940_rate *rate = stated > 0 ? NULL : find_rate(state, &worth->currency);

    if (stated <= 0 && !rate)
        return false;
    worth->rate = rate ? rate->rate : stated;
    if (rate)
        worth->rate_kind = rate->kind;
    worth->local = local;
    if (mt940_rate_divide(local, mt940_slip_digits(&state->local), worth->rate, mt940_slip_digits(&worth->currency),
                          &worth->amount) == MT940_OK &&
        worth->amount > 0)
        return true;
    state->missing_rate = worth->currency;
    return false;
}

static void begin(const struct mt940_slip_state *state, struct mt940_slip_worth *worth)
{
    memset(worth, 0, sizeof(*worth));
    worth->currency = state->currency;
    worth->amount = state->amount;
}

bool mt940_slip_worth(struct mt940_slip_state *state, struct mt940_slip_worth *out)
{
    begin(state, out);
    return value_at_table(state, out);
}

/* Amount of the opposite row, when it is in the other account's currency and direction; else 0. */
static int64_t other_amount(const struct mt940_slip_state *state, const struct mt940_view *currency)
{
    const struct mt940_movement *other = state->input->other;

    if (!other || !mt940_view_equal(&other->currency, currency) || other->amount == 0 || other->amount == INT64_MIN ||
        (other->amount < 0) == (state->sign < 0))
        return 0;
    return other->amount < 0 ? -other->amount : other->amount;
}

/* One of the two currencies is the company's. */
static bool exchange_with_local(struct mt940_slip_state *state, struct mt940_slip_worth *own,
                                struct mt940_slip_worth *counter)
{
    int64_t stated = state->input->stated_rate;

    if (is_local(state, &own->currency)) {
        own->local = own->amount;
        return counter->amount > 0 ? value_by_local(state, counter, own->amount)
                                   : amount_from_local(state, counter, own->amount, stated);
    }
    if (counter->amount > 0) {
        counter->local = counter->amount;
        return value_by_local(state, own, counter->amount);
    }
    if (stated > 0) {
        own->rate = stated;
        if (mt940_rate_multiply(own->amount, mt940_slip_digits(&own->currency), stated,
                                mt940_slip_digits(&state->local), &own->local) != MT940_OK)
            state->missing_rate = own->currency;
    } else if (!value_at_table(state, own)) {
        return false;
    }
    counter->amount = counter->local = own->local;
    return state->missing_rate.length == 0 && counter->amount > 0;
}

/* Two foreign currencies: both lines are worth the same in the company's. */
static bool exchange_abroad(struct mt940_slip_state *state, struct mt940_slip_worth *own,
                            struct mt940_slip_worth *counter)
{
    if (!value_at_table(state, own))
        return false;
    return counter->amount > 0 ? value_by_local(state, counter, own->local)
                               : amount_from_local(state, counter, own->local, 0);
}

bool mt940_slip_transfer_worth(struct mt940_slip_state *state, struct mt940_slip_worth *own,
                               struct mt940_slip_worth *counter)
{
    begin(state, own);
    begin(state, counter);
    if (state->counter->currency.length > 0)
        counter->currency = state->counter->currency;
    else if (state->local.length > 0)
        counter->currency = state->local;
    if (mt940_view_equal(&own->currency, &counter->currency)) {
        if (!value_at_table(state, own))
            return false;
        *counter = *own;
        return true;
    }
    counter->amount = other_amount(state, &counter->currency);
    if (is_local(state, &own->currency) || is_local(state, &counter->currency))
        return exchange_with_local(state, own, counter);
    return exchange_abroad(state, own, counter);
}

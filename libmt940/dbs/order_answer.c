/* SPDX-License-Identifier: Apache-2.0
 *
 * order_answer.c: what a bank's answer makes of an order (decision 31). Answers come late, twice
 * and out of order: the table says which state may follow which. Must not know files.
 */
#include "base/export.h"
#include "base/failure.h"
#include "base/view.h"
#include "mt940connect/dbs_exchange.h"

#define BIT(state) (1u << MT940_DBS_ORDER_STATE_##state)
#define WAITING (BIT(SENT) | BIT(ACCEPTED) | BIT(UNPAID) | BIT(PARTLY_PAID) | BIT(PAYMENT_CANCELLED))

/* For each state those it may follow (turkish-banking §3.3). */
static const uint32_t follows[] = {
    [MT940_DBS_ORDER_STATE_SENT] = 0,
    [MT940_DBS_ORDER_STATE_ACCEPTED] = BIT(SENT) | BIT(REJECTED),
    [MT940_DBS_ORDER_STATE_REJECTED] = BIT(SENT) | BIT(ACCEPTED),
    [MT940_DBS_ORDER_STATE_UNPAID] = BIT(SENT) | BIT(ACCEPTED) | BIT(PAYMENT_CANCELLED),
    [MT940_DBS_ORDER_STATE_PARTLY_PAID] = WAITING,
    [MT940_DBS_ORDER_STATE_PAID] = WAITING,
    [MT940_DBS_ORDER_STATE_OFFSET] = WAITING,
    [MT940_DBS_ORDER_STATE_DISCOUNTED] = WAITING,
    [MT940_DBS_ORDER_STATE_CANCELLED] = BIT(SENT) | BIT(ACCEPTED) | BIT(UNPAID) | BIT(REJECTED),
    [MT940_DBS_ORDER_STATE_PAYMENT_CANCELLED] = BIT(PAID) | BIT(PARTLY_PAID) | BIT(OFFSET) | BIT(DISCOUNTED),
};

static const int64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

/* The amount in minor units of the order's currency; exact or E_RANGE. */
static int paid_units(const struct mt940_dbs_order *order, const struct mt940_amount *paid, int64_t *out)
{
    int digits = mt940_currency_digits(order->currency.data, order->currency.length);
    int more = digits - paid->scale;

    if (digits < 0 || more < 0 || more >= (int)(sizeof powers / sizeof powers[0]) ||
        paid->units > INT64_MAX / powers[more] || paid->units < 0)
        return MT940_E_RANGE;
    *out = paid->units * powers[more];
    return 0;
}

/* Whether the bank has the row after this. */
static int64_t held_after(const struct mt940_dbs_order *order, int64_t state)
{
    if (state == MT940_DBS_ORDER_STATE_CANCELLED)
        return 0;
    if (state == MT940_DBS_ORDER_STATE_REJECTED)
        return order->record != MT940_DBS_ORDER_RECORD_NEW;
    return 1;
}

static int32_t message_of(const struct mt940_dbs_order *after)
{
    if (after->state == MT940_DBS_ORDER_STATE_REJECTED)
        return MT940_M_DBS_REJECTED;
    return after->paid > after->amount ? MT940_M_DBS_PAID_MORE : 0;
}

/* A cancellation that is accepted is done. */
static int64_t state_of(const struct mt940_dbs_order *order, int64_t state)
{
    return state == MT940_DBS_ORDER_STATE_ACCEPTED && order->record == MT940_DBS_ORDER_RECORD_CANCEL
               ? MT940_DBS_ORDER_STATE_CANCELLED
               : state;
}

MT940_EXPORT int mt940_dbs_order_answer(const struct mt940_dbs_order *order, const struct mt940_dbs_answer *answer,
                                        int64_t at, struct mt940_dbs_order *out, int32_t *message)
{
    struct mt940_dbs_order after;
    int64_t paid, state;

    if (!order || !answer || mt940_check_size(answer, answer->size, sizeof *answer, sizeof *answer) != 0 || !out ||
        !message || answer->state < 0 || (size_t)answer->state >= sizeof follows / sizeof follows[0])
        return MT940_E_ARGUMENT;
    paid = order->paid;
    if (answer->paid.scale >= 0 && paid_units(order, &answer->paid, &paid) != 0)
        return MT940_E_RANGE;
    *message = 0;
    state = state_of(order, answer->state);
    bool is_same = state == order->state;
    bool has_grown = is_same && state == MT940_DBS_ORDER_STATE_PARTLY_PAID && paid > order->paid;
    if (is_same && !has_grown && paid >= order->paid)
        return 0;
    if (answer->run > 0 && answer->run < order->run)
        *message = MT940_M_DBS_ANSWER_OTHER_RUN;
    else if (!has_grown && (is_same || !(follows[state] & 1u << order->state)))
        *message = MT940_M_DBS_ANSWER_LATE;
    if (*message)
        return 0;
    after = *order;
    after.state = state;
    after.held = held_after(order, state);
    after.code = answer->code;
    after.text = answer->text;
    after.paid = state == MT940_DBS_ORDER_STATE_PAYMENT_CANCELLED && answer->paid.scale < 0 ? 0 : paid;
    after.answered_at = at;
    *out = after;
    *message = message_of(&after);
    return 1;
}

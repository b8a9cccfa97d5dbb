/* SPDX-License-Identifier: Apache-2.0
 *
 * effect.c: turns the decisions of the pure rooms into guarded changes. Every effect here has an
 * exact inverse here, and each is written in the batch that also writes its cause.
 */
#include "flow/effect.h"

#include "dbs/money.h"

int mt940_stored_slip_read(struct mt940_flow *flow, const struct mt940_view *id, struct mt940_stored_slip *out)
{
    struct mt940_slip key;
    struct mt940_slip_line line;
    struct mt940_closing closing;
    memset(out, 0, sizeof *out);
    memset(&key, 0, sizeof key);
    memset(&line, 0, sizeof line);
    memset(&closing, 0, sizeof closing);
    key.company = line.company = closing.company = flow->company;
    key.id = *id;
    int status = mt940_ask_get(flow, MT940_KIND_SLIP, &key, &out->slip);
    if (status)
        return status;
    line.slip = closing.slip = out->slip.id;
    status = mt940_ask_scan(flow, MT940_KIND_SLIP_LINE, 0, 2, &line, &out->lines);
    if (status == 0)
        status = mt940_ask_scan(flow, MT940_KIND_CLOSING, 0, 2, &closing, &out->closings);
    return status;
}

void mt940_stored_slip_end(struct mt940_stored_slip *slip)
{
    mt940_found_free(&slip->lines);
    mt940_found_free(&slip->closings);
}

void mt940_effect_total(struct mt940_plan *plan, const struct mt940_slip_line *line, int64_t delta, int32_t event,
                        const char *note)
{
    struct mt940_customer_bank bank;
    struct mt940_journal journal;
    memset(&bank, 0, sizeof bank);
    memset(&journal, 0, sizeof journal);
    bank.company = plan->flow->company;
    bank.customer = line->customer;
    bank.slot = line->dbs_slot;
    journal.currency = line->dbs_currency;
    journal.event = event;
    journal.document = line->slip;
    journal.actor = plan->flow->actor;
    journal.at = plan->flow->now;
    mt940_view_from_string(note, &journal.note);
    if (line->dbs_slot && delta)
        mt940_plan_total_add(plan, &bank, delta, MT940_CEILING_NONE, 0, &journal);
}

static const struct mt940_payment *find_known(const struct mt940_found *known, const struct mt940_payment *key)
{
    for (size_t i = 0; known && i < known->count; i++)
        if (mt940_record_compare(MT940_KIND_PAYMENT, 0, mt940_found_at(known, i), key) == 0)
            return mt940_found_at(known, i);
    return NULL;
}

/* The payment row of a closing as this plan will leave it, as it is known (NULL = not), or as it is stored. */
static int payment_of(struct mt940_plan *plan, const struct mt940_closing *closing, const struct mt940_found *known,
                      struct mt940_payment *out)
{
    struct mt940_payment key;
    memset(&key, 0, sizeof key);
    key.company = closing->company;
    key.invoice = closing->invoice;
    key.line = closing->payment;
    const struct mt940_payment *pending = mt940_plan_pending(plan, MT940_KIND_PAYMENT, &key);
    pending = pending ? pending : find_known(known, &key);
    if (pending) {
        *out = *pending;
        return 0;
    }
    return mt940_ask_get(plan->flow, MT940_KIND_PAYMENT, &key, out);
}

int mt940_effect_close(struct mt940_plan *plan, const struct mt940_closing *closings, size_t count,
                       const struct mt940_found *known)
{
    for (size_t i = 0; i < count; i++) {
        struct mt940_payment payment;
        int status = payment_of(plan, &closings[i], known, &payment);
        if (status == 0)
            status = mt940_closing_apply(&closings[i], &payment);
        /* The row changed since the plan of closings was made: decide again. */
        if (status)
            return status == MT940_E_NOT_FOUND || status == MT940_E_RANGE ? MT940_E_CONFLICT : status;
        mt940_plan_put_new(plan, MT940_KIND_CLOSING, &closings[i]);
        mt940_plan_put_if(plan, MT940_KIND_PAYMENT, &payment, payment.revision);
    }
    return 0;
}

/* A row that left DBS after this slip paid it: what it had kept leaves the total too (decision 27). */
static int leave_total(struct mt940_plan *plan, const struct mt940_stored_slip *slip,
                       const struct mt940_closing *closing, struct mt940_payment *payment)
{
    for (size_t i = 0; i < slip->lines.count; i++) {
        const struct mt940_slip_line *line = mt940_found_at(&slip->lines, i);
        struct mt940_dbs_effect effect;
        size_t count = 0;
        struct mt940_slip_line of_row = *line;
        if (line->line != closing->line)
            continue;
        int status = mt940_dbs_effects_of_undo(closing, line->dbs ? line->dbs_amount : 0, line->amount, payment,
                                               &effect, 1, &count);
        if (status)
            return status;
        of_row.dbs_slot = payment->slot;
        if (count)
            mt940_effect_total(plan, &of_row, effect.delta, MT940_DBS_EVENT_WITHDRAWN, "");
    }
    return 0;
}

int mt940_effect_reopen(struct mt940_plan *plan, struct mt940_stored_slip *slip)
{
    for (size_t i = 0; i < slip->closings.count; i++) {
        struct mt940_closing *closing = mt940_found_at(&slip->closings, i);
        struct mt940_payment payment;
        if (closing->state != MT940_DOCUMENT_STATE_ACTIVE)
            continue;
        int status = payment_of(plan, closing, NULL, &payment);
        if (status == 0)
            status = leave_total(plan, slip, closing, &payment);
        if (status == 0)
            status = mt940_closing_undo(closing, &payment);
        if (status)
            return status == MT940_E_NOT_FOUND ? MT940_E_CORRUPT : status;
        mt940_plan_put_if(plan, MT940_KIND_CLOSING, closing, closing->revision);
        mt940_plan_put_if(plan, MT940_KIND_PAYMENT, &payment, payment.revision);
    }
    return 0;
}

/* The way back: the row is not DBS, so the part that this slip paid is all it keeps in the total. */
static int return_to_total(struct mt940_plan *plan, const struct mt940_stored_slip *slip,
                           const struct mt940_closing *closing, struct mt940_payment *payment)
{
    for (size_t i = 0; i < slip->lines.count; i++) {
        const struct mt940_slip_line *line = mt940_found_at(&slip->lines, i);
        struct mt940_slip_line of_row = *line;
        int64_t share;
        if (line->line != closing->line || !line->dbs || payment->type == MT940_PAYMENT_TYPE_DBS || !payment->slot)
            continue;
        if (!mt940_money_share(line->dbs_amount, closing->amount, line->amount, &share) ||
            !mt940_money_add(payment->dbs_amount, share, &payment->dbs_amount))
            return MT940_E_RANGE;
        of_row.dbs_slot = payment->slot;
        mt940_effect_total(plan, &of_row, share, MT940_DBS_EVENT_WITHDRAWN, "");
    }
    return 0;
}

/* Cancelled, in another currency or somebody else's since: then the money stays unallocated. */
static bool may_close_again(const struct mt940_stored_slip *slip, const struct mt940_closing *closing,
                            const struct mt940_payment *payment)
{
    for (size_t i = 0; i < slip->lines.count; i++) {
        const struct mt940_slip_line *line = mt940_found_at(&slip->lines, i);
        if (line->line == closing->line && mt940_view_equal(&line->customer, &payment->customer) != 1)
            return false;
    }
    return payment->state == MT940_DOCUMENT_STATE_ACTIVE &&
           mt940_view_equal(&closing->currency, &payment->currency) == 1;
}

int mt940_effect_close_again(struct mt940_plan *plan, struct mt940_stored_slip *slip)
{
    for (size_t i = 0; i < slip->closings.count; i++) {
        struct mt940_closing *closing = mt940_found_at(&slip->closings, i);
        struct mt940_closing again = *closing;
        struct mt940_payment payment;
        if (closing->state == MT940_DOCUMENT_STATE_ACTIVE)
            continue;
        int status = payment_of(plan, closing, NULL, &payment);
        if (status && status != MT940_E_NOT_FOUND)
            return status;
        again.state = MT940_DOCUMENT_STATE_ACTIVE;
        /* Or paid by something else meanwhile. */
        if (status || !may_close_again(slip, closing, &payment) || mt940_closing_apply(&again, &payment))
            continue;
        status = return_to_total(plan, slip, &again, &payment);
        if (status)
            return status;
        mt940_plan_put_if(plan, MT940_KIND_CLOSING, &again, again.revision);
        mt940_plan_put_if(plan, MT940_KIND_PAYMENT, &payment, payment.revision);
    }
    return 0;
}

static bool is_open(int64_t state)
{
    return state != MT940_MOVEMENT_STATE_SAVED && state != MT940_MOVEMENT_STATE_INFORMATIONAL;
}

/* The inbox record's state follows from how many movements are still open. */
static void set_inbox_state(struct mt940_inbox_item *item)
{
    if (item->state == MT940_INBOX_STATE_FAULTY && item->open_entries > 0)
        return;
    item->state = item->open_entries == 0               ? MT940_INBOX_STATE_SAVED
                  : item->open_entries < item->entries  ? MT940_INBOX_STATE_PARTLY_SAVED
                                                        : MT940_INBOX_STATE_NEW;
}

int mt940_effect_movement(struct mt940_plan *plan, const struct mt940_movement *movement, int64_t before,
                          const struct mt940_inbox_item *known)
{
    struct mt940_inbox_item key, item;
    mt940_plan_put_if(plan, MT940_KIND_MOVEMENT, movement, movement->revision);
    if (is_open(before) == is_open(movement->state))
        return 0;
    memset(&key, 0, sizeof key);
    key.company = plan->flow->company;
    key.id = movement->inbox_item;
    const struct mt940_inbox_item *pending = mt940_plan_pending(plan, MT940_KIND_INBOX_ITEM, &key);
    if (!pending && known && mt940_view_equal(&known->id, &key.id) == 1)
        pending = known;
    int status = pending ? (item = *pending, 0) : mt940_ask_get(plan->flow, MT940_KIND_INBOX_ITEM, &key, &item);
    if (status)
        return status;
    item.open_entries += is_open(movement->state) ? 1 : -1;
    set_inbox_state(&item);
    mt940_plan_put_if(plan, MT940_KIND_INBOX_ITEM, &item, item.revision);
    return 0;
}

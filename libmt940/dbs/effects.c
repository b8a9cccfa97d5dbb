/* SPDX-License-Identifier: Apache-2.0
 *
 * effects.c: what an event does to totals, by the table of turkish-banking §3.6 with decisions
 * 24-28. Must not know limits: whether a change is allowed is decision.c's.
 */
#include <string.h>

#include "base/export.h"
#include "dbs/branch.h"
#include "dbs/money.h"
#include "mt940connect/closing.h"

/* What of the document counts, and which way. */
struct event_rule {
    int8_t old_rows;  /* factor on what the rows had added */
    int8_t open_rows; /* factor on what of that is open */
    int8_t new_rows;  /* factor on what the rows will add */
    int8_t line;      /* factor on a slip line's amount */
    bool checked;     /* the limit holds if the net is positive (decisions 25-27) */
};

static const struct event_rule rules[] = {
    [MT940_DBS_EVENT_INVOICE] = {.new_rows = 1, .checked = true},
    [MT940_DBS_EVENT_INVOICE_CHANGE] = {.old_rows = -1, .new_rows = 1, .checked = true},
    [MT940_DBS_EVENT_INVOICE_CANCEL] = {.old_rows = -1, .checked = true},
    [MT940_DBS_EVENT_INVOICE_RESTORE] = {.new_rows = 1, .checked = true},
    [MT940_DBS_EVENT_SALE_RETURN] = {.new_rows = 1, .checked = true},
    [MT940_DBS_EVENT_COLLECTION] = {.line = -1},
    [MT940_DBS_EVENT_COLLECTION_UNDONE] = {.line = 1},
    [MT940_DBS_EVENT_MARK_ON] = {.line = -1},
    [MT940_DBS_EVENT_MARK_OFF] = {.line = 1},
    [MT940_DBS_EVENT_ADJUSTMENT] = {.checked = false},
    [MT940_DBS_EVENT_OPENING] = {.new_rows = 1},
    [MT940_DBS_EVENT_WITHDRAWN] = {.open_rows = -1},
};

static const struct event_rule *find_rule(int32_t event)
{
    return event > 0 && (size_t)event < sizeof(rules) / sizeof(rules[0]) ? &rules[event] : NULL;
}

MT940_EXPORT int mt940_dbs_event_is_checked(int32_t event)
{
    const struct event_rule *rule = find_rule(event);

    return rule && rule->checked;
}

MT940_EXPORT int mt940_dbs_effect_add(struct mt940_dbs_effect *effects, size_t capacity, size_t *count,
                                      const struct mt940_dbs_effect *effect)
{
    size_t low = 0, high = *count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = mt940_dbs_slot_compare(&effects[middle].customer, effects[middle].slot, &effect->customer,
                                           effect->slot);

        if (order == 0)
            return mt940_money_add(effects[middle].delta, effect->delta, &effects[middle].delta) ? 0 : MT940_E_RANGE;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (*count == capacity)
        return MT940_E_LIMIT;
    memmove(&effects[low + 1], &effects[low], (*count - low) * sizeof(*effects));
    effects[low] = *effect;
    ++*count;
    return 0;
}

/* The row's amount with the factors of one side of the event; cancelled rows count only when restored. */
static int row_delta(const struct mt940_payment *row, int whole, int open, bool restored, int64_t *delta)
{
    int64_t part = 0;
    int status = 0;

    *delta = 0;
    if (row->state != MT940_DOCUMENT_STATE_ACTIVE && !restored)
        return 0;
    if (open != 0)
        status = mt940_dbs_row_open(row, &part);
    if (row->dbs_amount == INT64_MIN || part == INT64_MIN)
        return MT940_E_RANGE;
    *delta = whole * row->dbs_amount + open * part;
    return status;
}

static int add_rows(const struct mt940_payment *rows, size_t row_count, int whole, int open, int32_t event,
                    struct mt940_dbs_effect *effects, size_t capacity, size_t *count)
{
    bool restored = event == MT940_DBS_EVENT_INVOICE_RESTORE;

    if (whole == 0 && open == 0)
        return 0;
    for (size_t i = 0; i < row_count; i++) {
        struct mt940_dbs_effect effect = {.customer = rows[i].customer, .slot = rows[i].slot, .event = event};
        int status = row_delta(&rows[i], whole, open, restored, &effect.delta);

        if (status == 0 && rows[i].slot != 0 && rows[i].dbs_amount != 0)
            status = mt940_dbs_effect_add(effects, capacity, count, &effect);
        if (status != 0)
            return status;
    }
    return 0;
}

MT940_EXPORT int mt940_dbs_effects_of_invoice(int32_t event, const struct mt940_payment *old_rows, size_t old_count,
                                              const struct mt940_payment *new_rows, size_t new_count,
                                              struct mt940_dbs_effect *effects, size_t capacity, size_t *count)
{
    const struct event_rule *rule = find_rule(event);
    int status;

    if (!rule || !effects || !count || (old_count > 0 && !old_rows) || (new_count > 0 && !new_rows) ||
        (rule->old_rows == 0 && rule->open_rows == 0 && rule->new_rows == 0))
        return MT940_E_ARGUMENT;
    status = add_rows(old_rows, old_count, rule->old_rows, rule->open_rows, event, effects, capacity, count);
    if (status == 0)
        status = add_rows(new_rows, new_count, rule->new_rows, 0, event, effects, capacity, count);
    return status;
}

MT940_EXPORT int mt940_dbs_effects_of_line(int32_t event, const struct mt940_slip_line *line,
                                           struct mt940_dbs_effect *effects, size_t capacity, size_t *count)
{
    const struct event_rule *rule = find_rule(event);
    struct mt940_dbs_effect effect;

    if (!rule || rule->line == 0 || !line || !effects || !count || line->dbs_amount == INT64_MIN)
        return MT940_E_ARGUMENT;
    if (line->dbs_slot == 0)
        return 0;
    effect = (struct mt940_dbs_effect){line->customer, line->dbs_slot, rule->line * line->dbs_amount, event, 0};
    return mt940_dbs_effect_add(effects, capacity, count, &effect);
}

/* What of a row that left DBS goes with this closing; 0 when nothing does. */
static bool share_of_undo(const struct mt940_closing *closing, int64_t lowered, int64_t amount,
                          const struct mt940_payment *row, int64_t *share)
{
    int64_t paid_here;

    *share = 0;
    if (row->type == MT940_PAYMENT_TYPE_DBS || row->dbs_amount <= 0)
        return true;
    if (!mt940_money_subtract(row->paid, row->opening_paid, &paid_here))
        return false;
    if (mt940_money_size(paid_here) == (uint64_t)closing->amount)
        *share = row->dbs_amount;
    else if (lowered > 0 && !mt940_money_share(lowered, closing->amount, amount, share))
        return false;
    if (*share > row->dbs_amount)
        *share = row->dbs_amount;
    return true;
}

MT940_EXPORT int mt940_dbs_effects_of_undo(const struct mt940_closing *closing, int64_t lowered, int64_t amount,
                                           struct mt940_payment *row, struct mt940_dbs_effect *effects, size_t capacity,
                                           size_t *count)
{
    struct mt940_dbs_effect effect;
    int64_t share;
    int status;

    if (!closing || closing->amount <= 0 || !row || !effects || !count || amount <= 0)
        return MT940_E_ARGUMENT;
    if (!share_of_undo(closing, lowered, amount, row, &share))
        return MT940_E_RANGE;
    if (share == 0)
        return 0;
    effect = (struct mt940_dbs_effect){row->customer, row->slot, -share, MT940_DBS_EVENT_WITHDRAWN, 0};
    status = mt940_dbs_effect_add(effects, capacity, count, &effect);
    if (status == 0)
        row->dbs_amount -= share;
    return status;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * reconcile_sum.c: sums up what lies between a bank's balance and that of the books. Must not know
 * where movements and slips come from.
 */
#include <stdbool.h>
#include <string.h>

#include "base/export.h"
#include "mt940connect/reconcile.h"

/* *sum += amount; false when it does not fit. */
static bool add(int64_t *sum, int64_t amount)
{
    if (amount > 0 ? *sum > INT64_MAX - amount : *sum < INT64_MIN - amount)
        return false;
    *sum += amount;
    return true;
}

static bool add_part(struct mt940_reconciliation *out, int part, int64_t amount)
{
    out->counts[part]++;
    return add(&out->parts[part], amount);
}

static bool is_after(const struct mt940_date *day, const struct mt940_date *limit)
{
    return mt940_date_compare(day, limit) > 0;
}

MT940_EXPORT int mt940_reconcile_begin(struct mt940_reconciliation *out, const struct mt940_date *date)
{
    if (!out || out->size < sizeof *out || !date || !date->year)
        return MT940_E_ARGUMENT;
    size_t size = out->size;
    memset(out, 0, sizeof *out);
    out->size = size;
    out->date = *date;
    return 0;
}

MT940_EXPORT int mt940_reconcile_movement(struct mt940_reconciliation *out, const struct mt940_movement *movement,
                                          const struct mt940_date *start_date, const struct mt940_date *slip_date)
{
    if (!out || !movement)
        return MT940_E_ARGUMENT;
    const struct mt940_date *booked = movement->entry_date.year ? &movement->entry_date : &movement->value_date;
    bool is_late = is_after(booked, &out->date);
    bool before_start = start_date && start_date->year && mt940_date_compare(booked, start_date) < 0;
    bool fits = true;
    if (slip_date && !is_late && is_after(slip_date, &out->date))
        fits = add_part(out, MT940_RECONCILE_LATER, movement->amount);
    else if (slip_date && is_late && !is_after(slip_date, &out->date))
        fits = movement->amount != INT64_MIN && add_part(out, MT940_RECONCILE_EARLIER, -movement->amount);
    else if (!slip_date && !is_late)
        fits = add_part(out, movement->state == MT940_MOVEMENT_STATE_INFORMATIONAL || movement->amount == 0 || before_start
                                 ? MT940_RECONCILE_INFORMATIONAL
                                 : MT940_RECONCILE_UNSAVED,
                        movement->amount);
    return fits ? 0 : MT940_E_RANGE;
}

MT940_EXPORT int mt940_reconcile_line(struct mt940_reconciliation *out, const struct mt940_slip *slip,
                                      const struct mt940_slip_line *line, int32_t has_movement)
{
    if (!out || !slip || !line)
        return MT940_E_ARGUMENT;
    /* The debit side of a bank account is money that came in. */
    int64_t amount = line->side == MT940_ENTRY_SIDE_CREDIT ? -line->amount : line->amount;
    if (is_after(&slip->date, &out->date))
        return 0;
    if (!add(&out->books, amount))
        return MT940_E_RANGE;
    return has_movement || add_part(out, MT940_RECONCILE_BOOKS_ONLY, -amount) ? 0 : MT940_E_RANGE;
}

MT940_EXPORT int mt940_reconcile_end(struct mt940_reconciliation *out, const int64_t *books)
{
    if (!out)
        return MT940_E_ARGUMENT;
    if (!add(&out->books, out->opening))
        return MT940_E_RANGE;
    if (books)
        out->books = *books;
    if (!out->has_bank)
        return 0;
    out->difference = out->bank;
    if (out->books == INT64_MIN || !add(&out->difference, -out->books))
        return MT940_E_RANGE;
    out->unexplained = out->difference;
    for (int i = 0; i < MT940_RECONCILE_PARTS; i++)
        if (out->parts[i] == INT64_MIN || !add(&out->unexplained, -out->parts[i]))
            return MT940_E_RANGE;
    return 0;
}

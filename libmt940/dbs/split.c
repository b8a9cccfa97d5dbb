/* SPDX-License-Identifier: Apache-2.0
 *
 * split.c: shares an invoice out to its rows so that the sum is exact: equal parts rounded down
 * and the remainder in the last (R97). Must not know what the rows mean.
 */
#include "dbs/split.h"

#include "dbs/money.h"

size_t mt940_dbs_split_count(const struct mt940_dbs_document *document)
{
    if (document->plan_count > 0)
        return document->plan_count;
    return document->instalments > 1 ? (size_t)document->instalments : 1;
}

int mt940_dbs_split_init(struct mt940_dbs_split *split, const struct mt940_dbs_document *document)
{
    int64_t fixed = 0, weights = 0;

    for (size_t i = 0; i < document->plan_count; i++) {
        const struct mt940_dbs_plan_line *line = &document->plan[i];

        if (line->share < 0 || line->amount < 0)
            return MT940_E_ARGUMENT;
        if (!(line->share > 0 ? mt940_money_add(weights, line->share, &weights)
                              : mt940_money_add(fixed, line->amount, &fixed)))
            return MT940_E_RANGE;
    }
    if (document->plan_count == 0)
        weights = (int64_t)mt940_dbs_split_count(document);
    split->document = document;
    split->next = 0;
    split->rest = split->rest_left = document->invoice->amount > fixed ? document->invoice->amount - fixed : 0;
    split->weights = split->weights_left = weights;
    return 0;
}

int64_t mt940_dbs_split_next(struct mt940_dbs_split *split)
{
    const struct mt940_dbs_document *document = split->document;
    const struct mt940_dbs_plan_line *line = document->plan_count > 0 ? &document->plan[split->next++] : NULL;
    int64_t weight = line ? line->share : 1;
    uint64_t part;

    if (weight == 0)
        return line->amount;
    split->weights_left -= weight;
    /* A part of the rest is never larger than the rest, so the division cannot overflow. */
    if (split->weights_left == 0 ||
        !mt940_scale((uint64_t)split->rest, (uint64_t)weight, (uint64_t)split->weights, 0, MT940_ROUND_DOWN,
                     &part))
        part = (uint64_t)split->rest_left;
    split->rest_left -= (int64_t)part;
    return (int64_t)part;
}

static uint8_t days_in_month(int32_t year, int32_t month)
{
    struct mt940_date date = {(int16_t)year, (uint8_t)month, 31};

    while (!mt940_date_is_valid(&date))
        date.day--;
    return date.day;
}

/* Months later, on the same day or the month's last. */
static struct mt940_date add_months(struct mt940_date date, int64_t months)
{
    int64_t month = (int64_t)date.year * 12 + date.month - 1 + months;
    struct mt940_date out = {(int16_t)(month / 12), (uint8_t)(month % 12 + 1), date.day};
    uint8_t last;

    if (month < 12 || month / 12 > 9999)
        return (struct mt940_date){0, 0, 0};
    last = days_in_month(out.year, out.month);
    if (out.day > last)
        out.day = last;
    return out;
}

struct mt940_date mt940_dbs_due_date(const struct mt940_dbs_document *document, size_t index)
{
    const struct mt940_invoice *invoice = document->invoice;
    struct mt940_date date = invoice->due_date.year ? invoice->due_date : invoice->date;
    int64_t days;

    if (index == 0 || document->plan_count > 0 || !mt940_date_is_valid(&date))
        return date;
    date = add_months(date, (int64_t)index * document->interval_months);
    if (date.year == 0)
        return date;
    days = mt940_date_to_days(&date) + (int64_t)index * document->interval_days;
    if (days < INT32_MIN || days > INT32_MAX || mt940_date_from_days((int32_t)days, &date) != 0)
        return (struct mt940_date){0, 0, 0};
    return date;
}

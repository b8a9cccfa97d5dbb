/* SPDX-License-Identifier: Apache-2.0
 *
 * chain.c: whether statements hang together: pages of one statement, and a statement with the balance remembered of
 * the day before. Compares what two messages say and nothing else; which ones to compare is the caller's business.
 */
#include "base/export.h"
#include "base/view.h"
#include "statement/chain.h"

enum { sequence_digits = 9 };

bool mt940_balance_same(const struct mt940_balance *a, const struct mt940_balance *b)
{
    int64_t x = a->reading.amount.units * mt940_mark_sign(a->mark);
    int64_t y = b->reading.amount.units * mt940_mark_sign(b->mark);
    int32_t scale_x = a->reading.amount.scale, scale_y = b->reading.amount.scale;
    for (; scale_x > scale_y && x % 10 == 0; scale_x--)
        x /= 10;
    for (; scale_y > scale_x && y % 10 == 0; scale_y--)
        y /= 10;
    return scale_x == scale_y && x == y && strcmp(a->reading.amount.currency, b->reading.amount.currency) == 0;
}

/* -1 where the text is no number. */
static int64_t number_of(struct mt940_view text)
{
    int64_t number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (!mt940_ascii_is_digit(text.data[i]))
            return -1;
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

static int64_t sequence_of(const struct mt940_statement *statement)
{
    struct mt940_view text = statement->header.sequence;
    return text.length == 0 || text.length > sequence_digits ? -1 : number_of(text);
}

MT940_EXPORT int mt940_page_chain(const struct mt940_statement *before, const struct mt940_statement *page)
{
    if (!before || !page)
        return MT940_E_ARGUMENT;
    const struct mt940_balance *closing = &before->trailer.closing, *opening = &page->header.opening;
    if (closing->kind != 'M' || opening->kind != 'M' ||
        mt940_view_equal(&before->header.account, &page->header.account) != 1 ||
        mt940_view_equal(&before->header.number, &page->header.number) != 1)
        return MT940_CHAIN_OTHER;
    int64_t last = sequence_of(before), next = sequence_of(page);
    if (last >= 0 && next >= 0 && next != last + 1)
        return MT940_CHAIN_GAP;
    return mt940_balance_same(closing, opening) ? MT940_CHAIN_FOLLOWS : MT940_CHAIN_BALANCE;
}

MT940_EXPORT int mt940_day_chain(const struct mt940_balance *remembered, const struct mt940_balance *opening,
                                 const struct mt940_balance *closing)
{
    if (!remembered || !opening)
        return MT940_E_ARGUMENT;
    if (!remembered->kind || !opening->kind ||
        strcmp(remembered->reading.amount.currency, opening->reading.amount.currency) != 0)
        return MT940_CHAIN_OTHER;
    if (opening->date.year && mt940_date_compare(&opening->date, &remembered->date) < 0)
        return MT940_CHAIN_EARLIER;
    if (mt940_balance_same(remembered, opening))
        return MT940_CHAIN_FOLLOWS;
    bool ends_there = closing && closing->kind && mt940_date_compare(&closing->date, &remembered->date) == 0 &&
                      mt940_balance_same(remembered, closing);
    return ends_there ? MT940_CHAIN_AGAIN : MT940_CHAIN_BALANCE;
}

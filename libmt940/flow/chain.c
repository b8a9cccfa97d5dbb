/* SPDX-License-Identifier: Apache-2.0
 *
 * chain.c: several statements a day each begin where one before ended. A fee of the morning and an
 * equal one of the evening are two, though a statement of noon lies between theirs. Must not know
 * what a movement is.
 */
#include "flow/chain.h"

#include "flow/ask.h"

/* More statements than this between two of equal movements are not looked through. */
enum { most_between = 128 };

int mt940_chain_init(struct mt940_chain *chain, struct mt940_flow *flow, size_t statements)
{
    memset(chain, 0, sizeof *chain);
    chain->flow = flow;
    chain->items = mt940_arena_alloc(&flow->scratch, (statements + 1) * sizeof *chain->items);
    return chain->items ? 0 : flow->scratch.status;
}

void mt940_chain_add(struct mt940_chain *chain, const struct mt940_inbox_item *item)
{
    chain->items[chain->count++] = item;
}

void mt940_chain_balance(int64_t units, const struct mt940_date *date, const struct mt940_view *currency,
                         struct mt940_balance *out)
{
    memset(out, 0, sizeof *out);
    out->kind = date->year ? 'F' : 0;
    out->mark = units < 0 ? MT940_MARK_D : MT940_MARK_C;
    out->date = *date;
    out->reading.amount.units = units < 0 ? -units : units;
    (void)mt940_view_copy(currency, out->reading.amount.currency, sizeof out->reading.amount.currency);
}

/* Statements from one balance of one day on: they share what came first. */
static bool begin_alike(const struct mt940_inbox_item *a, const struct mt940_inbox_item *b)
{
    return a->opening == b->opening && mt940_date_compare(&a->opening_date, &b->opening_date) == 0;
}

/* `next` begins where `item` ended. */
static bool follows(const struct mt940_inbox_item *item, const struct mt940_inbox_item *next)
{
    struct mt940_balance closing, opening;
    if (begin_alike(item, next) || item->closing != next->opening)
        return false;
    mt940_chain_balance(item->closing, &item->closing_date, &item->currency, &closing);
    mt940_chain_balance(next->opening, &next->opening_date, &next->currency, &opening);
    return mt940_day_chain(&closing, &opening, NULL) == MT940_CHAIN_FOLLOWS;
}

/* What may lie between two statements, and how far the balances have led. */
struct walk {
    const struct mt940_inbox_item *between[most_between + 1];
    size_t count, reached; /* the first `reached` of them lie behind the start */
};

static void consider(struct walk *walk, const struct mt940_inbox_item *first, const struct mt940_inbox_item *last,
                     const struct mt940_inbox_item *item)
{
    if (walk->count < most_between && mt940_view_equal(&item->bank_account, &first->bank_account) == 1 &&
        mt940_date_compare(&item->opening_date, &first->closing_date) >= 0 &&
        mt940_date_compare(&item->closing_date, &last->opening_date) <= 0)
        walk->between[walk->count++] = item;
}

/* Moves every statement that follows `from` among the reached ones. */
static void reach(struct walk *walk, const struct mt940_inbox_item *from)
{
    for (size_t i = walk->reached; i < walk->count; i++) {
        const struct mt940_inbox_item *item = walk->between[i];
        if (!follows(from, item))
            continue;
        walk->between[i] = walk->between[walk->reached];
        walk->between[walk->reached++] = item;
    }
}

/* Whether the balances lead from the end of `first` over other statements to the beginning of `last`. */
static bool leads(const struct mt940_chain *chain, const struct mt940_found *stored,
                  const struct mt940_inbox_item *first, const struct mt940_inbox_item *last)
{
    struct walk walk;
    if (mt940_date_compare(&first->closing_date, &last->opening_date) > 0)
        return false;
    walk.count = walk.reached = 0;
    for (size_t i = chain->count; i > 0; i--)
        consider(&walk, first, last, chain->items[i - 1]);
    for (size_t i = 0; i < stored->count; i++)
        consider(&walk, first, last, mt940_found_at(stored, i));
    reach(&walk, first);
    for (size_t i = 0; i < walk.reached; i++) {
        if (follows(walk.between[i], last))
            return true;
        reach(&walk, walk.between[i]);
    }
    return false;
}

/* The index is by account and closing date: the first statement past the window ends the scan. */
enum { past_window = 0x4D543943 };

struct window {
    struct mt940_found *found;
    const struct mt940_date *to;
};

static int take(void *user, const void *record)
{
    struct window *window = user;
    const struct mt940_inbox_item *item = record;
    if (mt940_date_compare(&item->closing_date, window->to) > 0 || window->found->count == most_between)
        return past_window;
    return mt940_found_add(window->found, record);
}

/* Stored statements of the account that ended between the ends of two. */
static int read_between(struct mt940_chain *chain, const struct mt940_inbox_item *a, const struct mt940_inbox_item *b,
                        struct mt940_found *found)
{
    struct mt940_flow *flow = chain->flow;
    bool in_order = mt940_date_compare(&a->closing_date, &b->closing_date) <= 0;
    struct window window = {found, in_order ? &b->closing_date : &a->closing_date};
    struct mt940_inbox_item from;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.bank_account = a->bank_account;
    from.closing_date = in_order ? a->closing_date : b->closing_date;
    mt940_found_init(found, flow, MT940_KIND_INBOX_ITEM);
    int status = flow->store.scan(flow->store.user, MT940_KIND_INBOX_ITEM, MT940_INBOX_ITEM_BY_ACCOUNT, 2, &from, 1, 0,
                                  take, &window);
    return mt940_found_end(found, status == past_window ? 0 : status);
}

static int look(struct mt940_chain *chain, const struct mt940_inbox_item *other, const struct mt940_inbox_item *item,
                bool *out)
{
    struct mt940_found stored;
    *out = follows(other, item) || follows(item, other);
    if (*out || begin_alike(other, item) || item->bank_account.length == 0 ||
        mt940_view_equal(&other->bank_account, &item->bank_account) != 1)
        return 0;
    int status = read_between(chain, other, item, &stored);
    if (status == 0)
        *out = leads(chain, &stored, other, item) || leads(chain, &stored, item, other);
    mt940_found_free(&stored);
    return status;
}

int mt940_chain_apart(struct mt940_chain *chain, const struct mt940_inbox_item *other,
                      const struct mt940_inbox_item *item, bool *out)
{
    /* Movements come in the order of statements, so the same two are asked about again and again. */
    if (chain->last_item != item || mt940_view_equal(&chain->last_other, &other->id) != 1) {
        int status = look(chain, other, item, &chain->last_apart);
        if (status)
            return status;
        chain->last_item = item;
        chain->last_other = other->id;
    }
    *out = chain->last_apart;
    return 0;
}

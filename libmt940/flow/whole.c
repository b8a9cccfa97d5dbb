/* SPDX-License-Identifier: Apache-2.0
 *
 * whole.c: one account statement may come as several messages: 60F … 62M, 60M … 62M, 60M … 62F.
 * They are one record of the inbox (R23). Each page opens with what the one before closed with.
 */
#include "flow/whole.h"

#include "statement/chain.h"

int64_t mt940_whole_signed(const struct mt940_balance *balance)
{
    int64_t units = balance->reading.amount.units;
    return balance->mark == MT940_MARK_D ? -units : units;
}

static void judge_page(struct mt940_whole *whole, const struct mt940_statement *page)
{
    whole->complete = whole->complete && page->trailer.complete;
    if (page->trailer.balanced == 0)
        whole->balanced = 0;
    else if (page->trailer.balanced < 0 && whole->balanced == 1)
        whole->balanced = -1;
}

static void add_page(struct mt940_whole *whole, const struct mt940_statement *page)
{
    if (whole->last && !mt940_balance_same(&whole->last->trailer.closing, &page->header.opening)) {
        whole->balanced = 0;
        whole->finding = MT940_M_PAGE_BALANCE;
        whole->expected = whole->last->trailer.closing.reading.amount;
        whole->expected.units = mt940_whole_signed(&whole->last->trailer.closing);
        whole->found = page->header.opening.reading.amount;
        whole->found.units = mt940_whole_signed(&page->header.opening);
    }
    whole->pages[whole->page_count++] = page;
    whole->entries += page->entry_count;
    whole->last = page;
    judge_page(whole, page);
}

int mt940_whole_join(struct mt940_arena *arena, const struct mt940_document *document, struct mt940_whole **out,
                     size_t *count)
{
    size_t messages = mt940_document_statement_count(document);
    struct mt940_whole *wholes = mt940_arena_alloc(arena, (messages + 1) * sizeof *wholes);
    const struct mt940_statement **pages = mt940_arena_alloc(arena, (messages + 1) * sizeof *pages);
    size_t made = 0;
    if (!wholes || !pages)
        return arena->status;
    for (size_t i = 0; i < messages; i++) {
        const struct mt940_statement *page = mt940_document_statement(document, i);
        /* Pages in another order, or with one missing, are of this statement, too; their balances tell. */
        bool new_one = made == 0 || mt940_page_chain(wholes[made - 1].last, page) == MT940_CHAIN_OTHER;
        if (new_one) {
            struct mt940_whole *whole = &wholes[made++];
            memset(whole, 0, sizeof *whole);
            whole->pages = pages + i;
            whole->first = i;
            whole->complete = true;
            whole->balanced = 1;
        }
        add_page(&wholes[made - 1], page);
    }
    *out = wholes;
    *count = made;
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * chain.h: do two statements of an account lie apart? They do when the balances lead from the end
 * of the one to the beginning of the other, directly or over statements between them.
 */
#ifndef MT940_FLOW_CHAIN_H
#define MT940_FLOW_CHAIN_H

#include "flow/flow.h"

/* The statements of one file, in the scratch memory of the call, and the last answer. */
struct mt940_chain {
    struct mt940_flow *flow;
    const struct mt940_inbox_item **items;
    size_t count;
    const struct mt940_inbox_item *last_item;
    struct mt940_view last_other; /* id */
    bool last_apart;
};

/* A balance of the inbox, in minor units, as the statement's room compares them; absent without a date. */
void mt940_chain_balance(int64_t units, const struct mt940_date *date, const struct mt940_view *currency,
                         struct mt940_balance *out);

int mt940_chain_init(struct mt940_chain *chain, struct mt940_flow *flow, size_t statements);
/* Adds a statement of the file, which the store does not have yet. */
void mt940_chain_add(struct mt940_chain *chain, const struct mt940_inbox_item *item);
/* Whether no movement can stand in both statements. */
int mt940_chain_apart(struct mt940_chain *chain, const struct mt940_inbox_item *other,
                      const struct mt940_inbox_item *item, bool *out);

#endif

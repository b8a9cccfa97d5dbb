/* SPDX-License-Identifier: Apache-2.0
 *
 * propose.h: one proposal in the making.
 */
#ifndef MT940_SLIP_PROPOSE_H
#define MT940_SLIP_PROPOSE_H

#include "slip/rules.h"

struct mt940_slip_state {
    const struct mt940_slip_rules *rules;
    const struct mt940_slip_input *input;
    const struct mt940_movement *movement;
    struct mt940_slip_proposal *out;
    struct mt940_view currency; /* of the movement */
    struct mt940_view local;    /* of the company */
    int32_t sign;               /* real direction of the money */
    int64_t amount;             /* positive */
    bool by_rule;               /* the rule decided: what else it says holds too */
    const struct mt940_bank_account *counter; /* own account of the other side */
    struct mt940_view missing_rate;           /* currency for which there is none; empty = none missing */
};

/* Date of the slip (decision 16); absent when nothing gives one. */
void mt940_slip_set_date(struct mt940_slip_state *state);
/* Own account of the other side: the user's, the matcher's, the rule's. */
void mt940_slip_find_counter(struct mt940_slip_state *state);
/* Customer, its bank record, and who chose it. */
void mt940_slip_set_lines(struct mt940_slip_state *state);
/* The first `characters` characters of a text, without blanks at its end. */
struct mt940_view mt940_slip_cut(struct mt940_view text, int32_t characters);
/* Minor-unit digits of a currency; 2 where it is not in ISO 4217. */
int32_t mt940_slip_digits(const struct mt940_view *currency);

/* A side of a slip in money: what a line is worth in its own and in the company's currency. */
struct mt940_slip_worth {
    struct mt940_view currency;
    int64_t amount;
    int64_t rate; /* 0 = the company's own currency */
    struct mt940_view rate_kind;
    int64_t local;
};
/* The movement's own worth; false when a rate is missing (state->missing_rate). */
bool mt940_slip_worth(struct mt940_slip_state *state, struct mt940_slip_worth *out);
/* Both sides of a transfer between own accounts, which may be in two currencies (decision 11). */
bool mt940_slip_transfer_worth(struct mt940_slip_state *state, struct mt940_slip_worth *own,
                               struct mt940_slip_worth *counter);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * arrival.h: records of the inbox out of a parsed statement.
 */
#ifndef MT940_FLOW_ARRIVAL_H
#define MT940_FLOW_ARRIVAL_H

#include "flow/whole.h"

/* A statement on its way into the inbox. Texts in the scratch memory of the call. */
struct mt940_arrival {
    const struct mt940_whole *whole;
    struct mt940_inbox_item item;
    char (*ids)[MT940_ID_CAPACITY]; /* of all entries, pages in order */
    uint8_t (*seconds)[32];         /* their second keys, occurrences not yet given */
};

/* The file a statement came in. */
struct mt940_arrival_file {
    struct mt940_view digest;
    struct mt940_view name;
};

/*
 * Fills the inbox record: identity, balances, own account (empty when unknown). `finding` is the
 * worst error finding of its messages, 0 = none.
 */
int mt940_arrival_item(struct mt940_flow *flow, const struct mt940_whole *whole, const struct mt940_arrival_file *file,
                       int32_t finding, struct mt940_arrival *out);
/* Whether it lists a day that is not over (MT941, MT942): its movements come again in a final statement. */
bool mt940_arrival_is_interim(const struct mt940_inbox_item *item);
/* Fills the movement of entry `row` (from 1, over all pages); its second key is left empty. */
int mt940_arrival_movement(struct mt940_flow *flow, const struct mt940_arrival *arrival, size_t row,
                           struct mt940_movement *out);
/* Resolves field 25 among the own accounts; `out` is NULL when none, or more than one, fits. */
int mt940_arrival_account(struct mt940_flow *flow, const struct mt940_view *account_text,
                          const struct mt940_view *currency, const struct mt940_bank_account **out);

#endif

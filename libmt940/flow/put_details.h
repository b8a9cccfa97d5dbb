/* SPDX-License-Identifier: Apache-2.0
 *
 * put_details.h: the Azerbaijani fields of bank records that come from books (R60-R63).
 */
#ifndef MT940_FLOW_PUT_DETAILS_H
#define MT940_FLOW_PUT_DETAILS_H

#include "flow/ask.h"

/* What the fields rest on; in the scratch memory. End it also after a failure. */
struct mt940_put_details {
    struct mt940_found companies, banks;
};
int mt940_put_details_begin(struct mt940_put_details *details, struct mt940_flow *flow);
void mt940_put_details_end(struct mt940_put_details *details);
/* Completes a bank record that is put; `before` is the stored one, NULL for a new record. */
int mt940_put_details_settle(const struct mt940_put_details *details, const struct mt940_customer_bank *before,
                             struct mt940_customer_bank *record);

#endif

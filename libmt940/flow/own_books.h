/* SPDX-License-Identifier: Apache-2.0
 *
 * own_books.h: whether the store of the flow itself answers a look-up of the books, and with what it read revisions.
 */
#ifndef MT940_FLOW_OWN_BOOKS_H
#define MT940_FLOW_OWN_BOOKS_H

#include "flow/flow.h"

/* False: a host answers. */
bool mt940_own_open_rows(const struct mt940_flow *flow); /* payment rows of customers */
bool mt940_own_payments(const struct mt940_flow *flow);  /* those of invoices, too */
bool mt940_own_customers(const struct mt940_flow *flow); /* cards and bank records, and all that belongs to them */
bool mt940_own_slips(const struct mt940_flow *flow);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * branch.h: bank records by branch and by slot.
 */
#ifndef MT940_DBS_BRANCH_H
#define MT940_DBS_BRANCH_H

#include "mt940connect/dbs.h"

/* Negative, 0, positive: order of customer, then slot. */
int mt940_dbs_slot_compare(const struct mt940_view *a_customer, int64_t a_slot, const struct mt940_view *b_customer,
                           int64_t b_slot);
/* 0 when the records stand in strictly ascending order of customer and slot, else E_ARGUMENT. */
int mt940_dbs_banks_check(const struct mt940_customer_bank *banks, size_t count);
/* Index of a record of one customer by slot, or E_NOT_FOUND. */
int mt940_dbs_find_slot(const struct mt940_customer_bank *banks, size_t count, int64_t slot, size_t *index);

#endif

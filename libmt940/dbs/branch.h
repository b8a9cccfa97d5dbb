/* SPDX-License-Identifier: Apache-2.0
 *
 * branch.h: bank records by branch and by slot.
 */
#ifndef MT940_DBS_BRANCH_H
#define MT940_DBS_BRANCH_H

#include <string.h>

#include "mt940connect/dbs.h"

/* Negative, 0, positive: order of customer, then slot. In line, for every decision walks its records by it. */
static inline int mt940_dbs_slot_compare(const struct mt940_view *a_customer, int64_t a_slot,
                                         const struct mt940_view *b_customer, int64_t b_slot)
{
    size_t common = a_customer->length < b_customer->length ? a_customer->length : b_customer->length;
    int order = common > 0 && a_customer->data != b_customer->data
                    ? memcmp(a_customer->data, b_customer->data, common)
                    : 0;

    if (order == 0 && a_customer->length != b_customer->length)
        order = a_customer->length < b_customer->length ? -1 : 1;
    if (order == 0 && a_slot != b_slot)
        order = a_slot < b_slot ? -1 : 1;
    return order;
}

/* 0 when the records stand in strictly ascending order of customer and slot, else E_ARGUMENT. */
int mt940_dbs_banks_check(const struct mt940_customer_bank *banks, size_t count);
/* Index of a record of one customer by slot, or E_NOT_FOUND. */
int mt940_dbs_find_slot(const struct mt940_customer_bank *banks, size_t count, int64_t slot, size_t *index);

#endif

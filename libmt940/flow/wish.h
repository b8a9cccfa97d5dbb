/* SPDX-License-Identifier: Apache-2.0
 *
 * wish.h: the DBS rows of one bank beside what it was told of them.
 */
#ifndef MT940_FLOW_WISH_H
#define MT940_FLOW_WISH_H

#include "flow/note.h"
#include "flow/ask.h"

struct mt940_wishes {
    struct mt940_flow *flow;
    struct mt940_view bank; /* four digits */
    struct mt940_found rows;   /* active DBS rows of the bank, in order of invoice and line; open ones unless `all` */
    struct mt940_found orders; /* in the same order; those the bank may still act on unless `all` */
    struct mt940_found strays; /* open DBS rows whose branch names no bank */
    size_t next_row, next_order;
    struct mt940_invoice invoice; /* of the last row */
    struct mt940_payment row;     /* of the last order, where it stands in no list */
    struct mt940_dbs_order order; /* of the last row, where it stands in no list */
    int32_t again;
    int32_t all;
};

/* One of them: what the pure room is asked, and what it says. */
struct mt940_wish_item {
    struct mt940_dbs_wish wish;
    const struct mt940_payment *row;
    const struct mt940_dbs_order *order;
    struct mt940_dbs_order told; /* as the order will stand, when `record` is not 0 */
    int32_t record;
};

/*
 * `bank` has been checked. What is read grows with what is open and what the bank may still act on, with `all` with the
 * history. End with mt940_wishes_end(), whatever the result.
 */
int mt940_wishes_read(struct mt940_wishes *wishes, struct mt940_flow *flow, const struct mt940_view *bank, int32_t all);
/* The next row or order; 1, 0 at the end, or negative. Texts of the item live as long as the call. */
int mt940_wishes_next(struct mt940_wishes *wishes, struct mt940_wish_item *out);
void mt940_wishes_end(struct mt940_wishes *wishes);

/* 0, or E_ARGUMENT when the bank is not four digits. */
int mt940_wish_check_bank(const struct mt940_view *bank, struct mt940_error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * open_items.h: open payment rows by invoice number: which of them a movement can mean.
 */
#ifndef CLI_OPEN_ITEMS_H
#define CLI_OPEN_ITEMS_H

#include <mt940connect/facts.h>
#include <mt940connect/match.h>
#include <mt940connect/record.h>

#include "books.h"

struct open_items {
    struct mt940_payment *all; /* by invoice number, case ignored */
    size_t count;
    struct mt940_payment *named; /* by the movement asked for last */
    size_t named_count, capacity;
    struct mt940_payment *by_customer; /* by customer, due date, invoice and line */
    struct mt940_payment *open;        /* of the candidates asked for last */
    size_t open_count, open_capacity;
};

/* Rows that are open; an invoice without any is one row. */
void open_items_read(struct open_items *items, const struct books_table *payments, const struct books_table *invoices);
/* Fills `named` with the rows whose invoice number stands in the facts or their texts. */
void open_items_find(struct open_items *items, const struct mt940_facts *facts);
/* Fills `open` with the rows of the candidates of a match. */
void open_items_of(struct open_items *items, const struct mt940_match *match);
void open_items_free(struct open_items *items);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * books.h: the store's own books, several look-ups in one call.
 */
#ifndef MT940_FLOW_BOOKS_H
#define MT940_FLOW_BOOKS_H

#include "mt940connect/ports.h"

/*
 * Records under some codes: of customers the card, the bank records, the payment rows (in their order by customer), or
 * the payment rows of invoices (order 0).
 */
struct mt940_books_look {
    int32_t kind, index;
    const struct mt940_view *codes;
    size_t count;
    mt940_record_sink sink;
    void *sink_user;
};

/* Asks a store for all of them, look by look; in one call of its fetch where it has one. */
int mt940_books_look_up(const struct mt940_store *store, const struct mt940_view *company,
                        const struct mt940_books_look *looks, size_t count);
/* Whether a payment row is active and not paid in full. */
int mt940_books_is_open(const struct mt940_payment *row);

#endif

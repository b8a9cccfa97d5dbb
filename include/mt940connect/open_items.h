/* SPDX-License-Identifier: Apache-2.0
 *
 * open_items.h: which of a customer's open payment rows an amount pays: one, all, the oldest, or
 * the only set of them that adds up to it. A suggestion with its number of solutions, never a
 * closing: what a slip line closes is closing.h's.
 * Source: matching.md §3.1 evidence 9 and §3.3; docs/match.md.
 */
#ifndef MT940CONNECT_OPEN_ITEMS_H
#define MT940CONNECT_OPEN_ITEMS_H

#include "mt940connect/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How an amount fits, the strongest first. */
enum mt940_open_items_fit {
    MT940_OPEN_ITEMS_NONE = 0,
    MT940_OPEN_ITEMS_ONE = 1,    /* what is open of one row, the oldest of `solutions` such rows */
    MT940_OPEN_ITEMS_ALL = 2,    /* the sum of all that is open */
    MT940_OPEN_ITEMS_OLDEST = 3, /* the sum of the oldest rows, by due date, then as given */
    MT940_OPEN_ITEMS_SET = 4     /* the only set of rows with this sum; `solutions` 2 = there are more, none is shown */
};
/* "one", "all", "oldest", "set", "none"; NULL for no fit. Static. */
const char *mt940_open_items_fit_name(int32_t fit);

/* Sets are looked for among at most so many rows. */
#define MT940_OPEN_ITEMS_SET_MOST 24

struct mt940_open_items {
    size_t size;
    int32_t fit;        /* enum mt940_open_items_fit */
    uint32_t solutions; /* ONE: rows of this amount; SET: 1, or 2 for "more than one"; else 1 */
    uint32_t open;      /* rows that were open, in this currency */
    uint32_t count;     /* rows that fit: their numbers in `rows` are written to `chosen` */
};

/*
 * Compares `amount` (minor units, positive) with what is open of `rows` of one customer in
 * `currency`: active rows whose paid part is less than their amount; credits are left out. Up to
 * `capacity` numbers of rows go to `chosen` in order of due date; out->count is how many there
 * are. `room` is memory for the call: at least MT940_OPEN_ITEMS_ROOM(row_count) bytes, aligned
 * for int64_t. Work is linear for the first three, 2^13 steps for a set. The caller sets
 * out->size. Errors: MT940_E_ARGUMENT. Thread safe, no allocation. @since 0.1
 */
#define MT940_OPEN_ITEMS_ROOM(row_count) ((size_t)(row_count) * 32 + 3 * 4096 * 16)
int mt940_open_items_find(const struct mt940_payment *rows, size_t row_count, int64_t amount,
                          const struct mt940_view *currency, void *room, size_t room_size, uint32_t *chosen,
                          size_t capacity, struct mt940_open_items *out);

#ifdef __cplusplus
}
#endif
#endif

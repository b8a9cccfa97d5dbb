/* SPDX-License-Identifier: Apache-2.0
 *
 * layer.h: how the customers of a directory and of a small one that lies over it (the top) are
 * numbered through by their codes, as if all had been built at once. What lies below may be mapped
 * and damaged: no number out of it is trusted.
 */
#ifndef MT940_MATCH_LAYER_H
#define MT940_MATCH_LAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MT940_LAYER_NOBODY UINT32_MAX

struct mt940_layer_order {
    uint32_t below; /* customers of the directory below */
    uint32_t hidden_count, top_count;
    uint32_t *hidden; /* customers below that no longer count, ascending */
    uint32_t *places; /* for each of the top: how many customers below come before it */
    uint32_t *tops;   /* for each of the top: its number among all */
};

/* How many of the ascending `numbers` are below `limit`. */
uint32_t mt940_layer_rank(const uint32_t *numbers, uint32_t count, uint32_t limit);
/* Fills `tops` from `hidden` and `places`. */
void mt940_layer_number(struct mt940_layer_order *order);
static inline uint32_t mt940_layer_customers(const struct mt940_layer_order *order)
{
    return order->below - order->hidden_count + order->top_count;
}
/* Number among all of a customer below; MT940_LAYER_NOBODY for one that is hidden or not there. */
uint32_t mt940_layer_of_below(const struct mt940_layer_order *order, uint32_t below);
/* Whether a customer of all is of the top; *number is its number there, else below. */
bool mt940_layer_locate(const struct mt940_layer_order *order, uint32_t customer, uint32_t *number);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * layer.c: numbers customers of two directories through. Knows numbers, no customers.
 */
#include "match/layer.h"

uint32_t mt940_layer_rank(const uint32_t *numbers, uint32_t count, uint32_t limit)
{
    uint32_t low = 0;

    while (low < count) {
        uint32_t middle = low + (count - low) / 2;

        if (numbers[middle] < limit)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

void mt940_layer_number(struct mt940_layer_order *order)
{
    for (uint32_t i = 0; i < order->top_count; i++)
        order->tops[i] = order->places[i] - mt940_layer_rank(order->hidden, order->hidden_count, order->places[i]) + i;
}

uint32_t mt940_layer_of_below(const struct mt940_layer_order *order, uint32_t below)
{
    uint32_t before = mt940_layer_rank(order->hidden, order->hidden_count, below);

    if (below >= order->below || (before < order->hidden_count && order->hidden[before] == below))
        return MT940_LAYER_NOBODY;
    return below - before + mt940_layer_rank(order->places, order->top_count, below + 1);
}

/* The customer below before which so many come that count. */
static uint32_t skip_hidden(const struct mt940_layer_order *order, uint32_t counted)
{
    uint32_t low = 0, high = order->hidden_count;

    /* hidden[i] - i of those that count come before hidden[i]: ascending. */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (order->hidden[middle] - middle <= counted)
            low = middle + 1;
        else
            high = middle;
    }
    return counted + low;
}

bool mt940_layer_locate(const struct mt940_layer_order *order, uint32_t customer, uint32_t *number)
{
    uint32_t before = mt940_layer_rank(order->tops, order->top_count, customer);

    if (before < order->top_count && order->tops[before] == customer) {
        *number = before;
        return true;
    }
    *number = skip_hidden(order, customer - before);
    return false;
}

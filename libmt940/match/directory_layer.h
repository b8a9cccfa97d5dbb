/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_layer.h: a directory that lies over another one: what was changed since that was made
 * stands in a small directory of its own (the top) and hides what it replaces below.
 */
#ifndef MT940_MATCH_DIRECTORY_LAYER_H
#define MT940_MATCH_DIRECTORY_LAYER_H

#include "match/directory_arrays.h"
#include "match/directory_lay.h"
#include "match/name_layer.h"

struct mt940_directory_layer {
    const struct mt940_directory *below;
    struct mt940_directory *top;
    struct mt940_layer_order order;
    size_t hidden_room;
    struct mt940_name_layer names;
};

/*
 * The directory whose arrays hold a customer, which becomes its number there; and the other way round. Where a
 * directory lies over another one, a card, a bank record and a code are asked of the source.
 */
const struct mt940_directory *mt940_directory_source(const struct mt940_directory *directory, uint32_t *customer);
uint32_t mt940_directory_number(const struct mt940_directory *directory, const struct mt940_directory *source,
                                uint32_t customer);
/* Number of the customer with this code among all, or -1. */
int64_t mt940_directory_customer_number(const struct mt940_directory *directory, const struct mt940_view *code);
void mt940_directory_layer_free(struct mt940_directory *directory);

#endif

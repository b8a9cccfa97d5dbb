/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_layer.h: a directory that lies over another one: what was changed since that was made
 * stands in a small directory of its own (the top) and hides what it replaces below.
 */
#ifndef MT940_MATCH_DIRECTORY_LAYER_H
#define MT940_MATCH_DIRECTORY_LAYER_H

#include "match/directory.h"
#include "match/directory_lay.h"
#include "match/name_layer.h"

struct mt940_directory_layer {
    const struct mt940_directory *below;
    struct mt940_directory *top;
    struct mt940_layer_order order;
    size_t hidden_room;
    struct mt940_name_layer names;
};

void mt940_directory_layer_free(struct mt940_directory *directory);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * known.h: has this movement come before? By its id, and by its second key in another statement
 * (decision 7): daily, monthly, re-sent, under another form of the account.
 */
#ifndef MT940_FLOW_KNOWN_H
#define MT940_FLOW_KNOWN_H

#include "flow/chain.h"

enum mt940_known {
    MT940_KNOWN_NEW,
    MT940_KNOWN_SAME,   /* received before */
    MT940_KNOWN_DIFFERS /* the same movement under another narrative: a person decides */
};

/* What one file brought so far; lives in the scratch memory of the call. */
struct mt940_known_file {
    struct mt940_flow *flow;
    struct mt940_known_slot *slots; /* open addressing, by digest */
    size_t slot_count;
    struct mt940_chain chain;
    struct mt940_glance *glances; /* two a movement of a look */
    struct mt940_lookup *lookups;
};

/* Movements of one look at most. */
enum { MT940_KNOWN_LOOK = 256 };

int mt940_known_init(struct mt940_known_file *file, struct mt940_flow *flow, size_t statements, size_t movements);
/* Remembers a statement of the file; true when the file held it before. `item` must outlive the call of the flow. */
bool mt940_known_statement(struct mt940_known_file *file, const struct mt940_inbox_item *item);
/*
 * Asks about movements that are to be judged next, in one call of the store: what it holds nothing of need not be asked
 * for again. `count` is at most MT940_KNOWN_LOOK.
 */
int mt940_known_look(struct mt940_known_file *file, const struct mt940_movement *movements, uint8_t (*seconds)[32],
                     size_t count);
/*
 * Judges a movement of `item` and gives it its second key (in scratch memory), `second` with an occurrence. A new
 * one is remembered, so that a file that holds it twice brings it once.
 */
int mt940_known_judge(struct mt940_known_file *file, const struct mt940_inbox_item *item, const uint8_t second[32],
                      struct mt940_movement *movement, enum mt940_known *out);

#endif

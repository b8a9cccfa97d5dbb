/* SPDX-License-Identifier: Apache-2.0
 *
 * world.h: a small company with its books in a memory store, a transport that offers texts, and a
 * flow over both: what the tests of the flow play in.
 */
#ifndef MT940_TESTS_WORLD_H
#define MT940_TESTS_WORLD_H

#include "mt940connect/adapters/memory.h"
#include "mt940connect/mt940connect.h"

enum { WORLD_FILES = 32 };

struct world_file {
    const char *name;
    const char *bytes;
    size_t length;
    int64_t modified; /* -1 = the source does not say */
    size_t opened;    /* how often it was fetched */
    int32_t settlement;
};

struct world {
    struct mt940_store store;
    struct mt940_clock clock;
    struct mt940_transport transport;
    struct mt940_flow *flow;
    struct world_file files[WORLD_FILES];
    size_t file_count;
    size_t open_file, read_at;
    struct mt940_receive_summary received;
    struct mt940_save_summary saved;
    int32_t messages[64]; /* of the rows of the last save or show, in order */
    char slips[64][32];
    size_t message_count;
};

/* A company with own accounts, customers and bank records of the fragments. */
void world_open(struct world *world);
/* Opens another flow over the same store, with a posting port (may be NULL) and a store to use instead (may be NULL). */
void world_reopen(struct world *world, const struct mt940_post *post, const struct mt940_store *store);
void world_close(struct world *world);
/* Offers a text under a name; the bytes must outlive the world. */
void world_offer(struct world *world, const char *name, const char *bytes);
/* Offers tests/cases/fragments/NAME.sta. */
void world_offer_fragment(struct world *world, const char *name);
void world_receive(struct world *world);
/* The id of the inbox record with this number. */
struct mt940_view world_item(struct world *world, int64_t number, char id[32]);
void world_show(struct world *world, int64_t number);
/* Saves rows (0 ends the list; none = every open one) with one choice (may be NULL). Returns the status. */
int world_save(struct world *world, int64_t number, const int64_t *rows, const struct mt940_row_choice *choice,
               uint32_t flags, int32_t accepted);
size_t world_count(struct world *world, int32_t kind);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * taken.h: which files of a connection were taken, as it lists them. Saves fetching, decides nothing: whether
 * bytes are new is asked of their digest.
 */
#ifndef MT940_FLOW_TAKEN_H
#define MT940_FLOW_TAKEN_H

#include "flow/flow.h"

/* A file as it was listed; the name belongs to the caller. */
struct mt940_taken_listing {
    struct mt940_view name;
    int64_t bytes, modified; /* -1 = not told */
};

/* A remembered one. */
struct mt940_taken_known {
    char name_digest[64];
    int64_t bytes, modified, revision;
};

struct mt940_taken {
    struct mt940_flow *flow;
    struct mt940_view connection;
    bool enabled;
    struct mt940_taken_known *known; /* in order of their digests */
    size_t count, capacity;
    struct mt940_taken_file *fresh; /* to be remembered; texts in `keep` */
    size_t fresh_count, fresh_capacity;
    struct mt940_arena keep;
};

/* Reads what is remembered of a connection, which outlives `taken`. An empty name has no memory. */
int mt940_taken_begin(struct mt940_taken *taken, struct mt940_flow *flow, struct mt940_view connection);
/* Whether a file is listed as it was when it was taken. */
bool mt940_taken_is(const struct mt940_taken *taken, const struct mt940_taken_listing *file);
/* A file whose bytes are in the store; `name` is that for people. 0 or E_MEMORY. */
int mt940_taken_add(struct mt940_taken *taken, const struct mt940_taken_listing *file, const struct mt940_view *name);
/* Stores what was added. Another process that remembered the same meanwhile is no failure. */
int mt940_taken_store(struct mt940_taken *taken);
void mt940_taken_end(struct mt940_taken *taken);

#endif

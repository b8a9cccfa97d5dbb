/* SPDX-License-Identifier: Apache-2.0
 *
 * saving.h: rows on their way to slips: what the steps of a save share.
 */
#ifndef MT940_FLOW_SAVING_H
#define MT940_FLOW_SAVING_H

#include "flow/row_frame.h"
#include "flow/saved_row.h"

/* A row that was recognised before its turn. */
struct mt940_ahead {
    struct mt940_judged_row row;
    const void *pending; /* its movement in the plan at that time, NULL = as stored */
    bool is_used;
};

/* The running save. */
struct mt940_saving {
    struct mt940_flow *flow;
    const struct mt940_save_request *request;
    struct mt940_row_frame frame;
    struct mt940_judged_row *row;     /* the one that is judged: own_row, or one of those ahead */
    struct mt940_judged_row *own_row; /* large: one after the other */
    struct mt940_ahead *ahead;
    size_t ahead_count, ahead_capacity;
    bool ahead_lessons; /* something was learned in this plan before */
    int64_t *rows;
    size_t row_count, row_capacity;
    mt940_save_sink sink;
    void *sink_user;
    struct mt940_save_summary summary;
};

/* Reads the frame anew. */
int mt940_save_refresh(struct mt940_saving *saving);
/* What the user chose for a row in this call, NULL when nothing. */
const struct mt940_row_choice *mt940_save_choice(const struct mt940_saving *saving, int64_t row);
/* The movement of a row as it is stored, or as the plan of the commit leaves it; NULL when there is none. */
const struct mt940_movement *mt940_save_stored(const struct mt940_saving *saving, int64_t row);
/* The movement of a row as it is now, with what the user chose. MT940_E_NOT_FOUND. */
int mt940_save_read(const struct mt940_saving *saving, int64_t row, struct mt940_movement *out);
/* Tells the caller of a row, and counts it. */
int mt940_save_hand_out(struct mt940_saving *saving, const struct mt940_saved_row *row);
/* Applies a plan, and brings the frame up to what it changed. */
int mt940_save_apply(struct mt940_saving *saving, struct mt940_plan *plan, const struct mt940_saved_row *outs,
                     size_t count);

#endif

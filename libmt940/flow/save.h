/* SPDX-License-Identifier: Apache-2.0
 *
 * save.h: rows on their way to slips.
 */
#ifndef MT940_FLOW_SAVE_H
#define MT940_FLOW_SAVE_H

#include "flow/effect.h"
#include "flow/row.h"

enum { MT940_SLIP_ID_CAPACITY = 17, MT940_EXTERNAL_ID_CAPACITY = 256 };

/* What becomes of a row; texts in the scratch memory of the call. */
struct mt940_saved_row {
    int64_t row;
    int32_t message;
    int32_t saved;
    bool planned;      /* there is something to store: its slip, or what was chosen */
    bool is_with_erp;  /* reserved: the ERP has it, or is to get it */
    bool was_with_erp; /* by an earlier call: the ERP is asked before it is told */
    struct mt940_message_arg args[2];
    size_t arg_count;
    struct mt940_view slip;
    int64_t slip_type;
    int32_t warning;
    const struct mt940_message_arg *warning_args;
    size_t warning_arg_count;
    const struct mt940_closing *closings;
    size_t closing_count;
};

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
/* Judges a movement into saving->row. */
int mt940_save_judge(struct mt940_saving *saving, const struct mt940_movement *movement);
int mt940_save_hand_out(struct mt940_saving *saving, const struct mt940_saved_row *row);

/* Room to look ahead over so many rows. */
int mt940_save_ahead_begin(struct mt940_saving *saving, size_t rows);
/* Recognises the next rows and reads their customers; *looked is how many rows that were, 0 without room. */
int mt940_save_ahead(struct mt940_saving *saving, const struct mt940_saved_row *outs, size_t count, size_t *looked);
/* A row that was recognised ahead and would be recognised alike now; each once. NULL otherwise. */
struct mt940_judged_row *mt940_save_ahead_row(struct mt940_saving *saving, const struct mt940_movement *movement);
/* Forgets what was looked at; before the scratch memory goes. */
void mt940_save_ahead_end(struct mt940_saving *saving);
void mt940_save_ahead_free(struct mt940_saving *saving);

/* Saves `rows` in one commit and tells of each. MT940_E_CONFLICT when another writer was faster. */
int mt940_save_group(struct mt940_saving *saving, const int64_t *rows, size_t count, bool all_or_nothing);
/* Applies a plan, and brings the frame up to what it changed. */
int mt940_save_apply(struct mt940_saving *saving, struct mt940_plan *plan, const struct mt940_saved_row *outs,
                     size_t count);

/* Applies a user's choice to a movement in memory. */
void mt940_save_choose(const struct mt940_row_choice *choice, struct mt940_movement *movement);
/* Adds the changes that save a judged row: its slip, or the slip it belongs to. E_CONFLICT when what was judged changed. */
int mt940_save_plan(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                    struct mt940_saved_row *out);
/* Adds the changes that mark the row as saved by a slip the user names; out->message says how it went. */
int mt940_save_link(struct mt940_plan *plan, struct mt940_row_frame *frame, const struct mt940_movement *movement,
                    const struct mt940_view *slip, struct mt940_saved_row *out);
/* Id of the slip a movement becomes; the same for every try. */
int mt940_save_slip_id(struct mt940_flow *flow, const struct mt940_movement *movement, struct mt940_view *out);
/* Fills the outcome with a message and up to one text argument. */
void mt940_save_tell(struct mt940_saved_row *out, int32_t message, const char *name, const struct mt940_view *text);

/* Decision 18. Adds the changes that reserve a judged row for the ERP: the slip as it is handed over, not valid yet. */
int mt940_save_reserve(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                       struct mt940_saved_row *out);
/* The ERP has the reserved slip under `external`: adds the changes that make it valid, with all its effects. */
int mt940_save_confirm(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                       const struct mt940_view *external, struct mt940_saved_row *out);
/* The ERP refused it: adds the changes that take the reservation back. */
int mt940_save_release(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                       const struct mt940_view *reason, struct mt940_saved_row *out);
/* Hands the reserved rows to the ERP, and stores its answers in one commit. */
int mt940_save_post(struct mt940_saving *saving, struct mt940_saved_row *outs, size_t count);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * save.h: one row on its way to a slip.
 */
#ifndef MT940_FLOW_SAVE_H
#define MT940_FLOW_SAVE_H

#include "flow/effect.h"
#include "flow/row.h"

enum { MT940_SLIP_ID_CAPACITY = 16, MT940_EXTERNAL_ID_CAPACITY = 256 };

/* What becomes of a row; texts in the scratch memory of the call. */
struct mt940_saved_row {
    int64_t row;
    int32_t message;
    int32_t saved;
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

/* Applies a user's choice to a movement in memory. */
void mt940_save_choose(const struct mt940_row_choice *choice, struct mt940_movement *movement);
/*
 * Adds the changes that save a judged row to the plan: its slip, or the slip it belongs to.
 * `external` is the number an ERP gave it, or empty. MT940_E_CONFLICT when what was judged has
 * changed meanwhile.
 */
int mt940_save_plan(struct mt940_plan *plan, struct mt940_row_frame *frame, struct mt940_judged_row *row,
                    struct mt940_view external, struct mt940_saved_row *out);
/* Adds the changes that mark the row as saved by a slip the user names; out->message says how it went. */
int mt940_save_link(struct mt940_plan *plan, struct mt940_row_frame *frame, const struct mt940_movement *movement,
                    const struct mt940_view *slip, struct mt940_saved_row *out);
/* Id of the slip a movement becomes; the same for every try. */
int mt940_save_slip_id(struct mt940_flow *flow, const struct mt940_movement *movement, struct mt940_view *out);
/* Key of a batch that saves several rows of a statement in its present state. */
int mt940_save_all_key(struct mt940_flow *flow, const struct mt940_inbox_item *item, const char *rows_digest,
                       struct mt940_view *out);
/* Fills the outcome with a message and up to one text argument. */
void mt940_save_tell(struct mt940_saved_row *out, int32_t message, const char *name, const struct mt940_view *text);

/*
 * Hands a judged row to the posting port (decision 18). *go is true when the ERP has it (then
 * `external` holds its number); else the outcome is in `out`, stored with the movement.
 */
int mt940_save_post(struct mt940_row_frame *frame, struct mt940_judged_row *row, struct mt940_saved_row *out,
                    char external[MT940_EXTERNAL_ID_CAPACITY], bool *go);

#endif

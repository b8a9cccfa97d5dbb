/* SPDX-License-Identifier: Apache-2.0
 *
 * row_frame.h: what the rows of one statement share.
 */
#ifndef MT940_FLOW_ROW_FRAME_H
#define MT940_FLOW_ROW_FRAME_H

#include "flow/plan.h"
#include "flow/row_ahead.h"

/* What the rows of one statement share. */
struct mt940_row_frame {
    struct mt940_flow *flow;
    const struct mt940_directory *directory;
    const struct mt940_slip_rules *rules;
    struct mt940_company company;
    struct mt940_inbox_item item;
    const struct mt940_bank_account *account; /* NULL = unknown */
    struct mt940_bank_account *own_accounts;
    size_t own_account_count;
    struct mt940_account_parts parts; /* of field 25 */
    bool one_day;                     /* the statement covers one booking day */
    const int32_t *accepted;          /* messages the user consented to */
    size_t accepted_count;
    const struct mt940_plan *plan;    /* of the rows that go into one commit; NULL = none */
    struct mt940_arena memory;        /* of what the rows share: the scratch memory goes sooner */
    struct mt940_found movements;     /* in order of rows */
    /* Slips that no movement made, of the account and the days of the statement; read when first needed. */
    struct mt940_found manual;
    bool manual_known;
    bool lessons_known, has_lessons; /* whether a person's choices taught anything of this account */
    struct mt940_date first_day, last_day;
    struct mt940_row_ahead ahead;
};

/* Reads the statement and what its rows share; end it also after a failure. MT940_E_NOT_FOUND when there is none. */
int mt940_row_frame_begin(struct mt940_flow *flow, const struct mt940_view *inbox_item, struct mt940_row_frame *out);
/* Exchanges the scratch memory with the frame's: what is read until the next call stays as long as the frame. */
void mt940_row_frame_swap(struct mt940_row_frame *frame);
void mt940_row_frame_end(struct mt940_row_frame *frame);
/* The movement of a row, NULL when there is none. */
struct mt940_movement *mt940_row_frame_movement(const struct mt940_row_frame *frame, int64_t row);
/* Whether the user consented to a message. */
bool mt940_row_frame_accepts(const struct mt940_row_frame *frame, int32_t message);
/* The movements of a statement in order. */
int mt940_row_movements(struct mt940_flow *flow, const struct mt940_view *inbox_item, struct mt940_found *found);

#endif

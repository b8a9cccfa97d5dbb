/* SPDX-License-Identifier: Apache-2.0
 *
 * row.h: a movement with everything the pure rooms say about it: facts, match, slip, closings.
 */
#ifndef MT940_FLOW_ROW_H
#define MT940_FLOW_ROW_H

#include "flow/ask.h"

/* Texts in the scratch memory of the call; large, so made there too. */
struct mt940_judged_row {
    struct mt940_movement movement;
    bool is_recognised; /* facts and match are there already */
    struct mt940_facts facts;
    struct mt940_match match;
    struct mt940_slip_proposal proposal;
    struct mt940_found banks;    /* bank records of the customer as the store has them */
    struct mt940_lesson_keys lesson_keys;
    struct mt940_found lessons; /* what a person's choices taught of such movements */
    struct mt940_found named;    /* payment rows of the invoices the movement names, whoever's they are */
    bool named_known;
    struct mt940_found payments; /* open payment rows of the customer that the row may close */
    struct mt940_customer customer; /* as it was read; revision 0 = not in the store */
    bool has_customer;
    struct mt940_movement other; /* the opposite row of a transfer */
    bool has_other;
    bool pair_is_sure;           /* by receipt number */
    bool is_reserved;            /* the proposal is the slip that was handed to the ERP */
    struct mt940_slip booked_by; /* the slip that the opposite row wrote for both */
    bool is_booked;
    struct mt940_slip original; /* the slip a reversal undoes */
    bool has_original;
    struct mt940_closing *closings;
    struct mt940_closing_plan plan;
    struct mt940_dbs_notice notice; /* of the DBS settlement, message 0 = none */
    struct mt940_message_arg notice_args[MT940_DBS_NOTICE_ARGS];
    struct mt940_view duplicates[MT940_ROW_DUPLICATES];
    size_t duplicate_count;
    int32_t message; /* 0 = can be saved */
    int32_t warning;
    struct mt940_message_arg args[2];
    size_t arg_count;
};

/* Ends one that was judged, or zeroed. */
void mt940_row_end(struct mt940_judged_row *row);
/* Sets the reason a row cannot be saved, with an argument or NULL. */
void mt940_row_refuse(struct mt940_judged_row *row, int32_t message, const char *name, const struct mt940_view *text);
/* Looks for the customer line, NULL when there is none. */
struct mt940_slip_line *mt940_row_customer_line(struct mt940_slip_proposal *proposal);

#endif

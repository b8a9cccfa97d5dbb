/* SPDX-License-Identifier: Apache-2.0
 *
 * row.h: a movement with everything the pure rooms say about it: facts, match, slip, closings.
 */
#ifndef MT940_FLOW_ROW_H
#define MT940_FLOW_ROW_H

#include "flow/ask.h"
#include "flow/plan.h"

/* How many customers are asked for at once. */
enum { MT940_ROW_AHEAD = 32 };

/* What was read of the customers of the rows that come next; zeroed = nothing. */
struct mt940_row_ahead {
    struct mt940_view *codes; /* scratch: whose cards; behind MT940_ROW_AHEAD of them whose open rows */
    size_t count, payer_count;
    bool is_read;
    struct mt940_found cards, banks, payments;
    struct mt940_view *invoices; /* scratch: the numbers that the rows name */
    size_t invoice_count;
    bool is_named; /* the payment rows of these are read, for whoever matches now */
    struct mt940_found named;
};

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

/* Reads the statement and what its rows share; end it also after a failure. MT940_E_NOT_FOUND when there is none. */
int mt940_row_frame_begin(struct mt940_flow *flow, const struct mt940_view *inbox_item, struct mt940_row_frame *out);
/* Exchanges the scratch memory with the frame's: what is read until the next call stays as long as the frame. */
void mt940_row_frame_swap(struct mt940_row_frame *frame);
void mt940_row_frame_end(struct mt940_row_frame *frame);
/* The movement of a row, NULL when there is none. */
struct mt940_movement *mt940_row_frame_movement(const struct mt940_row_frame *frame, int64_t row);
/* Facts of a movement, the first part of judging it. `out` must be zeroed. */
int mt940_row_read_facts(const struct mt940_row_frame *frame, const struct mt940_movement *movement,
                         struct mt940_judged_row *out);
/* Its match, the second part. */
int mt940_row_recognise(struct mt940_row_frame *frame, struct mt940_judged_row *row);
/* Judges one movement. `out` must be zeroed or recognised; end it with mt940_row_end(). */
int mt940_row_judge(struct mt940_row_frame *frame, const struct mt940_movement *movement,
                    struct mt940_judged_row *out);
/* Matches row->movement anew, with its facts as they are. */
int mt940_row_match(struct mt940_row_frame *frame, struct mt940_judged_row *row);
/* Looks for the customer line, NULL when there is none. */
struct mt940_slip_line *mt940_row_customer_line(struct mt940_slip_proposal *proposal);
/*
 * What a line closes, into the row: its DBS mark, the total it lowers, the open rows. `chosen` 1 or 0 is the mark a
 * person, or the slip itself, gave it; -1 = nobody.
 */
int mt940_row_settle(const struct mt940_row_frame *frame, struct mt940_judged_row *row, struct mt940_slip_line *line,
                     int32_t chosen);
/* The slip of a row that was handed to the ERP stands as it was handed over; only what it closes is new. */
int mt940_row_reserved(struct mt940_row_frame *frame, struct mt940_judged_row *row);
void mt940_row_end(struct mt940_judged_row *row);
/* The movements of a statement in order. */
int mt940_row_movements(struct mt940_flow *flow, const struct mt940_view *inbox_item, struct mt940_found *found);
/* Sets the reason a row cannot be saved, with an argument or NULL. */
void mt940_row_refuse(struct mt940_judged_row *row, int32_t message, const char *name, const struct mt940_view *text);

#endif

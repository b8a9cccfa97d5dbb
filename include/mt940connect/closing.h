/* SPDX-License-Identifier: Apache-2.0
 *
 * closing.h: what a payment does: whose DBS total a slip line lowers, which payment rows it closes
 * (borç kapama), and the way back. Pure functions, conventions as in dbs.h. @since 0.1
 * Source: R98-R106, decisions 23 and 24, turkish-banking §2.6; docs/closing.md.
 */
#ifndef MT940CONNECT_CLOSING_H
#define MT940CONNECT_CLOSING_H

#include "mt940connect/dbs.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Collection: which record a line lowers, what it closes (R98-R106, decisions 23, 24) - */

/* How the record of a collection line was found. */
enum mt940_dbs_source {
    MT940_DBS_SOURCE_NONE = 0,
    MT940_DBS_SOURCE_USER = 1,    /* the branch a user entered */
    MT940_DBS_SOURCE_ACCOUNT = 2, /* the branch of the statement's own account */
    MT940_DBS_SOURCE_IBAN = 3,    /* the record of the matched IBAN */
    MT940_DBS_SOURCE_PAYMENT = 4  /* the record of the row it closes */
};

struct mt940_dbs_collection {
    size_t size;
    const struct mt940_customer_bank *banks; /* of the customer */
    size_t bank_count;
    struct mt940_view chosen_branch;  /* CH Banka Şubesi of the line as a user entered it */
    struct mt940_view account_branch; /* bank-branch code of the own account */
    int64_t matched_slot;             /* record of the matched IBAN or account, 0 = none */
    int64_t closed_slot;              /* record of the first row the line closes, 0 = none */
};

/*
 * The DBS-marked record whose total the line lowers: index in `banks` and enum mt940_dbs_source.
 * MT940_E_NOT_FOUND means NO_DBS_SLOT: the slip is saved, no total changes. A branch a user
 * entered is not replaced by another one.
 */
int mt940_dbs_line_record(const struct mt940_dbs_collection *collection, size_t *index, int32_t *source);

/* How a closing plan found its rows. */
enum mt940_closing_rule {
    MT940_CLOSING_NONE = 0,
    MT940_CLOSING_INVOICE = 1, /* the line names the invoice */
    MT940_CLOSING_EXACT = 2,   /* the one due row with this open amount and due date */
    MT940_CLOSING_FIFO = 3     /* earliest due date first */
};

struct mt940_closing_request {
    size_t size;
    struct mt940_view company;
    struct mt940_view slip; /* key of the closings to be made */
    int64_t line;
    struct mt940_view customer;
    struct mt940_view currency;
    int64_t amount;   /* positive */
    int64_t slot;     /* the line's bank record, 0 = unknown: rows of every record */
    int32_t outgoing; /* 1 = money left: closes credits (purchases, returns) instead of debts */
    int32_t dbs;      /* 1 = recognised as DBS */
    int32_t is_return; /* 1 = a sales return: named invoice only, its rows of the same type and record by due date */
    int32_t reserved;
    struct mt940_date value_date;
    const struct mt940_view *invoices; /* numbers the line names, in order */
    size_t invoice_count;
};

struct mt940_closing_plan {
    size_t size;
    size_t count;     /* closings */
    size_t dbs_count; /* of them on DBS rows */
    int64_t closed;   /* their sum */
    int64_t rest;     /* unallocated */
    int64_t slot;     /* record of the first row closed, 0 = none */
    int32_t rule;     /* enum mt940_closing_rule of the first */
    int32_t reserved;
};

/*
 * Plans what a line closes. Candidates are the customer's active open rows in the line's
 * currency. A DBS line closes DBS rows: those of the named invoices, else the exact one, else
 * in order of due date (the last two only among rows of its record). An ordinary line closes
 * rows of named invoices only. Never more than a row's open part.
 */
int mt940_closing_plan_make(const struct mt940_dbs_policy *policy, const struct mt940_closing_request *request,
                            const struct mt940_payment *rows, size_t row_count, struct mt940_closing *closings,
                            size_t capacity, struct mt940_closing_plan *plan);

/* 1 when the plan's rows make the line a DBS line (R99): it closes rows, and all are DBS. */
int mt940_closing_plan_is_dbs(const struct mt940_closing_plan *plan);

/*
 * Applies an active closing to its row, or takes it back (exactly the inverse). MT940_E_ARGUMENT
 * when the closing is of another row, MT940_E_STATE when it is cancelled already, MT940_E_RANGE
 * when the paid part would leave 0..amount; row and closing are unchanged then.
 */
int mt940_closing_apply(const struct mt940_closing *closing, struct mt940_payment *row);
int mt940_closing_undo(struct mt940_closing *closing, struct mt940_payment *row);

/*
 * Call it before mt940_closing_undo(): what the undoing takes off the row's total besides. A row
 * that left DBS after it was paid (decision 27) keeps the paid part in dbs_amount; when the
 * payment goes back, that part leaves too, for the row is in the ordinary risk now: the share of
 * `lowered` that belongs to this closing, and with the last closing all that is left. `lowered`
 * and `amount` say what closed it: dbs_amount (0 while unmarked) and amount of the slip line, or
 * -dbs_amount and -amount of a return's row. Adds at most one effect (WITHDRAWN) and takes it
 * off row->dbs_amount.
 */
int mt940_dbs_effects_of_undo(const struct mt940_closing *closing, int64_t lowered, int64_t amount,
                              struct mt940_payment *row, struct mt940_dbs_effect *effects, size_t capacity,
                              size_t *count);

/* ---- A customer line as a whole ---------------------------------------------------------- */

/* What a user said about the DBS mark of a line. */
enum mt940_dbs_mark { MT940_DBS_MARK_NOT_CHOSEN = -1, MT940_DBS_MARK_NO = 0, MT940_DBS_MARK_YES = 1 };

/* What a slip line is settled with. Records and rows are those of the line's customer. */
struct mt940_dbs_settlement {
    size_t size;
    const struct mt940_company *company;
    const struct mt940_customer_bank *banks;
    size_t bank_count;
    const struct mt940_payment *rows;
    size_t row_count;
    const struct mt940_rate *rates; /* for records in a third currency */
    size_t rate_count;
    struct mt940_view account_branch; /* bank-branch code of the own account */
    struct mt940_view chosen_branch;  /* CH Banka Şubesi a user entered */
    int64_t matched_slot;             /* record of the matched IBAN or account, 0 = none */
    const struct mt940_view *invoices; /* numbers the movement names, in order */
    size_t invoice_count;
    int32_t recognised; /* 1 = code, rule or text says DBS */
    int32_t chosen;     /* enum mt940_dbs_mark */
    int32_t outgoing;   /* 1 = money left; never DBS */
    int32_t reserved;
};

/* Notices a settlement can bring. */
#define MT940_DBS_SETTLEMENT_NOTICES 2

/*
 * Settles a customer line: is it DBS (R99: recognised, or all rows it closes are), whose record
 * it lowers and by how much, and what it closes. Reads company, slip, line, customer, amount,
 * currency, rate and value_date of `line`; sets dbs, dbs_slot, dbs_amount and, when a record was
 * found, branch and dbs_currency. A mark taken off by the user keeps the closing (R105). Notices: NO_DBS_SLOT (a
 * report), NEEDS_RATE (stops).
 */
int mt940_dbs_line_settle(const struct mt940_dbs_policy *policy, const struct mt940_dbs_settlement *settlement,
                          struct mt940_slip_line *line, struct mt940_closing *closings, size_t capacity,
                          struct mt940_closing_plan *plan,
                          struct mt940_dbs_notice notices[MT940_DBS_SETTLEMENT_NOTICES], size_t *notice_count);

/*
 * What a line takes off the total of `bank`, in that record's currency: the amount converted
 * with the line's rate. Errors of mt940_dbs_convert().
 */
int mt940_dbs_line_amount(const struct mt940_company *company, const struct mt940_customer_bank *bank,
                          const struct mt940_slip_line *line, const struct mt940_rate *rates, size_t rate_count,
                          int64_t *out);

#ifdef __cplusplus
}
#endif
#endif

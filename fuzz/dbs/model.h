/* SPDX-License-Identifier: Apache-2.0
 *
 * model.h: direct-debit limits of a very small company, as plain as can be: arrays, numbers in
 * minor units, no library. Written from decisions 21-30 and the tables of docs/dbs.md; shares no
 * code, table or type with libmt940/dbs, so that a mistake would have to be made twice.
 *
 * Two customers, each with two DBS records (slot 1 is served by own account 0, slot 2 by 1).
 */
#ifndef FUZZ_DBS_MODEL_H
#define FUZZ_DBS_MODEL_H

#include <stdint.h>

enum { MODEL_CUSTOMERS = 2, MODEL_RECORDS = 4, MODEL_INVOICES = 16, MODEL_ROWS = 3, MODEL_SLIPS = 8 };

enum model_control { MODEL_PROCEED, MODEL_WARN, MODEL_BLOCK }; /* of a record, and what is decided */
enum model_kind { MODEL_SALE, MODEL_SALE_RETURN, MODEL_PURCHASE, MODEL_PURCHASE_RETURN };
enum model_state { MODEL_NONE, MODEL_ACTIVE, MODEL_CANCELLED, MODEL_REVERSED };

struct model_record {
    int64_t limit, total;
    int control;
    int is_opened;
};

/* A payment row; what the customer is owed is negative. */
struct model_row {
    int64_t amount, paid, opening; /* opening: the part of paid from before the books began */
    int64_t added;                 /* what it keeps in its record's total */
    int due;                       /* year, month, day as one number */
    int dbs;
    int record; /* -1 = none */
    int is_foreign;
};

/* A part of a row that somebody paid; `own` is the row of the return that did. */
struct model_part {
    int invoice, row, own;
    int64_t amount;
    int is_undone; /* of a slip; a later cancelling of its reversal tries it again */
};

struct model_invoice {
    enum model_state state;
    enum model_kind kind;
    int customer;
    int returns; /* -1 = none */
    int count;
    struct model_row rows[MODEL_ROWS];
    int part_count;
    struct model_part parts[MODEL_ROWS * MODEL_ROWS]; /* what a return closed */
};

struct model_slip {
    enum model_state state;
    int customer;
    int64_t amount;
    int dbs;
    int record; /* -1 = none */
    int64_t lowered;
    int part_count;
    struct model_part parts[MODEL_INVOICES * MODEL_ROWS];
};

struct model {
    struct model_record records[MODEL_RECORDS]; /* of customer c slot s at 2 c + s - 1 */
    struct model_invoice invoices[MODEL_INVOICES];
    struct model_slip slips[MODEL_SLIPS];
};

/* What an invoice event asks for. */
struct model_wish {
    int number;
    enum model_kind kind;
    int customer;
    int dbs;      /* its rows are */
    int account;  /* own account */
    int returns;
    int count;    /* instalments, due a month apart */
    int due;
    int is_foreign; /* two and a half units of the books each */
    int64_t amount;
    int64_t paid;   /* opening only */
    int is_opening;
    int64_t consent; /* excess accepted, -1 = none */
};

/* Each decides, and changes the model if it goes on. */
int model_add(struct model *model, const struct model_wish *wish);
int model_change(struct model *model, const struct model_wish *wish);
int model_cancel(struct model *model, int number, int64_t consent);
int model_restore(struct model *model, int number, int64_t consent);
int model_withdraw(struct model *model, int number);

/* A payment of the bank on own account `account`; `is_dbs`: the line is recognised; `marked`: it lowers a total. */
void model_collect(struct model *model, int slip, int customer, int64_t amount, int account, int value, int is_dbs,
                   int marked);
/* Takes it back, as a cancelled or a reversed slip. */
void model_undo(struct model *model, int slip, enum model_state state);
/* The reversal of a slip is cancelled: it lowers and closes again, as far as its rows are still open. */
void model_return(struct model *model, int slip);
void model_mark(struct model *model, int slip, int on, int account);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * flow.h: what a user does all day: receive statements (Gönder/Al), look at the inbox (Posta
 * Kutusu), list the movements of a statement with proposals and reasons, save one or many as
 * bank slips, undo. The flow is the only room that calls the host: it asks the ports, lets the
 * pure rooms decide, and hands the store batches that happen wholly or not at all, once.
 *
 * Every change is guarded by the revisions it was decided on. When another process was faster
 * the flow reads again and decides again, a bounded number of times (MT940_E_CONFLICT after).
 * A call that fails with MT940_E_UNKNOWN has perhaps been stored: repeat it, nothing happens
 * twice. Ports are called on the caller's thread. @since 0.1
 */
#ifndef MT940CONNECT_FLOW_H
#define MT940CONNECT_FLOW_H

#include "mt940connect/closing.h"
#include "mt940connect/facts.h"
#include "mt940connect/match.h"
#include "mt940connect/ports.h"
#include "mt940connect/slip.h"
#include "mt940connect/statement.h"

#ifdef __cplusplus
extern "C" {
#endif

struct mt940_flow;

struct mt940_flow_options {
    size_t size;
    const char *company; /* company code; part of every key */
    const char *actor;   /* who does it: goes into slips, journal and audit trail (decision 19) */
    const struct mt940_store *store;
    const struct mt940_books *books; /* NULL = the store's own records */
    const struct mt940_post *post;   /* NULL = the store is the ERP */
    const struct mt940_clock *clock;
    const struct mt940_log *log;           /* NULL = none */
    const struct mt940_progress *progress; /* NULL = none */
    const struct mt940_allocator *allocator;
    const struct mt940_statement_options *statement; /* NULL = defaults */
    const struct mt940_slip_options *slip;           /* NULL = defaults */
    const struct mt940_dbs_policy *dbs;              /* NULL = defaults */
    uint32_t retries;     /* of a change that met another writer; 0 = 16 */
    uint32_t flags;       /* bits of enum mt940_match_flag */
    uint64_t max_file;    /* bytes of one received file; 0 = 64 MiB */
    int32_t duplicate_days; /* window of POSSIBLE_DUPLICATE (decision 9); 0 = 5 */
    uint32_t rows_a_commit; /* rows saved in one commit; 0 = 20. One commit costs as much as many rows */
    const struct mt940_lesson_policy *lessons; /* when choices decide (lesson.h); NULL = defaults */
    /*
     * A file is remembered as its source lists it when it had not been changed for so long, and is not fetched
     * again while the source lists it the same. 0 = a day, which clocks and time zones of servers that go wrong
     * do not defeat; negative = every file is fetched at each receive. Files without a time always are.
     */
    int64_t rest_seconds;
    /*
     * Own accounts and customers as the host has them already: opened from a file (directory.h), or with changes laid
     * over it (directory_overlay.h). Of this company; outlives the flow. NULL = read of the books when first needed.
     * The books may have gone on since: what it chooses by itself is looked up in them, in one call for some rows,
     * before it is shown or saved, and is refused (INDEX_OUTDATED) where the card is closed or gone, or no longer has
     * what the movement names.
     */
    const struct mt940_directory *directory;
};

/*
 * Opens a flow. The structs of the ports are copied, what their `user` points to must outlive
 * it. Reads nothing yet. Errors: MT940_E_ARGUMENT, MT940_E_MEMORY.
 */
int mt940_flow_open(const struct mt940_flow_options *options, struct mt940_flow **out, struct mt940_error *error);
/* NULL is allowed. Does not close the store. */
void mt940_flow_close(struct mt940_flow *flow);
/*
 * Forgets what was read of the books (own accounts, customers, transaction codes), so that the
 * next call reads them anew. Needed after the host changed them behind an open flow.
 */
void mt940_flow_refresh(struct mt940_flow *flow);

/*
 * Another directory of the host's from now on, as after mt940_directory_overlay_read(); NULL = read of the books. Not
 * while a call runs. @since 0.1
 */
void mt940_flow_use_directory(struct mt940_flow *flow, const struct mt940_directory *directory);

/* Characters of a state of the books. */
#define MT940_BOOKS_STATE 64
/*
 * The state of the books in the store, for a host that keeps a directory of them in a file: 64 hex digits that are
 * other ones after every change of company, own accounts, cards and bank records through a flow, empty before the
 * first. Equal states mean equal books. It tells nothing of books that another port answers, nor of what was written
 * behind the flow. Errors: MT940_E_ARGUMENT and those of the store. @since 0.1
 */
int mt940_flow_books_state(struct mt940_flow *flow, char state[MT940_BOOKS_STATE + 1], struct mt940_error *error);

/*
 * A directory of the books as they are now, as the flow makes its own; for a host that keeps it in a file. *out is of the
 * flow's allocator, may outlive the flow, and is released with mt940_directory_free(). Errors: MT940_E_ARGUMENT,
 * MT940_E_MEMORY, MT940_E_EXISTS (two records of one key), those of the books. @since 0.1
 */
int mt940_flow_build_directory(struct mt940_flow *flow, struct mt940_directory **out, struct mt940_error *error);

/* ---- Receiving (Gönder/Al) --------------------------------------------------------------- */

/* What became of one file; handed out when it is stored. */
struct mt940_received {
    size_t size;
    struct mt940_view name;
    int32_t settlement; /* enum mt940_settlement */
    int32_t message;    /* enum mt940_message: FILE_RECEIVED, FILE_DUPLICATE … */
    const struct mt940_message_arg *args;
    size_t arg_count;
    uint32_t statements; /* new in the inbox */
    uint32_t movements;  /* new */
    /* Findings of its statements, and STATEMENT_DUPLICATE, STATEMENT_EXTENDS, STATEMENT_GAP … */
    const struct mt940_finding *findings;
    size_t finding_count;
};
typedef int (*mt940_received_sink)(void *sink_user, const struct mt940_received *received);

struct mt940_receive_summary {
    size_t size;
    uint32_t files, accepted, duplicate, incomplete, rejected, failed;
    uint32_t statements, movements;
    uint32_t unchanged; /* of the duplicates: listed as when they were taken, and not fetched */
};

/*
 * Takes every file of the transport into the inbox; `connection` names it for people, without
 * secrets. A file is stored with its statements and movements in one batch, or not at all; small
 * files share a batch, and each has its outcome once that is stored. Receiving again adds nothing;
 * what lies unchanged in a connection of that name is not even fetched (rest_seconds; without a
 * name everything is). Complete statements of a cut file are taken, the rest waits (decision 7).
 * One file's failure does not stop the others; a failing store or list does.
 * `sink` may be NULL. Errors: those of transport and store, MT940_E_CANCELLED.
 */
int mt940_flow_receive(struct mt940_flow *flow, const struct mt940_transport *transport, const char *connection,
                       mt940_received_sink sink, void *sink_user, struct mt940_receive_summary *summary,
                       struct mt940_error *error);

/* ---- Inbox (Posta Kutusu) ---------------------------------------------------------------- */

/* Lists struct mt940_inbox_item in order of arrival; changes nothing. `limit` 0 = all. */
int mt940_flow_inbox(struct mt940_flow *flow, int64_t after_number, size_t limit, mt940_record_sink sink,
                     void *sink_user, struct mt940_error *error);
/*
 * Finds a statement by its number in the inbox, its id, or the beginning of its id (at least 4
 * characters). MT940_E_NOT_FOUND, MT940_E_EXISTS when several begin so.
 */
int mt940_flow_find(struct mt940_flow *flow, const char *text, size_t length, mt940_record_sink sink, void *sink_user,
                    struct mt940_error *error);

/* ---- Movements with proposals ------------------------------------------------------------ */

/* Another slip that may be the same payment (decision 9). */
#define MT940_ROW_DUPLICATES 4

/* A movement and everything the library has to say about it. Valid during the call. */
struct mt940_row {
    size_t size;
    const struct mt940_movement *movement;
    const struct mt940_facts *facts;
    const struct mt940_match *match;
    const struct mt940_slip_proposal *proposal;
    const struct mt940_closing *closings; /* what the slip would close */
    size_t closing_count;
    const struct mt940_closing_plan *closing_plan;
    int32_t message; /* 0 = can be saved as proposed; else why not: ALREADY_SAVED, NEEDS_CUSTOMER … */
    int32_t warning; /* to know though it can be saved, or 0 */
    const struct mt940_message_arg *args; /* of `message`, else of `warning` */
    size_t arg_count;
    struct mt940_view duplicates[MT940_ROW_DUPLICATES]; /* slip ids */
    size_t duplicate_count;
};
typedef int (*mt940_row_sink)(void *sink_user, const struct mt940_row *row);

/* Lists the movements of a statement in order, with proposals and reasons; changes nothing. */
int mt940_flow_show(struct mt940_flow *flow, const struct mt940_view *inbox_item, mt940_row_sink sink, void *sink_user,
                    struct mt940_error *error);

/* ---- Saving (Kaydet) --------------------------------------------------------------------- */

enum mt940_row_choice_set {
    MT940_CHOSE_CUSTOMER = 0x1,
    MT940_CHOSE_TYPE = 0x2,
    MT940_CHOSE_ACCOUNT = 0x4,
    MT940_CHOSE_DBS = 0x8,
    MT940_CHOSE_DATE = 0x10,
    MT940_CHOSE_LINK = 0x20
};

/* What a user decided about one row; `set` says which fields count. Remembered with the row. */
struct mt940_row_choice {
    size_t size;
    int64_t row; /* from 1 */
    uint32_t set; /* bits of enum mt940_row_choice_set */
    int32_t dbs;  /* 1 or 0 */
    struct mt940_view customer;
    int64_t slot;      /* its bank record, 0 = none in particular */
    int64_t slip_type; /* enum mt940_slip_type */
    struct mt940_view account; /* own account of the other side of a transfer */
    struct mt940_date date;    /* of the slip */
    struct mt940_view link;    /* id of the slip that is this row already */
};

enum mt940_save_flag {
    MT940_SAVE_ALL_OR_NOTHING = 0x1,
    MT940_SAVE_OPEN_ROWS = 0x2 /* every row that is not saved; `rows` must be empty */
};

struct mt940_save_request {
    size_t size;
    struct mt940_view inbox_item; /* id */
    const int64_t *rows;          /* rows to save, from 1; none = nothing (R27) */
    size_t row_count;
    const struct mt940_row_choice *choices;
    size_t choice_count;
    const int32_t *accepted; /* messages consented to: POSSIBLE_DUPLICATE, STATEMENT_FAULTY … */
    size_t accepted_count;
    uint32_t flags; /* bits of enum mt940_save_flag */
    uint32_t reserved;
};

/* The outcome of one row, in order of rows. Valid during the call. */
struct mt940_save_result {
    size_t size;
    int64_t row;
    int32_t message; /* SAVED, PAIRED, LINKED, ALREADY_SAVED, or why not */
    int32_t saved;   /* 1 = a slip was written by this call */
    const struct mt940_message_arg *args;
    size_t arg_count;
    struct mt940_view slip; /* id, empty when there is none */
    int64_t slip_type;
    int32_t warning; /* NO_DBS_SLOT, UNALLOCATED …, or 0 */
    uint32_t reserved;
    const struct mt940_message_arg *warning_args;
    size_t warning_arg_count;
    const struct mt940_closing *closings;
    size_t closing_count;
};
typedef int (*mt940_save_sink)(void *sink_user, const struct mt940_save_result *result);

struct mt940_save_summary {
    size_t size;
    uint32_t rows, saved, already, refused;
};

/*
 * Saves rows of a statement as bank slips, `rows_a_commit` of them in one batch: slips, lines,
 * closings, DBS totals and the rows' states together (R29, R112). A row that is refused adds
 * nothing to its batch and does not prevent the others, unless ALL_OR_NOTHING asks for one batch
 * of all. A batch that met another writer is decided anew in halves, down to single rows. Each row
 * has its outcome once its batch is stored. A saved row is never saved again; a row the ERP may
 * have already is told to it no second time, and keeps what was handed over (decision 18). Choices are
 * remembered also for rows that could not be saved; a choice of a customer teaches the matcher, in the
 * same batch (lesson.h). Errors: those of the store, never the data's.
 */
int mt940_flow_save(struct mt940_flow *flow, const struct mt940_save_request *request, mt940_save_sink sink,
                    void *sink_user, struct mt940_save_summary *summary, struct mt940_error *error);

/* ---- Slips ------------------------------------------------------------------------------- */

/* A stored slip with its lines and what they closed. Valid during the call. */
struct mt940_slip_view {
    size_t size;
    const struct mt940_slip *slip;
    const struct mt940_slip_line *lines;
    size_t line_count;
    const struct mt940_closing *closings;
    size_t closing_count;
};
typedef int (*mt940_slip_sink)(void *sink_user, const struct mt940_slip_view *slip);

/* Lists slips in order of id; `id` (may be NULL) one of them, or those that begin with it. */
int mt940_flow_slips(struct mt940_flow *flow, const struct mt940_view *id, mt940_slip_sink sink, void *sink_user,
                     struct mt940_error *error);

/*
 * Cancels a slip: its closings are undone, its DBS effect is given back, exactly once; its row
 * can be saved again. `*message` is SLIP_CANCELLED or why not (UNKNOWN_SLIP, HOST_REFUSED …).
 * Source: R26, R106.
 */
int mt940_flow_slip_cancel(struct mt940_flow *flow, const struct mt940_view *id, int32_t *message,
                           struct mt940_error *error);
/*
 * Sets or takes off the DBS mark of a slip's customer line; the total follows exactly once, the
 * closing stays (R104, R105). `*message` is 0 or why not (UNKNOWN_SLIP, NO_DBS_SLOT).
 */
int mt940_flow_slip_mark(struct mt940_flow *flow, const struct mt940_view *id, int32_t dbs, int32_t *message,
                         struct mt940_error *error);

/* ---- Trying rules ------------------------------------------------------------------------ */

/* What a rule table says of a movement. */
struct mt940_rule_outcome {
    const struct mt940_transaction_code *rule; /* the rule that holds, NULL = none */
    int32_t decision;                          /* enum mt940_match_decision */
    int32_t message;                           /* 0 = can be saved; else why not */
    struct mt940_view customer;                /* empty = none chosen */
    int64_t slip_type;
};
/* A movement that would be judged otherwise. Valid during the call. */
struct mt940_rule_change {
    size_t size;
    const struct mt940_inbox_item *item;
    const struct mt940_movement *movement;
    struct mt940_rule_outcome before, after;
};
typedef int (*mt940_rule_change_sink)(void *sink_user, const struct mt940_rule_change *change);
/*
 * What would become of the movements that are still to be saved if `rules` were the company's
 * transaction codes: every one whose customer, slip or hindrance would be another is
 * handed out, in order of the inbox. Stores nothing. Saved rows and what a user chose never
 * change, whatever the rules. Errors: those of the store, and of mt940_slip_rules_build().
 */
int mt940_flow_rules_try(struct mt940_flow *flow, const struct mt940_transaction_code *rules, size_t count,
                         mt940_rule_change_sink sink, void *sink_user, struct mt940_error *error);

/* ---- Lessons (hatırlanan kararlar) -------------------------------------------------------- */

/* Which lessons; what is empty or 0 does not restrict. */
struct mt940_lesson_filter {
    size_t size;
    struct mt940_view bank_account; /* own account code */
    struct mt940_view customer;     /* customer code */
    struct mt940_view value;        /* the beginning of the IBAN, the folded name or text */
};
/* Lists struct mt940_lesson in order of own account, side, basis, value and customer; `filter` NULL = all. */
int mt940_flow_lessons(struct mt940_flow *flow, const struct mt940_lesson_filter *filter, mt940_record_sink sink,
                       void *sink_user, struct mt940_error *error);
/*
 * Forgets lessons, some hundred a batch; `*forgotten` (may be NULL) says how many. The filter must restrict.
 * Choices already made stay with their movements. Errors: those of the store, MT940_E_ARGUMENT.
 */
int mt940_flow_lessons_forget(struct mt940_flow *flow, const struct mt940_lesson_filter *filter, size_t *forgotten,
                              struct mt940_error *error);

/* ---- Storing books ----------------------------------------------------------------------- */

/*
 * Puts records of the books of one kind (company, setting, bank_account, customer, customer_bank,
 * transaction_code, bank_code, rate, invoice, payment) into the store: new, or in place of those
 * with their keys. Counters, and the paid parts of payments, stay as they are. Records that are
 * equal change nothing. Muhbir Hesap and VÖEN of bank records are completed from the bank where
 * the company's law asks for them (R60-R63; put the company and the banks first). Stored in batches of some hundred, each whole or not at all.
 * `*changed` (may be NULL) counts what was written. MT940_E_ARGUMENT for other kinds, and for a
 * record that mt940_record_check() refuses; the error's offset is then its index.
 */
int mt940_flow_put(struct mt940_flow *flow, int32_t kind, const void *const *records, size_t count, size_t *changed,
                   struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif

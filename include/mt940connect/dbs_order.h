/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_order.h: DBS rows to and from the banks through a flow: which rows a bank is to be told of,
 * the files (runs) that tell it, and its answers. What is told and what an answer means is decided
 * by the pure functions of dbs_exchange.h; here it is kept. Files are bytes: the host carries them.
 * Conventions as in flow.h. @since 0.1
 * Source: R117, decisions 25, 27, 31, turkish-banking §3.3; docs/dbs_order.md.
 */
#ifndef MT940CONNECT_DBS_ORDER_H
#define MT940CONNECT_DBS_ORDER_H

#include "mt940connect/dbs_exchange.h"
#include "mt940connect/flow.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Findings of the calls below; may be NULL. After 1,000 there is one TOO_MANY_FINDINGS and silence. */
typedef int (*mt940_dbs_finding_sink)(void *sink_user, const struct mt940_dbs_finding *finding);

/* ---- What stands with a bank -------------------------------------------------------------- */

/* A row and its order. Valid during the call. */
struct mt940_dbs_order_view {
    size_t size;
    struct mt940_view bank;
    const struct mt940_payment *row;     /* NULL = it is no DBS row of this bank any more */
    const struct mt940_invoice *invoice; /* NULL with it */
    const struct mt940_dbs_order *order; /* as the bank was told; NULL = never */
    int64_t open;                        /* of the row */
    int32_t pending;                     /* enum mt940_dbs_order_record the next file will hold, or 0 */
    int32_t reserved;
};
typedef int (*mt940_dbs_order_sink)(void *sink_user, const struct mt940_dbs_order_view *order);

/*
 * Lists rows and orders of `bank` (four digits; NULL = each bank in turn) in order of invoice and
 * line: what is open, what the bank was told, what it said, what it will be told. Changes nothing.
 * Rows whose money came and cancelled ones are left out unless `all` is 1 or the bank says that nothing was paid.
 */
int mt940_flow_dbs_orders(struct mt940_flow *flow, const struct mt940_view *bank, int32_t all,
                          mt940_dbs_order_sink sink, void *sink_user, struct mt940_error *error);

/* ---- A file to a bank --------------------------------------------------------------------- */

enum mt940_dbs_export_flag {
    MT940_DBS_EXPORT_CHECK = 0x1, /* make the file, keep nothing */
    MT940_DBS_EXPORT_AGAIN = 0x2  /* rows the bank rejected go again though nothing changed */
};

struct mt940_dbs_export_request {
    size_t size;
    struct mt940_view bank;                /* four digits */
    const struct mt940_dbs_layout *layout; /* NULL = the built-in one of this bank */
    struct mt940_date since;               /* new rows of invoices before this day stay away (go-live); absent = none */
    uint32_t flags;                        /* bits of enum mt940_dbs_export_flag */
    uint32_t max_rows;                     /* MT940_E_LIMIT above it; 0 = 100,000 */
};

/* Valid during the call. */
struct mt940_dbs_export_result {
    size_t size;
    const struct mt940_dbs_run *run; /* `rows` 0: nothing to send, and no run was made */
    int32_t saved;                   /* 1 = kept by this call */
    uint32_t added, updated, cancelled;
    uint32_t left_out; /* rows that cannot stand in the file; a finding each */
    uint32_t reserved;
};
typedef int (*mt940_dbs_export_sink)(void *sink_user, const struct mt940_dbs_export_result *result);

/*
 * Makes the next file for a bank: new, changed and cancelled rows since the last one. Run, file
 * and the mark on each row are one batch: a row is in one run for each of its states, or in none.
 * The file is kept, so a host that loses it asks for the run again. `sink` is called once.
 * Findings: DBS_NO_BANK, DBS_TOO_WIDE, DBS_REFERENCE_TAKEN. Errors: MT940_E_ARGUMENT,
 * MT940_E_LIMIT, those of the store, MT940_E_CONFLICT.
 */
int mt940_flow_dbs_export(struct mt940_flow *flow, const struct mt940_dbs_export_request *request,
                          mt940_dbs_export_sink sink, mt940_dbs_finding_sink finding, void *sink_user,
                          struct mt940_error *error);
/* A run as it was made: struct mt940_dbs_run with the file's bytes. MT940_E_NOT_FOUND. */
int mt940_flow_dbs_run(struct mt940_flow *flow, const struct mt940_view *bank, int64_t number, mt940_record_sink sink,
                       void *sink_user, struct mt940_error *error);
/* Lists struct mt940_dbs_run in order of bank (NULL = each) and number. */
int mt940_flow_dbs_runs(struct mt940_flow *flow, const struct mt940_view *bank, mt940_record_sink sink,
                        void *sink_user, struct mt940_error *error);

/* ---- A bank's answer ---------------------------------------------------------------------- */

struct mt940_dbs_answer_request {
    size_t size;
    struct mt940_view bank; /* four digits */
    const void *bytes;      /* of the file */
    size_t length;
    const struct mt940_dbs_answer_options *options; /* NULL = the bank's built-in layout, default limits */
    int32_t check;          /* 1 = tell, change nothing */
    int32_t reserved;
};

/* What one line did. Valid during the call. */
struct mt940_dbs_answer_result {
    size_t size;
    uint32_t line;
    int32_t message; /* 0, DBS_REJECTED or DBS_PAID_MORE */
    const struct mt940_dbs_order *before;
    const struct mt940_dbs_order *after;
    const struct mt940_message_arg *args;
    size_t arg_count;
};
typedef int (*mt940_dbs_answer_result_sink)(void *sink_user, const struct mt940_dbs_answer_result *result);

struct mt940_dbs_answer_summary {
    size_t size;
    uint32_t lines;   /* read without an error */
    uint32_t changed; /* orders the file changed */
    uint32_t same;    /* lines that said what was known */
    uint32_t errors;  /* lines and other places with an error finding */
    int32_t already;  /* 1 = these bytes were read before; nothing changed */
    uint32_t reserved;
};

/*
 * Reads a bank's answer and keeps what it says: all good lines as one batch, once. Bad lines are
 * findings, besides those of mt940_dbs_answer_read(): DBS_ORDER_UNKNOWN, DBS_OTHER_BANK,
 * DBS_ANSWER_LATE, DBS_ANSWER_OTHER_RUN, CSV_VALUE. Findings and results come after all is
 * kept, in order of lines each. Totals and invoices stay as they are. Errors as
 * mt940_dbs_answer_read(), those of the store, MT940_E_CONFLICT.
 */
int mt940_flow_dbs_answer(struct mt940_flow *flow, const struct mt940_dbs_answer_request *request,
                          mt940_dbs_answer_result_sink sink, mt940_dbs_finding_sink finding, void *sink_user,
                          struct mt940_dbs_answer_summary *summary, struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif

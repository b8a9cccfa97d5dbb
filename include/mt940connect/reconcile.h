/* SPDX-License-Identifier: Apache-2.0
 *
 * reconcile.h: bank against books (mutabakat): on a day the bank's closing balance stands beside
 * the balance of the books, and what lies between them is named: movements not saved yet, those
 * that are informational, slips of other days, slips the bank does not have. What is left is
 * unexplained: a statement is missing, or a slip has another amount. @since 0.1
 * Source: decision 20, docs/reconcile.md.
 */
#ifndef MT940CONNECT_RECONCILE_H
#define MT940CONNECT_RECONCILE_H

#include "mt940connect/flow.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Why a sum stands on one side only. */
enum mt940_reconcile_part {
    MT940_RECONCILE_UNSAVED = 0,       /* movements up to the day that are not saved */
    MT940_RECONCILE_INFORMATIONAL = 1, /* movements that are never saved */
    MT940_RECONCILE_LATER = 2,         /* movements up to the day whose slips are dated after it */
    MT940_RECONCILE_EARLIER = 3,       /* slips up to the day of movements after it; counts against the books */
    MT940_RECONCILE_BOOKS_ONLY = 4,    /* slips up to the day without a movement here; counts against the books */
    MT940_RECONCILE_PARTS = 5
};

/* Amounts in minor units of the account's currency, signed as the account holder sees them. */
struct mt940_reconciliation {
    size_t size;
    struct mt940_view account;      /* code; texts live until the flow's next call */
    struct mt940_view currency;
    struct mt940_date date;         /* asked for */
    struct mt940_date bank_date;    /* of the closing balance: the last statement's up to `date` */
    struct mt940_date opening_date; /* where the books begin: the first statement's opening balance */
    int32_t has_bank;               /* 0 = there is no statement up to `date`; then only `books` counts */
    int64_t bank;
    int64_t opening;
    int64_t books; /* opening + slips dated up to `date`; or what the caller gave */
    int64_t difference; /* bank - books */
    int64_t parts[MT940_RECONCILE_PARTS]; /* each as it adds to the difference */
    uint32_t counts[MT940_RECONCILE_PARTS];
    int64_t unexplained; /* difference less the parts */
};

/*
 * Begins: sets `date`, and zeroes the rest but `size`. Then tell of every movement and every bank
 * line of the account once, in any order, and end. Pure; no allocation. MT940_E_RANGE when a sum
 * does not fit into 64 bits; MT940_E_ARGUMENT.
 */
int mt940_reconcile_begin(struct mt940_reconciliation *out, const struct mt940_date *date);
/* A movement of the account; `slip_date` is its active slip's, NULL when it has none. */
int mt940_reconcile_movement(struct mt940_reconciliation *out, const struct mt940_movement *movement,
                             const struct mt940_date *start_date, const struct mt940_date *slip_date);
/* A bank line of an active slip on the account; `has_movement` 1 = a movement of the account was saved by it. */
int mt940_reconcile_line(struct mt940_reconciliation *out, const struct mt940_slip *slip,
                         const struct mt940_slip_line *line, int32_t has_movement);
/* After has_bank, bank, bank_date, opening and opening_date were set. `books` NULL = as summed up. */
int mt940_reconcile_end(struct mt940_reconciliation *out, const int64_t *books);

/*
 * Reconciles an own account through the store. `books` is the balance in the host's books, NULL =
 * the first opening balance and the slips since. `sink` (may be NULL) gets every unsaved movement
 * up to the day (struct mt940_movement). `account` may be its code or its IBAN. MT940_E_NOT_FOUND
 * when there is no such account; the store's errors. Changes nothing.
 */
int mt940_flow_reconcile(struct mt940_flow *flow, const struct mt940_view *account, const struct mt940_date *date,
                         const int64_t *books, mt940_record_sink sink, void *sink_user,
                         struct mt940_reconciliation *out, struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * invoicing.h: one kind of work that touches five kinds of record in one batch, and the proof
 * that of every such batch all or nothing is there.
 */
#ifndef MT940_TESTS_CRASH_INVOICING_H
#define MT940_TESTS_CRASH_INVOICING_H

#include "mt940connect/store.h"

/* What one clerk does: invoices that raise the customer's total, and a note of the last one. */
struct invoicing {
    char clerk;  /* 'a', 'b' …: keys of different clerks never meet */
    int cycle;
    int next;    /* number of the next invoice of this cycle */
    int64_t note_revision;
};

/* Makes the bank record that all share, unless it is there. 0 or a failure. */
int invoicing_set_up(const struct mt940_store *store);
/* Reads where this clerk's note stands. 0 or a failure. */
int invoicing_begin(const struct mt940_store *store, struct invoicing *work);
/* Applies `count` batches (at most 8) in one call. 0, or a failure or outcome that must not be. */
int invoicing_apply(const struct mt940_store *store, struct invoicing *work, int count);

/* Number of batches that are there; -1 when the store cannot say. */
int invoicing_count(const struct mt940_store *store);

/* What is known to have been answered: the number of APPLIED invoices of a clerk in a cycle. */
struct answered {
    char clerk;
    int cycle;
    int count;
};
/* NULL when the store is whole and has everything that was answered, else what is wrong. */
const char *invoicing_check(const struct mt940_store *store, const struct answered *answers, int answer_count);

#endif

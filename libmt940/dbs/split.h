/* SPDX-License-Identifier: Apache-2.0
 *
 * split.h: amounts and due dates of the rows of one invoice, one after the other.
 */
#ifndef MT940_DBS_SPLIT_H
#define MT940_DBS_SPLIT_H

#include "mt940connect/dbs.h"

/* The fields are private. */
struct mt940_dbs_split {
    const struct mt940_dbs_document *document;
    size_t next;
    int64_t rest;      /* to be shared by weight */
    int64_t rest_left;
    int64_t weights;
    int64_t weights_left;
};

/* Rows the document has. */
size_t mt940_dbs_split_count(const struct mt940_dbs_document *document);
/* 0; E_ARGUMENT for a negative amount or share, E_RANGE when fixed amounts or shares do not fit. */
int mt940_dbs_split_init(struct mt940_dbs_split *split, const struct mt940_dbs_document *document);
/* Amount of the next row, never negative; call it once a row. */
int64_t mt940_dbs_split_next(struct mt940_dbs_split *split);
/* Due date of a row (from 0) that names none itself; absent when the invoice has no date. */
struct mt940_date mt940_dbs_due_date(const struct mt940_dbs_document *document, size_t index);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * whole.h: the pages (60M, 62M) of one statement as one: what becomes a record of the inbox.
 */
#ifndef MT940_FLOW_WHOLE_H
#define MT940_FLOW_WHOLE_H

#include "flow/flow.h"

struct mt940_whole {
    const struct mt940_statement **pages;
    size_t page_count;
    size_t first; /* index of the first page in the document */
    size_t entries;
    const struct mt940_statement *last;
    bool complete;
    int32_t balanced; /* 1 all pages and their chain, 0 not, -1 cannot be judged */
    int32_t finding;  /* worst finding about the chain, 0 = none */
    struct mt940_amount expected, found; /* of PAGE_BALANCE */
};

/* Joins the pages of a document, in order, into an array in `arena`. */
int mt940_whole_join(struct mt940_arena *arena, const struct mt940_document *document, struct mt940_whole **out,
                     size_t *count);
/* The balance's amount with the sign of its mark. */
int64_t mt940_whole_signed(const struct mt940_balance *balance);

#endif

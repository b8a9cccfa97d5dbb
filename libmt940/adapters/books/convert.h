/* SPDX-License-Identifier: Apache-2.0
 *
 * convert.h: one row to one record.
 */
#ifndef MT940_BOOKS_CONVERT_H
#define MT940_BOOKS_CONVERT_H

#include "table.h"

struct conversion {
    struct books *books;
    struct table *table;
    const struct columns *columns;
    struct report *report;
    int failed; /* no memory */
};

/* Fills the zeroed `record`; 0 = the row has an error or is another company's. */
int convert_row(struct conversion *conversion, const struct sheet_row *row, void *record);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * cell.h: one cell on its way into a field.
 */
#ifndef MT940_BOOKS_CELL_H
#define MT940_BOOKS_CELL_H

#include "convert.h"

struct cell {
    struct conversion *conversion;
    const struct column *column;
    struct mt940_view text;    /* trimmed */
    struct mt940_view heading;
    uint32_t line;
    uint32_t number; /* of the column, from 1 */
    unsigned char *record;
};

/* Tells that the value is not `expected` (a message that names it); returns 0. */
int cell_refuse(const struct cell *cell, int32_t expected);
/* Where the record keeps the value. */
void *cell_field(const struct cell *cell);
/* Sets a TEXT field by the rule of its column; 0 = the value was refused. */
int cell_take_text(const struct cell *cell);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.h: rows as people name them: "1,3-5", and what they choose for them: "1,3=120.01".
 */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include <stddef.h>
#include <stdint.h>

struct rows {
    int64_t *list; /* ascending, each once */
    size_t count;
};

/* Largest row number taken; a statement is bounded well below it. */
#define ROWS_LARGEST 100000000
/* Most rows one call may name. */
#define ROWS_MOST 1000000

/* Adds the rows of a list; 0 = `text` (up to `length`) is no such list, and nothing was added. */
int rows_add(struct rows *rows, const char *text, size_t length);
void rows_free(struct rows *rows);

/* Cuts "ROWS=VALUE": fills `rows` and returns VALUE within `text`; NULL when it is none. */
const char *rows_assignment(const char *text, struct rows *rows);

#endif

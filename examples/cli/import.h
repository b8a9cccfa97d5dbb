/* SPDX-License-Identifier: Apache-2.0
 *
 * import.h: puts books that were read into the store.
 */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include "books.h"
#include "workspace.h"

struct import_counts {
    size_t written[BOOKS_KINDS + 1]; /* by kind */
};

/*
 * Puts cards, codes and rates; with `opening` also open invoices with their rows, and totals
 * (decision 30). 0 = the store failed, which was reported.
 */
int import_books(struct workspace *workspace, struct books *books, int opening, struct import_counts *counts);

#endif

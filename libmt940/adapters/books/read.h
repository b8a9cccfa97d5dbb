/* SPDX-License-Identifier: Apache-2.0
 *
 * read.h: the reading of a folder, for those who keep what was read.
 */
#ifndef MT940_BOOKS_READ_H
#define MT940_BOOKS_READ_H

#include "table.h"

/* Checks and copies options and sink; both may be NULL. 0 or MT940_E_ARGUMENT. */
int books_begin(struct books *books, const struct mt940_csv_options *options, const struct mt940_csv_sink *sink);
/* Reads the folder; the tables stay in `books`. */
int books_read_folder(struct books *books, const char *path, struct mt940_error *error);
void books_end(struct books *books);
/* Fills the error (may be NULL) and returns `status`. */
int books_refuse(struct mt940_error *error, int status, int number, const char *text, const char *name);

#endif

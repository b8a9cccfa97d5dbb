/* SPDX-License-Identifier: Apache-2.0
 *
 * table_read.h: a file of the books becomes a table.
 */
#ifndef MT940_BOOKS_TABLE_READ_H
#define MT940_BOOKS_TABLE_READ_H

#include "table.h"

/*
 * Reads one file into books->tables[kind]. 0; MT940_E_MEMORY; or the sink's own return. The
 * table is there (info set) when the file could be read as one, whatever its rows are worth.
 */
int table_read(struct books *books, const struct mt940_kind_info *info, const char *name, const void *bytes,
               size_t length);

#endif

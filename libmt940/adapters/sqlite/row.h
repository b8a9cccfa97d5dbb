/* SPDX-License-Identifier: Apache-2.0
 *
 * row.h: records bound to statements, and read from their rows.
 */
#ifndef MT940_ADAPTERS_SQLITE_ROW_H
#define MT940_ADAPTERS_SQLITE_ROW_H

#include "connection.h"

/* Parameter number of a field, and of the revision, in every statement of its kind. */
#define MT940_SQLITE_FIELD(position) ((position) + 1)
int mt940_sqlite_revision_parameter(const struct mt940_kind_info *info);

/* Binds the fields first..last-1; views must live until the statement is reset. 0 or a status. */
int mt940_sqlite_bind(struct mt940_sqlite *store, sqlite3_stmt *statement, const struct mt940_kind_info *info,
                      int32_t first, int32_t last, const void *record);
/* Binds a number to a parameter. */
int mt940_sqlite_bind_number(struct mt940_sqlite *store, sqlite3_stmt *statement, int parameter, int64_t number);
/* Fills store->record from a row of GET or a scan; its views live until the next step. 0 or a status. */
int mt940_sqlite_read(struct mt940_sqlite *store, sqlite3_stmt *statement, const struct mt940_kind_info *info);

/* Steps a statement that changes; *changes is the number of rows. Resets it. 0 or a status. */
int mt940_sqlite_change(struct mt940_sqlite *store, sqlite3_stmt *statement, int *changes);
/* Makes the statement ready for its next use, which binds each of its parameters anew. */
void mt940_sqlite_done(sqlite3_stmt *statement);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * tables.h: the tables of the record kinds.
 */
#ifndef MT940_ADAPTERS_SQLITE_TABLES_H
#define MT940_ADAPTERS_SQLITE_TABLES_H

#include "connection.h"

/*
 * Inside a transaction: makes every table, column and index that is missing. By the rule of
 * store.def (kinds and fields are only added) this is the way from any older version too.
 */
int mt940_sqlite_make_tables(struct mt940_sqlite *store);
/* Whether the rows of a kind lie in the tree of its key; else as they came. */
int mt940_sqlite_lies_by_key(const struct mt940_kind_info *info);

#endif

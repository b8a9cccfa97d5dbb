/* SPDX-License-Identifier: Apache-2.0
 *
 * tables.h: the schema, the tables of the record kinds and their version.
 */
#ifndef MT940_ADAPTERS_POSTGRES_TABLES_H
#define MT940_ADAPTERS_POSTGRES_TABLES_H

#include "connection.h"

/*
 * Looks whether the tables are of this version, and makes or extends them where that is allowed.
 * By the rule of store.def (kinds and fields are only added) that is the way from any older
 * version too. 0 or a status.
 */
int mt940_postgres_make_tables(struct mt940_postgres *store, const struct mt940_postgres_options *options);

#endif

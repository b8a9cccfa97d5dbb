/* SPDX-License-Identifier: Apache-2.0
 *
 * open.h: the file of a store.
 */
#ifndef MT940_ADAPTERS_SQLITE_OPEN_H
#define MT940_ADAPTERS_SQLITE_OPEN_H

#include "connection.h"

/* Opens store->path, set up for money data, with the schema of this version. 0 or a status. */
int mt940_sqlite_open_file(struct mt940_sqlite *store, const struct mt940_sqlite_options *options);

#endif

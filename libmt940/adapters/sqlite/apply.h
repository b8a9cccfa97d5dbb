/* SPDX-License-Identifier: Apache-2.0
 *
 * apply.h: batches of changes in one transaction.
 */
#ifndef MT940_ADAPTERS_SQLITE_APPLY_H
#define MT940_ADAPTERS_SQLITE_APPLY_H

#include "connection.h"

/* The port's apply(). */
int mt940_sqlite_apply(struct mt940_sqlite *store, const struct mt940_batch *batches, size_t count,
                       struct mt940_batch_result *results);

#endif

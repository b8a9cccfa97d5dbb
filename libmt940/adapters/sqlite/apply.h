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

/*
 * After a commit that failed: makes certain that it did not happen, so that whoever looks is told
 * the truth. 0, also when there is nothing to settle, or a status while it is still not certain.
 */
int mt940_sqlite_settle(struct mt940_sqlite *store);

#endif

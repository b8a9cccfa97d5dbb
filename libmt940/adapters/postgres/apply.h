/* SPDX-License-Identifier: Apache-2.0
 *
 * apply.h: batches of changes in one transaction.
 */
#ifndef MT940_ADAPTERS_POSTGRES_APPLY_H
#define MT940_ADAPTERS_POSTGRES_APPLY_H

#include "connection.h"

/* The port's apply(). */
int mt940_postgres_apply(struct mt940_postgres *store, const struct mt940_batch *batches, size_t count,
                         struct mt940_batch_result *results);

/*
 * Connects again where the connection is gone. After a commit whose answer was lost: waits until
 * the server has ended it one way or the other, so that whoever looks is told the truth. 0, also
 * when there is nothing to settle, or a status while it is still not certain.
 */
int mt940_postgres_settle(struct mt940_postgres *store);

#endif

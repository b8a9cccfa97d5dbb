/* SPDX-License-Identifier: Apache-2.0
 *
 * change.h: one change of a batch as statements of the server, and what their answers mean.
 */
#ifndef MT940_ADAPTERS_POSTGRES_CHANGE_H
#define MT940_ADAPTERS_POSTGRES_CHANGE_H

#include "statement.h"

/* How many statements a change is: one or two. */
int mt940_postgres_change_statements(const struct mt940_change *change);
/* Makes the server know them. 0 or a status. */
int mt940_postgres_change_prepare(struct mt940_postgres *store, const struct mt940_change *change);
/* Sends them without waiting. 0 or a status. */
int mt940_postgres_change_send(struct mt940_postgres *store, const struct mt940_change *change);
/* What the answer of the `which`-th says: 0 = the guard held, or MT940_CONFLICT. */
int mt940_postgres_change_judge(const struct mt940_change *change, int which, const PGresult *result);

/*
 * The same one by one, and more slowly: 0, an outcome with its figures in `result`, or a negative
 * status.
 */
int mt940_postgres_change_apply(struct mt940_postgres *store, const struct mt940_change *change,
                                struct mt940_batch_result *result);

#endif

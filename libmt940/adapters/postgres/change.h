/* SPDX-License-Identifier: Apache-2.0
 *
 * change.h: one change of a batch as statements of the server, and what their answers mean.
 */
#ifndef MT940_ADAPTERS_POSTGRES_CHANGE_H
#define MT940_ADAPTERS_POSTGRES_CHANGE_H

#include "statement.h"

/* How many of the changes of a batch, from the first on, go as one: records of a kind that are put anew, or expected. */
size_t mt940_postgres_change_run(const struct mt940_change *changes, size_t count);
/* How many statements such a run is: one or two. */
int mt940_postgres_change_statements(const struct mt940_change *changes);
/* Notes them for mt940_postgres_prepare_wanted(). 0 or a status. */
int mt940_postgres_change_want(struct mt940_postgres *store, const struct mt940_change *changes, size_t count);
/* Sends a run without waiting. 0 or a status. */
int mt940_postgres_change_send(struct mt940_postgres *store, const struct mt940_change *changes, size_t count);
/* What the answer of the `which`-th statement says: 0 = the guards of the run held, or MT940_CONFLICT. */
int mt940_postgres_change_judge(const struct mt940_change *changes, size_t count, int which, const PGresult *result);

/*
 * One change, and more slowly: 0, an outcome with its figures in `result`, or a negative
 * status.
 */
int mt940_postgres_change_apply(struct mt940_postgres *store, const struct mt940_change *change,
                                struct mt940_batch_result *result);

#endif

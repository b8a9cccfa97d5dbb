/* SPDX-License-Identifier: Apache-2.0
 *
 * fetch.h: many looks at the store in one round trip.
 */
#ifndef MT940_ADAPTERS_POSTGRES_FETCH_H
#define MT940_ADAPTERS_POSTGRES_FETCH_H

#include "statement.h"

/* The port's fetch(). */
int mt940_postgres_fetch(struct mt940_postgres *store, const struct mt940_lookup *lookups, size_t count);

#endif

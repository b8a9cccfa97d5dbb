/* SPDX-License-Identifier: Apache-2.0
 *
 * policy.h: the policy as the room uses it: the host's checked, or the defaults.
 */
#ifndef MT940_DBS_POLICY_H
#define MT940_DBS_POLICY_H

#include "mt940connect/dbs.h"

/* Copies `given`, or the defaults when it is NULL. E_ARGUMENT for a wrong size or a factor beyond -1..1. */
int mt940_dbs_policy_resolve(const struct mt940_dbs_policy *given, struct mt940_dbs_policy *out);
/* What a DBS row of this kind of invoice does to the total: 1, -1 or 0. */
int32_t mt940_dbs_policy_factor(const struct mt940_dbs_policy *policy, int64_t invoice_kind);

#endif

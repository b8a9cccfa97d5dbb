/* SPDX-License-Identifier: Apache-2.0
 *
 * national.h: check digits inside the BBAN.
 */
#ifndef MT940_IDENTIFIER_NATIONAL_H
#define MT940_IDENTIFIER_NATIONAL_H

#include "identifier/registry.h"

/*
 * Judges a BBAN whose structure is right: enum mt940_national_check. Inferred rules count only
 * with `inferred` set.
 */
int mt940_national_judge(const struct mt940_registry_row *row, const char *bban, int inferred);

/* Whether one rule holds. */
int mt940_national_holds(const struct mt940_national_rule *rule, const char *bban);

/*
 * Puts the digits that the country's rules decide into the BBAN, except where `given` (a bit for each of its
 * characters) says that they are there. 0 when none fit, else 1.
 */
int mt940_national_solve(const struct mt940_registry_row *row, char *bban, uint64_t given);

#endif

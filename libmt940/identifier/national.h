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

#endif

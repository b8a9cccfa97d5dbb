/* SPDX-License-Identifier: Apache-2.0
 *
 * record/record.h: checking a part of a record's fields, for the inside.
 */
#ifndef MT940_RECORD_RECORD_H
#define MT940_RECORD_RECORD_H

#include "mt940connect/schema.h"

/* mt940_record_check() of the fields first..last-1. `record` is not NULL. */
int mt940_record_check_fields(const struct mt940_kind_info *info, int32_t first, int32_t last, const void *record,
                              struct mt940_error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_check.h: statements are written into a reader before anybody else sees them.
 */
#ifndef MT940_STATEMENT_WRITER_CHECK_H
#define MT940_STATEMENT_WRITER_CHECK_H

#include "statement/writer.h"

/*
 * Whether `count` statements, written as `write` would do it now, are read again as what they are. 0; MT940_E_FORMAT
 * with the rule that refuses, or the value that would be another; MT940_E_MEMORY. error->line is the number of the
 * statement, from 1. Nothing is handed to the output of `write`, and it does not change.
 */
int mt940_write_check(const struct mt940_write *write, const struct mt940_statement *statements, size_t count,
                      struct mt940_error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * reader.h: reads a stream that is there as a whole.
 */
#ifndef MT940_STATEMENT_READER_H
#define MT940_STATEMENT_READER_H

#include "base/memory.h"
#include "mt940connect/statement.h"

/* Reads a whole stream that stays in memory: every raw view points into `bytes`, or into a copy in `arena`. */
int mt940_reader_read_all(struct mt940_reader *reader, const char *bytes, size_t length, struct mt940_arena *arena,
                          struct mt940_error *error);

#endif

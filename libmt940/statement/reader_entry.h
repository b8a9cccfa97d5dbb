/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_entry.h: movements of a message. Functions return 0, or a status after which reading stops.
 */
#ifndef MT940_STATEMENT_READER_ENTRY_H
#define MT940_STATEMENT_READER_ENTRY_H

#include "statement/reader_state.h"

/* A movement. */
int mt940_reader_entry(struct mt940_reader *reader, const struct mt940_item *item);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_balance.h: balances, limits and sums of a message. Functions return 0, or a status after which reading stops.
 */
#ifndef MT940_STATEMENT_READER_BALANCE_H
#define MT940_STATEMENT_READER_BALANCE_H

#include "statement/reader_state.h"

/* Each reads a field of its kind: 60a, 62a, 64, 65, and 34F, 90D, 90C. */
int mt940_reader_opening(struct mt940_reader *reader, const struct mt940_item *item);
int mt940_reader_closing(struct mt940_reader *reader, const struct mt940_item *item);
int mt940_reader_available(struct mt940_reader *reader, const struct mt940_item *item);
int mt940_reader_forward(struct mt940_reader *reader, const struct mt940_item *item);
int mt940_reader_total(struct mt940_reader *reader, const struct mt940_item *item);
/* Remembers the first number of the message that has two readings. */
void mt940_reader_note_ambiguous(struct mt940_reader *reader, const struct mt940_item *item,
                                 const struct mt940_reading *reading, const char *tag);

#endif

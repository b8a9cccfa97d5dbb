/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_field.h: what the files share that take fields into the message: reader_field.c, reader_balance.c and
 * reader_entry.c. All functions return 0, or a status after which reading stops.
 */
#ifndef MT940_STATEMENT_READER_FIELD_H
#define MT940_STATEMENT_READER_FIELD_H

#include "statement/reader.h"

/* Tells a finding at a field, hands out the field as it stands, or both. */
int mt940_reader_tell(struct mt940_reader *reader, int32_t message, const struct mt940_item *item);
int mt940_reader_hand_raw(struct mt940_reader *reader, const struct mt940_item *item);
int mt940_reader_hand_named(struct mt940_reader *reader, int32_t message, const struct mt940_item *item);

/* Balances, limits and sums. */
int mt940_reader_opening(struct mt940_reader *reader, const struct mt940_item *item);
int mt940_reader_closing(struct mt940_reader *reader, const struct mt940_item *item);
int mt940_reader_available(struct mt940_reader *reader, const struct mt940_item *item);
int mt940_reader_forward(struct mt940_reader *reader, const struct mt940_item *item);
int mt940_reader_total(struct mt940_reader *reader, const struct mt940_item *item);
/* Remembers the first number of the message that has two readings. */
void mt940_reader_note_ambiguous(struct mt940_reader *reader, const struct mt940_item *item,
                                 const struct mt940_reading *reading, const char *tag);

#endif

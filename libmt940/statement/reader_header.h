/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_header.h: the header of a message, and fields that nobody reads, which stand in it or behind it.
 * Functions return 0, or a status after which reading stops.
 */
#ifndef MT940_STATEMENT_READER_HEADER_H
#define MT940_STATEMENT_READER_HEADER_H

#include "statement/reader_state.h"

/* Hands out the header if that has not happened yet. */
int mt940_reader_begin(struct mt940_reader *reader);
/* Hands a field out as it stands; early ones once the header is whole. */
int mt940_reader_hand_raw(struct mt940_reader *reader, const struct mt940_item *item);
/* The same, with a finding. */
int mt940_reader_hand_named(struct mt940_reader *reader, int32_t message, const struct mt940_item *item);
/* Tells of lines that stood in front of the message or outside of any. */
int mt940_reader_tell_outside(struct mt940_reader *reader, int32_t message);

#endif

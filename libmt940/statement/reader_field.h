/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_field.h: what each field does to the message. Functions return 0, or a status after which reading stops.
 */
#ifndef MT940_STATEMENT_READER_FIELD_H
#define MT940_STATEMENT_READER_FIELD_H

#include "statement/reader_state.h"

/* Reads a field of the message. */
int mt940_reader_field(struct mt940_reader *reader, const struct mt940_item *item);

#endif

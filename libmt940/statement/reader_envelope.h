/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_envelope.h: the blocks around a message. Functions return 0, or a status after which reading stops.
 */
#ifndef MT940_STATEMENT_READER_ENVELOPE_H
#define MT940_STATEMENT_READER_ENVELOPE_H

#include "statement/reader_state.h"

/* Keeps bytes [from, to) of an envelope item behind those that were kept before; where there is more between, anew. */
int mt940_reader_keep_blocks(struct mt940_reader *reader, const struct mt940_item *item, size_t from, size_t to,
                             struct mt940_blocks *kept);
/* Says what the blocks around a message tell. */
int mt940_reader_judge_envelope(struct mt940_reader *reader);

#endif

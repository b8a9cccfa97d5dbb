/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_charset.h: what the bytes of a message say about its character set. Functions return 0, or a status after which reading stops.
 */
#ifndef MT940_STATEMENT_READER_CHARSET_H
#define MT940_STATEMENT_READER_CHARSET_H

#include "statement/reader_state.h"

/* Whether the bytes of a field say something about the character set. */
static inline bool mt940_reader_learns(const struct mt940_reader *reader, const struct mt940_item *item)
{
    return item->high || item->narrative_high || !mt940_charset_is_settled(&reader->evidence);
}
/* Looks at them, if they do; and judges the message at its end. */
int mt940_reader_observe(struct mt940_reader *reader, const struct mt940_item *item);
int mt940_reader_judge_charset(struct mt940_reader *reader);

#endif

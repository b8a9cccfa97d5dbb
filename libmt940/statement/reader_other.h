/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_other.h: messages that are no statements. Functions return 0, or a status after which reading stops.
 */
#ifndef MT940_STATEMENT_READER_OTHER_H
#define MT940_STATEMENT_READER_OTHER_H

#include "statement/reader_state.h"

/* Looks whether a field is one of a message that is no statement: MT940_OTHER_TAKEN, and then it is done with. */
enum { MT940_OTHER_TAKEN = 1 };
int mt940_other_field(struct mt940_reader *reader, const struct mt940_item *item);
/* Says that the message was none. */
int mt940_other_end(struct mt940_reader *reader);

#endif

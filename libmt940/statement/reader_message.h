/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_message.h: the end of a message and of a stream. Functions return 0, or a status after which reading stops.
 */
#ifndef MT940_STATEMENT_READER_MESSAGE_H
#define MT940_STATEMENT_READER_MESSAGE_H

#include "statement/reader_state.h"

/* Ends the message, gives the verdicts, and makes ready for the next. */
int mt940_reader_end(struct mt940_reader *reader);
/* Says what is to be said of a stream as a whole. */
int mt940_reader_close_stream(struct mt940_reader *reader);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_total.h: sums of movements, 90D and 90C. Functions return 0, or a status after which reading stops.
 */
#ifndef MT940_STATEMENT_READER_TOTAL_H
#define MT940_STATEMENT_READER_TOTAL_H

#include "statement/reader_state.h"

/* Adds a movement to the sums, and to what 90D and 90C are compared with. */
void mt940_message_add(struct mt940_assembly *message, int32_t mark, const struct mt940_reading *reading);
/* Adds the plain ones to these. */
void mt940_plain_settle(struct mt940_assembly *message);
/* Compares 90D and 90C with the movements. */
int mt940_reader_check_totals(struct mt940_reader *reader);

/* mt940_message_add() of a number that has one reading, not at once. */
static inline void mt940_plain_add(struct mt940_assembly *message, int32_t mark, const struct mt940_reading *reading)
{
    struct mt940_side *side = &message->plain.sides[mark];
    if (reading->amount.scale != message->plain.scale || reading->amount.units > INT64_MAX - side->units) {
        mt940_plain_settle(message);
        message->plain.scale = reading->amount.scale;
    }
    message->plain.marks |= UINT32_C(1) << mark;
    side->count++;
    side->units += reading->amount.units;
}

#endif

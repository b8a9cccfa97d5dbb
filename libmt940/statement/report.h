/* SPDX-License-Identifier: Apache-2.0
 *
 * report.h: findings of the reader. Functions return 0, or a status after which reading stops.
 */
#ifndef MT940_STATEMENT_REPORT_H
#define MT940_STATEMENT_REPORT_H

#include "statement/reader_state.h"

/* Reports one finding; strict and refused repairs become errors here. */
int mt940_report(struct mt940_reader *reader, int32_t message, const struct mt940_place *place,
                 const struct mt940_message_arg *args, size_t count);
/* Reports what a field's reader met in `value` of `item`. */
int mt940_report_issues(struct mt940_reader *reader, const struct mt940_item *item, const struct mt940_issues *issues);
/* Reports one finding of a whole field. */
int mt940_report_field(struct mt940_reader *reader, int32_t message, const struct mt940_item *item);
/* The place of byte `position` of the item's value. */
void mt940_place_in(const struct mt940_item *item, size_t position, const char *subfield, struct mt940_place *out);

#endif

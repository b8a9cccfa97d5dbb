/* SPDX-License-Identifier: Apache-2.0
 *
 * row_match.h: whose money a row is: its facts, and the match they make with what books, rules and lessons say.
 */
#ifndef MT940_FLOW_ROW_MATCH_H
#define MT940_FLOW_ROW_MATCH_H

#include "flow/row_frame.h"

/* Facts of a movement, the first part of judging it. `out` must be zeroed. */
int mt940_row_read_facts(const struct mt940_row_frame *frame, const struct mt940_movement *movement,
                         struct mt940_judged_row *out);
/* Its match, the second part. */
int mt940_row_recognise(struct mt940_row_frame *frame, struct mt940_judged_row *row);
/*
 * The same of rows whose facts were read, at most MT940_ROW_AHEAD, and reads what the books say about all of their
 * customers: the store is asked twice, whatever their number. It is known until the next time.
 */
int mt940_row_recognise_all(struct mt940_row_frame *frame, struct mt940_judged_row *const *rows, size_t count);
/* Matches row->movement anew, with its facts as they are. */
int mt940_row_match(struct mt940_row_frame *frame, struct mt940_judged_row *row);

#endif

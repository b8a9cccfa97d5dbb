/* SPDX-License-Identifier: Apache-2.0
 *
 * save_ahead.h: rows that are recognised some at a time, before their turns, and judged in them.
 */
#ifndef MT940_FLOW_SAVE_AHEAD_H
#define MT940_FLOW_SAVE_AHEAD_H

#include "flow/saving.h"

/* Room to look ahead over so many rows. */
int mt940_save_ahead_begin(struct mt940_saving *saving, size_t rows);
/* Recognises the next rows and reads their customers; *looked is how many rows that were, 0 without room. */
int mt940_save_ahead(struct mt940_saving *saving, const struct mt940_saved_row *outs, size_t count, size_t *looked);
/* Judges a movement into saving->row, with what was recognised ahead if that still holds. */
int mt940_save_judge(struct mt940_saving *saving, const struct mt940_movement *movement);
/* Forgets what was looked at; before the scratch memory goes. */
void mt940_save_ahead_end(struct mt940_saving *saving);
void mt940_save_ahead_free(struct mt940_saving *saving);

#endif

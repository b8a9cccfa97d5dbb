/* SPDX-License-Identifier: Apache-2.0
 *
 * hint.h: what to type when a movement cannot be saved as it stands.
 */
#ifndef CLI_HINT_H
#define CLI_HINT_H

#include "table.h"

/* A note with the command that helps, for the messages that have one. */
void hint_note(struct table *table, const struct output *out, int32_t message, int64_t statement, int64_t row);

#endif

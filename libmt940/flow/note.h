/* SPDX-License-Identifier: Apache-2.0
 *
 * note.h: findings kept back until what they are about is stored: a change that meets another
 * writer is decided again, and nothing must be said twice.
 */
#ifndef MT940_FLOW_NOTE_H
#define MT940_FLOW_NOTE_H

#include "flow/flow.h"
#include "mt940connect/dbs_order.h"

struct mt940_notes {
    struct mt940_flow *flow;
    struct mt940_dbs_finding *list;
    size_t count, capacity;
    uint32_t errors;
};

void mt940_notes_init(struct mt940_notes *notes, struct mt940_flow *flow);
/* Copies the finding with its texts into the scratch memory of the call. */
int mt940_notes_add(struct mt940_notes *notes, const struct mt940_dbs_finding *finding);
/* The same with severity and place: one line. */
int mt940_notes_say(struct mt940_notes *notes, int32_t message, uint32_t line, const struct mt940_message_arg *args,
                    size_t count);
/* Hands them out; `sink` may be NULL. */
int mt940_notes_tell(const struct mt940_notes *notes, mt940_dbs_finding_sink sink, void *sink_user);
void mt940_notes_end(struct mt940_notes *notes);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * entry.h: the texts of a movement as UTF-8, and the facts in them.
 */
#ifndef CLI_ENTRY_H
#define CLI_ENTRY_H

#include <mt940connect/facts.h>
#include <mt940connect/narrative.h>
#include <mt940connect/statement.h>

#include "buffer.h"

/* Decoded texts; reused from movement to movement. Zero it to begin. */
struct entry_texts {
    struct buffer narrative, customer_reference, bank_reference, supplementary;
    /* The narrative's sub-fields; what it does not say is taken from the supplementary line. */
    struct mt940_narrative parts;
    struct mt940_narrative_field *fields;
    size_t field_capacity;
    struct buffer room, supplementary_room;
};

void entry_texts_read(struct entry_texts *texts, const struct mt940_entry *entry, int32_t charset);
void entry_texts_free(struct entry_texts *texts);

/* Text of a field 86 into `out`, joined and decoded. */
void entry_narrative(struct buffer *out, const struct mt940_view *raw, int32_t charset);

/*
 * What the movement says about itself; the facts point into `texts`. `own_tax_id` may be
 * NULL; `flags` are enum mt940_facts_flag. 0 = it cannot be read.
 */
int entry_facts(const struct entry_texts *texts, const struct mt940_entry *entry,
                const struct mt940_account_parts *own, const struct mt940_view *own_tax_id, uint32_t flags,
                struct mt940_facts *facts);

#endif

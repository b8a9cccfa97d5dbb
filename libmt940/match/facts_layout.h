/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_layout.h: what a bank says by position.
 */
#ifndef MT940_MATCH_FACTS_LAYOUT_H
#define MT940_MATCH_FACTS_LAYOUT_H

#include "match/facts_reading.h"

/* An account written BBBB-SSSSS/NNNN at the current word. */
void mt940_facts_read_account(struct mt940_facts_reading *reading);
/* Layouts of the own bank at the start of the narrative. */
void mt940_facts_read_layout(struct mt940_facts_reading *reading);
/* Names in sub-fields between slashes. */
void mt940_facts_read_subfields(struct mt940_facts_reading *reading);
/* "name*bank code or IBAN*bank or text*query number*kind", as İş Bankası writes. */
void mt940_facts_read_starred(struct mt940_facts_reading *reading);

#endif

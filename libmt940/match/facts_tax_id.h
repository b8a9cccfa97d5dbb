/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_tax_id.h: the tax numbers of a movement, and which is the counterparty's.
 */
#ifndef MT940_MATCH_FACTS_TAX_ID_H
#define MT940_MATCH_FACTS_TAX_ID_H

#include "match/facts_reading.h"

/* Adds those of the text that stand in no IBAN, each once. */
void mt940_facts_read_tax_ids(struct mt940_facts_reading *reading);
/* Leaves out those without a label that were read as other numbers since. */
void mt940_facts_drop_other_numbers(struct mt940_facts *facts);
/* Index of the only labelled one, or of the only one; -1 = undecided. */
int32_t mt940_facts_choose_tax_id(const struct mt940_facts *facts);

#endif

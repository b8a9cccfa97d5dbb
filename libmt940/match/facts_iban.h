/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_iban.h: the IBANs of a movement, and which is the counterparty's.
 */
#ifndef MT940_MATCH_FACTS_IBAN_H
#define MT940_MATCH_FACTS_IBAN_H

#include "match/facts_reading.h"

/* Adds those of the text, each once, and where they stand. */
void mt940_facts_read_ibans(struct mt940_facts_reading *reading);
/*
 * Which of some IBANs (bits of their indexes) is the counterparty's; -1 = undecided. Money in
 * prefers the sender's, money out the receiver's.
 */
int32_t mt940_facts_choose_iban(const struct mt940_facts *facts, uint32_t among);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_label.h: numbers with words that name them, and numbers in the form of an e-invoice.
 */
#ifndef MT940_MATCH_FACTS_LABEL_H
#define MT940_MATCH_FACTS_LABEL_H

#include "match/facts_reading.h"

/* Those that the current word begins, or that it is. */
void mt940_facts_read_numbers(struct mt940_facts_reading *reading);

#endif

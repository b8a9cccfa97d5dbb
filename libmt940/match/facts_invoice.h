/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_invoice.h: numbers of invoices.
 */
#ifndef MT940_MATCH_FACTS_INVOICE_H
#define MT940_MATCH_FACTS_INVOICE_H

#include "match/facts_reading.h"

/* Those behind FATURA NO, from window[at] on; `plain` where NO is missing. */
void mt940_facts_read_invoices(struct mt940_facts_reading *reading, uint32_t at, bool plain);
/* Those before NOLU FATURA, with the current word as the next one of a list. */
void mt940_facts_read_invoice_before(struct mt940_facts_reading *reading);
/* The current word, if it has the form of an e-invoice. */
void mt940_facts_read_e_invoice(struct mt940_facts_reading *reading);

#endif

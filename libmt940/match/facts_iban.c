/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_iban.c: the IBANs of a movement, each once, and which of them is the counterparty's by its part and the direction
 * of the money. Must not know customers: whose IBAN it is, is the matcher's question.
 */
#include "match/facts_iban.h"

static void add_iban(struct mt940_facts_reading *reading, const struct mt940_iban_found *found)
{
    struct mt940_facts *facts = reading->facts;
    struct mt940_view canonical = mt940_view_of(found->canonical, strlen(found->canonical));
    struct mt940_facts_span *span = &reading->spans[reading->span_count++];

    span->offset = (uint32_t)found->offset;
    span->end = (uint32_t)(found->offset + found->length);
    span->index = -1;
    if (mt940_view_equal(&canonical, &reading->input->own_iban)) {
        facts->own_iban_seen = 1;
        return;
    }
    for (uint32_t i = 0; i < facts->iban_count; i++)
        if (strcmp(facts->ibans[i].canonical, found->canonical) == 0) {
            span->index = (int32_t)i;
            return;
        }
    if (facts->iban_count == MT940_FACT_IBANS)
        return;
    span->index = (int32_t)facts->iban_count;
    memcpy(facts->ibans[facts->iban_count].canonical, found->canonical, sizeof(found->canonical));
    facts->ibans[facts->iban_count].role = MT940_ROLE_NONE;
    facts->ibans[facts->iban_count++].where = mt940_facts_piece(reading, found->offset, found->length);
}

void mt940_facts_read_ibans(struct mt940_facts_reading *reading)
{
    struct mt940_iban_found found[MT940_FACTS_SPANS];
    size_t count = mt940_iban_scan(reading->text.data, reading->text.length, found, MT940_FACTS_SPANS);

    for (size_t i = 0; i < count && i < MT940_FACTS_SPANS; i++)
        add_iban(reading, &found[i]);
}

/*
 * The one in the part that the direction asks for; else the only one that is not in the other
 * part (turkish-banking §1.5).
 */
int32_t mt940_facts_choose_iban(const struct mt940_facts *facts, uint32_t among)
{
    int32_t wanted = facts->sign < 0 ? MT940_ROLE_RECEIVER : MT940_ROLE_SENDER;
    int32_t only = -1, fitting = -1, open = -1;
    uint32_t count = 0, fitting_count = 0, open_count = 0;

    for (uint32_t i = 0; i < facts->iban_count; i++) {
        if (!(among >> i & 1))
            continue;
        only = (int32_t)i;
        count++;
        if (facts->ibans[i].role == wanted) {
            fitting = (int32_t)i;
            fitting_count++;
        } else if (facts->ibans[i].role == MT940_ROLE_NONE) {
            open = (int32_t)i;
            open_count++;
        }
    }
    if (count == 1)
        return only;
    if (facts->sign == 0)
        return -1;
    if (fitting_count > 0)
        return fitting_count == 1 ? fitting : -1;
    return open_count == 1 ? open : -1;
}

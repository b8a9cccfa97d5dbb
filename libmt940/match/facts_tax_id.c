/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_tax_id.c: the tax numbers of a movement (turkish-banking §1.5), each once, without those that are other numbers.
 * Must not know customers: whose number it is, is the matcher's question.
 */
#include "match/facts_tax_id.h"

#include "mt940connect/tax_id.h"

static bool inside_iban(const struct mt940_facts_reading *reading, size_t offset)
{
    for (uint32_t i = 0; i < reading->span_count; i++)
        if (offset >= reading->spans[i].offset && offset < reading->spans[i].end)
            return true;
    return false;
}

static void add_tax_id(struct mt940_facts_reading *reading, const struct mt940_tax_id_found *found)
{
    struct mt940_facts *facts = reading->facts;
    struct mt940_view digits = mt940_view_of(found->digits, strlen(found->digits));
    struct mt940_fact_tax_id *tax_id;

    if (inside_iban(reading, found->offset) || mt940_view_equal(&digits, &reading->input->own_tax_id))
        return;
    for (uint32_t i = 0; i < facts->tax_id_count; i++)
        if (strcmp(facts->tax_ids[i].digits, found->digits) == 0) {
            facts->tax_ids[i].labelled |= found->labelled;
            return;
        }
    if (facts->tax_id_count == MT940_FACT_TAX_IDS)
        return;
    tax_id = &facts->tax_ids[facts->tax_id_count++];
    memcpy(tax_id->digits, found->digits, sizeof(tax_id->digits));
    tax_id->kind = found->kind;
    tax_id->labelled = found->labelled;
    tax_id->where = mt940_facts_piece(reading, found->offset, found->length);
}

void mt940_facts_read_tax_ids(struct mt940_facts_reading *reading)
{
    struct mt940_tax_id_found found[2 * MT940_FACT_TAX_IDS];
    const size_t capacity = sizeof(found) / sizeof(found[0]);
    size_t count = mt940_tax_id_scan(reading->text.data, reading->text.length, found, capacity);

    for (size_t i = 0; i < count && i < capacity; i++)
        add_tax_id(reading, &found[i]);
}

static bool overlaps(const struct mt940_fact *a, const struct mt940_fact *b)
{
    return a->field == b->field && a->field != MT940_FACT_NOWHERE && a->offset < b->offset + b->text.length &&
           b->offset < a->offset + a->text.length;
}

/* Whether a number is known to be something else than a tax number. */
static bool is_other_number(const struct mt940_facts *facts, const struct mt940_fact *where)
{
    for (uint32_t i = 0; i < facts->invoice_count; i++)
        if (overlaps(where, &facts->invoices[i].where))
            return true;
    for (uint32_t i = 0; i < facts->account_count; i++)
        if (overlaps(where, &facts->accounts[i].where))
            return true;
    return overlaps(where, &facts->query_number) || overlaps(where, &facts->dealer) ||
           overlaps(where, &facts->cheque) || overlaps(where, &facts->dbs_reference);
}

/* One of ten invoice numbers passes the check of a tax number; only a label makes it one. */
void mt940_facts_drop_other_numbers(struct mt940_facts *facts)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < facts->tax_id_count; i++)
        if (facts->tax_ids[i].labelled || !is_other_number(facts, &facts->tax_ids[i].where))
            facts->tax_ids[kept++] = facts->tax_ids[i];
    facts->tax_id_count = kept;
}

int32_t mt940_facts_choose_tax_id(const struct mt940_facts *facts)
{
    int32_t labelled = -1;
    uint32_t count = 0;

    for (uint32_t i = 0; i < facts->tax_id_count; i++)
        if (facts->tax_ids[i].labelled) {
            labelled = (int32_t)i;
            count++;
        }
    if (count > 0)
        return count == 1 ? labelled : -1;
    return facts->tax_id_count == 1 ? 0 : -1;
}

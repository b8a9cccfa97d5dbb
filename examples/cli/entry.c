/* SPDX-License-Identifier: Apache-2.0
 *
 * entry.c: decodes a movement's texts and asks the library for the facts. Must not know what
 * they are used for.
 */
#include "entry.h"

#include <string.h>

static void decode(struct buffer *out, const struct mt940_view *raw, int32_t charset)
{
    out->length = 0;
    if (raw->length == 0)
        return;
    out->length = mt940_charset_decode(charset, raw->data, raw->length, buffer_reserve(out, raw->length * 3 + 1),
                                       raw->length * 3, NULL);
    if (out->length > raw->length * 3)
        out->length = raw->length * 3;
}

void entry_narrative(struct buffer *out, const struct mt940_view *raw, int32_t charset)
{
    size_t needed;

    out->length = 0;
    if (raw->length == 0)
        return;
    buffer_reserve(out, raw->length * 3 + 16);
    needed = mt940_narrative_text(raw, charset, out->data, out->capacity);
    out->length = needed < out->capacity ? needed : out->capacity;
}

void entry_texts_read(struct entry_texts *texts, const struct mt940_entry *entry, int32_t charset)
{
    entry_narrative(&texts->narrative, &entry->narrative, charset);
    decode(&texts->customer_reference, &entry->customer_reference, charset);
    decode(&texts->bank_reference, &entry->bank_reference, charset);
    decode(&texts->supplementary, &entry->supplementary, charset);
}

void entry_texts_free(struct entry_texts *texts)
{
    buffer_free(&texts->narrative);
    buffer_free(&texts->customer_reference);
    buffer_free(&texts->bank_reference);
    buffer_free(&texts->supplementary);
}

static struct mt940_view view_of(const struct buffer *buffer)
{
    struct mt940_view view = {buffer->data, buffer->length};

    return view;
}

int entry_facts(const struct entry_texts *texts, const struct mt940_entry *entry,
                const struct mt940_account_parts *own, const struct mt940_view *own_tax_id, struct mt940_facts *facts)
{
    struct mt940_facts_input input = {.size = sizeof input, .sign = mt940_mark_sign(entry->mark)};

    mt940_view_from_string(own->iban, &input.own_iban);
    mt940_view_from_string(own->bank_code, &input.own_bank);
    mt940_view_from_string(own->number, &input.own_account);
    if (own_tax_id != NULL)
        input.own_tax_id = *own_tax_id;
    input.narrative = view_of(&texts->narrative);
    input.customer_reference = view_of(&texts->customer_reference);
    input.bank_reference = view_of(&texts->bank_reference);
    input.supplementary = view_of(&texts->supplementary);
    memset(facts, 0, sizeof *facts);
    facts->size = sizeof *facts;
    return mt940_facts_read(&input, facts) == MT940_OK;
}

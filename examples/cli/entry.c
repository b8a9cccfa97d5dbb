/* SPDX-License-Identifier: Apache-2.0
 *
 * entry.c: decodes a movement's texts and asks the library for the facts. Must not know what
 * they are used for.
 */
#include "entry.h"

#include <stdlib.h>
#include <string.h>

#include "plain.h"

static void decode(struct buffer *out, const struct mt940_view *raw, int32_t charset)
{
    out->length = 0;
    if (raw->length == 0)
        return;
    if (plain_in(charset, raw->data, raw->length)) {
        buffer_add(out, raw->data, raw->length);
        return;
    }
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

static void read_parts(const struct mt940_view *raw, const struct mt940_entry *entry, int32_t charset,
                       struct buffer *room, struct entry_texts *texts, struct mt940_narrative *out)
{
    struct mt940_narrative_input input = {sizeof input, *raw, charset, mt940_mark_sign(entry->mark)};
    size_t needed = mt940_narrative_room(raw->length);

    room->length = 0;
    buffer_reserve(room, needed + 1);
    out->size = sizeof *out;
    if (mt940_narrative_read(&input, room->data, needed, texts->fields, texts->field_capacity, out) != MT940_OK) {
        memset(out, 0, sizeof *out);
        out->size = sizeof *out;
        return;
    }
    if (out->field_count <= texts->field_capacity)
        return;
    texts->field_capacity = out->field_count * 2;
    texts->fields = memory_resize(texts->fields, texts->field_capacity * sizeof *texts->fields);
    mt940_narrative_read(&input, room->data, needed, texts->fields, texts->field_capacity, out);
}

/* The narrative is read last: the list of fields is its own. */
static void read_structure(struct entry_texts *texts, const struct mt940_entry *entry, int32_t charset)
{
    struct mt940_narrative supplementary;

    if (entry->supplementary.length > 0)
        read_parts(&entry->supplementary, entry, charset, &texts->supplementary_room, texts, &supplementary);
    read_parts(&entry->narrative, entry, charset, &texts->room, texts, &texts->parts);
    if (entry->supplementary.length > 0)
        mt940_narrative_complete(&texts->parts, &supplementary);
}

void entry_texts_read(struct entry_texts *texts, const struct mt940_entry *entry, int32_t charset)
{
    read_structure(texts, entry, charset);
    /* A free text has been joined and decoded as it is wanted already. */
    texts->narrative.length = 0;
    if (texts->parts.dialect == MT940_NARRATIVE_FREE && texts->parts.text.length > 0)
        buffer_add(&texts->narrative, texts->parts.text.data, texts->parts.text.length);
    else
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
    buffer_free(&texts->room);
    buffer_free(&texts->supplementary_room);
    free(texts->fields);
}

static struct mt940_view view_of(const struct buffer *buffer)
{
    struct mt940_view view = {buffer->data, buffer->length};

    return view;
}

int entry_facts(const struct entry_texts *texts, const struct mt940_entry *entry,
                const struct mt940_account_parts *own, const struct mt940_view *own_tax_id, uint32_t flags,
                struct mt940_facts *facts)
{
    struct mt940_facts_input input = {.size = sizeof input, .sign = mt940_mark_sign(entry->mark), .flags = flags};

    mt940_view_from_string(own->iban, &input.own_iban);
    mt940_view_from_string(own->bank_code, &input.own_bank);
    mt940_view_from_string(own->number, &input.own_account);
    if (own_tax_id != NULL)
        input.own_tax_id = *own_tax_id;
    input.narrative = view_of(&texts->narrative);
    input.customer_reference = view_of(&texts->customer_reference);
    input.bank_reference = view_of(&texts->bank_reference);
    input.supplementary = view_of(&texts->supplementary);
    facts->size = sizeof *facts;
    return mt940_facts_read(&input, facts) == MT940_OK;
}

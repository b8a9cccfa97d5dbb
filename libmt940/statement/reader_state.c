/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_state.c: what the reader keeps of the message, and what is known of that so far. Must not know fields.
 */
#include "statement/reader_state.h"

#include <string.h>

enum { mt940 = 940, mt941 = 941, mt942 = 942 };

int mt940_reader_fail(struct mt940_reader *reader, int status, int32_t detail)
{
    if (reader->status == 0) {
        reader->status = status;
        reader->detail = detail;
    }
    return reader->status;
}

int mt940_reader_keep(struct mt940_reader *reader, struct mt940_view text, struct mt940_kept *out)
{
    void *kept = reader->kept;
    if (reader->kept_length + text.length > (size_t)reader->options.max_field)
        return mt940_reader_fail(reader, MT940_E_LIMIT, MT940_LIMIT_FIELD);
    int status = mt940_memory_reserve(&reader->memory, &kept, &reader->kept_capacity,
                                      reader->kept_length + text.length + 1, 1);
    reader->kept = kept;
    if (status)
        return mt940_reader_fail(reader, status, 0);
    if (text.length)
        memcpy(reader->kept + reader->kept_length, text.data, text.length);
    out->offset = reader->kept_length;
    out->length = text.length;
    out->present = true;
    reader->kept_length += text.length;
    return 0;
}

struct mt940_view mt940_reader_kept(const struct mt940_reader *reader, const struct mt940_kept *kept)
{
    return kept->present ? mt940_view_of(reader->kept + kept->offset, kept->length) : mt940_view_of(NULL, 0);
}

void mt940_assembly_reset(struct mt940_assembly *message)
{
    memset(message, 0, offsetof(struct mt940_assembly, forward));
    message->head.text.present = false;
    mt940_unit_of("", &message->unit);
}

bool mt940_assembly_has_sums(const struct mt940_assembly *message)
{
    for (size_t i = 0; i < message->trailer.total_count; i++)
        if (message->totals[i].count >= 0)
            return true;
    return false;
}

/*
 * By its envelope; a bare message with interim fields and no balance is an MT942, and so is one that is labelled MT940 or
 * MT950, whose balances would be missing: of two readings that which posts nothing. A bare one with sums between its
 * balances instead of movements is an MT941.
 */
int32_t mt940_reader_type(const struct mt940_reader *reader)
{
    const struct mt940_assembly *message = &reader->message;
    bool interim = (message->interim || message->creation.present) && !message->opening_raw.present;
    if (reader->type_hint == 0 && message->opening_raw.present && message->closing_seen &&
        message->trailer.entry_count == 0 && mt940_assembly_has_sums(message))
        return mt941;
    if (reader->type_hint == 0)
        return interim ? mt942 : mt940;
    return interim && reader->type_hint != mt941 ? mt942 : reader->type_hint;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative_read.c: one narrative from bytes to sub-fields: decode and join, tell the dialect, split. Must not know
 * movements or customers.
 */
#include "base/block.h"
#include "base/export.h"
#include "base/failure.h"
#include "statement/narrative.h"

static const char *const dialect_names[MT940_NARRATIVE_DIALECT_COUNT] = {
#define MT940_DIALECT(number, name) [MT940_NARRATIVE_##number] = name,
#include "statement/narrative_codes.def"
};

static const char *const value_names[MT940_NARRATIVE_VALUE_COUNT] = {
    [MT940_NARRATIVE_TRANSACTION_CODE] = "transaction_code",
    [MT940_NARRATIVE_BOOKING_TEXT] = "booking_text",
    [MT940_NARRATIVE_NAME] = "name",
    [MT940_NARRATIVE_ULTIMATE_NAME] = "ultimate_name",
    [MT940_NARRATIVE_ACCOUNT] = "account",
    [MT940_NARRATIVE_BIC] = "bic",
    [MT940_NARRATIVE_BANK_CODE] = "bank_code",
    [MT940_NARRATIVE_END_TO_END] = "end_to_end",
    [MT940_NARRATIVE_CUSTOMER_REFERENCE] = "customer_reference",
    [MT940_NARRATIVE_MANDATE] = "mandate",
    [MT940_NARRATIVE_CREDITOR_ID] = "creditor_id",
    [MT940_NARRATIVE_PURPOSE] = "purpose",
    [MT940_NARRATIVE_PURPOSE_CODE] = "purpose_code",
    [MT940_NARRATIVE_CREDITOR_REFERENCE] = "creditor_reference",
    [MT940_NARRATIVE_RETURN_REASON] = "return_reason",
    [MT940_NARRATIVE_ORIGINAL_AMOUNT] = "original_amount",
    [MT940_NARRATIVE_CHARGES] = "charges",
};

MT940_EXPORT const char *mt940_narrative_dialect_name(int32_t dialect)
{
    return dialect >= 0 && dialect < MT940_NARRATIVE_DIALECT_COUNT ? dialect_names[dialect] : NULL;
}

MT940_EXPORT const char *mt940_narrative_value_name(int32_t value)
{
    return value >= 0 && value < MT940_NARRATIVE_VALUE_COUNT ? value_names[value] : NULL;
}

/* Three bytes for one, and once more for the sub-fields that are joined: each lost its separator and two digits. */
MT940_EXPORT size_t mt940_narrative_room(size_t raw_length)
{
    return raw_length > SIZE_MAX / 6 ? SIZE_MAX : 6 * raw_length;
}

/* Breaks become blanks once nobody has to know them any more. */
static void blank_breaks(char *text, size_t length)
{
    char *at = text;

    while (length > 0 && (at = memchr(at, '\n', length - (size_t)(at - text))) != NULL)
        *at++ = ' ';
}

/* *has_ns: whether the text is one of ":NS:", joined so or otherwise. */
static int join(struct mt940_narrative_reading *reading, enum mt940_join lines, char *buffer, size_t capacity,
                bool *has_ns)
{
    struct mt940_joining how = {reading->input->charset, lines, '\n', false, false, &reading->seams};
    reading->seams.count = 0;
    size_t length = mt940_narrative_join(&reading->input->raw, &how, buffer, capacity);

    *has_ns = how.has_ns;
    if (length > capacity)
        return MT940_E_LIMIT;
    reading->out->text = mt940_view_of(buffer, length);
    reading->room = length > 0 ? buffer + length : buffer;
    reading->room_length = capacity - length;
    reading->room_used = 0;
    reading->has_breaks = how.has_breaks;
    return MT940_OK;
}

static int read_ns(struct mt940_narrative_reading *reading, char *buffer, size_t capacity)
{
    struct mt940_narrative *out = reading->out;
    bool has_ns;
    int status = join(reading, mt940_join_lines, buffer, capacity, &has_ns);

    if (status != MT940_OK)
        return status;
    out->dialect = MT940_NARRATIVE_NS;
    out->score = 100;
    out->separator = '\n';
    return mt940_coded_read(reading);
}

/*
 * Sub-fields by words; whatever is left is free text, joined as mt940_narrative_text() does. Slash words are looked for
 * in what was joined, for a full line may end inside one.
 */
static int read_words(struct mt940_narrative_reading *reading, char *buffer, size_t capacity)
{
    struct mt940_narrative *out = reading->out;
    bool has_ns;
    int status = join(reading, mt940_join_free, buffer, capacity, &has_ns);

    if (has_ns)
        return read_ns(reading, buffer, capacity);
    if (status != MT940_OK)
        return status;
    int32_t slashes = mt940_slash_detect(out->text);
    if (slashes > 0) {
        status = join(reading, mt940_join_slash, buffer, capacity, &has_ns);
        if (status != MT940_OK)
            return status;
        out->score = slashes;
        out->dialect = MT940_NARRATIVE_SLASH;
        mt940_slash_read(reading);
        return MT940_OK;
    }
    out->dialect = mt940_word_detect(out->text, &out->score);
    if (out->dialect != MT940_NARRATIVE_FREE)
        mt940_word_read(reading, out->text, out->dialect, 0);
    return MT940_OK;
}

static int read_any(struct mt940_narrative_reading *reading, char *buffer, size_t capacity)
{
    struct mt940_narrative *out = reading->out;
    bool has_ns;

    if (mt940_coded_possible(reading->input->raw)) {
        int status = join(reading, mt940_join_coded, buffer, capacity, &has_ns);
        if (status != MT940_OK)
            return status;
        out->separator = mt940_coded_detect(out->text, &out->score, &reading->pieces);
        if (out->separator) {
            out->dialect = mt940_coded_dialect(out->text, out->separator, &reading->pieces);
            return mt940_coded_read(reading);
        }
    }
    return read_words(reading, buffer, capacity);
}

/* Everything but the list of pieces, which is long. */
static void begin(struct mt940_narrative_reading *reading, const struct mt940_narrative_input *input,
                  struct mt940_narrative_field *fields, size_t capacity, struct mt940_narrative *out)
{
    mt940_block_clear(reading, offsetof(struct mt940_narrative_reading, pieces));
    reading->input = input;
    reading->out = out;
    reading->fields = fields;
    reading->capacity = capacity;
    reading->pieces.listed = 0;
    reading->pieces.repeated = false;
}

MT940_EXPORT int mt940_narrative_read(const struct mt940_narrative_input *input, char *buffer, size_t capacity,
                                      struct mt940_narrative_field *fields, size_t field_capacity,
                                      struct mt940_narrative *out)
{
    struct mt940_narrative result;
    struct mt940_narrative_reading reading;

    if (!input || !out || out->size < sizeof *out || (capacity > 0 && !buffer) || (field_capacity > 0 && !fields) ||
        (input->raw.length > 0 && !input->raw.data) ||
        mt940_check_size(input, input->size, sizeof *input, sizeof *input) != 0)
        return MT940_E_ARGUMENT;
    mt940_block_clear(&result, sizeof result);
    result.size = sizeof result;
    begin(&reading, input, fields, field_capacity, &result);
    int status = read_any(&reading, buffer, capacity);
    if (status != MT940_OK)
        return status;
    mt940_narrative_settle(&reading);
    if (reading.has_breaks || reading.room_breaks)
        blank_breaks(reading.room, reading.room_used);
    if (reading.has_breaks)
        blank_breaks(buffer, result.text.length);
    if (result.dialect == MT940_NARRATIVE_NS)
        result.separator = '\0';
    mt940_block_copy(out, &result, sizeof result);
    return MT940_OK;
}

MT940_EXPORT int mt940_narrative_complete(struct mt940_narrative *narrative, const struct mt940_narrative *other)
{
    if (!narrative || !other || narrative->size < sizeof *narrative || other->size < sizeof *other)
        return MT940_E_ARGUMENT;
    for (size_t i = 0; i < MT940_NARRATIVE_VALUE_COUNT; i++)
        if (narrative->values[i].length == 0)
            narrative->values[i] = other->values[i];
    if (narrative->iban[0] == '\0')
        memcpy(narrative->iban, other->iban, sizeof narrative->iban);
    return MT940_OK;
}

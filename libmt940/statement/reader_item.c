/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_item.c: takes the scanner's items: begins and ends messages by them, learns the type
 * from envelopes, and names what the scanner forgave.
 */
#include "statement/reader.h"

static const struct {
    uint32_t note;
    int32_t message;
} note_messages[] = {
    {MT940_NOTE_SEPARATOR, MT940_M_REPAIR_SEPARATOR},      {MT940_NOTE_CONTROL, MT940_M_REPAIR_CONTROL_BYTE},
    {MT940_NOTE_LOOKALIKE, MT940_M_REPAIR_TAG_LOOKALIKE},  {MT940_NOTE_SECOND_TEXT, MT940_M_REPAIR_SECOND_NARRATIVE},
    {MT940_NOTE_BLANKS, MT940_M_REPAIR_BLANKS},            {MT940_NOTE_SPLIT, MT940_M_REPAIR_LINE_SPLIT},
};

static int report_notes(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_place place;
    int status = 0;
    mt940_place_in(item, 0, "", &place);
    for (size_t i = 0; i < sizeof note_messages / sizeof note_messages[0] && status == 0; i++)
        if (item->notes & note_messages[i].note)
            status = mt940_report(reader, note_messages[i].message, &place, NULL, 0);
    return status;
}

static int32_t type_of(struct mt940_view digits)
{
    static const int32_t types[] = {940, 941, 942, 950};
    if (digits.length < 3)
        return 0;
    for (size_t i = 0; i < 3; i++)
        if (!mt940_ascii_is_digit(digits.data[i]))
            return 0;
    int32_t number = (digits.data[0] - '0') * 100 + (digits.data[1] - '0') * 10 + (digits.data[2] - '0');
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (types[i] == number)
            return number;
    return 0;
}

/* "{2:O940…" or "{2:I940…" anywhere in the block headers. */
static int32_t envelope_type(struct mt940_view text)
{
    int32_t type = 0;
    for (size_t i = 0; i + 7 <= text.length; i++)
        if (text.data[i] == '{' && text.data[i + 1] == '2' && text.data[i + 2] == ':')
            type = type_of(mt940_view_slice(text, i + 4, 3));
    return type;
}

/* A line "940" or ":940:" among the header lines of some banks names the type. */
static int32_t line_type(struct mt940_view line)
{
    line = mt940_view_trim(line);
    if (line.length == 5 && line.data[0] == ':' && line.data[4] == ':')
        line = mt940_view_slice(line, 1, 3);
    return line.length == 3 ? type_of(line) : 0;
}

static void note_outside(struct mt940_reader *reader, const struct mt940_item *item)
{
    int32_t type = line_type(item->value);
    if (type)
        reader->type_hint = type;
    if (reader->outside_lines++ == 0) {
        mt940_place_in(item, 0, "", &reader->outside);
        reader->outside.tag = ""; /* the item does not outlive the call */
    }
}

/* Once for the stream, where the first message of this kind begins. */
static int report_translation(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_place place;
    if (!reader->scanner.translated || reader->translation_told)
        return 0;
    reader->translation_told = true;
    mt940_place_in(item, 0, "", &place);
    return mt940_report(reader, MT940_M_REPAIR_AT_SEPARATOR, &place, NULL, 0);
}

static int take_field(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    int status = item->starts_message ? mt940_reader_end(reader) : 0;
    if (status)
        return status;
    if (item->value.length + item->narrative.length > reader->options.max_field)
        return mt940_reader_fail(reader, MT940_E_LIMIT, MT940_LIMIT_FIELD);
    if (!message->open) {
        if ((status = report_translation(reader, item)) != 0)
            return status;
        message->open = true;
        message->header.offset = item->offset;
        message->header.line = item->line;
    }
    if ((status = mt940_reader_observe(reader, item)) != 0)
        return status;
    status = mt940_reader_field(reader, item);
    if (status == 0 && reader->options.strict)
        status = mt940_strict_item(reader, item);
    return status || !item->notes ? status : report_notes(reader, item);
}

int mt940_reader_item(void *user, const struct mt940_item *item)
{
    struct mt940_reader *reader = user;
    int status;
    switch (item->kind) {
    case MT940_ITEM_FIELD:
    case MT940_ITEM_ENTRY:
        return take_field(reader, item);
    case MT940_ITEM_END:
        return mt940_reader_end(reader);
    case MT940_ITEM_ENVELOPE:
        status = mt940_reader_end(reader);
        /* The blocks may stand on lines of their own; only the second names the type. */
        reader->type_hint = envelope_type(item->value) ? envelope_type(item->value) : reader->type_hint;
        return status;
    default:
        note_outside(reader, item);
        return 0;
    }
}

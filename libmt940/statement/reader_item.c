/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_item.c: takes the scanner's items: begins and ends messages by them, learns the type
 * from envelopes, and names what the scanner forgave.
 */
#include "statement/reader_item.h"

#include "statement/reader_charset.h"
#include "statement/reader_entry.h"
#include "statement/reader_envelope.h"
#include "statement/reader_field.h"
#include "statement/reader_message.h"
#include "statement/reader_other.h"
#include "statement/report.h"
#include "statement/strict.h"

static const struct {
    uint32_t note;
    int32_t message;
} note_messages[] = {
    {MT940_NOTE_SEPARATOR, MT940_M_REPAIR_SEPARATOR},      {MT940_NOTE_CONTROL, MT940_M_REPAIR_CONTROL_BYTE},
    {MT940_NOTE_LOOKALIKE, MT940_M_REPAIR_TAG_LOOKALIKE},  {MT940_NOTE_SECOND_TEXT, MT940_M_REPAIR_SECOND_NARRATIVE},
    {MT940_NOTE_BLANKS, MT940_M_REPAIR_BLANKS},            {MT940_NOTE_SPLIT, MT940_M_REPAIR_LINE_SPLIT},
    {MT940_NOTE_LOWER, MT940_M_REPAIR_LOWER_CASE},
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

/* The number in three digits, or 0. */
static int32_t number_of(struct mt940_view digits)
{
    int32_t number = 0;
    if (digits.length < 3)
        return 0;
    for (size_t i = 0; i < 3; i++) {
        if (!mt940_ascii_is_digit(digits.data[i]))
            return 0;
        number = number * 10 + (digits.data[i] - '0');
    }
    return number;
}

static bool is_ours(int32_t type)
{
    static const int32_t types[] = {940, 941, 942, 950};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (types[i] == type)
            return true;
    return false;
}

static int32_t type_of(struct mt940_view digits)
{
    int32_t number = number_of(digits);
    return is_ours(number) ? number : 0;
}

static bool begins_with(struct mt940_view text, const char *head, size_t length)
{
    return text.length >= length && memcmp(text.data, head, length) == 0;
}

/* A line "940" or ":940:" among the header lines of some banks names the type. */
static int32_t line_type(struct mt940_view line)
{
    line = mt940_view_trim(line);
    if (line.length == 5 && line.data[0] == ':' && line.data[4] == ':')
        line = mt940_view_slice(line, 1, 3);
    return line.length == 3 ? type_of(line) : 0;
}

/* What the headers of a message say: where it begins, "{2:O940…" or "{2:I940…", and whether its text begins. */
static void read_blocks(struct mt940_reader *reader, const struct mt940_item *item, size_t from)
{
    for (size_t i = from; i + 3 <= item->value.length; i++) {
        struct mt940_view rest = mt940_view_slice(item->value, i, item->value.length);
        bool second = begins_with(rest, "{2:", 3);
        if (begins_with(rest, "{1:", 3) || (second && reader->other.place.line == 0)) {
            mt940_place_in(item, i, "", &reader->other.place);
            reader->other.place.tag = "";
        }
        if (second) {
            int32_t type = number_of(mt940_view_slice(rest, 4, rest.length));
            reader->type_hint = is_ours(type) ? type : 0;
            reader->other.type = is_ours(type) ? 0 : type;
        }
        reader->other.in_text = begins_with(rest, "{4:", 3) && !begins_with(rest, "{4:{", 4);
        if (reader->other.in_text)
            break;
    }
}

/* Blocks behind a text ("{5:…}{S:…}") end where those of the next message begin: returns how long they are. */
static size_t behind_length(struct mt940_view blocks)
{
    size_t at = 0;
    if (!begins_with(blocks, "{5:", 3) && !begins_with(blocks, "{S:", 3))
        return 0;
    while (at < blocks.length && !begins_with(mt940_view_slice(blocks, at, blocks.length), "{1:", 3))
        at++;
    return at;
}

/*
 * Only the first block begins a message, and what a text of another message quotes is its text. What stands behind the
 * end of a message is that message's.
 */
static int take_envelope(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    bool first = begins_with(item->value, "{1:", 3);
    size_t behind = behind_length(item->value);
    int status = 0;
    if (reader->other.type && reader->other.in_text && !first)
        return 0;
    if (behind && message->open && message->head.text.present) {
        message->ended = true;
        status = mt940_reader_keep_blocks(reader, item, 0, behind, &message->behind);
    }
    if (status || (behind && behind == item->value.length))
        return status;
    status = first || behind || !reader->other.type ? mt940_reader_end(reader) : 0;
    if (status == 0)
        status = mt940_reader_keep_blocks(reader, item, behind, item->value.length, &message->head);
    if (status == 0 && reader->options.strict)
        mt940_strict_envelope(reader, item);
    read_blocks(reader, item, behind);
    return status;
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

static int begin_message(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_header *header = &reader->message.header;
    int status = report_translation(reader, item);
    reader->message.open = true;
    reader->message.other = reader->other.type != 0;
    header->offset = item->offset;
    header->line = item->line;
    return status;
}

static int take_field(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    int status = 0;
    if (item->starts_message && !(reader->other.type && reader->other.in_text))
        status = mt940_reader_end(reader);
    if (status)
        return status;
    if (item->value.length + item->narrative.length > reader->options.max_field)
        return mt940_reader_fail(reader, MT940_E_LIMIT, MT940_LIMIT_FIELD);
    if (!message->open && (status = begin_message(reader, item)) != 0)
        return status;
    if (message->other && (status = mt940_other_field(reader, item)) != 0)
        return status == MT940_OTHER_TAKEN ? 0 : status;
    if (mt940_reader_learns(reader, item) && (status = mt940_reader_observe(reader, item)) != 0)
        return status;
    status = item->kind == MT940_ITEM_ENTRY ? mt940_reader_entry(reader, item) : mt940_reader_field(reader, item);
    if (status == 0 && reader->options.strict && !message->other)
        status = mt940_strict_item(reader, item);
    return status || !item->notes ? status : report_notes(reader, item);
}

/* Nearly always a movement stands between others, and nothing is to be said of it. */
static int take_entry(struct mt940_reader *reader, const struct mt940_item *item)
{
    const struct mt940_assembly *message = &reader->message;
    if (item->starts_message || item->notes || !message->open || message->other || reader->options.strict ||
        item->value.length + item->narrative.length > reader->options.max_field)
        return take_field(reader, item);
    int status = mt940_reader_learns(reader, item) ? mt940_reader_observe(reader, item) : 0;
    return status ? status : mt940_reader_entry(reader, item);
}

/* A dash alone does not end a text whose envelope says that it is none of ours. */
static int take_end(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    bool inside = reader->other.type && reader->other.in_text, waits = message->open && !message->ended;
    if (inside && mt940_view_trim(item->value).length == 1 && item->value.data[0] == '-')
        return 0;
    reader->other.in_text = false;
    if (waits && !message->other && message->head.text.present) {
        message->ended = true;
        return 0;
    }
    int status = mt940_reader_end(reader);
    reader->other.place.line = 0;
    return status;
}

/* A line outside any message. */
static int take_outside(struct mt940_reader *reader, const struct mt940_item *item)
{
    int status = reader->message.ended ? mt940_reader_end(reader) : 0;
    if (status == 0 && !reader->other.type)
        note_outside(reader, item);
    return status;
}

int mt940_reader_item(void *user, const struct mt940_item *item)
{
    struct mt940_reader *reader = user;
    switch (item->kind) {
    case MT940_ITEM_ENTRY:
        return take_entry(reader, item);
    case MT940_ITEM_FIELD:
        return take_field(reader, item);
    case MT940_ITEM_END:
        return take_end(reader, item);
    case MT940_ITEM_ENVELOPE:
        return take_envelope(reader, item);
    default:
        return take_outside(reader, item);
    }
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_header.c: hands the header of a message out once it is whole, and fields that nobody reads as they stand. Must
 * not know what a field means.
 */
#include "statement/reader_header.h"

#include <string.h>

#include "statement/report.h"
#include "text/argument.h"

int mt940_reader_tell_outside(struct mt940_reader *reader, int32_t message)
{
    const struct mt940_message_arg arg = mt940_argument_number("count", reader->outside_lines);
    int status = 0;
    if (reader->outside_lines)
        status = mt940_report(reader, message, &reader->outside, &arg, 1);
    reader->outside_lines = 0;
    return status;
}

/* 34F comes before the movements, and before 90D and 90C. */
static void name_floor_limits(struct mt940_reader *reader)
{
    struct mt940_assembly *message = &reader->message;
    size_t count = 0;
    for (; count < message->trailer.total_count && strcmp(message->totals[count].tag, "34F") == 0; count++)
        message->totals[count].raw = mt940_reader_kept(reader, &message->total_raw[count]);
    message->header.floor_limits = message->totals;
    message->header.floor_limit_count = count;
}

/* Tells of an unknown field of the header, now that the message is known to be a statement. */
static int tell_early(struct mt940_reader *reader, size_t at)
{
    const struct mt940_raw_field *field = &reader->message.early[at];
    size_t length = strlen(field->tag) + 2;
    struct mt940_place place = {field->offset + length, field->line, (uint32_t)length + 1, field->tag, ""};
    const struct mt940_message_arg args[2] = {mt940_argument_message("what", MT940_M_PART_CONTENT),
                                              mt940_argument_word("tag", field->tag)};
    if (!reader->message.early_untold[at])
        return 0;
    reader->message.early_untold[at] = false;
    return mt940_report(reader, MT940_M_UNKNOWN_FIELD, &place, args, 2);
}

/* Fields that nobody knows, which came before the header was whole. */
static int hand_out_early(struct mt940_reader *reader)
{
    struct mt940_assembly *message = &reader->message;
    for (size_t i = 0; i < message->early_count; i++) {
        message->early[i].raw = mt940_reader_kept(reader, &message->early_raw[i]);
        int status = tell_early(reader, i);
        if (status)
            return status;
        int answer = reader->handler.field ? reader->handler.field(reader->handler.user, &message->early[i]) : 0;
        if (answer)
            return mt940_reader_fail(reader, MT940_E_CALLBACK, answer);
    }
    return 0;
}

/* Statements that lie in an archive as they are: a line is lost in front, and who knows what else. */
static int tell_archive(struct mt940_reader *reader)
{
    struct mt940_place place = {0, 1, 1, "", ""};
    if (mt940_kind_finding(&reader->kind) != MT940_M_NOT_MT940_PACKED)
        return 0;
    return mt940_report(reader, MT940_M_NOT_MT940_PACKED, &place, NULL, 0);
}

int mt940_reader_begin(struct mt940_reader *reader)
{
    struct mt940_assembly *message = &reader->message;
    struct mt940_header *header = &message->header;
    if (message->begun)
        return 0;
    if (reader->statements == reader->options.max_statements)
        return mt940_reader_fail(reader, MT940_E_LIMIT, MT940_LIMIT_STATEMENTS);
    message->begun = true;
    header->index = reader->statements;
    header->type = mt940_reader_type(reader);
    header->reference = mt940_reader_kept(reader, &message->reference);
    header->related_reference = mt940_reader_kept(reader, &message->related);
    header->account = mt940_reader_kept(reader, &message->account);
    header->account_bic = mt940_reader_kept(reader, &message->account_bic);
    header->number = mt940_reader_kept(reader, &message->number);
    header->sequence = mt940_reader_kept(reader, &message->sequence);
    header->creation = mt940_reader_kept(reader, &message->creation);
    header->opening.raw = mt940_reader_kept(reader, &message->opening_raw);
    if (message->head.text.present) {
        header->envelope = mt940_reader_kept(reader, &message->head.text);
        header->envelope_offset = message->head.offset;
    }
    name_floor_limits(reader);
    int status = mt940_reader_tell_outside(reader, MT940_M_REPAIR_HEADER_LINES);
    if (status == 0 && header->index == 0)
        status = tell_archive(reader);
    if (status)
        return status;
    int answer = reader->handler.statement_begin ? reader->handler.statement_begin(reader->handler.user, header) : 0;
    if (answer)
        return mt940_reader_fail(reader, MT940_E_CALLBACK, answer);
    return message->early_count ? hand_out_early(reader) : 0;
}

int mt940_reader_hand_raw(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    struct mt940_raw_field field;
    memset(&field, 0, sizeof field);
    memcpy(field.tag, item->tag.text, sizeof item->tag.text);
    field.raw = item->value;
    field.offset = item->offset;
    field.line = item->line;
    /* The header is not over: the number and the opening balance may still come. */
    if (!message->begun && message->early_count < MT940_EARLY_CAPACITY) {
        size_t at = message->early_count++;
        message->early[at] = field;
        message->early_untold[at] = item->tag.meaning == MT940_TAG_UNKNOWN;
        return mt940_reader_keep(reader, item->value, &message->early_raw[at]);
    }
    int status = mt940_reader_begin(reader);
    if (status || !reader->handler.field)
        return status;
    int answer = reader->handler.field(reader->handler.user, &field);
    return answer ? mt940_reader_fail(reader, MT940_E_CALLBACK, answer) : 0;
}

int mt940_reader_hand_named(struct mt940_reader *reader, int32_t message, const struct mt940_item *item)
{
    int status = mt940_report_field(reader, message, item);
    return status ? status : mt940_reader_hand_raw(reader, item);
}

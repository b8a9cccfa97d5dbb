/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_other.c: messages that are no statements and stand between them: payments, confirmations, free text. Their
 * fields look like ours (MT900 has 20, 21 and 25), so nothing of them is told or handed out before it is certain what
 * they are, and then one finding says so. Banks also put statements under another type: what decides is in docs/statement.md.
 */
#include "statement/reader_other.h"

#include "statement/cursor.h"
#include "statement/reader_field.h"
#include "statement/reader_sign.h"
#include "statement/report.h"
#include "statement/strict.h"
#include "text/argument.h"

/*
 * Only statements have an account and then a balance to begin with, or a floor limit behind their number. Under an
 * envelope that says otherwise the number is asked for, too, and no field of another message may have come: free text
 * (MT999) quotes statements.
 */
static bool is_statement(const struct mt940_reader *reader, const struct mt940_item *item)
{
    const struct mt940_assembly *message = &reader->message;
    bool opening = item->tag.meaning == MT940_TAG_OPENING_BALANCE, limit = item->tag.meaning == MT940_TAG_FLOOR_LIMIT;
    if ((!opening && !limit) || !message->account.present || message->other_crowded ||
        !mt940_tag_plausible(&item->tag, mt940_first_line(item->value)))
        return false;
    if (reader->other.type)
        return message->number.present && !message->other_types;
    return opening || message->number.present;
}

/* The message is a statement after all: what is wrong with it is said now. */
static int settle(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    const struct mt940_message_arg types[2] = {
        mt940_argument_number("type", reader->other.type),
        mt940_argument_number("found", item->tag.meaning == MT940_TAG_FLOOR_LIMIT ? 942 : 940)};
    const struct mt940_message_arg rule = mt940_argument_word("rule", "the message type has no such field");
    int status = 0;
    if (reader->other.type)
        status = mt940_report(reader, MT940_M_REPAIR_ENVELOPE_TYPE, &reader->other.place, types, 2);
    else if (reader->options.strict)
        status = mt940_report(reader, MT940_M_NOT_STANDARD, &reader->other.sign, &rule, 1);
    message->other = false;
    message->other_types = NULL;
    reader->other.type = 0;
    return status;
}

/* The header is kept without a word, in case it is a statement's. */
static int keep(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    bool header = item->tag.role == MT940_TAG_ROLE_START || item->tag.role == MT940_TAG_ROLE_HEADER;
    bool unknown = item->tag.role == MT940_TAG_ROLE_NONE;
    if (unknown)
        mt940_other_notice(reader, item);
    if (unknown && message->early_count == MT940_EARLY_CAPACITY)
        message->other_crowded = true;
    if (message->other_crowded || item->tag.meaning == MT940_TAG_FLOOR_LIMIT || (!header && !unknown) ||
        (reader->other.type && message->other_types))
        return 0;
    message->quiet = true;
    int status = mt940_reader_field(reader, item);
    if (status == 0 && reader->options.strict)
        status = mt940_strict_item(reader, item);
    message->quiet = false;
    return status;
}

int mt940_other_field(struct mt940_reader *reader, const struct mt940_item *item)
{
    if (is_statement(reader, item))
        return settle(reader, item);
    int status = keep(reader, item);
    return status ? status : MT940_OTHER_TAKEN;
}

int mt940_other_end(struct mt940_reader *reader)
{
    const struct mt940_assembly *message = &reader->message;
    struct mt940_place place = {message->header.offset, message->header.line, 1, "", ""};
    struct mt940_message_arg arg = mt940_argument_number("type", reader->other.type);
    int32_t finding = MT940_M_OTHER_MESSAGE;
    if (reader->other.type) {
        place = reader->other.place;
    } else {
        arg = mt940_argument_word("type", message->other_types);
        finding = MT940_M_OTHER_MESSAGE_BARE;
    }
    reader->other.count++;
    reader->other.type = 0;
    return mt940_report(reader, finding, &place, &arg, 1);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_entry.c: movements (61 with its 86) as parts of the message that is being read. Their inner form is in regular.c
 * and, where it is odd, in tag61.c; whether they add up is judged in reader_message.c and reader_total.c.
 */
#include "statement/reader_entry.h"

#include "statement/field.h"
#include "statement/reader_balance.h"
#include "statement/reader_header.h"
#include "statement/reader_total.h"
#include "statement/report.h"

/* The reader of 61 says ENTRY_UNREADABLE itself, except where the amount's reader said why. */
static int report_lost_entry(struct mt940_reader *reader, const struct mt940_item *item, struct mt940_issues *issues)
{
    for (size_t i = 0; i < issues->count; i++) {
        struct mt940_issue *issue = &issues->list[i];
        if (issue->message == MT940_M_FIELD_UNREADABLE && strcmp(issue->subfield, "amount") == 0)
            issue->message = MT940_M_ENTRY_UNREADABLE;
    }
    int status = mt940_report_issues(reader, item, issues);
    return status ? status : mt940_reader_hand_raw(reader, item);
}

/* Hands out an entry, whose amount was counted. */
static int hand_out(struct mt940_reader *reader, const struct mt940_item *item, struct mt940_entry *entry)
{
    entry->offset = item->offset;
    entry->line = item->line;
    entry->narrative = item->narrative;
    entry->narrative_offset = item->narrative_offset;
    entry->narrative_line = item->narrative_line;
    entry->reserved2 = 0;
    if (!reader->handler.entry)
        return 0;
    int answer = reader->handler.entry(reader->handler.user, entry);
    return answer ? mt940_reader_fail(reader, MT940_E_CALLBACK, answer) : 0;
}

/* Gives it its number in the message. */
static int count_entry(struct mt940_reader *reader, struct mt940_entry *entry)
{
    struct mt940_trailer *trailer = &reader->message.trailer;
    if (trailer->entry_count == reader->options.max_entries)
        return mt940_reader_fail(reader, MT940_E_LIMIT, MT940_LIMIT_ENTRIES);
    entry->index = trailer->entry_count++;
    return 0;
}

/* A movement that is not as the standard says. */
static int read_odd_entry(struct mt940_reader *reader, const struct mt940_item *item, struct mt940_entry *entry)
{
    struct mt940_issues issues;
    mt940_issues_init(&issues);
    memset(entry, 0, sizeof *entry);
    if (!mt940_tag61_read(item->value, reader->message.unit.currency, entry, &issues))
        return report_lost_entry(reader, item, &issues);
    /* Without its whole code, the amount before it may be cut too. */
    if (item->unterminated && !item->narrative.data && strlen(entry->code) < 3)
        return mt940_reader_hand_named(reader, MT940_M_ENTRY_CUT, item);
    int status = count_entry(reader, entry);
    if (status)
        return status;
    mt940_message_add(&reader->message, entry->mark, &entry->reading);
    mt940_reader_note_ambiguous(reader, item, &entry->reading, "61");
    status = mt940_report_issues(reader, item, &issues);
    return status ? status : hand_out(reader, item, entry);
}

/* Movements behind the closing balance count like the others; the first of them is named. */
static int report_behind_closing(struct mt940_reader *reader, const struct mt940_item *item)
{
    bool first = !reader->message.behind_closing;
    reader->message.behind_closing = true;
    return first ? mt940_report_field(reader, MT940_M_FIELD_ORDER, item) : 0;
}

static int read_whole_entry(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    const uint32_t lines = item->narrative.data ? item->narrative_line - item->line : 0;
    struct mt940_entry entry;
    int status = message->begun ? 0 : mt940_reader_begin(reader);
    if (status == 0 && message->closing_raw.present)
        status = report_behind_closing(reader, item);
    if (status)
        return status;
    if (!mt940_regular_entry(item->value, item->first_line, lines, &message->unit, &message->days, &entry))
        return read_odd_entry(reader, item, &entry);
    if ((status = count_entry(reader, &entry)) != 0)
        return status;
    mt940_plain_add(message, entry.mark, &entry.reading);
    return hand_out(reader, item, &entry);
}

/* Its narrative may stand in the line of the 61 itself. */
static int read_bare_entry(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_item parted;
    if (!mt940_item_part(item, &parted))
        return read_whole_entry(reader, item);
    int status = mt940_report_field(reader, MT940_M_REPAIR_GLUED_FIELD, &parted);
    return status ? status : read_whole_entry(reader, &parted);
}

int mt940_reader_entry(struct mt940_reader *reader, const struct mt940_item *item)
{
    return item->narrative.data ? read_whole_entry(reader, item) : read_bare_entry(reader, item);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_balance.c: balances (60a, 62a, 64, 65), limits and sums (34F, 90D, 90C) as parts of the message that is being
 * read: which of a kind counts, what currency the message has. Their inner forms are in tag*.c; whether they add up is
 * judged in reader_message.c and reader_total.c.
 */
#include "statement/reader_balance.h"

#include "statement/field.h"
#include "statement/reader_header.h"
#include "statement/report.h"
#include "text/argument.h"

void mt940_reader_note_ambiguous(struct mt940_reader *reader, const struct mt940_item *item,
                                 const struct mt940_reading *reading, const char *tag)
{
    const struct mt940_reading *noted = &reader->message.ambiguous_reading;
    if (!reading->ambiguity || (noted->ambiguity & MT940_AMBIGUOUS_SEPARATOR) ||
        (noted->ambiguity && !(reading->ambiguity & MT940_AMBIGUOUS_SEPARATOR)))
        return;
    reader->message.ambiguous_reading = *reading;
    mt940_place_in(item, 0, "amount", &reader->message.ambiguous);
    reader->message.ambiguous.tag = tag;
}

/* The first currency a message names is that of its movements. */
static void learn_currency(struct mt940_reader *reader, const struct mt940_reading *reading)
{
    struct mt940_unit *unit = &reader->message.unit;
    if (unit->currency[0])
        return;
    if (strcmp(reader->last_unit.currency, reading->amount.currency) != 0)
        mt940_unit_of(reading->amount.currency, &reader->last_unit);
    *unit = reader->last_unit;
}

/* A later balance or a sum that is in another currency than the statement changes nothing, but is no small matter. */
static int check_currency(struct mt940_reader *reader, const struct mt940_item *item, const struct mt940_reading *reading)
{
    const char *expected = reader->message.unit.currency;
    struct mt940_place place;
    if (!expected[0] || strcmp(expected, reading->amount.currency) == 0)
        return 0;
    mt940_place_in(item, 0, "currency", &place);
    const struct mt940_message_arg args[3] = {mt940_argument_word("tag", item->tag.text),
                                              mt940_argument_word("found", reading->amount.currency),
                                              mt940_argument_word("expected", expected)};
    return mt940_report(reader, MT940_M_OTHER_CURRENCY, &place, args, 3);
}

/* Reads a balance and keeps its text; `out->kind` stays 0 when it cannot be read. */
static int read_balance(struct mt940_reader *reader, const struct mt940_item *item, char kind, const char *tag,
                        struct mt940_balance *out, struct mt940_kept *raw)
{
    struct mt940_issues issues;
    mt940_issues_init(&issues);
    const struct mt940_unit *unit = &reader->message.unit;
    int status = mt940_reader_keep(reader, item->value, raw);
    if (status)
        return status;
    if (mt940_regular_balance(item->value, kind, unit->currency[0] ? unit : &reader->last_unit, out) ||
        mt940_tag60_read(item->value, kind, unit->currency, out, &issues)) {
        out->offset = item->offset;
        out->line = item->line;
        learn_currency(reader, &out->reading);
        mt940_reader_note_ambiguous(reader, item, &out->reading, tag);
        status = kind == 'A' ? check_currency(reader, item, &out->reading) : 0;
    }
    if (status)
        return status;
    return mt940_report_issues(reader, item, &issues);
}

static char balance_kind(const struct mt940_item *item)
{
    return item->tag.text[2] == 'M' ? 'M' : 'F';
}

int mt940_reader_opening(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    if (message->opening_raw.present)
        return mt940_report_field(reader, MT940_M_FIELD_REPEATED, item);
    if (message->begun)
        return mt940_reader_hand_named(reader, MT940_M_FIELD_ORDER, item);
    return read_balance(reader, item, balance_kind(item), "60F", &message->header.opening, &message->opening_raw);
}

int mt940_reader_closing(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    message->closing_seen = true;
    int status = mt940_reader_begin(reader);
    if (status)
        return status;
    if (message->closing_raw.present)
        return mt940_report_field(reader, MT940_M_FIELD_REPEATED, item);
    mt940_place_in(item, 0, "amount", &message->closing);
    message->closing.tag = item->tag.text[2] == 'M' ? "62M" : "62F";
    message->closing_unterminated = item->unterminated;
    return read_balance(reader, item, balance_kind(item), message->closing.tag, &message->trailer.closing,
                        &message->closing_raw);
}

int mt940_reader_available(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    if (message->available_raw.present)
        return mt940_report_field(reader, MT940_M_FIELD_REPEATED, item);
    return read_balance(reader, item, 'A', "64", &message->trailer.available, &message->available_raw);
}

int mt940_reader_forward(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    size_t at = message->trailer.forward_count;
    if (at == MT940_FORWARD_CAPACITY)
        return mt940_reader_hand_named(reader, MT940_M_FIELD_REPEATED, item);
    message->forward[at].kind = 0;
    int status = read_balance(reader, item, 'A', "65", &message->forward[at], &message->forward_raw[at]);
    message->trailer.forward_count += message->forward[at].kind != 0;
    return status;
}

int mt940_reader_total(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    struct mt940_issues issues;
    mt940_issues_init(&issues);
    size_t at = message->trailer.total_count;
    if (at == MT940_TOTAL_CAPACITY)
        return mt940_reader_hand_named(reader, MT940_M_FIELD_REPEATED, item);
    if (message->begun && item->tag.meaning == MT940_TAG_FLOOR_LIMIT)
        mt940_issue_add(&issues, MT940_M_FIELD_ORDER, 0, "");
    struct mt940_total *total = &message->totals[at];
    int status = mt940_reader_keep(reader, item->value, &message->total_raw[at]);
    memset(total, 0, sizeof *total);
    memcpy(total->tag, item->tag.text, sizeof total->tag);
    bool read = item->tag.meaning == MT940_TAG_FLOOR_LIMIT ? mt940_tag34_read(item->value, message->unit.currency, total, &issues)
                                                           : mt940_tag90_read(item->value, total, &issues);
    message->interim = true;
    mt940_place_in(item, 0, "amount", &message->total_places[at]);
    message->trailer.total_count += read;
    if (read) {
        learn_currency(reader, &total->reading);
        status = status ? status : check_currency(reader, item, &total->reading);
    }
    return status ? status : mt940_report_issues(reader, item, &issues);
}

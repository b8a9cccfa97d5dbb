/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_total.c: whether fields 90D and 90C agree with the movements of the message. Banks count expected movements
 * (EC, ED) or not, and leave out those below the floor limit: only what no custom explains is said. Source: SWIFT
 * Standards MT, MT941 and MT942.
 */
#include "statement/reader_total.h"

#include "base/search.h"
#include "statement/report.h"
#include "text/argument.h"

/* Adds `count` movements of one mark, whose numbers together are `reading`. */
static void add(struct mt940_assembly *message, int32_t mark, uint64_t count, const struct mt940_reading *reading)
{
    const struct mt940_amount *amount = &reading->amount;
    struct mt940_tally *tally = &message->tally;
    bool expected = mark == MT940_MARK_EC || mark == MT940_MARK_ED;
    int sign = mt940_mark_sign(mark);
    struct mt940_side *side = &tally->sides[expected][sign > 0];
    if (tally->count == 0)
        tally->scale = amount->scale;
    tally->count += count;
    side->count += count;
    if (reading->ambiguity || amount->scale != tally->scale || amount->units > INT64_MAX - side->units)
        tally->unsure = true;
    else
        side->units += amount->units;
    if (!expected)
        mt940_sums_add(&message->sums, reading, sign);
}

void mt940_plain_settle(struct mt940_assembly *message)
{
    struct mt940_reading reading;
    memset(&reading, 0, sizeof reading);
    reading.amount.scale = message->plain.scale;
    for (uint32_t marks = message->plain.marks; marks; marks &= marks - 1) {
        int32_t mark = (int32_t)mt940_search_lowest(marks);
        struct mt940_side *side = &message->plain.sides[mark];
        reading.amount.units = side->units;
        add(message, mark, side->count, &reading);
        side->count = 0;
        side->units = 0;
    }
    message->plain.marks = 0;
}

void mt940_message_add(struct mt940_assembly *message, int32_t mark, const struct mt940_reading *reading)
{
    mt940_plain_settle(message);
    add(message, mark, 1, reading);
}

/* Brings the units of a field to the scale of the movements; false where that loses something. */
static bool at_scale(const struct mt940_amount *amount, int32_t scale, int64_t *units)
{
    *units = amount->units;
    for (int32_t at = amount->scale; at < scale; at++) {
        if (*units > INT64_MAX / 10)
            return false;
        *units *= 10;
    }
    return amount->scale <= scale;
}

/* A floor limit above zero: smaller movements are counted, but not listed. */
static bool has_floor(const struct mt940_assembly *message)
{
    for (size_t i = 0; i < message->trailer.total_count; i++)
        if (strcmp(message->totals[i].tag, "34F") == 0 && message->totals[i].reading.amount.units != 0)
            return true;
    return false;
}

static bool agrees(const struct mt940_assembly *message, const struct mt940_total *total)
{
    bool credit = strcmp(total->tag, "90C") == 0;
    const struct mt940_tally *tally = &message->tally;
    const struct mt940_side *booked = &tally->sides[0][credit], *expected = &tally->sides[1][credit];
    int64_t units;
    if (!at_scale(&total->reading.amount, tally->count ? tally->scale : total->reading.amount.scale, &units))
        return true;
    if (total->count == (int64_t)booked->count && units == booked->units)
        return true;
    if (total->count == (int64_t)(booked->count + expected->count) && expected->units <= INT64_MAX - booked->units &&
        units == booked->units + expected->units)
        return true;
    return has_floor(message) && total->count >= (int64_t)booked->count;
}

static int report_total(struct mt940_reader *reader, size_t at)
{
    const struct mt940_total *total = &reader->message.totals[at];
    const struct mt940_side *booked = &reader->message.tally.sides[0][strcmp(total->tag, "90C") == 0];
    struct mt940_amount computed = total->reading.amount;
    computed.units = booked->units;
    if (reader->message.tally.count)
        computed.scale = reader->message.tally.scale;
    const struct mt940_message_arg args[] = {mt940_argument_word("tag", total->tag),
                                             mt940_argument_number("count", total->count),
                                             mt940_argument_amount("stated", total->reading.amount),
                                             mt940_argument_number("found", (int64_t)booked->count),
                                             mt940_argument_amount("computed", computed)};
    struct mt940_place place = reader->message.total_places[at];
    place.tag = total->tag;
    return mt940_report(reader, MT940_M_TOTAL_MISMATCH, &place, args, 5);
}

int mt940_reader_check_totals(struct mt940_reader *reader)
{
    const struct mt940_assembly *message = &reader->message;
    int status = 0;
    for (size_t i = 0; i < message->trailer.total_count && status == 0 && !message->tally.unsure; i++)
        if (message->totals[i].count >= 0 && !message->totals[i].reading.ambiguity &&
            !agrees(message, &message->totals[i]))
            status = report_total(reader, i);
    return status;
}

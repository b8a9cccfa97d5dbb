/* SPDX-License-Identifier: Apache-2.0
 *
 * writer.c: messages to bytes: which fields a message has, in which order, what the standard demands of each type,
 * and what stands around it. How a field looks is writer_field.c's and writer_entry.c's business.
 */
#include "statement/strict.h"
#include "statement/writer.h"

enum { mt940 = 940, mt941 = 941, mt942 = 942, mt950 = 950, dos_block = 512 };

static void demand_field(struct mt940_write *write, bool holds, const char *tag, const char *rule)
{
    if (holds)
        return;
    write->mark = write->length;
    write->tag = tag;
    mt940_demand(write, false, rule);
}

static bool wants_envelope(const struct mt940_write *write, int32_t type)
{
    switch (write->options.envelope) {
    case MT940_ENVELOPE_FIN:
        return true;
    case MT940_ENVELOPE_NONE:
        return false;
    default:
        return type == mt941 || type == mt950 || write->hidden || write->options.batch != MT940_BATCH_NONE;
    }
}

static const char missing[] = "the field is missing";
static const char one_currency[] = "the currencies differ (C27)";

static bool same_currency(const struct mt940_write *write, const struct mt940_reading *reading)
{
    return !write->currency[0] || mt940_currencies_match(write->currency, reading);
}

/* What a header must have, and may not have, by its type. */
static void check_header(struct mt940_write *write, const struct mt940_header *header)
{
    bool interim = header->type == mt942, balance = header->type == mt941;
    demand_field(write, header->reference.length > 0, "20", missing);
    demand_field(write, header->account.length > 0, "25", missing);
    demand_field(write, header->number.length > 0, balance ? "28" : "28C", missing);
    demand_field(write, header->opening.kind || balance || interim, "60F", missing);
    demand_field(write, !header->opening.kind || !interim, "60F", "an MT942 has no balances");
    demand_field(write, header->opening.kind != 'M' || !balance, "60M", "an MT941 has no pages");
    demand_field(write, header->creation.length || !interim, "13D", missing);
    demand_field(write, !header->creation.length || interim || balance, "13D", "the field is for MT941 and MT942");
    demand_field(write, header->floor_limit_count || !interim, "34F", missing);
    demand_field(write, !header->floor_limit_count || interim, "34F", "the field is for MT942");
    demand_field(write, mt940_limits_hold(header->floor_limits, header->floor_limit_count), "34F",
                 "one floor limit has no mark, two are D and C (C23)");
    demand_field(write, header->floor_limit_count < 3, "34F", "there are more than two floor limits");
    demand_field(write, !header->related_reference.length || header->type != mt950, "21", "an MT950 has no field 21");
}

static void put_header(struct mt940_write *write, const struct mt940_header *header)
{
    if (header->reference.data)
        mt940_put_reference(write, "20", header->reference);
    if (header->related_reference.length)
        mt940_put_reference(write, "21", header->related_reference);
    if (header->account.data)
        mt940_put_account(write, header);
    if (header->number.length || header->sequence.length)
        mt940_put_number(write, header);
    for (size_t i = 0; i < header->floor_limit_count; i++)
        mt940_put_total(write, &header->floor_limits[i]);
    if (header->creation.length)
        mt940_put_creation(write, header->creation);
    if (header->opening.kind)
        mt940_put_balance(write, header->opening.kind == 'M' ? "60M" : "60F", &header->opening);
}

static void put_start(struct mt940_write *write, const struct mt940_header *header)
{
    if (write->options.batch == MT940_BATCH_RJE && write->any)
        mt940_put_text(write, "$\r\n");
    if (write->options.batch == MT940_BATCH_DOS_PCC)
        mt940_put_char(write, 1);
    if (write->kept) {
        mt940_put_view(write, header->envelope);
        mt940_put_break(write);
    } else if (write->enveloped) {
        mt940_put_envelope(write);
    }
}

/*
 * A bare message without a header goes on where the one before it did not end: a reader ends one at "-" if a header, an
 * envelope or nothing follows, or if a closing balance went before.
 */
static void check_apart(struct mt940_write *write, const struct mt940_header *header)
{
    bool begins = write->enveloped || write->options.batch != MT940_BATCH_NONE || header->reference.data ||
                  header->related_reference.length || header->account.data || header->number.length ||
                  header->sequence.length || header->floor_limit_count || header->creation.length;
    write->tag = "";
    if (write->unclosed && !begins)
        mt940_refuse(write, "without a header the message would be taken for a part of the one before it");
    write->unclosed = true;
    write->in_text = false;
    write->substance = header->opening.kind ||
                       (header->account.data &&
                        (header->reference.data || header->number.length || header->sequence.length));
}

int mt940_write_header(struct mt940_write *write, const struct mt940_header *header)
{
    bool known = header->type == mt940 || header->type == mt941 || header->type == mt942 || header->type == mt950;
    write->mark = write->length;
    write->tag = "";
    write->element = 0;
    if (!known)
        mt940_refuse(write, "the message type is none of 940, 941, 942 and 950");
    write->type = header->type;
    write->kept = mt940_keeps_head(write, header->envelope);
    write->enveloped = write->kept || wants_envelope(write, header->type);
    memcpy(write->currency, header->opening.reading.amount.currency, sizeof write->currency);
    if (!header->opening.kind && header->floor_limit_count)
        memcpy(write->currency, header->floor_limits[0].reading.amount.currency, sizeof write->currency);
    check_header(write, header);
    check_apart(write, header);
    put_start(write, header);
    put_header(write, header);
    write->any = true;
    write->state = MT940_WRITE_INSIDE;
    return write->status;
}

int mt940_write_entry(struct mt940_write *write, const struct mt940_entry *entry)
{
    demand_field(write, write->type != mt941, "61", "an MT941 has no movements");
    demand_field(write, write->type != mt950 || !entry->narrative.data, "86", "an MT950 has no narratives");
    mt940_put_entry(write, entry);
    if (entry->narrative.data)
        mt940_put_narrative(write, entry->narrative);
    write->element++;
    write->in_text = write->substance = true;
    return write->status;
}

static void check_trailer(struct mt940_write *write, const struct mt940_trailer *trailer)
{
    const struct mt940_balance *closing = &trailer->closing;
    bool sums = write->type == mt941 || write->type == mt942;
    demand_field(write, closing->kind || write->type == mt942, "62F", missing);
    demand_field(write, !closing->kind || write->type != mt942, "62F", "an MT942 has no balances");
    demand_field(write, closing->kind != 'M' || write->type != mt941, "62M", "an MT941 has no pages");
    demand_field(write, !trailer->information.data || write->type != mt950, "86", "an MT950 has no narratives");
    demand_field(write, trailer->forward_count == 0 || write->type != mt950, "65", "an MT950 has no field 65");
    demand_field(write, !closing->kind || !write->currency[0] ||
                            strcmp(closing->reading.amount.currency, write->currency) == 0,
                 "62F", "the balances have different currencies (C27)");
    demand_field(write, !trailer->available.kind || same_currency(write, &trailer->available.reading), "64", one_currency);
    for (size_t i = 0; i < trailer->forward_count; i++)
        demand_field(write, same_currency(write, &trailer->forward[i].reading), "65", one_currency);
    for (size_t i = 0; i < trailer->total_count; i++)
        demand_field(write, sums || strcmp(trailer->totals[i].tag, "34F") == 0, trailer->totals[i].tag,
                     "the field is for MT941 and MT942");
    for (size_t i = 0; i < trailer->total_count; i++)
        demand_field(write, same_currency(write, &trailer->totals[i].reading), trailer->totals[i].tag, one_currency);
}

/* 90D before 90C; the floor limits stood in the header. */
static void put_totals(struct mt940_write *write, const struct mt940_trailer *trailer, const char *tag)
{
    for (size_t i = 0; i < trailer->total_count; i++)
        if (strcmp(trailer->totals[i].tag, tag) == 0)
            mt940_put_total(write, &trailer->totals[i]);
}

static void put_end(struct mt940_write *write, const struct mt940_trailer *trailer)
{
    mt940_put_text(write, write->enveloped ? "-}" : "-");
    if (write->kept && mt940_keeps_behind(write, trailer->envelope))
        mt940_put_view(write, trailer->envelope);
    if (write->options.batch != MT940_BATCH_DOS_PCC) {
        mt940_put_break(write);
        return;
    }
    mt940_put_char(write, 3);
    while (write->written % dos_block != 0 && write->status == 0)
        mt940_put_char(write, ' ');
}

/* The balances and sums behind the movements. */
void mt940_write_closing(struct mt940_write *write, const struct mt940_trailer *trailer)
{
    uint64_t before = write->written;
    check_trailer(write, trailer);
    put_totals(write, trailer, "90D");
    put_totals(write, trailer, "90C");
    if (trailer->closing.kind)
        mt940_put_balance(write, trailer->closing.kind == 'M' ? "62M" : "62F", &trailer->closing);
    if (trailer->available.kind)
        mt940_put_balance(write, "64", &trailer->available);
    for (size_t i = 0; i < trailer->forward_count; i++)
        mt940_put_balance(write, "65", &trailer->forward[i]);
    write->substance = write->substance || trailer->closing.kind;
    write->closed = trailer->closing.kind;
    for (size_t i = 0; i < trailer->total_count; i++)
        write->closed = write->closed || strcmp(trailer->totals[i].tag, "34F") != 0;
    if (write->written > before)
        write->unclosed = write->in_text = false;
}

int mt940_write_trailer(struct mt940_write *write, const struct mt940_trailer *trailer)
{
    write->tag = write->substance ? "86" : "";
    if (!write->substance)
        mt940_refuse(write, "a message without balance, movement, and account with reference or number is none");
    if (trailer->information.data && !write->closed)
        mt940_refuse(write, "without a closing balance or sums the text at the end would be that of a movement");
    if (trailer->information.data)
        mt940_put_narrative(write, trailer->information);
    put_end(write, trailer);
    write->state = MT940_WRITE_BETWEEN;
    return write->status;
}

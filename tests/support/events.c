/* SPDX-License-Identifier: Apache-2.0
 *
 * events.c: sums up the events of the push reader field by field; pointers and padding take no
 * part, the bytes behind the views do.
 */
#include "events.h"

#include <string.h>

static void add_number(struct events *events, int64_t number)
{
    digest_number(&events->digest, (uint64_t)number);
}

static void add_view(struct events *events, const struct mt940_view *view)
{
    add_number(events, view->data != NULL);
    digest_bytes(&events->digest, view->data, view->length);
}

static void add_date(struct events *events, const struct mt940_date *date)
{
    add_number(events, date->year * 10000 + date->month * 100 + date->day);
}

static void add_reading(struct events *events, const struct mt940_reading *reading)
{
    add_number(events, reading->amount.units);
    add_number(events, reading->amount.scale);
    digest_bytes(&events->digest, reading->amount.currency, 4);
    add_number(events, reading->alternative.units);
    add_number(events, reading->ambiguity);
}

static void add_balance(struct events *events, const struct mt940_balance *balance)
{
    add_number(events, balance->kind);
    add_number(events, balance->mark);
    add_date(events, &balance->date);
    add_reading(events, &balance->reading);
    add_view(events, &balance->raw);
    add_number(events, (int64_t)balance->offset);
    add_number(events, balance->line);
}

static int on_begin(void *user, const struct mt940_header *header)
{
    struct events *events = user;
    events->statements++;
    add_number(events, header->index);
    add_number(events, header->type);
    add_number(events, (int64_t)header->offset);
    add_number(events, header->line);
    add_view(events, &header->reference);
    add_view(events, &header->related_reference);
    add_view(events, &header->account);
    add_view(events, &header->account_bic);
    add_view(events, &header->number);
    add_view(events, &header->sequence);
    add_view(events, &header->creation);
    add_view(events, &header->envelope);
    add_number(events, (int64_t)header->envelope_offset);
    add_balance(events, &header->opening);
    return 0;
}

static int on_entry(void *user, const struct mt940_entry *entry)
{
    struct events *events = user;
    events->entries++;
    add_number(events, entry->index);
    add_number(events, entry->line);
    add_number(events, (int64_t)entry->offset);
    add_view(events, &entry->raw);
    add_date(events, &entry->value_date);
    add_date(events, &entry->entry_date);
    add_number(events, entry->mark);
    add_number(events, entry->funds_code);
    add_number(events, entry->type);
    digest_bytes(&events->digest, entry->code, 4);
    add_reading(events, &entry->reading);
    add_view(events, &entry->customer_reference);
    add_view(events, &entry->bank_reference);
    add_view(events, &entry->supplementary);
    add_view(events, &entry->narrative);
    add_number(events, (int64_t)entry->narrative_offset);
    add_number(events, entry->narrative_line);
    return 0;
}

static int on_field(void *user, const struct mt940_raw_field *field)
{
    struct events *events = user;
    events->fields++;
    digest_bytes(&events->digest, field->tag, strlen(field->tag));
    add_view(events, &field->raw);
    add_number(events, (int64_t)field->offset);
    add_number(events, field->line);
    return 0;
}

static int on_end(void *user, const struct mt940_trailer *trailer)
{
    struct events *events = user;
    add_number(events, trailer->entry_count);
    add_number(events, trailer->convention);
    add_number(events, trailer->charset);
    add_number(events, trailer->balanced);
    add_balance(events, &trailer->closing);
    add_balance(events, &trailer->available);
    for (size_t i = 0; i < trailer->forward_count; i++)
        add_balance(events, &trailer->forward[i]);
    for (size_t i = 0; i < trailer->total_count; i++) {
        add_number(events, trailer->totals[i].count);
        add_reading(events, &trailer->totals[i].reading);
        add_view(events, &trailer->totals[i].raw);
    }
    add_view(events, &trailer->information);
    add_view(events, &trailer->envelope);
    add_number(events, trailer->envelope.data ? (int64_t)trailer->envelope_offset : 0);
    add_number(events, trailer->complete);
    add_number(events, trailer->computed.units);
    add_number(events, (int64_t)trailer->error_count << 40 | (int64_t)trailer->warning_count << 20 |
                           trailer->repair_count);
    return 0;
}

static int on_finding(void *user, const struct mt940_finding *finding)
{
    struct events *events = user;
    events->findings++;
    add_number(events, finding->message);
    add_number(events, finding->severity);
    add_number(events, finding->statement);
    add_number(events, finding->line);
    add_number(events, finding->column);
    add_number(events, (int64_t)finding->offset);
    digest_bytes(&events->digest, finding->tag, strlen(finding->tag));
    digest_bytes(&events->digest, finding->subfield, strlen(finding->subfield));
    for (size_t i = 0; i < finding->arg_count; i++)
        add_view(events, &finding->args[i].text);
    return 0;
}

static int feed(struct mt940_reader *reader, const uint8_t *bytes, size_t length, const struct cuts *cuts)
{
    int status = 0;
    size_t piece = 0;
    for (size_t at = 0; at < length && status == 0; piece++) {
        size_t step = cuts ? cuts->sizes[piece % cuts->count] : length;
        step = step == 0 ? 1 : step > length - at ? length - at : step;
        status = mt940_reader_feed(reader, bytes + at, step, NULL);
        at += step;
    }
    return status;
}

int events_read(const void *bytes, size_t length, const struct cuts *cuts,
                const struct mt940_statement_options *options, const struct mt940_allocator *allocator, char *digest,
                struct events *counts)
{
    struct events events;
    struct mt940_handler handler = {sizeof handler, &events, on_begin, on_entry, on_field, on_end, on_finding};
    struct mt940_reader *reader;
    memset(&events, 0, sizeof events);
    int status = mt940_reader_new(options, allocator, &handler, &reader, NULL);
    if (status)
        return status;
    status = feed(reader, bytes, length, cuts);
    if (status == 0)
        status = mt940_reader_finish(reader, NULL);
    mt940_reader_free(reader);
    digest_text(&events.digest, digest);
    if (counts)
        *counts = events;
    return status;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "streamed.h"

#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "mt940connect/statement_writer.h"

struct comparison {
    const struct mt940_document *document;
    struct streamed *out;
    const char *difference;
};

static void add_view(struct mt940_sha256 *hash, struct mt940_view view)
{
    mt940_sha256_part(hash, view.data ? view.data : "", view.length);
}

static void add_number(struct mt940_sha256 *hash, int64_t number)
{
    mt940_sha256_update(hash, &number, sizeof number);
}

static void add_reading(struct mt940_sha256 *hash, const struct mt940_reading *reading)
{
    add_number(hash, reading->amount.units);
    add_number(hash, reading->amount.scale);
    mt940_sha256_update(hash, reading->amount.currency, 4);
    add_number(hash, reading->ambiguity);
}

static void add_date(struct mt940_sha256 *hash, const struct mt940_date *date)
{
    add_number(hash, date->year * 10000 + date->month * 100 + date->day);
}

static void add_balance(struct mt940_sha256 *hash, const struct mt940_balance *balance)
{
    add_number(hash, balance->kind);
    if (!balance->kind)
        return;
    add_number(hash, balance->mark);
    add_date(hash, &balance->date);
    add_reading(hash, &balance->reading);
    add_view(hash, balance->raw);
    add_number(hash, (int64_t)balance->offset);
    add_number(hash, balance->line);
}

static void add_entry(struct mt940_sha256 *hash, const struct mt940_entry *entry)
{
    add_number(hash, (int64_t)entry->offset);
    add_number(hash, entry->line);
    add_number(hash, entry->index);
    add_view(hash, entry->raw);
    add_date(hash, &entry->value_date);
    add_date(hash, &entry->entry_date);
    add_number(hash, entry->mark);
    mt940_sha256_update(hash, &entry->funds_code, 6);
    add_reading(hash, &entry->reading);
    add_view(hash, entry->customer_reference);
    add_view(hash, entry->bank_reference);
    add_view(hash, entry->supplementary);
    add_view(hash, entry->narrative);
    add_number(hash, entry->narrative.data != NULL);
    add_number(hash, (int64_t)entry->narrative_offset);
}

static void add_totals(struct mt940_sha256 *hash, const struct mt940_total *totals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mt940_sha256_update(hash, totals[i].tag, sizeof totals[i].tag);
        add_number(hash, totals[i].count);
        add_number(hash, totals[i].mark);
        add_reading(hash, &totals[i].reading);
        add_view(hash, totals[i].raw);
    }
}

static void add_header(struct mt940_sha256 *hash, const struct mt940_header *header)
{
    add_number(hash, header->index);
    add_number(hash, header->type);
    add_number(hash, (int64_t)header->offset);
    add_number(hash, header->line);
    add_view(hash, header->reference);
    add_view(hash, header->related_reference);
    add_view(hash, header->account);
    add_view(hash, header->account_bic);
    add_view(hash, header->number);
    add_view(hash, header->sequence);
    add_view(hash, header->creation);
    add_balance(hash, &header->opening);
    add_totals(hash, header->floor_limits, header->floor_limit_count);
}

static void add_trailer(struct mt940_sha256 *hash, const struct mt940_trailer *trailer)
{
    add_number(hash, trailer->entry_count);
    add_number(hash, trailer->convention);
    add_number(hash, trailer->charset);
    add_number(hash, trailer->balanced);
    add_balance(hash, &trailer->closing);
    add_balance(hash, &trailer->available);
    for (size_t i = 0; i < trailer->forward_count; i++)
        add_balance(hash, &trailer->forward[i]);
    add_totals(hash, trailer->totals, trailer->total_count);
    add_view(hash, trailer->information);
    add_number(hash, trailer->complete);
    add_number(hash, trailer->error_count);
    add_number(hash, trailer->warning_count);
    add_number(hash, trailer->repair_count);
}

static void digest(const struct mt940_statement *statement, uint8_t out[32])
{
    struct mt940_sha256 hash;
    mt940_sha256_init(&hash);
    add_header(&hash, &statement->header);
    for (size_t i = 0; i < statement->entry_count; i++)
        add_entry(&hash, &statement->entries[i]);
    for (size_t i = 0; i < statement->field_count; i++) {
        mt940_sha256_part(&hash, statement->fields[i].tag, strlen(statement->fields[i].tag));
        add_view(&hash, statement->fields[i].raw);
        add_number(&hash, (int64_t)statement->fields[i].offset);
    }
    add_trailer(&hash, &statement->trailer);
    mt940_sha256_final(&hash, out);
}

static int same_finding(const struct mt940_finding *a, const struct mt940_finding *b)
{
    if (!a || a->message != b->message || a->severity != b->severity || a->statement != b->statement ||
        a->offset != b->offset || a->line != b->line || a->column != b->column || strcmp(a->tag, b->tag) != 0 ||
        a->arg_count != b->arg_count)
        return 0;
    for (size_t i = 0; i < a->arg_count; i++)
        if (a->args[i].number != b->args[i].number || a->args[i].amount.units != b->args[i].amount.units ||
            mt940_view_equal(&a->args[i].text, &b->args[i].text) != 1)
            return 0;
    return 1;
}

static void compare_statement(struct comparison *comparison, const struct mt940_page *page)
{
    const struct mt940_statement *expected =
        mt940_document_statement(comparison->document, comparison->out->statements);
    uint8_t one[32], other[32];
    struct mt940_view source;
    comparison->difference = "statement";
    if (!expected || mt940_document_source(comparison->document, comparison->out->statements++, &source))
        return;
    digest(expected, one);
    digest(page->statement, other);
    if (memcmp(one, other, sizeof one) == 0)
        comparison->difference = source.length == page->end - page->begin ? NULL : "bytes of the page";
}

static int take(void *user, const struct mt940_page *pages, size_t count)
{
    struct comparison *comparison = user;
    struct streamed *out = comparison->out;
    out->most_pages = count > out->most_pages ? count : out->most_pages;
    for (size_t i = 0; i < count && !comparison->difference; i++) {
        out->pages++;
        if (pages[i].begin != out->end)
            comparison->difference = "begin of the page";
        else if (pages[i].statement)
            compare_statement(comparison, &pages[i]);
        for (size_t k = 0; k < pages[i].finding_count && !comparison->difference; k++)
            if (!same_finding(mt940_document_finding(comparison->document, out->findings++), &pages[i].findings[k]))
                comparison->difference = "finding";
        out->end = pages[i].end;
    }
    return comparison->difference ? 1 : 0;
}

static int stream(const char *bytes, size_t length, size_t piece, const struct mt940_statement_options *options,
                  const struct mt940_allocator *allocator, struct comparison *comparison)
{
    struct mt940_stream_handler handler = {sizeof handler, comparison, take};
    struct mt940_stream *made;
    int status = mt940_stream_new(options, allocator, &handler, &made, NULL);
    if (status)
        return status;
    for (size_t at = 0; at < length && status == 0; at += piece) {
        /* A copy of its own size that goes at once: whoever looks at it later is caught by a sanitizer. */
        size_t step = length - at < piece ? length - at : piece;
        char *copy = malloc(step);
        if (!copy)
            abort();
        memcpy(copy, bytes + at, step);
        status = mt940_stream_feed(made, copy, step, NULL);
        free(copy);
    }
    if (status == 0)
        status = mt940_stream_finish(made, NULL);
    mt940_stream_free(made);
    return status;
}

const char *streamed_difference(const void *bytes, size_t length, size_t piece,
                                const struct mt940_allocator *allocator, struct streamed *out)
{
    struct mt940_input input = {.size = sizeof input, .data = bytes, .length = length, .mode = MT940_INPUT_BORROW};
    struct comparison comparison = {NULL, out, NULL};
    struct mt940_statement_options options;
    struct mt940_document *document;
    memset(out, 0, sizeof *out);
    mt940_statement_options_init(&options);
    options.chains = 1;
    if (mt940_document_parse(&input, &options, NULL, &document, NULL))
        return "the document";
    comparison.document = document;
    out->status = stream(bytes, length, piece, &options, allocator, &comparison);
    if (out->status == 0 && !comparison.difference &&
        (out->statements != mt940_document_statement_count(document) ||
         out->findings != mt940_document_finding_count(document) || out->end != length))
        comparison.difference = "how many";
    mt940_document_free(document);
    return comparison.difference;
}

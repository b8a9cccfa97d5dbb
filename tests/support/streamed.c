/* SPDX-License-Identifier: Apache-2.0 */
#include "streamed.h"

#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "mt940connect/statement_writer.h"

/* Pages that were kept, to be looked at when the stream is gone. */
struct kept {
    struct mt940_pages *pages;
    const struct mt940_page *array;
    size_t count;
};

struct comparison {
    const struct mt940_document *document;
    struct streamed *out;
    const char *difference;
    struct mt940_stream *stream;
    int keeps;
    struct kept *kept;
    size_t kept_count, kept_capacity;
};

static void add_view(struct digest *digest, struct mt940_view view)
{
    digest_bytes(digest, view.data ? view.data : "", view.length);
}

static void add_number(struct digest *digest, int64_t number)
{
    digest_number(digest, (uint64_t)number);
}

static void add_reading(struct digest *digest, const struct mt940_reading *reading)
{
    add_number(digest, reading->amount.units);
    add_number(digest, reading->amount.scale);
    digest_bytes(digest, reading->amount.currency, 4);
    add_number(digest, reading->ambiguity);
}

static void add_date(struct digest *digest, const struct mt940_date *date)
{
    add_number(digest, date->year * 10000 + date->month * 100 + date->day);
}

static void add_balance(struct digest *digest, const struct mt940_balance *balance)
{
    add_number(digest, balance->kind);
    if (!balance->kind)
        return;
    add_number(digest, balance->mark);
    add_date(digest, &balance->date);
    add_reading(digest, &balance->reading);
    add_view(digest, balance->raw);
    add_number(digest, (int64_t)balance->offset);
    add_number(digest, balance->line);
}

static void add_entry(struct digest *digest, const struct mt940_entry *entry)
{
    add_number(digest, (int64_t)entry->offset);
    add_number(digest, entry->line);
    add_number(digest, entry->index);
    add_view(digest, entry->raw);
    add_date(digest, &entry->value_date);
    add_date(digest, &entry->entry_date);
    add_number(digest, entry->mark);
    digest_bytes(digest, &entry->funds_code, 6);
    add_reading(digest, &entry->reading);
    add_view(digest, entry->customer_reference);
    add_view(digest, entry->bank_reference);
    add_view(digest, entry->supplementary);
    add_view(digest, entry->narrative);
    add_number(digest, entry->narrative.data != NULL);
    add_number(digest, (int64_t)entry->narrative_offset);
}

static void add_totals(struct digest *digest, const struct mt940_total *totals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        digest_bytes(digest, totals[i].tag, sizeof totals[i].tag);
        add_number(digest, totals[i].count);
        add_number(digest, totals[i].mark);
        add_reading(digest, &totals[i].reading);
        add_view(digest, totals[i].raw);
    }
}

static void add_header(struct digest *digest, const struct mt940_header *header)
{
    add_number(digest, header->index);
    add_number(digest, header->type);
    add_number(digest, (int64_t)header->offset);
    add_number(digest, header->line);
    add_view(digest, header->reference);
    add_view(digest, header->related_reference);
    add_view(digest, header->account);
    add_view(digest, header->account_bic);
    add_view(digest, header->number);
    add_view(digest, header->sequence);
    add_view(digest, header->creation);
    add_view(digest, header->envelope);
    add_number(digest, (int64_t)header->envelope_offset);
    add_balance(digest, &header->opening);
    add_totals(digest, header->floor_limits, header->floor_limit_count);
}

static void add_trailer(struct digest *digest, const struct mt940_trailer *trailer)
{
    add_number(digest, trailer->entry_count);
    add_number(digest, trailer->convention);
    add_number(digest, trailer->charset);
    add_number(digest, trailer->balanced);
    add_balance(digest, &trailer->closing);
    add_balance(digest, &trailer->available);
    for (size_t i = 0; i < trailer->forward_count; i++)
        add_balance(digest, &trailer->forward[i]);
    add_totals(digest, trailer->totals, trailer->total_count);
    add_view(digest, trailer->information);
    add_view(digest, trailer->envelope);
    add_number(digest, trailer->envelope.data ? (int64_t)trailer->envelope_offset : 0);
    add_number(digest, trailer->complete);
    add_number(digest, trailer->error_count);
    add_number(digest, trailer->warning_count);
    add_number(digest, trailer->repair_count);
}

static void sum_up(const struct mt940_statement *statement, struct digest *out)
{
    *out = (struct digest){0};
    add_header(out, &statement->header);
    for (size_t i = 0; i < statement->entry_count; i++)
        add_entry(out, &statement->entries[i]);
    for (size_t i = 0; i < statement->field_count; i++) {
        digest_bytes(out, statement->fields[i].tag, strlen(statement->fields[i].tag));
        add_view(out, statement->fields[i].raw);
        add_number(out, (int64_t)statement->fields[i].offset);
    }
    add_trailer(out, &statement->trailer);
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
    struct digest one, other;
    struct mt940_view source;
    comparison->difference = "statement";
    if (!expected || mt940_document_source(comparison->document, comparison->out->statements++, &source))
        return;
    sum_up(expected, &one);
    sum_up(page->statement, &other);
    if (memcmp(&one, &other, sizeof one) == 0)
        comparison->difference = source.length == page->end - page->begin ? NULL : "bytes of the page";
}

static int take(struct comparison *comparison, const struct mt940_page *pages, size_t count)
{
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

static int keep(struct comparison *comparison, const struct mt940_page *pages, size_t count)
{
    struct mt940_error error = {.size = sizeof error};
    struct kept kept = {NULL, pages, count};
    if (comparison->kept_count == comparison->kept_capacity) {
        comparison->kept_capacity = comparison->kept_capacity * 2 + 8;
        comparison->kept = realloc(comparison->kept, comparison->kept_capacity * sizeof *comparison->kept);
        if (!comparison->kept)
            abort();
    }
    int status = mt940_stream_keep(comparison->stream, &kept.pages, &error);
    if (status)
        return status == MT940_E_MEMORY ? 2 : 3;
    if (mt940_stream_keep(comparison->stream, &kept.pages, &error) != MT940_E_STATE)
        return 3;
    comparison->kept[comparison->kept_count++] = kept;
    return 0;
}

static int on_statement(void *user, const struct mt940_page *pages, size_t count)
{
    struct comparison *comparison = user;
    return comparison->keeps ? keep(comparison, pages, count) : take(comparison, pages, count);
}

/* The other way round: no page may need another one, or the stream. */
static void take_kept(struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->kept_count; i++)
        if (!comparison->difference)
            (void)take(comparison, comparison->kept[i].array, comparison->kept[i].count);
    while (comparison->kept_count > 0)
        mt940_pages_free(comparison->kept[--comparison->kept_count].pages);
    free(comparison->kept);
}

static int stream(const char *bytes, size_t length, size_t piece, const struct mt940_statement_options *options,
                  const struct mt940_allocator *allocator, struct comparison *comparison)
{
    struct mt940_stream_handler handler = {sizeof handler, comparison, on_statement};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_stream *made;
    int status = mt940_stream_new(options, allocator, &handler, &made, NULL);
    if (status)
        return status;
    comparison->stream = made;
    for (size_t at = 0; at < length && status == 0; at += piece) {
        /* A copy of its own size that goes at once: whoever looks at it later is caught by a sanitizer. */
        size_t step = length - at < piece ? length - at : piece;
        char *copy = malloc(step);
        if (!copy)
            abort();
        memcpy(copy, bytes + at, step);
        status = mt940_stream_feed(made, copy, step, &error);
        free(copy);
    }
    if (status == 0)
        status = mt940_stream_finish(made, &error);
    mt940_stream_free(made);
    take_kept(comparison);
    return status == MT940_E_CALLBACK && error.detail == 2 ? MT940_E_MEMORY : status;
}

const char *streamed_difference(const void *bytes, size_t length, size_t piece, int keeps,
                                const struct mt940_allocator *allocator, struct streamed *out)
{
    struct mt940_input input = {.size = sizeof input, .data = bytes, .length = length, .mode = MT940_INPUT_BORROW};
    struct comparison comparison = {.out = out, .keeps = keeps};
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

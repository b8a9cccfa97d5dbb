/* SPDX-License-Identifier: Apache-2.0
 *
 * document.c: the push reader's events collected into one immutable document. The input is one
 * block, so the reader's raw views point into it and stay. How a statement is put together is collect.c's business.
 */
#include "base/export.h"
#include "base/failure.h"
#include "statement/chain.h"
#include "statement/collect.h"
#include "statement/reader.h"
#include "statement/writer.h"

struct mt940_document {
    struct mt940_arena arena;
    struct mt940_statement *statements;
    size_t statement_count, statement_capacity;
    struct mt940_finding_list findings;
    struct mt940_view bytes; /* the input */
    void (*release)(void *user);
    void *release_user;
};

struct collecting {
    struct mt940_document *document;
    struct mt940_collector collector;
};

static int on_begin(void *user, const struct mt940_header *header)
{
    struct collecting *collecting = user;
    return mt940_collect_begin(&collecting->collector, header);
}

static int on_entry(void *user, const struct mt940_entry *entry)
{
    struct collecting *collecting = user;
    return mt940_collect_entry(&collecting->collector, entry);
}

static int on_field(void *user, const struct mt940_raw_field *field)
{
    struct collecting *collecting = user;
    return mt940_collect_field(&collecting->collector, field);
}

static int on_finding(void *user, const struct mt940_finding *finding)
{
    struct collecting *collecting = user;
    return mt940_collect_finding(&collecting->collector, finding);
}

static int on_end(void *user, const struct mt940_trailer *trailer)
{
    struct collecting *collecting = user;
    struct mt940_document *document = collecting->document;
    void *array = document->statements;
    if (mt940_collect_end(&collecting->collector, trailer) ||
        mt940_collector_grow(&collecting->collector, &array, &document->statement_capacity, document->statement_count,
                             sizeof *document->statements))
        return 1;
    document->statements = array;
    document->statements[document->statement_count++] = collecting->collector.statement;
    return 0;
}

static int collect(struct mt940_document *document, const struct mt940_statement_options *options, const void *data,
                   size_t length, struct mt940_error *error)
{
    struct collecting collecting = {.document = document};
    struct mt940_collector *collector = &collecting.collector;
    struct mt940_handler handler = {sizeof handler, &collecting, on_begin, on_entry, on_field, on_end, on_finding};
    struct mt940_reader *reader;
    collector->arena = &document->arena;
    collector->findings = &document->findings;
    int status = mt940_reader_new(options, &document->arena.memory, &handler, &reader, error);
    if (status)
        return status;
    status = mt940_reader_read_all(reader, data, length, &document->arena, error);
    mt940_reader_free(reader);
    if (status == 0 && collector->status == 0 && options->chains)
        (void)mt940_chain_report(document->statements, document->statement_count, on_finding, &collecting);
    mt940_collector_free(collector, &document->arena.memory);
    if (collector->status)
        return mt940_fail(error, collector->status, collector->status == MT940_E_LIMIT ? MT940_LIMIT_MEMORY : 0, NULL);
    if (status)
        return status;
    status = mt940_findings_sort(&document->findings, &document->arena);
    return status ? mt940_fail(error, status, 0, NULL) : MT940_OK;
}

static void release_input(const struct mt940_input *input)
{
    if (input->mode == MT940_INPUT_BORROW && input->release)
        input->release(input->user);
}

struct mt940_view mt940_document_bytes(const struct mt940_document *document)
{
    return document->bytes;
}

static int check_input(const struct mt940_input *input)
{
    if (!input || mt940_check_size(input, input->size, sizeof *input, sizeof *input))
        return MT940_E_ARGUMENT;
    bool known = input->mode == MT940_INPUT_COPY || input->mode == MT940_INPUT_BORROW;
    return known && (input->data || input->length == 0) ? 0 : MT940_E_ARGUMENT;
}

/* An empty document with its arena; the caller frees it on failure. */
static int new_document(const struct mt940_statement_options *options, const struct mt940_allocator *allocator,
                        struct mt940_document **out)
{
    struct mt940_allocator memory;
    int status = mt940_memory_init(&memory, allocator);
    if (status)
        return status;
    struct mt940_document *document = mt940_memory_alloc(&memory, sizeof *document);
    if (!document)
        return MT940_E_MEMORY;
    memset(document, 0, sizeof *document);
    mt940_arena_init(&document->arena, &memory, options->max_memory);
    *out = document;
    return 0;
}

/* Takes over the input: a copy in the arena, or the promise to release it with the document. */
static int take_input(struct mt940_document *document, const struct mt940_input *input, const char **data)
{
    *data = input->data;
    if (input->mode == MT940_INPUT_BORROW) {
        document->release = input->release;
        document->release_user = input->user;
    } else {
        *data = mt940_arena_copy(&document->arena, input->data, input->length);
    }
    document->bytes = mt940_view_of(*data, input->length);
    return *data || input->length == 0 ? 0 : document->arena.status;
}

MT940_EXPORT int mt940_document_parse(const struct mt940_input *input, const struct mt940_statement_options *options,
                                      const struct mt940_allocator *allocator, struct mt940_document **out,
                                      struct mt940_error *error)
{
    enum { default_max_bytes = 1 << 30 };
    struct mt940_statement_options chosen;
    struct mt940_document *document = NULL;
    const char *data = NULL;
    int status = check_input(input);
    if (status || !out)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "input: set size, mode and data");
    mt940_statement_options_init(&chosen);
    if (options && mt940_check_size(options, options->size, sizeof chosen, sizeof chosen)) {
        release_input(input);
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "options: set size with mt940_statement_options_init()");
    }
    if (options)
        chosen = *options;
    if (!chosen.max_bytes)
        chosen.max_bytes = default_max_bytes;
    status = new_document(&chosen, allocator, &document);
    if (status) {
        release_input(input);
        return mt940_fail(error, status, 0, NULL);
    }
    if (input->length > chosen.max_bytes) {
        status = mt940_fail(error, MT940_E_LIMIT, MT940_LIMIT_BYTES, "the input has more bytes than options.max_bytes");
        document->release = input->mode == MT940_INPUT_BORROW ? input->release : NULL;
        document->release_user = input->user;
    } else if ((status = take_input(document, input, &data)) != 0) {
        status = mt940_fail(error, status, status == MT940_E_LIMIT ? MT940_LIMIT_MEMORY : 0, NULL);
    } else {
        status = collect(document, &chosen, data, input->length, error);
    }
    if (status)
        mt940_document_free(document);
    else
        *out = document;
    return status;
}

MT940_EXPORT void mt940_document_free(struct mt940_document *document)
{
    if (!document)
        return;
    struct mt940_allocator memory = document->arena.memory;
    mt940_memory_free(&memory, document->statements, document->statement_capacity * sizeof *document->statements);
    mt940_memory_free(&memory, document->findings.items, document->findings.capacity * sizeof *document->findings.items);
    mt940_arena_free(&document->arena);
    if (document->release)
        document->release(document->release_user);
    mt940_memory_free(&memory, document, sizeof *document);
}

MT940_EXPORT size_t mt940_document_statement_count(const struct mt940_document *document)
{
    return document ? document->statement_count : 0;
}

MT940_EXPORT int mt940_document_source(const struct mt940_document *document, size_t index, struct mt940_view *out)
{
    if (!document || !out)
        return MT940_E_ARGUMENT;
    if (index >= document->statement_count)
        return MT940_E_NOT_FOUND;
    size_t begin = index ? (size_t)document->statements[index].header.offset : 0;
    bool last = index + 1 == document->statement_count;
    size_t end = last ? document->bytes.length : (size_t)document->statements[index + 1].header.offset;
    *out = mt940_view_slice(document->bytes, begin, end - begin);
    return 0;
}

MT940_EXPORT const struct mt940_statement *mt940_document_statement(const struct mt940_document *document, size_t index)
{
    return document && index < document->statement_count ? &document->statements[index] : NULL;
}

MT940_EXPORT size_t mt940_document_finding_count(const struct mt940_document *document)
{
    return document ? document->findings.count : 0;
}

MT940_EXPORT const struct mt940_finding *mt940_document_finding(const struct mt940_document *document, size_t index)
{
    return document && index < document->findings.count ? &document->findings.items[index] : NULL;
}

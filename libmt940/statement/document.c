/* SPDX-License-Identifier: Apache-2.0
 *
 * document.c: the push reader's events collected into one immutable document. The input is one
 * block, so the reader's raw views point into it and stay; only header texts, verdicts and
 * findings are copied. Amounts get their final reading here.
 */
#include "base/export.h"
#include "base/failure.h"
#include "base/sort.h"
#include "statement/chain.h"
#include "statement/reader.h"
#include "statement/reading.h"
#include "statement/writer.h"

struct mt940_document {
    struct mt940_arena arena;
    struct mt940_statement *statements;
    size_t statement_count, statement_capacity;
    struct mt940_finding *findings;
    size_t finding_count, finding_capacity;
    struct mt940_view bytes; /* the input */
    void (*release)(void *user);
    void *release_user;
};

/* The statement that is being collected. */
struct collector {
    struct mt940_document *document;
    struct mt940_statement current;
    struct mt940_entry *entries;
    size_t entry_count, entry_capacity;
    struct mt940_raw_field *fields;
    size_t field_count, field_capacity;
    int status;
};

/* Makes room for one more element of a growing array; the callbacks return 1 on failure. */
static int grow(struct collector *collector, void **array, size_t *capacity, size_t count, size_t element)
{
    struct mt940_arena *arena = &collector->document->arena;
    int status = mt940_memory_reserve(&arena->memory, array, capacity, count + 1, element);
    if (status == 0 && arena->limit && (uint64_t)*capacity * element > arena->limit)
        status = MT940_E_LIMIT;
    if (status)
        collector->status = status;
    return status != 0;
}

static int keep_view(struct collector *collector, struct mt940_view *view)
{
    if (mt940_arena_view(&collector->document->arena, view, view) == 0)
        return 0;
    collector->status = collector->document->arena.status;
    return 1;
}

static int on_begin(void *user, const struct mt940_header *header)
{
    struct collector *collector = user;
    struct mt940_header *kept = &collector->current.header;
    memset(&collector->current, 0, sizeof collector->current);
    collector->entry_count = collector->field_count = 0;
    *kept = *header;
    return keep_view(collector, &kept->reference) || keep_view(collector, &kept->related_reference) ||
           keep_view(collector, &kept->account) || keep_view(collector, &kept->account_bic) ||
           keep_view(collector, &kept->number) || keep_view(collector, &kept->sequence) ||
           keep_view(collector, &kept->creation) || keep_view(collector, &kept->opening.raw);
}

static int on_entry(void *user, const struct mt940_entry *entry)
{
    struct collector *collector = user;
    void *array = collector->entries;
    int failed = grow(collector, &array, &collector->entry_capacity, collector->entry_count, sizeof *entry);
    collector->entries = array;
    if (!failed)
        collector->entries[collector->entry_count++] = *entry;
    return failed;
}

static int on_field(void *user, const struct mt940_raw_field *field)
{
    struct collector *collector = user;
    void *array = collector->fields;
    int failed = grow(collector, &array, &collector->field_capacity, collector->field_count, sizeof *field);
    collector->fields = array;
    if (failed)
        return 1;
    /* One that came before the header was handed out does not lie in the input. */
    collector->fields[collector->field_count] = *field;
    return keep_view(collector, &collector->fields[collector->field_count++].raw);
}

static int on_finding(void *user, const struct mt940_finding *finding)
{
    struct collector *collector = user;
    struct mt940_document *document = collector->document;
    void *array = document->findings;
    int failed = grow(collector, &array, &document->finding_capacity, document->finding_count, sizeof *finding);
    document->findings = array;
    if (failed)
        return 1;
    struct mt940_finding *kept = &document->findings[document->finding_count];
    *kept = *finding;
    struct mt940_message_arg *args = mt940_arena_alloc(&document->arena, (finding->arg_count + 1) * sizeof *args);
    if (!args) {
        collector->status = document->arena.status;
        return 1;
    }
    if (finding->arg_count)
        memcpy(args, finding->args, finding->arg_count * sizeof *args);
    for (size_t i = 0; i < finding->arg_count; i++)
        if (keep_view(collector, &args[i].text))
            return 1;
    kept->args = args;
    document->finding_count++;
    return 0;
}

/* Puts the verdict into a reading: one amount, no ambiguity left unless the balance did not decide. */
static void settle(struct mt940_reading *reading, int32_t convention, bool decided)
{
    mt940_reading_under(reading, convention, &reading->amount);
    if (decided)
        reading->ambiguity = 0;
}

static void *copy_array(struct collector *collector, const void *array, size_t count, size_t element)
{
    void *copy = mt940_arena_alloc(&collector->document->arena, count * element + 1);
    if (!copy)
        collector->status = collector->document->arena.status;
    else if (count)
        memcpy(copy, array, count * element);
    return copy;
}

static int keep_trailer(struct collector *collector, struct mt940_trailer *trailer)
{
    struct mt940_balance *forward = copy_array(collector, trailer->forward, trailer->forward_count, sizeof *forward);
    struct mt940_total *totals = copy_array(collector, trailer->totals, trailer->total_count, sizeof *totals);
    if (!forward || !totals)
        return 1;
    for (size_t i = 0; i < trailer->forward_count; i++)
        if (keep_view(collector, &forward[i].raw))
            return 1;
    for (size_t i = 0; i < trailer->total_count; i++)
        if (keep_view(collector, &totals[i].raw))
            return 1;
    trailer->forward = forward;
    trailer->totals = totals;
    return keep_view(collector, &trailer->closing.raw) || keep_view(collector, &trailer->available.raw) ||
           keep_view(collector, &trailer->information);
}

/* Without a currency in front (no 60a), the movements learn theirs from the closing balance. */
static void name_currency(struct mt940_entry *entry, const char *currency)
{
    if (!entry->reading.amount.currency[0])
        memcpy(entry->reading.amount.currency, currency, sizeof entry->reading.amount.currency);
}

/* The floor limits came before the movements: the header has them too. */
static int keep_floor_limits(struct collector *collector)
{
    const struct mt940_trailer *trailer = &collector->current.trailer;
    struct mt940_header *header = &collector->current.header;
    struct mt940_total *limits =
        mt940_arena_alloc(&collector->document->arena, trailer->total_count * sizeof *limits + 1);
    header->floor_limits = limits;
    header->floor_limit_count = 0;
    if (!limits)
        collector->status = collector->document->arena.status;
    for (size_t i = 0; limits && i < trailer->total_count; i++)
        if (strcmp(trailer->totals[i].tag, "34F") == 0)
            limits[header->floor_limit_count++] = trailer->totals[i];
    return limits == NULL;
}

static int on_end(void *user, const struct mt940_trailer *trailer)
{
    struct collector *collector = user;
    struct mt940_document *document = collector->document;
    struct mt940_statement *statement = &collector->current;
    bool decided = trailer->balanced == 1 && !trailer->undecided;
    void *array = document->statements;
    statement->trailer = *trailer;
    if (keep_trailer(collector, &statement->trailer) || keep_floor_limits(collector))
        return 1;
    for (size_t i = 0; i < collector->entry_count; i++) {
        settle(&collector->entries[i].reading, trailer->convention, decided);
        name_currency(&collector->entries[i], trailer->closing.reading.amount.currency);
    }
    settle(&statement->header.opening.reading, trailer->convention, decided);
    settle(&statement->trailer.closing.reading, trailer->convention, decided);
    statement->entries = copy_array(collector, collector->entries, collector->entry_count, sizeof *statement->entries);
    statement->fields = copy_array(collector, collector->fields, collector->field_count, sizeof *statement->fields);
    statement->entry_count = collector->entry_count;
    statement->field_count = collector->field_count;
    if (!statement->entries || !statement->fields ||
        grow(collector, &array, &document->statement_capacity, document->statement_count, sizeof *statement))
        return 1;
    document->statements = array;
    document->statements[document->statement_count++] = *statement;
    return 0;
}

static int order(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_finding *findings = context;
    return findings[a].offset < findings[b].offset ? -1 : findings[a].offset > findings[b].offset;
}

/* Findings come in order of detection; the verdicts on a message belong to earlier places. Stable. */
static int sort_findings(struct mt940_document *document)
{
    size_t count = document->finding_count;
    struct mt940_arena *arena = &document->arena;
    if (count < 2)
        return 0;
    uint32_t *numbers = mt940_arena_alloc(arena, 2 * count * sizeof *numbers);
    struct mt940_finding *sorted = mt940_arena_alloc(arena, count * sizeof *sorted);
    if (!numbers || !sorted || count > UINT32_MAX)
        return count > UINT32_MAX ? MT940_E_LIMIT : arena->status;
    for (size_t i = 0; i < count; i++)
        numbers[i] = (uint32_t)i;
    mt940_sort(numbers, numbers + count, count, order, document->findings);
    for (size_t i = 0; i < count; i++)
        sorted[i] = document->findings[numbers[i]];
    memcpy(document->findings, sorted, count * sizeof *sorted);
    return 0;
}

static int collect(struct mt940_document *document, const struct mt940_statement_options *options, const void *data,
                   size_t length, struct mt940_error *error)
{
    struct collector collector = {0};
    struct mt940_handler handler = {sizeof handler, &collector, on_begin, on_entry, on_field, on_end, on_finding};
    struct mt940_allocator *memory = &document->arena.memory;
    struct mt940_reader *reader;
    collector.document = document;
    int status = mt940_reader_new(options, memory, &handler, &reader, error);
    if (status)
        return status;
    status = mt940_reader_read_all(reader, data, length, &document->arena, error);
    mt940_reader_free(reader);
    if (status == 0 && collector.status == 0 && options->chains)
        (void)mt940_chain_report(document->statements, document->statement_count, on_finding, &collector);
    mt940_memory_free(memory, collector.entries, collector.entry_capacity * sizeof *collector.entries);
    mt940_memory_free(memory, collector.fields, collector.field_capacity * sizeof *collector.fields);
    if (collector.status)
        return mt940_fail(error, collector.status, collector.status == MT940_E_LIMIT ? MT940_LIMIT_MEMORY : 0, NULL);
    if (status)
        return status;
    status = sort_findings(document);
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
    mt940_memory_free(&memory, document->findings, document->finding_capacity * sizeof *document->findings);
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
    return document ? document->finding_count : 0;
}

MT940_EXPORT const struct mt940_finding *mt940_document_finding(const struct mt940_document *document, size_t index)
{
    return document && index < document->finding_count ? &document->findings[index] : NULL;
}

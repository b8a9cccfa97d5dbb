/* SPDX-License-Identifier: Apache-2.0
 *
 * writer.c: messages to bytes: which fields a message has, in which order, what the standard demands of each type,
 * and what stands around it. How a field looks is writer_field.c's and writer_entry.c's business.
 */
#include "statement/writer.h"

#include "base/export.h"
#include "base/failure.h"
#include "base/memory.h"

enum { mt940 = 940, mt941 = 941, mt942 = 942, mt950 = 950, dos_block = 512 };
enum state { state_between, state_inside };

struct mt940_writer {
    struct mt940_allocator memory;
    struct mt940_write write;
};

MT940_EXPORT void mt940_write_options_init(struct mt940_write_options *options)
{
    if (!options)
        return;
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
}

static int begin(struct mt940_write *write, const struct mt940_write_options *options,
                 const struct mt940_output *output, struct mt940_error *error)
{
    struct mt940_write_options chosen;
    mt940_write_options_init(&chosen);
    if (!output || mt940_check_size(output, output->size, sizeof *output, sizeof *output) || !output->write)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "output: set size and write");
    if (options) {
        if (mt940_check_size(options, options->size, sizeof chosen, sizeof chosen))
            return mt940_fail(error, MT940_E_ARGUMENT, 0, "options: set size with mt940_write_options_init()");
        chosen = *options;
    }
    if (chosen.form < 0 || chosen.form > MT940_WRITE_EXACT || chosen.envelope < 0 ||
        chosen.envelope > MT940_ENVELOPE_FIN || chosen.batch < 0 || chosen.batch > MT940_BATCH_DOS_PCC)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "options: form, envelope or batch");
    memset(write, 0, offsetof(struct mt940_write, buffer));
    write->output = *output;
    write->options = chosen;
    write->error = error;
    write->tag = "";
    return 0;
}

/* Whether a part may come now; it reports to `error` from here on. */
static int resume(struct mt940_write *write, int state, struct mt940_error *error)
{
    write->error = error;
    if (write->status || write->state != state)
        return mt940_fail(error, MT940_E_STATE, 0, "header, movements and trailer come in this order");
    return 0;
}

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

/* C23: one floor limit without a mark, or two of them, D and then C. */
static bool limits_hold(const struct mt940_header *header)
{
    const struct mt940_total *limits = header->floor_limits;
    if (header->floor_limit_count < 2)
        return header->floor_limit_count == 0 || limits[0].mark == MT940_MARK_NONE;
    return limits[0].mark == MT940_MARK_D && limits[1].mark == MT940_MARK_C;
}

/* C27 asks for the first two letters. */
static bool same_currency(const struct mt940_write *write, const struct mt940_reading *reading)
{
    return !write->currency[0] || strncmp(write->currency, reading->amount.currency, 2) == 0;
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
    demand_field(write, limits_hold(header), "34F", "one floor limit has no mark, two are D and C (C23)");
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

static void put_start(struct mt940_write *write)
{
    if (write->options.batch == MT940_BATCH_RJE && write->any)
        mt940_put_text(write, "$\r\n");
    if (write->options.batch == MT940_BATCH_DOS_PCC)
        mt940_put_char(write, 1);
    if (write->enveloped)
        mt940_put_envelope(write);
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
    if (write->unclosed && !begins)
        mt940_refuse(write, "without a header the message would be taken for a part of the one before it");
    write->unclosed = true;
    write->in_text = false;
    write->substance = header->opening.kind ||
                       (header->account.data &&
                        (header->reference.data || header->number.length || header->sequence.length));
}

static int write_header(struct mt940_write *write, const struct mt940_header *header)
{
    bool known = header->type == mt940 || header->type == mt941 || header->type == mt942 || header->type == mt950;
    write->mark = write->length;
    write->tag = "";
    write->element = 0;
    if (!known)
        mt940_refuse(write, "the message type is none of 940, 941, 942 and 950");
    write->type = header->type;
    write->enveloped = wants_envelope(write, header->type);
    memcpy(write->currency, header->opening.reading.amount.currency, sizeof write->currency);
    if (!header->opening.kind && header->floor_limit_count)
        memcpy(write->currency, header->floor_limits[0].reading.amount.currency, sizeof write->currency);
    check_header(write, header);
    check_apart(write, header);
    put_start(write);
    put_header(write, header);
    write->any = true;
    write->state = state_inside;
    return write->status;
}

static int write_entry(struct mt940_write *write, const struct mt940_entry *entry)
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

static void put_end(struct mt940_write *write)
{
    mt940_put_text(write, write->enveloped ? "-}" : "-");
    if (write->options.batch != MT940_BATCH_DOS_PCC) {
        mt940_put_break(write);
        return;
    }
    mt940_put_char(write, 3);
    while (write->written % dos_block != 0 && write->status == 0)
        mt940_put_char(write, ' ');
}

/* The balances and sums behind the movements. */
static void put_closing(struct mt940_write *write, const struct mt940_trailer *trailer)
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

static int write_trailer(struct mt940_write *write, const struct mt940_trailer *trailer)
{
    if (!write->substance)
        mt940_refuse(write, "a message without balance, movement, and account with reference or number is none");
    if (trailer->information.data && !write->closed)
        mt940_refuse(write, "without a closing balance or sums the text at the end would be that of a movement");
    if (trailer->information.data)
        mt940_put_narrative(write, trailer->information);
    put_end(write);
    write->state = state_between;
    return write->status;
}

/*
 * A bare message shows by the interim fields before its movements what it is; where those that could not be read are
 * gone, or sums go behind the movements, it does not.
 */
static bool hides_type(const struct mt940_statement *statement)
{
    const struct mt940_header *header = &statement->header;
    bool sums = statement->trailer.total_count && statement->entry_count + statement->field_count == 0;
    bool interim = header->creation.length || header->floor_limit_count || sums;
    return header->type != (interim && !header->opening.kind ? mt942 : mt940);
}

/* Fields nobody knows stood somewhere between the movements, or behind the closing balance: their offsets say where. */
static int write_statement(struct mt940_write *write, const struct mt940_statement *statement)
{
    const struct mt940_balance *closing = &statement->trailer.closing;
    uint64_t end = closing->kind && closing->offset ? closing->offset : UINT64_MAX;
    size_t field = 0;
    write->hidden = hides_type(statement);
    (void)write_header(write, &statement->header);
    for (size_t i = 0; i < statement->entry_count && write->status == 0; i++) {
        for (; field < statement->field_count && statement->fields[field].offset < statement->entries[i].offset; field++)
            mt940_put_raw(write, &statement->fields[field]);
        (void)write_entry(write, &statement->entries[i]);
    }
    for (; field < statement->field_count && statement->fields[field].offset < end && write->status == 0; field++)
        mt940_put_raw(write, &statement->fields[field]);
    put_closing(write, &statement->trailer);
    for (; field < statement->field_count && write->status == 0; field++)
        mt940_put_raw(write, &statement->fields[field]);
    return write_trailer(write, &statement->trailer);
}

MT940_EXPORT int mt940_writer_new(const struct mt940_write_options *options, const struct mt940_output *output,
                                  const struct mt940_allocator *allocator, struct mt940_writer **out,
                                  struct mt940_error *error)
{
    struct mt940_allocator memory;
    struct mt940_write checked;
    if (!out || mt940_memory_init(&memory, allocator))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "out or allocator");
    int status = begin(&checked, options, output, error);
    if (status)
        return status;
    struct mt940_writer *writer = mt940_memory_alloc(&memory, sizeof *writer);
    if (!writer)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    writer->memory = memory;
    (void)begin(&writer->write, options, output, NULL);
    *out = writer;
    return 0;
}

MT940_EXPORT void mt940_writer_free(struct mt940_writer *writer)
{
    if (!writer)
        return;
    struct mt940_allocator memory = writer->memory;
    mt940_memory_free(&memory, writer, sizeof *writer);
}

MT940_EXPORT int mt940_writer_header(struct mt940_writer *writer, const struct mt940_header *header,
                                     struct mt940_error *error)
{
    if (!writer || !header)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "writer or header");
    int status = resume(&writer->write, state_between, error);
    return status ? status : write_header(&writer->write, header);
}

MT940_EXPORT int mt940_writer_entry(struct mt940_writer *writer, const struct mt940_entry *entry,
                                    struct mt940_error *error)
{
    if (!writer || !entry)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "writer or entry");
    int status = resume(&writer->write, state_inside, error);
    return status ? status : write_entry(&writer->write, entry);
}

MT940_EXPORT int mt940_writer_field(struct mt940_writer *writer, const struct mt940_raw_field *field,
                                    struct mt940_error *error)
{
    if (!writer || !field)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "writer or field");
    int status = resume(&writer->write, state_inside, error);
    if (status)
        return status;
    mt940_put_raw(&writer->write, field);
    return writer->write.status;
}

MT940_EXPORT int mt940_writer_trailer(struct mt940_writer *writer, const struct mt940_trailer *trailer,
                                      struct mt940_error *error)
{
    if (!writer || !trailer)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "writer or trailer");
    int status = resume(&writer->write, state_inside, error);
    if (status)
        return status;
    put_closing(&writer->write, trailer);
    return write_trailer(&writer->write, trailer);
}

MT940_EXPORT int mt940_writer_statement(struct mt940_writer *writer, const struct mt940_statement *statement,
                                        struct mt940_error *error)
{
    if (!writer || !statement)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "writer or statement");
    int status = resume(&writer->write, state_between, error);
    return status ? status : write_statement(&writer->write, statement);
}

MT940_EXPORT int mt940_writer_finish(struct mt940_writer *writer, struct mt940_error *error)
{
    if (!writer)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "writer");
    int status = resume(&writer->write, state_between, error);
    return status ? status : mt940_put_end(&writer->write);
}

MT940_EXPORT int mt940_statement_write(const struct mt940_statement *statement,
                                       const struct mt940_write_options *options, const struct mt940_output *output,
                                       struct mt940_error *error)
{
    struct mt940_write write;
    if (!statement)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "statement");
    int status = begin(&write, options, output, error);
    if (status == 0)
        status = write_statement(&write, statement);
    return status ? status : mt940_put_end(&write);
}

static int write_exact(const struct mt940_document *document, const struct mt940_output *output,
                       struct mt940_error *error)
{
    struct mt940_view bytes = mt940_document_bytes(document);
    int answer = bytes.length ? output->write(output->user, bytes.data, bytes.length) : 0;
    return answer ? mt940_fail(error, MT940_E_CALLBACK, answer, "the output callback stopped the writing") : 0;
}

MT940_EXPORT int mt940_document_write(const struct mt940_document *document, const struct mt940_write_options *options,
                                      const struct mt940_output *output, struct mt940_error *error)
{
    struct mt940_write write;
    if (!document)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "document");
    int status = begin(&write, options, output, error);
    if (status)
        return status;
    if (write.options.form == MT940_WRITE_EXACT)
        return write_exact(document, output, error);
    for (size_t i = 0; i < mt940_document_statement_count(document); i++) {
        status = write_statement(&write, mt940_document_statement(document, i));
        if (status && error && error->size >= sizeof *error)
            error->line = (uint32_t)i + 1;
        if (status)
            return status;
    }
    return mt940_put_end(&write);
}

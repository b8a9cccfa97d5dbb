/* SPDX-License-Identifier: Apache-2.0
 *
 * reader.c: the push reader: feeds the scanner, carries the bytes of an unfinished item from one
 * feed to the next, and knows the limits. What the items mean is in reader_message.c and
 * reader_field.c.
 */
#include "statement/reader.h"

#include "base/export.h"
#include "base/failure.h"

enum { carry_step = 4096 };

MT940_EXPORT void mt940_statement_options_init(struct mt940_statement_options *options)
{
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
    options->max_field = 1u << 20;
    options->max_entries = 10u * 1000 * 1000;
    options->max_statements = 1000u * 1000;
    options->max_findings = 1000;
    options->max_memory = (uint64_t)4 << 30;
}

int mt940_reader_fail(struct mt940_reader *reader, int status, int32_t detail)
{
    if (reader->status == 0) {
        reader->status = status;
        reader->detail = detail;
    }
    return reader->status;
}

/* Names of the limits for people, by enum mt940_limit. */
static const char *const limit_texts[] = {
    "limit", "the input has more bytes than options.max_bytes", "a field has more bytes than options.max_field",
    "a statement has more movements than options.max_entries",
    "the input has more statements than options.max_statements",
    "the document needs more memory than options.max_memory",
};

static int tell(const struct mt940_reader *reader, struct mt940_error *error)
{
    if (reader->status == 0)
        return 0;
    bool limit = reader->status == MT940_E_LIMIT && reader->detail > 0 &&
                 (size_t)reader->detail < sizeof limit_texts / sizeof limit_texts[0];
    return mt940_fail(error, reader->status, reader->detail, limit ? limit_texts[reader->detail] : NULL);
}

MT940_EXPORT int mt940_reader_new(const struct mt940_statement_options *options,
                                  const struct mt940_allocator *allocator, const struct mt940_handler *handler,
                                  struct mt940_reader **out, struct mt940_error *error)
{
    struct mt940_allocator memory;
    struct mt940_statement_options chosen;
    mt940_statement_options_init(&chosen);
    if (!handler || !out || mt940_check_size(handler, handler->size, sizeof *handler, sizeof *handler) ||
        mt940_memory_init(&memory, allocator))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "handler, out or allocator");
    if (options) {
        if (mt940_check_size(options, options->size, sizeof chosen, sizeof chosen))
            return mt940_fail(error, MT940_E_ARGUMENT, 0, "options: set size with mt940_statement_options_init()");
        chosen = *options;
    }
    struct mt940_reader *reader = mt940_memory_alloc(&memory, sizeof *reader);
    if (!reader)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    memset(reader, 0, sizeof *reader);
    reader->memory = memory;
    reader->options = chosen;
    reader->handler = *handler;
    mt940_assembly_reset(&reader->message);
    mt940_scanner_init(&reader->scanner, mt940_reader_item, reader);
    *out = reader;
    return 0;
}

MT940_EXPORT void mt940_reader_free(struct mt940_reader *reader)
{
    if (!reader)
        return;
    struct mt940_allocator memory = reader->memory;
    mt940_memory_free(&memory, reader->carry, reader->carry_capacity);
    mt940_memory_free(&memory, reader->kept, reader->kept_capacity);
    mt940_memory_free(&memory, reader, sizeof *reader);
}

static int append_carry(struct mt940_reader *reader, const char *bytes, size_t length)
{
    void *carry = reader->carry;
    if (length == 0)
        return 0;
    int status = mt940_memory_reserve(&reader->memory, &carry, &reader->carry_capacity, reader->carry_length + length, 1);
    reader->carry = carry;
    if (status)
        return mt940_reader_fail(reader, status, 0);
    memcpy(reader->carry + reader->carry_length, bytes, length);
    reader->carry_length += length;
    return 0;
}

/* Runs the scanner over the caller's bytes themselves; what is unfinished is carried. */
static int run_direct(struct mt940_reader *reader, const char *bytes, size_t length)
{
    size_t consumed = 0;
    if (mt940_scanner_run(&reader->scanner, bytes, length, false, &consumed) || reader->status)
        return mt940_reader_fail(reader, MT940_E_CALLBACK, 0);
    if (length - consumed > (size_t)reader->options.max_field + carry_step)
        return mt940_reader_fail(reader, MT940_E_LIMIT, MT940_LIMIT_FIELD);
    return append_carry(reader, bytes + consumed, length - consumed);
}

/*
 * Adds bytes to the carried ones, in growing steps, until the open item ends; sets *used. From
 * there on the caller's bytes can be read in place again.
 */
static int run_carried(struct mt940_reader *reader, const char *bytes, size_t length, size_t *used)
{
    for (*used = 0; *used < length && reader->carry_length > 0;) {
        size_t consumed = 0;
        size_t step = reader->carry_length > carry_step ? reader->carry_length : carry_step;
        if (step > length - *used)
            step = length - *used;
        if (append_carry(reader, bytes + *used, step))
            return reader->status;
        *used += step;
        if (mt940_scanner_run(&reader->scanner, reader->carry, reader->carry_length, false, &consumed) || reader->status)
            return mt940_reader_fail(reader, MT940_E_CALLBACK, 0);
        reader->carry_length -= consumed;
        if (consumed > 0 && reader->carry_length <= step) {
            *used -= reader->carry_length;
            reader->carry_length = 0;
            return 0;
        }
        if (consumed > 0)
            memmove(reader->carry, reader->carry + consumed, reader->carry_length);
        if (reader->carry_length > (size_t)reader->options.max_field + carry_step)
            return mt940_reader_fail(reader, MT940_E_LIMIT, MT940_LIMIT_FIELD);
    }
    return 0;
}

static void note_text(struct mt940_reader *reader, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length && !reader->any_text; i++)
        reader->any_text = (unsigned char)bytes[i] > ' ';
}

MT940_EXPORT int mt940_reader_feed(struct mt940_reader *reader, const void *bytes, size_t length,
                                   struct mt940_error *error)
{
    const char *data = bytes;
    size_t used = 0;
    if (!reader || (!bytes && length))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "reader or bytes");
    if (reader->status || reader->finished)
        return mt940_fail(error, MT940_E_STATE, 0, "the reader has finished or failed");
    if (length == 0)
        return 0;
    note_text(reader, data, length);
    reader->bytes += length;
    if (reader->options.max_bytes && reader->bytes > reader->options.max_bytes)
        (void)mt940_reader_fail(reader, MT940_E_LIMIT, MT940_LIMIT_BYTES);
    else if (reader->carry_length == 0 || run_carried(reader, data, length, &used) == 0)
        if (used < length)
            (void)run_direct(reader, data + used, length - used);
    return tell(reader, error);
}

/* The end of the stream: the open item, the message, and what is to be said of the whole. */
static int run_final(struct mt940_reader *reader, const char *bytes, size_t length, struct mt940_error *error)
{
    size_t consumed = 0;
    if (length && mt940_scanner_run(&reader->scanner, bytes, length, true, &consumed))
        (void)mt940_reader_fail(reader, MT940_E_CALLBACK, 0);
    if (reader->status == 0)
        (void)mt940_reader_close_stream(reader);
    reader->finished = true;
    return tell(reader, error);
}

int mt940_reader_read_all(struct mt940_reader *reader, const char *bytes, size_t length, struct mt940_error *error)
{
    note_text(reader, bytes, length);
    return run_final(reader, bytes, length, error);
}

MT940_EXPORT int mt940_reader_finish(struct mt940_reader *reader, struct mt940_error *error)
{
    if (!reader)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "reader");
    if (reader->status || reader->finished)
        return mt940_fail(error, MT940_E_STATE, 0, "the reader has finished or failed");
    return run_final(reader, reader->carry, reader->carry_length, error);
}

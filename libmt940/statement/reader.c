/* SPDX-License-Identifier: Apache-2.0
 *
 * reader.c: the push reader: feeds the scanner, carries the bytes of an unfinished item from one
 * feed to the next, and knows the limits. What the items mean is in reader_message.c and
 * reader_field.c.
 */
#include "statement/reader.h"

#include "base/export.h"
#include "base/failure.h"
#include "statement/reader_item.h"
#include "statement/reader_message.h"
#include "statement/reader_state.h"

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
    reader->usual = mt940_usual_best();
    mt940_unit_of("", &reader->last_unit);
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

static void drop_carry(struct mt940_reader *reader, size_t consumed)
{
    reader->carry_length -= consumed;
    if (consumed > 0 && reader->carry_length > 0)
        memmove(reader->carry, reader->carry + consumed, reader->carry_length);
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

/* The scanner met lines that end with "@@": from here on it gets line ends. An odd '@' at the end waits for the next. */
static void translate_carry(struct mt940_reader *reader, size_t from, bool final)
{
    size_t done = mt940_translate_at_signs(reader->carry, from, reader->carry_length, final);
    reader->held = done < reader->carry_length;
    reader->carry_length = done;
}

static void begin_translation(struct mt940_reader *reader)
{
    reader->scanner.at_signs = false;
    reader->scanner.translated = true;
    translate_carry(reader, reader->scanner.resume, false);
}

/* Every byte is carried, for the caller's cannot be changed. */
static int run_translated(struct mt940_reader *reader, const char *bytes, size_t length)
{
    size_t used = 0, consumed;
    do {
        size_t step = length - used < carry_step ? length - used : carry_step;
        size_t from = reader->carry_length;
        if ((reader->held && append_carry(reader, "@", 1)) || append_carry(reader, bytes + used, step))
            return reader->status;
        translate_carry(reader, from, false);
        used += step;
        if (mt940_scanner_run(&reader->scanner, reader->carry, reader->carry_length, false, &consumed) || reader->status)
            return mt940_reader_fail(reader, MT940_E_CALLBACK, 0);
        drop_carry(reader, consumed);
        if (reader->carry_length > (size_t)reader->options.max_field + carry_step)
            return mt940_reader_fail(reader, MT940_E_LIMIT, MT940_LIMIT_FIELD);
    } while (used < length);
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
    if (append_carry(reader, bytes + consumed, length - consumed))
        return reader->status;
    if (!reader->scanner.at_signs)
        return 0;
    begin_translation(reader);
    return run_translated(reader, bytes, 0);
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
        if (reader->scanner.at_signs) {
            drop_carry(reader, consumed);
            begin_translation(reader);
            return 0;
        }
        if (consumed > 0 && reader->carry_length - consumed <= step) {
            *used -= reader->carry_length - consumed;
            reader->carry_length = 0;
            return 0;
        }
        drop_carry(reader, consumed);
        if (reader->carry_length > (size_t)reader->options.max_field + carry_step)
            return mt940_reader_fail(reader, MT940_E_LIMIT, MT940_LIMIT_FIELD);
    }
    return 0;
}

static void run_rest(struct mt940_reader *reader, const char *bytes, size_t length)
{
    if (reader->scanner.translated)
        (void)run_translated(reader, bytes, length);
    else if (length > 0)
        (void)run_direct(reader, bytes, length);
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
    mt940_kind_take(&reader->kind, data, length);
    reader->bytes += length;
    if (reader->options.max_bytes && reader->bytes > reader->options.max_bytes)
        (void)mt940_reader_fail(reader, MT940_E_LIMIT, MT940_LIMIT_BYTES);
    else if (reader->scanner.translated || reader->carry_length == 0 || run_carried(reader, data, length, &used) == 0)
        run_rest(reader, data + used, length - used);
    return tell(reader, error);
}

/*
 * The last bytes, which are `own` if they can be changed; else what has to be changed is copied into `arena`. The
 * scanner may stop once, to ask for line ends.
 */
static void run_last(struct mt940_reader *reader, const char *bytes, size_t length, char *own,
                     struct mt940_arena *arena)
{
    size_t consumed = 0;
    if (mt940_scanner_run(&reader->scanner, bytes, length, true, &consumed))
        (void)mt940_reader_fail(reader, MT940_E_CALLBACK, 0);
    if (!reader->scanner.at_signs || reader->status)
        return;
    length -= consumed;
    char *rest = own ? own + consumed : mt940_arena_copy(arena, bytes + consumed, length);
    if (!rest) {
        (void)mt940_reader_fail(reader, arena->status, arena->status == MT940_E_LIMIT ? MT940_LIMIT_MEMORY : 0);
        return;
    }
    reader->scanner.at_signs = false;
    reader->scanner.translated = true;
    (void)mt940_translate_at_signs(rest, reader->scanner.resume, length, true);
    if (mt940_scanner_run(&reader->scanner, rest, length, true, &consumed))
        (void)mt940_reader_fail(reader, MT940_E_CALLBACK, 0);
}

/* What is to be said of the whole stream. */
static int end_stream(struct mt940_reader *reader, struct mt940_error *error)
{
    if (reader->status == 0)
        (void)mt940_reader_close_stream(reader);
    reader->finished = true;
    return tell(reader, error);
}

int mt940_reader_read_all(struct mt940_reader *reader, const char *bytes, size_t length, struct mt940_arena *arena,
                          struct mt940_error *error)
{
    mt940_kind_take(&reader->kind, bytes, length);
    if (length > 0)
        run_last(reader, bytes, length, NULL, arena);
    return end_stream(reader, error);
}

MT940_EXPORT int mt940_reader_finish(struct mt940_reader *reader, struct mt940_error *error)
{
    if (!reader)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "reader");
    if (reader->status || reader->finished)
        return mt940_fail(error, MT940_E_STATE, 0, "the reader has finished or failed");
    if (reader->held)
        (void)append_carry(reader, "@", 1);
    if (reader->carry_length > 0 && reader->status == 0)
        run_last(reader, reader->carry, reader->carry_length, reader->carry, NULL);
    return end_stream(reader, error);
}

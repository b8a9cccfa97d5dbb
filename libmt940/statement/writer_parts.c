/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_parts.c: the writer that takes messages in parts, for statements that are never whole in memory. Holds the
 * host to their order; what is written is writer.c's business.
 */
#include "base/export.h"
#include "base/failure.h"
#include "base/memory.h"
#include "statement/writer_check.h"

struct mt940_writer {
    struct mt940_allocator memory;
    struct mt940_write write;
};

/* Whether a part may come now; it reports to `error` from here on. */
static int resume(struct mt940_write *write, int state, struct mt940_error *error)
{
    write->error = error;
    if (write->status || write->state != state)
        return mt940_fail(error, MT940_E_STATE, 0, "header, movements and trailer come in this order");
    return 0;
}

MT940_EXPORT int mt940_writer_new(const struct mt940_write_options *options, const struct mt940_output *output,
                                  const struct mt940_allocator *allocator, struct mt940_writer **out,
                                  struct mt940_error *error)
{
    struct mt940_allocator memory;
    struct mt940_write checked;
    if (!out || mt940_memory_init(&memory, allocator))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "out or allocator");
    int status = mt940_write_begin(&checked, options, output, error);
    if (status)
        return status;
    struct mt940_writer *writer = mt940_memory_alloc(&memory, sizeof *writer);
    if (!writer)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    writer->memory = memory;
    (void)mt940_write_begin(&writer->write, options, output, NULL);
    writer->write.options.allocator = &writer->memory;
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
    int status = resume(&writer->write, MT940_WRITE_BETWEEN, error);
    writer->write.hidden = false;
    writer->write.charset = MT940_CHARSET_DETECT;
    return status ? status : mt940_write_header(&writer->write, header);
}

MT940_EXPORT int mt940_writer_entry(struct mt940_writer *writer, const struct mt940_entry *entry,
                                    struct mt940_error *error)
{
    if (!writer || !entry)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "writer or entry");
    int status = resume(&writer->write, MT940_WRITE_INSIDE, error);
    return status ? status : mt940_write_entry(&writer->write, entry);
}

MT940_EXPORT int mt940_writer_field(struct mt940_writer *writer, const struct mt940_raw_field *field,
                                    struct mt940_error *error)
{
    if (!writer || !field)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "writer or field");
    int status = resume(&writer->write, MT940_WRITE_INSIDE, error);
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
    int status = resume(&writer->write, MT940_WRITE_INSIDE, error);
    if (status)
        return status;
    mt940_write_closing(&writer->write, trailer);
    return mt940_write_trailer(&writer->write, trailer);
}

MT940_EXPORT int mt940_writer_statement(struct mt940_writer *writer, const struct mt940_statement *statement,
                                        struct mt940_error *error)
{
    if (!writer || !statement)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "writer or statement");
    int status = resume(&writer->write, MT940_WRITE_BETWEEN, error);
    return status ? status : mt940_write_checked(&writer->write, statement, 1, error);
}

MT940_EXPORT int mt940_writer_finish(struct mt940_writer *writer, struct mt940_error *error)
{
    if (!writer)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "writer");
    int status = resume(&writer->write, MT940_WRITE_BETWEEN, error);
    return status ? status : mt940_put_end(&writer->write);
}

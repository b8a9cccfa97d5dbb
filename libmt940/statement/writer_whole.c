/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_whole.c: whole statements and documents to bytes: what was collected goes out in the order it stood in, once
 * it is known to be read again as what it is (writer_check.c). How a message looks is writer.c's business.
 */
#include "base/export.h"
#include "base/failure.h"
#include "statement/writer_check.h"

MT940_EXPORT void mt940_write_options_init(struct mt940_write_options *options)
{
    if (!options)
        return;
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
}

int mt940_write_begin(struct mt940_write *write, const struct mt940_write_options *options,
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
    if (chosen.form < 0 || chosen.form > MT940_WRITE_AS_READ || chosen.envelope < 0 ||
        chosen.envelope > MT940_ENVELOPE_KEEP || chosen.batch < 0 || chosen.batch > MT940_BATCH_DOS_PCC)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "options: form, envelope or batch");
    memset(write, 0, offsetof(struct mt940_write, buffer));
    write->output = *output;
    write->options = chosen;
    write->error = error;
    write->tag = "";
    write->as_read = chosen.form == MT940_WRITE_AS_READ && !chosen.strict;
    return 0;
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
    return header->type != (interim && !header->opening.kind ? 942 : 940);
}

/* A sum or balance for which a message that was read had no place any more: again none is left behind the others. */
static bool is_surplus(const struct mt940_raw_field *field)
{
    static const char *const tags[] = {"34F", "65", "90C", "90D"};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (strcmp(field->tag, tags[i]) == 0)
            return true;
    return false;
}

/* Writes fields from number `at` on that stood before `end`; the number of the next one. */
static size_t put_fields(struct mt940_write *write, const struct mt940_statement *statement, size_t at, uint64_t end)
{
    for (; at < statement->field_count && statement->fields[at].offset < end && !is_surplus(&statement->fields[at]); at++)
        mt940_put_raw(write, &statement->fields[at]);
    return at;
}

/*
 * Fields nobody knows stood somewhere between the movements, or behind the closing balance: their offsets say where. A
 * balance of the host stands in no line.
 */
int mt940_write_statement(struct mt940_write *write, const struct mt940_statement *statement)
{
    const struct mt940_balance *closing = &statement->trailer.closing;
    uint64_t end = closing->kind && closing->line ? closing->offset : UINT64_MAX;
    size_t field = 0;
    write->hidden = hides_type(statement);
    write->charset = statement->trailer.charset;
    (void)mt940_write_header(write, &statement->header);
    for (size_t i = 0; i < statement->entry_count && write->status == 0; i++) {
        field = put_fields(write, statement, field, statement->entries[i].offset);
        (void)mt940_write_entry(write, &statement->entries[i]);
    }
    field = put_fields(write, statement, field, end);
    mt940_write_closing(write, &statement->trailer);
    for (; field < statement->field_count && write->status == 0; field++)
        mt940_put_raw(write, &statement->fields[field]);
    return mt940_write_trailer(write, &statement->trailer);
}

int mt940_write_checked(struct mt940_write *write, const struct mt940_statement *statements, size_t count,
                        struct mt940_error *error)
{
    struct mt940_write_plan plan;
    bool as_read = write->as_read;
    int status = mt940_write_check(write, statements, count, &plan, error);
    if (status)
        return status;
    for (size_t i = 0; i < count && write->status == 0; i++) {
        mt940_write_follow(write, &plan, i);
        (void)mt940_write_statement(write, &statements[i]);
    }
    mt940_write_plan_free(&plan);
    write->as_read = as_read;
    return write->status;
}

MT940_EXPORT int mt940_statement_write(const struct mt940_statement *statement,
                                       const struct mt940_write_options *options, const struct mt940_output *output,
                                       struct mt940_error *error)
{
    struct mt940_write write;
    if (!statement)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "statement");
    int status = mt940_write_begin(&write, options, output, error);
    if (status == 0)
        status = mt940_write_checked(&write, statement, 1, error);
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
    int status = mt940_write_begin(&write, options, output, error);
    if (status)
        return status;
    if (write.options.form == MT940_WRITE_EXACT)
        return write_exact(document, output, error);
    size_t count = mt940_document_statement_count(document);
    status = mt940_write_checked(&write, mt940_document_statement(document, 0), count, error);
    return status ? status : mt940_put_end(&write);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * read.c: reads a statement file and says what was found. Must not know what it is read for.
 */
#include "read.h"

#include <string.h>

void read_options_init(struct read_options *options)
{
    mt940_statement_options_init(&options->statement);
    options->statement.chains = 1;
}

int read_option(struct session *session, const struct command *command, int number, struct read_options *options)
{
    if (number == OPTION_STRICT) {
        options->statement.strict = 1;
    } else if (number == OPTION_ANY_LINE_ENDS) {
        options->statement.any_line_ends = 1;
    } else if (number == OPTION_CHARSET) {
        options->statement.charset = mt940_charset_from_name(optarg, strlen(optarg));
        if (options->statement.charset <= 0) {
            output_usage(&session->out, command->name, TEXT_BAD_CHARSET, optarg);
            return 0;
        }
    }
    return 1;
}

int read_document(struct output *out, const struct read_options *options, const struct input_file *file,
                  struct mt940_document **document)
{
    struct mt940_input input = {.size = sizeof input, .data = file->bytes, .length = file->length,
                                .mode = MT940_INPUT_BORROW};
    struct mt940_error error = {.size = sizeof error};
    int status = mt940_document_parse(&input, &options->statement, NULL, document, &error);

    if (status == MT940_OK)
        return 1;
    output_status(out, file->name, status, &error);
    return 0;
}

void read_finding(struct output *out, const struct read_options *options, const char *name,
                  const struct mt940_finding *finding, int32_t least)
{
    if (finding->severity >= least)
        output_finding(out, name, finding);
    if (options->statement.strict && finding->severity == MT940_WARNING)
        out->errors++;
}

void read_report(struct output *out, const struct read_options *options, const char *name,
                 const struct mt940_document *document, int32_t least)
{
    size_t count = mt940_document_finding_count(document);

    for (size_t i = 0; i < count; i++)
        read_finding(out, options, name, mt940_document_finding(document, i), least);
}

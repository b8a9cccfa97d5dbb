/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_json.h: one statement message as a JSON object, docs/json/parse.schema.json.
 */
#ifndef CLI_STATEMENT_JSON_H
#define CLI_STATEMENT_JSON_H

#include <mt940connect/statement.h>

#include "json.h"
#include "output.h"

/* What the object says about a message besides the message itself. */
struct statement_json {
    const char *file;
    const struct mt940_statement *statement;
    const char (*ids)[MT940_ID_CAPACITY]; /* one for each entry */
    const struct mt940_document *document;
    size_t first_finding, end_finding; /* its findings in the document */
    const char *raw; /* bytes of the message, NULL = not asked for */
    size_t raw_length;
};

void statement_json_write(struct json *json, const struct output *out, const struct statement_json *line);
/* The array of findings [first, end) of a document. */
void statement_json_findings(struct json *json, const struct output *out, const struct mt940_document *document,
                             size_t first, size_t end);

#endif

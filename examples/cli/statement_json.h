/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_json.h: one statement message as a JSON object, docs/json/parse.schema.json.
 */
#ifndef CLI_STATEMENT_JSON_H
#define CLI_STATEMENT_JSON_H

#include <mt940connect/statement_stream.h>

#include "json.h"
#include "output.h"

/* What the object says about a message besides the message itself. */
struct statement_json {
    const char *file;
    const struct mt940_page *page;        /* the message and its findings */
    const char (*ids)[MT940_ID_CAPACITY]; /* one for each entry */
    const char *raw; /* bytes of the message, NULL = not asked for */
    size_t raw_length;
    int facts; /* 1 = with all facts of each movement */
};

void statement_json_write(struct json *json, const struct output *out, const struct statement_json *line);

#endif

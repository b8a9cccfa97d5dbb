/* SPDX-License-Identifier: Apache-2.0
 *
 * message_json.c: messages and findings as objects. Must not know what they are about.
 */
#include "message_json.h"

#include <stdlib.h>
#include <string.h>

const char *message_json_severity(int32_t severity)
{
    static const char *const names[] = {"info", "repair", "warning", "error"};

    return severity < MT940_INFO || severity > MT940_ERROR ? "error" : names[severity];
}

static void write_text(struct json *json, const struct output *out, int32_t message,
                       const struct mt940_message_arg *args, size_t count)
{
    char *text = output_message_text(out, message, args, count);

    json_text(json, "text", text, strlen(text));
    free(text);
}

void message_json(struct json *json, const struct output *out, const char *key, int32_t message,
                  const struct mt940_message_arg *args, size_t count)
{
    if (message == 0) {
        json_null(json, key);
        return;
    }
    json_object_begin(json, key);
    json_word(json, "severity", message_json_severity(mt940_message_severity(message)));
    json_word(json, "code", output_message_code(message));
    write_text(json, out, message, args, count);
    json_object_end(json);
}

void message_json_finding(struct json *json, const struct output *out, const struct mt940_finding *finding)
{
    json_object_begin(json, NULL);
    json_word(json, "severity", message_json_severity(finding->severity));
    json_word(json, "code", output_message_code(finding->message));
    json_number(json, "line", finding->line);
    json_number(json, "column", finding->column);
    json_number(json, "offset", (int64_t)finding->offset);
    json_word(json, "tag", finding->tag);
    write_text(json, out, finding->message, finding->args, finding->arg_count);
    json_object_end(json);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * message_json.h: what the library says, as JSON.
 */
#ifndef CLI_MESSAGE_JSON_H
#define CLI_MESSAGE_JSON_H

#include "json.h"
#include "output.h"

/* "error" …, English whatever the user's language is. */
const char *message_json_severity(int32_t severity);
/* {"severity","code","text"}; null for message 0. */
void message_json(struct json *json, const struct output *out, const char *key, int32_t message,
                  const struct mt940_message_arg *args, size_t count);
/* A finding of a statement. */
void message_json_finding(struct json *json, const struct output *out, const struct mt940_finding *finding);

#endif

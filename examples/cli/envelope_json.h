/* SPDX-License-Identifier: Apache-2.0
 *
 * envelope_json.h: the envelope of a statement as a member of its JSON object.
 */
#ifndef CLI_ENVELOPE_JSON_H
#define CLI_ENVELOPE_JSON_H

#include <mt940connect/statement.h>

#include "json.h"

/* The member "envelope"; null of a bare message. */
void envelope_json_write(struct json *json, const struct mt940_statement *statement);

#endif

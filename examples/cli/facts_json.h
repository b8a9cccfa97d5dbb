/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_json.h: what a movement's texts say about themselves, as JSON; docs/facts.md.
 */
#ifndef CLI_FACTS_JSON_H
#define CLI_FACTS_JSON_H

#include <mt940connect/facts.h>
#include <mt940connect/narrative.h>

#include "json.h"

/* The member "facts": what the narrative's sub-fields mean, and all that mt940_facts_read() found. */
void facts_json_write(struct json *json, const struct mt940_narrative *parts, const struct mt940_facts *facts);

#endif

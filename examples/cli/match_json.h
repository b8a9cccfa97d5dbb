/* SPDX-License-Identifier: Apache-2.0
 *
 * match_json.h: a match and its reasons, as JSON and as sentences.
 */
#ifndef CLI_MATCH_JSON_H
#define CLI_MATCH_JSON_H

#include <mt940connect/match.h>

#include "json.h"
#include "table.h"

/* The members decision, customer, slot, own_account, new_iban, veto, remarks and candidates. */
void match_json_members(struct json *json, const struct output *out, const struct mt940_match *match);
/* The reasons as notes below a row. */
void match_notes(struct table *table, const struct output *out, const struct mt940_match *match);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * record_json.h: any record of the library as a JSON object, by its description: one member per
 * field, in the order of docs/records.md.
 */
#ifndef CLI_RECORD_JSON_H
#define CLI_RECORD_JSON_H

#include <mt940connect/schema.h>

#include "json.h"

/* Currency of a record's amounts: its field "currency", else `local`. */
void record_currency(int32_t kind, const void *record, const char *local, char out[4]);

/*
 * The members, without braces. Money is a decimal string, a rate too; enumerations are their
 * English names; empty texts and absent dates are null; revisions and contents of files are left
 * out, so is the company, which every line would repeat.
 */
void record_json_members(struct json *json, int32_t kind, const void *record, const char *local_currency);
/* The same as an object. */
void record_json(struct json *json, const char *key, int32_t kind, const void *record, const char *local_currency);

#endif

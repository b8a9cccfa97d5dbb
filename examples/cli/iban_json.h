/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_json.h: a judged IBAN as a line of JSON (docs/json/iban.schema.json).
 */
#ifndef CLI_IBAN_JSON_H
#define CLI_IBAN_JSON_H

#include <mt940connect/iban.h>

#include "json.h"
#include "output.h"

/* Where a text was found in a file; line and column from 1, offset from 0. */
struct iban_place {
    const char *file;
    unsigned long line, column;
    unsigned long long offset;
};

/* An IBAN with what is said about it. */
struct iban_report {
    const char *text;
    size_t length;
    const struct mt940_iban *iban;
    const struct iban_place *place; /* NULL = it was not searched for */
    const struct mt940_iban_suggestion *suggestions;
    size_t suggestion_count;
    int suggested; /* 1 = suggestions were asked for, also when there are none */
};

void iban_json_write(struct json *json, const struct iban_report *report);
/* "changed", "swapped" … */
const char *iban_json_mistake(int32_t mistake);

#endif

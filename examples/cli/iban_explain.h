/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_explain.h: a judged IBAN taken apart for people.
 */
#ifndef CLI_IBAN_EXPLAIN_H
#define CLI_IBAN_EXPLAIN_H

#include "iban_json.h"

/* The sentence for a reason other than VALID, for free(). */
char *iban_reason_text(const struct output *out, const struct mt940_iban *iban);
/* Prints what was looked at, one thing a line, and the verdict. */
void iban_explain(const struct output *out, const struct iban_report *report);

#endif

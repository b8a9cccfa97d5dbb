/* SPDX-License-Identifier: Apache-2.0
 *
 * invoice_text.h: what became of an invoice, for people and as JSON.
 */
#ifndef CLI_INVOICE_TEXT_H
#define CLI_INVOICE_TEXT_H

#include <mt940connect/invoice.h>

#include "json.h"
#include "output.h"
#include "table.h"

/* One line: outcome, invoice, rows, notices, figures, closings. */
void invoice_json(struct json *json, const struct output *out, const struct mt940_invoice_result *result,
                  const char *local_currency);
/* Notices as diagnostics of `number`; how to consent to what asks. */
void invoice_notices(struct output *out, const char *number, const struct mt940_invoice_result *result);
/* The payment rows and the figures of the totals. */
void invoice_print(const struct output *out, const struct mt940_invoice_result *result);
/* A notice as a JSON object of an array. */
void notice_json(struct json *json, const struct output *out, const struct mt940_dbs_notice *notice);
/* A figure as a JSON object. */
void figure_json(struct json *json, const char *key, const struct mt940_dbs_figure *figure);
void figure_print(const struct output *out, const struct mt940_dbs_figure *figures, size_t count);
/* "proceed", "warn", "block". */
const char *outcome_name(int32_t outcome);

/* Rows of an invoice as a table. */
void invoice_print_rows(const struct output *out, const struct mt940_payment *rows, size_t count);

#endif

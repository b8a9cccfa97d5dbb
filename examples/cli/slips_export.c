/* SPDX-License-Identifier: Apache-2.0
 *
 * slips_export.c: a slip line under the slip it belongs to, a column per field. The columns are
 * described in docs/slip.md and only grow at the end.
 */
#include "slips_export.h"

#include <stddef.h>
#include <string.h>

static const char *const heading[] = {
    "slip", "line", "state", "type", "date", "document_number", "kind", "side", "bank_account", "customer",
    "gl_account", "service", "amount", "currency", "rate", "rate_kind", "local_amount", "value_date",
    "transaction_code", "customer_branch", "customer_account", "customer_iban", "dbs", "description",
    "slip_description", "movement", "reverses", "external_id", "host_fields", "actor",
};

void slips_export_heading(struct csv *csv)
{
    for (size_t i = 0; i < sizeof heading / sizeof *heading; i++)
        csv_word(csv, heading[i]);
    csv_end(csv);
}

static void write_rate(struct csv *csv, int64_t rate)
{
    char text[40];
    int length = rate == 0 ? 0 : mt940_decimal_format(rate, 8, 4, text);

    csv_text(csv, text, (size_t)length);
}

static void write_line(struct csv *csv, const struct mt940_slip *slip, const struct mt940_slip_line *line,
                       const struct mt940_view *local)
{
    csv_view(csv, &slip->id);
    csv_number(csv, line->line);
    csv_word(csv, mt940_enum_name(MT940_ENUM_DOCUMENT_STATE, slip->state, "en"));
    csv_number(csv, slip->type);
    csv_date(csv, &slip->date);
    csv_view(csv, &slip->document_number);
    csv_word(csv, mt940_enum_name(MT940_ENUM_LINE_KIND, line->kind, "en"));
    csv_word(csv, mt940_enum_name(MT940_ENUM_ENTRY_SIDE, line->side, "en"));
    csv_view(csv, &line->bank_account);
    csv_view(csv, &line->customer);
    csv_view(csv, &line->gl_account);
    csv_view(csv, &line->service);
    csv_money(csv, line->amount, &line->currency);
    csv_view(csv, &line->currency);
    write_rate(csv, line->rate);
    csv_view(csv, &line->rate_kind);
    csv_money(csv, line->local_amount, local);
    csv_date(csv, &line->value_date);
    csv_view(csv, &line->transaction_code);
    csv_view(csv, &line->branch);
    csv_view(csv, &line->account);
    csv_view(csv, &line->iban);
    csv_number(csv, line->dbs);
    csv_view(csv, &line->description);
    csv_view(csv, &slip->description);
    csv_view(csv, &slip->movement);
    csv_view(csv, &slip->reverses);
    csv_view(csv, &slip->external_id);
    csv_view(csv, &slip->host_fields);
    csv_view(csv, &slip->actor);
    csv_end(csv);
}

void slips_export_write(struct csv *csv, const struct mt940_slip_view *view, const char *local_currency)
{
    struct mt940_view local;

    mt940_view_from_string(local_currency, &local);
    for (size_t i = 0; i < view->line_count; i++)
        write_line(csv, view->slip, &view->lines[i], &local);
}

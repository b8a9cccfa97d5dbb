/* SPDX-License-Identifier: Apache-2.0
 *
 * row.c: what may be said of a judged row by whoever judges a part of it. Must not ask anybody anything.
 */
#include "flow/row.h"

#include "text/argument.h"

void mt940_row_refuse(struct mt940_judged_row *row, int32_t message, const char *name, const struct mt940_view *text)
{
    row->message = message;
    row->arg_count = 0;
    if (!text)
        return;
    row->args[0] = mt940_argument_text(name, *text);
    row->arg_count = 1;
}

struct mt940_slip_line *mt940_row_customer_line(struct mt940_slip_proposal *proposal)
{
    for (uint32_t i = 0; i < proposal->line_count; i++)
        if (proposal->lines[i].kind == MT940_LINE_KIND_CUSTOMER)
            return &proposal->lines[i];
    return NULL;
}

void mt940_row_end(struct mt940_judged_row *row)
{
    mt940_found_free(&row->banks);
    mt940_found_free(&row->named);
    mt940_found_free(&row->payments);
    mt940_found_free(&row->lessons);
}

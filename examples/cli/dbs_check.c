/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_check.c: what sales would do to the limits, one after the other; nothing is written.
 */
#include <stdlib.h>

#include "buffer.h"
#include "dbs_call.h"
#include "invoice_text.h"

static void print(struct dbs *dbs, const struct mt940_dbs_figure *figures, size_t count, int32_t outcome)
{
    struct output *out = &dbs->workspace->session->out;

    for (size_t i = 0; i < count && out->json; i++) {
        json_line_begin(dbs->json);
        figure_json(dbs->json, "figure", &figures[i]);
        json_line_end(dbs->json);
    }
    if (count > 1 && out->json) {
        json_line_begin(dbs->json);
        json_number(dbs->json, "sales", (int64_t)count);
        json_word(dbs->json, "outcome", outcome_name(outcome));
        json_line_end(dbs->json);
    }
    if (!out->json)
        figure_print(out, figures, count);
    for (size_t i = 0; i < count; i++) {
        struct mt940_message_arg args[MT940_DBS_NOTICE_ARGS];
        struct mt940_dbs_notice notice;

        if (!mt940_dbs_figure_notice(&figures[i], &notice))
            continue;
        mt940_dbs_notice_args(&notice, args);
        output_message(out, NULL, notice.message, args, MT940_DBS_NOTICE_ARGS);
    }
    if (outcome != MT940_DBS_PROCEED && out->errors == 0)
        out->errors = 1;
}

static int read_sales(struct dbs *dbs, struct mt940_dbs_sale *sales)
{
    for (int i = 0; i + 2 < dbs->operand_count; i += 3) {
        struct mt940_dbs_sale *sale = &sales[i / 3];
        struct dbs_record record;

        if (!dbs_find_record(dbs, dbs->operands + i, &record) ||
            !dbs_read_amount(dbs, &record, dbs->operands[i + 2], &sale->amount))
            return 0;
        sale->customer = record.customer;
        sale->slot = record.slot;
    }
    return 1;
}

void dbs_check(struct dbs *dbs)
{
    size_t count = (size_t)dbs->operand_count / 3;
    struct mt940_dbs_sale *sales = memory_zeroed(count, sizeof *sales);
    struct mt940_dbs_figure *figures = memory_zeroed(count, sizeof *figures);
    struct mt940_error error = {.size = sizeof error};
    int32_t outcome = MT940_DBS_BLOCK;
    int status;

    if (read_sales(dbs, sales)) {
        status = mt940_flow_dbs_what_if(dbs->workspace->flow, sales, count, figures, &outcome, &error);
        if (status == MT940_OK)
            print(dbs, figures, count, outcome);
        else
            workspace_failed(dbs->workspace, status, &error);
    }
    free(sales);
    free(figures);
}

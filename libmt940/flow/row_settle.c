/* SPDX-License-Identifier: Apache-2.0
 *
 * row_settle.c: asks for the open rows and rates that the settlement of a line needs, and lets it speak (dbs.h).
 */
#include "flow/row_settle.h"

#include "flow/rates.h"
#include "flow/row_books.h"

int mt940_row_settle(const struct mt940_row_frame *frame, struct mt940_judged_row *row, struct mt940_slip_line *line,
                     int32_t chosen)
{
    struct mt940_dbs_settlement settlement;
    struct mt940_dbs_notice notices[MT940_DBS_SETTLEMENT_NOTICES];
    struct mt940_view invoices[MT940_FACT_INVOICES];
    struct mt940_found rates;
    size_t notice_count = 0;
    bool recognised = row->proposal.dbs_reason == MT940_SLIP_DBS_BY_RULE ||
                      row->proposal.dbs_reason == MT940_SLIP_DBS_BY_TEXT;
    int status = mt940_row_payments(frame, &line->customer, recognised || chosen == MT940_DBS_MARK_YES, row);
    if (status)
        return status;
    row->closings = mt940_arena_alloc(&frame->flow->scratch, (row->payments.count + 1) * sizeof *row->closings);
    if (!row->closings)
        return frame->flow->scratch.status;
    for (uint32_t i = 0; i < row->facts.invoice_count; i++)
        invoices[i] = row->facts.invoices[i].where.text;
    memset(&settlement, 0, sizeof settlement);
    settlement.size = sizeof settlement;
    settlement.company = &frame->company;
    settlement.banks = (const struct mt940_customer_bank *)row->banks.records;
    settlement.bank_count = row->banks.count;
    settlement.rows = (const struct mt940_payment *)row->payments.records;
    settlement.row_count = row->payments.count;
    settlement.account_branch = frame->account->branch;
    settlement.matched_slot = line->slot;
    settlement.invoices = invoices;
    settlement.invoice_count = row->facts.invoice_count;
    settlement.recognised = recognised;
    settlement.chosen = chosen;
    settlement.outgoing = row->movement.amount < 0;
    row->plan.size = sizeof row->plan;
    status = mt940_rates_read(frame->flow, &frame->company, &line->currency, line->rate, &row->proposal.slip.date,
                              &row->banks, &rates);
    settlement.rates = (const struct mt940_rate *)rates.records;
    settlement.rate_count = rates.count;
    if (status == 0)
        status = mt940_dbs_line_settle(&frame->flow->dbs, &settlement, line, row->closings, row->payments.count,
                                       &row->plan, notices, &notice_count);
    mt940_found_free(&rates);
    if (status == 0 && notice_count) {
        row->notice = notices[0];
        mt940_dbs_notice_args(&row->notice, row->notice_args);
    }
    return status;
}

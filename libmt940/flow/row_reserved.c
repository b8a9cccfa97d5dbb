/* SPDX-License-Identifier: Apache-2.0
 *
 * row_reserved.c: a row that was handed to the ERP. Books, rules and choices may have changed
 * since: its slip stands as it was handed over (decision 18). Must not propose anything.
 */
#include "flow/row_reserved.h"

#include "flow/effect.h"
#include "flow/row_books.h"
#include "flow/row_settle.h"

static int take_slip(const struct mt940_stored_slip *stored, struct mt940_judged_row *row)
{
    struct mt940_slip_proposal *proposal = &row->proposal;
    if (stored->slip.state != MT940_DOCUMENT_STATE_POSTING)
        return MT940_E_NOT_FOUND;
    if (stored->lines.count == 0 || stored->lines.count > MT940_SLIP_LINES)
        return MT940_E_CORRUPT;
    proposal->size = sizeof *proposal;
    proposal->slip = stored->slip;
    proposal->is_reversal = stored->slip.reverses.length > 0;
    proposal->line_count = (uint32_t)stored->lines.count;
    for (size_t i = 0; i < stored->lines.count; i++)
        proposal->lines[i] = *(const struct mt940_slip_line *)mt940_found_at(&stored->lines, i);
    row->is_reserved = true;
    return 0;
}

static int read_slip(const struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    struct mt940_stored_slip stored;
    int status = mt940_stored_slip_read(frame->flow, &row->movement.slip, &stored);
    if (status == 0)
        status = take_slip(&stored, row);
    mt940_stored_slip_end(&stored);
    return status;
}

int mt940_row_reserved(struct mt940_row_frame *frame, struct mt940_judged_row *row)
{
    int status = read_slip(frame, row);
    /*
     * A slip and its lines are read one after the other. Another process that takes its reservation back between the
     * two, because the ERP refused, leaves a slip without lines to this one: only one that stays so is corrupt.
     */
    for (int again = 0; status == MT940_E_CORRUPT && again < 2; again++)
        status = read_slip(frame, row);
    row->warning = MT940_M_POSTING_PENDING;
    /* Another process had its answer since the movement was read: a save looks again, a list says what it knows. */
    if (status == MT940_E_NOT_FOUND)
        return frame->plan ? MT940_E_CONFLICT : 0;
    if (status)
        return status;
    const struct mt940_slip_line *line = mt940_row_customer_line(&row->proposal);
    if (!line)
        return 0;
    row->match.size = sizeof row->match;
    row->match.customer = line->customer;
    row->match.slot = line->slot;
    row->proposal.dbs = (int32_t)line->dbs;
    status = mt940_row_read_customer(frame, &line->customer, row);
    if (status || row->proposal.is_reversal || !frame->account)
        return status;
    /* The mark and the total are the slip's; a copy, so that they stay so. */
    struct mt940_slip_line copy = *line;
    return mt940_row_settle(frame, row, &copy, (int32_t)line->dbs);
}

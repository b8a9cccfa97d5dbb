/* SPDX-License-Identifier: Apache-2.0
 *
 * audit.c: a total rebuilt twice, from its journal and from its documents (R69, R113, decision
 * 28): rows that are DBS or left it in part, lines that are marked, adjustments that are named.
 * Must not know where the records come from.
 */
#include "base/export.h"
#include "dbs/money.h"
#include "mt940connect/dbs.h"

static bool is_record(const struct mt940_dbs_audit *audit, const struct mt940_view *customer, int64_t slot)
{
    return slot == audit->slot && slot != 0 && mt940_view_equal(customer, &audit->customer);
}

MT940_EXPORT int mt940_dbs_audit_row(struct mt940_dbs_audit *audit, const struct mt940_payment *row)
{
    if (!audit || !row)
        return MT940_E_ARGUMENT;
    if (row->state != MT940_DOCUMENT_STATE_ACTIVE || !is_record(audit, &row->customer, row->slot))
        return 0;
    return mt940_money_add(audit->rows, row->dbs_amount, &audit->rows) ? 0 : MT940_E_RANGE;
}

MT940_EXPORT int mt940_dbs_audit_line(struct mt940_dbs_audit *audit, const struct mt940_slip_line *line,
                                      int64_t slip_state)
{
    if (!audit || !line)
        return MT940_E_ARGUMENT;
    if (slip_state != MT940_DOCUMENT_STATE_ACTIVE || !line->dbs || !is_record(audit, &line->customer, line->dbs_slot))
        return 0;
    return mt940_money_add(audit->lines, line->dbs_amount, &audit->lines) ? 0 : MT940_E_RANGE;
}

MT940_EXPORT int mt940_dbs_audit_journal(struct mt940_dbs_audit *audit, const struct mt940_journal *line,
                                         int is_document)
{
    bool is_named = line && (line->event == MT940_DBS_EVENT_ADJUSTMENT ||
                             (line->event == MT940_DBS_EVENT_OPENING && !is_document));
    int64_t sum, adjustments;

    if (!audit || !line)
        return MT940_E_ARGUMENT;
    if (!is_record(audit, &line->customer, line->slot))
        return 0;
    if (!mt940_money_add(audit->journal, line->delta, &sum) ||
        !mt940_money_add(audit->adjustments, is_named ? line->delta : 0, &adjustments))
        return MT940_E_RANGE;
    if (line->sequence != audit->sequence + 1)
        audit->faults |= MT940_DBS_FAULT_SEQUENCE;
    if (line->total != sum)
        audit->faults |= MT940_DBS_FAULT_RUNNING;
    audit->sequence = line->sequence;
    audit->journal = sum;
    audit->adjustments = adjustments;
    return 0;
}

MT940_EXPORT int mt940_dbs_audit_finish(struct mt940_dbs_audit *audit, const struct mt940_customer_bank *record)
{
    int64_t documents;

    if (!audit || !record)
        return MT940_E_ARGUMENT;
    if (audit->sequence != record->dbs_sequence)
        audit->faults |= MT940_DBS_FAULT_SEQUENCE;
    if (audit->journal != record->dbs_total)
        audit->faults |= MT940_DBS_FAULT_JOURNAL;
    if (!mt940_money_subtract(audit->rows, audit->lines, &documents) ||
        !mt940_money_add(documents, audit->adjustments, &documents))
        return MT940_E_RANGE;
    if (documents != record->dbs_total)
        audit->faults |= MT940_DBS_FAULT_DOCUMENTS;
    return audit->faults;
}

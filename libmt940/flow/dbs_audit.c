/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_audit.c: feeds every total's journal and documents to the pure audit (decision 28). One
 * walk over each kind of record, so that the time grows with the books and not with their square.
 */
#include "base/export.h"
#include "flow/ask.h"
#include "mt940connect/dbs_total.h"

struct auditing {
    struct mt940_flow *flow;
    struct mt940_found records;     /* every bank record, in order of customer and slot */
    struct mt940_dbs_audit *audits; /* one each */
};

static int compare_record(const struct auditing *auditing, size_t index, const struct mt940_view *customer,
                          int64_t slot)
{
    struct mt940_customer_bank key;

    memset(&key, 0, sizeof key);
    key.company = auditing->flow->company;
    key.customer = *customer;
    key.slot = slot;
    return mt940_record_compare(MT940_KIND_CUSTOMER_BANK, 0, mt940_found_at(&auditing->records, index), &key);
}

static struct mt940_dbs_audit *find_audit(const struct auditing *auditing, const struct mt940_view *customer,
                                          int64_t slot)
{
    size_t low = 0, high = auditing->records.count;

    while (slot != 0 && low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_record(auditing, middle, customer, slot);

        if (order == 0)
            return &auditing->audits[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static int take_row(void *user, const void *record)
{
    const struct mt940_payment *row = record;
    struct mt940_dbs_audit *audit = find_audit(user, &row->customer, row->slot);

    return audit ? mt940_dbs_audit_row(audit, row) : 0;
}

static int take_slip(void *user, const void *record)
{
    *(int64_t *)user = ((const struct mt940_slip *)record)->state;
    return 0;
}

/* Lines that lower a total are few and come slip by slip: collected first, for a sink must not ask the store. */
static int take_line(void *user, const void *record)
{
    const struct mt940_slip_line *line = record;

    return line->dbs && line->dbs_slot ? mt940_found_add(user, record) : 0;
}

static int audit_lines(struct auditing *auditing)
{
    struct mt940_flow *flow = auditing->flow;
    struct mt940_slip_line from;
    struct mt940_found lines;
    int status;

    memset(&from, 0, sizeof from);
    from.company = flow->company;
    mt940_found_init(&lines, flow, MT940_KIND_SLIP_LINE);
    status = mt940_found_end(&lines, flow->store.scan(flow->store.user, MT940_KIND_SLIP_LINE, 0, 1, &from, 0, 0,
                                                      take_line, &lines));
    for (size_t i = 0; i < lines.count && status == 0; i++) {
        const struct mt940_slip_line *line = mt940_found_at(&lines, i);
        struct mt940_dbs_audit *audit = find_audit(auditing, &line->customer, line->dbs_slot);
        int64_t state = MT940_DOCUMENT_STATE_CANCELLED;
        struct mt940_slip key;

        memset(&key, 0, sizeof key);
        key.company = flow->company;
        key.id = line->slip;
        if (!audit)
            continue;
        status = flow->store.get(flow->store.user, MT940_KIND_SLIP, &key, take_slip, &state);
        if (status == 0)
            status = mt940_dbs_audit_line(audit, line, state);
    }
    mt940_found_free(&lines);
    return status;
}

/* An opening that names an invoice: the invoice's rows count themselves. */
static int is_invoice(struct mt940_flow *flow, const struct mt940_journal *line, int *out)
{
    struct mt940_invoice key, found;
    int status;

    *out = 0;
    if (line->event != MT940_DBS_EVENT_OPENING)
        return 0;
    memset(&key, 0, sizeof key);
    key.company = flow->company;
    key.number = line->document;
    status = mt940_ask_get(flow, MT940_KIND_INVOICE, &key, &found);
    *out = status == 0;
    return status == MT940_E_NOT_FOUND ? 0 : status;
}

static int add_opening(struct mt940_dbs_audit *audit, int64_t delta)
{
    if (delta > 0 ? audit->adjustments > INT64_MAX - delta : audit->adjustments < INT64_MIN - delta)
        return MT940_E_RANGE;
    audit->adjustments += delta;
    return 0;
}

/* Openings wait for the same reason as lines do, and because adding them does not depend on their order. */
struct journal_walk {
    struct auditing *auditing;
    struct mt940_found openings;
};

static int take_journal(void *user, const void *record)
{
    struct journal_walk *walk = user;
    const struct mt940_journal *line = record;
    struct mt940_dbs_audit *audit = find_audit(walk->auditing, &line->customer, line->slot);
    int status = audit ? mt940_dbs_audit_journal(audit, line, 1) : 0;

    if (status == 0 && audit && line->event == MT940_DBS_EVENT_OPENING)
        status = mt940_found_add(&walk->openings, line);
    return status;
}

static int audit_journal(struct auditing *auditing)
{
    struct mt940_flow *flow = auditing->flow;
    struct journal_walk walk = {.auditing = auditing};
    struct mt940_journal from;
    int status;

    memset(&from, 0, sizeof from);
    from.company = flow->company;
    mt940_found_init(&walk.openings, flow, MT940_KIND_JOURNAL);
    status = mt940_found_end(&walk.openings, flow->store.scan(flow->store.user, MT940_KIND_JOURNAL, 0, 1, &from, 0, 0,
                                                              take_journal, &walk));
    for (size_t i = 0; i < walk.openings.count && status == 0; i++) {
        const struct mt940_journal *line = mt940_found_at(&walk.openings, i);
        struct mt940_dbs_audit *audit = find_audit(auditing, &line->customer, line->slot);
        int has_rows;

        status = is_invoice(flow, line, &has_rows);
        if (status == 0 && !has_rows)
            status = add_opening(audit, line->delta);
    }
    mt940_found_free(&walk.openings);
    return status;
}

static int read_all(struct auditing *auditing)
{
    struct mt940_flow *flow = auditing->flow;
    struct mt940_customer_bank from;
    struct mt940_payment row;
    int status;

    memset(&from, 0, sizeof from);
    memset(&row, 0, sizeof row);
    from.company = row.company = flow->company;
    status = mt940_ask_scan(flow, MT940_KIND_CUSTOMER_BANK, 0, 1, &from, &auditing->records);
    if (status)
        return status;
    auditing->audits = mt940_arena_alloc(&flow->scratch, (auditing->records.count + 1) * sizeof *auditing->audits);
    if (!auditing->audits)
        return flow->scratch.status;
    for (size_t i = 0; i < auditing->records.count; i++) {
        const struct mt940_customer_bank *record = mt940_found_at(&auditing->records, i);

        auditing->audits[i].size = sizeof *auditing->audits;
        auditing->audits[i].customer = record->customer;
        auditing->audits[i].slot = record->slot;
    }
    status = flow->store.scan(flow->store.user, MT940_KIND_PAYMENT, 0, 1, &row, 0, 0, take_row, auditing);
    if (status == 0)
        status = audit_lines(auditing);
    return status ? status : audit_journal(auditing);
}

static int tell_all(const struct auditing *auditing, mt940_dbs_audit_sink sink, void *sink_user, size_t *faulty)
{
    int status = 0;

    for (size_t i = 0; i < auditing->records.count && status == 0; i++) {
        const struct mt940_customer_bank *record = mt940_found_at(&auditing->records, i);
        struct mt940_dbs_audit *audit = &auditing->audits[i];
        int faults = mt940_dbs_audit_finish(audit, record);

        if (faults < 0)
            return faults;
        *faulty += faults > 0;
        if (record->dbs || record->dbs_sequence > 0 || faults > 0)
            status = sink(sink_user, record, audit);
    }
    return status;
}

MT940_EXPORT int mt940_flow_dbs_audit(struct mt940_flow *flow, mt940_dbs_audit_sink sink, void *sink_user,
                                      size_t *faulty, struct mt940_error *error)
{
    struct auditing auditing = {.flow = flow};
    size_t count = 0;
    int status;

    if (!flow || !sink)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow or sink");
    status = mt940_flow_enter(flow, error);
    if (status == 0)
        status = read_all(&auditing);
    if (status == 0)
        status = tell_all(&auditing, sink, sink_user, &count);
    mt940_found_free(&auditing.records);
    if (status == 0 && faulty)
        *faulty = count;
    return mt940_flow_leave(flow, status);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_total.c: DBS totals from the caller's side: status, what-if, adjustments by name, opening
 * totals and the journal. The proof that they agree is dbs_audit.c.
 */
#include "base/export.h"
#include "flow/ask.h"
#include "flow/plan.h"
#include "mt940connect/dbs_total.h"

enum { seconds_of_day = 86400 };

static int read_record(struct mt940_flow *flow, const struct mt940_view *customer, int64_t slot,
                       struct mt940_customer_bank *out)
{
    struct mt940_customer_bank key;

    memset(&key, 0, sizeof key);
    key.company = flow->company;
    key.customer = *customer;
    key.slot = slot;
    return mt940_ask_get(flow, MT940_KIND_CUSTOMER_BANK, &key, out);
}

/* The company's currency, for records that name none. */
static int local_currency(struct mt940_flow *flow, struct mt940_view *out)
{
    struct mt940_company company;
    int status = mt940_ask_company(flow, &company);

    if (status == 0)
        *out = company.local_currency;
    return status;
}

/* ---- Status ---- */

struct status_call {
    struct mt940_flow *flow;
    struct mt940_date today;
    int32_t option_days;
    struct mt940_view local;
    mt940_dbs_status_sink sink;
    void *sink_user;
};

static int tell_status(const struct status_call *call, const struct mt940_customer_bank *record,
                       const struct mt940_found *rows, const struct mt940_view *name)
{
    struct mt940_dbs_status status = {.size = sizeof status};
    int result;

    status.record = record;
    status.customer_name = *name;
    status.currency = record->currency.length > 0 ? record->currency : call->local;
    status.ageing.size = sizeof status.ageing;
    if (mt940_dbs_utilisation(record, &status.utilisation) != 0)
        status.utilisation = -1;
    result = mt940_dbs_available(record, &status.available);
    if (result == 0)
        result = mt940_dbs_age_rows((const struct mt940_payment *)rows->records, rows->count, record->slot,
                                    &call->today, call->option_days, &status.ageing);
    return result ? result : call->sink(call->sink_user, &status);
}

/* Name of the customer, empty when the books have no such card. */
static int read_name(struct mt940_flow *flow, const struct mt940_view *customer, struct mt940_view *name)
{
    const struct mt940_books *books = flow->books.customers ? &flow->books : &flow->own_books;
    struct mt940_found found;
    int status;

    mt940_found_init(&found, flow, MT940_KIND_CUSTOMER);
    status = mt940_found_end(&found, books->customers(books->user, &flow->company, customer, 1, mt940_found_add,
                                                      &found));
    *name = status == 0 && found.count > 0 ? ((const struct mt940_customer *)mt940_found_at(&found, 0))->name
                                           : mt940_view_of(NULL, 0);
    mt940_found_free(&found);
    return status;
}

/* The marked records of one customer, which stand at first..last-1 of the list. */
static int tell_customer(const struct status_call *call, const struct mt940_found *records, size_t first, size_t last)
{
    const struct mt940_customer_bank *record = mt940_found_at(records, first);
    struct mt940_flow *flow = call->flow;
    struct mt940_payment from;
    struct mt940_found rows;
    struct mt940_view name;
    int status;

    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.customer = record->customer;
    status = mt940_ask_scan(flow, MT940_KIND_PAYMENT, MT940_PAYMENT_BY_CUSTOMER, 2, &from, &rows);
    if (status == 0)
        status = read_name(flow, &record->customer, &name);
    for (size_t i = first; i < last && status == 0; i++)
        status = tell_status(call, mt940_found_at(records, i), &rows, &name);
    mt940_found_free(&rows);
    return status;
}

static int take_marked(void *user, const void *record)
{
    const struct mt940_customer_bank *bank = record;

    return bank->dbs ? mt940_found_add(user, record) : 0;
}

static int tell_all(struct status_call *call, const struct mt940_view *customer)
{
    struct mt940_flow *flow = call->flow;
    struct mt940_customer_bank from;
    struct mt940_found records;
    int status = local_currency(flow, &call->local);

    memset(&from, 0, sizeof from);
    from.company = flow->company;
    if (customer)
        from.customer = *customer;
    mt940_found_init(&records, flow, MT940_KIND_CUSTOMER_BANK);
    if (status == 0)
        status = mt940_found_end(&records, flow->store.scan(flow->store.user, MT940_KIND_CUSTOMER_BANK, 0,
                                                            customer ? 2 : 1, &from, 0, 0, take_marked, &records));
    for (size_t first = 0, last; first < records.count && status == 0; first = last) {
        const struct mt940_customer_bank *record = mt940_found_at(&records, first), *next = record;

        for (last = first; last < records.count && mt940_view_equal(&record->customer, &next->customer);) {
            last++;
            next = last < records.count ? mt940_found_at(&records, last) : record;
        }
        status = tell_customer(call, &records, first, last);
    }
    mt940_found_free(&records);
    return status;
}

MT940_EXPORT int mt940_flow_dbs_status(struct mt940_flow *flow, const struct mt940_view *customer,
                                       const struct mt940_date *today, int32_t option_days, mt940_dbs_status_sink sink,
                                       void *sink_user, struct mt940_error *error)
{
    struct status_call call = {.flow = flow, .option_days = option_days, .sink = sink, .sink_user = sink_user};
    int status;

    if (!flow || !sink || option_days < 0 || (today && !mt940_date_is_valid(today)))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, sink, today or option_days");
    status = mt940_flow_enter(flow, error);
    if (status == 0 && today)
        call.today = *today;
    else if (status == 0)
        status = mt940_date_from_days((int32_t)(flow->now / seconds_of_day), &call.today);
    if (status == 0)
        status = tell_all(&call, customer);
    return mt940_flow_leave(flow, status);
}

/* ---- What if ---- */

static int check_one(struct mt940_flow *flow, const struct mt940_view *customer, int64_t slot, int64_t amount,
                     struct mt940_dbs_figure *out, int32_t *message)
{
    struct mt940_dbs_effect effect = {.customer = *customer, .slot = slot, .delta = amount,
                                      .event = MT940_DBS_EVENT_INVOICE};
    struct mt940_dbs_check check = {.size = sizeof check, .bank_count = 1, .effect_count = 1};
    struct mt940_customer_bank record;
    struct mt940_dbs_figure figure;
    size_t count;
    int32_t outcome;
    int status = read_record(flow, customer, slot, &record);

    *message = MT940_M_NOT_A_DBS_SLOT;
    if (status == MT940_E_NOT_FOUND || (status == 0 && !record.dbs))
        return 0;
    if (status == 0)
        status = local_currency(flow, &check.local_currency);
    check.banks = &record;
    check.effects = &effect;
    if (status == 0)
        status = mt940_dbs_decide(&check, &figure, 1, &count, &outcome);
    if (status == 0) {
        *message = 0;
        *out = figure;
    }
    return status;
}

MT940_EXPORT int mt940_flow_dbs_check(struct mt940_flow *flow, const struct mt940_view *customer, int64_t slot,
                                      int64_t amount, struct mt940_dbs_figure *out, int32_t *message,
                                      struct mt940_error *error)
{
    int status;

    if (!flow || !customer || !out || !message)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, customer, out or message");
    status = mt940_flow_enter(flow, error);
    if (status == 0)
        status = check_one(flow, customer, slot, amount, out, message);
    if (status)
        return mt940_flow_leave(flow, status);
    /* The figure's texts stay in the scratch memory; the next call empties it. */
    flow->error = NULL;
    return 0;
}

/* The records of the sales, each once, in order. */
static int read_records(struct mt940_flow *flow, const struct mt940_dbs_sale *sales, size_t count,
                        struct mt940_found *records)
{
    size_t kept = 0;
    int status = 0;

    mt940_found_init(records, flow, MT940_KIND_CUSTOMER_BANK);
    for (size_t i = 0; i < count && status == 0; i++) {
        struct mt940_customer_bank record;

        status = read_record(flow, &sales[i].customer, sales[i].slot, &record);
        if (status == 0)
            status = mt940_found_add(records, &record);
        else if (status == MT940_E_NOT_FOUND)
            status = 0;
    }
    if (status == 0)
        status = mt940_found_sort(records, 0);
    for (size_t i = 0; i < records->count && status == 0; i++)
        if (i == 0 || mt940_record_compare(MT940_KIND_CUSTOMER_BANK, 0, mt940_found_at(records, kept - 1),
                                           mt940_found_at(records, i)) != 0)
            memcpy(mt940_found_at(records, kept++), mt940_found_at(records, i), sizeof(struct mt940_customer_bank));
    records->count = status ? records->count : kept;
    return status;
}

static int what_if(struct mt940_flow *flow, const struct mt940_dbs_sale *sales, size_t count,
                   struct mt940_dbs_figure *figures, int32_t *outcome)
{
    struct mt940_dbs_check check = {.size = sizeof check};
    struct mt940_found records;
    int status = read_records(flow, sales, count, &records);
    int64_t *totals = mt940_arena_alloc(&flow->scratch, (records.count + 1) * sizeof *totals);

    if (status == 0 && !totals)
        status = flow->scratch.status;
    if (status == 0)
        status = local_currency(flow, &check.local_currency);
    check.banks = (const struct mt940_customer_bank *)records.records;
    check.bank_count = records.count;
    if (status == 0)
        status = mt940_dbs_what_if(&check, sales, count, figures, totals, outcome);
    mt940_found_free(&records);
    return status;
}

MT940_EXPORT int mt940_flow_dbs_what_if(struct mt940_flow *flow, const struct mt940_dbs_sale *sales, size_t count,
                                        struct mt940_dbs_figure *figures, int32_t *outcome, struct mt940_error *error)
{
    int status;

    if (!flow || (count > 0 && (!sales || !figures)) || !outcome)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, sales, figures or outcome");
    status = mt940_flow_enter(flow, error);
    if (status == 0)
        status = what_if(flow, sales, count, figures, outcome);
    if (status)
        return mt940_flow_leave(flow, status);
    /* As above: the figures' texts stay. */
    flow->error = NULL;
    return 0;
}

/* ---- Adjustments ---- */

/* One change of one total that no document stands behind. */
struct adjustment {
    struct mt940_flow *flow;
    const struct mt940_view *customer;
    int64_t slot;
    int64_t delta;
    bool is_target; /* `delta` is what the total is to become */
    int32_t event;
    const char *verb;
    struct mt940_view name;
    struct mt940_view note;
    int64_t total;
    int32_t message;
};

/* "VERB:CUSTOMER:SLOT:NAME", lengths before the texts so that no two can run together. */
static int make_key(const struct adjustment *adjustment, struct mt940_view *key)
{
    const struct mt940_view parts[] = {*adjustment->customer, adjustment->name};
    struct mt940_arena *scratch = &adjustment->flow->scratch;
    char *text = mt940_arena_alloc(scratch, strlen(adjustment->verb) + parts[0].length + parts[1].length + 3 * 41);
    size_t length = 0;

    if (!text)
        return scratch->status;
    memcpy(text, adjustment->verb, strlen(adjustment->verb));
    length = strlen(adjustment->verb);
    text[length++] = ':';
    length += (size_t)mt940_decimal_format(adjustment->slot, 0, 0, text + length);
    for (size_t i = 0; i < 2; i++) {
        text[length++] = ':';
        length += (size_t)mt940_decimal_format((int64_t)parts[i].length, 0, 0, text + length);
        text[length++] = ':';
        if (parts[i].length > 0)
            memcpy(text + length, parts[i].data, parts[i].length);
        length += parts[i].length;
    }
    *key = mt940_view_of(text, length);
    return 0;
}

static int write_adjustment(struct adjustment *adjustment, const struct mt940_customer_bank *record, int64_t delta,
                            struct mt940_batch_result *result)
{
    struct mt940_journal journal;
    struct mt940_plan plan;
    struct mt940_view key;
    char amount[40];
    int status = make_key(adjustment, &key);

    if (status)
        return status;
    memset(&journal, 0, sizeof journal);
    journal.currency = record->currency;
    if (journal.currency.length == 0)
        status = local_currency(adjustment->flow, &journal.currency);
    journal.event = adjustment->event;
    journal.document = adjustment->name;
    journal.note = adjustment->note;
    journal.actor = adjustment->flow->actor;
    journal.at = adjustment->flow->now;
    mt940_plan_begin(&plan, adjustment->flow, adjustment->verb, key);
    mt940_plan_result(&plan, mt940_view_of(amount, (size_t)mt940_decimal_format(adjustment->delta, 0, 0, amount)));
    mt940_plan_expect(&plan, MT940_KIND_CUSTOMER_BANK, record, record->revision);
    if (delta != 0)
        mt940_plan_total_add(&plan, record, delta, MT940_CEILING_NONE, 0, &journal);
    if (status == 0)
        status = mt940_plan_apply(&plan, result);
    mt940_plan_end(&plan);
    return status;
}

/* One try; *again when the record changed under it. */
static int adjust_once(struct adjustment *adjustment, bool *again)
{
    struct mt940_customer_bank record;
    struct mt940_batch_result result = {.size = sizeof result};
    int64_t delta = adjustment->delta;
    int status = read_record(adjustment->flow, adjustment->customer, adjustment->slot, &record);

    *again = false;
    adjustment->message = MT940_M_NOT_A_DBS_SLOT;
    if (status == MT940_E_NOT_FOUND || (status == 0 && !record.dbs))
        return 0;
    if (status)
        return status;
    if (adjustment->is_target) {
        if (record.dbs_total < 0 && delta > INT64_MAX + record.dbs_total)
            return MT940_E_RANGE;
        if (record.dbs_total > 0 && delta < INT64_MIN + record.dbs_total)
            return MT940_E_RANGE;
        delta -= record.dbs_total;
    }
    status = write_adjustment(adjustment, &record, delta, &result);
    if (status)
        return status;
    if (result.outcome == MT940_REFUSED)
        return MT940_E_RANGE;
    *again = result.outcome == MT940_CONFLICT;
    adjustment->message = result.outcome == MT940_ALREADY ? MT940_M_ADJUSTMENT_EXISTS : 0;
    status = read_record(adjustment->flow, adjustment->customer, adjustment->slot, &record);
    adjustment->total = record.dbs_total;
    if (status == 0 && adjustment->message == 0 && delta > 0 && record.dbs_total > record.dbs_limit &&
        record.dbs_control != MT940_DBS_CONTROL_PROCEED)
        adjustment->message = MT940_M_OVER_LIMIT;
    return status;
}

static int adjust(struct adjustment *adjustment, int32_t *message, struct mt940_error *error)
{
    struct mt940_flow *flow = adjustment->flow;
    bool again = true;
    int status = mt940_flow_enter(flow, error);

    for (uint32_t tries = 0; status == 0 && again && tries <= flow->retries; tries++)
        status = adjust_once(adjustment, &again);
    if (status == 0 && again)
        status = MT940_E_CONFLICT;
    if (status == 0)
        *message = adjustment->message;
    return mt940_flow_leave(flow, status);
}

MT940_EXPORT int mt940_flow_dbs_adjust(struct mt940_flow *flow, const struct mt940_view *customer, int64_t slot,
                                       int64_t delta, const struct mt940_view *name, const struct mt940_view *note,
                                       int64_t *total, int32_t *message, struct mt940_error *error)
{
    struct adjustment adjustment = {.flow = flow, .customer = customer, .slot = slot, .delta = delta,
                                    .event = MT940_DBS_EVENT_ADJUSTMENT, .verb = "dbs-adjust"};
    int status;

    if (!flow || !customer || !name || name->length == 0 || !total || !message)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "an adjustment needs a customer, a name and its results");
    adjustment.name = *name;
    if (note)
        adjustment.note = *note;
    status = adjust(&adjustment, message, error);
    if (status == 0)
        *total = adjustment.total;
    return status;
}

MT940_EXPORT int mt940_flow_dbs_opening(struct mt940_flow *flow, const struct mt940_view *customer, int64_t slot,
                                        int64_t total, int32_t *message, struct mt940_error *error)
{
    struct adjustment adjustment = {.flow = flow, .customer = customer, .slot = slot, .delta = total,
                                    .is_target = true, .event = MT940_DBS_EVENT_OPENING, .verb = "dbs-opening",
                                    .name = MT940_LITERAL("opening")};

    if (!flow || !customer || !message)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, customer or message");
    return adjust(&adjustment, message, error);
}

/* ---- Journal ---- */

MT940_EXPORT int mt940_flow_journal(struct mt940_flow *flow, const struct mt940_view *customer, int64_t slot,
                                    mt940_record_sink sink, void *sink_user, struct mt940_error *error)
{
    struct mt940_journal from;
    int32_t prefix = 1;
    int status;

    if (!flow || !sink || (slot != 0 && !customer))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, sink, or a slot without its customer");
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    if (customer) {
        from.customer = *customer;
        from.slot = slot;
        prefix = slot ? 3 : 2;
    }
    status = mt940_flow_enter(flow, error);
    if (status == 0)
        status = flow->store.scan(flow->store.user, MT940_KIND_JOURNAL, 0, prefix, &from, 0, 0, sink, sink_user);
    return mt940_flow_leave(flow, status);
}

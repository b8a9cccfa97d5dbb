/* SPDX-License-Identifier: Apache-2.0
 *
 * invoice_write.c: turns a decided invoice event into one batch: invoice, rows, totals with
 * their journal lines, closings, and the revision of every record the decision rested on.
 * Decides nothing, but sets the ceilings under which the decision holds at the instant of writing.
 */
#include "base/sha256.h"
#include "flow/invoice.h"

static const struct mt940_payment *old_row(const struct mt940_invoice_work *work, int64_t line, size_t hint)
{
    const struct mt940_payment *row = hint < work->old_rows.count ? mt940_found_at(&work->old_rows, hint) : NULL;

    if (row && row->line == line)
        return row;
    for (size_t i = 0; i < work->old_rows.count; i++) {
        row = mt940_found_at(&work->old_rows, i);
        if (row->line == line)
            return row;
    }
    return NULL;
}

static bool has_line(const struct mt940_invoice_work *work, int64_t line, size_t hint)
{
    if (hint < work->row_count && work->rows[hint].line == line)
        return true;
    for (size_t i = 0; i < work->row_count; i++)
        if (work->rows[i].line == line)
            return true;
    return false;
}

static void put_rows(struct mt940_plan *plan, const struct mt940_invoice_work *work)
{
    for (size_t i = 0; i < work->row_count; i++) {
        const struct mt940_payment *old = old_row(work, work->rows[i].line, i);
        struct mt940_payment row = work->rows[i];

        row.company = work->flow->company;
        if (old)
            mt940_plan_put_if(plan, MT940_KIND_PAYMENT, &row, old->revision);
        else
            mt940_plan_put_new(plan, MT940_KIND_PAYMENT, &row);
    }
    for (size_t i = 0; i < work->old_rows.count; i++) {
        const struct mt940_payment *old = mt940_found_at(&work->old_rows, i);

        if (!has_line(work, old->line, i))
            mt940_plan_delete_if(plan, MT940_KIND_PAYMENT, old, old->revision);
    }
}

static bool same_closing(const struct mt940_closing *a, const struct mt940_closing *b)
{
    return a->line == b->line && a->payment == b->payment && mt940_view_equal(&a->invoice, &b->invoice);
}

/* A closing that is undone and made again keeps its record. */
static void put_closings(struct mt940_plan *plan, const struct mt940_invoice_work *work)
{
    for (size_t i = 0; i < work->old_closings.count; i++) {
        const struct mt940_closing *old = mt940_found_at(&work->old_closings, i), *put = old;

        for (size_t j = 0; j < work->closing_count; j++)
            if (same_closing(old, &work->closings[j]))
                put = &work->closings[j];
        mt940_plan_put_if(plan, MT940_KIND_CLOSING, put, old->revision);
    }
    for (size_t i = 0; i < work->closing_count; i++) {
        bool is_put = false;

        for (size_t j = 0; j < work->old_closings.count && !is_put; j++)
            is_put = same_closing(mt940_found_at(&work->old_closings, j), &work->closings[i]);
        if (!is_put)
            mt940_plan_put_new(plan, MT940_KIND_CLOSING, &work->closings[i]);
    }
    for (size_t i = 0; i < work->targets.count; i++) {
        const struct mt940_payment *row = mt940_found_at(&work->targets, i);

        if (work->target_changed[i])
            mt940_plan_put_if(plan, MT940_KIND_PAYMENT, row, row->revision);
    }
}

/* Own accounts the rows name; a row names few, so the same one is not asked for twice in a row. */
static void expect_accounts(struct mt940_plan *plan, const struct mt940_invoice_work *work)
{
    for (size_t i = 0; i < work->accounts.count; i++) {
        const struct mt940_bank_account *account = mt940_found_at(&work->accounts, i);
        bool is_used = false;

        for (size_t j = 0; j < work->row_count && !is_used; j++)
            is_used = mt940_view_equal(&work->rows[j].bank_account, &account->code);
        if (is_used)
            mt940_plan_expect(plan, MT940_KIND_BANK_ACCOUNT, account, account->revision);
    }
}

/* Guards: who may change limit, control, branch or card between the decision and now makes it decide again. */
static void expect_books(struct mt940_plan *plan, const struct mt940_invoice_work *work)
{
    const struct mt940_flow *flow = work->flow;

    if (!flow->books.customers || mt940_invoice_own_books(flow, flow->books.user))
        mt940_plan_expect(plan, MT940_KIND_CUSTOMER, &work->customer, work->customer.revision);
    if (!flow->books.bank_accounts || mt940_invoice_own_books(flow, flow->books.user))
        expect_accounts(plan, work);
    for (size_t i = 0; i < work->banks.count; i++) {
        const struct mt940_customer_bank *bank = mt940_found_at(&work->banks, i);

        mt940_plan_expect(plan, MT940_KIND_CUSTOMER_BANK, bank, bank->revision);
    }
}

/* The largest excess a person accepted for this total, 0 when none. */
static int64_t accepted_excess(const struct mt940_invoice_work *work, const struct mt940_dbs_figure *figure)
{
    const struct mt940_invoice_request *request = work->request;
    int64_t most = 0;

    for (size_t i = 0; i < request->consent_count; i++) {
        const struct mt940_dbs_consent *consent = &request->consents[i];

        if (consent->message == MT940_M_OVER_LIMIT && consent->excess > most &&
            (consent->slot == 0 || consent->slot == figure->slot) &&
            (consent->customer.length == 0 || mt940_view_equal(&consent->customer, &figure->customer)))
            most = consent->excess;
    }
    return most;
}

/* The ceiling under which the decision stays true whatever others add meanwhile (decisions 26, 29). */
static int32_t ceiling_of(const struct mt940_invoice_work *work, const struct mt940_dbs_figure *figure, int64_t *value)
{
    int64_t excess = accepted_excess(work, figure);

    *value = 0;
    if (!mt940_dbs_event_is_checked(figure->event) || figure->delta <= 0 ||
        figure->control == MT940_DBS_CONTROL_PROCEED)
        return MT940_CEILING_NONE;
    if (figure->control == MT940_DBS_CONTROL_BLOCK || excess == 0)
        return MT940_CEILING_STORED_LIMIT;
    *value = figure->limit > INT64_MAX - excess ? INT64_MAX : figure->limit + excess;
    return MT940_CEILING_VALUE;
}

/* "OVER_LIMIT 0.01 BRANCH_MISMATCH": what a person accepted for this total, for the journal. */
static void write_note(const struct mt940_invoice_work *work, const struct mt940_dbs_figure *figure, char *out,
                       size_t capacity, struct mt940_view *note)
{
    int digits = mt940_currency_digits(figure->currency.data, figure->currency.length);
    bool has_mismatch = false;
    char amount[40] = "";
    size_t length = 0;

    for (size_t i = 0; i < work->notice_count; i++)
        has_mismatch |= work->notices[i].message == MT940_M_BRANCH_MISMATCH && work->notices[i].slot == figure->slot;
    if (figure->consented)
        mt940_decimal_format(figure->excess, digits < 0 ? 2 : digits, 0, amount);
    const char *const parts[] = {figure->consented ? "OVER_LIMIT " : "", amount,
                                 figure->consented && has_mismatch ? " " : "", has_mismatch ? "BRANCH_MISMATCH" : ""};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        size_t part = strlen(parts[i]);

        if (part > capacity - length)
            break;
        memcpy(out + length, parts[i], part);
        length += part;
    }
    *note = mt940_view_of(out, length);
}

static void add_totals(struct mt940_plan *plan, const struct mt940_invoice_work *work)
{
    for (size_t i = 0; i < work->figure_count; i++) {
        const struct mt940_dbs_figure *figure = &work->figures[i];
        struct mt940_customer_bank key;
        struct mt940_journal journal;
        char note[80];
        int64_t value;
        int32_t ceiling = ceiling_of(work, figure, &value);

        if (figure->delta == 0)
            continue;
        memset(&key, 0, sizeof key);
        memset(&journal, 0, sizeof journal);
        key.company = work->flow->company;
        key.customer = figure->customer;
        key.slot = figure->slot;
        journal.currency = figure->currency;
        journal.event = figure->event;
        journal.document = work->invoice.number;
        journal.actor = work->flow->actor;
        journal.at = work->flow->now;
        write_note(work, figure, note, sizeof note, &journal.note);
        mt940_plan_total_add(plan, &key, figure->delta, ceiling, value, &journal);
    }
}

static void hash_record(struct mt940_sha256 *hash, int32_t kind, const void *record)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);

    for (int32_t i = 0; i < info->field_count; i++) {
        const char *field = (const char *)record + info->fields[i].offset;
        int32_t type = info->fields[i].type;
        struct mt940_view text;

        if (type == MT940_TYPE_TEXT || type == MT940_TYPE_BLOB) {
            memcpy(&text, field, sizeof text);
            mt940_sha256_part(hash, text.data, text.length);
        } else {
            mt940_sha256_part(hash, field, type == MT940_TYPE_DATE ? sizeof(struct mt940_date) : sizeof(int64_t));
        }
    }
}

/*
 * The batch's key: the revision it stands on and a digest of what it writes. So the same event
 * repeated is ALREADY there, and another writer's event of the same moment is not taken for ours.
 */
static void set_key(struct mt940_plan *plan, const struct mt940_invoice_work *work)
{
    struct mt940_sha256 hash;
    uint8_t digest[32];
    char text[8 + 2 * sizeof digest + 1] = "invoice:";
    struct mt940_view key;

    mt940_sha256_init(&hash);
    mt940_sha256_part(&hash, &work->event, sizeof work->event);
    mt940_sha256_part(&hash, &work->before.revision, sizeof work->before.revision);
    hash_record(&hash, MT940_KIND_INVOICE, &work->invoice);
    for (size_t i = 0; i < work->row_count; i++)
        hash_record(&hash, MT940_KIND_PAYMENT, &work->rows[i]);
    mt940_sha256_final(&hash, digest);
    mt940_hex(digest, sizeof digest, text + 8);
    key = mt940_view_of(text, sizeof text - 1);
    if (plan->status == 0)
        plan->status = mt940_arena_view(&plan->flow->scratch, &key, &plan->action.key);
}

static const char *const verbs[] = {
    [MT940_INVOICE_ADD] = "invoice-add",         [MT940_INVOICE_CHANGE] = "invoice-change",
    [MT940_INVOICE_CANCEL] = "invoice-cancel",   [MT940_INVOICE_RESTORE] = "invoice-restore",
    [MT940_INVOICE_WITHDRAW] = "invoice-withdraw", [MT940_INVOICE_OPENING] = "invoice-opening",
};

void mt940_invoice_plan(struct mt940_invoice_work *work, struct mt940_plan *plan)
{
    mt940_plan_begin(plan, work->flow, verbs[work->request->verb], work->invoice.number);
    set_key(plan, work);
    if (work->exists)
        mt940_plan_put_if(plan, MT940_KIND_INVOICE, &work->invoice, work->before.revision);
    else
        mt940_plan_put_new(plan, MT940_KIND_INVOICE, &work->invoice);
    put_rows(plan, work);
    put_closings(plan, work);
    expect_books(plan, work);
    add_totals(plan, work);
    mt940_plan_result(plan, work->invoice.number);
}

int mt940_invoice_write(struct mt940_invoice_work *work, struct mt940_batch_result *result)
{
    struct mt940_plan plan;
    int status;

    mt940_invoice_plan(work, &plan);
    status = mt940_plan_apply(&plan, result);
    mt940_plan_end(&plan);
    return status;
}

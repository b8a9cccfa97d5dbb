/* SPDX-License-Identifier: Apache-2.0
 *
 * reconcile.c: reads the statements and slips of an account for a reconciliation. Must not sum
 * anything up itself, and writes nothing.
 */
#include "mt940connect/reconcile.h"

#include "base/export.h"
#include "flow/arrival.h"
#include "flow/ask.h"

struct reconciling {
    struct mt940_flow *flow;
    const struct mt940_directory *directory;
    const struct mt940_bank_account *account;
    struct mt940_found items; /* statements of the account */
    struct mt940_reconciliation out;
    mt940_record_sink sink;
    void *sink_user;
};

static int find_account(struct reconciling *work, const struct mt940_view *text)
{
    const struct mt940_bank_account *account;
    int status = mt940_flow_directory(work->flow, &work->directory);
    if (status)
        return status;
    work->account = mt940_directory_bank_account(work->directory, text);
    for (size_t i = 0; !work->account && (account = mt940_directory_bank_account_at(work->directory, i)) != NULL; i++)
        if (account->iban.length && mt940_view_equal(&account->iban, text) == 1)
            work->account = account;
    if (!work->account)
        return mt940_fail_item(work->flow->error, MT940_E_NOT_FOUND, "there is no own account", text->data, text->length);
    return 0;
}

/* Statements stored under the account's code, and those that came before it was defined. */
static int read_items(struct reconciling *work)
{
    struct mt940_flow *flow = work->flow;
    struct mt940_inbox_item from;
    struct mt940_found unknown;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    int status = mt940_ask_scan(flow, MT940_KIND_INBOX_ITEM, MT940_INBOX_ITEM_BY_ACCOUNT, 2, &from, &unknown);
    from.bank_account = work->account->code;
    if (status == 0)
        status = mt940_ask_scan(flow, MT940_KIND_INBOX_ITEM, MT940_INBOX_ITEM_BY_ACCOUNT, 2, &from, &work->items);
    for (size_t i = 0; status == 0 && i < unknown.count; i++) {
        const struct mt940_inbox_item *item = mt940_found_at(&unknown, i);
        const struct mt940_bank_account *account;
        status = mt940_arrival_account(flow, &item->account_text, &item->currency, &account);
        if (status == 0 && account && mt940_view_equal(&account->code, &work->account->code) == 1)
            status = mt940_found_add(&work->items, item);
    }
    mt940_found_free(&unknown);
    return status;
}

static bool is_interim(const struct mt940_inbox_item *item)
{
    return mt940_arrival_is_interim(item) || !item->closing_date.year;
}

/* Of two statements that end on one day the one that goes on from the other, else the one that came later. */
static bool ends_later(const struct mt940_inbox_item *a, const struct mt940_inbox_item *b)
{
    int order = mt940_date_compare(&a->closing_date, &b->closing_date);
    if (order)
        return order > 0;
    bool a_goes_on = a->opening == b->closing, b_goes_on = b->opening == a->closing;
    return a_goes_on != b_goes_on ? a_goes_on : a->number_shown > b->number_shown;
}

static bool begins_earlier(const struct mt940_inbox_item *a, const struct mt940_inbox_item *b)
{
    int order = mt940_date_compare(&a->opening_date, &b->opening_date);
    if (order)
        return order < 0;
    bool a_is_first = b->opening == a->closing, b_is_first = a->opening == b->closing;
    return a_is_first != b_is_first ? a_is_first : a->number_shown < b->number_shown;
}

static void read_balances(struct reconciling *work)
{
    const struct mt940_inbox_item *first = NULL, *last = NULL;
    struct mt940_reconciliation *out = &work->out;
    for (size_t i = 0; i < work->items.count; i++) {
        const struct mt940_inbox_item *item = mt940_found_at(&work->items, i);
        if (is_interim(item))
            continue;
        if (!first || begins_earlier(item, first))
            first = item;
        if (mt940_date_compare(&item->closing_date, &out->date) <= 0 && (!last || ends_later(item, last)))
            last = item;
    }
    if (first) {
        out->opening_date = first->opening_date;
        out->opening = first->opening;
    }
    if (last) {
        out->has_bank = 1;
        out->bank_date = last->closing_date;
        out->bank = last->closing;
    }
}

static int read_slip(struct mt940_flow *flow, const struct mt940_view *id, struct mt940_slip *out)
{
    struct mt940_slip key;
    memset(&key, 0, sizeof key);
    key.company = flow->company;
    key.id = *id;
    return mt940_ask_get(flow, MT940_KIND_SLIP, &key, out);
}

static int add_movement(struct reconciling *work, const struct mt940_movement *movement)
{
    struct mt940_slip slip;
    uint32_t unsaved = work->out.counts[MT940_RECONCILE_UNSAVED];
    bool is_saved = movement->state == MT940_MOVEMENT_STATE_SAVED;
    int status = is_saved ? read_slip(work->flow, &movement->slip, &slip) : 0;
    if (status)
        return status == MT940_E_NOT_FOUND ? MT940_E_CORRUPT : status;
    status = mt940_reconcile_movement(&work->out, movement, &work->account->start_date, is_saved ? &slip.date : NULL);
    if (status == 0 && work->sink && work->out.counts[MT940_RECONCILE_UNSAVED] > unsaved)
        status = work->sink(work->sink_user, movement);
    return status;
}

/* The statements stay while what their movements needed is given back. */
static int add_movements(struct reconciling *work, struct mt940_arena *keep)
{
    struct mt940_flow *flow = work->flow;
    int status = 0;
    for (size_t i = 0; status == 0 && i < work->items.count; i++) {
        const struct mt940_inbox_item *item = mt940_found_at(&work->items, i);
        struct mt940_arena statements = flow->scratch;
        struct mt940_movement from;
        struct mt940_found movements;
        if (is_interim(item))
            continue;
        flow->scratch = *keep;
        memset(&from, 0, sizeof from);
        from.company = flow->company;
        from.inbox_item = item->id;
        status = mt940_ask_scan(flow, MT940_KIND_MOVEMENT, MT940_MOVEMENT_BY_INBOX_ITEM, 2, &from, &movements);
        for (size_t m = 0; status == 0 && m < movements.count; m++)
            status = add_movement(work, mt940_found_at(&movements, m));
        mt940_found_free(&movements);
        mt940_flow_forget_scratch(flow);
        *keep = flow->scratch;
        flow->scratch = statements;
    }
    return status;
}

/* The lines of a slip that stand on the account. */
static int add_lines(struct reconciling *work, const struct mt940_slip *slip)
{
    struct mt940_flow *flow = work->flow;
    struct mt940_slip_line from;
    struct mt940_found lines;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.slip = slip->id;
    int status = mt940_ask_scan(flow, MT940_KIND_SLIP_LINE, 0, 2, &from, &lines);
    bool is_own = mt940_view_equal(&slip->bank_account, &work->account->code) == 1;
    const struct mt940_view *movement = is_own ? &slip->movement : &slip->other_movement;
    for (size_t i = 0; status == 0 && i < lines.count; i++) {
        const struct mt940_slip_line *line = mt940_found_at(&lines, i);
        if (line->kind == MT940_LINE_KIND_BANK && mt940_view_equal(&line->bank_account, &work->account->code) == 1)
            status = mt940_reconcile_line(&work->out, slip, line, movement->length > 0);
    }
    mt940_found_free(&lines);
    return status;
}

/* Slips of the account, and transfers that another account's row wrote for both. */
static int add_slips(struct reconciling *work)
{
    struct mt940_flow *flow = work->flow;
    const struct mt940_bank_account *account;
    int status = 0;
    for (size_t a = 0; status == 0 && (account = mt940_directory_bank_account_at(work->directory, a)) != NULL; a++) {
        struct mt940_slip from;
        struct mt940_found slips;
        bool is_own = mt940_view_equal(&account->code, &work->account->code) == 1;
        memset(&from, 0, sizeof from);
        from.company = flow->company;
        from.bank_account = account->code;
        status = mt940_ask_scan(flow, MT940_KIND_SLIP, MT940_SLIP_BY_ORIGIN, 2, &from, &slips);
        for (size_t i = 0; status == 0 && i < slips.count; i++) {
            const struct mt940_slip *slip = mt940_found_at(&slips, i);
            if (slip->state == MT940_DOCUMENT_STATE_ACTIVE && (is_own || slip->type == MT940_SLIP_TYPE_OWN_TRANSFER))
                status = add_lines(work, slip);
        }
        mt940_found_free(&slips);
    }
    return status;
}

/* An account without a currency is in the company's. */
static int read_currency(struct reconciling *work)
{
    struct mt940_company company;
    int status = mt940_flow_company(work->flow, &company);
    if (status == 0)
        work->out.currency = company.local_currency;
    return status;
}

static int reconcile(struct reconciling *work, const struct mt940_view *account, const int64_t *books)
{
    struct mt940_arena keep;
    int status = find_account(work, account);
    if (status == 0)
        status = read_items(work);
    if (status)
        return status;
    read_balances(work);
    work->out.account = work->account->code;
    work->out.currency = work->account->currency;
    status = work->account->currency.length ? 0 : read_currency(work);
    if (status)
        return status;
    mt940_arena_init(&keep, &work->flow->memory, 0);
    status = add_movements(work, &keep);
    mt940_arena_free(&keep);
    if (status == 0)
        status = add_slips(work);
    return status ? status : mt940_reconcile_end(&work->out, books);
}

MT940_EXPORT int mt940_flow_reconcile(struct mt940_flow *flow, const struct mt940_view *account,
                                      const struct mt940_date *date, const int64_t *books, mt940_record_sink sink,
                                      void *sink_user, struct mt940_reconciliation *out, struct mt940_error *error)
{
    struct reconciling work;
    memset(&work, 0, sizeof work);
    work.out.size = sizeof work.out;
    if (!flow || !account || !out || out->size < sizeof *out || mt940_reconcile_begin(&work.out, date))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, account, date or out");
    int status = mt940_flow_enter(flow, error);
    if (status)
        return status;
    work.flow = flow;
    work.sink = sink;
    work.sink_user = sink_user;
    mt940_found_init(&work.items, flow, MT940_KIND_INBOX_ITEM);
    status = reconcile(&work, account, books);
    mt940_found_free(&work.items);
    if (status == 0)
        *out = work.out;
    return mt940_flow_leave(flow, status);
}

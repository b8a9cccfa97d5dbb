/* SPDX-License-Identifier: Apache-2.0
 *
 * customer_card.c: the bank records of a customer's card: reads what an event rests on, asks the
 * pure checks, writes one batch. Must not know what is wrong with a record.
 */
#include "mt940connect/customer_card.h"

#include "base/export.h"
#include "base/sha256.h"
#include "flow/ask.h"
#include "flow/plan.h"
#include "flow/setting.h"
#include "mt940connect/iban.h"

enum { card_notices = MT940_CUSTOMER_BANK_NOTICES + 1, KEY_LENGTH = 5 + 64 };

/* One attempt at one event. */
struct card_work {
    struct mt940_flow *flow;
    const struct mt940_card_request *request;
    uint32_t attempt;
    struct mt940_company company;
    struct mt940_found customers; /* the card, or none */
    struct mt940_found banks;     /* its records, in order of slot */
    struct mt940_found codes;     /* the host's banks */
    struct mt940_found rows;      /* the customer's payment rows */
    const struct mt940_customer_bank *before; /* as stored, or NULL */
    struct mt940_customer_bank record;
    struct mt940_dbs_notice notices[card_notices];
    size_t notice_count;
    int32_t outcome;
};

static void begin(struct card_work *work, struct mt940_flow *flow, const struct mt940_card_request *request,
                  uint32_t attempt)
{
    memset(work, 0, sizeof *work);
    work->flow = flow;
    work->request = request;
    work->attempt = attempt;
    mt940_found_init(&work->customers, flow, MT940_KIND_CUSTOMER);
    mt940_found_init(&work->banks, flow, MT940_KIND_CUSTOMER_BANK);
    mt940_found_init(&work->codes, flow, MT940_KIND_BANK_CODE);
    mt940_found_init(&work->rows, flow, MT940_KIND_PAYMENT);
}

static void end(struct card_work *work)
{
    mt940_found_free(&work->customers);
    mt940_found_free(&work->banks);
    mt940_found_free(&work->codes);
    mt940_found_free(&work->rows);
}

static int read_banks(struct card_work *work, const struct mt940_view *customer)
{
    struct mt940_customer_bank from;

    memset(&from, 0, sizeof from);
    from.company = work->flow->company;
    from.customer = *customer;
    return mt940_ask_scan(work->flow, MT940_KIND_CUSTOMER_BANK, 0, 2, &from, &work->banks);
}

static int read_rows(struct card_work *work, const struct mt940_view *customer)
{
    struct mt940_payment from;

    memset(&from, 0, sizeof from);
    from.company = work->flow->company;
    from.customer = *customer;
    return mt940_ask_scan(work->flow, MT940_KIND_PAYMENT, MT940_PAYMENT_BY_CUSTOMER, 2, &from, &work->rows);
}

static int read_books(struct card_work *work, const struct mt940_view *customer)
{
    struct mt940_flow *flow = work->flow;
    const struct mt940_books *asked = flow->books.customers ? &flow->books : &flow->own_books;
    int status = mt940_found_end(&work->customers, asked->customers(asked->user, &flow->company, customer, 1,
                                                                    mt940_found_add, &work->customers));

    asked = flow->books.bank_codes ? &flow->books : &flow->own_books;
    if (status == 0)
        status = mt940_found_end(&work->codes, asked->bank_codes(asked->user, &flow->company, mt940_found_add,
                                                                 &work->codes));
    return status;
}

static int read_all(struct card_work *work)
{
    const struct mt940_customer_bank *given = work->request->record;
    int status = mt940_ask_company(work->flow, &work->company);

    if (status == 0)
        status = read_banks(work, &given->customer);
    if (status == 0)
        status = read_rows(work, &given->customer);
    if (status == 0)
        status = read_books(work, &given->customer);
    return status;
}

static const struct mt940_customer_bank *find_slot(const struct card_work *work, int64_t slot)
{
    for (size_t i = 0; i < work->banks.count; i++) {
        const struct mt940_customer_bank *bank = mt940_found_at(&work->banks, i);

        if (bank->slot == slot)
            return bank;
    }
    return NULL;
}

/* ---- What is to be said ---- */

static void refuse(struct card_work *work, int32_t message, int64_t slot)
{
    struct mt940_dbs_notice *notice = &work->notices[work->notice_count++];

    memset(notice, 0, sizeof *notice);
    notice->message = message;
    notice->outcome = MT940_DBS_BLOCK;
    notice->customer = work->request->record->customer;
    notice->slot = slot;
}

/* Whether documents name this slot: another record under its number would get their money. */
static bool is_used(const struct card_work *work, const struct mt940_customer_bank *record)
{
    for (size_t i = 0; i < work->rows.count; i++)
        if (((const struct mt940_payment *)mt940_found_at(&work->rows, i))->slot == record->slot)
            return true;
    return record->dbs_sequence != 0;
}

static bool same_currency(const struct card_work *work)
{
    const struct mt940_view *local = &work->company.local_currency;
    const struct mt940_view *old = work->before->currency.length ? &work->before->currency : local;
    const struct mt940_view *new = work->record.currency.length ? &work->record.currency : local;

    return mt940_view_equal(old, new);
}

/* "TR33 0006 …" is stored as "TR330006…"; what is no valid IBAN stays as it was entered (R56). */
static int settle_iban(struct card_work *work)
{
    struct mt940_iban iban = {.size = sizeof iban};
    struct mt940_view text = work->record.iban;

    if (text.length == 0 || mt940_iban_parse(text.data, text.length, MT940_IBAN_PRINT, &iban) != 0 ||
        iban.reason != MT940_IBAN_VALID)
        return 0;
    mt940_view_from_string(iban.canonical, &text);
    return mt940_arena_view(&work->flow->scratch, &text, &work->record.iban);
}

/* A record as it was entered, made ready to be stored. */
static int settle(struct card_work *work)
{
    size_t count = 0;
    int status;

    work->record = *work->request->record;
    work->record.company = work->flow->company;
    work->record.revision = work->before ? work->before->revision : 0;
    work->record.dbs_total = work->before ? work->before->dbs_total : 0;
    work->record.dbs_sequence = work->before ? work->before->dbs_sequence : 0;
    status = settle_iban(work);
    if (status == 0)
        status = mt940_customer_bank_settle_details(&work->company, work->before, &work->record,
                                                    (const struct mt940_bank_code *)work->codes.records,
                                                    work->codes.count);
    if (status == 0)
        status = mt940_customer_bank_check(&work->record, work->notices + work->notice_count, &count);
    work->notice_count += count;
    return status;
}

static int decide_add(struct card_work *work)
{
    int64_t slot = work->request->record->slot;
    int status = settle(work);

    if (slot == 0) {
        slot = 1;
        if (work->banks.count > 0)
            slot += ((const struct mt940_customer_bank *)mt940_found_at(&work->banks, work->banks.count - 1))->slot;
        if (slot > MT940_CARD_SLOTS)
            return mt940_fail(work->flow->error, MT940_E_LIMIT, 0, "the card has no slot left");
    }
    work->record.slot = slot;
    for (size_t i = 0; i < work->notice_count; i++)
        work->notices[i].slot = slot;
    if (find_slot(work, slot))
        refuse(work, MT940_M_BANK_RECORD_EXISTS, slot);
    return status;
}

static int decide_edit(struct card_work *work)
{
    int status = settle(work);

    if (is_used(work, work->before) && !same_currency(work))
        refuse(work, MT940_M_BANK_RECORD_USED, work->before->slot);
    return status;
}

static int decide_away(struct card_work *work)
{
    int status;

    work->record = *work->before;
    status = mt940_customer_bank_check_delete(work->before, &work->company.local_currency, work->notices,
                                              &work->notice_count);
    if (work->notice_count == 0 && is_used(work, work->before))
        refuse(work, MT940_M_BANK_RECORD_USED, work->before->slot);
    if (work->request->verb == MT940_CARD_DELETE)
        return status;
    work->record.slot = work->request->new_slot;
    if (find_slot(work, work->request->new_slot))
        refuse(work, MT940_M_BANK_RECORD_EXISTS, work->request->new_slot);
    return status;
}

static int decide(struct card_work *work)
{
    int status = 0;

    work->record = *work->request->record;
    if (work->request->verb != MT940_CARD_ADD)
        work->before = find_slot(work, work->request->record->slot);
    if (work->customers.count == 0)
        refuse(work, MT940_M_UNKNOWN_CUSTOMER, work->request->record->slot);
    else if (work->request->verb == MT940_CARD_ADD)
        status = decide_add(work);
    else if (!work->before)
        refuse(work, MT940_M_UNKNOWN_BANK_RECORD, work->request->record->slot);
    else
        status = work->request->verb == MT940_CARD_EDIT ? decide_edit(work) : decide_away(work);
    for (size_t i = 0; i < work->notice_count; i++)
        if (work->notices[i].outcome > work->outcome)
            work->outcome = work->notices[i].outcome;
    return status;
}

/* ---- Writing ---- */

/*
 * Names the event by what it writes and on which revision. A record that was deleted and comes
 * again has the same name as the first time; `attempt` tells them apart.
 */
static void make_key(const struct card_work *work, char key[KEY_LENGTH + 1])
{
    const struct mt940_kind_info *info = mt940_kind_info(MT940_KIND_CUSTOMER_BANK);
    struct mt940_sha256 hash;
    uint8_t digest[32];

    mt940_sha256_init(&hash);
    mt940_sha256_number(&hash, work->request->verb);
    mt940_sha256_number(&hash, work->attempt);
    mt940_sha256_number(&hash, work->before ? work->before->revision : 0);
    mt940_sha256_number(&hash, work->before ? work->before->slot : 0);
    for (int32_t i = 0; i < info->field_count; i++) {
        const struct mt940_field *field = &info->fields[i];
        const char *at = (const char *)&work->record + field->offset;
        struct mt940_view view = {at, sizeof(int64_t)};

        if (field->type == MT940_TYPE_TEXT)
            memcpy(&view, at, sizeof view);
        mt940_sha256_part(&hash, view.data, view.length);
    }
    mt940_sha256_final(&hash, digest);
    memcpy(key, "card:", 5);
    mt940_hex(digest, sizeof digest, key + 5);
}

static int write_change(struct card_work *work, struct mt940_batch_result *result)
{
    static const char *const verbs[] = {"", "bank-add", "bank-edit", "bank-move", "bank-delete"};
    struct mt940_flow *flow = work->flow;
    const struct mt940_customer *customer = mt940_found_at(&work->customers, 0);
    struct mt940_plan plan;
    char key[KEY_LENGTH + 1];
    int32_t verb = work->request->verb;
    int status;

    make_key(work, key);
    mt940_plan_begin(&plan, flow, verbs[verb], mt940_view_of(key, KEY_LENGTH));
    if (flow->books.user == flow->own_books.user)
        mt940_plan_expect(&plan, MT940_KIND_CUSTOMER, customer, customer->revision);
    if (verb == MT940_CARD_ADD || verb == MT940_CARD_MOVE)
        mt940_plan_put_new(&plan, MT940_KIND_CUSTOMER_BANK, &work->record);
    else if (verb == MT940_CARD_EDIT)
        mt940_plan_put_if(&plan, MT940_KIND_CUSTOMER_BANK, &work->record, work->before->revision);
    if (verb == MT940_CARD_MOVE || verb == MT940_CARD_DELETE)
        mt940_plan_delete_if(&plan, MT940_KIND_CUSTOMER_BANK, work->before, work->before->revision);
    status = mt940_setting_plan_books(flow, &plan, &plan.action.key);
    if (status == 0)
        status = mt940_plan_apply(&plan, result);
    mt940_plan_end(&plan);
    return status;
}

/* ---- The calls ---- */

static int tell(const struct card_work *work, const struct mt940_customer_bank *record, int32_t saved,
                mt940_card_sink sink, void *sink_user)
{
    struct mt940_card_result result = {.size = sizeof result, .outcome = work->outcome, .saved = saved};
    struct mt940_customer_bank shown = *record;

    result.details = mt940_customer_bank_has_details(&work->company);
    if (!result.details)
        shown.correspondent_account = shown.voen = mt940_view_of(NULL, 0);
    if (shown.currency.length == 0)
        shown.currency = work->company.local_currency;
    result.record = &shown;
    result.notices = work->notices;
    result.notice_count = work->notice_count;
    return sink(sink_user, &result);
}

/* One try; *again when somebody else was faster, and the event is to be decided anew. */
static int change_once(struct card_work *work, bool *again, mt940_card_sink sink, void *sink_user)
{
    struct mt940_batch_result result;
    int status = read_all(work);
    bool writes;

    *again = false;
    if (status == 0)
        status = decide(work);
    if (status)
        return status;
    writes = work->outcome == MT940_DBS_PROCEED;
    if (writes)
        status = write_change(work, &result);
    if (status)
        return status;
    *again = writes && result.outcome != MT940_APPLIED;
    return *again ? 0 : tell(work, &work->record, writes, sink, sink_user);
}

static int check_request(const struct mt940_card_request *request, struct mt940_error *error)
{
    const struct mt940_customer_bank *record;
    int status = request ? mt940_check_size(request, request->size, sizeof *request, sizeof *request)
                         : MT940_E_ARGUMENT;

    if (status || !request->record || request->verb < MT940_CARD_ADD || request->verb > MT940_CARD_DELETE)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "the request's size, verb or record");
    record = request->record;
    if (record->slot < (request->verb == MT940_CARD_ADD ? 0 : 1) || record->slot > MT940_CARD_SLOTS ||
        (request->verb == MT940_CARD_MOVE && (request->new_slot < 1 || request->new_slot > MT940_CARD_SLOTS)))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "the slot of a bank record");
    return 0;
}

MT940_EXPORT int mt940_flow_card_change(struct mt940_flow *flow, const struct mt940_card_request *request,
                                        mt940_card_sink sink, void *sink_user, struct mt940_error *error)
{
    struct card_work work;
    bool again = true;
    int status;

    if (!flow || !sink)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow or sink");
    status = check_request(request, error);
    if (status)
        return status;
    status = mt940_flow_enter(flow, error);
    for (uint32_t tries = 0; status == 0 && again && tries <= flow->retries; tries++) {
        mt940_flow_forget_scratch(flow);
        begin(&work, flow, request, tries);
        status = change_once(&work, &again, sink, sink_user);
        end(&work);
    }
    if (status == 0 && again)
        status = MT940_E_CONFLICT;
    mt940_flow_refresh(flow);
    return mt940_flow_leave(flow, status);
}

MT940_EXPORT int mt940_flow_card(struct mt940_flow *flow, const struct mt940_view *customer, mt940_card_sink sink,
                                 void *sink_user, struct mt940_error *error)
{
    struct card_work work;
    int status;

    if (!flow || !customer || !sink)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, customer or sink");
    status = mt940_flow_enter(flow, error);
    begin(&work, flow, NULL, 0);
    if (status == 0)
        status = mt940_ask_company(work.flow, &work.company);
    if (status == 0)
        status = read_banks(&work, customer);
    for (size_t i = 0; i < work.banks.count && status == 0; i++)
        status = tell(&work, mt940_found_at(&work.banks, i), 0, sink, sink_user);
    end(&work);
    return mt940_flow_leave(flow, status);
}

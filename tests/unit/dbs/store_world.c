/* SPDX-License-Identifier: Apache-2.0
 *
 * store_world.c: the verbs that change the books and the invoices, through the flow.
 */
#include "store_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/schema.h"

struct mt940_view store_world_view(const char *text)
{
    struct mt940_view view;

    mt940_view_from_string(text, &view);
    return view;
}

int64_t store_world_money(const struct script_line *line, const char *text, struct mt940_view currency)
{
    int digits = mt940_currency_digits(currency.data, currency.length);
    int64_t units;

    if (digits < 0 || mt940_decimal_parse(text, strlen(text), digits, &units) != 0)
        script_fail(line, "%s is no amount", text);
    return units;
}

const char *store_world_text(int64_t units, struct mt940_view currency, char buffer[40])
{
    int digits = mt940_currency_digits(currency.data, currency.length);

    mt940_decimal_format(units, digits, digits, buffer);
    return buffer;
}

struct mt940_date store_world_date(const struct script_line *line, const char *text)
{
    struct mt940_date date = {0, 0, 0};

    if (text && mt940_date_parse(text, strlen(text), &date) != 0)
        script_fail(line, "%s is no date", text);
    return date;
}

int64_t store_world_enum(const struct script_line *line, int32_t enumeration, const char *text)
{
    int64_t value = 0;

    if (*text && mt940_enum_parse(enumeration, text, strlen(text), &value) != 0)
        script_fail(line, "%s is not known", text);
    return value;
}

static int take(void *user, const void *record)
{
    struct stored *stored = user;

    assert_true(stored->count < STORED_MOST);
    return mt940_record_clone(stored->kind, record, NULL, &stored->records[stored->count++]);
}

void store_world_scan(struct store_world *world, int32_t kind, int32_t index, int32_t prefix, const void *from,
                      struct stored *out)
{
    out->kind = kind;
    out->count = 0;
    assert_int_equal(world->store.scan(world->store.user, kind, index, prefix, from, 0, 0, take, out), 0);
}

void store_world_get(struct store_world *world, int32_t kind, const void *key, struct stored *out)
{
    int status;

    out->kind = kind;
    out->count = 0;
    status = world->store.get(world->store.user, kind, key, take, out);
    assert_true(status == 0 || status == MT940_E_NOT_FOUND);
}

void store_world_free(struct stored *stored)
{
    for (size_t i = 0; i < stored->count; i++)
        mt940_record_free(stored->kind, stored->records[i], NULL);
    stored->count = 0;
}

void store_world_put(struct store_world *world, int32_t kind, const void *record)
{
    struct mt940_error error = {.size = sizeof(error)};
    int status;

    do
        status = mt940_flow_put(world->flow, kind, &record, 1, NULL, &error);
    while (store_trouble_again(world, status));
    if (status != 0)
        fail_msg("a record of kind %d cannot be put: %s", (int)kind, error.text);
}

static int now(void *user, int64_t *seconds)
{
    *seconds = ++*(int64_t *)user;
    return 0;
}

void store_world_open(struct store_world *world)
{
    const struct mt940_clock clock = {sizeof(clock), &world->clock, now};
    const struct mt940_flow_options options = {.size = sizeof(options), .company = "1", .actor = "tester",
                                               .store = &world->front, .clock = &clock, .dbs = &world->policy};

    mt940_flow_close(world->flow);
    assert_int_equal(mt940_flow_open(&options, &world->flow, NULL), 0);
}

static STORE_VERB(stored_company)
{
    struct store_world *w = world;
    struct mt940_company company = {.code = {"1", 1}};

    (void)answer;
    w->local = company.local_currency = store_world_view(script_option(line, "currency", "TRY"));
    company.legislation = store_world_enum(line, MT940_ENUM_LEGISLATION, script_option(line, "legislation", "tr"));
    store_world_put(w, MT940_KIND_COMPANY, &company);
}

static STORE_VERB(stored_policy)
{
    struct store_world *w = world;
    const struct {
        const char *key;
        int32_t *value;
    } keys[] = {{"sale", &w->policy.sale}, {"sale-return", &w->policy.sale_return},
                {"purchase", &w->policy.purchase}, {"purchase-return", &w->policy.purchase_return},
                {"prefer-currency", &w->policy.prefer_currency}, {"rest-goes-on", &w->policy.rest_goes_on},
                {"ordinary-fifo", &w->policy.ordinary_fifo}, {"bank-data-optional", &w->policy.bank_data_optional}};

    (void)answer;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (script_option(line, keys[i].key, NULL))
            *keys[i].value = atoi(script_option(line, keys[i].key, NULL));
    store_world_open(w);
}

static STORE_VERB(stored_customer)
{
    struct mt940_customer customer = {.company = {"1", 1}, .active = 1};

    (void)answer;
    customer.code = store_world_view(script_arg(line, 0));
    customer.payment_type = store_world_enum(line, MT940_ENUM_PAYMENT_TYPE, script_option(line, "type", ""));
    customer.default_bank_account = store_world_view(script_option(line, "account", ""));
    store_world_put(world, MT940_KIND_CUSTOMER, &customer);
}

static STORE_VERB(stored_bank)
{
    struct store_world *w = world;
    struct mt940_customer_bank bank = {.company = {"1", 1}, .slot = atoi(script_arg(line, 1))};

    (void)answer;
    bank.customer = store_world_view(script_arg(line, 0));
    bank.branch = store_world_view(script_arg(line, 2));
    bank.currency = store_world_view(script_option(line, "currency", ""));
    bank.dbs = strcmp(script_option(line, "dbs", "yes"), "yes") == 0;
    bank.dbs_limit = store_world_money(line, script_option(line, "limit", "0"),
                                       bank.currency.length > 0 ? bank.currency : w->local);
    bank.dbs_control = store_world_enum(line, MT940_ENUM_DBS_CONTROL, script_option(line, "control", "block"));
    store_world_put(w, MT940_KIND_CUSTOMER_BANK, &bank);
}

static STORE_VERB(stored_account)
{
    struct mt940_bank_account account = {.company = {"1", 1}};

    (void)answer;
    account.code = store_world_view(script_arg(line, 0));
    account.branch = store_world_view(script_option(line, "branch", ""));
    store_world_put(world, MT940_KIND_BANK_ACCOUNT, &account);
}

static STORE_VERB(stored_rate)
{
    struct store_world *w = world;
    struct mt940_rate *rate = &w->rates[w->rate_count++];

    (void)answer;
    *rate = (struct mt940_rate){.company = {"1", 1}, .date = {2026, 7, 1}, .kind = {"selling", 7}};
    rate->currency = store_world_view(script_arg(line, 0));
    if (mt940_decimal_parse(script_arg(line, 1), strlen(script_arg(line, 1)), 8, &rate->rate) != 0)
        script_fail(line, "that is no rate");
    store_world_put(w, MT940_KIND_RATE, rate);
}

static STORE_VERB(stored_plan)
{
    struct store_world *w = world;
    struct mt940_dbs_plan_line *plan = &w->plan[w->plan_count++];
    const char *currency = script_option(line, "currency", NULL);
    struct mt940_view unit = currency ? store_world_view(currency) : w->local;

    (void)answer;
    *plan = (struct mt940_dbs_plan_line){.share = atoi(script_option(line, "share", "0"))};
    plan->type = (int32_t)store_world_enum(line, MT940_ENUM_PAYMENT_TYPE, script_option(line, "type", ""));
    plan->bank_account = store_world_view(script_option(line, "account", ""));
    plan->branch = store_world_view(script_option(line, "branch", ""));
    plan->due_date = store_world_date(line, script_option(line, "due", NULL));
    plan->amount = store_world_money(line, script_option(line, "amount", "0"), unit);
    plan->paid = store_world_money(line, script_option(line, "paid", "0"), unit);
}

static const char *const outcome_names[] = {"proceed", "warn", "block"};

static void say_result(struct script_answer *answer, const struct mt940_invoice_result *result)
{
    int64_t excess = 0;
    char text[40];

    script_say(answer, "%s", outcome_names[result->outcome]);
    for (size_t i = 0; i < result->notice_count; i++) {
        script_say(answer, "%s", mt940_message_name(result->notices[i].message));
        if (result->notices[i].excess > excess)
            script_say(answer, "excess=%s", store_world_text(excess = result->notices[i].excess,
                                                             result->notices[i].currency, text));
    }
}

static int say(void *answer, const struct mt940_invoice_result *result)
{
    assert_int_equal(result->saved, result->outcome == MT940_DBS_PROCEED);
    say_result(answer, result);
    return 0;
}

static int say_checked(void *answer, const struct mt940_invoice_result *result)
{
    assert_int_equal(result->saved, 0);
    say_result(answer, result);
    return 0;
}

static size_t read_consents(const struct script_line *line, struct mt940_view currency,
                            struct mt940_dbs_consent consents[8])
{
    const char *text = script_option(line, "accept", "");
    size_t count = 0;

    for (; *text && count < 8; count++) {
        size_t length = strcspn(text, ","), name = strcspn(text, ":,");
        char amount[40] = "0";

        consents[count] = (struct mt940_dbs_consent){.message = mt940_message_from_name(text, name)};
        if (name < length)
            snprintf(amount, sizeof(amount), "%.*s", (int)(length - name - 1), text + name + 1);
        consents[count].excess = store_world_money(line, amount, currency);
        text += length + (text[length] == ',');
    }
    return count;
}

static void read_invoice(struct store_world *world, const struct script_line *line, size_t amount,
                         struct mt940_invoice *invoice)
{
    const char *rate = script_option(line, "rate", NULL);
    const char *currency = script_option(line, "currency", NULL);

    invoice->currency = currency ? store_world_view(currency) : world->local;
    invoice->amount = store_world_money(line, script_arg(line, amount), invoice->currency);
    invoice->date = store_world_date(line, script_option(line, "date", "2026-07-01"));
    invoice->due_date = store_world_date(line, script_option(line, "due", NULL));
    invoice->payment_type = store_world_enum(line, MT940_ENUM_PAYMENT_TYPE, script_option(line, "type", ""));
    if (script_option(line, "returns", NULL))
        invoice->returns = store_world_view(script_option(line, "returns", NULL));
    if (rate && mt940_decimal_parse(rate, strlen(rate), 8, &invoice->rate) != 0)
        script_fail(line, "%s is no rate", rate);
}

/* A check must say what the commit says and write nothing; then the commit. */
static void run_event(struct store_world *world, const struct script_line *line, struct script_answer *answer,
                      int32_t verb, const struct mt940_invoice *invoice)
{
    struct mt940_dbs_consent consents[8];
    struct mt940_error error = {.size = sizeof(error)};
    struct script_answer checked = {.length = 0};
    struct mt940_invoice_request request = {
        .size = sizeof(request), .verb = verb, .invoice = invoice, .consents = consents,
        .consent_count = read_consents(line, world->local, consents)};
    int status;

    if (verb == MT940_INVOICE_ADD || verb == MT940_INVOICE_CHANGE || verb == MT940_INVOICE_OPENING) {
        request.plan = world->plan;
        request.plan_count = world->plan_count;
        request.instalments = atoi(script_option(line, "instalments", "0"));
        request.interval_months = atoi(script_option(line, "months", "1"));
        request.interval_days = atoi(script_option(line, "days", "0"));
        request.bank_account = store_world_view(script_option(line, "account", ""));
        request.branch = store_world_view(script_option(line, "branch", ""));
    }
    request.flags = MT940_INVOICE_CHECK;
    do {
        checked.length = 0;
        status = mt940_flow_invoice(world->flow, &request, say_checked, &checked, &error);
    } while (store_trouble_again(world, status));
    request.flags = 0;
    if (status == 0)
        do {
            answer->length = 0;
            status = mt940_flow_invoice(world->flow, &request, say, answer, &error);
        } while (store_trouble_again(world, status));
    if (status != 0)
        script_fail(line, "%s: %s", mt940_status_name(status), error.text);
    if (strcmp(checked.text, answer->text) != 0)
        script_fail(line, "checked: %s, done: %s", checked.text, answer->text);
    world->plan_count = 0;
}

static void add(struct store_world *world, const struct script_line *line, struct script_answer *answer, int32_t verb)
{
    struct mt940_invoice invoice = {.number = store_world_view(script_arg(line, 0)),
                                    .customer = store_world_view(script_arg(line, 1))};

    invoice.kind = store_world_enum(line, MT940_ENUM_INVOICE_KIND, script_arg(line, 2));
    read_invoice(world, line, 3, &invoice);
    run_event(world, line, answer, verb, &invoice);
}

static STORE_VERB(stored_invoice)
{
    add(world, line, answer, MT940_INVOICE_ADD);
}

static STORE_VERB(stored_opening)
{
    add(world, line, answer, MT940_INVOICE_OPENING);
}

static STORE_VERB(stored_change)
{
    struct mt940_invoice key = {.company = {"1", 1}, .number = store_world_view(script_arg(line, 0))}, invoice;
    struct stored found;

    store_world_get(world, MT940_KIND_INVOICE, &key, &found);
    if (found.count == 0)
        script_fail(line, "there is no such invoice");
    invoice = *(struct mt940_invoice *)found.records[0];
    invoice.rate = 0;
    read_invoice(world, line, 1, &invoice);
    run_event(world, line, answer, MT940_INVOICE_CHANGE, &invoice);
    store_world_free(&found);
}

static void by_number(struct store_world *world, const struct script_line *line, struct script_answer *answer,
                      int32_t verb)
{
    struct mt940_invoice invoice = {.number = store_world_view(script_arg(line, 0))};

    invoice.payment_type = store_world_enum(line, MT940_ENUM_PAYMENT_TYPE, script_option(line, "type", ""));
    run_event(world, line, answer, verb, &invoice);
}

static STORE_VERB(stored_cancel)
{
    by_number(world, line, answer, MT940_INVOICE_CANCEL);
}

static STORE_VERB(stored_restore)
{
    by_number(world, line, answer, MT940_INVOICE_RESTORE);
}

static STORE_VERB(stored_withdraw)
{
    by_number(world, line, answer, MT940_INVOICE_WITHDRAW);
}

static STORE_VERB(stored_adjust)
{
    struct store_world *w = world;
    struct mt940_view customer = store_world_view(script_arg(line, 0)), name = store_world_view(script_arg(line, 3));
    struct mt940_view note = store_world_view("by hand");
    int64_t delta = store_world_money(line, script_arg(line, 2), w->local);
    int64_t slot = atoi(script_arg(line, 1));
    int32_t message;
    int64_t total;
    int status;

    (void)answer;
    do
        status = mt940_flow_dbs_adjust(w->flow, &customer, slot, delta, &name, &note, &total, &message, NULL);
    while (store_trouble_again(w, status));
    assert_int_equal(status, 0);
    if (message != 0 && message != MT940_M_OVER_LIMIT)
        script_fail(line, "%s", mt940_message_name(message));
    store_trouble_rest(w); /* a lost answer would leave open which of the two wrote it */
    assert_int_equal(mt940_flow_dbs_adjust(w->flow, &customer, slot, delta, &name, &note, &total, &message, NULL), 0);
    assert_int_equal(message, MT940_M_ADJUSTMENT_EXISTS);
}

static int tell_fault(void *user, const struct mt940_customer_bank *record, const struct mt940_dbs_audit *audit)
{
    const struct script_line *line = user;

    if (audit->faults != 0)
        script_fail(line, "total %lld of %.*s/%lld: rows %lld, lines %lld, adjustments %lld, journal %lld, faults %d",
                    (long long)record->dbs_total, (int)record->customer.length, record->customer.data,
                    (long long)record->slot, (long long)audit->rows, (long long)audit->lines,
                    (long long)audit->adjustments, (long long)audit->journal, (int)audit->faults);
    return 0;
}

static void audit_all(void *user, const struct script_line *line)
{
    struct store_world *world = user;
    struct script_line named = *line;
    size_t faulty = 99;
    int status;

    do
        status = mt940_flow_dbs_audit(world->flow, tell_fault, &named, &faulty, NULL);
    while (store_trouble_again(world, status));
    assert_int_equal(status, 0);
    assert_int_equal(faulty, 0);
    store_trouble_begin(world);
}

static const struct script_verb verbs[] = {
    {"company", stored_company},   {"policy", stored_policy},   {"customer", stored_customer},
    {"bank", stored_bank},         {"account", stored_account}, {"rate", stored_rate},
    {"plan", stored_plan},         {"invoice", stored_invoice}, {"opening", stored_opening},
    {"change", stored_change},     {"cancel", stored_cancel},   {"restore", stored_restore},
    {"withdraw", stored_withdraw}, {"collect", stored_collect}, {"undo", stored_undo},
    {"mark", stored_mark},         {"adjust", stored_adjust},   {"total", stored_total},
    {"row", stored_row},           {"flag", stored_flag},       {"risk", stored_risk},
    {"limit", stored_limit},
};

void store_world_run(const char *path, const struct mt940_store *store, struct store_trouble *trouble)
{
    struct store_world *world = calloc(1, sizeof(*world));
    struct mt940_company company = {.code = {"1", 1}, .local_currency = {"TRY", 3}};
    char *text;

    assert_non_null(world);
    world->store = *store;
    world->trouble = trouble;
    store_trouble_connect(world);
    world->local = company.local_currency;
    mt940_dbs_policy_init(&world->policy);
    store_world_open(world);
    store_world_put(world, MT940_KIND_COMPANY, &company);
    assert_true(script_run(path, verbs, sizeof(verbs) / sizeof(verbs[0]), world, audit_all, &text) > 1);
    script_free(text);
    mt940_flow_close(world->flow);
    world->store.close(world->store.user);
    free(world);
}

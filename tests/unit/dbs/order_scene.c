/* SPDX-License-Identifier: Apache-2.0
 *
 * order_scene.c: see order_scene.h.
 */
#include "order_scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/adapters/memory.h"

static int count_read(void *user, const void *record)
{
    struct rival *rival = user;

    rival->reads++;
    return rival->sink(rival->sink_user, record);
}

static int get(void *user, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    struct rival *rival = user;

    rival->sink = sink;
    rival->sink_user = sink_user;
    return rival->store.get(rival->store.user, kind, key, count_read, rival);
}

static int scan(void *user, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after, size_t limit,
                mt940_record_sink sink, void *sink_user)
{
    struct rival *rival = user;

    rival->sink = sink;
    rival->sink_user = sink_user;
    return rival->store.scan(rival->store.user, kind, index, prefix, from, after, limit, count_read, rival);
}

static int apply(void *user, const struct mt940_batch *batches, size_t count, struct mt940_batch_result *results)
{
    struct rival *rival = user;
    int status;

    if (rival->before && rival->times > 0) {
        rival->times--;
        rival->before(rival);
    }
    rival->calls++;
    status = rival->store.apply(rival->store.user, batches, count, results);
    return rival->lose_answer ? MT940_E_UNKNOWN : status;
}

static int now(void *user, int64_t *seconds)
{
    static int64_t asked;

    (void)user;
    *seconds = 1784000000 + asked++;
    return 0;
}

static const struct mt940_clock clock_port = {sizeof(clock_port), NULL, now};

static struct mt940_flow *open_flow(const struct mt940_store *store)
{
    const struct mt940_flow_options options = {.size = sizeof(options), .company = "1", .actor = "tester",
                                               .store = store, .clock = &clock_port, .retries = 3};
    struct mt940_flow *flow = NULL;

    assert_int_equal(mt940_flow_open(&options, &flow, NULL), 0);
    return flow;
}

void put(struct mt940_flow *flow, int32_t kind, const void *record)
{
    assert_int_equal(mt940_flow_put(flow, kind, &record, 1, NULL, NULL), 0);
}

struct mt940_view text(const char *string)
{
    struct mt940_view view;

    mt940_view_from_string(string, &view);
    return view;
}

static void put_bank(struct mt940_flow *flow, int64_t slot, const char *branch)
{
    const struct mt940_customer_bank bank = {.company = {"1", 1}, .customer = {"C", 1}, .slot = slot,
                                             .branch = text(branch), .iban = text("TR780006701000000011111111"),
                                             .account = text("11111111"), .dbs = 1, .dbs_limit = 100000000};
    const struct mt940_bank_account account = {.company = {"1", 1}, .code = text(slot == 1 ? "A" : slot == 2 ? "B" : "M"),
                                               .branch = text(branch), .iban = text("TR140006200119000001234567")};

    put(flow, MT940_KIND_CUSTOMER_BANK, &bank);
    put(flow, MT940_KIND_BANK_ACCOUNT, &account);
}

void begin(struct scene *scene)
{
    const struct mt940_company company = {.code = {"1", 1}, .local_currency = {"TRY", 3}};
    const struct mt940_customer customer = {.company = {"1", 1}, .code = {"C", 1}, .active = 1,
                                            .payment_type = MT940_PAYMENT_TYPE_DBS, .default_bank_account = {"A", 1}};

    memset(scene, 0, sizeof(*scene));
    assert_int_equal(mt940_memory_store_open(NULL, &scene->rival.store, NULL), 0);
    scene->front = (struct mt940_store){.size = sizeof(scene->front), .user = &scene->rival, .get = get, .scan = scan,
                                        .apply = apply};
    scene->flow = open_flow(&scene->front);
    scene->rival.other = open_flow(&scene->rival.store);
    put(scene->rival.other, MT940_KIND_COMPANY, &company);
    put(scene->rival.other, MT940_KIND_CUSTOMER, &customer);
    put_bank(scene->rival.other, 1, "0062_00119");
    put_bank(scene->rival.other, 2, "0111_01024");
    put_bank(scene->rival.other, 3, "Merkez");
}

void end(struct scene *scene)
{
    mt940_flow_close(scene->flow);
    mt940_flow_close(scene->rival.other);
    scene->rival.store.close(scene->rival.store.user);
}

static int saved(void *user, const struct mt940_invoice_result *result)
{
    assert_int_equal(result->saved, 1);
    ++*(int *)user;
    return 0;
}

void event(struct mt940_flow *flow, int32_t verb, const char *number, int64_t amount, const char *account,
                  int32_t instalments)
{
    const struct mt940_invoice invoice = {.number = text(number), .customer = {"C", 1}, .amount = amount,
                                          .kind = MT940_INVOICE_KIND_SALE, .date = {2026, 7, 1},
                                          .due_date = {2026, 7, 15}};
    struct mt940_invoice_request request = {.size = sizeof request, .verb = verb, .invoice = &invoice,
                                            .instalments = instalments, .interval_months = 1};
    int count = 0;

    request.bank_account = text(account);
    assert_int_equal(mt940_flow_invoice(flow, &request, saved, &count, NULL), 0);
    assert_int_equal(count, 1);
}

void add(struct scene *scene, const char *number, int64_t amount)
{
    event(scene->rival.other, MT940_INVOICE_ADD, number, amount, "A", 0);
}

int tell(void *user, const struct mt940_dbs_export_result *result)
{
    struct told *told = user;

    told->calls++;
    told->saved = result->saved;
    told->rows = result->run->rows;
    told->number = result->run->number;
    told->added = result->added;
    told->updated = result->updated;
    told->cancelled = result->cancelled;
    told->left_out = result->left_out;
    told->length = result->run->content.length;
    assert_true(told->length < sizeof told->file);
    if (told->length > 0)
        memcpy(told->file, result->run->content.data, told->length);
    told->file[told->length] = '\0';
    return 0;
}

int find(void *user, const struct mt940_dbs_finding *finding)
{
    struct told *told = user;

    told->findings++;
    told->finding = finding->message;
    return 0;
}

struct told export(struct scene *scene, const char *bank, uint32_t flags)
{
    const struct mt940_dbs_export_request request = {.size = sizeof request, .bank = text(bank), .flags = flags};
    struct told told = {0};

    assert_int_equal(mt940_flow_dbs_export(scene->flow, &request, tell, find, &told, NULL), 0);
    assert_int_equal(told.calls, 1);
    return told;
}

static int hear(void *user, const struct mt940_dbs_answer_result *result)
{
    struct heard *heard = user;

    heard->results++;
    heard->message = result->message;
    heard->state = result->after->state;
    return 0;
}

static int hear_finding(void *user, const struct mt940_dbs_finding *finding)
{
    struct heard *heard = user;

    heard->findings++;
    heard->finding = finding->message;
    heard->line = finding->line;
    return 0;
}

struct heard answer(struct scene *scene, const char *file, int32_t check)
{
    const struct mt940_dbs_answer_request request = {.size = sizeof request, .bank = text("0062"), .bytes = file,
                                                     .length = strlen(file), .check = check};
    struct heard heard = {0};

    assert_int_equal(mt940_flow_dbs_answer(scene->flow, &request, hear, hear_finding, &heard, &heard.summary, NULL), 0);
    return heard;
}

static int see(void *user, const struct mt940_dbs_order_view *order)
{
    struct seen *seen = user;

    seen->rows++;
    seen->pending = order->pending;
    seen->open = order->open;
    seen->state = order->order ? order->order->state : -1;
    return 0;
}

struct seen orders(struct scene *scene, const char *bank, int32_t all)
{
    const struct mt940_view view = text(bank);
    struct seen seen = {0};

    assert_int_equal(mt940_flow_dbs_orders(scene->flow, bank ? &view : NULL, all, see, &seen, NULL), 0);
    return seen;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * bench_dbs_order.c: a go-live of many open invoices and the files to a bank in figures, on the SQLite store with every
 * commit synced: openings, the first file, the next one with nothing to tell, and the same with years of paid invoices
 * behind. Prints a table for docs/performance.md. The processor's own time is told beside the clock's, so that a busy
 * machine can be seen.
 *
 * usage: bench_dbs_order [DIRECTORY [ROWS]]
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mt940connect/adapters/sqlite.h"
#include "mt940connect/dbs_order.h"
#include "mt940connect/invoice.h"

enum { NAME = 12 };

static char path[4096];

struct clocks {
    double wall, own;
};

static struct clocks now_of_clocks(void)
{
    struct timespec wall, own;

    clock_gettime(CLOCK_MONOTONIC, &wall);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
    return (struct clocks){(double)wall.tv_sec + (double)wall.tv_nsec * 1e-9,
                           (double)own.tv_sec + (double)own.tv_nsec * 1e-9};
}

static void tell(const char *what, size_t rows, const struct clocks *start)
{
    struct clocks end = now_of_clocks();

    printf("| %s | %zu | %.3f s | %.3f s |\n", what, rows, end.wall - start->wall, end.own - start->own);
    fflush(stdout);
}

static void must(int holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    exit(2);
}

static struct mt940_view view(const char *text)
{
    struct mt940_view out;

    mt940_view_from_string(text, &out);
    return out;
}

static int now(void *user, int64_t *seconds)
{
    (void)user;
    *seconds = 1784000000;
    return 0;
}

static void put(struct mt940_flow *flow, int32_t kind, const void *record)
{
    must(mt940_flow_put(flow, kind, &record, 1, NULL, NULL) == 0, "the books cannot be put");
}

static void put_books(struct mt940_flow *flow)
{
    const struct mt940_company company = {.code = {"1", 1}, .local_currency = {"TRY", 3}};
    const struct mt940_bank_account account = {.company = {"1", 1}, .code = {"A", 1}, .branch = view("0062_00119"),
                                               .iban = view("TR140006200119000001234567")};
    const struct mt940_customer customer = {.company = {"1", 1}, .code = {"C", 1}, .active = 1,
                                            .payment_type = MT940_PAYMENT_TYPE_DBS, .default_bank_account = {"A", 1}};
    const struct mt940_customer_bank bank = {.company = {"1", 1}, .customer = {"C", 1}, .slot = 1, .dbs = 1,
                                             .branch = view("0062_00119"), .dbs_limit = 1000000000};

    put(flow, MT940_KIND_COMPANY, &company);
    put(flow, MT940_KIND_BANK_ACCOUNT, &account);
    put(flow, MT940_KIND_CUSTOMER, &customer);
    put(flow, MT940_KIND_CUSTOMER_BANK, &bank);
}

static int count_saved(void *user, const struct mt940_invoice_result *result)
{
    *(size_t *)user += (size_t)result->saved;
    return 0;
}

/* `count` open invoices of 100.00 of which `paid` came before; their numbers begin with `letter`. */
static void open_invoices(struct mt940_flow *flow, char letter, size_t count, int64_t paid)
{
    struct mt940_invoice *invoices = calloc(count, sizeof *invoices);
    struct mt940_invoice_request *requests = calloc(count, sizeof *requests);
    char(*names)[NAME] = calloc(count, sizeof *names);
    const struct mt940_dbs_plan_line plan = {.amount = 10000, .paid = paid, .due_date = {2026, 8, 1}};
    size_t saved = 0;

    must(invoices && requests && names, "no memory");
    for (size_t i = 0; i < count; i++) {
        snprintf(names[i], NAME, "%c%zu", letter, i % 10000000);
        invoices[i] = (struct mt940_invoice){.number = view(names[i]), .customer = {"C", 1}, .amount = 10000,
                                             .kind = MT940_INVOICE_KIND_SALE, .date = {2026, 7, 1}};
        requests[i] = (struct mt940_invoice_request){.size = sizeof *requests, .verb = MT940_INVOICE_OPENING,
                                                     .invoice = &invoices[i], .plan = &plan, .plan_count = 1,
                                                     .bank_account = {"A", 1}};
    }
    must(mt940_flow_openings(flow, requests, count, count_saved, &saved, NULL) == 0 && saved == count,
         "the invoices cannot be opened");
    free(invoices);
    free(requests);
    free(names);
}

static int take_run(void *user, const struct mt940_dbs_export_result *result)
{
    *(int64_t *)user = result->run->rows;
    return 0;
}

static size_t export(struct mt940_flow *flow)
{
    const struct mt940_dbs_export_request request = {.size = sizeof request, .bank = {"0062", 4}};
    int64_t rows = -1;

    must(mt940_flow_dbs_export(flow, &request, take_run, NULL, &rows, NULL) == 0, "no file can be made");
    return (size_t)rows;
}

/* The bank has collected every row of the last file. */
static void pay(struct mt940_flow *flow, size_t count)
{
    struct mt940_dbs_answer_request request = {.size = sizeof request, .bank = {"0062", 4}};
    struct mt940_dbs_answer_summary summary = {.size = sizeof summary};
    char *text = malloc(64 + count * 32);
    size_t length;

    must(text != NULL, "no memory");
    length = (size_t)snprintf(text, 64, "reference;state;paid\n");
    for (size_t i = 0; i < count; i++)
        length += (size_t)snprintf(text + length, 32, "N%zu;paid;100.00\n", i);
    request.bytes = text;
    request.length = length;
    must(mt940_flow_dbs_answer(flow, &request, NULL, NULL, NULL, &summary, NULL) == 0 && summary.changed == count,
         "the answer cannot be read");
    free(text);
}

static int count_order(void *user, const struct mt940_dbs_order_view *order)
{
    (void)order;
    ++*(size_t *)user;
    return 0;
}

static size_t list(struct mt940_flow *flow, int32_t all)
{
    const struct mt940_view bank = {"0062", 4};
    size_t rows = 0;

    must(mt940_flow_dbs_orders(flow, &bank, all, count_order, &rows, NULL) == 0, "the orders cannot be listed");
    return rows;
}

static void measure(struct mt940_flow *flow, size_t rows)
{
    struct clocks start = now_of_clocks();

    open_invoices(flow, 'N', rows, 0);
    tell("open invoices brought in", rows, &start);
    start = now_of_clocks();
    must(export(flow) == rows, "the file has not every row");
    tell("the first file to a bank", rows, &start);
    start = now_of_clocks();
    must(export(flow) == 0, "something was told twice");
    tell("the next one: nothing to tell, all still open", 0, &start);
    start = now_of_clocks();
    pay(flow, rows);
    tell("the bank's answer: all are paid", rows, &start);
    start = now_of_clocks();
    open_invoices(flow, 'H', rows, 10000);
    tell("paid invoices of the years before brought in", rows, &start);
    open_invoices(flow, 'X', 10, 0);
    start = now_of_clocks();
    must(export(flow) == 10, "the new rows are not in the file");
    tell("ten new rows: the file", 10, &start);
    start = now_of_clocks();
    must(list(flow, 1) >= rows, "rows are missing");
    tell("every row ever listed (`dbs orders --all`)", 2 * rows + 10, &start);
}

int main(int argc, char **argv)
{
    const char *directory = argc > 1 ? argv[1] : ".";
    size_t rows = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 20000;
    const struct mt940_clock clock_port = {sizeof clock_port, NULL, now};
    struct mt940_store store;
    struct mt940_flow *flow = NULL;

    snprintf(path, sizeof path, "%s/bench_dbs_order.db", directory);
    (void)remove(path);
    must(mt940_sqlite_store_open(path, NULL, &store, NULL) == 0, "the store cannot be made");
    const struct mt940_flow_options options = {.size = sizeof options, .company = "1", .actor = "bench",
                                               .store = &store, .clock = &clock_port, .retries = 3};
    must(mt940_flow_open(&options, &flow, NULL) == 0, "no flow");
    put_books(flow);
    printf("| what | rows | by the clock | processor time |\n|---|---|---|---|\n");
    measure(flow, rows);
    mt940_flow_close(flow);
    store.close(store.user);
    (void)remove(path);
    return 0;
}

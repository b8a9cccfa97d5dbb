/* SPDX-License-Identifier: Apache-2.0
 *
 * bench_store.c: what a store on disk does in a second, beside a floor that is measured in the
 * same run and place: a file that gets 4 KiB and is synced, again and again. Prints a table for
 * docs/performance.md. Nothing fails here; disks differ too much.
 *
 * usage: bench_store [DIRECTORY]                       SQLite
 *        server.py bench_store postgres DIRECTORY     the server of tests/postgres, which lies there
 */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "mt940connect/adapters/sqlite.h"
#ifdef WITH_POSTGRES
#include "mt940connect/adapters/postgres.h"
#endif

enum { MOST = 1000, ROWS = 20, ID_LENGTH = 67 };

static char path[4096];
static struct mt940_store store;
static uint64_t random_state = 940;

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static struct mt940_view view(const char *text)
{
    struct mt940_view out;

    mt940_view_from_string(text, &out);
    return out;
}

static void give_up(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(2);
}

/* --- the floor --- */

static double syncs_per_second(void)
{
    static const char block[4096];
    char name[sizeof(path) + 8];
    int count = 0;

    snprintf(name, sizeof(name), "%s.sync", path);
    int file = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (file < 0)
        give_up(name);
    double start = now();
    for (; now() - start < 1.0; count++)
        if (pwrite(file, block, sizeof(block), (off_t)(count % 1000) * (off_t)sizeof(block)) < 0 || fdatasync(file))
            give_up("fdatasync");
    double seconds = now() - start;
    close(file);
    remove(name);
    return count / seconds;
}

/* --- batches --- */

/* A total with its journal line, and with `all` the invoice and its payment row. */
struct papers {
    char number[24];
    struct mt940_customer_bank bank;
    struct mt940_invoice invoice;
    struct mt940_payment payment;
    struct mt940_journal line;
    struct mt940_action action;
    struct mt940_change changes[3];
};

static struct papers papers[MOST];
static struct mt940_batch batches[MOST];
static struct mt940_batch_result results[MOST];

static struct mt940_change change_of(int32_t op, int32_t kind, const void *record)
{
    return (struct mt940_change){.size = sizeof(struct mt940_change), .op = op, .kind = kind, .record = record};
}

static void write_papers(struct papers *p, struct mt940_batch *batch, size_t changes)
{
    static long number;

    snprintf(p->number, sizeof(p->number), "F%010ld", ++number);
    p->bank = (struct mt940_customer_bank){.company = view("01"), .customer = view("120.01.001"), .slot = 1};
    p->invoice = (struct mt940_invoice){.company = view("01"), .number = view(p->number), .amount = 5,
                                        .customer = p->bank.customer, .kind = 1, .date = {2026, 7, 14},
                                        .currency = view("TRY")};
    p->payment = (struct mt940_payment){.company = view("01"), .invoice = view(p->number), .line = 1, .amount = 5,
                                        .customer = p->bank.customer, .due_date = {2026, 8, 14}};
    p->line = (struct mt940_journal){.event = 1, .document = view(p->number), .currency = view("TRY"),
                                     .actor = view("ayse")};
    p->action = (struct mt940_action){.company = view("01"), .key = view(p->number), .verb = view("invoice-add")};
    p->changes[0] = change_of(MT940_TOTAL_ADD, MT940_KIND_CUSTOMER_BANK, &p->bank);
    p->changes[0].delta = 5;
    p->changes[0].ceiling = MT940_CEILING_STORED_LIMIT;
    p->changes[0].journal = &p->line;
    p->changes[1] = change_of(MT940_PUT_NEW, MT940_KIND_INVOICE, &p->invoice);
    p->changes[2] = change_of(MT940_PUT_NEW, MT940_KIND_PAYMENT, &p->payment);
    *batch = (struct mt940_batch){sizeof(*batch), &p->action, p->changes, changes};
}

static void apply(size_t count)
{
    for (size_t i = 0; i < count; i++)
        results[i].size = sizeof(results[i]);
    if (store.apply(store.user, batches, count, results))
        give_up(store.last_error(store.user));
    for (size_t i = 0; i < count; i++)
        if (results[i].outcome != MT940_APPLIED)
            give_up("a batch was not applied");
}

static void invoices(size_t per_call, size_t changes, const char *what)
{
    double floor = syncs_per_second();
    double start = now();
    long count = 0;

    while (now() - start < 2.0) {
        for (size_t i = 0; i < per_call; i++)
            write_papers(&papers[i], &batches[i], changes);
        apply(per_call);
        count += (long)per_call;
    }
    double rate = (double)count / (now() - start);
    printf("| %s, %zu a call | %.0f batches/s | %.2f |\n", what, per_call, rate, rate / (double)per_call / floor);
}

/* --- movements: a statement of ROWS a batch, ids as random as digests are --- */

static char ids[MOST][ID_LENGTH + 1];
static struct mt940_movement movements[MOST];
static struct mt940_change inserts[MOST];

static int compare(const void *a, const void *b)
{
    return mt940_record_compare(MT940_KIND_MOVEMENT, 0, a, b);
}

static void write_statement(size_t from, const char *key)
{
    for (size_t i = from; i < from + ROWS; i++) {
        snprintf(ids[i], sizeof(ids[i]), "1:%016llx%016llx%032llx", (unsigned long long)next_random(),
                 (unsigned long long)next_random(), (unsigned long long)next_random());
        movements[i] = (struct mt940_movement){
            .company = view("01"), .id = view(ids[i]), .inbox_item = view(key), .row = (int64_t)i,
            .second_key = view(ids[i] + 2), .bank_account = view("102.01"), .value_date = {2026, 7, 14},
            .mark = view("C"), .amount = 1250075, .currency = view("TRY"), .type = view("N"), .code = view("TRF"),
            .bank_reference = view("DK0000123456"),
            .narrative = view("GELEN EFT ORNEK TICARET LIMITED SIRKETI FATURA 2026000123 ODEMESI SORGU NO 1234567")};
    }
    qsort(&movements[from], ROWS, sizeof(movements[0]), compare);
    for (size_t i = from; i < from + ROWS; i++)
        inserts[i] = change_of(MT940_PUT_NEW, MT940_KIND_MOVEMENT, &movements[i]);
}

static void statements(size_t per_call)
{
    static long number;
    double start = now();
    long rows = 0;

    while (now() - start < 3.0) {
        for (size_t i = 0; i < per_call; i++) {
            snprintf(papers[i].number, sizeof(papers[i].number), "S%010ld", ++number);
            papers[i].action = (struct mt940_action){.company = view("01"), .key = view(papers[i].number)};
            write_statement(i * ROWS, papers[i].number);
            batches[i] = (struct mt940_batch){sizeof(batches[i]), &papers[i].action, &inserts[i * ROWS], ROWS};
        }
        apply(per_call);
        rows += (long)per_call * ROWS;
    }
    printf("| movements, %d a batch, %zu batches a call | %.0f rows/s | |\n", ROWS, per_call,
           (double)rows / (now() - start));
}

static int count_record(void *user, const void *record)
{
    ++*(long *)user;
    return record ? 0 : 1;
}

/* Names the place of the floor and opens the store; its name. */
static const char *open_store(int argc, char **argv)
{
    struct mt940_error error = {.size = sizeof(error)};
    bool is_server = argc > 1 && strcmp(argv[1], "postgres") == 0;
    const char *directory = argc > 1 + is_server ? argv[1 + is_server] : "/tmp";

    snprintf(path, sizeof(path), "%s/bench_store.%ld.db", directory, (long)getpid());
#ifdef WITH_POSTGRES
    if (is_server && mt940_postgres_store_open(getenv("MT940_POSTGRES_TCP"), NULL, &store, &error))
        give_up(error.text);
#endif
    if (!is_server && mt940_sqlite_store_open(path, NULL, &store, &error))
        give_up(error.text);
    if (!store.apply)
        give_up("this build has no such store");
    return is_server ? "PostgreSQL store, loopback" : "SQLite store, synchronous FULL";
}

int main(int argc, char **argv)
{
    long rows = 0;
    const char *name = open_store(argc, argv);

    struct mt940_customer_bank bank = {.company = view("01"), .customer = view("120.01.001"), .slot = 1,
                                       .dbs_limit = INT64_MAX};
    struct mt940_action action = {.company = view("01"), .key = view("set-up")};
    struct mt940_change put = change_of(MT940_PUT_NEW, MT940_KIND_CUSTOMER_BANK, &bank);
    batches[0] = (struct mt940_batch){sizeof(batches[0]), &action, &put, 1};
    apply(1);
    printf("| %s | rate | commits per fdatasync of 4 KiB (%.0f/s) |\n|---|---|---|\n", name, syncs_per_second());
    static const size_t groups[] = {1, 20, 1000};
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
        invoices(groups[i], 1, "key, total, journal line");
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
        invoices(groups[i], 3, "the same with invoice and payment row");
    statements(1);
    statements(50);
    double start = now();
    if (store.scan(store.user, MT940_KIND_MOVEMENT, 0, 0, NULL, 0, 0, count_record, &rows))
        give_up(store.last_error(store.user));
    printf("| reading movements | %.0f rows/s | |\n", (double)rows / (now() - start));
    store.close(store.user);
    (void)remove(path);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * bench_flow.c: a day's work over the SQLite store: receive, match, save; and a folder of ten
 * thousand files, received twice. The statements are generated and always the same. Prints a
 * table for docs/performance.md beside the floor of the same run: 4 KiB written and synced.
 *
 * usage: bench_flow [DIRECTORY [STATEMENTS [FILES]]]
 */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "mt940connect/adapters/folder.h"
#include "mt940connect/adapters/sqlite.h"
#include "mt940connect/flow.h"
#include "mt940connect/iban.h"

enum { ROWS = 100, CUSTOMERS = 200, INVOICES = 2000, NAME = 64 };

static char root[2048], path[4096];
static struct mt940_store store;
static struct mt940_flow *flow;
static struct mt940_error error = {.size = sizeof error};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static struct mt940_view view(const char *text)
{
    struct mt940_view out;

    mt940_view_from_string(text, &out);
    return out;
}

static void need(int status, const char *what)
{
    if (status == 0)
        return;
    fprintf(stderr, "%s: %d %s\n", what, status, error.text);
    exit(2);
}

static double syncs_per_second(void)
{
    static const char block[4096];
    char name[sizeof path + 8];
    int count = 0;

    snprintf(name, sizeof name, "%s.sync", path);
    int file = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
    double start = now();
    for (; file >= 0 && now() - start < 1.0; count++)
        if (pwrite(file, block, sizeof block, (off_t)(count % 1000) * (off_t)sizeof block) < 0 || fdatasync(file))
            break;
    double seconds = now() - start;
    close(file);
    remove(name);
    return count / seconds;
}

/* --- books --- */

static void iban_of(int customer, char out[40])
{
    char bban[40];

    snprintf(bban, sizeof bban, "000670%016d", customer + 1);
    need(mt940_iban_compute("TR", bban, strlen(bban), out), "iban");
}

static void put(int32_t kind, const void *record)
{
    need(mt940_flow_put(flow, kind, &record, 1, NULL, &error), "put");
}

static void put_all(int32_t kind, const void *records, size_t size, size_t count)
{
    const void **list = calloc(count, sizeof *list);

    for (size_t i = 0; list && i < count; i++)
        list[i] = (const char *)records + i * size;
    need(list ? mt940_flow_put(flow, kind, list, count, NULL, &error) : 1, "put");
    free(list);
}

static char codes[CUSTOMERS][NAME], names[CUSTOMERS][NAME], ibans[CUSTOMERS][NAME], invoices[INVOICES][NAME];

/* Two words and a trade, no two customers alike. */
static void name_of(int customer, char out[NAME])
{
    static const char *const first[] = {"YILDIZ", "DOGAN", "KARTAL", "DENIZ", "ORMAN", "TOPRAK", "CINAR", "PINAR", "ATLAS", "MERKEZ"};
    static const char *const second[] = {"GIDA", "MARKET", "TEKSTIL", "MAKINE", "INSAAT"};
    static const char *const third[] = {"SANAYI", "TICARET", "PAZARLAMA", "DAGITIM"};

    snprintf(out, NAME, "%s %s %s", first[customer % 10], second[customer / 10 % 5], third[customer / 50 % 4]);
}

static void put_books(void)
{
    static struct mt940_customer customers[CUSTOMERS];
    static struct mt940_customer_bank banks[CUSTOMERS];
    static struct mt940_invoice bills[INVOICES];
    static struct mt940_payment payments[INVOICES];
    struct mt940_company company = {.code = view("1"), .title = view("Ornek A.S."), .local_currency = view("TRY")};
    struct mt940_bank_account account = {.company = view("1"), .code = view("102.01"), .account = view("1234567"),
                                         .iban = view("TR140006200119000001234567"), .branch = view("0062_00119"),
                                         .currency = view("TRY")};

    put(MT940_KIND_COMPANY, &company);
    put(MT940_KIND_BANK_ACCOUNT, &account);
    for (int i = 0; i < CUSTOMERS; i++) {
        snprintf(codes[i], NAME, "120.%05d", i);
        iban_of(i, ibans[i]);
        name_of(i, names[i]);
        customers[i] = (struct mt940_customer){.company = view("1"), .code = view(codes[i]), .type = 1, .active = 1,
                                               .name = view(names[i])};
        banks[i] = (struct mt940_customer_bank){.company = view("1"), .customer = view(codes[i]), .slot = 1,
                                                .iban = view(ibans[i]), .branch = view("0062_00119"),
                                                .currency = view("TRY"), .dbs = 1, .dbs_limit = 100000000};
    }
    for (int i = 0; i < INVOICES; i++) {
        snprintf(invoices[i], NAME, "ABC2026%09d", i);
        bills[i] = (struct mt940_invoice){.company = view("1"), .number = view(invoices[i]), .kind = 1,
                                          .customer = view(codes[i % CUSTOMERS]), .date = {2026, 1, 5},
                                          .amount = 1000000, .currency = view("TRY"), .affects_risk = 1};
        payments[i] = (struct mt940_payment){.company = view("1"), .invoice = view(invoices[i]), .line = 1,
                                             .customer = bills[i].customer, .due_date = {2026, 2, 5},
                                             .amount = 1000000, .currency = view("TRY")};
    }
    put_all(MT940_KIND_CUSTOMER, customers, sizeof *customers, CUSTOMERS);
    put_all(MT940_KIND_CUSTOMER_BANK, banks, sizeof *banks, CUSTOMERS);
    put_all(MT940_KIND_INVOICE, bills, sizeof *bills, INVOICES);
    put_all(MT940_KIND_PAYMENT, payments, sizeof *payments, INVOICES);
}

/* --- statements: a day each, `rows` movements of five kinds --- */

static size_t write_statement(char *out, size_t room, int number, int rows)
{
    static int64_t balance = 100000000;
    struct mt940_date day;
    size_t at;
    char from[32], to[32];

    need(mt940_date_from_days(20454 + number % 300, &day), "date");
    snprintf(from, sizeof from, "%02d%02d%02d", day.year % 100, day.month, day.day);
    need(mt940_date_from_days(20455 + number % 300, &day), "date");
    snprintf(to, sizeof to, "%02d%02d%02d", day.year % 100, day.month, day.day);
    at = (size_t)snprintf(out, room, ":20:B%06d\r\n:25:TR140006200119000001234567\r\n:28C:%05d/001\r\n:60F:C%sTRY%lld,%02d\r\n",
                          number, number % 100000, from, (long long)balance / 100, (int)(balance % 100));
    for (int i = 0; i < rows; i++) {
        int serial = number * rows + i, cents = 10000 + serial % 90000;
        int customer = serial * 7 % CUSTOMERS, fee = i % 10 == 9;
        const char *code = fee ? "CHG" : i % 5 == 0 ? "DDB" : "TRF";
        const char *const texts[] = {"DBS TAHSILAT", "GELEN EFT", "GELEN FAST", "GELEN HAVALE", "GELEN EFT"};
        char invoice[NAME] = "";

        if (i % 5 == 1)
            snprintf(invoice, sizeof invoice, " FATURA %s", invoices[customer + serial % 10 * CUSTOMERS]);
        balance += fee ? -cents : cents;
        at += (size_t)snprintf(out + at, room - at, ":61:%s%s%sY%d,%02dN%sNONREF//D%09d\r\n", to, to + 2,
                               fee ? "D" : "C", cents / 100, cents % 100, code, serial);
        at += fee ? (size_t)snprintf(out + at, room - at, ":86:HESAP ISLETIM UCRETI %09d\r\n", serial)
                  : (size_t)snprintf(out + at, room - at, ":86:%s %s %s%s\r\n", texts[i % 5], ibans[customer],
                                     names[customer], invoice);
    }
    at += (size_t)snprintf(out + at, room - at, ":62F:C%sTRY%lld,%02d\r\n-\r\n", to, (long long)balance / 100,
                           (int)(balance % 100));
    return at;
}

/* A transport of statements that are made when they are opened. */
struct maker {
    int first, count, rows;
    char *bytes;
    size_t room, length, at;
};

static int list(void *user, mt940_remote_sink sink, void *sink_user)
{
    const struct maker *maker = user;
    int status = 0;

    for (int i = 0; i < maker->count && status == 0; i++) {
        char name[NAME];
        snprintf(name, sizeof name, "%06d", maker->first + i);
        struct mt940_remote_file file = {sizeof file, view(name), -1, -1};
        status = sink(sink_user, &file);
    }
    return status;
}

static int open_one(void *user, const struct mt940_view *name)
{
    struct maker *maker = user;

    maker->at = 0;
    maker->length = write_statement(maker->bytes, maker->room, atoi(name->data), maker->rows);
    return 0;
}

static int64_t read_one(void *user, void *buffer, size_t capacity)
{
    struct maker *maker = user;
    size_t step = maker->length - maker->at < capacity ? maker->length - maker->at : capacity;

    memcpy(buffer, maker->bytes + maker->at, step);
    maker->at += step;
    return (int64_t)step;
}

static int close_one(void *user)
{
    return user ? 0 : 1;
}

static double receive(struct mt940_transport *transport, struct mt940_receive_summary *summary)
{
    double start = now();

    summary->size = sizeof *summary;
    need(mt940_flow_receive(flow, transport, "bench", NULL, NULL, summary, &error), "receive");
    return now() - start;
}

/* --- saving --- */

struct ids {
    char list[20000][24];
    size_t count;
};

static int take_id(void *user, const void *record)
{
    struct ids *ids = user;

    if (ids->count < 20000)
        mt940_view_copy(&((const struct mt940_inbox_item *)record)->id, ids->list[ids->count++], 24);
    return 0;
}

static int take_row(void *user, const struct mt940_row *row)
{
    *(long *)user += row->match->decision == MT940_MATCH_AUTO;
    return 0;
}

static int tell_time(void *user, int64_t *seconds)
{
    *seconds = *(const int64_t *)user;
    return 0;
}

static void open_flow(uint32_t rows_a_commit)
{
    static int64_t seconds = 1767225600;
    static struct mt940_clock clock = {sizeof clock, &seconds, tell_time};
    struct mt940_flow_options options = {.size = sizeof options, .company = "1", .actor = "bench", .store = &store,
                                         .clock = &clock, .rows_a_commit = rows_a_commit};

    mt940_flow_close(flow);
    need(mt940_flow_open(&options, &flow, &error), "flow");
}

static void day(int first, int statements, uint32_t rows_a_commit, double floor)
{
    static struct ids ids;
    struct maker maker = {first, statements, ROWS, NULL, 1 << 20, 0, 0};
    struct mt940_transport transport = {sizeof transport, &maker, list, open_one, read_one, close_one, NULL, NULL, NULL};
    struct mt940_receive_summary received;
    long matched = 0, saved = 0, rows = (long)statements * ROWS;

    maker.bytes = malloc(maker.room);
    open_flow(rows_a_commit);
    double receiving = receive(&transport, &received);
    ids.count = 0;
    need(mt940_flow_inbox(flow, 0, 0, take_id, &ids, &error), "inbox");
    double start = now();
    for (size_t i = ids.count - (size_t)statements; i < ids.count; i++) {
        struct mt940_view id = view(ids.list[i]);
        need(mt940_flow_show(flow, &id, take_row, &matched, &error), "show");
    }
    double matching = now() - start;
    start = now();
    for (size_t i = ids.count - (size_t)statements; i < ids.count; i++) {
        struct mt940_save_request request = {.size = sizeof request, .inbox_item = view(ids.list[i]),
                                             .flags = MT940_SAVE_OPEN_ROWS};
        struct mt940_save_summary summary = {.size = sizeof summary};
        need(mt940_flow_save(flow, &request, NULL, NULL, &summary, &error), "save");
        saved += summary.saved;
    }
    double saving = now() - start;
    double commits = (double)statements + (double)statements * ((ROWS + rows_a_commit - 1) / rows_a_commit);
    printf("| %ld rows, %u a commit | %.0f | %.0f | %.0f | %.0f | %.2f |\n", rows, rows_a_commit,
           (double)rows / receiving, (double)rows / matching, (double)rows / saving,
           (double)rows / (receiving + saving), commits / (receiving + saving) / floor);
    if (received.movements != (uint32_t)rows || saved != rows)
        fprintf(stderr, "%u received, %ld matched, %ld of %ld saved\n", received.movements, matched, saved, rows);
    free(maker.bytes);
}

static void folder(int files)
{
    struct mt940_transport transport;
    struct mt940_receive_summary summary;
    char name[sizeof root + NAME], *bytes = malloc(1 << 16);

    snprintf(path, sizeof path, "%s/files", root);
    need(mkdir(path, 0700), path);
    for (int i = 0; i < files; i++) {
        size_t length = write_statement(bytes, 1 << 16, 500000 + i, 5);
        snprintf(name, sizeof name, "%s/files/%05d.sta", root, i);
        FILE *file = fopen(name, "wb");
        need(!file || fwrite(bytes, 1, length, file) != length, name);
        fclose(file);
    }
    need(mt940_folder_transport_open(path, NULL, &transport, &error), "folder");
    double first = receive(&transport, &summary);
    printf("| %d files of 5 rows in a folder, received | %.1f s, %u statements | |\n", files, first, summary.statements);
    double second = receive(&transport, &summary);
    printf("| the same, received again | %.2f s, %u duplicates | |\n", second, summary.duplicate);
    transport.destroy(transport.user);
    for (int i = 0; i < files; i++) {
        snprintf(name, sizeof name, "%s/files/%05d.sta", root, i);
        remove(name);
    }
    remove(path);
    free(bytes);
}

int main(int argc, char **argv)
{
    int statements = argc > 2 ? atoi(argv[2]) : 50, files = argc > 3 ? atoi(argv[3]) : 10000;
    char file[sizeof root + NAME];

    snprintf(root, sizeof root, "%s/bench_flow.%ld", argc > 1 ? argv[1] : "/tmp", (long)getpid());
    need(mkdir(root, 0700), root);
    snprintf(path, sizeof path, "%s/store", root);
    snprintf(file, sizeof file, "%s/store.db", root);
    need(mt940_sqlite_store_open(file, NULL, &store, &error), "store");
    open_flow(20);
    put_books();
    double floor = syncs_per_second();
    printf("| SQLite, synchronous FULL; floor %.0f syncs/s | receive rows/s | match rows/s | save rows/s | receive and "
           "save (which matches) rows/s | commits per sync of the floor |\n|---|---|---|---|---|---|\n", floor);
    day(0, statements, 20, floor);
    if (statements > 5) {
        day(statements, statements / 5, 1, floor);
        day(2 * statements, statements, 100, floor);
    }
    if (files > 0)
        folder(files);
    mt940_flow_close(flow);
    store.close(store.user);
    remove(file);
    return rmdir(root);
}

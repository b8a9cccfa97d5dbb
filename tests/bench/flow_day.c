/* SPDX-License-Identifier: Apache-2.0
 *
 * flow_day.c: the company, its books and its generated statements; always the same.
 */
#include "flow_day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mt940connect/iban.h"

enum { CUSTOMERS = 200, INVOICES = 2000, NAME = 64, IDS = 20000 };

struct mt940_flow *day_flow;
struct mt940_error day_error = {.size = sizeof day_error};

static struct mt940_view view(const char *text)
{
    struct mt940_view out;

    mt940_view_from_string(text, &out);
    return out;
}

void day_need(int status, const char *what)
{
    if (status == 0)
        return;
    fprintf(stderr, "%s: %d %s\n", what, status, day_error.text);
    exit(2);
}

/* --- books --- */

static void iban_of(int customer, char out[40])
{
    char bban[40];

    snprintf(bban, sizeof bban, "000670%016d", customer + 1);
    day_need(mt940_iban_compute("TR", bban, strlen(bban), out), "iban");
}

static void put(int32_t kind, const void *record)
{
    day_need(mt940_flow_put(day_flow, kind, &record, 1, NULL, &day_error), "put");
}

static void put_all(int32_t kind, const void *records, size_t size, size_t count)
{
    const void **list = calloc(count, sizeof *list);

    for (size_t i = 0; list && i < count; i++)
        list[i] = (const char *)records + i * size;
    day_need(list ? mt940_flow_put(day_flow, kind, list, count, NULL, &day_error) : 1, "put");
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

void day_books(void)
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

size_t day_statement(char *out, size_t room, int number, int rows)
{
    static int64_t balance = 100000000;
    struct mt940_date day;
    size_t at;
    char from[32], to[32];

    day_need(mt940_date_from_days(20454 + number % 300, &day), "date");
    snprintf(from, sizeof from, "%02d%02d%02d", day.year % 100, day.month, day.day);
    day_need(mt940_date_from_days(20455 + number % 300, &day), "date");
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
    maker->length = day_statement(maker->bytes, maker->room, atoi(name->data), maker->rows);
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

/* --- the day's work --- */

static struct ids {
    char list[IDS][24];
    size_t count;
} ids;

static int take_id(void *user, const void *record)
{
    struct ids *into = user;

    if (into->count < IDS)
        mt940_view_copy(&((const struct mt940_inbox_item *)record)->id, into->list[into->count++], 24);
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

void day_receive(int first, int statements, struct mt940_receive_summary *summary)
{
    struct maker maker = {first, statements, DAY_ROWS, NULL, 1 << 20, 0, 0};
    struct mt940_transport transport = {sizeof transport, &maker, list, open_one, read_one, close_one, NULL, NULL, NULL};

    maker.bytes = malloc(maker.room);
    day_need(maker.bytes ? 0 : 1, "memory");
    summary->size = sizeof *summary;
    day_need(mt940_flow_receive(day_flow, &transport, "bench", NULL, NULL, summary, &day_error), "receive");
    free(maker.bytes);
}

void day_inbox(void)
{
    ids.count = 0;
    day_need(mt940_flow_inbox(day_flow, 0, 0, take_id, &ids, &day_error), "inbox");
}

long day_show(int first, int statements)
{
    long matched = 0;

    for (int i = first; i < first + statements; i++) {
        struct mt940_view id = view(ids.list[i]);
        day_need(mt940_flow_show(day_flow, &id, take_row, &matched, &day_error), "show");
    }
    return matched;
}

long day_save(int first, int statements)
{
    long saved = 0;

    for (int i = first; i < first + statements; i++) {
        struct mt940_save_request request = {.size = sizeof request, .inbox_item = view(ids.list[i]),
                                             .flags = MT940_SAVE_OPEN_ROWS};
        struct mt940_save_summary summary = {.size = sizeof summary};
        day_need(mt940_flow_save(day_flow, &request, NULL, NULL, &summary, &day_error), "save");
        saved += summary.saved;
    }
    return saved;
}

void day_open(const struct mt940_store *store, uint32_t rows_a_commit)
{
    static int64_t seconds = 1767225600;
    static struct mt940_clock clock = {sizeof clock, &seconds, tell_time};
    struct mt940_flow_options options = {.size = sizeof options, .company = "1", .actor = "bench", .store = store,
                                         .clock = &clock, .rows_a_commit = rows_a_commit};

    mt940_flow_close(day_flow);
    day_need(mt940_flow_open(&options, &day_flow, &day_error), "flow");
}

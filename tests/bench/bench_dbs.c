/* SPDX-License-Identifier: Apache-2.0
 *
 * bench_dbs.c: direct-debit limits in figures: decisions in memory, reservations on the SQLite
 * store beside the rate of fdatasync in the same run and place, and the bank record of one
 * movement among 1,000 to 100,000. Prints tables for docs/performance.md. What needs only the
 * processor is counted in its own time, so that a busy machine does not change it.
 *
 * usage: bench_dbs [DIRECTORY]
 */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "mt940connect/adapters/sqlite.h"
#include "mt940connect/dbs.h"
#include "mt940connect/directory.h"

enum { MOST = 1000, TURNS = 20000, RUNS = 40 };

static char path[4096];
static struct mt940_store store;
static uint64_t random_state = 940;
static volatile uint64_t witness; /* keeps what is measured from being left out */

static double seconds_of(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
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

/* --- decisions: one document that burdens `records` records of a card --- */

static void decisions(size_t records)
{
    struct mt940_customer_bank banks[8] = {0};
    struct mt940_dbs_effect effects[8] = {0};
    struct mt940_dbs_figure figures[8];
    struct mt940_dbs_check check = {.size = sizeof(check), .local_currency = view("TRY"), .banks = banks,
                                    .bank_count = records, .effects = effects, .effect_count = records};
    double best = 0;

    for (size_t i = 0; i < records; i++) {
        banks[i] = (struct mt940_customer_bank){.customer = view("120.01.001"), .slot = (int64_t)i + 1, .dbs = 1,
                                                .dbs_limit = 1000, .dbs_control = (int64_t)i % 3};
        effects[i] = (struct mt940_dbs_effect){.customer = view("120.01.001"), .slot = (int64_t)i + 1,
                                               .event = MT940_DBS_EVENT_INVOICE};
    }
    for (int run = 0; run < RUNS; run++) {
        double start = seconds_of(CLOCK_PROCESS_CPUTIME_ID), rate;

        for (int turn = 0; turn < TURNS; turn++) {
            size_t count;
            int32_t outcome;

            for (size_t i = 0; i < records; i++)
                effects[i].delta = (int64_t)(next_random() % 2000);
            if (mt940_dbs_decide(&check, figures, 8, &count, &outcome))
                give_up("a decision failed");
            witness += (uint64_t)outcome + count;
        }
        rate = TURNS / (seconds_of(CLOCK_PROCESS_CPUTIME_ID) - start);
        best = rate > best ? rate : best;
    }
    printf("| decision on %zu records | %.1f M/s |\n", records, best / 1e6);
}

/* --- the bank record of one movement: by IBAN, among `count` --- */

enum { IBAN = 26 };

/* A Turkish IBAN of account `number`: only valid ones are indexed. The four last digits are "TR00" of the check. */
static void write_iban(char iban[IBAN + 1], size_t number)
{
    char digits[40];
    unsigned rest = 0;

    snprintf(digits, sizeof(digits), "000620%016zu292700", number);
    for (const char *digit = digits; *digit; digit++)
        rest = (rest * 10 + (unsigned)(*digit - '0')) % 97;
    snprintf(iban, IBAN + 1, "TR%02u%.22s", 98 - rest, digits);
}

static void add(struct mt940_directory_builder *builder, size_t number, const char *iban)
{
    char customer[24];
    struct mt940_customer card = {.company = view("01"), .active = 1};
    struct mt940_customer_bank bank = {.company = view("01"), .slot = 1, .dbs = 1};

    snprintf(customer, sizeof(customer), "120.%08zu", number);
    card.code = bank.customer = view(customer);
    bank.iban = view(iban);
    if (mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &card, NULL) ||
        mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, NULL))
        give_up("a record was not taken");
}

/* Movements come in no order of the directory, but each has its IBAN at hand: it was read just now. */
static void shuffle(char (*ibans)[IBAN + 1], size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = next_random() % i;
        char keep[IBAN + 1];

        memcpy(keep, ibans[i - 1], sizeof(keep));
        memcpy(ibans[i - 1], ibans[other], sizeof(keep));
        memcpy(ibans[other], keep, sizeof(keep));
    }
}

static void look_ups(size_t count)
{
    struct mt940_directory_builder *builder;
    struct mt940_directory *directory;
    struct mt940_view company = view("01");
    char (*ibans)[IBAN + 1] = malloc(count * sizeof(*ibans));
    double best = 0;
    size_t next = 0;

    if (!ibans || mt940_directory_builder_new(&company, NULL, &builder, NULL))
        give_up("no directory");
    for (size_t i = 0; i < count; i++) {
        write_iban(ibans[i], i);
        add(builder, i, ibans[i]);
    }
    if (mt940_directory_build(builder, &directory, NULL))
        give_up("the directory cannot be built");
    mt940_directory_builder_free(builder);
    shuffle(ibans, count);
    for (int run = 0; run < RUNS; run++) {
        double start = seconds_of(CLOCK_PROCESS_CPUTIME_ID), rate;

        for (int turn = 0; turn < TURNS; turn++) {
            struct mt940_directory_hit hit;
            struct mt940_customer_bank bank;
            struct mt940_view text = {ibans[next], IBAN};

            if (mt940_directory_by_iban(directory, &text, &hit, 1) != 1 ||
                mt940_directory_customer_bank(directory, &hit.customer, hit.slot, &bank))
                give_up("a record was not found");
            witness += (uint64_t)bank.slot;
            next = next + 1 < count ? next + 1 : 0;
        }
        rate = TURNS / (seconds_of(CLOCK_PROCESS_CPUTIME_ID) - start);
        best = rate > best ? rate : best;
    }
    mt940_directory_free(directory);
    free(ibans);
    printf("| bank record of a movement, among %zu | %.2f M/s, %.0f ns each |\n", count, best / 1e6, 1e9 / best);
}

/* --- reservations --- */

/* Sixteen blocks again and again: a file that does not grow is synced fastest, so the floor is a hard one. */
static int sync_file;

static void open_sync_file(void)
{
    static const char block[16 * 4096];
    char name[sizeof(path) + 8];

    snprintf(name, sizeof(name), "%s.sync", path);
    sync_file = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (sync_file < 0 || write(sync_file, block, sizeof(block)) != (ssize_t)sizeof(block) || fsync(sync_file))
        give_up(name);
    remove(name);
}

static void sync_once(void)
{
    static const char block[4096];
    static int count;

    if (pwrite(sync_file, block, sizeof(block), (off_t)(count++ % 16) * (off_t)sizeof(block)) < 0 ||
        fdatasync(sync_file))
        give_up("fdatasync");
}

struct reservation {
    char number[24];
    struct mt940_journal line;
    struct mt940_action action;
    struct mt940_change change;
};

static const struct mt940_customer_bank *record;
static struct reservation reservations[MOST];
static struct mt940_batch batches[MOST];
static struct mt940_batch_result results[MOST];

static void reserve(size_t count)
{
    static long number;

    for (size_t i = 0; i < count; i++) {
        struct reservation *r = &reservations[i];

        snprintf(r->number, sizeof(r->number), "R%010ld", ++number);
        r->line = (struct mt940_journal){.event = MT940_DBS_EVENT_INVOICE, .document = view(r->number),
                                         .currency = view("TRY"), .actor = view("ayse")};
        r->action = (struct mt940_action){.company = view("01"), .key = view(r->number), .verb = view("reserve")};
        r->change = (struct mt940_change){.size = sizeof(r->change), .op = MT940_TOTAL_ADD,
                                          .kind = MT940_KIND_CUSTOMER_BANK, .record = record, .delta = 5,
                                          .ceiling = MT940_CEILING_STORED_LIMIT, .journal = &r->line};
        batches[i] = (struct mt940_batch){sizeof(batches[i]), &r->action, &r->change, 1};
        results[i].size = sizeof(results[i]);
    }
    if (store.apply(store.user, batches, count, results))
        give_up(store.last_error(store.user));
    for (size_t i = 0; i < count; i++)
        if (results[i].outcome != MT940_APPLIED)
            give_up("a reservation was not made");
}

/* Syncs and reservations take short turns: what else the disk does meets both alike. */
enum { SLICES = 12 };

static void reservations_a_call(size_t per_call, const char *what)
{
    double sync_time = 0, time = 0, work = 0;
    long syncs = 0, count = 0;

    for (int slice = 0; slice < SLICES; slice++) {
        double start = seconds_of(CLOCK_MONOTONIC), work_start;

        for (; seconds_of(CLOCK_MONOTONIC) - start < 0.2; syncs++)
            sync_once();
        sync_time += seconds_of(CLOCK_MONOTONIC) - start;
        start = seconds_of(CLOCK_MONOTONIC);
        work_start = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
        for (; seconds_of(CLOCK_MONOTONIC) - start < 0.2; count += (long)per_call)
            reserve(per_call);
        time += seconds_of(CLOCK_MONOTONIC) - start;
        work += seconds_of(CLOCK_PROCESS_CPUTIME_ID) - work_start;
    }
    printf("| reservations, SQLite FULL, %zu a call%s | %.0f/s, %.0f per processor second; fdatasync of 4 KiB %.0f/s; %.2f "
           "|\n", per_call, what, (double)count / time, (double)count / work, (double)syncs / sync_time,
           (double)count / time / ((double)syncs / sync_time));
}

/* Until the log has been written into the database once; from then on it is written over and does not grow. */
static void fill_log(void)
{
    for (int call = 0; call < 30; call++)
        reserve(MOST);
}

int main(int argc, char **argv)
{
    struct mt940_error error = {.size = sizeof(error)};
    const struct mt940_customer_bank bank = {.company = view("01"), .customer = view("120.01.001"), .slot = 1,
                                             .dbs = 1, .dbs_limit = INT64_MAX};
    const struct mt940_action action = {.company = view("01"), .key = view("set-up")};
    const struct mt940_change put = {.size = sizeof(put), .op = MT940_PUT_NEW, .kind = MT940_KIND_CUSTOMER_BANK,
                                     .record = &bank};

    printf("| direct-debit limits | figure |\n|---|---|\n");
    decisions(1);
    decisions(7);
    for (size_t count = 1000; count <= 100000; count *= 10)
        look_ups(count);
    snprintf(path, sizeof(path), "%s/bench_dbs.%ld.db", argc > 1 ? argv[1] : "/tmp", (long)getpid());
    if (mt940_sqlite_store_open(path, NULL, &store, &error))
        give_up(error.text);
    record = &bank;
    batches[0] = (struct mt940_batch){sizeof(batches[0]), &action, &put, 1};
    results[0].size = sizeof(results[0]);
    if (store.apply(store.user, batches, 1, results) || results[0].outcome != MT940_APPLIED)
        give_up("the bank record was not made");
    open_sync_file();
    reservations_a_call(1, ", log growing");
    fill_log();
    reservations_a_call(1, "");
    reservations_a_call(MOST, "");
    store.close(store.user);
    return remove(path);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * contend.c: many processes at one store. They share out a limit to the last kuruş, and
 * they all save the same slips, of which each must come out exactly once. And they share out
 * another limit by reading first and writing later, which must show: so the first could have failed.
 * Prints TAP.
 *
 * usage: contend PROCESSES
 */
#define _DEFAULT_SOURCE

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "contend_place.h"

enum { SLOTS = 3, LIMIT = 1000, AMOUNT = 7, SLIPS = 200, MOST = 64 };

static struct mt940_view view(const char *text)
{
    struct mt940_view out;

    mt940_view_from_string(text, &out);
    return out;
}

/* The outcome of one change as a batch of that key; ends the process on a failure. */
static int apply_one(const struct mt940_store *store, const char *key, const struct mt940_change *change)
{
    struct mt940_action action = {.company = view("01"), .key = view(key)};
    struct mt940_batch batch = {sizeof(batch), &action, change, 1};
    struct mt940_batch_result result = {.size = sizeof(result)};
    int status = store->apply(store->user, &batch, 1, &result);

    if (status) {
        printf("# %d %s\n", status, store->last_error(store->user));
        exit(2);
    }
    return result.outcome;
}

static const char *customer = "C1";

static struct mt940_customer_bank bank_of(int slot)
{
    return (struct mt940_customer_bank){
        .company = view("01"), .customer = view(customer), .slot = slot, .dbs_limit = LIMIT};
}

static void put_banks(const struct mt940_store *store)
{
    for (int slot = 1; slot <= SLOTS; slot++) {
        struct mt940_customer_bank bank = bank_of(slot);
        struct mt940_change change = {
            .size = sizeof(change), .op = MT940_PUT_NEW, .kind = MT940_KIND_CUSTOMER_BANK, .record = &bank};
        char key[32];

        snprintf(key, sizeof(key), "%s-%d", customer, slot);
        if (apply_one(store, key, &change) != MT940_APPLIED)
            exit(2);
    }
}

/* Reserves in turn on every slot until all are used up; the number of reservations. */
static int reserve(const struct mt940_store *store, int process)
{
    int reserved = 0;
    int refused = 0;

    for (int i = 0; refused < SLOTS; i++) {
        char key[32];
        struct mt940_customer_bank bank = bank_of(1 + i % SLOTS);
        struct mt940_journal line = {.event = MT940_DBS_EVENT_INVOICE};
        struct mt940_change change = {.size = sizeof(change), .op = MT940_TOTAL_ADD, .kind = MT940_KIND_CUSTOMER_BANK,
                                      .record = &bank, .delta = AMOUNT, .ceiling = MT940_CEILING_STORED_LIMIT,
                                      .journal = &line};
        snprintf(key, sizeof(key), "r%d-%d", process, i);
        int outcome = apply_one(store, key, &change);
        refused = outcome == MT940_REFUSED ? refused + 1 : 0;
        reserved += outcome == MT940_APPLIED;
    }
    return reserved;
}

static int take_total(void *user, const void *record)
{
    *(int64_t *)user = ((const struct mt940_customer_bank *)record)->dbs_total;
    return 0;
}

/* What a first version does: reads the total, sees that there is room, and adds; others did the same meanwhile. */
static int reserve_naively(const struct mt940_store *store, int process)
{
    const struct timespec thought = {0, 2000000};
    int reserved = 0;

    for (int i = 0;; i++) {
        char key[48];
        int64_t total = 0;
        struct mt940_customer_bank bank = bank_of(1);
        struct mt940_journal line = {.event = MT940_DBS_EVENT_INVOICE};
        struct mt940_change change = {.size = sizeof(change), .op = MT940_TOTAL_ADD, .kind = MT940_KIND_CUSTOMER_BANK,
                                      .record = &bank, .delta = LIMIT / 10, .journal = &line};

        if (store->get(store->user, MT940_KIND_CUSTOMER_BANK, &bank, take_total, &total))
            exit(2);
        if (total + change.delta > LIMIT)
            return reserved;
        nanosleep(&thought, NULL);
        snprintf(key, sizeof(key), "%s-%d-%d", customer, process, i);
        reserved += apply_one(store, key, &change) == MT940_APPLIED;
    }
}

/* Saves the slips everybody saves, each process beginning elsewhere; how many it was the first with. */
static int save(const struct mt940_store *store, int process)
{
    int first = 0;

    for (int i = 0; i < SLIPS; i++) {
        char id[32];
        struct mt940_slip slip = {.company = view("01")};
        struct mt940_change change = {
            .size = sizeof(change), .op = MT940_PUT_NEW, .kind = MT940_KIND_SLIP, .record = &slip};
        snprintf(id, sizeof(id), "s%d", (process * 37 + i) % SLIPS);
        slip.id = view(id);
        first += apply_one(store, id, &change) == MT940_APPLIED;
    }
    return first;
}

static int count_record(void *user, const void *record)
{
    (void)record;
    ++*(int *)user;
    return 0;
}

static int check_total(void *user, const void *record)
{
    const struct mt940_customer_bank *bank = record;

    return bank->dbs_total == LIMIT / AMOUNT * AMOUNT && bank->dbs_sequence == LIMIT / AMOUNT ? 0 : 1;
}

/* Runs the work in every process; the sum of what they report, -1 when one failed. */
static int run(int processes, int (*work)(const struct mt940_store *store, int process))
{
    pid_t children[MOST];
    int ends[2];
    int sum = 0;
    bool is_failed = pipe(ends) != 0;

    fflush(stdout);
    for (int i = 0; i < processes; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            struct mt940_store store;
            contend_place_open(&store);
            int number = work(&store, i);
            store.close(store.user);
            _exit(write(ends[1], &number, sizeof(number)) == (ssize_t)sizeof(number) ? 0 : 1);
        }
    }
    for (int i = 0; i < processes; i++) {
        int status = -1;
        int number = 0;
        waitpid(children[i], &status, 0);
        if (!WIFEXITED(status) || WEXITSTATUS(status) || read(ends[0], &number, sizeof(number)) != (ssize_t)sizeof(number))
            is_failed = true;
        sum += number;
    }
    close(ends[0]);
    close(ends[1]);
    return is_failed ? -1 : sum;
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool report(int number, bool is_good, const char *what, int processes, double since)
{
    printf("%s %d - %s\n# %d processes, %.2f s\n", is_good ? "ok" : "not ok", number, what, processes,
           seconds() - since);
    return is_good;
}

/* Luck may spare the limit once, but not twenty times; a single process it always spares. */
static bool naive_store_shows(int processes)
{
    double start = seconds();
    int rounds = 0, reserved = 10;

    for (; processes > 1 && reserved == 10 && rounds < 20; rounds++) {
        static char names[20][8];
        struct mt940_store store;

        snprintf(names[rounds], sizeof(names[rounds]), "N%d", rounds % 100);
        customer = names[rounds];
        contend_place_open(&store);
        put_banks(&store);
        store.close(store.user);
        reserved = run(processes, reserve_naively);
    }
    return report(3, processes == 1 || reserved > 10, "reading first and writing later goes above a limit", processes,
                  start);
}

int main(int argc, char **argv)
{
    int processes = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 8;
    struct mt940_store store;
    int slips = 0;

    if (processes < 1 || processes > MOST)
        return 2;
    contend_place_make();
    contend_place_open(&store);
    put_banks(&store);
    store.close(store.user);
    printf("TAP version 13\n1..3\n");
    double start = seconds();
    int reserved = run(processes, reserve);
    contend_place_open(&store);
    bool is_good = reserved == SLOTS * (LIMIT / AMOUNT) &&
                   store.scan(store.user, MT940_KIND_CUSTOMER_BANK, 0, 0, NULL, 0, 0, check_total, NULL) == 0;
    is_good = report(1, is_good, "a limit is shared out exactly", processes, start);
    store.close(store.user);
    start = seconds();
    int saved = run(processes, save);
    contend_place_open(&store);
    int status = store.scan(store.user, MT940_KIND_SLIP, 0, 0, NULL, 0, 0, count_record, &slips);
    is_good &= report(2, saved == SLIPS && slips == SLIPS && status == 0, "every slip is saved exactly once", processes,
                      start);
    store.close(store.user);
    is_good &= naive_store_shows(processes);
    return contend_place_remove() || !is_good;
}

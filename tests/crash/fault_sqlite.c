/* SPDX-License-Identifier: Apache-2.0
 *
 * fault_sqlite.c: the same day's work on a disk that refuses its k-th operation, or loses power at
 * it, for every k, and with a heap that refuses its k-th request. After each the store must open
 * and hold all or nothing of every batch, and after a loss of power everything that was answered.
 * A store that does not sync must be caught.
 *
 * usage: fault_sqlite [ROUNDS]    rounds of the loss of power, each with other luck
 */
#define _DEFAULT_SOURCE

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "disk.h"
#include "invoicing.h"
#include "mt940connect/adapters/sqlite.h"

enum { CALLS = 6, PER_CALL = 3 };

/* The store makes its file private before SQLite sees it; here that file is only a name. */
static char path[] = "/tmp/mt940connect-fault-XXXXXX";

static sqlite3 *caught;
static bool is_careless;
static long reached;     /* operations before that */
static bool is_crashing; /* the day ends with a loss of power instead of closing */

/* Checkpoints after few pages, so that they are among what fails. */
static int catch_connection(sqlite3 *db, const char **text, const void *api)
{
    (void)text;
    (void)api;
    caught = db;
    return sqlite3_exec(db, "PRAGMA wal_autocheckpoint=24", NULL, NULL, NULL);
}

/* --- a heap that refuses one request, then works again; 0 = none --- */

static sqlite3_mem_methods heap;
static long requests;
static long refused_request;

static void *take_memory(int size)
{
    return ++requests == refused_request ? NULL : heap.xMalloc(size);
}

static void *change_memory(void *old, int size)
{
    return ++requests == refused_request ? NULL : heap.xRealloc(old, size);
}

static bool install_heap(void)
{
    sqlite3_mem_methods own;

    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &heap))
        return false;
    own = heap;
    own.xMalloc = take_memory;
    own.xRealloc = change_memory;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &own) == SQLITE_OK;
}

/* --- the work --- */

struct day {
    int answered; /* batches answered as applied, or found to be after all */
    int unknown;  /* batches answered as perhaps applied, and not to be looked up */
    const char *wrong;
};

/* What is told about batches that were perhaps applied is from then on the truth. */
static void look_up(const struct mt940_store *store, struct day *day)
{
    int count = invoicing_count(store);

    if (count < 0)
        day->unknown = PER_CALL;
    else if (count == day->answered || count == day->answered + PER_CALL)
        day->answered = count;
    else
        day->wrong = "a part of a call is there";
}

/* Works until something fails; what a failure may mean is the contract of store.h. */
static struct day work(void)
{
    struct day day = {0, 0, NULL};
    struct invoicing invoicing = {.clerk = 'a'};
    struct mt940_store store;

    if (mt940_sqlite_store_open(path, NULL, &store, NULL)) {
        reached = disk_operations();
        return day;
    }
    if (is_careless)
        sqlite3_exec(caught, "PRAGMA synchronous=OFF", NULL, NULL, NULL);
    int status = invoicing_set_up(&store);
    if (status == 0)
        status = invoicing_begin(&store, &invoicing);
    for (int i = 0; status == 0 && i < CALLS; i++) {
        status = invoicing_apply(&store, &invoicing, PER_CALL);
        if (status == 0)
            day.answered += PER_CALL;
        else if (status == MT940_E_UNKNOWN)
            look_up(&store, &day);
        else if (status != MT940_E_IO && status != MT940_E_CORRUPT && status != MT940_E_MEMORY)
            day.wrong = "a fault is told as something else";
    }
    if (is_crashing) {
        reached = disk_operations();
        disk_set_fault(DISK_LOSES_POWER, 1);
    }
    store.close(store.user);
    return day;
}

static const char *look(const struct day *day)
{
    struct answered answered = {'a', 0, day->answered};
    struct mt940_error error = {.size = sizeof(error)};
    struct mt940_store store;

    if (mt940_sqlite_store_open(path, NULL, &store, &error)) {
        printf("# %s\n", error.text);
        return "the store does not open again";
    }
    const char *wrong = invoicing_check(&store, &answered, 1);
    int count = invoicing_count(&store);
    if (!wrong && count != day->answered && count != day->answered + day->unknown)
        wrong = "a call that failed for certain has stored something";
    store.close(store.user);
    return wrong;
}

/* Every k from 1 until the work is done without reaching it; *faults counts them. */
static const char *sweep(enum disk_fault fault, unsigned *dice, long *faults)
{
    for (long k = 1;; k++) {
        disk_wipe();
        disk_set_fault(fault, k);
        reached = 0;
        struct day day = work();
        bool is_reached = (is_crashing ? reached : disk_operations()) >= k;
        disk_power_up(dice);
        const char *wrong = day.wrong ? day.wrong : look(&day);
        if (wrong) {
            printf("# operation %ld: %s\n", k, wrong);
            return wrong;
        }
        if (!is_reached)
            return day.answered == CALLS * PER_CALL ? NULL : "the work is not done even without a fault";
        ++*faults;
    }
}

/* The requests are many, so only some are refused: first and last ones, and others by chance. */
static const char *sweep_memory(unsigned *dice, long *faults)
{
    disk_wipe();
    requests = 0;
    struct day whole = work();
    long last = requests;

    for (long k = 1; k <= last && whole.answered; k += 1 + rand_r(dice) % (last / 100)) {
        disk_wipe();
        requests = 0;
        refused_request = k;
        struct day day = work();
        refused_request = 0;
        const char *wrong = day.wrong ? day.wrong : look(&day);
        if (wrong) {
            printf("# request %ld of %ld: %s\n", k, last, wrong);
            return wrong;
        }
        ++*faults;
    }
    return NULL;
}

/* `faults` have been tried by now, all sweeps together; too few prove nothing. */
static bool report(int number, bool is_good, const char *what, long faults)
{
    is_good = is_good && faults > 100;
    printf("%s %d - %s\n# %ld faults\n", is_good ? "ok" : "not ok", number, what, faults);
    return is_good;
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 3;
    unsigned dice = 940;
    long faults = 0;
    const char *wrong = NULL;
    int file = mkstemp(path);

    if (file < 0 || close(file) || !install_heap() || !disk_install() ||
        sqlite3_auto_extension((void (*)(void))catch_connection) != SQLITE_OK)
        return 2;
    printf("TAP version 13\n1..6\n");
    wrong = sweep(DISK_FAILS_ONCE, &dice, &faults);
    bool is_good = report(1, !wrong, "an operation that fails once", faults);
    wrong = sweep(DISK_FAILS_FOR_GOOD, &dice, &faults);
    is_good &= report(2, !wrong, "a disk that fails for good", faults);
    /* What failed for certain must not come back from the log when that is recovered. */
    is_crashing = true;
    for (int i = 0; i < rounds && !wrong; i++)
        wrong = sweep(DISK_FAILS_ONCE, &dice, &faults);
    is_good &= report(3, !wrong, "an operation that fails, and then a loss of power", faults);
    is_crashing = false;
    wrong = NULL;
    for (int i = 0; !wrong && i < rounds; i++)
        wrong = sweep(DISK_LOSES_POWER, &dice, &faults);
    is_good &= report(4, !wrong, "a loss of power takes nothing that was answered", faults);
    wrong = sweep_memory(&dice, &faults);
    is_good &= report(5, !wrong, "a heap that refuses a request", faults);
    is_careless = true;
    wrong = NULL;
    for (int i = 0; !wrong && i < rounds; i++)
        wrong = sweep(DISK_LOSES_POWER, &dice, &faults);
    is_good &= report(6, wrong != NULL, "a store that does not sync is caught", faults);
    disk_wipe();
    return remove(path) || !is_good;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * 06-judge-own-store.c: judges the store of 05-own-store.c: every check of the kit, a disk that
 * fails at each operation, eight processes at one limit, and processes killed in the middle. Take it for
 * your own store: only create(), open_store(), destroy() and the disk know it.
 *
 * The disk fails by name: the store is compiled with `-include 06-trial.h`, which makes fsync() a
 * trial_fsync() and so on; here these do what they are called, or fail on order. A store on a
 * database has its driver's calls there.
 *
 * Build:  cc -include 06-trial.h -c 05-own-store.c 05-own-tables.c $(pkg-config --cflags mt940connect)
 *         cc 06-judge-own-store.c 05-own-store.o 05-own-tables.o
 *            $(pkg-config --cflags --libs mt940connect-conformance) -o judge            (POSIX)
 */
#define _DEFAULT_SOURCE /* mkdtemp(), flock() */

#include <errno.h>
#include <mt940connect/conformance.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "05-own-store.h"
#define TRIAL_IS_THE_DISK
#include "06-trial.h"

enum { PROCESSES = 8, INVOICES = 60, KILLS = 30 };

static char directory[] = "/tmp/own-store-XXXXXX";
static char path[64];

/* --- the disk --- */

static int64_t operations;
static int64_t failing;      /* the number of the operation that fails, 0 = none */
static bool is_sync_lost;    /* the next sync happens, but is said to have failed */
static bool is_cut_refused;  /* and then the file cannot be cut back */

static bool fails(void)
{
    if (++operations != failing)
        return false;
    errno = EIO;
    return true;
}

/* Letting go of a lock never fails. */
int trial_flock(int file, int how)
{
    return how != LOCK_UN && fails() ? -1 : flock(file, how);
}

int trial_fsync(int file)
{
    if (fails() || fsync(file) != 0)
        return -1;
    is_cut_refused = is_sync_lost;
    is_sync_lost = false;
    return is_cut_refused ? -1 : 0;
}

int trial_ftruncate(int file, off_t length)
{
    bool is_refused = is_cut_refused;

    is_cut_refused = false;
    return fails() || is_refused ? -1 : ftruncate(file, length);
}

ssize_t trial_pread(int file, void *data, size_t length, off_t offset)
{
    return fails() ? -1 : pread(file, data, length, offset);
}

/* A write that fails has done half of its work. */
ssize_t trial_pwrite(int file, const void *data, size_t length, off_t offset)
{
    if (!fails())
        return pwrite(file, data, length, offset);
    (void)!pwrite(file, data, length / 2, offset);
    return -1;
}

void *trial_realloc(void *old, size_t size)
{
    return fails() ? NULL : realloc(old, size);
}

/* --- what the kit asks for --- */

static int create(void *user)
{
    (void)user;
    return access(path, F_OK) == 0 ? remove(path) : 0;
}

static int open_store(void *user, struct mt940_store *out)
{
    (void)user;
    return own_store_open(path, out);
}

static void destroy(void *user)
{
    (void)user;
    (void)remove(path);
}

static void checked(void *user, const char *check, int32_t outcome, const char *text)
{
    (void)user;
    if (outcome != 1)
        printf("%-28s %s %s\n", check, outcome == 0 ? "FAILED" : "skipped", text);
}

static int64_t fail_at(void *user, int64_t k)
{
    int64_t count = operations;

    (void)user;
    operations = 0;
    failing = k;
    return count;
}

static int lose_answer(void *user)
{
    (void)user;
    is_sync_lost = true;
    return 0;
}

/* The end of a pipe, to which a worker tells how far it is; who is killed in between has told nothing. */
static int answered(void *user, int32_t worker, int64_t number)
{
    (void)worker;
    return write(*(int *)user, &number, sizeof(number)) == (ssize_t)sizeof(number) ? 0 : 1;
}

static struct mt940_conformance_store_options options = {
    .size = sizeof(options), .create = create, .open = open_store, .destroy = destroy, .checked = checked,
    .operations = 100, .fail_at = fail_at, .lose_answer = lose_answer, .answered = answered};

/* --- a crowd --- */

struct worker {
    pid_t process;
    int answers;
};

static struct worker start(int32_t worker, int64_t count)
{
    struct mt940_conformance_report report = {.size = sizeof(report)};
    int ends[2];

    fflush(stdout);
    if (pipe(ends))
        exit(2);
    struct worker started = {fork(), ends[0]};
    if (started.process == 0) {
        options.user = &ends[1];
        int status = mt940_conformance_store_work(&options, worker, count, &report);
        if (status)
            printf("worker %d: %d %s\n", (int)worker, status, report.text);
        fflush(stdout);
        _exit(status != 0);
    }
    close(ends[1]);
    return started;
}

/* Waits for its end; whether it was a good one. `*told` is the last number it told, if any. */
static bool await(const struct worker *worker, int64_t *told)
{
    int64_t number;
    int status = -1;

    while (read(worker->answers, &number, sizeof(number)) == (ssize_t)sizeof(number))
        *told = number;
    close(worker->answers);
    waitpid(worker->process, &status, 0);
    return WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static bool is_whole(const int64_t *told, int32_t workers)
{
    struct mt940_conformance_report report = {.size = sizeof(report)};
    int status = mt940_conformance_store_audit(&options, told, workers, &report);

    if (status)
        printf("audit: %d %s\n", status, report.text);
    return status == 0;
}

static bool crowd(void)
{
    struct worker workers[PROCESSES];
    int64_t told[PROCESSES] = {0};
    bool is_good = create(NULL) == 0;

    for (int32_t i = 0; i < PROCESSES; i++)
        workers[i] = start(i, INVOICES);
    for (int32_t i = 0; i < PROCESSES; i++)
        is_good = await(&workers[i], &told[i]) && told[i] == INVOICES && is_good;
    return is_whole(told, PROCESSES) && is_good;
}

/* Two workers, killed again and again within 20 ms: while they make the file, too. On a busy machine more often. */
static bool kills(void)
{
    int64_t told[2] = {0};
    bool is_good = create(NULL) == 0;
    unsigned dice = 940;

    for (int i = 0; is_good && (i < KILLS || (told[0] + told[1] == 0 && i < 100 * KILLS)); i++) {
        struct worker workers[2] = {start(0, 0), start(1, 0)};
        const struct timespec life = {0, (long)(rand_r(&dice) % 20) * 1000000};
        nanosleep(&life, NULL);
        for (int j = 0; j < 2; j++)
            kill(workers[j].process, SIGKILL);
        for (int j = 0; j < 2; j++)
            is_good = await(&workers[j], &told[j]) && is_good;
        is_good = is_whole(told, 2) && is_good;
    }
    if (told[0] + told[1] == 0)
        printf("nobody lived long enough to write anything\n");
    return is_good && told[0] + told[1] > 0;
}

int main(void)
{
    struct mt940_conformance_report report = {.size = sizeof(report)};

    if (!mkdtemp(directory))
        return 2;
    snprintf(path, sizeof(path), "%s/store", directory);
    bool is_good = mt940_conformance_store(&options, &report) == 0;
    printf("the kit: %d failed, %d skipped\n", (int)report.failed, (int)report.skipped);
    bool is_whole_after_crowd = crowd();
    printf("%d processes at one limit: %s\n", PROCESSES, is_whole_after_crowd ? "nothing lost" : "FAILED");
    bool is_whole_after_kills = kills();
    printf("%d times two processes killed: %s\n", KILLS, is_whole_after_kills ? "nothing lost, nothing half" : "FAILED");
    destroy(NULL);
    return rmdir(directory) || !is_good || !is_whole_after_crowd || !is_whole_after_kills ? 1 : 0;
}

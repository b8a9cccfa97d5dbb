/* SPDX-License-Identifier: Apache-2.0
 *
 * kill_flow.c: kills receive and save in the middle, again and again, with and without an ERP that
 * numbers its own slips; and lets eight processes save the same statements at once, some of which
 * are killed. Every movement becomes exactly one slip. Prints TAP.
 *
 * usage: kill_flow KILLS [CROWDS]
 */
#define _DEFAULT_SOURCE

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "day.h"

enum { CROWD = 8 };

/* On a disk most kills meet a process that waits for a sync; in memory they meet everything else. */
static char directories[2][40] = {"/tmp/mt940connect-day-XXXXXX", "/dev/shm/mt940connect-day-XXXXXX"};
static int directory_count;
static uint64_t random_state = 940;
static long longest_us = 20000;

static long below(long limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (long)(random_state % (uint64_t)limit);
}

static pid_t start(const struct day *day)
{
    fflush(NULL);
    pid_t process = fork();

    if (process == 0) {
        /* What an ERP left unanswered, or refused, is asked for again. */
        for (int i = 0; i < 50 && !day_is_over(day); i++)
            if (day_work(day))
                _exit(1);
        _exit(0);
    }
    return process;
}

/* 1 = killed at work, 0 = it was ready before, -1 = it failed by itself. */
static int kill_after(pid_t process, long microseconds)
{
    int status;

    usleep((useconds_t)microseconds);
    kill(process, SIGKILL);
    if (waitpid(process, &status, 0) != process)
        return -1;
    if (WIFSIGNALED(status))
        return 1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

static int complain(const char *when, const char *fault)
{
    printf("# %s: %s\n", when, fault);
    return 1;
}

/* Kills until the day is over; counts those that met it at work. */
static int one_day(const char *directory, bool with_erp, long *kills, long most)
{
    struct day day;
    const char *fault = NULL;
    int met = 0;

    if (day_begin(&day, directory, with_erp))
        return complain("set-up", "the store could not be made");
    while (fault == NULL && *kills < most && !day_is_over(&day)) {
        met = kill_after(start(&day), below(longest_us));
        *kills += met > 0;
        fault = met < 0 ? "a process failed by itself" : day_fault(&day, false);
    }
    if (fault == NULL && !day_is_over(&day)) {
        int status;
        waitpid(start(&day), &status, 0);
        fault = status ? "the last process failed" : NULL;
    }
    if (fault == NULL)
        fault = day_fault(&day, true);
    day_remove(&day);
    return fault ? complain(with_erp ? "with an ERP" : "without an ERP", fault) : 0;
}

/* How long an undisturbed day takes here and now: kills fall within it. */
static void measure(const char *directory)
{
    struct day day;
    struct timespec from, to;
    int status;

    if (day_begin(&day, directory, false))
        return;
    clock_gettime(CLOCK_MONOTONIC, &from);
    waitpid(start(&day), &status, 0);
    clock_gettime(CLOCK_MONOTONIC, &to);
    longest_us = (to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000 + 1000;
    day_remove(&day);
}

static int kill_days(long most, bool with_erp)
{
    long kills = 0, days = 0;
    int failed = 0;

    while (kills < most && !failed) {
        const char *directory = directories[days % directory_count];
        measure(directory);
        for (int i = 0; i < 8 && kills < most && !failed; i++, days++)
            failed = one_day(directory, with_erp, &kills, most);
        if (most > 500) {
            printf("# %ld kills so far, %ld days\n", kills, days);
            fflush(stdout);
        }
    }
    printf("%s %d - %ld kills in receive and save%s, %ld days, every movement one slip\n", failed ? "not ok" : "ok",
           with_erp ? 2 : 1, kills, with_erp ? " with an ERP of its own numbers" : "", days);
    return failed;
}

/* Eight at once over one store; two are killed on the way. The others end the day. */
static int crowds(int count)
{
    int failed = 0;

    for (int round = 0; round < count && !failed; round++) {
        struct day day;
        pid_t crowd[CROWD];
        const char *fault = NULL;

        if (day_begin(&day, directories[round % directory_count], round % 2))
            return complain("set-up", "the store could not be made");
        for (int i = 0; i < CROWD; i++)
            crowd[i] = start(&day);
        (void)kill_after(crowd[0], below(longest_us));
        (void)kill_after(crowd[1], below(longest_us));
        for (int i = 2; i < CROWD; i++) {
            int status;
            if (waitpid(crowd[i], &status, 0) != crowd[i] || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
                fault = "a process of the crowd failed";
        }
        if (fault == NULL)
            fault = day_fault(&day, true);
        failed = fault ? complain("crowd", fault) : 0;
        day_remove(&day);
    }
    printf("%s 3 - %d crowds of %d processes, two of them killed, every movement one slip\n", failed ? "not ok" : "ok",
           count, CROWD);
    return failed;
}

int main(int argc, char **argv)
{
    long kills = argc > 1 ? atol(argv[1]) : 100;
    int failed = 0;

    for (int i = 0; i < 2; i++)
        if (mkdtemp(directories[i]) != NULL && directory_count++ != i)
            memcpy(directories[0], directories[i], sizeof directories[0]);
    if (directory_count == 0)
        return 2;
    printf("1..3\n");
    failed += kill_days(kills / 2, false);
    failed += kill_days(kills - kills / 2, true);
    failed += crowds(argc > 2 ? atoi(argv[2]) : 2);
    for (int i = 0; i < directory_count; i++)
        rmdir(directories[i]);
    return failed != 0;
}

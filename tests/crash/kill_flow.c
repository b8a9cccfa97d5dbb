/* SPDX-License-Identifier: Apache-2.0
 *
 * kill_flow.c: kills receive and save in the middle, again and again, with and without an ERP that
 * numbers its own slips; lets eight processes save the same statements at once, some of which are
 * killed; and stops a server at once while slips are saved there. Every movement becomes exactly
 * one slip. Prints TAP.
 *
 * usage: kill_flow KILLS [CROWDS [CUTS]]    a quarter of the kills each: receive, save, and both with an ERP
 */
#define _DEFAULT_SOURCE

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "day_place.h"

enum { CROWD = 8, PATIENCE = 600, PAUSE_US = 20000 };

/* What a process at work tells; shared with it. */
struct told {
    volatile int step;
    volatile long failures; /* calls that a server cut off */
};

static struct told *told;
static struct day_places places;
static uint64_t random_state = 940;
static long longest_us[DAY_STEPS];

static long below(long limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (long)(random_state % (uint64_t)limit);
}

/* --- processes --- */

/* What a call may say whose server was stopped under it. */
static bool is_cut(int status)
{
    return status == MT940_E_UNREACHABLE || status == MT940_E_UNKNOWN || status == MT940_E_STORE || status == MT940_E_BUSY;
}

/* What an ERP left unanswered, or refused, is asked for again; `stubborn`: also what a server did not hear. */
static void work(const struct day *day, bool stubborn)
{
    for (int i = 0; i < (stubborn ? PATIENCE : 50) && !day_is_over(day); i++) {
        int status = day_work(day, &told->step);

        if (status && !(stubborn && is_cut(status))) {
            printf("# a call failed: %d\n", status);
            fflush(stdout);
            _exit(1);
        }
        told->failures += status != 0;
        if (status)
            usleep(PAUSE_US);
    }
    _exit(0);
}

static pid_t start(const struct day *day, bool stubborn)
{
    fflush(NULL);
    told->step = DAY_RESTS;
    pid_t process = fork();

    if (process == 0)
        work(day, stubborn);
    return process;
}

/* Until the process is at `step`; false when it ended before, and *status is how (or was, if somebody saw it). */
static bool await_step(pid_t process, int step, int *status)
{
    while (told->step != step) {
        if (waitpid(process, status, WNOHANG) != 0)
            return false;
        usleep(100);
    }
    return true;
}

static bool is_good(int status)
{
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* 1 = killed at work, 0 = it was ready before, -1 = it failed by itself. */
static int kill_after(pid_t process, int step, long microseconds)
{
    int status;

    if (!await_step(process, step, &status))
        return is_good(status) ? 0 : -1;
    usleep((useconds_t)microseconds);
    kill(process, SIGKILL);
    if (waitpid(process, &status, 0) != process)
        return -1;
    return WIFSIGNALED(status) ? 1 : is_good(status) ? 0 : -1;
}

static int complain(const char *when, const char *fault)
{
    printf("# %s: %s\n", when, fault);
    return 1;
}

/* --- kills --- */

/* Kills that met a process at work, by its step; `each`: so many are wanted in receive and in save. */
struct kills {
    long met[DAY_STEPS];
    long each;
};

static bool are_enough(const struct kills *kills)
{
    return kills->met[DAY_RECEIVES] >= kills->each && kills->met[DAY_SAVES] >= kills->each;
}

/* Where the next kill should fall: one in eight while the store is opened; DAY_STEPS = nowhere on this day. */
static int next_step(const struct day *day, const struct kills *kills)
{
    if (below(8) == 0)
        return DAY_RESTS;
    if (kills->met[DAY_RECEIVES] < kills->each && !day_is_received(day))
        return DAY_RECEIVES;
    return kills->met[DAY_SAVES] < kills->each ? DAY_SAVES : DAY_STEPS;
}

static int one_day(const char *directory, bool with_erp, struct kills *kills)
{
    struct day day;
    const char *fault = NULL;
    int step;

    if (day_begin(&day, directory, with_erp))
        return complain("set-up", "the store could not be made");
    while (fault == NULL && !day_is_over(&day) && (step = next_step(&day, kills)) != DAY_STEPS) {
        int met = kill_after(start(&day, false), step, below(longest_us[step]));
        kills->met[told->step] += met > 0;
        fault = met < 0 ? "a process failed by itself" : day_fault(&day, false);
    }
    if (fault == NULL && !day_is_over(&day)) {
        int status;
        waitpid(start(&day, false), &status, 0);
        fault = status ? "the last process failed" : NULL;
    }
    if (fault == NULL)
        fault = day_fault(&day, true);
    day_remove(&day);
    return fault ? complain(with_erp ? "with an ERP" : "without an ERP", fault) : 0;
}

static long now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* How long an undisturbed day takes here and now: kills fall within it. */
static void measure(const char *directory)
{
    static const int steps[] = {DAY_RECEIVES, DAY_SAVES};
    struct day day;
    int status;

    if (day_begin(&day, directory, false))
        return;
    pid_t process = start(&day, false);
    long from = now_us();
    int last = DAY_RESTS;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && await_step(process, steps[i], &status); i++) {
        longest_us[last] = now_us() - from + 1;
        from = now_us();
        last = steps[i];
    }
    if (last == DAY_SAVES)
        waitpid(process, &status, 0);
    longest_us[last] = now_us() - from + 1;
    day_remove(&day);
}

static int kill_days(int number, long each, bool with_erp)
{
    struct kills kills = {.each = each};
    long days = 0;
    int failed = 0;

    while (!are_enough(&kills) && !failed) {
        const char *directory = places.directories[days % places.count];
        measure(directory);
        for (int i = 0; i < 8 && !are_enough(&kills) && !failed; i++, days++)
            failed = one_day(directory, with_erp, &kills);
        if (each > 200) {
            printf("# %ld kills in receive and %ld in save so far, %ld days\n", kills.met[DAY_RECEIVES],
                   kills.met[DAY_SAVES], days);
            fflush(stdout);
        }
    }
    printf("%s %d - %ld kills in receive and %ld in save%s, %ld days, every movement one slip\n", failed ? "not ok" : "ok",
           number, kills.met[DAY_RECEIVES], kills.met[DAY_SAVES], with_erp ? " with an ERP of its own numbers" : "", days);
    printf("# besides %ld while the store was opened, %ld while all was received again\n", kills.met[DAY_RESTS],
           kills.met[DAY_REPEATS]);
    return failed;
}

/* --- crowds --- */

/* Eight at once over one store; two are killed on the way. The others end the day. */
static int crowds(int number, int count)
{
    int failed = 0;

    for (int round = 0; round < count && !failed; round++) {
        struct day day;
        pid_t crowd[CROWD];
        const char *fault = NULL;

        if (day_begin(&day, places.directories[round % places.count], round % 2))
            return complain("set-up", "the store could not be made");
        for (int i = 0; i < CROWD; i++)
            crowd[i] = start(&day, false);
        for (int i = 0; i < 2; i++) {
            usleep((useconds_t)below(longest_us[DAY_RECEIVES] + longest_us[DAY_SAVES]));
            kill(crowd[i], SIGKILL);
            waitpid(crowd[i], NULL, 0);
        }
        for (int i = 2; i < CROWD; i++) {
            int status;
            if (waitpid(crowd[i], &status, 0) != crowd[i] || !is_good(status))
                fault = "a process of the crowd failed";
        }
        if (fault == NULL)
            fault = day_fault(&day, true);
        failed = fault ? complain("crowd", fault) : 0;
        day_remove(&day);
    }
    printf("%s %d - %d crowds of %d processes, two of them killed, every movement one slip\n",
           failed ? "not ok" : "ok", number, count, CROWD);
    return failed;
}

/* --- servers --- */

/* The process is held while the store is looked at, so that it and its ERP are of one moment. */
static const char *look_at_held(const struct day *day, pid_t process, int *status)
{
    kill(process, SIGSTOP);
    if (waitpid(process, status, WUNTRACED) != process || !WIFSTOPPED(*status))
        return NULL; /* it has ended; the caller looks how */
    const char *fault = day_fault(day, false);
    kill(process, SIGCONT);
    return fault;
}

/* Cuts the server off under one process, which goes on by itself; counts the cuts it noticed while it saved. */
static int one_cut_day(const char *directory, bool with_erp, long *cuts, long most)
{
    struct day day;
    const char *fault = NULL;
    int status = 0;

    if (day_begin(&day, directory, with_erp))
        return complain("set-up", "the store could not be made");
    pid_t process = start(&day, true);
    while (fault == NULL && *cuts < most && await_step(process, DAY_SAVES, &status)) {
        long before = told->failures;
        usleep((useconds_t)below(longest_us[DAY_SAVES]));
        int step = told->step;
        if (!day_place_cut())
            fault = "the server could not be started again";
        usleep(2 * PAUSE_US);
        *cuts += step == DAY_SAVES && told->failures > before;
        if (fault == NULL && !day_is_over(&day))
            fault = look_at_held(&day, process, &status);
    }
    (void)waitpid(process, &status, 0); /* it may have been seen to end */
    if (!is_good(status) && fault == NULL)
        fault = "the process failed by itself";
    if (fault == NULL)
        fault = day_fault(&day, true);
    day_remove(&day);
    return fault ? complain("a server that was stopped", fault) : 0;
}

static int cut_days(int number, long most)
{
    long cuts = 0, days = 0;
    int failed = 0;

    for (; cuts < most && !failed; days++)
        failed = one_cut_day(places.directories[days % places.count], days % 2, &cuts, most);
    printf("%s %d - %ld stops of the server in save, %ld days, every movement one slip\n", failed ? "not ok" : "ok",
           number, cuts, days);
    return failed;
}

int main(int argc, char **argv)
{
    long kills = argc > 1 ? atol(argv[1]) : 100, cuts = argc > 3 ? atol(argv[3]) : 0;
    int failed = 0;

    told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (told == MAP_FAILED || !day_place_begin(&places))
        return 2;
    printf("1..%d\n", cuts > 0 ? 4 : 3);
    failed += kill_days(1, kills / 4, false);
    failed += kill_days(2, kills / 4, true);
    failed += crowds(3, argc > 2 ? atoi(argv[2]) : 2);
    if (cuts > 0)
        failed += cut_days(4, cuts);
    day_place_end(&places);
    return failed != 0;
}

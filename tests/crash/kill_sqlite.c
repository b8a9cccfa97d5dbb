/* SPDX-License-Identifier: Apache-2.0
 *
 * kill_sqlite.c: kills clerks in the middle of their work, again and again, and looks whether the
 * store ever shows half an invoice or has lost one that was answered. Prints TAP.
 *
 * usage: kill_sqlite CYCLES
 */
#define _DEFAULT_SOURCE

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "invoicing.h"
#include "mt940connect/adapters/sqlite.h"

/* A new store now and then: checking one takes the longer the more is in it. */
enum { CLERKS = 2, CYCLES_PER_STORE = 10, LONGEST_MS = 15 };

/*
 * On a disk most kills meet a clerk that waits for the sync of its commit; in memory, where a sync
 * costs nothing, they meet everything else. Stores are made in both places in turn.
 */
static char directories[2][40] = {"/tmp/mt940connect-kill-XXXXXX", "/dev/shm/mt940connect-kill-XXXXXX"};
static int directory_count;
static char path[64];

struct clerk {
    pid_t process;
    int answers; /* the pipe on which it tells how many invoices were answered so far */
};

/* The life of a clerk: works until it is killed. */
static void work(char name, int cycle, int pipe_end)
{
    struct invoicing invoicing = {.clerk = name, .cycle = cycle};
    struct mt940_sqlite_options options = {.size = sizeof(options), .busy_timeout_ms = 60000};
    struct mt940_store store;

    if (mt940_sqlite_store_open(path, &options, &store, NULL) || invoicing_set_up(&store) ||
        invoicing_begin(&store, &invoicing))
        _exit(1);
    for (;;) {
        if (invoicing_apply(&store, &invoicing, 1 + invoicing.next % 6))
            _exit(1);
        if (write(pipe_end, &invoicing.next, sizeof(invoicing.next)) != (ssize_t)sizeof(invoicing.next))
            _exit(1);
    }
}

static struct clerk start_clerk(char name, int cycle)
{
    int ends[2];

    if (pipe(ends))
        exit(2);
    fflush(stdout);
    struct clerk clerk = {fork(), ends[0]};
    if (clerk.process == 0) {
        close(ends[0]);
        work(name, cycle, ends[1]);
    }
    close(ends[1]);
    return clerk;
}

/* Waits until the clerk has answered for the first time; -1 when it ended instead. */
static int await_answer(const struct clerk *clerk)
{
    int number = -1;

    return read(clerk->answers, &number, sizeof(number)) == (ssize_t)sizeof(number) ? number : -1;
}

/* Kills, and reads what was answered last; `answered` is what was read before. -1 when it ended by itself. */
static int stop_clerk(const struct clerk *clerk, int answered)
{
    int number;
    int status = 0;

    kill(clerk->process, SIGKILL);
    waitpid(clerk->process, &status, 0);
    while (read(clerk->answers, &number, sizeof(number)) == (ssize_t)sizeof(number))
        answered = number;
    close(clerk->answers);
    return WIFSIGNALED(status) ? answered : -1;
}

/* Pipes hold 64 KiB = 16,384 answers, more than a clerk gives in its short life. */
static const char *run_cycle(int cycle, unsigned *dice, struct answered *answers, int *answer_count)
{
    struct clerk clerks[CLERKS];
    int first[CLERKS] = {0};
    int count = 1 + cycle % CLERKS;

    for (int i = 0; i < count; i++)
        clerks[i] = start_clerk((char)('a' + i), cycle);
    /* One life in four is taken early: while the store is made, opened or recovered. */
    for (int i = 0; cycle % 4 != 0 && i < count; i++)
        first[i] = await_answer(&clerks[i]);
    usleep((useconds_t)(rand_r(dice) % (LONGEST_MS * 1000)));
    for (int i = 0; i < count; i++) {
        int answered = stop_clerk(&clerks[i], first[i]);
        if (answered < 0)
            return "a clerk failed by itself";
        answers[(*answer_count)++] = (struct answered){(char)('a' + i), cycle, answered};
    }
    struct mt940_store store;
    struct mt940_error error = {.size = sizeof(error)};
    if (mt940_sqlite_store_open(path, NULL, &store, &error)) {
        printf("# %s\n", error.text);
        return "the store does not open again";
    }
    const char *wrong = invoicing_check(&store, answers, *answer_count);
    store.close(store.user);
    return wrong;
}

static void remove_store(void)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    char name[80];

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        snprintf(name, sizeof(name), "%s%s", path, endings[i]);
        (void)remove(name);
    }
}

int main(int argc, char **argv)
{
    int cycles = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 200;
    struct answered answers[CLERKS * CYCLES_PER_STORE];
    int answer_count = 0;
    int64_t answered = 0;
    unsigned dice = (unsigned)time(NULL);
    const char *wrong = NULL;

    if (!mkdtemp(directories[0]))
        return 2;
    directory_count = mkdtemp(directories[1]) ? 2 : 1;
    printf("TAP version 13\n1..1\n# seed %u\n", dice);
    for (int cycle = 0; !wrong && cycle < cycles; cycle++) {
        if (cycle % CYCLES_PER_STORE == 0) {
            remove_store();
            answer_count = 0;
            snprintf(path, sizeof(path), "%s/k.db", directories[cycle / CYCLES_PER_STORE % directory_count]);
        }
        int before = answer_count;
        wrong = run_cycle(cycle, &dice, answers, &answer_count);
        for (int i = before; i < answer_count; i++)
            answered += answers[i].count;
        if (wrong)
            printf("# cycle %d, %s: %s\n", cycle, path, wrong);
    }
    printf("# %d cycles, %lld invoices answered before a kill\n", cycles, (long long)answered);
    if (answered < cycles)
        wrong = wrong ? wrong : "too little work was done to prove anything";
    printf("%s 1 - killed clerks leave all or nothing%s%s\n", wrong ? "not ok" : "ok", wrong ? " # " : "",
           wrong ? wrong : "");
    if (wrong)
        return 1; /* the store stays for a look */
    remove_store();
    for (int i = 0; i < directory_count; i++)
        if (rmdir(directories[i]))
            return 2;
    return 0;
}

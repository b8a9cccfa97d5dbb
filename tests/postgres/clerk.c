/* SPDX-License-Identifier: Apache-2.0
 *
 * clerk.c: works at a PostgreSQL store whatever happens to the server, and believes what the store
 * answers; ends with 3 when an answer was not true. For test_crash.py and test_lost.py.
 *
 * usage: clerk work NAME CYCLE     prints the number of invoices answered so far, a line each time
 *        clerk once                one invoice; prints status, outcome and whether it is there then
 *        clerk check               reads lines "NAME CYCLE COUNT"; prints what is wrong, if anything
 * MT940_CLERK_SERVER is the connection string, MT940_CLERK_SCHEMA the schema.
 */
#define _DEFAULT_SOURCE

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../crash/invoicing.h"
#include "mt940connect/adapters/postgres.h"

enum { PATIENCE = 600, ANSWERS = 4096, LIES = 3 };

static int open_store(struct mt940_store *store)
{
    struct mt940_postgres_options options = {
        .size = sizeof(options), .schema = getenv("MT940_CLERK_SCHEMA"), .busy_timeout_ms = 60000};
    struct mt940_error error = {.size = sizeof(error)};
    int status = mt940_postgres_store_open(getenv("MT940_CLERK_SERVER"), &options, store, &error);

    if (status)
        fprintf(stderr, "# open: %d %s\n", status, error.text);
    return status;
}

/* Asks until the server is there again how often this clerk's note was written. */
static int64_t count_notes(const struct mt940_store *store, const struct invoicing *work)
{
    struct invoicing now = *work;

    for (int i = 0; i < PATIENCE; i++) {
        if (invoicing_begin(store, &now) == MT940_OK)
            return now.note_revision;
        usleep(50000);
    }
    exit(2);
}

static int work(char name, int cycle)
{
    struct invoicing invoicing = {.clerk = name, .cycle = cycle};
    struct mt940_store store;

    if (open_store(&store) || invoicing_set_up(&store))
        return 2;
    invoicing.note_revision = count_notes(&store, &invoicing);
    for (;;) {
        struct invoicing before = invoicing;
        int count = 1 + invoicing.next % 6;
        int status = invoicing_apply(&store, &invoicing, count);
        if (status > 0)
            return LIES; /* nobody else writes these records */
        if (status < 0) {
            bool is_there = count_notes(&store, &before) == before.note_revision + count;
            if (is_there && status != MT940_E_UNKNOWN)
                return LIES;
            if (!is_there)
                invoicing = before;
        }
        printf("%d\n", invoicing.next);
        fflush(stdout);
    }
}

static int see_action(void *user, const void *record)
{
    (void)record;
    *(bool *)user = true;
    return 0;
}

static int once(void)
{
    struct mt940_action action = {.company = {"01", 2}, .key = {"once", 4}};
    struct mt940_setting setting = {.company = {"01", 2}, .name = {"once", 4}};
    struct mt940_change change = {
        .size = sizeof(change), .op = MT940_PUT_NEW, .kind = MT940_KIND_SETTING, .record = &setting};
    struct mt940_batch batch = {sizeof(batch), &action, &change, 1};
    struct mt940_batch_result result = {.size = sizeof(result)};
    struct mt940_store store;
    bool is_there = false;
    int found = MT940_E_UNREACHABLE;

    if (open_store(&store))
        return 2;
    int status = store.apply(store.user, &batch, 1, &result);
    printf("%d %d\n", status, status ? 0 : (int)result.outcome);
    fflush(stdout);
    for (int i = 0; i < PATIENCE; i++) {
        found = store.get(store.user, MT940_KIND_ACTION, &action, see_action, &is_there);
        if (found == MT940_OK || found == MT940_E_NOT_FOUND)
            break;
        usleep(50000);
    }
    printf("%s\n", found == MT940_OK && is_there ? "there" : found == MT940_E_NOT_FOUND ? "absent" : "unknown");
    store.close(store.user);
    return 0;
}

static int check(void)
{
    static struct answered answers[ANSWERS];
    struct mt940_store store;
    int count = 0;

    while (count < ANSWERS &&
           scanf(" %c %d %d", &answers[count].clerk, &answers[count].cycle, &answers[count].count) == 3)
        count++;
    if (open_store(&store))
        return 2;
    const char *wrong = invoicing_check(&store, answers, count);
    printf("%s", wrong ? wrong : "");
    store.close(store.user);
    return wrong != NULL;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "work") == 0)
        return work(argv[2][0], (int)strtol(argv[3], NULL, 10));
    if (argc == 2 && strcmp(argv[1], "once") == 0)
        return once();
    if (argc == 2 && strcmp(argv[1], "check") == 0)
        return check();
    fprintf(stderr, "usage: clerk work NAME CYCLE | once | check\n");
    return 2;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * work_flow.c: receive, show and save for an instruction counter (check_work.py), over the SQLite store with 20 rows a
 * commit, behind statements of earlier days. A line for each piece of work says its name and its rows.
 *
 * usage: work_flow DIRECTORY
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <valgrind/callgrind.h>

#include "flow_day.h"
#include "mt940connect/adapters/sqlite.h"

enum { EARLIER = 10, COUNTED = 10, ROWS_A_COMMIT = 20 };

static void dump(const char *name)
{
    CALLGRIND_DUMP_STATS;
    printf("%s\t%d\trow\n", name, COUNTED * DAY_ROWS);
}

static void expect(long rows)
{
    day_need(rows != COUNTED * DAY_ROWS, "not every row was received, or saved");
}

int main(int argc, char **argv)
{
    struct mt940_receive_summary summary;
    struct mt940_store store;
    char file[4096];

    snprintf(file, sizeof file, "%s/work_flow.%ld.db", argc > 1 ? argv[1] : "/tmp", (long)getpid());
    day_need(mt940_sqlite_store_open(file, NULL, &store, &day_error), "store");
    day_open(&store, ROWS_A_COMMIT);
    day_books();
    day_receive(0, EARLIER, &summary);
    day_inbox();
    (void)day_save(0, EARLIER);
    CALLGRIND_ZERO_STATS;
    day_receive(EARLIER, COUNTED, &summary);
    dump("receive");
    expect((long)summary.movements);
    day_inbox();
    CALLGRIND_ZERO_STATS;
    (void)day_show(EARLIER, COUNTED);
    dump("show");
    CALLGRIND_ZERO_STATS;
    long saved = day_save(EARLIER, COUNTED);
    dump("save");
    expect(saved);
    mt940_flow_close(day_flow);
    store.close(store.user);
    return remove(file);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * bench_flow.c: a day's work over a store: receive, match, save; and over SQLite a folder of ten
 * thousand files, received twice. The statements are generated and always the same. Prints a
 * table for docs/performance.md beside the floor of the same run: 4 KiB written and synced.
 *
 * usage: bench_flow [DIRECTORY [STATEMENTS [FILES]]]                       SQLite
 *        server.py bench_flow postgres [DIRECTORY [STATEMENTS [FILES]]]    the server of tests/postgres, which lies there
 */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "flow_day.h"
#include "mt940connect/adapters/folder.h"
#include "mt940connect/adapters/sqlite.h"
#ifdef WITH_POSTGRES
#include "mt940connect/adapters/postgres.h"
#endif

enum { NAME = 64, FILE_ROWS = 5 };

static char root[2048], path[4096];
static struct mt940_store store;

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double syncs_per_second(void)
{
    static const char block[4096];
    char name[sizeof path + 8];
    int count = 0;

    snprintf(name, sizeof name, "%s.sync", path);
    int file = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
    double start = now();
    for (; file >= 0 && now() - start < 1.0; count++)
        if (pwrite(file, block, sizeof block, (off_t)(count % 1000) * (off_t)sizeof block) < 0 || fdatasync(file))
            break;
    double seconds = now() - start;
    close(file);
    remove(name);
    return count / seconds;
}

static void day(int first, int statements, uint32_t rows_a_commit, double floor)
{
    struct mt940_receive_summary received;
    long rows = (long)statements * DAY_ROWS;

    day_open(&store, rows_a_commit);
    double start = now();
    day_receive(first, statements, &received);
    double receiving = now() - start;
    day_inbox();
    start = now();
    long matched = day_show(first, statements);
    double matching = now() - start;
    start = now();
    long saved = day_save(first, statements);
    double saving = now() - start;
    double commits = (double)statements + (double)statements * ((DAY_ROWS + rows_a_commit - 1) / rows_a_commit);
    printf("| %ld rows, %u a commit | %.0f | %.0f | %.0f | %.0f | %.2f |\n", rows, rows_a_commit,
           (double)rows / receiving, (double)rows / matching, (double)rows / saving,
           (double)rows / (receiving + saving), commits / (receiving + saving) / floor);
    if (received.movements != (uint32_t)rows || saved != rows)
        fprintf(stderr, "%u received, %ld matched, %ld of %ld saved\n", received.movements, matched, saved, rows);
}

static double receive_folder(struct mt940_transport *transport, struct mt940_receive_summary *summary)
{
    double start = now();

    summary->size = sizeof *summary;
    day_need(mt940_flow_receive(day_flow, transport, "bench", NULL, NULL, summary, &day_error), "receive");
    return now() - start;
}

static void folder(int files)
{
    struct mt940_transport transport;
    struct mt940_receive_summary summary;
    char name[sizeof root + NAME], *bytes = malloc(1 << 16);

    snprintf(path, sizeof path, "%s/files", root);
    day_need(bytes ? mkdir(path, 0700) : 1, path);
    for (int i = 0; i < files; i++) {
        size_t length = day_statement(bytes, 1 << 16, 500000 + i, FILE_ROWS);
        snprintf(name, sizeof name, "%s/files/%05d.sta", root, i);
        FILE *file = fopen(name, "wb");
        day_need(!file || fwrite(bytes, 1, length, file) != length, name);
        fclose(file);
    }
    day_need(mt940_folder_transport_open(path, NULL, &transport, &day_error), "folder");
    double first = receive_folder(&transport, &summary);
    printf("| %d files of 5 rows in a folder, received | %.1f s, %u statements | |\n", files, first, summary.statements);
    double second = receive_folder(&transport, &summary);
    printf("| the same, received again | %.2f s, %u duplicates | |\n", second, summary.duplicate);
    transport.destroy(transport.user);
    for (int i = 0; i < files; i++) {
        snprintf(name, sizeof name, "%s/files/%05d.sta", root, i);
        remove(name);
    }
    remove(path);
    free(bytes);
}

/* Opens the store; its name. */
static const char *open_store(bool is_server, const char *file)
{
    if (!is_server)
        day_need(mt940_sqlite_store_open(file, NULL, &store, &day_error), "store");
#ifdef WITH_POSTGRES
    else
        day_need(mt940_postgres_store_open(getenv("MT940_POSTGRES_TCP"), NULL, &store, &day_error), "store");
#endif
    day_need(store.apply ? 0 : 1, "this build has no such store");
    return is_server ? "PostgreSQL, loopback" : "SQLite, synchronous FULL";
}

int main(int argc, char **argv)
{
    bool is_server = argc > 1 && strcmp(argv[1], "postgres") == 0;
    char **rest = argv + is_server;
    int count = argc - is_server;
    int statements = count > 2 ? atoi(rest[2]) : 50, files = count > 3 ? atoi(rest[3]) : is_server ? 0 : 10000;
    char file[sizeof root + NAME];

    snprintf(root, sizeof root, "%s/bench_flow.%ld", count > 1 ? rest[1] : "/tmp", (long)getpid());
    day_need(mkdir(root, 0700), root);
    snprintf(path, sizeof path, "%s/store", root);
    snprintf(file, sizeof file, "%s/store.db", root);
    const char *name = open_store(is_server, file);
    day_open(&store, 20);
    day_books();
    double floor = syncs_per_second();
    printf("| %s; floor %.0f syncs/s | receive rows/s | match rows/s | save rows/s | receive and "
           "save (which matches) rows/s | commits per sync of the floor |\n|---|---|---|---|---|---|\n", name, floor);
    day(0, statements, 20, floor);
    if (statements > 5) {
        day(statements, statements / 5, 1, floor);
        day(statements + statements / 5, statements, 100, floor);
    }
    if (files > 0)
        folder(files);
    mt940_flow_close(day_flow);
    store.close(store.user);
    remove(file);
    return rmdir(root);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * bench_statement.c: how fast statements are read, beside a floor measured in the same run: finding the line ends of
 * the same buffer with memchr and doing nothing else. Prints a table for docs/performance.md; exit 1 when a "must" of
 * issue 5 is missed, 2 when the generator no longer makes its frozen bytes. Figures are the best of several runs in
 * the process's own time, the floor among them: other programs only make a run slower.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "both.h"
#include "run.h"
#include "statements.h"

enum { MEGABYTE = 1000 * 1000, PIECE = 64 << 10, GIBIBYTE = 1 << 30 };

/* The process's own time; other programs that want the processor take none of it. */
static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static uint64_t floor_lines(const char *bytes, size_t length)
{
    uint64_t lines = 0;
    const char *at = bytes, *end = bytes + length;
    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        lines++;
        at++;
    }
    return lines;
}

static double timed(struct run *run)
{
    double start = now();
    run_all(run, NULL);
    return now() - start;
}

static void *read_part(void *user)
{
    run_all(user, NULL);
    return NULL;
}

/* Both halves of a buffer, cut where a message begins. */
static void time_parts(const struct run *whole, struct both *best)
{
    static const char start_of_message[] = "-\r\n:20:";
    static struct run parts[2];
    size_t half = whole->length / 2;
    while (memcmp(whole->bytes + half, start_of_message, sizeof start_of_message - 1) != 0)
        half++;
    half += 3;
    parts[0] = parts[1] = *whole;
    parts[0].length = half;
    parts[1].bytes += half;
    parts[1].length -= half;
    time_both(read_part, &parts[0], &parts[1], best);
}

/* Bytes that are gone through `times` times by the floor, to see what the machine itself gives two threads. */
struct stretch {
    const char *bytes;
    size_t length, times;
    uint64_t lines;
};

static void *find_lines(void *user)
{
    struct stretch *stretch = user;
    for (size_t i = 0; i < stretch->times; i++)
        stretch->lines += floor_lines(stretch->bytes, stretch->length);
    return NULL;
}

/* The floor over as many bytes as the library reads: each half once, and over and over what each thread has cached. */
static void time_floors(const struct run *whole, struct both *memory, struct both *cached)
{
    enum { cached_bytes = 128 << 10 };
    size_t half = whole->length / 2, step = half < cached_bytes ? half : cached_bytes;
    struct stretch far[2] = {{whole->bytes, half, 1, 0}, {whole->bytes + half, half, 1, 0}};
    struct stretch near[2] = {{whole->bytes, step, half / step, 0}, {whole->bytes + half, step, half / step, 0}};
    time_both(find_lines, &far[0], &far[1], memory);
    time_both(find_lines, &near[0], &near[1], cached);
}

struct best {
    double floor, structure, pieces, deep;
    struct both parts, memory, cached;
};

static void keep(double *best, double took)
{
    if (*best == 0 || took < *best)
        *best = took;
}

static void measure(struct run *run, int rounds, struct best *best)
{
    uint64_t lines = 0;
    for (int round = 0; round < rounds; round++) {
        double start = now();
        lines = floor_lines(run->bytes, run->length);
        keep(&best->floor, now() - start);
        run->deep = false;
        run->piece = run->length;
        keep(&best->structure, timed(run));
        time_parts(run, &best->parts);
        time_floors(run, &best->memory, &best->cached);
        run->piece = PIECE;
        keep(&best->pieces, timed(run));
        run->deep = true;
        keep(&best->deep, timed(run));
    }
    printf("| %llu lines, %llu statements, %llu movements, %llu IBANs, %llu names | | | |\n", (unsigned long long)lines,
           (unsigned long long)run->statements, (unsigned long long)run->entries, (unsigned long long)run->ibans,
           (unsigned long long)run->names);
}

static void row(const char *what, size_t bytes, double took, double floor, const char *must)
{
    printf("| %s | %.2f GB/s | %.1f x | %s |\n", what, (double)bytes / took / 1e9, took / floor, must);
}

static void pair_row(const char *what, size_t bytes, const struct both *both, const char *must)
{
    printf("| %s | %.2f GB/s | %.2f of one | %s |\n", what, (double)bytes / both->pair / 1e9, both->alone / both->pair,
           must);
}

struct counter {
    size_t now, peak;
    uint64_t calls;
};

static void *count_resize(void *user, void *old, size_t old_size, size_t new_size)
{
    struct counter *counter = user;
    counter->now += new_size - old_size;
    counter->peak = counter->now > counter->peak ? counter->now : counter->peak;
    counter->calls += new_size != 0;
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, new_size);
}

/* A stream of a gigabyte, the buffer over and over. */
static bool memory_row(struct run *run)
{
    struct counter counter = {0, 0, 0};
    struct mt940_allocator allocator = {sizeof allocator, &counter, count_resize};
    run->deep = false;
    run->piece = PIECE;
    run->times = GIBIBYTE / run->length + 1;
    run_all(run, &allocator);
    run->times = 0;
    printf("| 1 GiB pushed: allocator's peak %zu bytes, %llu calls for %llu movements | | | 256 KiB |\n", counter.peak,
           (unsigned long long)counter.calls, (unsigned long long)run->entries);
    return counter.peak <= 256 << 10 && counter.calls < 100;
}

static bool bench(const char *name, struct run *run, int rounds)
{
    struct best best;
    memset(&best, 0, sizeof best);
    printf("| **%s, %zu MB** | | | |\n", name, run->length / MEGABYTE);
    measure(run, rounds, &best);
    row("newlines by memchr (the floor)", run->length, best.floor, best.floor, "");
    row("structure and balance", run->length, best.structure, best.floor, "6 x");
    row("the same, pushed in pieces of 64 KiB", run->length, best.pieces, best.floor, "6 x");
    row("with narratives split, counterparty, IBANs, decoded", run->length, best.deep, best.floor, "12 x");
    pair_row("two threads over message boundaries", run->length, &best.parts, "1.8");
    pair_row("what the machine gives two threads of the floor", run->length, &best.memory, "");
    pair_row("and over 128 KiB each, again and again", run->length, &best.cached, "");
    return memory_row(run) && best.structure <= 6 * best.floor && best.deep <= 12 * best.floor;
}

/* Frozen: FNV-1a of the first 4 MB of each mix. */
static const uint64_t hashes[] = {0x3877fb6494ec84de, 0xfeffc3e92ccf71be, 0x24ec4930efdf4e3d};

int main(int count, char **arguments)
{
    static const char *const names[] = {"German mix", "Turkish mix", "statements of one movement"};
    size_t capacity = (count > 1 ? strtoul(arguments[1], NULL, 10) : 100) * MEGABYTE;
    int rounds = count > 2 ? atoi(arguments[2]) : 7, good = 1;
    static struct run run;
    char *bytes = malloc(capacity < 4 * MEGABYTE ? 4 * MEGABYTE : capacity);
    if (!bytes)
        return 2;
    puts("| what | figure | to the floor | must |\n|---|---|---|---|");
    for (int mix = MIX_GERMAN; mix <= MIX_TINY; mix++) {
        uint64_t hash = hash_statements(bytes, make_statements(mix, bytes, 4 * MEGABYTE));
        if (hash != hashes[mix]) {
            printf("the generator's bytes have changed: %s is 0x%llx\n", names[mix], (unsigned long long)hash);
            good = -1;
        }
        run.bytes = bytes;
        run.length = make_statements(mix, bytes, capacity);
        if (!bench(names[mix], &run, rounds) && good == 1 && mix != MIX_TINY)
            good = 0;
    }
    free(bytes);
    return good == 1 ? 0 : good == 0 ? 1 : 2;
}

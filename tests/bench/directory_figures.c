/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_figures.c: what a batch of look-ups and a start from a file cost.
 */
#define _POSIX_C_SOURCE 200809L
#include "directory_figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void must(int status)
{
    if (status != 0)
        exit(2);
}

/* From a file that the system has in memory: mapped, opened, a first customer found. */
void directory_figures_image(const struct mt940_directory *directory, const struct match_generator *generator,
                             uint32_t customers)
{
    struct mt940_directory *opened = NULL;
    char text[MATCH_NAME_MAX];
    struct mt940_view name;
    struct mt940_directory_hit hit;
    FILE *file = tmpfile();
    size_t length = 0, found;
    double start, made, ready;
    void *bytes;

    must(mt940_directory_image(directory, NULL, NULL, 0, &length));
    if (!file || fflush(file) || ftruncate(fileno(file), (off_t)length) != 0)
        exit(2);
    bytes = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
    if (bytes == MAP_FAILED)
        exit(2);
    start = now();
    must(mt940_directory_image(directory, NULL, bytes, length, &length));
    made = now() - start;
    munmap(bytes, length);
    start = now();
    bytes = mmap(NULL, length, PROT_READ, MAP_SHARED, fileno(file), 0);
    if (bytes == MAP_FAILED)
        exit(2);
    must(mt940_directory_open(bytes, length, 0, NULL, &opened, NULL));
    match_generate_name(generator->seed, customers / 2, text);
    name = mt940_view_of(text, strlen(text));
    found = mt940_directory_by_name(opened, &name, &hit, 1);
    ready = now() - start;
    mt940_directory_free(opened);
    start = now();
    must(mt940_directory_open(bytes, length, 1, NULL, &opened, NULL));
    printf("image: %zu bytes, made in %.0f ms; mapped, opened and asked in %.2f ms, all bytes compared in %.0f (%zu)\n", length,
           made * 1e3, ready * 1e3, (now() - start) * 1e3, found);
    mt940_directory_free(opened);
    munmap(bytes, length);
    fclose(file);
}

/* Many IBANs at once. */
void directory_figures_batch(const struct mt940_directory *directory, const struct match_generator *generator,
                             uint32_t customers)
{
    enum { IBANS = 20000, MANY = 64 };
    static char ibans[IBANS][36];
    struct mt940_directory_hit hits[MANY];
    struct mt940_view views[MANY];
    size_t counts[MANY], count = 0, found = 0, asked = 0;
    double start;

    for (uint32_t i = 0; count < IBANS && i < customers; i++) {
        struct match_customer made;

        match_generate_customer(generator, (uint32_t)((uint64_t)i * 7919 % customers), &made);
        if (made.iban[0])
            memcpy(ibans[count++], made.iban, sizeof(ibans[0]));
    }
    start = now();
    for (size_t at = 0; at + MANY <= count; at += MANY) {
        for (size_t i = 0; i < MANY; i++)
            views[i] = mt940_view_of(ibans[at + i], 26);
        mt940_directory_by_ibans(directory, views, MANY, hits, counts);
        for (size_t i = 0; i < MANY; i++)
            found += counts[i] > 0;
        asked += MANY;
    }
    printf("IBANs, %d at once: %.0f ns each (%zu of %zu found)\n", MANY, (now() - start) / (double)asked * 1e9, found, asked);
}

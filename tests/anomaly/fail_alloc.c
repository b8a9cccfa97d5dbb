/* SPDX-License-Identifier: Apache-2.0
 *
 * fail_alloc.c: runs every exercise over every input while the k-th allocation fails, for k = 1, 2, … until a run
 * needs no more than k-1; then again with every allocation from the k-th on failing. Each failed run must say
 * MT940_E_MEMORY, leave no block behind and its outputs untouched. What the exercises do it must not know.
 *
 * usage: fail_alloc DIRECTORY        speaks TAP, one case per exercise and file
 */
#define _POSIX_C_SOURCE 200809L
#include "fail_alloc.h"
#include "failing_heap.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More allocations than any exercise over a small file can need: a run that never ends is a failure too. */
#define CALLS_AT_MOST 20000

/* One run; NULL when it went as it should. `*ended` is set when the run needed fewer calls than `fail_at`. */
static const char *one_run(const struct exercise *exercise, const struct mt940_view *input, struct failing_heap *heap,
                           int *ended)
{
    struct mt940_allocator memory = {sizeof(memory), heap, failing_heap_resize};
    const char *complaint = NULL;
    int status = exercise->run(&memory, input, &complaint);
    *ended = heap->refused == 0;
    if (complaint)
        return complaint;
    if ((complaint = failing_heap_verdict(heap, status)) != NULL)
        return complaint;
    if (!heap->refused && status != MT940_OK)
        return "the run fails even with all memory it wants";
    return NULL;
}

static const char *every_call(const struct exercise *exercise, const struct mt940_view *input, long *calls)
{
    for (int for_good = 0; for_good < 2; for_good++) {
        int ended = 0;
        for (long k = 1; !ended; k++) {
            struct failing_heap heap = {.fail_at = k, .for_good = for_good};
            const char *complaint = one_run(exercise, input, &heap, &ended);
            *calls = heap.calls;
            if (complaint)
                return complaint;
            if (k > CALLS_AT_MOST)
                return "the run never ends";
        }
    }
    return *calls ? NULL : "the exercise allocates nothing";
}

static int read_file(const char *directory, const char *name, struct mt940_view *out)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    char *data = malloc(1 << 20);
    if (!data)
        abort();
    out->length = fread(data, 1, 1 << 20, file);
    out->data = data;
    return fclose(file);
}

static int is_statement(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 4 && strcmp(entry->d_name + length - 4, ".sta") == 0;
}

static int number;

static void exercise_all(const struct exercise *exercises, const char *file, const struct mt940_view *input)
{
    for (; exercises->name; exercises++) {
        long calls = 0;
        const char *complaint = every_call(exercises, input, &calls);
        printf("%sok %d - %s %s (%ld allocations)\n", complaint ? "not " : "", ++number, exercises->name, file, calls);
        if (complaint)
            printf("# at allocation %ld: %s\n", calls, complaint);
    }
}

int main(int argc, char **argv)
{
    const struct exercise *const once[] = {record_exercises, match_exercises, slip_exercises};
    struct dirent **names;
    int count = argc == 2 ? scandir(argv[1], &names, is_statement, alphasort) : -1;
    if (count <= 0) {
        printf("Bail out! no statements to read\n");
        return 1;
    }
    for (int i = 0; i < count; i++) {
        struct mt940_view input;
        if (read_file(argv[1], names[i]->d_name, &input)) {
            printf("Bail out! %s cannot be read\n", names[i]->d_name);
            return 1;
        }
        exercise_all(statement_exercises, names[i]->d_name, &input);
        for (size_t room = 0; i == 0 && room < sizeof(once) / sizeof(once[0]); room++)
            exercise_all(once[room], "once", &input);
        free((void *)input.data);
        free(names[i]);
    }
    free(names);
    printf("1..%d\n", number);
    return 0;
}

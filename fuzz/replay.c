/* SPDX-License-Identifier: Apache-2.0
 *
 * replay.c: gives a fuzz target the files of its corpus and its regressions, one after the other, as an ordinary
 * test under any compiler. It knows directories and bytes; what a target does with them it must not know.
 *
 * usage: replay FILE-OR-DIRECTORY...        exit 0 when every input was survived and there was at least one
 */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t replayed;

static int replay_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    /* A block of exactly this size, so that a sanitizer sees a read of one byte too many. */
    uint8_t *data = malloc(size ? size : 1);
    int failed = !file || !data || fread(data, 1, size, file) != size;
    if (failed) {
        fprintf(stderr, "%s: cannot be read\n", path);
    } else {
        /* Said before, so that the last line of a crash names the culprit. */
        printf("%s\n", path);
        fflush(stdout);
        LLVMFuzzerTestOneInput(data, size);
        replayed++;
    }
    free(data);
    if (file)
        fclose(file);
    return failed;
}

static int replay_path(const char *path);

static int replay_directory(const char *path)
{
    struct dirent **names;
    int count = scandir(path, &names, NULL, alphasort);
    int failed = count < 0;
    for (int i = 0; i < count; i++) {
        char child[4096];
        int length = snprintf(child, sizeof(child), "%s/%s", path, names[i]->d_name);
        if (names[i]->d_name[0] != '.')
            failed |= length < 0 || (size_t)length >= sizeof(child) || replay_path(child);
        free(names[i]);
    }
    if (count >= 0)
        free(names);
    return failed;
}

static int replay_path(const char *path)
{
    struct stat facts;
    if (stat(path, &facts) != 0) {
        /* A target without regressions has no such directory: git keeps no empty ones. */
        return errno != ENOENT;
    }
    return S_ISDIR(facts.st_mode) ? replay_directory(path) : replay_file(path, (size_t)facts.st_size);
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= replay_path(argv[i]);
    printf("%zu inputs replayed\n", replayed);
    return failed || replayed == 0;
}

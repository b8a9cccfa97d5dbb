/* SPDX-License-Identifier: Apache-2.0
 *
 * move.c: rename without overwriting. Must not know why a file is moved.
 */
#ifdef __linux__
#define _GNU_SOURCE /* renameat2() */
#else
#define _POSIX_C_SOURCE 200809L
#endif
#include "move.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONGEST_NAME 255
#define MOST_NUMBERS 100000

/* "name.ending" with -number before the ending; the stem is cut when the whole gets too long. */
static void numbered_name(const char *name, int number, char *out, size_t capacity)
{
    const char *dot = strrchr(name, '.');
    size_t stem = dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name);
    char suffix[16];
    size_t rest;

    snprintf(suffix, sizeof suffix, "-%d", number);
    rest = strlen(suffix) + strlen(name + stem);
    if (rest > LONGEST_NAME / 2) /* an ending that long is none */
        rest = strlen(suffix);
    if (stem + rest > LONGEST_NAME)
        stem = LONGEST_NAME - rest;
    snprintf(out, capacity, "%.*s%s%s", (int)stem, name, suffix, rest > strlen(suffix) ? strrchr(name, '.') : "");
}

/* rename() that fails with EEXIST; where the file system cannot do that, looked up first. */
static int rename_new(int from, const char *name, int to, const char *new_name)
{
    struct stat info;

#ifdef RENAME_NOREPLACE
    if (renameat2(from, name, to, new_name, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
        return errno;
#endif
    if (fstatat(to, new_name, &info, AT_SYMLINK_NOFOLLOW) == 0)
        return EEXIST;
    if (errno != ENOENT)
        return errno;
    return renameat(from, name, to, new_name) == 0 ? 0 : errno;
}

static int open_folder(int descriptor, const char *name)
{
    if (mkdirat(descriptor, name, 0777) != 0 && errno != EEXIST)
        return -1;
    return openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int folder_move(int descriptor, const char *name, const char *into)
{
    int to = open_folder(descriptor, into);
    int number;

    if (to < 0)
        return errno;
    number = rename_new(descriptor, name, to, name);
    for (int i = 2; number == EEXIST && i < MOST_NUMBERS; i++) {
        char other[LONGEST_NAME + 1];

        numbered_name(name, i, other, sizeof other);
        number = rename_new(descriptor, name, to, other);
    }
    close(to);
    return number;
}

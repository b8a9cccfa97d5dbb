/* SPDX-License-Identifier: Apache-2.0
 *
 * listing.c: reads a folder. Names in it are data of strangers: they are judged here and never
 * put together to a path. Must not know what is in the files.
 */
#define _POSIX_C_SOURCE 200809L
#include "listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct identity identity_of(const struct stat *info)
{
    struct identity identity = {info->st_dev, info->st_ino, info->st_size, info->st_mtim};

    return identity;
}

int identity_equal(const struct identity *a, const struct identity *b)
{
    return a->device == b->device && a->inode == b->inode && a->bytes == b->bytes &&
           a->modified.tv_sec == b->modified.tv_sec && a->modified.tv_nsec == b->modified.tv_nsec;
}

void listing_clear(struct listing *listing)
{
    for (size_t i = 0; i < listing->count; i++)
        free(listing->files[i].name);
    free(listing->files);
    *listing = (struct listing){0};
}

static int add(struct listing *listing, const char *name, const struct stat *info)
{
    struct listed *file;

    if (listing->count == listing->capacity) {
        size_t capacity = listing->capacity == 0 ? 64 : listing->capacity * 2;
        struct listed *files = realloc(listing->files, capacity * sizeof *files);

        if (files == NULL)
            return MT940_E_MEMORY;
        listing->files = files;
        listing->capacity = capacity;
    }
    file = &listing->files[listing->count];
    file->name = strdup(name);
    if (file->name == NULL)
        return MT940_E_MEMORY;
    file->identity = identity_of(info);
    listing->count++;
    return MT940_OK;
}

static void ignore(const struct mt940_folder_options *options, const char *name, int reason)
{
    struct mt940_view view;

    if (options->ignored == NULL || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return;
    mt940_view_from_string(name, &view);
    options->ignored(options->user, &view, reason);
}

static int consider(struct listing *listing, int descriptor, const struct mt940_folder_options *options,
                    const char *name)
{
    struct stat info;
    int fault = mt940_remote_name_fault(name, strlen(name));

    if (fault != 0) {
        ignore(options, name, fault);
        return MT940_OK;
    }
    if (fstatat(descriptor, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return MT940_OK; /* gone since the folder was read */
    if (options->archive && S_ISDIR(info.st_mode) && (strcmp(name, "archive") == 0 || strcmp(name, "error") == 0))
        return MT940_OK; /* our own */
    if (!S_ISREG(info.st_mode)) {
        ignore(options, name, MT940_IGNORED_NOT_A_FILE);
        return MT940_OK;
    }
    if (listing->count >= options->max_files)
        return MT940_E_LIMIT;
    return add(listing, name, &info);
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct listed *)a)->name, ((const struct listed *)b)->name);
}

int listing_read(struct listing *listing, int descriptor, const struct mt940_folder_options *options, int *number)
{
    int again = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = again < 0 ? NULL : fdopendir(again);
    const struct dirent *entry;
    int status = MT940_OK;

    listing_clear(listing);
    if (folder == NULL) {
        *number = errno;
        if (again >= 0)
            close(again);
        return MT940_E_IO;
    }
    for (errno = 0; status == MT940_OK && (entry = readdir(folder)) != NULL; errno = 0)
        status = consider(listing, descriptor, options, entry->d_name);
    if (status == MT940_OK && errno != 0) {
        *number = errno;
        status = MT940_E_IO;
    }
    closedir(folder);
    if (status != MT940_OK)
        listing_clear(listing);
    else if (listing->count > 1)
        qsort(listing->files, listing->count, sizeof *listing->files, compare);
    return status;
}

struct listed *listing_find(const struct listing *listing, const char *name)
{
    struct listed key = {(char *)(uintptr_t)name, {0}};

    if (listing->count == 0)
        return NULL;
    return bsearch(&key, listing->files, listing->count, sizeof *listing->files, compare);
}

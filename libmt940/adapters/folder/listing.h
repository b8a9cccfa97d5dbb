/* SPDX-License-Identifier: Apache-2.0
 *
 * listing.h: the entries of a folder that are worth reading, in order of their names.
 */
#ifndef MT940_FOLDER_LISTING_H
#define MT940_FOLDER_LISTING_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "mt940connect/adapters/folder.h"

/* Which file a name meant when it was looked at; another one may get the name later. */
struct identity {
    dev_t device;
    ino_t inode;
    off_t bytes;
    struct timespec modified;
};

struct listed {
    char *name; /* NUL-terminated */
    struct identity identity;
};

struct listing {
    struct listed *files; /* sorted by name, as bytes */
    size_t count;
    size_t capacity;
};

struct identity identity_of(const struct stat *info);
int identity_equal(const struct identity *a, const struct identity *b);

/*
 * Replaces the contents by what the folder `descriptor` holds now. MT940_E_IO with errno in
 * *number, MT940_E_LIMIT, MT940_E_MEMORY; the old contents are gone then too.
 */
int listing_read(struct listing *listing, int descriptor, const struct mt940_folder_options *options, int *number);
/* NULL when the listing has no such name. */
struct listed *listing_find(const struct listing *listing, const char *name);
void listing_clear(struct listing *listing);

#endif

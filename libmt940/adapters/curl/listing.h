/* SPDX-License-Identifier: Apache-2.0
 *
 * listing.h: the files of a server's listing that are worth fetching, in order of their names.
 */
#ifndef MT940_CURL_LISTING_H
#define MT940_CURL_LISTING_H

#include "line.h"

struct listed {
    struct mt940_view name; /* into `text` */
    int64_t bytes;          /* -1 = not said */
    int64_t modified;       /* or -1 */
};

struct listing {
    char *text;           /* the answer, ours to free */
    struct listed *files; /* sorted by name, as bytes; every name once */
    size_t count;
    size_t capacity;
};

/* What the host sets, and whom to tell what is left out. */
struct listing_limits {
    size_t max_files;
    void *user;
    mt940_ignored_sink ignored; /* may be NULL */
    int64_t now;                /* seconds since 1970: listings leave out years */
};

/* 1 when an answer is in this form: some line of it can be read, or it has no line at all. */
int listing_is_form(enum line_form form, const char *text, size_t length);

/*
 * Replaces the listing by the answer `text`, a block of malloc() that now belongs to the listing
 * (NULL when `length` is 0). MT940_E_LIMIT, MT940_E_MEMORY; the listing is empty then.
 */
int listing_read(struct listing *listing, enum line_form form, char *text, size_t length,
                 const struct listing_limits *limits);
/* NULL when the listing has no such name. */
const struct listed *listing_find(const struct listing *listing, const struct mt940_view *name);
void listing_clear(struct listing *listing);

#endif

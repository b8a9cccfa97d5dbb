/* SPDX-License-Identifier: Apache-2.0
 *
 * listing.c: a server's answer to "what is there", line by line. The answer is hostile; what is
 * not offered is told and left out, the rest is sorted and unique. Must not know the network.
 */
#include "listing.h"

#include <stdlib.h>
#include <string.h>

/* The line at `at` without its end; returns where the next one begins. */
static size_t next_line(const char *text, size_t length, size_t at, struct mt940_view *line)
{
    const char *end = memchr(text + at, '\n', length - at);
    size_t stop = end == NULL ? length : (size_t)(end - text);

    line->data = text + at;
    line->length = stop - at;
    if (line->length > 0 && line->data[line->length - 1] == '\r')
        line->length--;
    return end == NULL ? length : stop + 1;
}

int listing_is_form(enum line_form form, const char *text, size_t length)
{
    struct mt940_view view;
    struct line line;
    int lines = 0;

    for (size_t at = 0; at < length;) {
        at = next_line(text, length, at, &view);
        line_read(form, view.data, view.length, 0, &line);
        if (line.kind == LINE_FILE || line.kind == LINE_OTHER)
            return 1;
        lines += line.kind == LINE_UNREADABLE;
    }
    return lines == 0;
}

void listing_clear(struct listing *listing)
{
    free(listing->text);
    free(listing->files);
    memset(listing, 0, sizeof *listing);
}

static int add(struct listing *listing, const struct line *line)
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
    file = &listing->files[listing->count++];
    file->name = line->name;
    file->bytes = line->bytes;
    file->modified = line->modified;
    return MT940_OK;
}

static void tell(const struct listing_limits *limits, const struct mt940_view *name, int32_t reason)
{
    if (limits->ignored != NULL)
        limits->ignored(limits->user, name, reason);
}

static int consider(struct listing *listing, const struct line *line, const struct listing_limits *limits)
{
    int fault;

    if (line->kind == LINE_NOTHING)
        return MT940_OK;
    fault = line->kind == LINE_UNREADABLE ? MT940_IGNORED_UNREADABLE
                                          : mt940_remote_name_fault(line->name.data, line->name.length);
    if (fault == 0 && line->kind == LINE_OTHER)
        fault = MT940_IGNORED_NOT_A_FILE;
    if (fault != 0) {
        tell(limits, &line->name, fault);
        return MT940_OK;
    }
    return listing->count >= limits->max_files ? MT940_E_LIMIT : add(listing, line);
}

static int compare_names(const struct mt940_view *a, const struct mt940_view *b)
{
    int order = memcmp(a->data, b->data, a->length < b->length ? a->length : b->length);

    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

/* Equal names in the order of the answer: qsort() may do as it likes with equals. */
static int compare(const void *a, const void *b)
{
    const struct listed *left = a, *right = b;
    int order = compare_names(&left->name, &right->name);

    return order != 0 ? order : (left->name.data > right->name.data) - (left->name.data < right->name.data);
}

/* Keeps the first of equal names: a server that says a name twice must not have it fetched twice. */
static void make_unique(struct listing *listing, const struct listing_limits *limits)
{
    size_t kept = 0;

    for (size_t i = 0; i < listing->count; i++) {
        if (kept > 0 && mt940_view_equal(&listing->files[kept - 1].name, &listing->files[i].name))
            tell(limits, &listing->files[i].name, MT940_IGNORED_TWICE);
        else
            listing->files[kept++] = listing->files[i];
    }
    listing->count = kept;
}

int listing_read(struct listing *listing, enum line_form form, char *text, size_t length,
                 const struct listing_limits *limits)
{
    int status = MT940_OK;
    struct mt940_view view;
    struct line line;

    listing_clear(listing);
    listing->text = text;
    for (size_t at = 0; status == MT940_OK && at < length;) {
        at = next_line(text, length, at, &view);
        line_read(form, view.data, view.length, limits->now, &line);
        status = consider(listing, &line, limits);
    }
    if (status != MT940_OK) {
        listing_clear(listing);
        return status;
    }
    if (listing->count > 1)
        qsort(listing->files, listing->count, sizeof *listing->files, compare);
    make_unique(listing, limits);
    return MT940_OK;
}

static int compare_key(const void *key, const void *element)
{
    return compare_names(key, &((const struct listed *)element)->name);
}

const struct listed *listing_find(const struct listing *listing, const struct mt940_view *name)
{
    if (listing->count == 0)
        return NULL;
    return bsearch(name, listing->files, listing->count, sizeof *listing->files, compare_key);
}

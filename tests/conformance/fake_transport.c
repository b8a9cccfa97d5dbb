/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_transport.c: files in memory, and the mistakes of transports.
 */
#include <stdlib.h>
#include <string.h>

#include "fakes.h"

enum { FILES = 32, LARGEST = 400000 };
enum { CUTS = 1, TEXT_MODE, LISTS_TWICE, WALKS_PATHS, CLOSES_EARLY, DROPS_INCOMPLETE, CACHES, DEAF, LIES_ON_SIZE };

const struct fake_fault transport_faults[] = {
    {CUTS, "a cut file is a whole one", "reads-every-byte"},
    {TEXT_MODE, "text mode", "reads-every-byte"},
    {LISTS_TWICE, "a file listed twice", "lists-each-once"},
    {LIES_ON_SIZE, "a wrong size", "lists-each-once"},
    {WALKS_PATHS, "names as paths", "names-are-no-paths"},
    {CLOSES_EARLY, "an early close is fine", "close-early-is-told"},
    {DROPS_INCOMPLETE, "takes what is to be tried again", "after-settling"},
    {CACHES, "old content", "replaced-file"},
    {DEAF, "sink not heard", "list-stops"},
    {0, NULL, NULL},
};

static struct {
    char name[64];
    char *bytes;
    size_t length;
} files[FILES];
static int file_count;
static int open_file;
static size_t position;

int fake_transport_create(void *user)
{
    (void)user;
    for (int i = 0; i < file_count; i++)
        free(files[i].bytes);
    memset(files, 0, sizeof(files));
    file_count = 0;
    return 0;
}

static int find(const struct mt940_view *name)
{
    for (int i = 0; i < file_count; i++)
        if (name->length == strlen(files[i].name) && memcmp(name->data, files[i].name, name->length) == 0)
            return i;
    return -1;
}

int fake_transport_put(void *user, const char *name, const void *bytes, size_t length)
{
    struct fake *fake = user;
    struct mt940_view view = {name, strlen(name)};
    int at = find(&view);

    if (at >= 0 && fake->fault == CACHES)
        return 0;
    if (at < 0)
        at = file_count++;
    if (at >= FILES || strlen(name) >= sizeof(files[at].name))
        return -1;
    free(files[at].bytes);
    strcpy(files[at].name, name);
    files[at].bytes = malloc(length + 1);
    if (!files[at].bytes)
        return -1;
    memcpy(files[at].bytes, bytes, length);
    files[at].length = length;
    return 0;
}

static int list(void *user, mt940_remote_sink sink, void *sink_user)
{
    struct fake *fake = user;

    for (int i = 0; i < file_count; i++) {
        struct mt940_remote_file file = {.size = sizeof(file), .name = {files[i].name, strlen(files[i].name)},
                                         .bytes = (int64_t)files[i].length, .modified = -1};
        if (fake->fault == LIES_ON_SIZE)
            file.bytes++;
        int answer = sink(sink_user, &file);
        if (answer && fake->fault != DEAF)
            return answer;
        if (fake->fault == LISTS_TWICE && i == 0)
            (void)sink(sink_user, &file);
    }
    return 0;
}

static int open_it(void *user, const struct mt940_view *name)
{
    struct fake *fake = user;
    struct mt940_view view = *name;

    if (fake->fault == WALKS_PATHS && view.length > 2 && memcmp(view.data, "./", 2) == 0)
        view = (struct mt940_view){view.data + 2, view.length - 2};
    open_file = find(&view);
    position = 0;
    return open_file < 0 ? MT940_E_NOT_FOUND : 0;
}

static int64_t read_it(void *user, void *buffer, size_t capacity)
{
    struct fake *fake = user;
    size_t length = files[open_file].length;
    char *out = buffer;
    size_t count = 0;

    if (fake->fault == CUTS && length > 65536)
        length = 65536;
    while (position < length && count < capacity) {
        char byte = files[open_file].bytes[position++];
        if (fake->fault != TEXT_MODE || byte != '\r')
            out[count++] = byte;
    }
    return (int64_t)count;
}

static int close_it(void *user)
{
    struct fake *fake = user;

    if (fake->fault == CLOSES_EARLY || fake->fault == CUTS)
        return 0;
    return position == files[open_file].length ? 0 : MT940_E_BUSY;
}

static int settle(void *user, const struct mt940_view *name, int32_t settlement)
{
    struct fake *fake = user;
    int at = find(name);

    if (at >= 0 && (settlement == MT940_SETTLED_ACCEPTED || fake->fault == DROPS_INCOMPLETE)) {
        free(files[at].bytes);
        files[at] = files[--file_count];
        files[file_count].bytes = NULL;
    }
    return 0;
}

int fake_transport_open(void *user, struct mt940_transport *out)
{
    *out = (struct mt940_transport){sizeof(*out), user, list, open_it, read_it, close_it, settle, NULL, NULL};
    return 0;
}

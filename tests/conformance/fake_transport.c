/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_transport.c: files in memory, and the mistakes of transports.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fakes.h"

enum { FILES = 600, LONGEST = 220 };
enum {
    CUTS = 1, TEXT_MODE, LISTS_TWICE, WALKS_PATHS, CLOSES_EARLY, DROPS_INCOMPLETE, CACHES, DEAF, LIES_ON_SIZE,
    TAKES_ANOTHER, STOPS_LISTING, DECODES, MIXES, SHARES, OPENS_TWICE, REPEATS_NAMES
};

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
    {TAKES_ANOTHER, "settles the first file, whatever the name", "settling-spares-others"},
    {STOPS_LISTING, "only the first page of a listing", "many-files"},
    {DECODES, "percent signs decoded", "odd-names"},
    {MIXES, "half the old file, half the new one", "replaced-under-reader"},
    {SHARES, "one position for all connections", "two-readers"},
    {OPENS_TWICE, "a second open takes the first one's place", "wrong-order"},
    {REPEATS_NAMES, "control bytes in the words", "clean-words"},
    {0, NULL, NULL},
};

/* The far end. */
static struct {
    char name[LONGEST];
    char *bytes;
    size_t length;
} files[FILES];
static int file_count;
static size_t shared_position;

/* One connection. */
struct connection {
    const struct fake *fake;
    int file;    /* -1 = none is open */
    char *bytes; /* of the open file, as it was at open */
    size_t length;
    size_t position;
    char words[300];
};

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

static char *copy(const void *bytes, size_t length)
{
    char *block = malloc(length + 1);

    if (block && length > 0)
        memcpy(block, bytes, length);
    return block;
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
    files[at].bytes = copy(bytes, length);
    files[at].length = length;
    return files[at].bytes ? 0 : -1;
}

static int list(void *user, mt940_remote_sink sink, void *sink_user)
{
    const struct connection *connection = user;
    int fault = connection->fake->fault;

    for (int i = 0; i < file_count && !(fault == STOPS_LISTING && i == 100); i++) {
        struct mt940_remote_file file = {.size = sizeof(file), .name = {files[i].name, strlen(files[i].name)},
                                         .bytes = (int64_t)files[i].length, .modified = -1};
        if (fault == LIES_ON_SIZE)
            file.bytes++;
        int answer = sink(sink_user, &file);
        if (answer && fault != DEAF)
            return answer;
        if (fault == LISTS_TWICE && i == 0)
            (void)sink(sink_user, &file);
    }
    return 0;
}

static int refuse(struct connection *connection, int status, const struct mt940_view *name)
{
    size_t length = name->length < 200 ? name->length : 200;

    snprintf(connection->words, sizeof(connection->words), "no such file%s%.*s",
             connection->fake->fault == REPEATS_NAMES ? ": " : "",
             connection->fake->fault == REPEATS_NAMES ? (int)length : 0, name->data);
    return status;
}

static int open_it(void *user, const struct mt940_view *name)
{
    struct connection *connection = user;
    int fault = connection->fake->fault;
    struct mt940_view view = *name;
    char decoded[LONGEST];

    if (connection->file >= 0 && fault != OPENS_TWICE)
        return refuse(connection, MT940_E_STATE, name);
    if (fault == WALKS_PATHS && view.length > 2 && memcmp(view.data, "./", 2) == 0)
        view = (struct mt940_view){view.data + 2, view.length - 2};
    if (fault == DECODES && view.length < sizeof(decoded)) { /* "%25" is taken for "%" */
        size_t kept = 0;
        for (size_t i = 0; i < view.length; i++) {
            decoded[kept++] = view.data[i];
            i += view.length - i > 2 && memcmp(view.data + i, "%25", 3) == 0 ? 2 : 0;
        }
        view = (struct mt940_view){decoded, kept};
    }
    int at = find(&view);
    if (at < 0)
        return refuse(connection, MT940_E_NOT_FOUND, name);
    free(connection->bytes);
    connection->file = at;
    connection->bytes = copy(files[at].bytes, files[at].length);
    connection->length = files[at].length;
    connection->position = shared_position = 0;
    return connection->bytes ? 0 : MT940_E_MEMORY;
}

static int64_t read_it(void *user, void *buffer, size_t capacity)
{
    struct connection *connection = user;
    int fault = connection->fake->fault;
    size_t *position = fault == SHARES ? &shared_position : &connection->position;
    size_t length = connection->length, count = 0;
    char *out = buffer;

    if (connection->file < 0)
        return MT940_E_STATE;
    if (fault == CUTS && length > 65536)
        length = 65536;
    const char *bytes = fault == MIXES ? files[connection->file].bytes : connection->bytes;
    while (*position < length && count < capacity) {
        char byte = bytes[(*position)++];
        if (fault != TEXT_MODE || byte != '\r')
            out[count++] = byte;
    }
    return (int64_t)count;
}

static int close_it(void *user)
{
    struct connection *connection = user;
    int fault = connection->fake->fault;
    bool is_open = connection->file >= 0;
    bool is_whole = connection->position == connection->length || fault == SHARES;

    connection->file = -1;
    if (!is_open)
        return MT940_E_STATE;
    return is_whole || fault == CLOSES_EARLY || fault == CUTS ? 0 : MT940_E_BUSY;
}

static int settle(void *user, const struct mt940_view *name, int32_t settlement)
{
    const struct connection *connection = user;
    int at = connection->fake->fault == TAKES_ANOTHER ? 0 : find(name);

    if (at >= 0 && (settlement == MT940_SETTLED_ACCEPTED || connection->fake->fault == DROPS_INCOMPLETE)) {
        free(files[at].bytes);
        files[at] = files[--file_count];
        files[file_count].bytes = NULL;
    }
    return 0;
}

static void destroy(void *user)
{
    struct connection *connection = user;

    free(connection->bytes);
    free(connection);
}

static const char *last_error(void *user)
{
    return ((struct connection *)user)->words;
}

int fake_transport_open(void *user, struct mt940_transport *out)
{
    struct connection *connection = calloc(1, sizeof(*connection));

    if (!connection)
        return MT940_E_MEMORY;
    connection->fake = user;
    connection->file = -1;
    *out = (struct mt940_transport){sizeof(*out), connection, list, open_it, read_it, close_it, settle, destroy,
                                    last_error};
    return 0;
}

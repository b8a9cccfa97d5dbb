/* SPDX-License-Identifier: Apache-2.0
 *
 * folder.c: the transport port over one folder. Files are opened relative to the folder, links
 * are not followed, pipes cannot hang the caller. Must not know what a statement is.
 */
#define _POSIX_C_SOURCE 200809L
#include "mt940connect/adapters/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "export.h"
#include "listing.h"
#include "move.h"

struct folder {
    struct mt940_folder_options options;
    int descriptor;
    char *path; /* as given; for texts only */
    struct listing listing;
    int file; /* descriptor of the open file, -1 = none */
    struct identity identity;
    uint64_t taken; /* bytes read of it */
    char text[600];
};

MT940_EXPORT void mt940_folder_options_init(struct mt940_folder_options *options)
{
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
    options->max_bytes = (uint64_t)256 << 20;
    options->max_files = 100000;
}

/* What a person can do about an errno; the others get the system's own text. */
static const struct {
    int number;
    const char *text;
} reasons[] = {
    {ENOENT, "no such folder"},
    {ENOTDIR, "this is a file, not a folder"},
    {EACCES, "no permission for this folder"},
    {ENAMETOOLONG, "the path is too long"},
    {ELOOP, "the links of the path lead nowhere"},
};

static const char *reason_of(int number)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].number == number)
            return reasons[i].text;
    return strerror(number);
}

/* Keeps a text for last_error(): what happened, and to which name. Control bytes become '?'. */
static int fail(struct folder *folder, int status, const char *what, const char *name, size_t length)
{
    int begun = snprintf(folder->text, sizeof folder->text, "%s: ", what);

    for (size_t i = 0; i < length && (size_t)begun + 1 < sizeof folder->text; i++) {
        unsigned char byte = (unsigned char)name[i];

        folder->text[begun++] = byte < 0x20 || byte == 0x7F ? '?' : (char)byte;
        folder->text[begun] = '\0';
    }
    return status;
}

static int fail_path(struct folder *folder, int number)
{
    return fail(folder, MT940_E_IO, reason_of(number), folder->path, strlen(folder->path));
}

static int list(void *user, mt940_remote_sink sink, void *sink_user)
{
    struct folder *folder = user;
    int number = 0;
    int status = listing_read(&folder->listing, folder->descriptor, &folder->options, &number);

    if (status == MT940_E_IO)
        return fail_path(folder, number);
    if (status == MT940_E_LIMIT)
        return fail(folder, status, "more files than the limit", folder->path, strlen(folder->path));
    for (size_t i = 0; status == MT940_OK && i < folder->listing.count; i++) {
        const struct listed *listed = &folder->listing.files[i];
        struct mt940_remote_file file = {.size = sizeof file, .bytes = listed->identity.bytes,
                                         .modified = listed->identity.modified.tv_sec};

        mt940_view_from_string(listed->name, &file.name);
        status = sink(sink_user, &file);
    }
    return status;
}

/* A name as the system wants it; 0 = it cannot be one that was listed. */
static int name_from_view(const struct mt940_view *view, char name[256])
{
    if (mt940_remote_name_fault(view->data, view->length) != 0)
        return 0;
    mt940_view_copy(view, name, 256);
    return 1;
}

static int judge_opened(struct folder *folder, const struct mt940_view *view)
{
    struct stat info;

    if (fstat(folder->file, &info) != 0)
        return fail(folder, MT940_E_IO, strerror(errno), view->data, view->length);
    if (!S_ISREG(info.st_mode))
        return fail(folder, MT940_E_NOT_FOUND, "not a plain file", view->data, view->length);
    if (info.st_size > 0 && (uint64_t)info.st_size > folder->options.max_bytes)
        return fail(folder, MT940_E_LIMIT, "larger than the limit", view->data, view->length);
    folder->identity = identity_of(&info);
    folder->taken = 0;
    return MT940_OK;
}

static int open_file(void *user, const struct mt940_view *view)
{
    struct folder *folder = user;
    struct listed *listed;
    char name[256];
    int status;

    if (folder->file >= 0)
        return fail(folder, MT940_E_STATE, "another file is open", view->data, view->length);
    if (!name_from_view(view, name))
        return fail(folder, MT940_E_ARGUMENT, "not a name of a listed file", view->data, view->length);
    /* O_NONBLOCK: a pipe with nobody at its other end must not hang the caller. */
    folder->file = openat(folder->descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (folder->file < 0) {
        int gone = errno == ENOENT || errno == ELOOP || errno == ENXIO;
        const char *what = errno == EACCES ? "no permission to read the file"
                           : gone          ? "the file is gone, or is not a plain file"
                                           : strerror(errno);

        return fail(folder, gone ? MT940_E_NOT_FOUND : MT940_E_IO, what, view->data, view->length);
    }
    status = judge_opened(folder, view);
    if (status != MT940_OK) {
        close(folder->file);
        folder->file = -1;
        return status;
    }
    /* settle() moves what was read here, not what got the name later. */
    listed = listing_find(&folder->listing, name);
    if (listed != NULL)
        listed->identity = folder->identity;
    return MT940_OK;
}

static int64_t read_file(void *user, void *buffer, size_t capacity)
{
    struct folder *folder = user;
    ssize_t got;

    if (folder->file < 0)
        return fail(folder, MT940_E_STATE, "no file is open", folder->path, strlen(folder->path));
    if (capacity > (size_t)1 << 30)
        capacity = (size_t)1 << 30;
    do {
        got = read(folder->file, buffer, capacity);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return fail(folder, MT940_E_IO, strerror(errno), folder->path, strlen(folder->path));
    folder->taken += (uint64_t)got;
    if (folder->taken > folder->options.max_bytes)
        return fail(folder, MT940_E_LIMIT, "a file grew past the limit", folder->path, strlen(folder->path));
    return got;
}

static int close_file(void *user)
{
    struct folder *folder = user;
    struct identity now;
    struct stat info;
    int known;

    if (folder->file < 0)
        return fail(folder, MT940_E_STATE, "no file is open", folder->path, strlen(folder->path));
    known = fstat(folder->file, &info) == 0;
    if (known)
        now = identity_of(&info);
    close(folder->file);
    folder->file = -1;
    if (!known || !identity_equal(&now, &folder->identity) || folder->taken != (uint64_t)now.bytes)
        return fail(folder, MT940_E_BUSY, "a file changed while it was read, or was not read to its end",
                    folder->path, strlen(folder->path));
    return MT940_OK;
}

static int settle(void *user, const struct mt940_view *view, int32_t settlement)
{
    static const char *const places[] = {
        [MT940_SETTLED_ACCEPTED] = "archive",
        [MT940_SETTLED_DUPLICATE] = "archive",
        [MT940_SETTLED_INCOMPLETE] = NULL,
        [MT940_SETTLED_REJECTED] = "error",
    };
    struct folder *folder = user;
    const struct listed *listed;
    struct identity now;
    struct stat info;
    char name[256];
    int number;

    if (settlement < 0 || (size_t)settlement >= sizeof places / sizeof *places)
        return fail(folder, MT940_E_ARGUMENT, "no such settlement", view->data, view->length);
    if (!folder->options.archive || places[settlement] == NULL)
        return MT940_OK;
    if (!name_from_view(view, name) || (listed = listing_find(&folder->listing, name)) == NULL)
        return fail(folder, MT940_E_ARGUMENT, "not a name of a listed file", view->data, view->length);
    if (fstatat(folder->descriptor, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return MT940_OK;
    now = identity_of(&info);
    if (!identity_equal(&now, &listed->identity))
        return MT940_OK; /* new content under the old name: nobody has read it yet */
    number = folder_move(folder->descriptor, name, places[settlement]);
    if (number == 0 || number == ENOENT)
        return MT940_OK;
    return fail(folder, MT940_E_IO, strerror(number), view->data, view->length);
}

static void destroy(void *user)
{
    struct folder *folder = user;

    if (folder->file >= 0)
        close(folder->file);
    if (folder->descriptor >= 0)
        close(folder->descriptor);
    listing_clear(&folder->listing);
    free(folder->path);
    free(folder);
}

static const char *last_error(void *user)
{
    return ((struct folder *)user)->text;
}

/* Copies the head of a text into the error; what does not fit is left out. */
static int refuse(struct mt940_error *error, int status, int number, const char *text)
{
    struct mt940_view view;

    if (error != NULL && error->size >= sizeof *error) {
        memset(error, 0, sizeof *error);
        error->size = sizeof *error;
        error->status = status;
        error->detail = number;
        mt940_view_from_string(text, &view);
        mt940_view_copy(&view, error->text, sizeof error->text);
    }
    return status;
}

static int take_options(struct folder *folder, const struct mt940_folder_options *options)
{
    mt940_folder_options_init(&folder->options);
    if (options == NULL)
        return 1;
    if (options->size < sizeof *options || (options->archive != 0 && options->archive != 1))
        return 0;
    folder->options = *options;
    return 1;
}

/* 0 or an errno. Opening and looking are two rights: a folder one may not list is no inbox. */
static int open_path(struct folder *folder, const char *path)
{
    folder->descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->descriptor < 0)
        return errno;
    if (faccessat(folder->descriptor, ".", X_OK, AT_EACCESS) != 0)
        return errno;
    return 0;
}

MT940_EXPORT int mt940_folder_transport_open(const char *path, const struct mt940_folder_options *options,
                                             struct mt940_transport *out, struct mt940_error *error)
{
    static const struct mt940_transport functions = {
        .size = sizeof functions, .list = list, .open = open_file, .read = read_file, .close = close_file,
        .settle = settle, .destroy = destroy, .last_error = last_error,
    };
    struct folder *folder;
    int number;

    if (out == NULL)
        return refuse(error, MT940_E_ARGUMENT, 0, "no transport to fill");
    if (path == NULL || path[0] == '\0')
        return refuse(error, MT940_E_NOT_CONFIGURED, 0, "the path of the folder");
    folder = calloc(1, sizeof *folder);
    if (folder == NULL)
        return refuse(error, MT940_E_MEMORY, 0, "");
    folder->file = folder->descriptor = -1;
    folder->path = strdup(path);
    if (folder->path == NULL || !take_options(folder, options)) {
        int status = folder->path == NULL ? MT940_E_MEMORY : MT940_E_ARGUMENT;

        destroy(folder);
        return refuse(error, status, 0, "options of the folder");
    }
    number = open_path(folder, path);
    if (number != 0) {
        fail_path(folder, number);
        refuse(error, MT940_E_IO, number, folder->text);
        destroy(folder);
        return MT940_E_IO;
    }
    *out = functions;
    out->user = folder;
    return MT940_OK;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * input.c: reads files and standard input. Must not know what is in them.
 */
#define _POSIX_C_SOURCE 200809L
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buffer.h"

/* Reasons a bookkeeper meets have sentences of their own; the rest is the system's text. */
static const struct {
    int number;
    const char *code;
    enum text text;
} reasons[] = {
    {ENOENT, "FILE_NOT_FOUND", TEXT_FILE_NOT_FOUND},
    {EACCES, "FILE_NO_PERMISSION", TEXT_FILE_NO_PERMISSION},
    {EISDIR, "FILE_IS_FOLDER", TEXT_FILE_IS_FOLDER},
    {EFBIG, "FILE_TOO_LARGE", TEXT_FILE_TOO_LARGE},
};

void input_report(struct output *out, const char *name, int number)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].number == number) {
            output_failure(out, name, reasons[i].code, text_raw(reasons[i].text, out->language));
            return;
        }
    }
    output_failure(out, name, "E_IO", strerror(number));
}

/* 0, or the error number. */
static int read_all(FILE *stream, struct buffer *into)
{
    for (;;) {
        size_t room = into->length < 65536 ? 65536 : into->length;
        size_t got = fread(buffer_reserve(into, room), 1, room, stream);

        into->length += got;
        if (into->length > INPUT_LIMIT)
            return EFBIG;
        if (ferror(stream))
            return errno == 0 ? EIO : errno;
        if (got < room && feof(stream))
            return 0;
    }
}

int input_descriptor(struct output *out, const char *path)
{
    int descriptor = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;

    if (descriptor < 0) {
        input_report(out, path, errno);
        return -1;
    }
    if (fstat(descriptor, &info) == 0 && S_ISDIR(info.st_mode)) {
        input_report(out, path, EISDIR);
        if (descriptor != STDIN_FILENO)
            close(descriptor);
        return -1;
    }
    return descriptor;
}

int input_open(struct output *out, const char *path, struct input_file *file)
{
    int standard = strcmp(path, "-") == 0;
    FILE *stream = standard ? stdin : fopen(path, "rb");
    struct buffer bytes = {0};
    struct stat info;
    int number = 0;

    file->name = path;
    if (stream == NULL) {
        input_report(out, path, errno);
        return 0;
    }
    /* Opening a folder succeeds; reading it fails with a text nobody understands. */
    if (fstat(fileno(stream), &info) == 0 && S_ISDIR(info.st_mode))
        number = EISDIR;
    errno = 0;
    if (number == 0)
        number = read_all(stream, &bytes);
    if (!standard)
        fclose(stream);
    if (number != 0) {
        buffer_free(&bytes);
        input_report(out, path, number);
        return 0;
    }
    file->length = bytes.length;
    file->bytes = buffer_string(&bytes);
    return 1;
}

void input_close(struct input_file *file)
{
    free(file->bytes);
    file->bytes = NULL;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * index_file.c: maps, checks and replaces the file. Must not know what books hold.
 */
#define _POSIX_C_SOURCE 200809L
#include "index_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buffer.h"
#include "input.h"

static const char magic[] = "MT940DIR";

static void say(const struct index_file *file, int severity, const char *code, enum text text)
{
    struct place place = {file->path, 0, 0};

    output_diagnose(file->out, &place, severity, code, text_raw(text, file->out->language));
}

/* Tables that no directory is made of; whatever else ends in .csv may be one. */
static int is_other_table(const char *name)
{
    static const char *const others[] = {"invoices.csv", "payments.csv", "rates.csv", "transaction_codes.csv",
                                         "bank_codes.csv"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcasecmp(name, others[i]) == 0)
            return 1;
    return 0;
}

static int select_table(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 4 && strcasecmp(entry->d_name + length - 4, ".csv") == 0 && entry->d_name[0] != '.' &&
           entry->d_name[0] != '~' && !is_other_table(entry->d_name);
}

static int compare_entries(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* One line: the name, and what is in the file. A file that cannot be read is reported by whoever reads the books. */
static void add_file(struct buffer *all, const char *folder, const char *name)
{
    struct buffer path = {0}, bytes = {0};
    char hex[65] = "";
    char *whole;
    FILE *stream;

    buffer_add_string(&path, folder);
    buffer_add_string(&path, "/");
    buffer_add_string(&path, name);
    whole = buffer_string(&path);
    stream = fopen(whole, "rb");
    free(whole);
    while (stream != NULL) {
        size_t got = fread(buffer_reserve(&bytes, 65536), 1, 65536, stream);

        bytes.length += got;
        if (got == 0)
            break;
    }
    if (stream != NULL) {
        mt940_sha256_hex(bytes.data, bytes.length, hex);
        fclose(stream);
    }
    buffer_free(&bytes);
    buffer_add_string(all, name);
    buffer_add_string(all, "\t");
    buffer_add_string(all, hex);
    buffer_add_string(all, "\n");
}

/* Out of the lines that say what the books are; frees them. */
static void set_fingerprint(struct index_file *file, struct buffer *all)
{
    char hex[65];

    mt940_sha256_hex(all->data, all->length, hex);
    buffer_free(all);
    memcpy(file->fingerprint, hex, MT940_DIRECTORY_FINGERPRINT);
    file->fingerprint[MT940_DIRECTORY_FINGERPRINT] = '\0';
}

void index_file_fingerprint(struct index_file *file, const char *folder, const char *company)
{
    struct dirent **entries = NULL;
    struct buffer all = {0};
    int count = scandir(folder, &entries, select_table, compare_entries);

    buffer_add_string(&all, company);
    buffer_add_string(&all, "\n");
    for (int i = 0; i < count; i++) {
        add_file(&all, folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    set_fingerprint(file, &all);
}

void index_file_fingerprint_state(struct index_file *file, const char *state, const char *company)
{
    struct buffer all = {0};

    buffer_add_string(&all, company);
    buffer_add_string(&all, "\nstore\t");
    buffer_add_string(&all, state);
    set_fingerprint(file, &all);
}

/* The bytes of the file; 0, or the error number. An empty file has none. */
static int map_bytes(struct index_file *file)
{
    int descriptor = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), number = 0;
    struct stat info;

    if (descriptor < 0)
        return errno;
    if (fstat(descriptor, &info) != 0) {
        number = errno;
    } else if (!S_ISREG(info.st_mode)) {
        number = S_ISDIR(info.st_mode) ? EISDIR : EINVAL;
    } else if (info.st_size > 0) {
        file->length = (size_t)info.st_size;
        file->map = mmap(NULL, file->length, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (file->map == MAP_FAILED) {
            number = errno;
            file->map = NULL;
        }
    }
    close(descriptor);
    return number;
}

/* Whether the bytes are an index that was made from these books; else says what they are. */
static int take(struct index_file *file)
{
    int status = mt940_directory_open(file->map, file->length, 1, NULL, &file->directory, NULL);
    struct mt940_view made_from;

    if (status != MT940_OK) {
        if (status == MT940_E_SCHEMA)
            say(file, MT940_INFO, "INDEX_OTHER_VERSION", TEXT_INDEX_OTHER_VERSION);
        else
            say(file, MT940_WARNING, "INDEX_BROKEN", TEXT_INDEX_BROKEN);
        return 0;
    }
    (void)mt940_directory_fingerprint(file->directory, &made_from);
    if (memcmp(made_from.data, file->fingerprint, MT940_DIRECTORY_FINGERPRINT) == 0) {
        say(file, MT940_INFO, "INDEX_MAPPED", TEXT_INDEX_MAPPED);
        return 1;
    }
    say(file, MT940_INFO, "INDEX_OUTDATED", TEXT_INDEX_OUTDATED);
    return 0;
}

int index_file_map(struct index_file *file)
{
    int number = map_bytes(file), taken = 0;
    size_t known = file->length < sizeof magic - 1 ? file->length : sizeof magic - 1;

    if (number == ENOENT) {
        say(file, MT940_INFO, "INDEX_MISSING", TEXT_INDEX_MISSING);
        return 0;
    }
    if (number != 0) {
        input_report(file->out, file->path, number);
        return -1;
    }
    if (file->map != NULL && memcmp(file->map, magic, known) != 0) {
        output_failure(file->out, file->path, "INDEX_FOREIGN", text_raw(TEXT_INDEX_FOREIGN, file->out->language));
        index_file_close(file);
        return -1;
    }
    if (file->map != NULL)
        taken = take(file);
    else
        say(file, MT940_WARNING, "INDEX_BROKEN", TEXT_INDEX_BROKEN);
    if (!taken)
        index_file_close(file);
    return taken;
}

static int write_all(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        bytes += written;
        length -= (size_t)written;
    }
    return fsync(descriptor) == 0 ? 0 : errno;
}

/* Beside the file and then in its place: whoever has the old one mapped keeps it. It holds names: for the owner only. */
static int replace(const struct index_file *file, const void *image, size_t length)
{
    struct buffer beside = {0};
    int descriptor, number = 0;
    char *path;

    buffer_add_string(&beside, file->path);
    buffer_add_string(&beside, ".XXXXXX");
    path = buffer_string(&beside);
    descriptor = mkstemp(path);
    if (descriptor < 0) {
        number = errno;
        free(path);
        return number;
    }
    number = write_all(descriptor, image, length);
    if (close(descriptor) != 0 && number == 0)
        number = errno;
    if (number == 0 && rename(path, file->path) != 0)
        number = errno;
    if (number != 0)
        unlink(path);
    free(path);
    return number;
}

void index_file_write(struct index_file *file, const struct mt940_directory *directory)
{
    struct mt940_view fingerprint = {file->fingerprint, MT940_DIRECTORY_FINGERPRINT};
    size_t length = 0;
    int status = mt940_directory_image(directory, &fingerprint, NULL, 0, &length), number;
    void *image = memory_zeroed(length, 1);

    if (status == MT940_OK)
        status = mt940_directory_image(directory, &fingerprint, image, length, &length);
    if (status != MT940_OK) {
        output_status(file->out, file->path, status, NULL);
    } else {
        number = replace(file, image, length);
        if (number != 0)
            input_report(file->out, file->path, number);
    }
    free(image);
}

void index_file_close(struct index_file *file)
{
    mt940_directory_free(file->directory);
    file->directory = NULL;
    if (file->map != NULL)
        munmap(file->map, file->length);
    file->map = NULL;
}

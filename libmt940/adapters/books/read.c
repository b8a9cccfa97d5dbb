/* SPDX-License-Identifier: Apache-2.0
 *
 * read.c: the tables of a folder, in an order in which each finds what it names. Must not know
 * cells and columns.
 */
#define _POSIX_C_SOURCE 200809L
#include "read.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "report.h"
#include "table_read.h"
#include "value.h"

static const int32_t order[] = {
    MT940_KIND_COMPANY,       MT940_KIND_BANK_CODE,        MT940_KIND_BANK_ACCOUNT,
    MT940_KIND_CUSTOMER,      MT940_KIND_CUSTOMER_BANK,    MT940_KIND_TRANSACTION_CODE,
    MT940_KIND_RATE,          MT940_KIND_INVOICE,          MT940_KIND_PAYMENT,
};

#define ORDER_COUNT (sizeof order / sizeof *order)

MT940_EXPORT void mt940_csv_options_init(struct mt940_csv_options *options)
{
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
    memcpy(options->local_currency, "TRY", 4);
    options->max_bytes = (uint64_t)256 << 20;
    options->max_line = 65536;
    options->max_rows = 5000000;
    options->max_findings = 1000;
}

int books_refuse(struct mt940_error *error, int status, int number, const char *text, const char *name)
{
    if (error != NULL && error->size >= sizeof *error) {
        memset(error, 0, sizeof *error);
        error->size = sizeof *error;
        error->status = status;
        error->detail = number;
        snprintf(error->text, sizeof error->text, "%s%s%s", text, name == NULL ? "" : ": ", name == NULL ? "" : name);
    }
    return status;
}

int books_begin(struct books *books, const struct mt940_csv_options *options, const struct mt940_csv_sink *sink)
{
    memset(books, 0, sizeof *books);
    mt940_csv_options_init(&books->options);
    if (options != NULL) {
        if (options->size < sizeof *options || mt940_currency_digits(options->local_currency, 3) < 0)
            return MT940_E_ARGUMENT;
        books->options = *options;
    }
    if (sink != NULL) {
        if (sink->size < sizeof *sink)
            return MT940_E_ARGUMENT;
        books->sink = *sink;
    }
    books->given = malloc(books->options.company.length + 1);
    if (books->given == NULL)
        return MT940_E_MEMORY;
    mt940_view_copy(&books->options.company, books->given, books->options.company.length + 1);
    books->company.data = books->given;
    books->company.length = books->options.company.length;
    memcpy(books->local_currency, books->options.local_currency, 4);
    return MT940_OK;
}

void books_end(struct books *books)
{
    for (size_t i = 0; i <= MOST_KINDS; i++)
        table_free(&books->tables[i]);
    free(books->given);
    books->given = NULL;
}

/* The company whose books these are, and its currency, once companies.csv was read. */
static void choose_company(struct books *books)
{
    const struct table *table = &books->tables[MT940_KIND_COMPANY];
    const struct mt940_company *company;
    struct mt940_company key;

    if (table->info == NULL)
        return;
    if (books->company.length == 0 && table->sorted_count == 1)
        books->company = ((const struct mt940_company *)table->sorted[0].record)->code;
    memset(&key, 0, sizeof key);
    key.code = books->company;
    company = table_find(table, &key);
    if (company != NULL && company->local_currency.length == 3)
        mt940_view_copy(&company->local_currency, books->local_currency, 4);
}

/* The table a file name stands for; its ending must be .csv. */
static const struct mt940_kind_info *table_of(const char *name)
{
    size_t length = strlen(name);
    struct mt940_view stem = {name, length < 4 ? 0 : length - 4}, ending = {name + stem.length, length - stem.length};
    struct mt940_view csv, table;

    mt940_view_from_string(".csv", &csv);
    if (!plain_equal(&ending, &csv))
        return NULL;
    for (size_t i = 0; i < ORDER_COUNT; i++) {
        const struct mt940_kind_info *info = mt940_kind_info(order[i]);

        mt940_view_from_string(info->table, &table);
        if (plain_equal(&stem, &table))
            return info;
    }
    return NULL;
}

/* Files of the folder by table; the rest is told. */
struct found {
    char *names[ORDER_COUNT];
    size_t tables;
};

static size_t place_of(const struct mt940_kind_info *info)
{
    size_t i = 0;

    while (order[i] != info->kind)
        i++;
    return i;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void say_of_file(struct books *books, int *status, int32_t message, const char *name, const char *other)
{
    struct report report = {.sink = &books->sink, .max_findings = 1, .status = *status};

    mt940_view_from_string(name, &report.file);
    REPORT(&report, message, 0, 0, arg_text("file", other, strlen(other)));
    *status = report.status;
}

/* Takes the name or tells why not; frees it if not taken. */
static void consider(struct books *books, struct found *found, char *name, int *status)
{
    const struct mt940_kind_info *info = table_of(name);
    size_t place;

    if (info == NULL) {
        say_of_file(books, status, MT940_M_CSV_FILE_UNKNOWN, name, "");
        free(name);
        return;
    }
    place = place_of(info);
    if (found->names[place] != NULL) {
        say_of_file(books, status, MT940_M_CSV_TABLE_TWICE, name, found->names[place]);
        free(name);
        return;
    }
    found->names[place] = name;
    found->tables++;
}

/* Names in the folder, sorted, without hidden ones and editors' locks; count, or -1 with errno. */
static long list_names(const char *path, char ***out)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    char **names = NULL;
    size_t count = 0;
    int number;

    if (folder == NULL)
        return -1;
    for (errno = 0; (entry = readdir(folder)) != NULL && count < 10000; errno = 0) {
        char **more;

        if (entry->d_name[0] == '.' || entry->d_name[0] == '~')
            continue;
        more = realloc(names, (count + 1) * sizeof *names);
        if (more != NULL)
            names = more;
        if (more == NULL || (names[count] = strdup(entry->d_name)) == NULL) {
            errno = ENOMEM;
            break;
        }
        count++;
    }
    number = errno;
    closedir(folder);
    if (count > 1)
        qsort(names, count, sizeof *names, compare_names);
    *out = names;
    if (number == 0)
        return (long)count;
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    errno = number;
    return -1;
}

static int find_tables(struct books *books, const char *path, struct found *found, struct mt940_error *error)
{
    char **names = NULL;
    long count = list_names(path, &names);
    int status = 0;

    if (count < 0) {
        int number = errno;
        const char *text = number == ENOENT    ? "no such folder"
                           : number == ENOTDIR ? "this is a file, not a folder"
                           : number == EACCES  ? "no permission for this folder"
                                               : strerror(number);

        return books_refuse(error, number == ENOMEM ? MT940_E_MEMORY : MT940_E_IO, number, text, path);
    }
    for (long i = 0; i < count; i++)
        consider(books, found, names[i], &status);
    free(names);
    if (status == 0 && found->tables == 0)
        say_of_file(books, &status, MT940_M_CSV_NO_TABLE, path, "");
    return status;
}

/* Reads a whole file; 0 or an errno, EFBIG above the limit. */
static int read_bytes(const char *path, const char *name, uint64_t limit, char **out, size_t *length)
{
    size_t room = strlen(path) + strlen(name) + 2, capacity = 65536;
    char *full = malloc(room), *bytes = NULL;
    FILE *file;
    int number = 0;

    if (full == NULL)
        return ENOMEM;
    snprintf(full, room, "%s/%s", path, name);
    file = fopen(full, "rb");
    free(full);
    if (file == NULL)
        return errno;
    *length = 0;
    while (number == 0 && !feof(file)) {
        char *more = bytes == NULL || *length == capacity ? realloc(bytes, capacity *= 2) : bytes;

        if (more == NULL) {
            number = ENOMEM;
            break;
        }
        bytes = more;
        errno = 0;
        *length += fread(bytes + *length, 1, capacity - *length, file);
        if (ferror(file))
            number = errno == 0 ? EIO : errno;
        else if (*length > limit)
            number = EFBIG;
    }
    fclose(file);
    if (number != 0) {
        free(bytes);
        bytes = NULL;
    }
    *out = bytes;
    return number;
}

static int read_file(struct books *books, const char *path, const struct mt940_kind_info *info, const char *name,
                     struct mt940_error *error)
{
    struct report report = {.sink = &books->sink, .max_findings = 1};
    char *bytes = NULL;
    size_t length = 0;
    int number = read_bytes(path, name, books->options.max_bytes, &bytes, &length);
    int status;

    if (number == EFBIG) {
        mt940_view_from_string(name, &report.file);
        REPORT(&report, MT940_M_FILE_TOO_LARGE, 0, 0, arg_number("count", (int64_t)books->options.max_bytes));
        return report.status;
    }
    if (number != 0)
        return books_refuse(error, number == ENOMEM ? MT940_E_MEMORY : MT940_E_IO, number, strerror(number), name);
    status = table_read(books, info, name, bytes, length);
    free(bytes);
    return status;
}

static int is_wanted(const struct books *books, int32_t kind)
{
    return books->options.tables == 0 || (books->options.tables >> kind & 1) != 0;
}

int books_read_folder(struct books *books, const char *path, struct mt940_error *error)
{
    struct found found = {{NULL}, 0};
    int status;

    if (path == NULL || path[0] == '\0')
        return books_refuse(error, MT940_E_NOT_CONFIGURED, 0, "the folder of the books", NULL);
    books->whole_folder = 1;
    status = find_tables(books, path, &found, error);
    for (size_t i = 0; i < ORDER_COUNT; i++) {
        if (status == 0 && found.names[i] != NULL && is_wanted(books, order[i]))
            status = read_file(books, path, mt940_kind_info(order[i]), found.names[i], error);
        if (status == 0 && order[i] == MT940_KIND_COMPANY)
            choose_company(books);
        if (status == 0)
            status = table_send(books, &books->tables[order[i]]);
        free(found.names[i]);
    }
    return status;
}

MT940_EXPORT int mt940_csv_read(const char *path, const struct mt940_csv_options *options,
                                const struct mt940_csv_sink *sink, struct mt940_error *error)
{
    struct books books;
    int status = books_begin(&books, options, sink);

    if (status != MT940_OK)
        return books_refuse(error, status, 0, "options or sink", NULL);
    status = books_read_folder(&books, path, error);
    books_end(&books);
    return status;
}

MT940_EXPORT int mt940_csv_read_table(const char *name, const void *bytes, size_t length,
                                      const struct mt940_csv_options *options, const struct mt940_csv_sink *sink,
                                      struct mt940_error *error)
{
    const struct mt940_kind_info *info = name == NULL ? NULL : table_of(name);
    struct books books;
    int status;

    if (info == NULL || (bytes == NULL && length > 0))
        return books_refuse(error, MT940_E_ARGUMENT, 0, "the name is no table of the books", name);
    status = books_begin(&books, options, sink);
    if (status != MT940_OK)
        return books_refuse(error, status, 0, "options or sink", NULL);
    status = table_read(&books, info, name, bytes, length);
    if (status == 0 && info->kind == MT940_KIND_COMPANY)
        choose_company(&books);
    if (status == 0)
        status = table_send(&books, &books.tables[info->kind]);
    books_end(&books);
    return status;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * The kits for transports, posting ports and books on trial: what is honest passes, each fault is
 * caught by the check made for it. Our own folder transport and CSV books pass too.
 */
#define _DEFAULT_SOURCE /* mkdtemp() */

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fakes.h"
#ifdef WITH_FOLDER
#include "mt940connect/adapters/folder.h"
#endif
#ifdef WITH_BOOKS
#include "mt940connect/adapters/books.h"
#endif

struct trial {
    struct fake fake; /* first: the fakes see it as their user */
    const struct fake_fault *fault;
};

static void note(void *user, const char *check, int32_t outcome, const char *text)
{
    struct trial *trial = user;

    if (outcome == 0)
        print_message("# %s%s%s (%s)\n", trial->fault ? trial->fault->name : "", trial->fault ? ": caught by " : "",
                      check, text);
}

static int judge_transport(struct trial *trial, const char *only, struct mt940_conformance_report *report)
{
    struct mt940_conformance_transport_options options = {
        .size = sizeof(options), .user = trial, .create = fake_transport_create, .put = fake_transport_put,
        .open = fake_transport_open, .checked = note, .only = only};
    return mt940_conformance_transport(&options, report);
}

static int judge_erp(struct trial *trial, const char *only, struct mt940_conformance_report *report)
{
    struct mt940_conformance_post_options options = {.size = sizeof(options), .user = trial, .create = fake_erp_create,
                                                     .open = fake_erp_open, .checked = note, .only = only};
    return mt940_conformance_post(&options, report);
}

static int judge_books(struct trial *trial, const char *only, struct mt940_conformance_report *report)
{
    struct mt940_conformance_books_options options = {
        .size = sizeof(options), .user = trial, .open = fake_books_open, .close = fake_books_close,
        .company = {"01", 2}, .from = {2026, 7, 12}, .to = {2026, 7, 15}, .checked = note, .only = only};
    return mt940_conformance_books(&options, report);
}

typedef int (*judge_function)(struct trial *trial, const char *only, struct mt940_conformance_report *report);

static void assert_judges(judge_function judge, const struct fake_fault *faults, int least)
{
    struct trial honest = {{0}, NULL};
    struct mt940_conformance_report report = {.size = sizeof(report)};
    int count = 0;

    assert_int_equal(judge(&honest, NULL, &report), 0);
    assert_true(report.passed >= 7);
    assert_int_equal(report.skipped, 0);
    for (; faults->name; faults++, count++) {
        struct trial trial = {{faults->number}, faults};
        if (judge(&trial, faults->caught_by, &report) != 1)
            fail_msg("%s: not caught by %s", faults->name, faults->caught_by);
        assert_string_equal(report.check, faults->caught_by);
    }
    assert_true(count >= least);
    assert_int_equal(judge(&honest, "no such check", &report), MT940_E_ARGUMENT);
}

static void transports_are_judged(void **state)
{
    (void)state;
    assert_judges(judge_transport, transport_faults, 16);
    assert_int_equal(fake_transport_create(NULL), 0); /* gives its memory back */
}

static void posting_ports_are_judged(void **state)
{
    (void)state;
    assert_judges(judge_erp, erp_faults, 8);
}

static void books_are_judged(void **state)
{
    (void)state;
    assert_judges(judge_books, books_faults, 8);
}

#ifdef WITH_FOLDER
struct place {
    struct trial trial; /* for note() */
    char path[64];
    int32_t archive;
};

static void empty_directory(const char *path)
{
    DIR *directory = opendir(path);
    struct dirent *entry;
    char name[512];

    while (directory && (entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
        if (entry->d_type == DT_DIR)
            empty_directory(name);
        (void)remove(name);
    }
    if (directory)
        closedir(directory);
}

static int empty_folder(void *user)
{
    empty_directory(((struct place *)user)->path);
    return 0;
}

/* As a program that downloads does: under another name first. */
static int put_file(void *user, const char *name, const void *bytes, size_t length)
{
    struct place *place = user;
    char part[400];
    char whole[400];

    snprintf(part, sizeof(part), "%s/.%s", place->path, name);
    snprintf(whole, sizeof(whole), "%s/%s", place->path, name);
    FILE *file = fopen(part, "wb");
    if (!file)
        return -1;
    size_t written = fwrite(bytes, 1, length, file);
    return fclose(file) || written != length || rename(part, whole);
}

static int open_folder(void *user, struct mt940_transport *out)
{
    struct place *place = user;
    struct mt940_folder_options options;

    mt940_folder_options_init(&options);
    options.archive = place->archive;
    return mt940_folder_transport_open(place->path, &options, out, NULL);
}

static void the_folder_conforms(void **state)
{
    (void)state;
    struct place place = {.path = "/tmp/mt940connect-folder-XXXXXX"};
    struct mt940_conformance_transport_options options = {.size = sizeof(options), .user = &place,
                                                          .create = empty_folder, .put = put_file,
                                                          .open = open_folder, .checked = note};
    struct mt940_conformance_report report = {.size = sizeof(report)};

    assert_non_null(mkdtemp(place.path));
    for (place.archive = 0; place.archive < 2; place.archive++) {
        assert_int_equal(mt940_conformance_transport(&options, &report), 0);
        assert_int_equal(report.skipped, 0);
    }
    empty_directory(place.path);
    assert_int_equal(rmdir(place.path), 0);
}
#endif

#ifdef WITH_BOOKS
static struct mt940_csv_books *csv_books;

static int open_csv(void *user, struct mt940_books *out)
{
    (void)user;
    int status = mt940_csv_books_open(CSV_BOOKS, NULL, NULL, &csv_books, NULL);
    return status ? status : mt940_csv_books_port(csv_books, out);
}

static void close_csv(void *user)
{
    (void)user;
    mt940_csv_books_close(csv_books);
    csv_books = NULL;
}

/* A case of the CSV tests; the books themselves say which company they are of. */
static void csv_books_conform(void **state)
{
    (void)state;
    struct mt940_books port;
    struct mt940_conformance_report report = {.size = sizeof(report)};
    struct mt940_conformance_books_options options = {.size = sizeof(options), .user = &(struct trial){{0}, NULL},
                                                      .open = open_csv, .close = close_csv, .from = {2026, 1, 1},
                                                      .to = {2026, 12, 31}, .checked = note};
    char company[64];

    assert_int_equal(open_csv(NULL, &port), 0);
    mt940_csv_books_company(csv_books, &options.company);
    options.company.length = mt940_view_copy(&options.company, company, sizeof(company));
    options.company.data = company;
    close_csv(NULL);
    assert_int_equal(mt940_conformance_books(&options, &report), 0);
    assert_int_equal(report.skipped, 0);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(transports_are_judged),
        cmocka_unit_test(posting_ports_are_judged),
        cmocka_unit_test(books_are_judged),
#ifdef WITH_FOLDER
        cmocka_unit_test(the_folder_conforms),
#endif
#ifdef WITH_BOOKS
        cmocka_unit_test(csv_books_conform),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

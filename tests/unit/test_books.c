/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV books. Each folder of tests/cases/books/ is a case: its tables are read and everything the
 * reader says is compared with the .txt beside it, so a case is added without writing C (run with
 * MT940_WRITE_EXPECTED=1 to write that file, then read it before you commit it).
 */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <errno.h>

#include <cmocka.h>

#include "mt940connect/adapters/books.h"

#define CASES "tests/cases/books"

static const char *const severities[] = {"info", "repair", "warning", "error"};

static int write_finding(void *user, const struct mt940_csv_finding *finding)
{
    char text[1024];

    mt940_message_format(finding->message, finding->args, finding->arg_count, "en", text, sizeof text);
    fprintf(user, "%.*s:%u:%u: %s: %s: %s\n", (int)finding->place.file.length, finding->place.file.data,
            finding->place.line, finding->place.column, severities[finding->severity],
            mt940_message_name(finding->message), text);
    return 0;
}

static void write_field(FILE *out, const struct mt940_field *field, const unsigned char *record)
{
    const struct mt940_view *view = (const void *)(record + field->offset);
    const struct mt940_date *date = (const void *)(record + field->offset);
    const int64_t *number = (const void *)(record + field->offset);
    char text[11];

    if (field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_BLOB) {
        if (view->length > 0)
            fprintf(out, " %s=\"%.*s\"", field->name, (int)view->length, view->data);
    } else if (field->type == MT940_TYPE_DATE) {
        if (date->year != 0 && mt940_date_format(date, text) == 0)
            fprintf(out, " %s=%s", field->name, text);
    } else if (*number != 0) {
        fprintf(out, " %s=%lld", field->name, (long long)*number);
    }
}

static int write_record(void *user, int32_t kind, const void *record, const struct mt940_csv_place *place)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);

    fprintf(user, "%.*s:%u: %s", (int)place->file.length, place->file.data, place->line, info->name);
    for (int32_t i = 0; i < info->field_count; i++)
        write_field(user, &info->fields[i], record);
    fputc('\n', user);
    return 0;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);

    if (file != NULL) {
        text[fread(text, 1, (1 << 20) - 1, file)] = '\0';
        fclose(file);
    }
    return text;
}

static int run_case(const char *name)
{
    struct mt940_csv_sink sink = {.size = sizeof sink, .record = write_record, .finding = write_finding};
    char folder[512], expected_path[520];
    char *actual = NULL, *expected;
    size_t length = 0;
    FILE *out = open_memstream(&actual, &length);
    int same;

    snprintf(folder, sizeof folder, CASES "/%s", name);
    snprintf(expected_path, sizeof expected_path, "%s.txt", folder);
    sink.user = out;
    assert_int_equal(mt940_csv_read(folder, NULL, &sink, NULL), 0);
    fclose(out);
    if (getenv("MT940_WRITE_EXPECTED") != NULL) {
        FILE *file = fopen(expected_path, "wb");

        fputs(actual, file);
        fclose(file);
    }
    expected = read_file(expected_path);
    same = strcmp(actual, expected) == 0;
    if (!same)
        fprintf(stderr, "%s: expected\n%s%s: but was\n%s", name, expected, name, actual);
    free(expected);
    free(actual);
    return same;
}

static void every_case_reads_as_expected(void **state)
{
    struct dirent **names;
    int count = scandir(CASES, &names, NULL, alphasort), run = 0, good = 1;

    (void)state;
    assert_true(count > 2);
    for (int i = 0; i < count; i++) {
        if (strchr(names[i]->d_name, '.') == NULL) {
            good &= run_case(names[i]->d_name);
            run++;
        }
        free(names[i]);
    }
    free(names);
    assert_true(run > 0);
    assert_true(good);
}

/* --- what only a caller in C sees --- */

static int count_record(void *user, int32_t kind, const void *record, const struct mt940_csv_place *place)
{
    ++*(int *)user;
    return 0;
}

static int stop(void *user, int32_t kind, const void *record, const struct mt940_csv_place *place)
{
    return 77;
}

static int stop_finding(void *user, const struct mt940_csv_finding *finding)
{
    return 78;
}

static int note_messages(void *user, const struct mt940_csv_finding *finding)
{
    int32_t *messages = user;

    while (*messages != 0)
        messages++;
    *messages = finding->message;
    return 0;
}

static void a_sink_ends_the_reading(void **state)
{
    const char table[] = "code,name\nA,B\nC,D\n";
    struct mt940_csv_sink sink = {.size = sizeof sink, .record = stop};

    (void)state;
    assert_int_equal(mt940_csv_read_table("customers.csv", table, strlen(table), NULL, &sink, NULL), 77);
    sink.finding = stop_finding;
    assert_int_equal(mt940_csv_read_table("customers.csv", table, strlen(table), NULL, &sink, NULL), 78);
    assert_int_equal(mt940_csv_read_table("unknown.csv", table, strlen(table), NULL, &sink, NULL),
                     MT940_E_ARGUMENT);
}

static void files_are_bounded(void **state)
{
    char table[4096] = "code,name\n";
    int32_t messages[16] = {0};
    int records = 0;
    struct mt940_csv_options options;
    struct mt940_csv_sink sink = {.size = sizeof sink, .user = messages, .finding = note_messages};

    (void)state;
    mt940_csv_options_init(&options);
    options.max_line = 40;
    strcat(table, "A,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nB,\"unclosed\n");
    strcat(table, "C,here\nD,there\nE,everywhere and more\nF,end\n");
    assert_int_equal(mt940_csv_read_table("customers.csv", table, strlen(table), &options, &sink, NULL), 0);
    assert_int_equal(messages[0], MT940_M_CSV_LINE_TOO_LONG);
    assert_int_equal(messages[1], MT940_M_CSV_QUOTES);
    assert_int_equal(messages[2], MT940_M_CSV_READ_AS);
    assert_int_equal(messages[3], 0);
    sink = (struct mt940_csv_sink){.size = sizeof sink, .user = &records, .record = count_record};
    assert_int_equal(mt940_csv_read_table("customers.csv", table, strlen(table), &options, &sink, NULL), 0);
    assert_int_equal(records, 4); /* C to F are read again after the quotation mark was given up */
    options.max_rows = 2;
    records = 0;
    assert_int_equal(mt940_csv_read_table("customers.csv", table, strlen(table), &options, &sink, NULL), 0);
    assert_int_equal(records, 2);
}

static void what_is_no_text_is_said(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        int32_t message;
    } files[] = {
        {"", 0, MT940_M_EMPTY_FILE},
        {"\n\r\n  \n", 6, MT940_M_EMPTY_FILE},
        {"PK\003\004....", 8, MT940_M_CSV_NOT_TEXT},
        {"\xD0\xCF\x11\xE0....", 8, MT940_M_CSV_NOT_TEXT},
        {"\xFF\xFE" "c\0o\0", 6, MT940_M_CSV_NOT_TEXT},
        {"code,\0name", 10, MT940_M_CSV_NOT_TEXT},
    };

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        int32_t messages[8] = {0};
        struct mt940_csv_sink sink = {.size = sizeof sink, .user = messages, .finding = note_messages};

        assert_int_equal(mt940_csv_read_table("customers.csv", files[i].bytes, files[i].length, NULL, &sink, NULL),
                         0);
        assert_int_equal(messages[0], files[i].message);
    }
}

static void missing_folders_are_named(void **state)
{
    struct mt940_error error = {.size = sizeof error};

    (void)state;
    assert_int_equal(mt940_csv_read("", NULL, NULL, &error), MT940_E_NOT_CONFIGURED);
    assert_int_equal(mt940_csv_read("/nowhere/at/all", NULL, NULL, &error), MT940_E_IO);
    assert_int_equal(error.detail, ENOENT);
    assert_string_equal(error.text, "no such folder: /nowhere/at/all");
    assert_int_equal(mt940_csv_read("/etc/passwd", NULL, NULL, &error), MT940_E_IO);
    assert_int_equal(error.detail, ENOTDIR);
    assert_string_equal(error.text, "this is a file, not a folder: /etc/passwd");
}

static int write_any(void *user, const void *record)
{
    const struct mt940_customer *customer = record;

    fprintf(user, "%.*s ", (int)customer->code.length, customer->code.data);
    return 0;
}

static int write_payment(void *user, const void *record)
{
    const struct mt940_payment *payment = record;

    fprintf(user, "%.*s/%d ", (int)payment->invoice.length, payment->invoice.data, (int)payment->line);
    return 0;
}

static int write_rate(void *user, const void *record)
{
    const struct mt940_rate *rate = record;

    fprintf(user, "%.*s=%lld ", (int)rate->kind.length, rate->kind.data, (long long)rate->rate);
    return 0;
}

static void the_port_answers_like_a_store(void **state)
{
    struct mt940_csv_books *books = NULL;
    struct mt940_books port;
    struct mt940_view company, codes[2] = {{"120.02", 6}, {"none", 4}}, currency = {"USD", 3};
    struct mt940_date date = {2026, 7, 16};
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    (void)state;
    assert_int_equal(mt940_csv_books_open(CASES "/turkish-excel", NULL, NULL, &books, NULL), 0);
    assert_int_equal(mt940_csv_books_port(books, &port), 0);
    mt940_csv_books_company(books, &company);
    assert_int_equal(port.customers(port.user, &company, NULL, 0, write_any, out), 0);
    fputs("| ", out);
    assert_int_equal(port.customers(port.user, &company, codes, 2, write_any, out), 0);
    fputs("| ", out);
    assert_int_equal(port.payments(port.user, &company, NULL, 0, write_payment, out), 0);
    fputs("| ", out);
    assert_int_equal(port.payments(port.user, &company, codes, 1, write_payment, out), 0);
    fputs("| ", out);
    assert_int_equal(port.rates(port.user, &company, &currency, &date, write_rate, out), 0);
    fclose(out);
    assert_string_equal(text, "120.01 120.02 320.01 | 120.02 | F1/1 F2/1 | F2/1 | alis=4012500000 satis=4020000000 ");
    assert_null(port.slips);
    free(text);
    mt940_csv_books_close(books);
    mt940_csv_books_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_reads_as_expected),
        cmocka_unit_test(a_sink_ends_the_reading),
        cmocka_unit_test(files_are_bounded),
        cmocka_unit_test(what_is_no_text_is_said),
        cmocka_unit_test(missing_folders_are_named),
        cmocka_unit_test(the_port_answers_like_a_store),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

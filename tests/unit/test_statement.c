/* SPDX-License-Identifier: Apache-2.0
 *
 * test_statement.c: the contract of reader and document: any split gives the same events, limits
 * answer with their own error, callbacks stop the reading, strictness turns repairs into errors.
 * What is read in which file is data: tests/cases.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "events.h"

enum { file_capacity = 4096, fragment_count = 20 };

struct text {
    char bytes[file_capacity];
    size_t length;
};

static void load(int number, struct text *out)
{
    char path[80];
    (void)snprintf(path, sizeof path, "tests/cases/fragments/C%02d.sta", number);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    out->length = fread(out->bytes, 1, sizeof out->bytes, file);
    fclose(file);
    assert_true(out->length > 0 && out->length < sizeof out->bytes);
}

/* Every place to cut every fragment once, and pieces of one byte. */
static void every_split_gives_the_same_events(void **state)
{
    static struct text text;
    (void)state;
    for (int number = 1; number <= fragment_count; number++) {
        char whole[DIGEST_TEXT], cut[DIGEST_TEXT];
        load(number, &text);
        assert_int_equal(events_read(text.bytes, text.length, NULL, NULL, NULL, whole, NULL), 0);
        for (size_t at = 1; at < text.length && at < 256; at++) {
            uint8_t sizes[] = {(uint8_t)at, 255, 255, 255};
            struct cuts cuts = {sizes, sizeof sizes};
            assert_int_equal(events_read(text.bytes, text.length, &cuts, NULL, NULL, cut, NULL), 0);
            assert_string_equal(whole, cut);
        }
        for (uint8_t size = 1; size < 9; size++) {
            struct cuts cuts = {&size, 1};
            assert_int_equal(events_read(text.bytes, text.length, &cuts, NULL, NULL, cut, NULL), 0);
            assert_string_equal(whole, cut);
        }
    }
}

/* Long lines outside any message are known by their first bytes, however they arrive. */
static void long_lines_outside_are_cut_alike(void **state)
{
    static const char *const fronts[] = {"940", ":20:A", ":61:260101C1,00NTRF", "-", "-}", "{1:F01", "x{4:", "$", ":", " "};
    static const char end[] = "4:\r\n:20:B\r\n:25:C\r\n:60F:C260101EUR1,00\r\n";
    static char bytes[20000];
    static const uint8_t sizes[] = {255, 1, 7};
    struct cuts cuts = {sizes, sizeof sizes};
    (void)state;
    for (size_t i = 0; i < sizeof fronts / sizeof fronts[0]; i++) {
        for (size_t fill = 4080; fill < 4100; fill++) {
            char whole[DIGEST_TEXT], cut[DIGEST_TEXT];
            size_t length = strlen(fronts[i]);
            memcpy(bytes, fronts[i], length);
            memset(bytes + length, i % 2 ? ' ' : '{', fill);
            length += fill;
            memcpy(bytes + length, end, sizeof end - 1);
            length += sizeof end - 1;
            assert_int_equal(events_read(bytes, length, NULL, NULL, NULL, whole, NULL), 0);
            assert_int_equal(events_read(bytes, length, &cuts, NULL, NULL, cut, NULL), 0);
            assert_string_equal(whole, cut);
        }
    }
}

static int count_entries(void *user, const struct mt940_entry *entry)
{
    (void)entry;
    return ++*(int *)user == 2 ? 77 : 0;
}

static void a_callback_stops_the_reading_with_its_number(void **state)
{
    static struct text text;
    int entries = 0;
    struct mt940_handler handler = {.size = sizeof handler, .user = &entries, .entry = count_entries};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_reader *reader;
    (void)state;
    load(1, &text);
    assert_int_equal(mt940_reader_new(NULL, NULL, &handler, &reader, NULL), 0);
    assert_int_equal(mt940_reader_feed(reader, text.bytes, text.length, &error), MT940_E_CALLBACK);
    assert_int_equal(error.detail, 77);
    assert_int_equal(entries, 2);
    assert_int_equal(mt940_reader_feed(reader, text.bytes, 1, &error), MT940_E_STATE);
    mt940_reader_free(reader);
}

static int read_limited(const struct text *text, const struct mt940_statement_options *options,
                        struct mt940_error *error)
{
    struct mt940_handler handler = {.size = sizeof handler};
    struct mt940_reader *reader;
    assert_int_equal(mt940_reader_new(options, NULL, &handler, &reader, NULL), 0);
    int status = mt940_reader_feed(reader, text->bytes, text->length, error);
    if (status == 0)
        status = mt940_reader_finish(reader, error);
    mt940_reader_free(reader);
    return status;
}

static void each_limit_has_its_own_error(void **state)
{
    static struct text text;
    struct mt940_statement_options options;
    struct mt940_error error = {.size = sizeof error};
    (void)state;
    load(10, &text);
    mt940_statement_options_init(&options);
    assert_int_equal(read_limited(&text, &options, &error), 0);
    options.max_bytes = 100;
    assert_int_equal(read_limited(&text, &options, &error), MT940_E_LIMIT);
    assert_int_equal(error.detail, MT940_LIMIT_BYTES);
    mt940_statement_options_init(&options);
    options.max_statements = 2;
    assert_int_equal(read_limited(&text, &options, &error), MT940_E_LIMIT);
    assert_int_equal(error.detail, MT940_LIMIT_STATEMENTS);
    mt940_statement_options_init(&options);
    options.max_field = 60;
    assert_int_equal(read_limited(&text, &options, &error), MT940_E_LIMIT);
    assert_int_equal(error.detail, MT940_LIMIT_FIELD);
    load(1, &text);
    mt940_statement_options_init(&options);
    options.max_entries = 2;
    assert_int_equal(read_limited(&text, &options, &error), MT940_E_LIMIT);
    assert_int_equal(error.detail, MT940_LIMIT_ENTRIES);
}

static void parse(const char *bytes, size_t length, const struct mt940_statement_options *options,
                  struct mt940_document **out)
{
    struct mt940_input input = {.size = sizeof input, .data = bytes, .length = length};
    assert_int_equal(mt940_document_parse(&input, options, NULL, out, NULL), 0);
}

static void strict_turns_repairs_into_errors(void **state)
{
    static struct text text;
    struct mt940_statement_options options;
    struct mt940_document *document;
    const int32_t refused[] = {MT940_M_REPAIR_LONG_REFERENCE};
    (void)state;
    load(4, &text);
    parse(text.bytes, text.length, NULL, &document);
    assert_int_equal(mt940_document_statement(document, 0)->trailer.repair_count, 3);
    assert_int_equal(mt940_document_statement(document, 0)->trailer.error_count, 0);
    mt940_document_free(document);
    mt940_statement_options_init(&options);
    options.refused_repairs = refused;
    options.refused_repair_count = 1;
    parse(text.bytes, text.length, &options, &document);
    assert_int_equal(mt940_document_statement(document, 0)->trailer.error_count, 3);
    assert_int_equal(mt940_document_statement(document, 0)->entry_count, 3);
    mt940_document_free(document);
}

static int32_t charset_of(const char *text, const struct mt940_statement_options *options, uint32_t *errors)
{
    struct mt940_document *document;
    parse(text, strlen(text), options, &document);
    int32_t charset = mt940_document_statement(document, 0)->trailer.charset;
    *errors = mt940_document_statement(document, 0)->trailer.error_count;
    mt940_document_free(document);
    return charset;
}

static void letters_encoded_twice_are_mended_unless_told_otherwise(void **state)
{
    static const char text[] = ":20:A\n:25:B\n:28C:1\n:60F:C260707TRY0,00\n:86:\xC3\x84\xC2\xB0STANBUL\n"
                               ":62F:C260707TRY0,00\n";
    const int32_t refused[] = {MT940_M_REPAIR_MOJIBAKE};
    struct mt940_statement_options options;
    uint32_t errors;
    (void)state;
    mt940_statement_options_init(&options);
    assert_int_equal(charset_of(text, &options, &errors), MT940_CHARSET_UTF8_TWICE);
    assert_int_equal(errors, 0);
    options.keep_mojibake = 1;
    assert_int_equal(charset_of(text, &options, &errors), MT940_CHARSET_UTF8);
    mt940_statement_options_init(&options);
    options.charset = MT940_CHARSET_UTF8;
    assert_int_equal(charset_of(text, &options, &errors), MT940_CHARSET_UTF8);
    mt940_statement_options_init(&options);
    options.refused_repairs = refused;
    options.refused_repair_count = 1;
    assert_int_equal(charset_of(text, &options, &errors), MT940_CHARSET_UTF8_TWICE);
    assert_int_equal(errors, 1);
}

static void options_of_another_size_are_refused(void **state)
{
    struct mt940_input input = {.size = sizeof input, .data = "x", .length = 1};
    struct mt940_statement_options options;
    struct mt940_document *document = NULL;
    (void)state;
    mt940_statement_options_init(&options);
    options.size = 4;
    assert_int_equal(mt940_document_parse(&input, &options, NULL, &document, NULL), MT940_E_ARGUMENT);
    input.size = 3;
    assert_int_equal(mt940_document_parse(&input, NULL, NULL, &document, NULL), MT940_E_ARGUMENT);
    assert_null(document);
}

static void equal_movements_have_different_ids(void **state)
{
    static struct text text;
    char ids[3][MT940_ID_CAPACITY], again[3][MT940_ID_CAPACITY];
    struct mt940_document *document;
    (void)state;
    load(4, &text);
    parse(text.bytes, text.length, NULL, &document);
    const struct mt940_statement *statement = mt940_document_statement(document, 0);
    assert_int_equal(mt940_statement_ids(&statement, 1, "1", 1, NULL, ids), 0);
    assert_string_not_equal(ids[0], ids[1]);
    assert_memory_equal(ids[0], ids[1], 66);
    assert_string_equal(ids[1] + 66, "/2");
    assert_int_equal(strlen(ids[2]), 66);
    assert_int_equal(mt940_statement_ids(&statement, 1, "2", 1, NULL, again), 0);
    assert_memory_not_equal(ids[0], again[0], 66);
    mt940_document_free(document);
}

/* Ids are made of raw bytes without line ends: a copy that lost its CRs is the same statement. */
static void ids_survive_other_line_ends(void **state)
{
    static struct text text, bare;
    char ids[4][MT940_ID_CAPACITY], again[4][MT940_ID_CAPACITY];
    struct mt940_document *document;
    (void)state;
    load(7, &text);
    for (size_t i = 0; i < text.length; i++)
        if (text.bytes[i] != '\r')
            bare.bytes[bare.length++] = text.bytes[i];
    parse(text.bytes, text.length, NULL, &document);
    const struct mt940_statement *statement = mt940_document_statement(document, 0);
    assert_int_equal(mt940_statement_ids(&statement, 1, "", 0, NULL, ids), 0);
    mt940_document_free(document);
    parse(bare.bytes, bare.length, NULL, &document);
    statement = mt940_document_statement(document, 0);
    assert_int_equal(mt940_statement_ids(&statement, 1, "", 0, NULL, again), 0);
    assert_string_equal(ids[0], again[0]);
    mt940_document_free(document);
}

static void odd_inputs_never_give_nothing_without_a_word(void **state)
{
    static const char *const texts[] = {"",         "\n\n",     "%PDF-1.7", ":20:",       ":20:X\n:25:Y", ":61:",
                                        ":61:2601", "-\n-\n-",  "{1:F01",   "{4:\n:20:x", ":62F:",        ":86:x\n:86:y",
                                        "\r\r\r\r", "@@:20:@@", ":20:a\n:25:b\n:60F:C260101EUR1,\n:61:260101C1,NTRFx"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct mt940_document *document;
        parse(texts[i], strlen(texts[i]), NULL, &document);
        assert_true(mt940_document_statement_count(document) + mt940_document_finding_count(document) > 0);
        mt940_document_free(document);
    }
}

/* The id of a movement with `length` letters in lines of 65. */
static void id_of_text(size_t length, const char *line_end, char id[MT940_ID_CAPACITY])
{
    char bytes[3000];
    struct mt940_document *document;
    size_t at = (size_t)snprintf(bytes, sizeof bytes, ":20:A\n:25:B\n:28C:1\n:60F:C260101EUR1,00\n"
                                 ":61:2601010101C1,00NTRFNONREF\n:86:");
    for (size_t i = 0; i < length; i++) {
        bytes[at++] = (char)('a' + i % 26);
        if (i % 65 == 64)
            at += (size_t)snprintf(bytes + at, sizeof bytes - at, "%s", line_end);
    }
    at += (size_t)snprintf(bytes + at, sizeof bytes - at, "\n:62F:C260101EUR2,00\n-\n");
    parse(bytes, at, NULL, &document);
    const struct mt940_statement *statement = mt940_document_statement(document, 0);
    assert_int_equal(statement->entry_count, 1);
    assert_int_equal(mt940_statement_ids(&statement, 1, "", 0, NULL, (char(*)[MT940_ID_CAPACITY])id), 0);
    mt940_document_free(document);
}

/* Texts up to 1024 bytes are hashed in one piece, longer ones line by line. */
static void ids_of_long_texts_survive_them_too(void **state)
{
    char id[MT940_ID_CAPACITY], again[MT940_ID_CAPACITY], mixed[MT940_ID_CAPACITY], before[MT940_ID_CAPACITY] = "";
    (void)state;
    for (size_t length = 980; length < 1030; length++) {
        id_of_text(length, "\n", id);
        id_of_text(length, "\r\n", again);
        id_of_text(length, "\r", mixed);
        assert_string_equal(id, again);
        assert_string_equal(id, mixed);
        assert_string_not_equal(id, before);
        memcpy(before, id, sizeof before);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_split_gives_the_same_events),
        cmocka_unit_test(long_lines_outside_are_cut_alike),
        cmocka_unit_test(a_callback_stops_the_reading_with_its_number),
        cmocka_unit_test(each_limit_has_its_own_error),
        cmocka_unit_test(strict_turns_repairs_into_errors),
        cmocka_unit_test(letters_encoded_twice_are_mended_unless_told_otherwise),
        cmocka_unit_test(options_of_another_size_are_refused),
        cmocka_unit_test(equal_movements_have_different_ids),
        cmocka_unit_test(ids_survive_other_line_ends),
        cmocka_unit_test(ids_of_long_texts_survive_them_too),
        cmocka_unit_test(odd_inputs_never_give_nothing_without_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * test_statement_stream.c: a stream says what the document says, however it is cut; pages come together; what fails
 * ends it. The fuzzer of statements holds the same over every case.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "streamed.h"

#define HEAD(account, number, opening) ":20:R\r\n:25:" account "\r\n:28C:" number "\r\n:60" opening "\r\n"
#define MOVE ":61:2601010101C1,00NTRFREF//B1\r\nmore of it\r\n:86:EFT\r\nfrom here\r\n"
#define PAGE1 HEAD("A", "7/1", "F:C260101TRY1,00") MOVE ":62M:C260101TRY2,00\r\n-\r\n"
#define PAGE2 HEAD("A", "7/2", "M:C260101TRY2,00") MOVE MOVE ":62M:C260101TRY4,00\r\n-\r\n"
#define PAGE3 HEAD("A", "7/3", "M:C260101TRY4,00") MOVE ":62F:C260101TRY5,00\r\n-\r\n"
#define OTHER HEAD("B", "1/1", "F:C260101TRY1,00") ":86:\r\n:62F:C260101TRY1,00\r\n-\r\n"
#define NEXT HEAD("A", "8/1", "F:C260102TRY6,00") ":61:26\r\n:99Z:?\r\n:62F:C260102TRY6,00\r\n:64:C260102TRY6,00\r\n-\r\n"
#define FIVE OTHER OTHER OTHER OTHER OTHER

static const struct {
    const char *name, *bytes;
    size_t pages, most;
} cases[] = {
    {"nothing", "", 1, 1},
    {"no statement", "hello\r\nworld\r\n", 1, 1},
    {"one", OTHER, 1, 1},
    {"text around", "before\r\n" OTHER "between\r\n" OTHER "behind\r\n", 2, 1},
    {"pages", OTHER PAGE1 PAGE2 PAGE3 OTHER, 5, 3},
    {"a page is missing", PAGE1 PAGE3 NEXT, 3, 2},
    {"another between the pages", PAGE1 OTHER PAGE2 PAGE3 OTHER, 5, 2},
    {"sixteen behind is the last that counts", PAGE1 FIVE FIVE FIVE PAGE2 OTHER, 18, 1},
    {"seventeen behind is too late", PAGE1 FIVE FIVE FIVE OTHER PAGE2 OTHER, 19, 1},
    {"ends in the middle", OTHER PAGE1 PAGE2, 3, 2},
    {"the last one is cut", OTHER PAGE1 HEAD("A", "7/2", "M:C260101TRY2,00") MOVE, 3, 2},
    {"line ends of two at signs", ":20:R@@:25:A@@:28C:1@@:60F:C260101TRY1,00@@:61:2601010101C1,00NTRFX@@:86:a@@b@@"
                                  ":62F:C260101TRY2,00@@-@@:20:R@@:25:A@@:28C:2@@:60F:C260101TRY2,00@@"
                                  ":62F:C260101TRY2,00@@", 2, 1},
};

static void a_stream_says_what_the_document_says(void **state)
{
    static const size_t pieces[] = {1, 2, 7, 100, 1 << 20};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t k = 0; k < sizeof pieces / sizeof pieces[0]; k++) {
            struct streamed out;
            for (int keeps = 0; keeps < 2; keeps++) {
                const char *difference =
                    streamed_difference(cases[i].bytes, strlen(cases[i].bytes), pieces[k], keeps, NULL, &out);
                if (difference || out.status || out.pages != cases[i].pages || out.most_pages != cases[i].most)
                    fail_msg("%s, pieces of %zu%s: %s, status %d, %zu pages, %zu together", cases[i].name, pieces[k],
                             keeps ? ", kept" : "", difference ? difference : "same", out.status, out.pages,
                             out.most_pages);
            }
        }
    }
}

/* The n-th request is refused; what is given out is counted. */
struct shortage {
    size_t left;
    int64_t held;
};

static void *resize(void *user, void *old, size_t old_size, size_t new_size)
{
    struct shortage *shortage = user;
    if (new_size == 0) {
        shortage->held -= (int64_t)old_size;
        free(old);
        return NULL;
    }
    if (shortage->left == 0)
        return NULL;
    shortage->left--;
    void *block = realloc(old, new_size);
    if (!block)
        abort();
    shortage->held += (int64_t)new_size - (int64_t)old_size;
    return block;
}

static void refuse_each_request(int keeps)
{
    static const char bytes[] = "text\r\n" PAGE1 OTHER NEXT PAGE2 PAGE3 OTHER "text\r\n";
    struct streamed out = {.status = MT940_E_MEMORY};
    for (size_t n = 0; out.status == MT940_E_MEMORY; n++) {
        struct shortage shortage = {n, 0};
        struct mt940_allocator allocator = {sizeof allocator, &shortage, resize};
        assert_null(streamed_difference(bytes, sizeof bytes - 1, 5, keeps, &allocator, &out));
        assert_int_equal(shortage.held, 0);
        assert_true(n < 1000);
    }
    assert_int_equal(out.status, 0);
}

static void memory_that_is_refused_is_told_and_nothing_stays(void **state)
{
    (void)state;
    refuse_each_request(0);
    refuse_each_request(1);
}

static int refuse(void *user, const struct mt940_page *pages, size_t count)
{
    size_t *calls = user;
    (void)pages;
    (void)count;
    return ++*calls == 2 ? 42 : 0;
}

static void the_caller_may_stop_and_limits_are_told(void **state)
{
    static const char bytes[] = OTHER OTHER OTHER;
    size_t calls = 0;
    struct mt940_stream_handler handler = {sizeof handler, &calls, refuse};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_statement_options options;
    struct mt940_stream *stream;
    (void)state;
    assert_int_equal(mt940_stream_new(NULL, NULL, &handler, &stream, NULL), 0);
    assert_int_equal(mt940_stream_feed(stream, bytes, sizeof bytes - 1, &error), MT940_E_CALLBACK);
    assert_int_equal(error.detail, 42);
    assert_int_equal(mt940_stream_finish(stream, NULL), MT940_E_STATE);
    mt940_stream_free(stream);
    mt940_statement_options_init(&options);
    options.max_memory = 100;
    assert_int_equal(mt940_stream_new(&options, NULL, &handler, &stream, NULL), 0);
    assert_int_equal(mt940_stream_feed(stream, bytes, sizeof bytes - 1, &error), MT940_E_LIMIT);
    assert_int_equal(error.detail, MT940_LIMIT_MEMORY);
    mt940_stream_free(stream);
}

static void wrong_arguments_are_refused(void **state)
{
    struct mt940_stream_handler handler = {sizeof handler, NULL, NULL};
    struct mt940_stream *stream = NULL;
    struct mt940_pages *pages = NULL;
    (void)state;
    assert_int_equal(mt940_stream_new(NULL, NULL, &handler, &stream, NULL), MT940_E_ARGUMENT);
    handler.statement = refuse;
    handler.size = 1;
    assert_int_equal(mt940_stream_new(NULL, NULL, &handler, &stream, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_stream_new(NULL, NULL, NULL, &stream, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_stream_feed(NULL, "", 0, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_stream_finish(NULL, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_stream_keep(NULL, &pages, NULL), MT940_E_ARGUMENT);
    mt940_stream_free(NULL);
    mt940_pages_free(NULL);
    assert_null(stream);
    handler.size = sizeof handler;
    assert_int_equal(mt940_stream_new(NULL, NULL, &handler, &stream, NULL), 0);
    assert_int_equal(mt940_stream_keep(stream, NULL, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_stream_keep(stream, &pages, NULL), MT940_E_STATE);
    assert_null(pages);
    mt940_stream_free(stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_says_what_the_document_says),
        cmocka_unit_test(memory_that_is_refused_is_told_and_nothing_stays),
        cmocka_unit_test(the_caller_may_stop_and_limits_are_told),
        cmocka_unit_test(wrong_arguments_are_refused),
    };
    return cmocka_run_group_tests_name("statement_stream", tests, NULL, NULL);
}

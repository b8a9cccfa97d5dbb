/* SPDX-License-Identifier: Apache-2.0
 *
 * test_status.c: names and sentences of status numbers, and the caller's struct mt940_error.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/failure.h"

static const struct {
    int number;
    const char *name;
    const char *text;
} listed[] = {
#define MT940_STATUS(number, name, exception, text) {number, "MT940_" #name, text},
#include "base/status.def"
#undef MT940_STATUS
};

static void every_status_has_its_own_name(void **state)
{
    const size_t count = sizeof(listed) / sizeof(listed[0]);

    for (size_t i = 0; i < count; i++) {
        assert_int_equal(listed[i].number, -(int)i);
        assert_string_equal(mt940_status_name(listed[i].number), listed[i].name);
        assert_string_equal(mt940_status_text(listed[i].number), listed[i].text);
        assert_true(strlen(listed[i].text) < sizeof(((struct mt940_error *)NULL)->text));
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(listed[i].name, listed[k].name);
    }
    assert_string_equal(mt940_status_name(MT940_E_LIMIT), "MT940_E_LIMIT");
    assert_string_equal(mt940_status_name(-(int)count), "unknown status");
    assert_string_equal(mt940_status_name(1), "unknown status");
    assert_string_equal(mt940_status_name(INT32_MIN), "unknown status");
    assert_string_equal(mt940_status_name(INT32_MAX), "unknown status");
    assert_true(strlen(mt940_status_text(1)) > 0);
}

static void fail_fills_the_error(void **state)
{
    struct mt940_error error = {sizeof(error)};

    error.line = 7;
    memcpy(error.tag, "61", 3);
    assert_int_equal(mt940_fail(&error, MT940_E_IO, 13, "the file is locked"), MT940_E_IO);
    assert_int_equal(error.status, MT940_E_IO);
    assert_int_equal(error.detail, 13);
    assert_int_equal(error.line, 0);
    assert_string_equal(error.tag, "");
    assert_string_equal(error.text, "the file is locked");
    assert_int_equal(mt940_fail(&error, MT940_E_MEMORY, 0, NULL), MT940_E_MEMORY);
    assert_string_equal(error.text, mt940_status_text(MT940_E_MEMORY));
    assert_int_equal(mt940_fail(NULL, MT940_E_BUSY, 0, NULL), MT940_E_BUSY);
}

static void an_error_of_another_size_is_left_alone(void **state)
{
    struct mt940_error error = {sizeof(error) - 1};

    error.status = 5;
    assert_int_equal(mt940_fail(&error, MT940_E_BUSY, 0, NULL), MT940_E_BUSY);
    assert_int_equal(error.status, 5);
    error.size = 0;
    assert_int_equal(mt940_fail_item(&error, MT940_E_BUSY, "x", "y", 1), MT940_E_BUSY);
    assert_int_equal(error.status, 5);
}

static void an_item_is_named_and_cleaned(void **state)
{
    struct mt940_error error = {sizeof(error)};

    assert_int_equal(mt940_fail_item(&error, MT940_E_NOT_FOUND, "no such column", "na\nme\x1B[0m", 9),
                     MT940_E_NOT_FOUND);
    assert_string_equal(error.text, "no such column: na?me?[0m");
    assert_int_equal(mt940_fail_item(&error, MT940_E_NOT_FOUND, "empty", NULL, 0), MT940_E_NOT_FOUND);
    assert_string_equal(error.text, "empty: ");
}

/* However long the item, the text is cut before a character, never inside. */
static void a_long_item_is_cut(void **state)
{
    char item[400];

    for (size_t i = 0; i < sizeof(item); i += 2)
        memcpy(item + i, "\xC5\x9E", 2);
    for (size_t shift = 0; shift < 3; shift++) {
        struct mt940_error error = {sizeof(error)};
        size_t length;

        mt940_fail_item(&error, MT940_E_ARGUMENT, &"xx"[shift], item, sizeof(item));
        length = strlen(error.text);
        assert_in_range(length, sizeof(error.text) - 3, sizeof(error.text) - 1);
        assert_int_equal((unsigned char)error.text[length - 1], 0x9E);
    }
}

static void sizes_of_structs(void **state)
{
    unsigned char bytes[64] = {0};

    assert_int_equal(mt940_check_size(bytes, 16, 8, 16), 0);
    assert_int_equal(mt940_check_size(bytes, 8, 8, 16), 0);
    assert_int_equal(mt940_check_size(bytes, 7, 8, 16), MT940_E_ARGUMENT);
    assert_int_equal(mt940_check_size(bytes, 64, 8, 16), 0);
    bytes[63] = 1;
    assert_int_equal(mt940_check_size(bytes, 64, 8, 16), MT940_E_ARGUMENT);
    assert_int_equal(mt940_check_size(bytes, 63, 8, 16), 0);
    assert_int_equal(mt940_check_size(bytes, SIZE_MAX, 8, 16), MT940_E_ARGUMENT);
    assert_int_equal(mt940_check_size(NULL, 16, 8, 16), MT940_E_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_its_own_name),
        cmocka_unit_test(fail_fills_the_error),
        cmocka_unit_test(an_error_of_another_size_is_left_alone),
        cmocka_unit_test(an_item_is_named_and_cleaned),
        cmocka_unit_test(a_long_item_is_cut),
        cmocka_unit_test(sizes_of_structs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * test_view.c: views and the small helpers on them; dotted versions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/view.h"

static void copy_has_the_manners_of_snprintf(void **state)
{
    struct mt940_view view = {"abc", 3}, empty = {NULL, 0};

    for (size_t capacity = 0; capacity < 6; capacity++) {
        char buffer[8] = "#######";
        size_t kept = capacity == 0 ? 0 : capacity - 1 < 3 ? capacity - 1 : 3;

        assert_int_equal(mt940_view_copy(&view, buffer, capacity), 3);
        assert_memory_equal(buffer, "abc", kept);
        if (capacity > 0)
            assert_int_equal(buffer[kept], 0);
        assert_int_equal(buffer[kept + (capacity > 0)], '#');
    }
    {
        char buffer[2] = "#";

        assert_int_equal(mt940_view_copy(&empty, buffer, 2), 0);
        assert_string_equal(buffer, "");
        assert_int_equal(mt940_view_copy(NULL, buffer, 2), 0);
        assert_int_equal(mt940_view_copy(&view, NULL, 0), 3);
    }
}

static void from_string_and_equal(void **state)
{
    struct mt940_view a, b, none;

    mt940_view_from_string("TRY", &a);
    mt940_view_from_string("TRYX", &b);
    mt940_view_from_string(NULL, &none);
    assert_int_equal(a.length, 3);
    assert_null(none.data);
    assert_int_equal(none.length, 0);
    assert_false(mt940_view_equal(&a, &b));
    b.length = 3;
    assert_true(mt940_view_equal(&a, &b));
    b.length = 0;
    assert_true(mt940_view_equal(&none, &b));
}

static void slices_stay_inside(void **state)
{
    struct mt940_view view = MT940_LITERAL("0123456789");

    assert_true(mt940_view_is(mt940_view_slice(view, 2, 3), "234"));
    assert_true(mt940_view_is(mt940_view_slice(view, 8, 5), "89"));
    assert_int_equal(mt940_view_slice(view, 11, 1).length, 0);
    assert_int_equal(mt940_view_slice(view, SIZE_MAX, SIZE_MAX).length, 0);
    assert_true(mt940_view_is(mt940_view_slice(view, 1, SIZE_MAX), "123456789"));
    assert_true(mt940_view_is(mt940_view_trim(mt940_view_of(" \t a b\r\n", 8)), "a b"));
    assert_int_equal(mt940_view_trim(mt940_view_of(" \t", 2)).length, 0);
}

static void ascii_only(void **state)
{
    for (int c = 0; c < 256; c++) {
        bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';

        assert_int_equal(mt940_ascii_is_upper((char)c), upper);
        assert_int_equal(mt940_ascii_is_lower((char)c), lower);
        assert_int_equal(mt940_ascii_is_digit((char)c), digit);
        assert_int_equal(mt940_ascii_is_alnum((char)c), upper || lower || digit);
        assert_int_equal((unsigned char)mt940_ascii_upper((char)c), lower ? c - 32 : c);
    }
    assert_true(mt940_view_is_nocase(mt940_view_of("Iban", 4), mt940_view_of("iBAN", 4)));
    assert_false(mt940_view_is_nocase(mt940_view_of("iban", 4), mt940_view_of("ibam", 4)));
    assert_false(mt940_view_is_nocase(mt940_view_of("iban", 4), mt940_view_of("iba", 3)));
}

static void versions_in_order(void **state)
{
    /* R9: 2.4 < 2.35. */
    assert_int_equal(mt940_version_at_least("2.35", "2.4"), 1);
    assert_int_equal(mt940_version_at_least("2.4", "2.35"), 0);
    assert_int_equal(mt940_version_at_least("2.35", "2.35"), 1);
    assert_int_equal(mt940_version_at_least("2.35.0", "2.35"), 1);
    assert_int_equal(mt940_version_at_least("2.35", "2.35.0.0"), 1);
    assert_int_equal(mt940_version_at_least("2.35", "2.35.1"), 0);
    assert_int_equal(mt940_version_at_least("3", "2.99.99"), 1);
    assert_int_equal(mt940_version_at_least("02.035", "2.35"), 1);
    assert_int_equal(mt940_version_at_least("", "2"), 0);
    assert_int_equal(mt940_version_at_least("", ""), 1);
    assert_int_equal(mt940_version_at_least("99999999999999999999999.1", "99999999999999999999998.2"), 1);
    assert_int_equal(mt940_version_at_least("2.x", "2.35"), MT940_E_ARGUMENT);
    assert_int_equal(mt940_version_at_least("2.35", "v2"), MT940_E_ARGUMENT);
    assert_int_equal(mt940_version_at_least(NULL, "2"), MT940_E_ARGUMENT);
    assert_int_equal(mt940_version_at_least("2", NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_version_at_least(mt940_version(), "0.1"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copy_has_the_manners_of_snprintf),
        cmocka_unit_test(from_string_and_equal),
        cmocka_unit_test(slices_stay_inside),
        cmocka_unit_test(ascii_only),
        cmocka_unit_test(versions_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

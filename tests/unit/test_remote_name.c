/* SPDX-License-Identifier: Apache-2.0
 *
 * test_remote_name.c: names from outside: what may be offered, and why not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/ports.h"

static const struct {
    const char *name;
    size_t length; /* 0 = strlen */
    int fault;
} names[] = {
    {"a.sta", 0, 0},
    {"\xC3\x96zet Temmuz 2026.txt", 0, 0},
    {"\xD6zet.txt", 0, 0}, /* any character set */
    {"C:ads.sta", 0, 0},
    {"-rf", 0, 0},
    {"%2e%2e%2f", 0, 0}, /* a name like any other: nobody decodes it */
    {"..", 0, MT940_IGNORED_HIDDEN},
    {".", 0, MT940_IGNORED_HIDDEN},
    {".profile", 0, MT940_IGNORED_HIDDEN},
    {"../a.sta", 0, MT940_IGNORED_BAD_NAME},
    {"/etc/passwd", 0, MT940_IGNORED_BAD_NAME},
    {"..\\a.sta", 0, MT940_IGNORED_BAD_NAME},
    {"a\rDELE b.sta", 0, MT940_IGNORED_BAD_NAME},
    {"a\n", 0, MT940_IGNORED_BAD_NAME},
    {"a\0b", 3, MT940_IGNORED_BAD_NAME},
    {"a\x7F", 0, MT940_IGNORED_BAD_NAME},
    {"a\x1B[2J", 0, MT940_IGNORED_BAD_NAME},
    {"~a.sta", 0, MT940_IGNORED_TEMPORARY},
    {"a.TMP", 0, MT940_IGNORED_TEMPORARY},
    {"a.sta.filepart", 0, MT940_IGNORED_TEMPORARY},
    {"a.part", 0, MT940_IGNORED_TEMPORARY},
    {"a.crdownload", 0, MT940_IGNORED_TEMPORARY},
    {"part", 0, 0},
    {"a.tmp.sta", 0, 0},
};

static void names_are_judged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length = names[i].length ? names[i].length : strlen(names[i].name);

        if (mt940_remote_name_fault(names[i].name, length) != names[i].fault)
            fail_msg("\"%s\" is judged %d", names[i].name, mt940_remote_name_fault(names[i].name, length));
    }
}

static void length_is_bounded(void **state)
{
    char name[257];

    (void)state;
    memset(name, 'x', sizeof name);
    assert_int_equal(mt940_remote_name_fault(name, 255), 0);
    assert_int_equal(mt940_remote_name_fault(name, 256), MT940_IGNORED_BAD_NAME);
    assert_int_equal(mt940_remote_name_fault(name, SIZE_MAX), MT940_IGNORED_BAD_NAME);
    assert_int_equal(mt940_remote_name_fault(name, 0), MT940_IGNORED_BAD_NAME);
    assert_int_equal(mt940_remote_name_fault(NULL, 0), MT940_IGNORED_BAD_NAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_judged),
        cmocka_unit_test(length_is_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

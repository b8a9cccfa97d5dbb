/* SPDX-License-Identifier: Apache-2.0
 *
 * test_fold_chain.c: the keys of the library against their definition in ICU calls, on every
 * code point and on random text. Without ICU in the library only code points of its tables are
 * tried.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/uchar.h>

#include "fold_chain.h"
#include "mt940connect/fold.h"
#include "text/fold_tables.h"
#include "text/utf8.h"

#ifdef MT940_HAVE_ICU
#define LAST_POINT 0x10FFFFu
#else
#define LAST_POINT (MT940_FOLD_END - 1u)
#endif
#define ROUNDS 200000

static UVersionInfo tables;
static uint64_t random_state = 88172645463325252u;

static uint32_t next_random(uint32_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 16) % below;
}

static bool is_tried(uint32_t point)
{
    UVersionInfo age;

    if (point > LAST_POINT || U_IS_SURROGATE(point) || (LAST_POINT < 0x10FFFF && fold_chain_is_jamo(point)))
        return false;
    u_charAge((UChar32)point, age);
    return age[0] > 0 && memcmp(age, tables, sizeof(age)) <= 0;
}

static void show(const char *what, const char *bytes, size_t length)
{
    print_error("%s", what);
    for (size_t i = 0; i < length; i++)
        print_error(" %02X", (unsigned char)bytes[i]);
    print_error("\n");
}

static void compare_key(const char *text, size_t length, const char *got, size_t got_length, char *want,
                        size_t want_length)
{
    if (got_length != want_length || memcmp(got, want, want_length)) {
        show("text", text, length);
        show("got ", got, got_length);
        show("want", want, want_length);
        fail();
    }
    free(want);
}

static void compare(const char *text, size_t length)
{
    char got[512], again[512], *want;
    size_t got_length = mt940_fold_exact(text, length, got, sizeof(got), NULL);
    size_t want_length = fold_chain_exact(text, length, &want);

    assert_true(got_length <= 3 * length);
    compare_key(text, length, got, got_length, want, want_length);
    assert_int_equal(mt940_fold_exact(got, got_length, again, sizeof(again), NULL), got_length);
    assert_memory_equal(got, again, got_length);
    got_length = mt940_fold_skeleton(text, length, got, sizeof(got), NULL);
    want_length = fold_chain_skeleton(text, length, &want);
    assert_true(got_length <= 4 * length);
    compare_key(text, length, got, got_length, want, want_length);
}

static void every_code_point(void **state)
{
    for (uint32_t point = 0; point <= LAST_POINT; point++) {
        char text[4];

        if (is_tried(point))
            compare(text, mt940_utf8_write(point, text));
    }
}

/* Marks, ASCII, Latin, the tables' range, anything. */
static uint32_t random_point(void)
{
    static const uint16_t marks[] = {0x300, 0x301, 0x302, 0x304, 0x306, 0x307, 0x308, 0x30C, 0x323, 0x327, 0x328,
                                     0x331, 0x338, 0x342, 0x345, 0x340, 0x344, 0x313, 0x1AB0, 0x1DC0, 0x20D0};

    switch (next_random(8)) {
    case 0:
    case 1:
        return marks[next_random(sizeof(marks) / sizeof(marks[0]))];
    case 2:
    case 3:
        return 0x20 + next_random(0x5F);
    case 4:
        return next_random(0x250);
    case 5:
        return next_random(MT940_FOLD_END);
    case 6:
        return next_random(2) ? 0x1100 + next_random(0x100) : 0xAC00 + next_random(11172);
    default:
        return next_random(0x30000);
    }
}

static void random_text(void **state)
{
    for (int round = 0; round < ROUNDS; round++) {
        size_t length = 0, count = 1 + next_random(14);
        char text[64];

        for (size_t i = 0; i < count; i++) {
            uint32_t point = random_point();

            if (next_random(200) == 0)
                text[length++] = (char)next_random(256);
            else
                length += mt940_utf8_write(is_tried(point) ? point : 'x', text + length);
        }
        compare(text, length);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point),
        cmocka_unit_test(random_text),
    };

    u_versionFromString(tables, mt940_fold_table_version());
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * test_sixteen.c: sixteen bytes asked at once give the answers of a loop over them, in plain C and the processor's way.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/sixteen.h"

enum { bytes = 16, values = 256 };

/* Every value at every place, among bytes that differ from the one that is looked for in one bit or not at all. */
static void equal(void **state)
{
    static const char asked[] = {'/', '\0', '\x7F', 'A'};
    (void)state;
    for (size_t i = 0; i < sizeof asked; i++) {
        for (unsigned value = 0; value < values; value++) {
            for (size_t at = 0; at < bytes; at++) {
                char text[bytes];
                memset(text, asked[i] ^ (value & 1), sizeof text);
                text[at] = (char)value;
                uint32_t expected = 0;
                for (size_t k = 0; k < bytes; k++)
                    expected |= (uint32_t)(text[k] == asked[i]) << k;
                assert_int_equal(mt940_sixteen_equal_plain(text, asked[i]), expected);
                assert_int_equal(mt940_sixteen_equal(text, asked[i]), expected);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equal)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

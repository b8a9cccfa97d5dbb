/* SPDX-License-Identifier: Apache-2.0
 *
 * test_evidence.c: every way of gathering evidence about a character set finds what looking at one byte after the other
 * finds, wherever the stream is cut.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/evidence.h"

enum { rounds = 20000, longest = 300 };

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Reads nothing: every byte goes the slow way. */
static size_t none_is_usual(struct mt940_charset_evidence *evidence, const unsigned char *data, size_t at, size_t length)
{
    (void)evidence;
    (void)data;
    (void)length;
    return at;
}

/* The ways this processor can go. */
static size_t list_ways(mt940_usual_function *ways[3])
{
    size_t count = 0;
    ways[count++] = mt940_usual_plain;
#ifdef MT940_USUAL_X86
    if (mt940_usual_has_avx2())
        ways[count++] = mt940_usual_avx2;
    if (mt940_usual_has_avx512())
        ways[count++] = mt940_usual_avx512;
#endif
    return count;
}

static void compare(const unsigned char *bytes, size_t length, size_t middle)
{
    struct mt940_charset_evidence expected = {0};
    mt940_usual_function *ways[3];
    size_t count = list_ways(ways);
    mt940_charset_observe_by(none_is_usual, &expected, bytes, length);
    for (size_t i = 0; i < count; i++) {
        struct mt940_charset_evidence whole = {0}, pieces = {0};
        mt940_charset_observe_by(ways[i], &whole, bytes, length);
        mt940_charset_observe_by(ways[i], &pieces, bytes, middle);
        mt940_charset_observe_by(ways[i], &pieces, bytes + middle, length - middle);
        assert_memory_equal(&whole, &expected, sizeof whole);
        assert_memory_equal(&pieces, &expected, sizeof pieces);
    }
}

/* ASCII with what an alphabet of bytes and of sequences holds strewn in, from seldom to always. */
static void fill(unsigned char *bytes, size_t length, uint64_t *random)
{
    static const char *const strewn[] = {
        "\xC5\x9E", "\xC4\xB0", "\xC3\x96", "\xDD", "\xDE", "\xF0", "\xE7", "\x80", "\xBF", "\xC2", "\xE2\x82\xAC", "\xE2\x82",
        "\xF0\x9F\x98\x80", "\xED\xA0\x80", "\xC0\xAF", "\xFF", "\xF5", "\xF4\x90", "\xE0\x9F", "\x7F", "\xEF\xBB\xBF", "I\xDDI",
        "\xC5\r\n\x9E", "\xE2\n\x82\r\xAC", "\xDD\r\n",
    };
    static const char ascii[] = "aZAz09 @[`{/:.,\r\n";
    unsigned rare = 1 + (unsigned)(next_random(random) % 40);
    for (size_t at = 0; at < length;) {
        uint64_t number = next_random(random);
        const char *piece = strewn[(number >> 8) % (sizeof strewn / sizeof strewn[0])];
        size_t size = strlen(piece);
        if (number % rare || size > length - at)
            bytes[at++] = (unsigned char)ascii[(number >> 16) % (sizeof ascii - 1)];
        else
            memcpy(bytes + at, piece, size), at += size;
    }
}

static void all_ways_agree(void **state)
{
    uint64_t random = 1254;
    (void)state;
    for (int round = 0; round < rounds; round++) {
        size_t length = next_random(&random) % longest;
        /* A block of precisely this size, so that sanitizers see its end. */
        unsigned char *bytes = malloc(length + !length);
        assert_non_null(bytes);
        fill(bytes, length, &random);
        compare(bytes, length, next_random(&random) % (length + 1));
        free(bytes);
    }
}

/* Every pair of bytes at the seams of blocks. */
static void every_pair_at_every_seam(void **state)
{
    unsigned char bytes[140];
    (void)state;
    for (size_t at = 30; at < 66; at += at == 33 ? 29 : 1)
        for (unsigned pair = 0; pair < 0x10000; pair += 29) {
            memset(bytes, pair % 3 ? 'A' : ' ', sizeof bytes);
            bytes[at] = (unsigned char)pair;
            bytes[at + 1] = (unsigned char)(pair >> 8);
            compare(bytes, sizeof bytes, at + 1);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_ways_agree), cmocka_unit_test(every_pair_at_every_seam)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

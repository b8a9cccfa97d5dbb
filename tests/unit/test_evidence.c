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
static size_t none_is_usual(struct mt940_charset_evidence *evidence, struct mt940_letters *letters,
                            const unsigned char *data, size_t at, size_t length)
{
    (void)evidence;
    (void)letters;
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

/* Looks at two pieces with a list that may be nearly full before, and returns the signs. */
static uint32_t observe(mt940_usual_function *way, const unsigned char *bytes, size_t middle, size_t length,
                        struct mt940_charset_evidence *out)
{
    static struct mt940_letters letters;
    enum { crowd_letter = 0xC7 };
    size_t crowd = length % 32 == 1 ? MT940_LETTERS_CAPACITY - middle % 8 : 0;
    memset(letters.list, crowd_letter, crowd);
    letters.count = crowd;
    letters.signs = 0;
    memset(out, 0, sizeof *out);
    mt940_charset_observe_by(way, out, &letters, bytes, middle);
    mt940_charset_observe_by(way, out, &letters, bytes + middle, length - middle);
    assert_in_range(letters.count, 0, sizeof letters.list);
    mt940_letters_count(&letters, out);
    assert_int_equal(letters.count, 0);
    out->letters[crowd_letter - 0x80] -= crowd;
    return letters.signs;
}

/* The signs of letters that were counted. */
static uint32_t signs_of(const struct mt940_charset_evidence *evidence)
{
    uint32_t signs = 0;
    for (size_t i = 0; i < 128; i++)
        signs |= evidence->letters[i] ? mt940_letters_sign_of[i + 0x80] : 0;
    return signs;
}

static void compare(const unsigned char *bytes, size_t length, size_t middle)
{
    struct mt940_charset_evidence expected, got;
    mt940_usual_function *ways[3];
    size_t count = list_ways(ways);
    uint32_t signs = observe(none_is_usual, bytes, length, length, &expected);
    assert_int_equal(signs, signs_of(&expected));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(observe(ways[i], bytes, length, length, &got) & signs, signs);
        assert_memory_equal(&got, &expected, sizeof got);
        assert_int_equal(observe(ways[i], bytes, middle, length, &got) & signs, signs);
        assert_memory_equal(&got, &expected, sizeof got);
    }
}

/* ASCII with what an alphabet of bytes and of sequences holds strewn in, from seldom to always. */
static void fill(unsigned char *bytes, size_t length, uint64_t *random)
{
    static const char *const strewn[] = {
        "\xC5\x9E", "\xC4\xB0", "\xC3\x96", "\xDD", "\xDE", "\xF0", "\xE7", "\x80", "\xBF", "\xC2", "\xE2\x82\xAC", "\xE2\x82",
        "\xF0\x9F\x98\x80", "\xED\xA0\x80", "\xC0\xAF", "\xFF", "\xF5", "\xF4\x90", "\xE0\x9F", "\x7F", "\xEF\xBB\xBF", "I\xDDI",
        "\xC5\r\n\x9E", "\xE2\n\x82\r\xAC", "\xDD\r\n", "\xC5\r\n\x9EI", "\xC3\r\n\r", "\xC4\r\n\xC4\xB0", "\xC5\r\n\x9E\x9E",
        "\x8D", "\xC3\x83", "\xC5\r\nS", "\xD5",
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

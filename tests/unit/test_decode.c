/* SPDX-License-Identifier: Apache-2.0
 *
 * test_decode.c: every way of decoding gives the text of one that takes a character at a time, whatever room there is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/decode.h"

enum { rounds = 20000, longest = 300 };

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static size_t nothing_at_once(struct mt940_decoder *decoder, const unsigned char *bytes, size_t length,
                              struct mt940_sink *sink)
{
    (void)decoder;
    (void)bytes;
    (void)length;
    (void)sink;
    return 0;
}

/* Decodes from one control byte to the next, which is put as it stands. NULL = the way of this processor. */
static size_t decode(mt940_decode_function *way, int32_t charset, const unsigned char *bytes, size_t length,
                     struct mt940_sink *sink)
{
    struct mt940_decoder decoder;
    mt940_decoder_init(&decoder, charset);
    decoder.way = way ? way : decoder.way;
    for (size_t at = 0; at < length;) {
        at += mt940_decode_line(&decoder, bytes + at, length - at, sink);
        if (at < length)
            assert_true(mt940_is_control(bytes[at]));
        for (; at < length && mt940_is_control(bytes[at]); at++)
            mt940_sink_put_byte(sink, (char)bytes[at]);
    }
    return decoder.replaced;
}

static void compare(mt940_decode_function *way, int32_t charset, const unsigned char *bytes, size_t length,
                    size_t capacity)
{
    /* Blocks of precisely these sizes, so that sanitizers see their ends. */
    char *slow = calloc(1, capacity + !capacity), *fast = calloc(1, capacity + !capacity);
    assert_non_null(slow);
    assert_non_null(fast);
    struct mt940_sink expected = {slow, capacity, 0}, got = {fast, capacity, 0};
    size_t replaced = decode(nothing_at_once, charset, bytes, length, &expected);
    assert_int_equal(decode(way, charset, bytes, length, &got), replaced);
    assert_int_equal(got.length, expected.length);
    assert_int_equal(mt940_sink_written(&got), mt940_sink_written(&expected));
    if (capacity)
        assert_memory_equal(fast, slow, mt940_sink_written(&got));
    free(slow);
    free(fast);
}

/* ASCII with letters of several sets, pieces of UTF-8 and control bytes strewn in, from seldom to always. */
static void fill(unsigned char *bytes, size_t length, uint64_t *random)
{
    static const char *const strewn[] = {
        "\xC5\x9E", "\xC4\xB0", "\xC3\x96", "\xDD", "\xDE", "\xF0", "\x8D", "\x80", "\xC2", "\xE2\x82\xAC", "\xE2\x82",
        "\xF0\x9F\x98\x80", "\xED\xA0\x80", "\xC0\xAF", "\xFF", "\xF4\x90", "\x7F", "\xEF\xBB\xBF", "\r\n", "\t", "\x01",
    };
    unsigned rare = 1 + (unsigned)(next_random(random) % 60);
    for (size_t at = 0; at < length;) {
        uint64_t number = next_random(random);
        const char *piece = strewn[(number >> 8) % (sizeof strewn / sizeof strewn[0])];
        size_t size = strlen(piece);
        if (number % rare || size > length - at)
            bytes[at++] = (unsigned char)(' ' + (number >> 16) % 95);
        else
            memcpy(bytes + at, piece, size), at += size;
    }
}

static void all_ways_agree(void **state)
{
    uint64_t random = 857;
    (void)state;
    for (int round = 0; round < rounds; round++) {
        size_t length = next_random(&random) % longest, capacity = next_random(&random) % (3 * longest);
        int32_t charset = round % 12;
        unsigned char *bytes = malloc(length + !length);
        assert_non_null(bytes);
        fill(bytes, length, &random);
        compare(mt940_decode_plain, charset == MT940_CHARSET_DIN_66003 ? 1 : charset, bytes, length, capacity);
        compare(NULL, charset, bytes, length, capacity);
#ifdef MT940_DECODE_X86
        if (mt940_decode_has_avx2() && charset != MT940_CHARSET_DIN_66003)
            compare(mt940_decode_avx2, charset, bytes, length, capacity);
#endif
        free(bytes);
    }
}

/* Whether the line has as many characters as it may. */
static bool is_full(const struct mt940_decoder *decoder, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += decoder->charset != MT940_CHARSET_UTF8 || (decoder->line[i] & 0xC0) != 0x80;
    return count >= decoder->full;
}

/* What decoder and sink make of the line end at `at`, if it may be passed over; returns the bytes it has then. */
static size_t pass_slowly(struct mt940_decoder *decoder, const unsigned char *bytes, size_t at, size_t length,
                          struct mt940_sink *sink)
{
    size_t end = bytes[at] == '\r' && at + 1 < length && bytes[at + 1] == '\n' ? 2 : 1, next = at + end;
    size_t line = (size_t)(bytes + at - decoder->line);
    bool open = line > 0 && mt940_is_utf8(decoder->charset) && bytes[at - 1] >= 0x80;
    if (next >= length || bytes[next] == ':' || bytes[next] == '%' || open || (!is_full(decoder, line) && !decoder->mark))
        return 0;
    if (!is_full(decoder, line) && !strchr(" \t\r\n", bytes[next])) {
        mt940_sink_put_byte(sink, decoder->mark);
        decoder->marked = true;
    }
    decoder->line = bytes + next;
    decoder->full = decoder->next_full;
    return end;
}

/* What is read at once must be the lines that are read one by one. */
static void pass_lines(int32_t charset, const unsigned char *bytes, size_t length, size_t full, char mark)
{
    char one_by_one[4 * longest], at_once[4 * longest + 200];
    struct mt940_sink expected = {one_by_one, sizeof one_by_one, 0}, got = {at_once, sizeof at_once, 0};
    struct mt940_decoder slow, fast;
    mt940_decoder_init(&fast, charset);
    fast.line = bytes;
    fast.full = full;
    fast.next_full = full + 1;
    fast.mark = mark;
    slow = fast;
    slow.way = nothing_at_once;
    size_t end = mt940_decode_line(&fast, bytes, length, &got), at = 0;
    for (;;) {
        at += mt940_decode_line(&slow, bytes + at, length - at, &expected);
        if (at == end)
            break;
        assert_true(at < end && (bytes[at] == '\r' || bytes[at] == '\n'));
        size_t passed = pass_slowly(&slow, bytes, at, length, &expected);
        assert_true(passed > 0);
        at += passed;
    }
    assert_ptr_equal(fast.line, slow.line);
    assert_int_equal(fast.marked, slow.marked);
    assert_int_equal(got.length, expected.length);
    assert_memory_equal(at_once, one_by_one, got.length);
}

static void line_ends_are_passed(void **state)
{
    uint64_t random = 61;
    (void)state;
    for (int round = 0; round < rounds; round++) {
        size_t length = 1 + next_random(&random) % (longest - 1), full = 1 + next_random(&random) % 40;
        unsigned char *bytes = malloc(length);
        assert_non_null(bytes);
        fill(bytes, length, &random);
        /* More line ends, in front of what may not be passed over now and then. */
        for (size_t at = full + next_random(&random) % 3; at + 3 < length; at += full + next_random(&random) % 4) {
            memcpy(bytes + at, "\r\n", 2);
            if (next_random(&random) % 8 == 0)
                bytes[at + 2] = (unsigned char)":%\r "[next_random(&random) % 4];
        }
        pass_lines(round % 12, bytes, length, full, round / 12 % 2 ? '|' : '\0');
        free(bytes);
    }
}

/* A mark is one in front of UTF-8 only. */
static void marks(void **state)
{
    static const unsigned char marked[] = {0xEF, 0xBB, 0xBF, 'A'};
    struct mt940_decoder decoder;
    (void)state;
    mt940_decoder_init(&decoder, MT940_CHARSET_UTF8);
    assert_int_equal(mt940_decode_mark(&decoder, marked, sizeof marked), 3);
    assert_int_equal(mt940_decode_mark(&decoder, marked, 2), 0);
    assert_int_equal(mt940_decode_mark(&decoder, marked + 1, 3), 0);
    mt940_decoder_init(&decoder, MT940_CHARSET_WINDOWS_1254);
    assert_int_equal(mt940_decode_mark(&decoder, marked, sizeof marked), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_ways_agree), cmocka_unit_test(line_ends_are_passed),
                                       cmocka_unit_test(marks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

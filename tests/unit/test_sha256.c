/* SPDX-License-Identifier: Apache-2.0
 *
 * test_sha256.c: the examples of FIPS 180-4 (as NIST publishes them) and of RFC 6234, and that
 * the pieces a message comes in do not matter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/sha256.h"
#include "base/sha256_x86.h"

static void examples(void **state)
{
    static const struct {
        const char *text;
        const char *digest;
    } known[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
         "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        char digest[65];

        mt940_sha256_hex(known[i].text, strlen(known[i].text), digest);
        assert_string_equal(digest, known[i].digest);
    }
}

static void a_million_letters(void **state)
{
    struct mt940_sha256 hash;
    uint8_t digest[32];
    char block[1000], text[65];

    memset(block, 'a', sizeof(block));
    mt940_sha256_init(&hash);
    for (int i = 0; i < 1000; i++)
        mt940_sha256_update(&hash, block, sizeof(block));
    mt940_sha256_final(&hash, digest);
    mt940_hex(digest, sizeof(digest), text);
    assert_string_equal(text, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* Every length around the block's ends, in pieces of every small size. */
static void pieces_do_not_matter(void **state)
{
    unsigned char text[200];

    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (unsigned char)(i * 7 + 1);
    for (size_t length = 0; length <= sizeof(text); length++) {
        char whole[65];

        mt940_sha256_hex(text, length, whole);
        for (size_t piece = 1; piece <= 70; piece++) {
            struct mt940_sha256 hash;
            uint8_t digest[32];
            char pieced[65];

            mt940_sha256_init(&hash);
            for (size_t at = 0; at < length; at += piece)
                mt940_sha256_update(&hash, text + at, length - at < piece ? length - at : piece);
            mt940_sha256_final(&hash, digest);
            mt940_hex(digest, sizeof(digest), pieced);
            assert_string_equal(pieced, whole);
        }
    }
}

static void parts_of(const char *first, const char *second, uint8_t digest[32])
{
    struct mt940_sha256 hash;

    mt940_sha256_init(&hash);
    mt940_sha256_part(&hash, first, strlen(first));
    mt940_sha256_part(&hash, second, strlen(second));
    mt940_sha256_final(&hash, digest);
}

static void parts_are_unambiguous(void **state)
{
    static const char framed[] = "\0\0\0\0\0\0\0\2ab\0\0\0\0\0\0\0\1c";
    uint8_t one[32], other[32];
    char text[65], plain[65];

    parts_of("ab", "c", one);
    parts_of("a", "bc", other);
    assert_memory_not_equal(one, other, 32);
    mt940_hex(one, 32, text);
    mt940_sha256_hex(framed, sizeof(framed) - 1, plain);
    assert_string_equal(text, plain);
}

/* The processor's own instructions, where it has them, against plain C: random states and blocks. */
static void both_ways_agree(void **state)
{
    uint64_t random = 1;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct mt940_sha256 hash, reference;
        uint8_t block[64];

        mt940_sha256_init(&hash);
        for (size_t i = 0; i < sizeof(block); i++) {
            random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            block[i] = (uint8_t)(random >> 56);
            hash.state[i % 8] ^= (uint32_t)(random >> 32);
        }
        reference = hash;
        mt940_sha256_update(&hash, block, sizeof(block));
        mt940_sha256_plain(reference.state, block);
        assert_memory_equal(hash.state, reference.state, sizeof(hash.state));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways_agree),
        cmocka_unit_test(examples),
        cmocka_unit_test(a_million_letters),
        cmocka_unit_test(pieces_do_not_matter),
        cmocka_unit_test(parts_are_unambiguous),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

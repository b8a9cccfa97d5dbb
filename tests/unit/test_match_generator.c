/* SPDX-License-Identifier: Apache-2.0
 *
 * test_match_generator.c: the generator is frozen: what it makes of a seed has one hash. Whoever
 * changes it changes what the figures of docs/performance.md mean.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "../bench/match_generator.h"
#include "base/sha256.h"
#include "mt940connect/iban.h"
#include "mt940connect/tax_id.h"

enum { CUSTOMERS = 10000, MOVEMENTS = 500 };

static void add_text(struct mt940_sha256 *hash, const char *text)
{
    mt940_sha256_update(hash, text, strlen(text) + 1);
}

static void add_number(struct mt940_sha256 *hash, int64_t number)
{
    unsigned char bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> 8 * i & 0xFF);
    mt940_sha256_update(hash, bytes, sizeof(bytes));
}

static void test_frozen(void **state)
{
    static const char expected[] = "837c05dbac4c7687f852e01421de48673cb860297e2ac594c157481f886e7e4a";
    struct match_generator generator;
    struct match_customer customer;
    struct match_movement movement;
    struct mt940_sha256 hash;
    uint8_t digest[32];
    char hex[65];

    (void)state;
    mt940_sha256_init(&hash);
    assert_true(match_generator_init(&generator, 1, CUSTOMERS));
    for (uint32_t i = 0; i < CUSTOMERS; i++) {
        match_generate_customer(&generator, i, &customer);
        add_text(&hash, customer.code);
        add_text(&hash, customer.name);
        add_text(&hash, customer.tax_id);
        add_text(&hash, customer.iban);
        add_text(&hash, customer.invoice);
        add_number(&hash, customer.open);
    }
    for (int32_t noise = 0; noise < MATCH_CLASSES; noise++)
        for (uint32_t i = 0; i < MOVEMENTS; i++) {
            match_generate_movement(&generator, 1, noise, i, &movement);
            add_text(&hash, movement.name);
            add_text(&hash, movement.text);
            add_number(&hash, movement.amount);
            add_number(&hash, movement.truth);
        }
    mt940_sha256_final(&hash, digest);
    mt940_hex(digest, sizeof(digest), hex);
    match_generator_free(&generator);
    assert_string_equal(hex, expected);
}

static void test_numbers_are_valid(void **state)
{
    struct match_generator generator;
    struct match_customer customer;

    (void)state;
    assert_true(match_generator_init(&generator, 7, 100));
    for (uint32_t i = 0; i < 100; i++) {
        match_generate_customer(&generator, i, &customer);
        if (customer.tax_id[0])
            assert_int_equal(mt940_vkn_check(customer.tax_id, strlen(customer.tax_id)), MT940_TAX_ID_VALID);
        if (customer.iban[0])
            assert_true(mt940_iban_check(customer.iban, strlen(customer.iban), 0) == MT940_IBAN_VALID);
    }
    match_generator_free(&generator);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frozen),
        cmocka_unit_test(test_numbers_are_valid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

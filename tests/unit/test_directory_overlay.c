/* SPDX-License-Identifier: Apache-2.0
 *
 * test_directory_overlay.c: changes laid over a directory: found at once, with the answers of a
 * directory that was built anew; the limit; what is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "changing_books.h"
#include "mt940connect/status.h"

static const struct mt940_directory *read_overlay(struct mt940_directory_overlay *overlay)
{
    const struct mt940_directory *directory = NULL;

    assert_int_equal(mt940_directory_overlay_read(overlay, &directory, NULL), MT940_OK);
    assert_non_null(directory);
    return directory;
}

/* Changes books step by step; every directory built anew answers as the overlay does. */
static void differential(uint64_t seed, size_t codes, size_t customers, size_t steps, size_t changes, size_t questions)
{
    struct changing_books *books = changing_books_new(seed, codes, customers);
    struct mt940_directory *below = changing_books_build(books, 0), *anew;
    struct mt940_directory_overlay *overlay;

    assert_non_null(below);
    assert_int_equal(mt940_directory_overlay_new(below, NULL, NULL, &overlay, NULL), MT940_OK);
    for (size_t step = 0; step < steps; step++) {
        const char *differs;

        for (size_t i = 0; i < changes; i++)
            assert_int_equal(changing_books_change(books, changing_books_random(books, codes),
                                                   (unsigned)changing_books_random(books, 8), overlay), MT940_OK);
        anew = changing_books_build(books, step);
        assert_non_null(anew);
        differs = changing_books_compare(books, anew, read_overlay(overlay), questions);
        mt940_directory_free(anew);
        if (differs)
            fail_msg("seed %u, step %u: %s differs", (unsigned)seed, (unsigned)step, differs);
    }
    mt940_directory_overlay_free(overlay);
    mt940_directory_free(below);
    changing_books_free(books);
}

static void answers_as_one_built_anew(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 24; seed++)
        differential(seed, 12 + seed * 9, 8 + seed * 5, 6, 1 + seed, 60);
}

static void grows_from_nothing_and_back(void **state)
{
    (void)state;
    differential(101, 60, 0, 20, 12, 60);
    differential(102, 1, 1, 30, 1, 4);
}

/* Common words have pairs of their own here, and lists longer than are read in one go. */
static void answers_alike_in_larger_books(void **state)
{
    (void)state;
    differential(201, 4000, 3000, 3, 40, 250);
}

/* The same changes in another order, or taken back, give the same directory. */
static void order_does_not_matter(void **state)
{
    struct changing_books *books = changing_books_new(7, 80, 50);
    struct mt940_directory *below = changing_books_build(books, 0);
    struct mt940_directory_overlay *overlay, *again;
    struct mt940_customer card = {.code = {"120.901", 7}, .name = {"YENİ FİRMA MARKET", 19}, .active = 1};
    struct mt940_customer_bank bank = {.customer = {"120.901", 7}, .slot = 2, .iban = {"TR330006100519786457841326", 26}};

    (void)state;
    assert_int_equal(mt940_directory_overlay_new(below, NULL, NULL, &overlay, NULL), MT940_OK);
    assert_int_equal(mt940_directory_overlay_new(below, NULL, NULL, &again, NULL), MT940_OK);
    assert_ptr_equal(read_overlay(overlay), below);
    assert_int_equal(mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER, &card, NULL), MT940_OK);
    assert_int_equal(mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER_BANK, &bank, NULL), MT940_OK);
    assert_int_equal(mt940_directory_overlay_put(again, MT940_KIND_CUSTOMER_BANK, &bank, NULL), MT940_OK);
    assert_int_equal(mt940_directory_by_iban(read_overlay(again), &bank.iban, NULL, 0), 0);
    assert_int_equal(mt940_directory_overlay_put(again, MT940_KIND_CUSTOMER, &card, NULL), MT940_OK);
    assert_int_equal(mt940_directory_by_iban(read_overlay(again), &bank.iban, NULL, 0), 1);
    assert_null(changing_books_compare(books, read_overlay(overlay), read_overlay(again), 100));
    assert_int_equal(mt940_directory_overlay_remove(overlay, MT940_KIND_CUSTOMER, &card, NULL), MT940_OK);
    assert_int_equal(mt940_directory_by_iban(read_overlay(overlay), &bank.iban, NULL, 0), 0);
    assert_null(changing_books_compare(books, read_overlay(overlay), below, 100));
    mt940_directory_overlay_free(overlay);
    mt940_directory_overlay_free(again);
    mt940_directory_free(below);
    changing_books_free(books);
}

/* Over a mapped image as over a built one. */
static void lies_over_an_image(void **state)
{
    struct changing_books *books = changing_books_new(8, 90, 60);
    struct mt940_directory *built = changing_books_build(books, 0), *opened, *anew;
    struct mt940_directory_overlay *overlay;
    const struct mt940_directory *changed;
    size_t length;
    void *image;

    (void)state;
    assert_int_equal(mt940_directory_image(built, NULL, NULL, 0, &length), MT940_OK);
    image = malloc(length);
    assert_non_null(image);
    assert_int_equal(mt940_directory_image(built, NULL, image, length, &length), MT940_OK);
    mt940_directory_free(built);
    assert_int_equal(mt940_directory_open(image, length, 1, NULL, &opened, NULL), MT940_OK);
    assert_int_equal(mt940_directory_overlay_new(opened, NULL, NULL, &overlay, NULL), MT940_OK);
    for (unsigned i = 0; i < 40; i++)
        assert_int_equal(changing_books_change(books, i * 7, i, overlay), MT940_OK);
    anew = changing_books_build(books, 3);
    changed = read_overlay(overlay);
    assert_null(changing_books_compare(books, anew, changed, 200));
    assert_int_equal(mt940_directory_image(changed, NULL, NULL, 0, &length), MT940_E_ARGUMENT);
    mt940_directory_free(anew);
    mt940_directory_overlay_free(overlay);
    mt940_directory_free(opened);
    free(image);
    changing_books_free(books);
}

static void the_limit_has_its_own_words(void **state)
{
    struct changing_books *books = changing_books_new(9, 40, 30);
    struct mt940_directory *below = changing_books_build(books, 0);
    struct mt940_directory_overlay_options options = {.size = sizeof(options), .most = 3};
    struct mt940_error error = {.size = sizeof(error)};
    struct mt940_directory_overlay *overlay;
    int status = MT940_OK;

    (void)state;
    assert_int_equal(mt940_directory_overlay_new(below, &options, NULL, &overlay, NULL), MT940_OK);
    for (char i = 0; i < 4; i++) {
        char code[] = "N0";
        struct mt940_customer card = {.code = {code, 2}, .name = {"YENİ", 5}, .active = 1};

        code[1] = (char)('0' + i);
        assert_int_equal(status, MT940_OK);
        status = mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER, &card, &error);
    }
    assert_int_equal(status, MT940_E_LIMIT);
    assert_int_equal(error.detail, 3);
    assert_non_null(strstr(error.text, "build the directory anew"));
    assert_int_equal(mt940_directory_overlay_count(overlay), 3);
    mt940_directory_overlay_free(overlay);
    options.most = MT940_DIRECTORY_OVERLAY_MOST + 1;
    assert_int_equal(mt940_directory_overlay_new(below, &options, NULL, &overlay, NULL), MT940_E_ARGUMENT);
    mt940_directory_free(below);
    changing_books_free(books);
}

static void what_is_refused(void **state)
{
    struct changing_books *books = changing_books_new(10, 20, 20);
    struct mt940_directory *below = changing_books_build(books, 0);
    struct mt940_directory_overlay *overlay, *second;
    struct mt940_customer card = {.code = {"1", 1}, .company = {"002", 3}};
    struct mt940_customer_bank bank = {.customer = {"1", 1}, .slot = 0};

    (void)state;
    assert_int_equal(mt940_directory_overlay_new(NULL, NULL, NULL, &overlay, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_directory_overlay_new(below, NULL, NULL, &overlay, NULL), MT940_OK);
    assert_int_equal(mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER, &card, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER_BANK, &bank, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_directory_overlay_put(overlay, MT940_KIND_COMPANY, &card, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_directory_overlay_count(overlay), 0);
    card.company.length = card.code.length = 0;
    assert_int_equal(mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER, &card, NULL), MT940_E_ARGUMENT);
    card.code.length = 1;
    assert_int_equal(mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER, &card, NULL), MT940_OK);
    assert_int_equal(mt940_directory_overlay_new(read_overlay(overlay), NULL, NULL, &second, NULL), MT940_E_ARGUMENT);
    mt940_directory_overlay_free(NULL);
    mt940_directory_overlay_free(overlay);
    mt940_directory_free(below);
    changing_books_free(books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_as_one_built_anew),
        cmocka_unit_test(grows_from_nothing_and_back),
        cmocka_unit_test(answers_alike_in_larger_books),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(lies_over_an_image),
        cmocka_unit_test(the_limit_has_its_own_words),
        cmocka_unit_test(what_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

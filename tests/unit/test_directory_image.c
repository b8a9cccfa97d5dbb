/* SPDX-License-Identifier: Apache-2.0
 *
 * test_directory_image.c: the directory as bytes: the same answers, the same bytes for any order
 * of adding, what is refused, and every place of a damaged image.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dealers.h"
#include "mt940connect/status.h"

struct image {
    unsigned char *bytes;
    size_t length;
};

static struct image image_of(size_t first, size_t step)
{
    struct mt940_directory *directory = dealers_build(first, step);
    struct mt940_view fingerprint = {"books of July", 13};
    struct image image = {NULL, 0};

    assert_non_null(directory);
    assert_int_equal(mt940_directory_image(directory, &fingerprint, NULL, 0, &image.length), MT940_OK);
    image.bytes = malloc(image.length);
    assert_non_null(image.bytes);
    assert_int_equal(mt940_directory_image(directory, &fingerprint, image.bytes, image.length - 1, &image.length),
                     MT940_E_LIMIT);
    assert_int_equal(mt940_directory_image(directory, &fingerprint, image.bytes, image.length, &image.length),
                     MT940_OK);
    mt940_directory_free(directory);
    return image;
}

static void the_same_answers(void **state)
{
    struct image image = image_of(0, 1);
    struct mt940_directory *built = dealers_build(0, 1), *opened;
    struct mt940_match_scratch *scratch;
    struct mt940_view fingerprint;
    size_t found;

    (void)state;
    assert_int_equal(mt940_match_scratch_new(NULL, &scratch), MT940_OK);
    assert_int_equal(mt940_directory_open(image.bytes, image.length, 1, NULL, &opened, NULL), MT940_OK);
    found = dealers_ask(built, scratch);
    assert_true(found > 1000);
    assert_int_equal(dealers_ask(opened, scratch), found);
    assert_int_equal(mt940_directory_fingerprint(opened, &fingerprint), MT940_OK);
    assert_int_equal(fingerprint.length, MT940_DIRECTORY_FINGERPRINT);
    assert_memory_equal(fingerprint.data, "books of July\0", 14);
    assert_int_equal(mt940_directory_fingerprint(built, &fingerprint), MT940_OK);
    assert_int_equal(fingerprint.length, 0);
    assert_int_equal(opened->account_count, 1);
    assert_memory_equal(mt940_directory_bank_account_at(opened, 0)->iban.data, "TR140006200119000001234567", 26);
    mt940_match_scratch_free(scratch);
    mt940_directory_free(opened);
    mt940_directory_free(built);
    free(image.bytes);
}

static void the_same_bytes_in_any_order(void **state)
{
    static const size_t orders[][2] = {{59, 59}, {7, 13}, {31, 47}};
    struct image first = image_of(0, 1), again;
    struct mt940_directory *opened;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct image other = image_of(orders[i][0], orders[i][1]);

        assert_int_equal(other.length, first.length);
        assert_memory_equal(other.bytes, first.bytes, first.length);
        free(other.bytes);
    }
    /* An image of what was opened from an image is that image. */
    assert_int_equal(mt940_directory_open(first.bytes, first.length, 0, NULL, &opened, NULL), MT940_OK);
    again.bytes = malloc(first.length);
    assert_non_null(again.bytes);
    assert_int_equal(mt940_directory_image(opened, &(struct mt940_view){"books of July", 13}, again.bytes, first.length,
                                           &again.length), MT940_OK);
    assert_memory_equal(again.bytes, first.bytes, first.length);
    mt940_directory_free(opened);
    free(again.bytes);
    free(first.bytes);
}

static int open_changed(struct image *image, size_t at, unsigned char byte, int verify)
{
    struct mt940_directory *opened = NULL;
    unsigned char before = image->bytes[at];
    int status;

    image->bytes[at] = byte;
    status = mt940_directory_open(image->bytes, image->length, verify, NULL, &opened, NULL);
    image->bytes[at] = before;
    mt940_directory_free(opened);
    return status;
}

static void what_is_refused(void **state)
{
    struct image image = image_of(0, 1);
    struct mt940_directory *opened = NULL;

    (void)state;
    assert_int_equal(mt940_directory_open(NULL, 8, 0, NULL, &opened, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_directory_open(image.bytes + 1, image.length - 1, 0, NULL, &opened, NULL), MT940_E_ARGUMENT);
    for (size_t length = 0; length < image.length; length += length < 600 ? 1 : 97)
        assert_int_equal(mt940_directory_open(image.bytes, length, 0, NULL, &opened, NULL), MT940_E_CORRUPT);
    assert_int_equal(open_changed(&image, 0, 'X', 0), MT940_E_CORRUPT);
    assert_int_equal(open_changed(&image, offsetof(struct mt940_image_head, order), 0x7F, 0), MT940_E_SCHEMA);
    assert_int_equal(open_changed(&image, offsetof(struct mt940_image_head, version), 0x7F, 0), MT940_E_SCHEMA);
    assert_int_equal(open_changed(&image, offsetof(struct mt940_image_head, forms), 0x7F, 0), MT940_E_SCHEMA);
    assert_int_equal(open_changed(&image, offsetof(struct mt940_image_head, fold), 0x7F, 0), MT940_E_SCHEMA);
    assert_int_equal(open_changed(&image, offsetof(struct mt940_image_head, customers), 1, 0), MT940_E_CORRUPT);
    assert_int_equal(open_changed(&image, sizeof(struct mt940_image_head) + 9, 0x7F, 0), MT940_E_CORRUPT);
    assert_int_equal(open_changed(&image, image.length / 2, (unsigned char)~image.bytes[image.length / 2], 1),
                     MT940_E_CORRUPT);
    free(image.bytes);
}

/* Each number of the image becomes one that is far too large, zero, one more, and a byte that goes on. */
static void no_damage_is_fatal(void **state)
{
    static const uint32_t masks[] = {0xFFFFFFFFu, 0, 1, 0x80};
    struct image image = image_of(0, 1), damaged;
    struct mt940_match_scratch *scratch;
    size_t opened_count = 0, refused = 0;

    (void)state;
    assert_int_equal(mt940_match_scratch_new(NULL, &scratch), MT940_OK);
    for (size_t at = 0; at + 4 <= image.length; at += at < 1024 ? 4 : 60)
        for (size_t i = 0; i < 4; i++) {
            struct mt940_directory *opened;
            uint32_t number;

            /* In memory of its own size, so that a sanitizer sees what lies outside. */
            damaged.bytes = malloc(image.length);
            assert_non_null(damaged.bytes);
            memcpy(damaged.bytes, image.bytes, image.length);
            memcpy(&number, damaged.bytes + at, 4);
            number = masks[i] == 0 ? 0 : masks[i] == 0xFFFFFFFFu ? masks[i] : number + masks[i];
            memcpy(damaged.bytes + at, &number, 4);
            dealers_sign(damaged.bytes, image.length);
            if (mt940_directory_open(damaged.bytes, image.length, 1, NULL, &opened, NULL) == MT940_OK) {
                (void)dealers_ask(opened, scratch);
                if (opened_count % 16 == 0)
                    (void)dealers_ask_changed(opened, scratch);
                mt940_directory_free(opened);
                opened_count++;
            } else {
                refused++;
            }
            free(damaged.bytes);
        }
    assert_true(opened_count > 100 && refused > 100);
    mt940_match_scratch_free(scratch);
    free(image.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_answers),
        cmocka_unit_test(the_same_bytes_in_any_order),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(no_damage_is_fatal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

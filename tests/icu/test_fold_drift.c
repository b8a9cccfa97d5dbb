/* SPDX-License-Identifier: Apache-2.0
 *
 * test_fold_drift.c: the committed fold tables against the ICU that is installed. A newer ICU
 * knows more code points; only those are compared that the tables' version of Unicode knew.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/uchar.h>

#include "fold_chain.h"
#include "mt940connect/fold.h"
#include "text/fold_tables.h"

static UVersionInfo tables;

/* Assigned in the version the tables were made from; what was free then may be anything now. */
static bool is_comparable(uint32_t point)
{
    UVersionInfo age;

    if (U_IS_SURROGATE(point))
        return false;
    u_charAge((UChar32)point, age);
    return age[0] > 0 && memcmp(age, tables, sizeof(age)) <= 0;
}

static void compare(uint32_t point, uint32_t got, uint32_t want, const char *what)
{
    if (got != want)
        print_error("U+%04X: %s is %X in the tables, %X in ICU\n", (unsigned)point, what, (unsigned)got, (unsigned)want);
    assert_int_equal(got, want);
}

static void classes_agree(void **state)
{
    size_t compared = 0;

    for (uint32_t point = 0; point < MT940_FOLD_END; point++) {
        if (!is_comparable(point))
            continue;
        compare(point, mt940_fold_class(point), fold_chain_class_of(point), "the class");
        compared++;
    }
    assert_true(compared > 7000);
}

static void exact_points_agree(void **state)
{
    for (uint32_t point = 0; point < MT940_FOLD_END; point++) {
        uint32_t folded[8], place = mt940_fold_point(point) - MT940_FOLD_PRIVATE;
        size_t count;

        if (!is_comparable(point) || fold_chain_is_jamo(point))
            continue;
        count = fold_chain_exact_of(point, folded);
        if (place >= MT940_FOLD_SEQUENCES) {
            compare(point, 1, (uint32_t)count, "the number of folded letters");
            compare(point, mt940_fold_point(point), folded[0], "the folded letter");
            continue;
        }
        for (size_t i = 0; i < MT940_FOLD_SEQUENCE; i++)
            compare(point, mt940_fold_sequences[place][i], i < count ? folded[i] : 0, "a folded letter");
    }
}

static void compare_skeleton(uint32_t point, uint32_t entry)
{
    char want[32];
    size_t length = fold_chain_skeleton_of(point, want);

    compare(point, entry >> MT940_FOLD_LENGTH_SHIFT & 3, (uint32_t)length, "the skeleton's length");
    for (size_t i = 0; i < length; i++)
        compare(point, entry >> (8 * i) & 0xFF, (unsigned char)want[i], "the skeleton");
    compare(point, (entry & MT940_FOLD_WORD) != 0, fold_chain_is_of_word(point), "being part of a word");
}

static void skeletons_agree(void **state)
{
    for (uint32_t point = 0; point < MT940_FOLD_END; point++)
        if (is_comparable(point))
            compare_skeleton(point, mt940_fold_letters_of(point));
    for (size_t i = 0; i < mt940_fold_letter_count; i++)
        compare_skeleton(mt940_fold_letters[i].point, mt940_fold_letters[i].skeleton);
}

static void ascii_agrees(void **state)
{
    for (uint32_t byte = 0; byte < 128; byte++) {
        char key[32], single = (char)byte;
        uint32_t folded[8];
        size_t length = fold_chain_skeleton_of(byte, key);

        compare(byte, (unsigned char)mt940_fold_ascii_skeleton[byte], length ? (unsigned char)key[0] : 0, "the byte");
        assert_int_equal(fold_chain_exact_of(byte, folded), 1);
        if (folded[0] == ' ')
            continue;
        length = mt940_fold_exact(&single, 1, key, sizeof(key), NULL);
        assert_memory_equal(mt940_fold_ascii_exact[byte], key, length);
        assert_int_equal(length, mt940_fold_ascii_exact[byte][1] ? 2 : 1);
    }
}

/* What the plain letters of a byte must be by the skeleton of its code point: one letter or digit, else 0. */
static unsigned plain_by_skeleton(uint32_t point)
{
    uint32_t entry = mt940_fold_letters_of(point), letter = entry & 0xFF;

    return (entry >> MT940_FOLD_LENGTH_SHIFT & 3) == 1 && letter != ' ' ? letter : 0;
}

static void plain_letters_agree(void **state)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t lead = byte - MT940_FOLD_LEAD;
        unsigned first = byte < 128 ? plain_by_skeleton(byte) : lead < MT940_FOLD_PLACES - 1 ? MT940_FOLD_LEADS : 0;

        compare(byte, mt940_fold_plain[byte][0], first, "the byte");
        for (uint32_t place = 1; place < MT940_FOLD_PLACES; place++) {
            uint32_t point = (MT940_FOLD_LEAD + place - 1 - 0xC0) << 6 | (byte & 0x3F);

            compare(point, mt940_fold_plain[byte][place], byte >> 6 == 2 ? plain_by_skeleton(point) : 0, "the bytes");
        }
    }
}

static void decompositions_agree(void **state)
{
    size_t place = 0;

    for (uint32_t point = 0; point < MT940_FOLD_END; point++) {
        const struct mt940_fold_pair *entry = &mt940_fold_decompositions[place];
        bool listed = place < mt940_fold_decomposition_count && entry->composed == point;
        uint32_t pair[2] = {0, 0};
        int parts = fold_chain_is_jamo(point) ? 0 : fold_chain_pair_of(point, pair);

        place += listed;
        if (!is_comparable(point))
            continue;
        compare(point, listed, parts > 0, "having a canonical mapping");
        if (listed) {
            compare(point, entry->first, pair[0], "its first part");
            compare(point, entry->second, parts == 2 ? pair[1] : 0, "its second part");
        }
    }
    assert_int_equal(place, mt940_fold_decomposition_count);
}

static void compositions_agree(void **state)
{
    size_t found = 0;

    for (uint32_t point = 0; point < 0x10000; point++) {
        uint32_t pair[2];

        if (!is_comparable(point) || !fold_chain_composes(point, pair))
            continue;
        for (size_t i = 0; i < mt940_fold_composition_count; i++)
            found += mt940_fold_compositions[i].first == pair[0] && mt940_fold_compositions[i].second == pair[1] &&
                     mt940_fold_compositions[i].composed == point;
    }
    assert_int_equal(found, mt940_fold_composition_count);
    for (size_t i = 1; i < mt940_fold_composition_count; i++) {
        const struct mt940_fold_pair *a = &mt940_fold_compositions[i - 1], *b = a + 1;

        assert_true(a->first < b->first || (a->first == b->first && a->second < b->second));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_agree),
        cmocka_unit_test(exact_points_agree),
        cmocka_unit_test(skeletons_agree),
        cmocka_unit_test(ascii_agrees),
        cmocka_unit_test(plain_letters_agree),
        cmocka_unit_test(decompositions_agree),
        cmocka_unit_test(compositions_agree),
    };

    u_versionFromString(tables, mt940_fold_table_version());
    return cmocka_run_group_tests(tests, NULL, NULL);
}

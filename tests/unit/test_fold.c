/* SPDX-License-Identifier: Apache-2.0
 *
 * test_fold.c: the vectors of matching §2.1 and §2.2, the traps of its §5, and what holds for any
 * text. The keys against their definition in ICU calls: tests/icu.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/fold.h"
#include "text/utf8.h"

static void expect_keys(const char *text, const char *exact, const char *skeleton)
{
    char key[200];
    size_t unmapped = 9, length = mt940_fold_exact(text, strlen(text), key, sizeof(key), &unmapped);

    if (length != strlen(exact) || memcmp(key, exact, length))
        print_error("L1 of \"%s\" is \"%.*s\"\n", text, (int)length, key);
    assert_int_equal(length, strlen(exact));
    assert_memory_equal(key, exact, length);
    assert_int_equal(unmapped, 0);
    length = mt940_fold_skeleton(text, strlen(text), key, sizeof(key), &unmapped);
    if (length != strlen(skeleton) || memcmp(key, skeleton, length))
        print_error("L2 of \"%s\" is \"%.*s\"\n", text, (int)length, key);
    assert_int_equal(length, strlen(skeleton));
    assert_memory_equal(key, skeleton, length);
    assert_int_equal(unmapped, 0);
}

/* §2.1, column EXCL_I, and the dots that a wrong lower() leaves. */
static void single_letters(void **state)
{
    expect_keys("I", "ı", "I");
    expect_keys("İ", "i", "I");
    expect_keys("ı", "ı", "I");
    expect_keys("i", "i", "I");
    expect_keys("I\xCC\x87", "i", "I");
    expect_keys("i\xCC\x87", "i", "I");
    expect_keys("i\xCC\x87\xCC\x81", "í", "I");
    expect_keys("Ə", "ə", "E");
    expect_keys("ə", "ə", "E");
    expect_keys("ß", "ss", "SS");
    expect_keys("ẞ", "ss", "SS");
    expect_keys("ŉ", "ʼn", "N");
    expect_keys("½", "½", "1 2");
    expect_keys("Ǆ", "ǆ", "DZ");
    expect_keys("Œuvre Æsir", "œuvre æsir", "OEUVRE AESIR");
    expect_keys("Þ", "þ", "TH");
    expect_keys("Łódź", "łódź", "LODZ");
}

/* §2.2: the spellings of one firm. */
static void spellings_of_one_name(void **state)
{
    expect_keys("ŞİŞLİ İNŞAAT", "şişli inşaat", "SISLI INSAAT");
    expect_keys("SISLI INSAAT", "sıslı ınsaat", "SISLI INSAAT");
    expect_keys("şişli inşaat", "şişli inşaat", "SISLI INSAAT");
    expect_keys("Şişli ınşaat", "şişli ınşaat", "SISLI INSAAT");
    expect_keys("S\xCC\xA7I\xCC\x87S\xCC\xA7LI\xCC\x87 I\xCC\x87NS\xCC\xA7"
                "AAT",
                "şişli inşaat", "SISLI INSAAT");
    expect_keys("şi\xCC\x87şli\xCC\x87 i\xCC\x87nşaat", "şişli inşaat", "SISLI INSAAT");
    expect_keys("ƏLİYEV QƏDİR MMC", "əliyev qədir mmc", "ELIYEV QEDIR MMC");
    expect_keys("Eliyev Qedir MMC", "eliyev qedir mmc", "ELIYEV QEDIR MMC");
}

static void blanks_and_punctuation(void **state)
{
    expect_keys("", "", "");
    expect_keys("   ", "", "");
    expect_keys("  A \t\r\n B  ", "a b", "A B");
    expect_keys("A\xC2\xA0\xE2\x80\x83"
                "B",
                "a b", "A B");
    expect_keys("A.Ş.", "a.ş.", "A S");
    expect_keys("...", "...", "");
    expect_keys("D'ANGELO", "d'angelo", "DANGELO");
    expect_keys("TC’NİN", "tc’nin", "TCNIN");
    expect_keys("O-T_O/M.A,T", "o-t_o/m.a,t", "O T O M A T");
    expect_keys("VA\xC2\xAD"
                "KIF",
                "va\xC2\xADkıf", "VAKIF");
    expect_keys("₺ 12,50", "₺ 12,50", "TL 12 50");
    expect_keys("120.01.0001", "120.01.0001", "120 01 0001");
    expect_keys("ACME© 2026", "acme© 2026", "ACME C 2026");
}

/* Canonical order and composition of marks (UAX 15). */
static void marks_compose(void **state)
{
    expect_keys("e\xCC\x81", "é", "E");
    expect_keys("\xE1\xBA\xB8\xCC\x81", "\xE1\xBA\xB9\xCC\x81", "E");
    expect_keys("é\xCC\xA3", "\xE1\xBA\xB9\xCC\x81", "E");
    expect_keys("\xCC\x81"
                "a",
                "\xCC\x81"
                "a",
                "A");
    expect_keys("\xCD\xB4", "ʹ", "");
    expect_keys("=\xCC\xB8", "\xE2\x89\xA0", "");
}

static int relate(const char *a, const char *b)
{
    int relation = mt940_fold_relate(a, strlen(a), b, strlen(b));

    assert_int_equal(mt940_fold_relate(b, strlen(b), a, strlen(a)), relation);
    return relation;
}

static void relations(void **state)
{
    assert_int_equal(relate("ŞİŞLİ İNŞAAT", "şişli inşaat"), MT940_FOLD_EXACT);
    assert_int_equal(relate("ŞİŞLİ İNŞAAT", "SISLI INSAAT"), MT940_FOLD_DEGRADED);
    assert_int_equal(relate("ŞİŞLİ İNŞAAT", "Şişli ınşaat"), MT940_FOLD_CONFLICT_I);
    assert_int_equal(relate("ŞİŞLİ", "ŞIŞLI"), MT940_FOLD_CONFLICT_I);
    assert_int_equal(relate("ŞIK", "SIK"), MT940_FOLD_DEGRADED);
    assert_int_equal(relate("ŞIK GİYİM", "SIK GİYİM"), MT940_FOLD_CONFLICT_LETTER);
    assert_int_equal(relate("ÖZ AKIN TİC", "ÖZ AKİN TİC"), MT940_FOLD_CONFLICT_I);
    assert_int_equal(relate("AKIN TIC", "AKIN TİC"), MT940_FOLD_DEGRADED);
    assert_int_equal(relate("AKIN TIC", "AKİN TİC"), MT940_FOLD_DEGRADED);
    assert_int_equal(relate("Akin Tic", "AKIN TIC"), MT940_FOLD_DEGRADED);
    assert_int_equal(relate("AKIN TIC", "AKIN  TIC"), MT940_FOLD_EXACT);
    assert_int_equal(relate("ŞİŞLİ", "ŞİŞLİ A"), MT940_FOLD_DIFFERENT);
    assert_int_equal(relate("YILDIZ", "YILMAZ"), MT940_FOLD_DIFFERENT);
    assert_int_equal(relate("ƏLİYEV", "Eliyev"), MT940_FOLD_DEGRADED);
    assert_int_equal(relate("ƏLİYEV", "ELİYEV"), MT940_FOLD_CONFLICT_LETTER);
}

/* Dots and blanks are no letters; words of a script that has no skeleton are. */
static void relations_look_at_words(void **state)
{
    assert_int_equal(relate("DOĞAN LTD.ŞTİ.", "DOĞAN LTD. ŞTİ"), MT940_FOLD_EXACT);
    assert_int_equal(relate("ALİ-VELİ", "Ali Veli"), MT940_FOLD_EXACT);
    assert_int_equal(relate("ALİ-VELİ", "ALI VELI"), MT940_FOLD_DEGRADED);
    assert_int_equal(relate("", ""), MT940_FOLD_DIFFERENT);
    assert_int_equal(relate("...", "..."), MT940_FOLD_DIFFERENT);
    assert_int_equal(relate("ПРЕВОД", "превод"), MT940_FOLD_EXACT);
    assert_int_equal(relate("ПРЕВОД", "БАНКА"), MT940_FOLD_DIFFERENT);
    assert_int_equal(relate("ПРЕВОД LTD", "БАНКА LTD"), MT940_FOLD_CONFLICT_LETTER);
    assert_int_equal(relate("q\xCC\x8C Ö", "q Ö"), MT940_FOLD_CONFLICT_LETTER);
    assert_int_equal(relate("\xFF", ""), MT940_FOLD_DIFFERENT);
}

/* Names of any length are bounded, and cut before a character. */
static void long_names_are_bounded(void **state)
{
    static char a[100001], b[100001];

    for (size_t i = 0; i < 100000; i += 2) {
        memcpy(a + i, "Ş", 2);
        memcpy(b + i, "ş", 2);
    }
    assert_int_equal(relate(a, b), MT940_FOLD_EXACT);
    memcpy(b + 1022, "ç", 2);
    assert_int_equal(relate(a, b), MT940_FOLD_DIFFERENT);
    memcpy(b + 1022, "ş", 2);
    memcpy(b + 1024, "ç", 2);
    assert_int_equal(relate(a, b), MT940_FOLD_EXACT);
    assert_int_equal(mt940_fold_relate(a + 1, 99999, b + 1, 99999), MT940_FOLD_EXACT);
}

static void what_the_tables_lack(void **state)
{
    char key[64];
    size_t unmapped;

    assert_int_equal(mt940_fold_exact("\xF3\xB0\x80\x80", 4, key, sizeof(key), &unmapped), 4);
    assert_int_equal(unmapped, 1);
    assert_int_equal(mt940_fold_skeleton("A\xF3\xB0\x80\x80" "B", 6, key, sizeof(key), &unmapped), 3);
    assert_memory_equal(key, "A B", 3);
    assert_int_equal(unmapped, 1);
    /* Damage is not lack. */
    assert_int_equal(mt940_fold_exact("\xFF\xC5", 2, key, sizeof(key), &unmapped), 6);
    assert_memory_equal(key, "\xEF\xBF\xBD\xEF\xBF\xBD", 6);
    assert_int_equal(unmapped, 0);
#ifdef MT940_HAVE_ICU
    expect_keys("\xEF\xBC\xB4\xEF\xBC\xB2 \xE2\x84\x96" "5", "ｔｒ №5", "TR NO5");
    expect_keys("ﬁ ㎏ ™", "fi ㎏ ™", "FI KG TM");
#else
    assert_int_equal(mt940_fold_skeleton("\xEF\xBC\xB4", 3, key, sizeof(key), &unmapped), 0);
    assert_int_equal(unmapped, 1);
#endif
    /* Known without ICU as well. */
    assert_int_equal(mt940_fold_skeleton("\xEA\x9D\x91", 3, key, sizeof(key), &unmapped), 1);
    assert_memory_equal(key, "P", 1);
    assert_int_equal(unmapped, 0);
}

static size_t random_text(uint64_t *seed, char *text)
{
    size_t length = 0, count = 1 + (size_t)(*seed >> 40) % 30;

    for (size_t i = 0; i < count; i++) {
        uint32_t point;

        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        switch (*seed >> 60) {
        case 0:
            text[length++] = (char)(*seed >> 33);
            continue;
        case 1:
            point = 0x300 + (uint32_t)(*seed >> 33) % 0x70;
            break;
        case 2:
            point = (uint32_t)(*seed >> 33) % 0x30000;
            break;
        case 3:
        case 4:
        case 5:
            point = 0xA0 + (uint32_t)(*seed >> 33) % 0x1B0;
            break;
        default:
            point = 0x20 + (uint32_t)(*seed >> 33) % 0x5F;
        }
        length += mt940_utf8_write(point, text + length);
    }
    return length;
}

static bool is_utf8(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t point;

        at += mt940_utf8_read((const unsigned char *)text + at, length - at, &point);
        if (point == MT940_UTF8_INVALID)
            return false;
    }
    return true;
}

typedef size_t fold_function(const char *text, size_t length, char *out, size_t capacity, size_t *unmapped);

/* A key is its own key; in a buffer of any size it is a true prefix and its length the same. */
static void check_key(fold_function *fold, const char *text, size_t length, size_t worst)
{
    char key[600], again[600];
    size_t got = fold(text, length, key, sizeof(key), NULL);

    assert_true(got <= worst * length);
    assert_true(is_utf8(key, got));
    assert_int_equal(fold(key, got, again, sizeof(again), NULL), got);
    assert_memory_equal(key, again, got);
    assert_true(got == 0 || (key[0] != ' ' && key[got - 1] != ' '));
    for (size_t i = 1; i < got; i++)
        assert_true(key[i] != ' ' || key[i - 1] != ' ');
    for (size_t capacity = 0; capacity <= got; capacity += 1 + capacity / 8) {
        size_t same = 0;

        memset(again, '#', sizeof(again));
        assert_int_equal(fold(text, length, again, capacity, NULL), got);
        assert_int_equal(again[capacity], '#');
        while (same < capacity && again[same] == key[same])
            same++;
        assert_true(same + 3 >= capacity);
    }
}

static void any_text(void **state)
{
    uint64_t seed = 7;

    for (int round = 0; round < 20000; round++) {
        char text[200];
        size_t length = random_text(&seed, text);

        check_key(mt940_fold_exact, text, length, 3);
        check_key(mt940_fold_skeleton, text, length, 4);
        assert_in_range(mt940_fold_relate(text, length, text, length), MT940_FOLD_DIFFERENT, MT940_FOLD_EXACT);
    }
}

static void skeletons_are_of_their_alphabet(void **state)
{
    uint64_t seed = 11;

    for (int round = 0; round < 20000; round++) {
        char text[200], key[800];
        size_t length = mt940_fold_skeleton(text, random_text(&seed, text), key, sizeof(key), NULL);

        for (size_t i = 0; i < length; i++)
            assert_non_null(memchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ", key[i], 37));
    }
}

/* A letter under a mountain of marks: linear, bounded, and still a key. */
static void a_mountain_of_marks(void **state)
{
    static char text[200001], key[800000];

    text[0] = 'A';
    for (size_t i = 0; i < 100000; i++)
        mt940_utf8_write(i % 2 ? 0x323 : 0x301, text + 1 + 2 * i);
    assert_int_equal(mt940_fold_skeleton(text, sizeof(text), key, sizeof(key), NULL), 1);
    assert_true(mt940_fold_exact(text, sizeof(text), key, sizeof(key), NULL) <= 3 * sizeof(text));
}

static void table_version(void **state)
{
    assert_string_equal(mt940_fold_table_version(), "15.0");
}

/* The classical trap: under a Turkish locale toupper('i') is not 'I'. */
static void the_locale_does_not_matter(void **state)
{
    if (!setlocale(LC_ALL, "tr_TR.UTF-8") && !setlocale(LC_ALL, "tr_TR.utf8")) {
        /* cmocka's skip() is a failure to those who read TAP. */
        puts("# no locale tr_TR.UTF-8 here; not run");
        return;
    }
    single_letters(state);
    spellings_of_one_name(state);
    relations(state);
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(single_letters),
        cmocka_unit_test(spellings_of_one_name),
        cmocka_unit_test(blanks_and_punctuation),
        cmocka_unit_test(marks_compose),
        cmocka_unit_test(relations),
        cmocka_unit_test(relations_look_at_words),
        cmocka_unit_test(long_names_are_bounded),
        cmocka_unit_test(what_the_tables_lack),
        cmocka_unit_test(any_text),
        cmocka_unit_test(skeletons_are_of_their_alphabet),
        cmocka_unit_test(a_mountain_of_marks),
        cmocka_unit_test(table_version),
        cmocka_unit_test(the_locale_does_not_matter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * test_name.c: names of payers: canonical words, names that are only alike, the traps of
 * matching.md §5 that are about names, bounded work, and the same answers in any order of adding.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../bench/match_generator.h"
#include "match/directory_arrays.h"
#include "match/match.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct mt940_view view(const char *text)
{
    struct mt940_view result;

    mt940_view_from_string(text, &result);
    return result;
}

static void canonical(const char *text, char *out, size_t size)
{
    struct mt940_name_word words[MT940_NAME_WORDS];
    struct mt940_view name = view(text);
    size_t count = mt940_name_words_of_text(&name, words), used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%.*s", i ? " " : "", (int)words[i].key_length,
                                 words[i].key);
}

static void words_are_canonical(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"Kaya Gıda San. ve Tic. Ltd. Şti.", "KAYA GIDA SANAYI TICARET LIMITED"},
        {"KAYA GIDA SANAYİ TİCARET LİMİTED ŞİRKETİ", "KAYA GIDA SANAYI TICARET LIMITED"},
        {"KAYA GIDA SAN.TİC.LTD.ŞTİ", "KAYA GIDA SANAYI TICARET LIMITED"},
        {"Doğan İnş. A.Ş.", "DOGAN INSAAT ANONIM"},
        {"DOGAN INSAAT AS", "DOGAN INSAAT ANONIM"},
        {"Doğan İnşaat Anonim Ortaklığı", "DOGAN INSAAT ANONIM"},
        {"AS MADENCİLİK", "AS MADENCILIK"},
        {"Qədir MMC", "QEDIR MMC"},
        {"Qədir Məhdud Məsuliyyətli Cəmiyyəti", "QEDIR MMC"},
        {"Xəzər Neqliyyat ASC", "XEZER NAKLIYAT ASC"},
        {"XEZER NAKLIYAT OJSC", "XEZER NAKLIYAT ASC"},
        {"Xəzər Açıq Səhmdar Cəmiyyəti", "XEZER ASC"},
        {"Qədir ƏMC", "QEDIR EMC"},
        {"Rəna Fərdi Sahibkar", "RENA FS"},
        {"Əliyev Vüqar", "ELIYEV VUQAR"},
        {"ALIYEV VUQAR", "ELIYEV VUQAR"},
        {"Aliev Vuqar", "ELIYEV VUQAR"},
        {"Əliyeva", "ELIYEVA"},
        {"Paraŀlel × ÆGİR", "PARALLEL AEGIR"}, /* the skeleton of an ŀ has a blank: none is in a key */
        {"ŞŞŞŞŞŞŞŞŞŞŞŞŞŞŞŞŞŞŞŞŞŞŞŞŞŞ", "SSSSSSSSSSSSSSSSSSSSSSSS"},
        {"Məmmədov", "MEMEDOV"},
        {"MAMMADOV", "MEMEDOV"},
        {"MAMEDOV", "MEMEDOV"},
        {"Quliyev", "KULIYEV"},
        {"GULIYEV", "KULIYEV"},
        {"Xəlilov", "HELILOV"},
        {"KHALILOV", "HELILOV"},
        {"Halilov", "HELILOV"},
        {"Cəfərova", "CEFEROVA"},
        {"JAFAROVA", "CEFEROVA"},
        {"DZHAFAROVA", "CEFEROVA"},
        {"Hüseynov", "HUSEYNOV"},
        {"HUSEINOV", "HUSEYNOV"},
        {"Ağayev", "EKEYEV"},
        {"AGHAYEV", "EKEYEV"},
        {"Həsənzadə", "HESENZADE"},
        {"HASANZADA", "HESENZADE"},
        {"Alanya Anadolu Ev", "ALANYA ANADOLU EV"},
        {"ÞÝÞLÝ ÝNÞAAT", "SISLI INSAAT"},
        {"Þór Jónsson", "THOR JONSSON"},
        {"?N?AAT T?CARET A.?.", "INSAAT TICARET ANONIM"},
        {"NEDEN? VAR", "NEDEN? VAR"},
        {"LTD. ŞTİ.", "LIMITED"},
        {"", ""},
        {" .,- ", ""},
        {"ve", ""},
    };
    char found[600];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        canonical(cases[i].text, found, sizeof(found));
        assert_string_equal(found, cases[i].expected);
    }
}

/* Most of the forms of the table, written out, come out as themselves: a canonical name is one already. */
static void canonical_words_stay(void **state)
{
    char found[600], again[600];

    (void)state;
    for (uint32_t i = 0; i < mt940_name_form_count; i++) {
        const struct mt940_name_form *form = &mt940_name_forms[i];
        char text[200];

        if (form->kind != MT940_NAME_LEGAL && form->kind != MT940_NAME_WORD)
            continue;
        (void)snprintf(text, sizeof(text), "ZUFAR %s", form->words);
        canonical(text, found, sizeof(found));
        (void)snprintf(text, sizeof(text), "ZUFAR %s", form->canonical);
        assert_string_equal(found, text);
        canonical(found, again, sizeof(again));
        assert_string_equal(again, found);
    }
}

static const char *const books[] = {
    "Kaya Gıda Sanayi ve Ticaret Ltd. Şti.", /* 0 */
    "Kaya Gıda A.Ş.",
    "Mustafa Yılmaz",
    "Gülsan Tekstil Sanayi A.Ş.",
    "Şimşek Otomotiv Ticaret Ltd. Şti.",
    "Zeynep Çelik", /* 5 */
    "Fatma Akça",
    "Bolu Zanze Un Mamulleri Sanayi Anonim Şirketi",
    "Hesap Yazılım Ltd. Şti.",
    "Ahmet Yılmaz",
    "Ahmet Yılmaz", /* 10 */
    "Yıldız Market Ltd. Şti.",
    "ABC Ltd. Şti.",
    "1234 Ticaret",
    "",
    "***",
    "Əliyev Vüqar Rəşid oğlu",
    "Qədir Ticarət MMC",
};

static struct mt940_directory *build(const char *const *names, size_t count, bool backwards)
{
    struct mt940_view company = view("001");
    struct mt940_directory_builder *builder;
    struct mt940_directory *directory;

    assert_int_equal(mt940_directory_builder_new(&company, NULL, &builder, NULL), MT940_OK);
    for (size_t i = 0; i < count; i++) {
        size_t at = backwards ? count - 1 - i : i;
        struct mt940_customer card = {.name = view(names[at]), .active = 1};
        char code[24];

        (void)snprintf(code, sizeof(code), "C%06zu", at);
        card.code = view(code);
        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &card, NULL), MT940_OK);
    }
    assert_int_equal(mt940_directory_build(builder, &directory, NULL), MT940_OK);
    mt940_directory_builder_free(builder);
    return directory;
}

static void names_alike_are_found(void **state)
{
    static const struct {
        const char *text;
        bool in_text;
        int expected; /* -1 = nobody whose name is there for the most part */
    } cases[] = {
        {"KAYA GIDA SAN TIC LTD STI", false, 0},
        {"KAYA GIDA AS", false, 1},
        {"KAYA GDIA SAN. TIC. LTD. STI.", false, 0},
        {"YILMAZ MUSTAFA", false, 2},
        {"MUSTAFG YILMAZ", false, 2},
        {"G?LSAN TEKST?L SANAY? A.?.", false, 3},
        {"GUL SAN TEKSTIL SANAYI AS", false, 3},
        {"ÞÝMÞEK OTOMOTÝV TÝCARET LTD. ÞTÝ.", false, 4},
        {"SIMSEK OTO TIC LTD", false, 4},
        {"ŞİMŞEK OTOMOTİV TİCARET LT", false, 4},
        {"ZEYNEP ZCELIK", false, 5},
        {"FATMAAKCA", false, 6},
        {"GÖNDEREN:BOLU ZANZE UN MAM. SAN. ANONİM ŞİRKETİAÇIKLAMA:FATURA", true, 7},
        {"GELEN EFT YILDIZ MRAKET LTD STI CARI HESAP ODEMESI", true, 11},
        {"GELEN EFT HESAP YAZILIM LTD STI", true, 8},
        {"ALIYEV VUGAR RESID OGLU", false, 16},
        {"KOCURMƏ: QADIR TICARAT LLC ODEME", true, 17},
        {"HESABINA GELEN HAVALE", true, -1},
        {"LIMITED SIRKETI", false, -1},
        {"TAMAMEN BASKA BIR FIRMA", false, -1},
        {"5551234567 TR330006100519786457841326", true, -1},
    };
    struct mt940_directory *directory = build(books, COUNT(books), false);
    struct mt940_match_scratch *scratch;
    struct mt940_name_finding finding = {0};

    (void)state;
    assert_int_equal(mt940_match_scratch_new(NULL, &scratch), MT940_OK);
    finding.search = &scratch->names;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_view text = view(cases[i].text);
        size_t count = mt940_name_find(&directory->names, &text, cases[i].in_text, &finding);
        int found = count > 0 && finding.hits[0].score * 2 > finding.hits[0].whole ? (int)finding.hits[0].customer : -1;

        if (found != cases[i].expected)
            print_message("%s\n", cases[i].text);
        assert_int_equal(found, cases[i].expected);
    }
    mt940_match_scratch_free(scratch);
    mt940_directory_free(directory);
}

/* Traps 8 and 14; a legal form that contradicts; a word too many: none of them may be chosen by name alone. */
static void only_certain_names_may_be_chosen(void **state)
{
    static const struct {
        const char *text;
        bool certain;
    } cases[] = {
        {"MUSTAFA YILMAZ", true},           {"AHMET YILMAZ", false},
        {"GULSAN TEKSTIL SANAYI LTD STI", false}, {"GULSAN TEKSTIL SANAYI INSAAT AS", false},
        {"GULSAN TEKSTIL SANAYI AS", true}, {"AHMED YILMAS", false},
        {"", false},                        {"?????", false},
        {"A.S.", false},
    };
    struct mt940_directory *directory = build(books, COUNT(books), false);
    struct mt940_match_scratch *scratch;
    struct mt940_name_finding finding = {0};

    (void)state;
    assert_int_equal(mt940_match_scratch_new(NULL, &scratch), MT940_OK);
    finding.search = &scratch->names;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_view text = view(cases[i].text);

        (void)mt940_name_find(&directory->names, &text, false, &finding);
        assert_int_equal(mt940_name_is_certain(&directory->names, &finding), cases[i].certain);
    }
    mt940_match_scratch_free(scratch);
    mt940_directory_free(directory);
}

enum { MANY = 5000, ASKED = 40 };

static const char **generate_names(void)
{
    const char **names = calloc(MANY, sizeof(*names));
    char *room = malloc((size_t)MANY * MATCH_NAME_MAX);

    assert_non_null(names);
    assert_non_null(room);
    for (uint32_t i = 0; i < MANY; i++) {
        names[i] = room + (size_t)i * MATCH_NAME_MAX;
        match_generate_name(3, i, room + (size_t)i * MATCH_NAME_MAX);
    }
    return names;
}

/* Trap 12: hits and scores follow from the books and the text, not from the order in which either came. */
static void order_does_not_matter(void **state)
{
    const char **names = generate_names();
    struct mt940_directory *forwards = build(names, MANY, false), *backwards = build(names, MANY, true);
    struct mt940_match_scratch *first, *second;
    struct mt940_name_finding a = {0}, b = {0};
    struct match_generator generator;

    (void)state;
    assert_true(match_generator_init(&generator, 3, MANY));
    assert_int_equal(mt940_match_scratch_new(NULL, &first), MT940_OK);
    assert_int_equal(mt940_match_scratch_new(NULL, &second), MT940_OK);
    a.search = &first->names;
    b.search = &second->names;
    for (uint32_t i = 0; i < MATCH_CLASSES * ASKED; i++) {
        struct match_movement movement, other;
        struct mt940_view text, before;

        match_generate_movement(&generator, 3, (int32_t)(i % MATCH_CLASSES), i / MATCH_CLASSES, &movement);
        match_generate_movement(&generator, 3, (int32_t)(i * 7 % MATCH_CLASSES), i, &other);
        text = view(movement.name);
        before = view(other.name);
        (void)mt940_name_find(&forwards->names, &text, true, &a);
        (void)mt940_name_find(&backwards->names, &before, true, &b);
        (void)mt940_name_find(&backwards->names, &text, true, &b);
        assert_int_equal(a.hit_count, b.hit_count);
        assert_memory_equal(a.hits, b.hits, a.hit_count * sizeof(a.hits[0]));
    }
    match_generator_free(&generator);
    mt940_match_scratch_free(first);
    mt940_match_scratch_free(second);
    mt940_directory_free(forwards);
    mt940_directory_free(backwards);
    free((void *)names[0]);
    free(names);
}

/*
 * Whatever the words lead to by lists is no better than comparing every customer with the text:
 * what is found at all has the score that a full comparison gives, and an exact name is found.
 */
static void every_exact_name_is_found(void **state)
{
    const char **names = generate_names();
    struct mt940_directory *directory = build(names, MANY, false);
    struct mt940_match_scratch *scratch;
    struct mt940_name_finding finding = {0};

    (void)state;
    assert_int_equal(mt940_match_scratch_new(NULL, &scratch), MT940_OK);
    finding.search = &scratch->names;
    for (uint32_t i = 0; i < MANY; i += 7) {
        struct mt940_view name = view(names[i]);
        struct mt940_directory_hit hits[MT940_NAME_HITS];
        size_t shared = mt940_directory_by_name(directory, &name, hits, MT940_NAME_HITS);

        assert_true(shared > 0);
        assert_true(mt940_name_find(&directory->names, &name, false, &finding) > 0);
        assert_true(finding.hits[0].flags & MT940_HIT_EXACT);
        assert_int_equal(finding.hits[0].shared, shared);
    }
    mt940_match_scratch_free(scratch);
    mt940_directory_free(directory);
    free((void *)names[0]);
    free(names);
}

/* Trap 13: a megabyte of text, of boilerplate, of one letter, of lost letters, is read in bounded work. */
static void hostile_texts_are_bounded(void **state)
{
    static const char *const parts[] = {"A",      "? ",   "HESABINA GELEN EFT ", "KAYA GIDA ", "\xC5\x9E",
                                        "AHMET ", "\xFF", "1 "};
    enum { BYTES = 1 << 20 };
    struct mt940_directory *directory = build(books, COUNT(books), false);
    char *bytes = malloc(BYTES);
    struct mt940_match_scratch *scratch;
    struct mt940_name_finding finding = {0};

    (void)state;
    assert_non_null(bytes);
    assert_int_equal(mt940_match_scratch_new(NULL, &scratch), MT940_OK);
    finding.search = &scratch->names;
    for (size_t i = 0; i < COUNT(parts); i++) {
        size_t length = strlen(parts[i]);
        struct mt940_view text = mt940_view_of(bytes, BYTES);

        for (size_t at = 0; at < BYTES; at++)
            bytes[at] = parts[i][at % length];
        for (int in_text = 0; in_text < 2; in_text++) {
            size_t count = mt940_name_find(&directory->names, &text, in_text, &finding);

            assert_true(count <= MT940_NAME_HITS);
            for (size_t k = 0; k < count; k++)
                assert_true(finding.hits[k].offset + (uint64_t)finding.hits[k].length <= BYTES);
        }
    }
    free(bytes);
    mt940_match_scratch_free(scratch);
    mt940_directory_free(directory);
}

/* Turkish is the locale whose 'i' changes what the C library thinks of letters. */
static void the_locale_does_not_matter(void **state)
{
    if (!setlocale(LC_ALL, "tr_TR.UTF-8") && !setlocale(LC_ALL, "tr_TR.utf8")) {
        /* cmocka's skip() is a failure to those who read TAP. */
        puts("# no locale tr_TR.UTF-8 here; not run");
        return;
    }
    words_are_canonical(state);
    names_alike_are_found(state);
    only_certain_names_may_be_chosen(state);
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_locale_does_not_matter),
        cmocka_unit_test(words_are_canonical),
        cmocka_unit_test(canonical_words_stay),
        cmocka_unit_test(names_alike_are_found),
        cmocka_unit_test(only_certain_names_may_be_chosen),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(every_exact_name_is_found),
        cmocka_unit_test(hostile_texts_are_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

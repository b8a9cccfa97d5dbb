/* SPDX-License-Identifier: Apache-2.0
 *
 * test_charset.c: names, verdicts and decoding. Turkish text is encoded here by the byte table of
 * turkish-banking §1.7, written out once more, not by the library's own tables.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/charset.h"
#include "text/utf8.h"

static int32_t from_name(const char *name)
{
    return mt940_charset_from_name(name, strlen(name));
}

static void names_and_aliases(void **state)
{
    for (int32_t charset = 1; charset <= MT940_CHARSET_UTF8_TWICE; charset++) {
        assert_non_null(mt940_charset_name(charset));
        assert_int_equal(from_name(mt940_charset_name(charset)), charset);
    }
    assert_null(mt940_charset_name(MT940_CHARSET_DETECT));
    assert_null(mt940_charset_name(-1));
    assert_null(mt940_charset_name(MT940_CHARSET_UTF8_TWICE + 1));
    assert_string_equal(mt940_charset_name(MT940_CHARSET_WINDOWS_1254), "windows-1254");
    assert_int_equal(from_name("CP1254"), MT940_CHARSET_WINDOWS_1254);
    assert_int_equal(from_name("ISO_8859-9"), MT940_CHARSET_WINDOWS_1254);
    assert_int_equal(from_name("Latin 5"), MT940_CHARSET_WINDOWS_1254);
    assert_int_equal(from_name("UTF8"), MT940_CHARSET_UTF8);
    assert_int_equal(from_name("IBM857"), MT940_CHARSET_CP857);
    assert_int_equal(from_name(""), 0);
    assert_int_equal(from_name("-"), 0);
    assert_int_equal(from_name("utf-16"), 0);
    assert_int_equal(from_name("utf-8x"), 0);
    assert_int_equal(from_name("utf"), 0);
}

/* turkish-banking §1.7, completed by the letters with a circumflex. */
static const struct {
    const char *utf8;
    unsigned char windows_1254, cp857;
} letters[] = {
    {"Ç", 0xC7, 0x80}, {"Ğ", 0xD0, 0xA6}, {"İ", 0xDD, 0x98}, {"Ö", 0xD6, 0x99}, {"Ş", 0xDE, 0x9E}, {"Ü", 0xDC, 0x9A},
    {"ç", 0xE7, 0x87}, {"ğ", 0xF0, 0xA7}, {"ı", 0xFD, 0x8D}, {"ö", 0xF6, 0x94}, {"ş", 0xFE, 0x9F}, {"ü", 0xFC, 0x81},
    {"Â", 0xC2, 0xB6}, {"â", 0xE2, 0x83}, {"Î", 0xCE, 0xD7}, {"î", 0xEE, 0x8C}, {"Û", 0xDB, 0xEA}, {"û", 0xFB, 0x96},
};

static size_t encode(const char *utf8, bool dos, unsigned char *out)
{
    size_t length = 0;

    while (*utf8) {
        size_t i = 0;

        if ((unsigned char)*utf8 < 0x80) {
            out[length++] = (unsigned char)*utf8++;
            continue;
        }
        while (strncmp(letters[i].utf8, utf8, 2) != 0)
            assert_true(++i < sizeof(letters) / sizeof(letters[0]));
        out[length++] = dos ? letters[i].cp857 : letters[i].windows_1254;
        utf8 += 2;
    }
    return length;
}

static int32_t verdict_of(const void *bytes, size_t length)
{
    struct mt940_charset_evidence evidence = {0};

    mt940_charset_observe(&evidence, bytes, length);
    return mt940_charset_verdict(&evidence);
}

static void expect_text(int32_t charset, const void *bytes, size_t length, const char *want)
{
    char text[1000];
    size_t replaced = 9;
    size_t got = mt940_charset_decode(charset, bytes, length, text, sizeof(text), &replaced);

    if (got != strlen(want) || memcmp(text, want, got))
        print_error("got \"%.*s\", want \"%s\" (%s)\n", (int)got, text, want, mt940_charset_name(charset));
    assert_int_equal(got, strlen(want));
    assert_memory_equal(text, want, got);
    assert_int_equal(replaced, 0);
}

static const char *const turkish[] = {
    "GÖNDEREN İSMAİL ÇAĞRI ÖZTÜRK",
    "DBS Fatura Tahsilatı - OTOMATİK.",
    "DBS Aktarım",
    "Çek",
    "Dağıtım gideri",
    "ÖDEME",
    "ışık",
    "kâğıt bedeli, KÂĞIT",
    "Hesaplar arası virman, ŞİRKET İÇİ",
    "Pijamalı hasta yağız şoföre çabucak güvendi",
    "ÖRNEK GIDA SAN. VE TİC. A.Ş., 12345678 NOLU HESABINDAN GİDEN EFT",
    "büyük müşteri",
    "imlâ, lâkin, Millî, sükûn, HÂL",
    "Ünlü (Üçgen) Ağaç",
};

static void every_turkish_sentence_comes_back(void **state)
{
    for (size_t i = 0; i < sizeof(turkish) / sizeof(turkish[0]); i++) {
        unsigned char bytes[200];
        size_t length = encode(turkish[i], false, bytes);

        assert_int_equal(verdict_of(bytes, length), MT940_CHARSET_WINDOWS_1254);
        expect_text(MT940_CHARSET_DETECT, bytes, length, turkish[i]);
        length = encode(turkish[i], true, bytes);
        assert_int_equal(verdict_of(bytes, length), MT940_CHARSET_CP857);
        expect_text(MT940_CHARSET_DETECT, bytes, length, turkish[i]);
        assert_int_equal(verdict_of(turkish[i], strlen(turkish[i])), MT940_CHARSET_UTF8);
        expect_text(MT940_CHARSET_DETECT, turkish[i], strlen(turkish[i]), turkish[i]);
    }
}

/* Words at random, as in a file of one or of fifty lines. */
static void random_turkish_text_comes_back(void **state)
{
    uint64_t seed = 88172645463325252u;

    for (int round = 0; round < 2000; round++) {
        size_t lines = round % 4 == 0 ? 50 : 1 + (size_t)round % 3;
        char text[8000] = "";
        unsigned char bytes[8000];
        bool dos = round % 2;
        size_t length;

        for (size_t i = 0; i < lines; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            strcat(text, turkish[(seed >> 20) % (sizeof(turkish) / sizeof(turkish[0]))]);
            strcat(text, "\r\n:86:");
        }
        length = encode(text, dos, bytes);
        assert_int_equal(verdict_of(bytes, length), dos ? MT940_CHARSET_CP857 : MT940_CHARSET_WINDOWS_1254);
    }
}

static const struct {
    int32_t charset;
    const char *bytes, *utf8;
} foreign[] = {
    {MT940_CHARSET_WINDOWS_1252, "\xDC""berweisung M\xFCller, Gr\xF6\xDF""e 5 f\xFCr \xC4pfel",
     "Überweisung Müller, Größe 5 für Äpfel"},
    {MT940_CHARSET_WINDOWS_1252, "Gesch\xE4""ftskonto",
     "Geschäftskonto"},
    {MT940_CHARSET_WINDOWS_1252, "Soci\xE9t\xE9 G\xE9n\xE9rale, cr\xE9""dit \xE0 \xE9""ch\xE9""ance",
     "Société Générale, crédit à échéance"},
    {MT940_CHARSET_WINDOWS_1252, "El se\xF1or Mu\xF1oz pag\xF3",
     "El señor Muñoz pagó"},
    {MT940_CHARSET_WINDOWS_1252, "\xDC""berweisung \xC5ngstr\xF6m, bl\xE5""b\xE6rgr\xF8""d",
     "Überweisung Ångström, blåbærgrød"},
    {MT940_CHARSET_CP850, "\x9A""berweisung M\x81ller, Gr\x94\xE1""e f\x81r \x8Epfel",
     "Überweisung Müller, Größe für Äpfel"},
    {MT940_CHARSET_CP850, "Gesch\x84""ftskonto",
     "Geschäftskonto"},
    {MT940_CHARSET_WINDOWS_1250, "Sp\xF3\xB3ka z ograniczon\xB9 odpowiedzialno\x9C""ci\xB9, \xA3\xF3""d\x9F",
     "Spółka z ograniczoną odpowiedzialnością, Łódź"},
    {MT940_CHARSET_WINDOWS_1250,
     "P\xF8\xEDli\x9A \x9Elu\x9Dou\xE8k\xFD k\xF9\xF2 \xFAp\xECl \xEF\xE1""belsk\xE9 \xF3""dy",
     "Příliš žluťoučký kůň úpěl ďábelské ódy"},
    {MT940_CHARSET_WINDOWS_1250, "Fakt\xFAra za slu\x9E""by, \x8A""a\xBE""a",
     "Faktúra za služby, Šaľa"},
    {MT940_CHARSET_ISO_8859_2, "Sp\xF3\xB3ka z ograniczon\xB1 odpowiedzialno\xB6""ci\xB1, \xA3\xF3""d\xBC",
     "Spółka z ograniczoną odpowiedzialnością, Łódź"},
    {MT940_CHARSET_ISO_8859_2,
     "P\xF8\xEDli\xB9 \xBElu\xBBou\xE8k\xFD k\xF9\xF2 \xFAp\xECl \xEF\xE1""belsk\xE9 \xF3""dy",
     "Příliš žluťoučký kůň úpěl ďábelské ódy"},
    {MT940_CHARSET_CP852, "Sp\xA2\x88ka z ograniczon\xA5 odpowiedzialno\x98""ci\xA5, \x9D\xA2""d\xAB",
     "Spółka z ograniczoną odpowiedzialnością, Łódź"},
    {MT940_CHARSET_CP852, "P\xFD\xA1li\xE7 \xA7lu\x9Cou\x9Fk\xEC k\x85\xE5 \xA3p\xD8l \xD4\xA0""belsk\x82 \xA2""dy",
     "Příliš žluťoučký kůň úpěl ďábelské ódy"},
};

/* Equal verdicts are not asked for, equal text is: sets share many letters. */
static void other_languages_come_back(void **state)
{
    for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
        size_t length = strlen(foreign[i].bytes);

        expect_text(foreign[i].charset, foreign[i].bytes, length, foreign[i].utf8);
        expect_text(verdict_of(foreign[i].bytes, length), foreign[i].bytes, length, foreign[i].utf8);
    }
}

static size_t read_file(const char *path, char *bytes, size_t capacity)
{
    FILE *file = fopen(path, "rb");
    size_t length;

    assert_non_null(file);
    length = fread(bytes, 1, capacity, file);
    fclose(file);
    assert_in_range(length, 1, capacity - 1);
    return length;
}

static void fragments(void **state)
{
    for (int i = 1; i <= 20; i++) {
        int32_t want = i == 3 || i == 4 ? MT940_CHARSET_WINDOWS_1254
                       : i == 14        ? MT940_CHARSET_UTF8
                       : i == 20        ? MT940_CHARSET_CP857
                                        : MT940_CHARSET_ASCII;
        char path[100], bytes[10000];

        snprintf(path, sizeof(path), "tests/cases/fragments/C%02d.sta", i);
        assert_int_equal(verdict_of(bytes, read_file(path, bytes, sizeof(bytes))), want);
    }
}

static void fragment_c20_reads(void **state)
{
    char bytes[10000], text[10000];
    size_t length = read_file("tests/cases/fragments/C20.sta", bytes, sizeof(bytes));

    length = mt940_charset_decode(MT940_CHARSET_DETECT, bytes, length, text, sizeof(text) - 1, NULL);
    text[length] = '\0';
    assert_non_null(strstr(text, "GÖNDEREN İSMAİL ÇAĞRI ÖZTÜRK"));
    assert_non_null(strstr(text, "SİPARİŞ BEDELİ"));
}

static void byte_order_mark(void **state)
{
    static const char marked[] = "\xEF\xBB\xBF:20:X", late[] = ":20:\xEF\xBB\xBF";

    assert_int_equal(verdict_of(marked, 3), MT940_CHARSET_UTF8);
    assert_int_not_equal(verdict_of(marked, 2), MT940_CHARSET_UTF8);
    expect_text(MT940_CHARSET_UTF8, marked, sizeof(marked) - 1, ":20:X");
    expect_text(MT940_CHARSET_UTF8, late, sizeof(late) - 1, late);
    {
        struct mt940_charset_evidence evidence = {0};

        for (size_t i = 0; i < sizeof(marked) - 1; i++)
            mt940_charset_observe(&evidence, marked + i, 1);
        /* A mark holds even where the rest is damaged. */
        mt940_charset_observe(&evidence, "\xDE\xDD\xDE\xDE", 4);
        assert_int_equal(mt940_charset_verdict(&evidence), MT940_CHARSET_UTF8);
    }
}

/* A euro sign, a dash or a quotation mark that touches no letter speaks for no set. */
static void symbols_alone_decide_nothing(void **state)
{
    assert_int_equal(verdict_of("", 0), MT940_CHARSET_ASCII);
    assert_int_equal(verdict_of("12,50 \x80 TOTAL", 13), MT940_CHARSET_WINDOWS_1254);
    expect_text(MT940_CHARSET_DETECT, "12,50 \x80 TOTAL", 13, "12,50 € TOTAL");
    expect_text(MT940_CHARSET_DETECT, "A \x96 B", 5, "A – B");
}

static void utf8_with_a_wound(void **state)
{
    /* Nine letters and one that a line end has cut in two. */
    static const char wounded[] = "şşşşşşşş \xC5\r\n\x9F ş", broken[] = "ş \xC5 \xC5";
    char text[64];
    size_t replaced;

    assert_int_equal(verdict_of("ŞİŞLİ \xC5", 10), MT940_CHARSET_UTF8);
    assert_int_not_equal(verdict_of(broken, sizeof(broken) - 1), MT940_CHARSET_UTF8);
    assert_int_not_equal(verdict_of("\xC5", 1), MT940_CHARSET_UTF8);
    assert_int_not_equal(verdict_of("\xED\xA0\x80", 3), MT940_CHARSET_UTF8);
    assert_int_not_equal(verdict_of("\xC0\xAF", 2), MT940_CHARSET_UTF8);
    assert_int_not_equal(verdict_of("\xF4\x90\x80\x80", 4), MT940_CHARSET_UTF8);
    mt940_charset_decode(MT940_CHARSET_UTF8, wounded, sizeof(wounded) - 1, text, sizeof(text), &replaced);
    assert_int_equal(replaced, 2);
}

static void undefined_bytes(void **state)
{
    static const struct {
        int32_t charset;
        unsigned char byte;
    } undefined[] = {
        {MT940_CHARSET_WINDOWS_1254, 0x8D}, {MT940_CHARSET_WINDOWS_1252, 0x81}, {MT940_CHARSET_CP857, 0xD5},
        {MT940_CHARSET_ISO_8859_2, 0x80},   {MT940_CHARSET_ASCII, 0xC7},        {MT940_CHARSET_DIN_66003, 0xC7},
        {MT940_CHARSET_UTF8, 0xFF},         {12345, 0xC7},                      {-1, 0xC7},
    };

    for (size_t i = 0; i < sizeof(undefined) / sizeof(undefined[0]); i++) {
        char text[8];
        size_t replaced = 0;

        assert_int_equal(mt940_charset_decode(undefined[i].charset, &undefined[i].byte, 1, text, 8, &replaced), 3);
        assert_memory_equal(text, "\xEF\xBF\xBD", 3);
        assert_int_equal(replaced, 1);
    }
}

static void german_seven_bit(void **state)
{
    expect_text(MT940_CHARSET_DIN_66003, "[\\]{|}~@ M}ller 1", 17, "ÄÖÜäöüß§ Müller 1");
}

/* In whatever pieces a stream comes, the evidence is the same. */
static void pieces_do_not_matter(void **state)
{
    static const char text[] = "\xEF\xBB\xBFGÖNDEREN 12 € ŞİŞLİ\xC5 \xDE\xDDI \x80 \x9E.";

    for (size_t skip = 0; skip < 4; skip++) {
        const char *start = text + skip;
        size_t length = sizeof(text) - 1 - skip;
        struct mt940_charset_evidence whole = {0};

        mt940_charset_observe(&whole, start, length);
        for (size_t first = 0; first <= length; first++) {
            for (size_t second = first; second <= length; second++) {
                struct mt940_charset_evidence pieces = {0};

                mt940_charset_observe(&pieces, start, first);
                mt940_charset_observe(&pieces, start + first, second - first);
                mt940_charset_observe(&pieces, start + second, length - second);
                assert_memory_equal(&pieces, &whole, sizeof(whole));
            }
        }
    }
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

/* Any bytes in any set: sound UTF-8, at most three times as long, a true prefix in any buffer. */
static void any_bytes_in_any_capacity(void **state)
{
    uint64_t seed = 1;

    for (int round = 0; round < 3000; round++) {
        unsigned char bytes[24];
        char whole[80], cut[80];
        size_t length = (size_t)round % sizeof(bytes), got, written;
        int32_t charset = round % 12 - 1;

        for (size_t i = 0; i < length; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            bytes[i] = (unsigned char)(seed >> 33 & (round % 3 ? 0xFF : 0xDF));
        }
        got = mt940_charset_decode(charset, bytes, length, whole, sizeof(whole), NULL);
        assert_true(got <= 3 * length);
        assert_true(is_utf8(whole, got));
        for (size_t capacity = 0; capacity <= got; capacity++) {
            memset(cut, '#', sizeof(cut));
            assert_int_equal(mt940_charset_decode(charset, bytes, length, cut, capacity, NULL), got);
            assert_int_equal(cut[capacity], '#');
            for (written = 0; written < capacity && cut[written] == whole[written];)
                written++;
            assert_true(written + 3 >= capacity);
            while (written < capacity)
                assert_int_equal(cut[written++], '#');
        }
    }
}

/* Encoding is decoding the other way round, for every character a set has. */
static void every_character_of_a_set_comes_back(void **state)
{
    (void)state;
    for (int32_t charset = MT940_CHARSET_ASCII; charset <= MT940_CHARSET_WINDOWS_1250; charset++) {
        for (unsigned byte = 1; byte < 256; byte++) {
            char bytes[1] = {(char)byte}, text[8], back[8];
            size_t replaced = 0, written = 0;
            size_t length = mt940_charset_decode(charset, bytes, 1, text, sizeof text, &replaced);
            if (replaced > 0)
                continue;
            assert_int_equal(mt940_charset_encode(charset, text, length, 0, back, &written, NULL), MT940_OK);
            assert_int_equal(written, 1);
            assert_int_equal(back[0], bytes[0]);
        }
    }
}

static const struct {
    int32_t charset;
    const char *text, *plain; /* in ASCII; NULL = there is no such form */
    size_t misfit;
} misfits[] = {
    {MT940_CHARSET_ASCII, "G\304\260DEN", "GIDEN", 1},
    {MT940_CHARSET_ASCII, "12 \342\200\223 \342\200\234A\342\200\235", "12 - \"A\"", 3},
    {MT940_CHARSET_ASCII, "Stra\303\237e", "Strasse", 4},
    {MT940_CHARSET_ASCII, "5 \342\202\254", NULL, 2},
    {MT940_CHARSET_WINDOWS_1252, "\305\236ube", "Sube", 0},
    {MT940_CHARSET_CP857, "\320\220", NULL, 0},
    {MT940_CHARSET_UTF8, "A\377", NULL, 1},
    {MT940_CHARSET_DIN_66003, "[", NULL, 0},
};

static void what_a_set_lacks_is_told_or_written_plain(void **state)
{
    char out[64];
    size_t written, misfit;
    (void)state;
    for (size_t i = 0; i < sizeof misfits / sizeof misfits[0]; i++) {
        size_t length = strlen(misfits[i].text);
        misfit = 99;
        assert_int_equal(mt940_charset_encode(misfits[i].charset, misfits[i].text, length, 0, out, &written, &misfit),
                         MT940_E_FORMAT);
        assert_int_equal(misfit, misfits[i].misfit);
        int status = mt940_charset_encode(misfits[i].charset, misfits[i].text, length, MT940_ENCODE_TRANSLITERATE, out,
                                          &written, &misfit);
        assert_int_equal(status, misfits[i].plain ? MT940_OK : MT940_E_FORMAT);
        if (misfits[i].plain == NULL)
            continue;
        assert_int_equal(written, strlen(misfits[i].plain));
        assert_memory_equal(out, misfits[i].plain, written);
        assert_true(written <= length);
    }
    assert_int_equal(mt940_charset_encode(MT940_CHARSET_DETECT, "a", 1, 0, out, &written, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_charset_encode(MT940_CHARSET_ASCII, "a", 1, 2, out, &written, NULL), MT940_E_ARGUMENT);
}

static void the_locale_does_not_matter(void **state)
{
    if (!setlocale(LC_ALL, "tr_TR.UTF-8") && !setlocale(LC_ALL, "tr_TR.utf8")) {
        /* cmocka's skip() is a failure to those who read TAP. */
        puts("# no locale tr_TR.UTF-8 here; not run");
        return;
    }
    names_and_aliases(state);
    assert_int_equal(from_name("iSo-8859-9"), MT940_CHARSET_WINDOWS_1254);
    assert_int_equal(from_name("LATIN5"), MT940_CHARSET_WINDOWS_1254);
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_aliases),
        cmocka_unit_test(every_turkish_sentence_comes_back),
        cmocka_unit_test(random_turkish_text_comes_back),
        cmocka_unit_test(other_languages_come_back),
        cmocka_unit_test(fragments),
        cmocka_unit_test(fragment_c20_reads),
        cmocka_unit_test(byte_order_mark),
        cmocka_unit_test(symbols_alone_decide_nothing),
        cmocka_unit_test(utf8_with_a_wound),
        cmocka_unit_test(undefined_bytes),
        cmocka_unit_test(german_seven_bit),
        cmocka_unit_test(pieces_do_not_matter),
        cmocka_unit_test(any_bytes_in_any_capacity),
        cmocka_unit_test(every_character_of_a_set_comes_back),
        cmocka_unit_test(what_a_set_lacks_is_told_or_written_plain),
        cmocka_unit_test(the_locale_does_not_matter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

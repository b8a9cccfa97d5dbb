/* SPDX-License-Identifier: Apache-2.0
 *
 * test_narrative.c: what each dialect's narratives are split into, and what must stay whole. Add a quirk by adding a
 * line to `texts`: bytes, direction, dialect, sub-fields as "code=value|" (">" before those found in joined ones), and
 * the uniform shape as "name=value|".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/charset.h"
#include "mt940connect/narrative.h"
#include "mt940connect/statement.h"

static const struct {
    const char *raw;
    int32_t sign;
    const char *dialect, *fields, *values;
} texts[] = {
    /* Free text: a question mark is data (turkish-banking §1.5). */
    {"001?DBS Fatura Tahsilat\xFD. Bayi Referans: AT1 Fatura?: AT1", 1, "free", "", ""},
    {"001?20 ADET KALEM Fatura?: 7", 1, "free", "", ""},
    {"GELEN EFT 15:30 IBAN: TR780006701000000011111111 ?", 1, "free", "", ""},
    {"00121 9008494 0790020874 INT-HVL-", 1, "free", "", ""},
    {"+90 212 555 00 00 DEN /INV/ ODEME", 1, "free", "", ""},
    {"", 1, "free", "", ""},
    {"TR140006200119000001234567", 1, "free", "", "account=TR140006200119000001234567|iban=TR140006200119000001234567|"},

    /* German sub-fields, any separator, with and without the business code. */
    {"166?00GUTSCHRIFT?100815?20RECHNUNG 12?30DEUTDEDB?31DE89370400440532013000?32MUSTER?33GMBH", 1, "gvc",
     "=166|00=GUTSCHRIFT|10=0815|20=RECHNUNG 12|30=DEUTDEDB|31=DE89370400440532013000|32=MUSTER|33=GMBH|",
     "transaction_code=166|booking_text=GUTSCHRIFT|name=MUSTER GMBH|account=DE89370400440532013000|bic=DEUTDEDB|"
     "purpose=RECHNUNG 12|iban=DE89370400440532013000|"},
    {"166~00GUTSCHRIFT~20A~32B", 1, "gvc", "=166|00=GUTSCHRIFT|20=A|32=B|",
     "transaction_code=166|booking_text=GUTSCHRIFT|name=B|purpose=A|"},
    {"166^00GUTSCHRIFT^20A^32B", 1, "gvc", "=166|00=GUTSCHRIFT|20=A|32=B|",
     "transaction_code=166|booking_text=GUTSCHRIFT|name=B|purpose=A|"},
    {"166@00GUTSCHRIFT@20A@32B", 1, "gvc", "=166|00=GUTSCHRIFT|20=A|32=B|",
     "transaction_code=166|booking_text=GUTSCHRIFT|name=B|purpose=A|"},
    {"TBB+00PREVOD+21EREF+20 26+30STSABGSF+32FIRMA", 1, "gvc",
     "=TBB|00=PREVOD|21=EREF+20 26|30=STSABGSF|32=FIRMA|>EREF=20 26|",
     "transaction_code=TBB|booking_text=PREVOD|name=FIRMA|bic=STSABGSF|end_to_end=20 26|"},
    {">20Faktura 7>31>32ABC", 1, "gvc", "20=Faktura 7|31=|32=ABC|", "name=ABC|purpose=Faktura 7|"},
    {"?20some?21data", 1, "gvc", "20=some|21=data|", "purpose=some data|"},
    /* A question mark in the text, a lone one at the end, no 00, 60 to 63, repeats. */
    {"166?20WARUM? DARUM?21ENDE?", 1, "gvc", "=166|20=WARUM? DARUM|21=ENDE?|",
     "transaction_code=166|purpose=WARUM? DARUM ENDE?|"},
    /* Pieces of two texts in turns. */
    {"166?20AB?32N?60CD?33M?29EF", 1, "gvc", "=166|20=AB|32=N|60=CD|33=M|29=EF|",
     "transaction_code=166|name=N M|purpose=AB CD EF|"},
    {"808?00ENTGELT?29X?60Y?63Z", -1, "gvc", "=808|00=ENTGELT|29=X|60=Y|63=Z|",
     "transaction_code=808|booking_text=ENTGELT|purpose=X Y Z|"},
    {"166?20Wer? Wo? Was? Wie?21Ende", 1, "gvc", "=166|20=Wer? Wo? Was? Wie|21=Ende|",
     "transaction_code=166|purpose=Wer? Wo? Was? Wie Ende|"},
    {"166?22a?22b", 1, "gvc", "=166|22=a|22=b|", "transaction_code=166|purpose=a b|"},
    /* SEPA words: cut at 27 characters, cut inside the word, with a colon, over a line's end. */
    {"105?00LASTSCHRIFT?20EREF+E2E-1?21MREF+M-1?22CRED+DE98ZZZ09999999999?23SVWZ+Beitrag 2026 fuer Ihr?24 Konto"
     "?34992", -1, "gvc",
     "=105|00=LASTSCHRIFT|20=EREF+E2E-1|21=MREF+M-1|22=CRED+DE98ZZZ09999999999|23=SVWZ+Beitrag 2026 fuer Ihr|"
     "24=Konto|34=992|>EREF=E2E-1|>MREF=M-1|>CRED=DE98ZZZ09999999999|>SVWZ=Beitrag 2026 fuer Ihr Konto|",
     "transaction_code=105|booking_text=LASTSCHRIFT|end_to_end=E2E-1|mandate=M-1|creditor_id=DE98ZZZ09999999999|"
     "purpose=Beitrag 2026 fuer Ihr Konto|"},
    {"166?20SVWZ+Rechnung 4711 vom 12.0?211.2026 KR?22EF+K-9", 1, "gvc",
     "=166|20=SVWZ+Rechnung 4711 vom 12.0|21=1.2026 KR|22=EF+K-9|>SVWZ=Rechnung 4711 vom 12.01.2026|>KREF=K-9|",
     "transaction_code=166|customer_reference=K-9|purpose=Rechnung 4711 vom 12.01.2026|"},
    {"166?20SVWZ+Kurz MR\nEF+M-7?32A", 1, "gvc", "=166|20=SVWZ+Kurz MREF+M-7|32=A|>SVWZ=Kurz|>MREF=M-7|",
     "transaction_code=166|name=A|mandate=M-7|purpose=Kurz|"},
    {"166?20EREF: X9 SVWZ: Miete IBAN: DE89370400440532013000", 1, "gvc",
     "=166|20=EREF: X9 SVWZ: Miete IBAN: DE89370400440532013000|>EREF=X9|>SVWZ=Miete|>IBAN=DE89370400440532013000|",
     "transaction_code=166|account=DE89370400440532013000|end_to_end=X9|purpose=Miete|iban=DE89370400440532013000|"},
    {"166?20EREF+NOTPROVIDED?21Rechnung 5", 1, "gvc",
     "=166|20=EREF+NOTPROVIDED|21=Rechnung 5|>EREF=NOTPROVIDED|>=Rechnung 5|",
     "transaction_code=166|purpose=Rechnung 5|"},
    {"109?00RETOURE?20SVWZ+Grund: AM04 DECKUNG?32A", -1, "gvc",
     "=109|00=RETOURE|20=SVWZ+Grund: AM04 DECKUNG|32=A|>SVWZ=Grund: AM04 DECKUNG|",
     "transaction_code=109|booking_text=RETOURE|name=A|purpose=Grund: AM04 DECKUNG|return_reason=AM04|"},
    {"166?20Gruss AM04?32A", 1, "gvc", "=166|20=Gruss AM04|32=A|", "transaction_code=166|name=A|purpose=Gruss AM04|"},
    {"999?20VS:1234567890?21KS:0308", 1, "gvc",
     "=999|20=VS:1234567890|21=KS:0308|>VS=1234567890|>KS=0308|", "transaction_code=999|creditor_reference=1234567890|"},
    /* Lines: a number goes on, other short lines end. */
    {"166?20EIN\nWORT?31DE8937040\n0440532013000", 1, "gvc", "=166|20=EIN WORT|31=DE89370400440532013000|",
     "transaction_code=166|account=DE89370400440532013000|purpose=EIN WORT|iban=DE89370400440532013000|"},

    {"020~00abc", 1, "polish", "=020|00=abc|", "transaction_code=020|booking_text=abc|"},
    {"100~00 TL", 1, "free", "", ""},
    /* Polish and Dutch sub-fields; a narrative that is there twice. */
    {"020\n:86:020~00PRZELEW~20FAKTURA~21NR 7~30109010~31~32ALA~33SP. Z O.O.~38PL61109010140000071219812874~60X", 1,
     "polish",
     "=020 020|00=PRZELEW|20=FAKTURA|21=NR 7|30=109010|31=|32=ALA|33=SP. Z O.O.|38=PL61109010140000071219812874|60=X|",
     "transaction_code=020|booking_text=PRZELEW|name=ALA SP. Z O.O.|account=PL61109010140000071219812874|"
     "bank_code=109010|purpose=FAKTURA NR 7|iban=PL61109010140000071219812874|"},
    {"020<00PRZELEW<20ZA CZYNSZ<27JAN<28UL. X<3161109010140000071219812874", 1, "polish",
     "=020|00=PRZELEW|20=ZA CZYNSZ|27=JAN|28=UL. X|31=61109010140000071219812874|",
     "transaction_code=020|booking_text=PRZELEW|name=JAN UL. X|account=61109010140000071219812874|purpose=ZA CZYNSZ|"
     "iban=PL61109010140000071219812874|"},
    {"000>100000000000\n>20TRIONL2U\n>21NL91ABNA0417164300\n>22SPAAR\n>310417164300", 1, "triodos",
     "=000|10=0000000000|20=TRIONL2U|21=NL91ABNA0417164300|22=SPAAR|31=0417164300|",
     "transaction_code=000|account=NL91ABNA0417164300|bic=TRIONL2U|purpose=SPAAR|iban=NL91ABNA0417164300|"},

    /* Slash words; slashes in values survive. */
    {"/EREF/E-1//CNTP/NL91ABNA0417164300/ABNANL2A/Jan en/of P///REMI/USTD//a/b c//PURP/OTHR/", 1, "slash",
     "EREF=E-1|CNTP=NL91ABNA0417164300/ABNANL2A/Jan en/of P|REMI=USTD//a/b c|PURP=OTHR|",
     "name=Jan en|account=NL91ABNA0417164300|bic=ABNANL2A|end_to_end=E-1|purpose=a/b c|purpose_code=OTHR|"
     "iban=NL91ABNA0417164300|"},
    {"/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A\n/NAME/A EN/OF B/REMI//INV/7/8/EREF/NOTPROV\nIDED", 1,
     "slash",
     "TRTP=SEPA OVERBOEKING|IBAN=NL91ABNA0417164300|BIC=ABNANL2A|NAME=A EN/OF B|REMI=/INV/7/8|EREF=NOTPROV IDED|",
     "booking_text=SEPA OVERBOEKING|name=A EN/OF B|account=NL91ABNA0417164300|bic=ABNANL2A|purpose=/INV/7/8|"
     "iban=NL91ABNA0417164300|"},
    {"/ORDP//NAME/EGO/BENM//NAME/TU/REMI/X", -1, "slash", "ORDP=|NAME=EGO|BENM=|NAME=TU|REMI=X|", "name=TU|purpose=X|"},
    {"/ORDP//NAME/EGO/BENM//NAME/TU/REMI/X", 1, "slash", "ORDP=|NAME=EGO|BENM=|NAME=TU|REMI=X|", "name=EGO|purpose=X|"},
    {"/RTRN/MS03//EREF//REMI/STRD/CUR/123456/", -1, "slash", "RTRN=MS03|EREF=|REMI=STRD/CUR/123456|",
     "purpose=123456|creditor_reference=123456|return_reason=MS03|"},
    {"/OCMT/EUR1,00//CHGS/EUR0,08/", 1, "slash", "OCMT=EUR1,00|CHGS=EUR0,08|",
     "original_amount=EUR1,00|charges=EUR0,08|"},
    {"/DEAL/7 /FX/ B\n/RATE/1,5", 1, "slash", "DEAL=7 /FX/ B|RATE=1,5|", ""},
    {"/ORDP/300000000000133\n/FIRMA AD\n/00//00\n/Uplata", 1, "slash", "ORDP=300000000000133 /FIRMA AD /00//00 /Uplata|",
     "name=FIRMA AD|account=300000000000133|purpose=00//00 /Uplata|"},
    {"/VS/123/SS/0/KS/0308", 1, "slash", "VS=123|SS=0|KS=0308|", "creditor_reference=123|"},

    /* Words. */
    {"Danke EREF+E-2 SVWZ+Miete", 1, "sepa", "=Danke|EREF=E-2|SVWZ=Miete|", "end_to_end=E-2|purpose=Miete|"},
    {"GUTSCHRIFT 0815 EREF: 0203 IBAN: DE89370400440532013000 BIC: DEUTDEDB x", 1, "sepa",
     "=GUTSCHRIFT 0815|EREF=0203|IBAN=DE89370400440532013000|BIC=DEUTDEDB|=x|",
     "account=DE89370400440532013000|bic=DEUTDEDB|end_to_end=0203|purpose=GUTSCHRIFT 0815|iban=DE89370400440532013000|"},
    {"REK: NL91ABNA0417164300/NAAM: BEDRIJF", 1, "dutch", "REK=NL91ABNA0417164300|NAAM=BEDRIJF|",
     "name=BEDRIJF|account=NL91ABNA0417164300|iban=NL91ABNA0417164300|"},
    {"770 PRZELEW; Z RACH.: 61109010140000071219812874; OD: ALA; TYT.: FV 1;\nREF.  KLIENTA: R1; TNR: 2", 1,
     "polish-words",
     "=770 PRZELEW|Z RACH.=61109010140000071219812874|OD=ALA|TYT.=FV 1|REF.  KLIENTA=R1|TNR=2|",
     "booking_text=770 PRZELEW|name=ALA|account=61109010140000071219812874|customer_reference=R1|purpose=FV 1|"
     "iban=PL61109010140000071219812874|"},
    {"Platba VS 20260001 KS:0308 SS/7 dekuji", 1, "czech", "=Platba|VS=20260001|KS=0308|SS=7|=dekuji|",
     "purpose=Platba|creditor_reference=20260001|"},
    {":NS:01Vergütung\n02FR ESR\n03HANS\n18123", -1, "ns", "01=Vergütung|02=FR ESR|03=HANS|18=123|",
     "booking_text=Vergütung|purpose=FR ESR HANS|"},
    {"TEXT\r\n:NS:Hello", 1, "ns", "=TEXT|=Hello|", ""},
};

enum { field_limit = 64, room_limit = 4096 };

static struct mt940_narrative_field fields[field_limit];
static char room[room_limit];

static struct mt940_narrative read_text(const char *raw, int32_t sign)
{
    struct mt940_narrative_input input = {sizeof input, {raw, strlen(raw)}, MT940_CHARSET_UTF8, sign};
    struct mt940_narrative narrative = {.size = sizeof narrative};

    assert_true(mt940_narrative_room(strlen(raw)) <= sizeof room);
    assert_int_equal(mt940_narrative_read(&input, room, mt940_narrative_room(strlen(raw)), fields, field_limit, &narrative),
                     MT940_OK);
    assert_true(narrative.field_count <= field_limit);
    return narrative;
}

static void describe_fields(const struct mt940_narrative *narrative, char *out, size_t size)
{
    size_t at = 0;

    out[0] = '\0';
    for (size_t i = 0; i < narrative->field_count; i++)
        at += (size_t)snprintf(out + at, size - at, "%s%.*s=%.*s|", fields[i].level ? ">" : "",
                               (int)fields[i].code.length, fields[i].code.data, (int)fields[i].value.length,
                               fields[i].value.data);
}

static void describe_values(const struct mt940_narrative *narrative, char *out, size_t size)
{
    size_t at = 0;

    out[0] = '\0';
    for (int32_t i = 1; i < MT940_NARRATIVE_VALUE_COUNT; i++)
        if (narrative->values[i].length > 0)
            at += (size_t)snprintf(out + at, size - at, "%s=%.*s|", mt940_narrative_value_name(i),
                                   (int)narrative->values[i].length, narrative->values[i].data);
    if (narrative->iban[0])
        snprintf(out + at, size - at, "iban=%s|", narrative->iban);
}

static void each_text_is_split_as_it_says(void **state)
{
    char found_fields[2048], found_values[2048];

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct mt940_narrative narrative = read_text(texts[i].raw, texts[i].sign);
        const char *dialect = mt940_narrative_dialect_name(narrative.dialect);
        describe_fields(&narrative, found_fields, sizeof found_fields);
        describe_values(&narrative, found_values, sizeof found_values);
        if (strcmp(dialect, texts[i].dialect) != 0 || strcmp(found_fields, texts[i].fields) != 0 ||
            strcmp(found_values, texts[i].values) != 0)
            fail_msg("%s\n  is %s %d\n  fields %s\n  values %s", texts[i].raw, dialect, (int)narrative.score,
                     found_fields, found_values);
        assert_true(narrative.score >= 0 && narrative.score <= 100);
        assert_int_equal(narrative.score == 0, narrative.dialect == MT940_NARRATIVE_FREE);
    }
}

/* Whole texts wrapped at 65, the first line at 61 as banks do that count ":86:", say the same. */
static void wrapped_lines_say_the_same(void **state)
{
    static const char whole[] =
        "166?00SEPA-GUTSCHRIFT?100001?20EREF+ABCDEFGH-2026-000123456?21789KREF+K-2?22SVWZ+Rechnung 4711 vom 3.?231.2026"
        " und 4712?30DEUTDEDB?31DE89370400440532013000?32MUSTERMANN UND SOEHNE HANDE?33LSGESELLSCHAFT MBH";
    static const size_t first[] = {61, 65};
    char wrapped[512], expected[2048], found[2048];
    struct mt940_narrative narrative = read_text(whole, 1);

    (void)state;
    describe_values(&narrative, expected, sizeof expected);
    assert_non_null(strstr(expected, "name=MUSTERMANN UND SOEHNE HANDELSGESELLSCHAFT MBH|"));
    assert_non_null(strstr(expected, "end_to_end=ABCDEFGH-2026-000123456789|"));
    for (size_t i = 0; i < 2; i++) {
        size_t at = 0, width = first[i];
        for (size_t from = 0; from < sizeof whole - 1; from += width, width = 65)
            at += (size_t)snprintf(wrapped + at, sizeof wrapped - at, "%s%.*s", from ? "\r\n" : "",
                                   (int)(from + width > sizeof whole - 1 ? sizeof whole - 1 - from : width), whole + from);
        narrative = read_text(wrapped, 1);
        describe_values(&narrative, found, sizeof found);
        assert_string_equal(found, expected);
    }
}

static void free_text_is_the_text_of_the_statement(void **state)
{
    static const char raw[] = "GELEN\tEFT\r\nAL\xFD" "C\xFD A/B";
    struct mt940_narrative_input input = {sizeof input, {raw, sizeof raw - 1}, MT940_CHARSET_WINDOWS_1254, 1};
    struct mt940_narrative narrative = {.size = sizeof narrative};
    char text[64];

    (void)state;
    assert_int_equal(mt940_narrative_read(&input, room, sizeof room, NULL, 0, &narrative), MT940_OK);
    size_t length = mt940_narrative_text(&input.raw, MT940_CHARSET_WINDOWS_1254, text, sizeof text);
    assert_int_equal(narrative.text.length, length);
    assert_memory_equal(narrative.text.data, text, length);
}

/* The letter is shorter than the sign of replacement that stood for its first half. */
static void a_letter_cut_at_the_end_has_room_in_the_length_that_was_told(void **state)
{
    static const char raw[] = "AYI\xC4\r\n\x9F";
    const struct mt940_view view = {raw, sizeof raw - 1};
    char text[8] = "########";

    (void)state;
    assert_int_equal(mt940_narrative_text(&view, MT940_CHARSET_UTF8, NULL, 0), 5);
    assert_int_equal(mt940_narrative_text(&view, MT940_CHARSET_UTF8, text, 5), 5);
    assert_memory_equal(text, "AYI\xC4\x9F###", 8);
}

static void too_little_room_is_refused_and_changes_nothing(void **state)
{
    static const char raw[] = "166?20ABC?32NAME";
    struct mt940_narrative_input input = {sizeof input, {raw, sizeof raw - 1}, MT940_CHARSET_ASCII, 0};
    struct mt940_narrative narrative = {.size = sizeof narrative, .score = -7};
    size_t least = sizeof raw - 1 + 7; /* the text, and the two joined values */

    (void)state;
    assert_int_equal(mt940_narrative_read(&input, room, sizeof raw - 2, NULL, 0, &narrative), MT940_E_LIMIT);
    assert_int_equal(mt940_narrative_read(&input, room, least - 1, NULL, 0, &narrative), MT940_E_LIMIT);
    assert_int_equal(narrative.score, -7);
    assert_int_equal(mt940_narrative_read(&input, room, least, NULL, 0, &narrative), MT940_OK);
    assert_int_equal(narrative.field_count, 3);
}

static void misuse_is_refused(void **state)
{
    struct mt940_narrative_input input = {sizeof input, {"x", 1}, MT940_CHARSET_ASCII, 0};
    struct mt940_narrative narrative = {.size = sizeof narrative}, small = {.size = 8};

    (void)state;
    assert_int_equal(mt940_narrative_read(NULL, room, 9, NULL, 0, &narrative), MT940_E_ARGUMENT);
    assert_int_equal(mt940_narrative_read(&input, room, 9, NULL, 0, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_narrative_read(&input, NULL, 9, NULL, 0, &narrative), MT940_E_ARGUMENT);
    assert_int_equal(mt940_narrative_read(&input, room, 9, NULL, 1, &narrative), MT940_E_ARGUMENT);
    assert_int_equal(mt940_narrative_read(&input, room, 9, NULL, 0, &small), MT940_E_ARGUMENT);
    assert_int_equal(mt940_narrative_complete(&narrative, &small), MT940_E_ARGUMENT);
    input.size = 3;
    assert_int_equal(mt940_narrative_read(&input, room, 9, NULL, 0, &narrative), MT940_E_ARGUMENT);
    assert_null(mt940_narrative_dialect_name(-1));
    assert_null(mt940_narrative_dialect_name(MT940_NARRATIVE_DIALECT_COUNT));
    assert_null(mt940_narrative_value_name(MT940_NARRATIVE_VALUE_COUNT));
    assert_null(mt940_narrative_value_name(MT940_NARRATIVE_NOTHING));
    for (int32_t i = 0; i < MT940_NARRATIVE_DIALECT_COUNT; i++)
        assert_non_null(mt940_narrative_dialect_name(i));
    for (int32_t i = 1; i < MT940_NARRATIVE_VALUE_COUNT; i++)
        assert_non_null(mt940_narrative_value_name(i));
}

static void the_supplementary_line_completes_the_narrative(void **state)
{
    static const char first[] = "/EREF/E-1/REMI/TEXT", second[] = "/EREF/E-2/OCMT/EUR5,00/";
    static char other_room[256];
    struct mt940_narrative_input input = {sizeof input, {second, sizeof second - 1}, MT940_CHARSET_ASCII, 0};
    struct mt940_narrative narrative, other = {.size = sizeof other};
    char found[256];

    (void)state;
    assert_int_equal(mt940_narrative_read(&input, other_room, sizeof other_room, NULL, 0, &other), MT940_OK);
    narrative = read_text(first, 1);
    assert_int_equal(mt940_narrative_complete(&narrative, &other), MT940_OK);
    describe_values(&narrative, found, sizeof found);
    assert_string_equal(found, "end_to_end=E-1|purpose=TEXT|original_amount=EUR5,00|");
}

/* A million sub-fields: all counted, few kept, none joined twice. */
static void many_sub_fields_are_counted(void **state)
{
    enum { count = 1000000 };
    char *raw = malloc(4 * count), *space = malloc(6 * 4 * count);
    struct mt940_narrative_input input = {sizeof input, {raw, 4 * count}, MT940_CHARSET_ASCII, 0};
    struct mt940_narrative narrative = {.size = sizeof narrative};

    (void)state;
    assert_non_null(raw);
    assert_non_null(space);
    for (size_t i = 0; i < count; i++)
        memcpy(raw + 4 * i, "?20x", 4);
    assert_int_equal(mt940_narrative_read(&input, space, mt940_narrative_room(4 * count), fields, field_limit, &narrative),
                     MT940_OK);
    assert_int_equal(narrative.field_count, count);
    assert_int_equal(narrative.values[MT940_NARRATIVE_PURPOSE].length, 2 * count - 1);
    free(raw);
    free(space);
}

/* However many there are: some are listed when the dialect is told, those behind are looked for again. */
static void any_number_of_sub_fields(void **state)
{
    (void)state;
    for (size_t count = 2; count < 140; count++) {
        static char raw[1000], buffer[6 * 1000];
        struct mt940_narrative_field list[200];
        struct mt940_narrative narrative = {.size = sizeof narrative};
        size_t length = 3;

        memcpy(raw, "166", 3);
        for (size_t i = 0; i < count; i++, length += 5)
            memcpy(raw + length, i % 50 == 49 ? "?32Z " : "?20ab", 5);
        struct mt940_narrative_input input = {sizeof input, {raw, length}, MT940_CHARSET_ASCII, 1};
        assert_int_equal(mt940_narrative_read(&input, buffer, sizeof buffer, list, 200, &narrative), MT940_OK);
        assert_int_equal(narrative.field_count, count + 1);
        assert_int_equal(list[count].value.length, (count - 1) % 50 == 49 ? 1 : 2);
        assert_int_equal(narrative.values[MT940_NARRATIVE_PURPOSE].length, 3 * (count - count / 50) - 1);
        assert_int_equal(narrative.values[MT940_NARRATIVE_NAME].length, count < 100 ? count / 50 : 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_text_is_split_as_it_says),
        cmocka_unit_test(wrapped_lines_say_the_same),
        cmocka_unit_test(free_text_is_the_text_of_the_statement),
        cmocka_unit_test(a_letter_cut_at_the_end_has_room_in_the_length_that_was_told),
        cmocka_unit_test(too_little_room_is_refused_and_changes_nothing),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(the_supplementary_line_completes_the_narrative),
        cmocka_unit_test(many_sub_fields_are_counted),
        cmocka_unit_test(any_number_of_sub_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

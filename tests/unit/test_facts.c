/* SPDX-License-Identifier: Apache-2.0
 *
 * test_facts.c: what is read out of narratives, as a table: the shapes of turkish-banking §1.5
 * and what must not be taken for them. A fact is written "what=value", several with blanks
 * between; the whole list is compared, so that nothing unexpected goes by.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "describe.h"

static const char own_iban[] = "TR140006200119000001234567";

struct row {
    const char *text;
    int32_t sign;
    const char *facts;
};

static const struct row rows[] = {
    /* IBANs: anywhere, own one dropped, chosen by the words beside them */
    {"GELEN EFT YILDIZ MARKET LTD.STI. TR780006701000000011111111 SORGU NO:1414049 VKN:1112223339 FATURA 2026000000117",
     1, "iban=TR780006701000000011111111* tax=1112223339+* invoice=2026000000117+ query=1414049 kinds=eft"},
    {"GOND.IBAN TR780006701000000011111111 SORGU NO 0001414051 VKN 1112223339 ACIKLAMA: 4300099010 NOLU FATURA", 1,
     "iban=TR780006701000000011111111*s tax=1112223339+* invoice=4300099010+ query=0001414051"},
    {"MOBIL-FAST-1234567890 ALICI TR14 0006 2001 1900 0001 2345 67 G\xC3\x96NDEREN \xC4\xB0SMA\xC4\xB0L \xC3\x87"
     "A\xC4\x9ERI TR67 0001 0009 9900 0000 3333 33 TCKN 12345678950",
     1, "own iban=TR670001000999000000333333*s tax=1234567890 tax=12345678950+* kinds=fast"},
    {"TR780006701000000011111111 nolu hesab\xC4\xB1ndan TR590004600123888000022222 nolu hesab\xC4\xB1na", 1,
     "iban=TR780006701000000011111111*s iban=TR590004600123888000022222r"},
    {"TR780006701000000011111111 nolu hesab\xC4\xB1ndan TR590004600123888000022222 nolu hesab\xC4\xB1na", -1,
     "iban=TR780006701000000011111111s iban=TR590004600123888000022222*r"},
    {"TR780006701000000011111111 TR590004600123888000022222", 1,
     "iban=TR780006701000000011111111 iban=TR590004600123888000022222"},
    {"ALICI TR780006701000000011111111 TR590004600123888000022222", 1,
     "iban=TR780006701000000011111111r iban=TR590004600123888000022222*"},
    {"DEN\xC4\xB0ZBANK A.\xC5\x9E. MERKEZ \xC5\x9EUBES\xC4\xB0 NEZD\xC4\xB0NDEK\xC4\xB0 TR660013400000444400000001 "
     "NO'LU HESABINA YAPILAN 1414049 SORGU NO'LU EFT",
     -1, "iban=TR660013400000444400000001*r query=1414049 kinds=eft"},
    {"TR440006200119000006672315", 1, ""},
    /* query numbers stand before or behind their words */
    {"CAR\xC4\xB0 HESABA MAHSUBEN/DEN\xC4\xB0ZBANK A.\xC5\x9E.-0134-90001-63612 sorgu numaral\xC4\xB1 gelen EFT", 1,
     "query=63612 kinds=eft"},
    {"1414049 SORGU NO EFT", 1, "query=1414049 kinds=eft"},
    {"11 SORGU NO 22", 1, ""},
    {"SORGU NO 7777 8888", 1, "query=7777"},
    /* invoices */
    {"001?DBS Fatura Tahsilat\xC4\xB1 - OTOMAT\xC4\xB0K. Bayi Referans: BY00000001 Fatura?: BY00000001 Fatura No: "
     "4300099001.",
     1, "invoice=4300099001+ dealer=BY00000001 kinds=dbs"},
    {"FATURA NO: ABC-2026/001 VE 4300099002", 1, "invoice=ABC-2026/001+ invoice=4300099002+"},
    {"FATURA NO: 4300099001, 4300099002 VE 4300099003 SORGU NO 1234", 1,
     "invoice=4300099001+ invoice=4300099002+ invoice=4300099003+ query=1234"},
    {"FATURA NO 123 456789", 1, "invoice=123+"},
    {"FATURA BEDELI", 1, ""},
    {"FATURA 15.07.2026", 1, ""},
    {"ABC2026000000117 ODEMESI", 1, "invoice=ABC2026000000117"},
    {"XABC2026000000117", 1, ""},
    {"2026000000008 NL. FT. \xC3\x96" "DEMES\xC4\xB0", 1, "invoice=2026000000008+"},
    {"4300099010'LU FATURA", 1, "invoice=4300099010+"},
    {"4300099010 NO'LU FATURANIZ", 1, "invoice=4300099010+"},
    {"INVOICE 4300099020", 1, "invoice=4300099020+"},
    {"FATURA: F00123", 1, "invoice=F00123+"},
    {"FATURA: 15.07.2026", 1, ""},
    {"FATURA: 2026/07 D\xC3\x96NEM\xC4\xB0", 1, ""},
    {"FT:123456", 1, "invoice=123456+"},
    {"FTR NO 12345", 1, "invoice=12345+"},
    {"FATURA NO 4300099001 - 15000 TL", 1, "invoice=4300099001+"},
    {"FATURA NO 4300099001/4300099002", 1, "invoice=4300099001+ invoice=4300099002+"},
    {"FATURA NO ABC2026000000117/118", 1, "invoice=ABC2026000000117+"},
    /* invoices named behind them: lists, whole numbers, never the rest of one */
    {"123456 VE 123457 NOLU FATURA", 1, "invoice=123456+ invoice=123457+"},
    {"123456,123457 + 123458 NOLU FT.", 1, "invoice=123456+ invoice=123457+ invoice=123458+"},
    {"123456-123457 NUMARALI FATURALAR", 1, "invoice=123456+ invoice=123457+"},
    {"ABC2026000000117/118/119 NOLU FATURALAR", 1, "invoice=ABC2026000000117+"},
    {"2026/15 NOLU FATURA", 1, "invoice=2026/15+"},
    {"ABC-2026/001 NOLU FATURA", 1, "invoice=ABC-2026/001+"},
    {"12 NOLU FATURA", 1, "invoice=12+"},
    {"500,00 TL 123456 NOLU FATURA", 1, "invoice=123456+"},
    /* tax numbers */
    {"VERGI NO 2223334447", 1, "tax=2223334447+*"},
    {"REF 1112223339", 1, "tax=1112223339*"},
    {"1112223339 2223334447", 1, "tax=1112223339 tax=2223334447"},
    {"VKN 1112223339 2223334447", 1, "tax=1112223339+* tax=2223334447"},
    {"VKN 9998887774", 1, ""}, /* the own one */
    {"VOEN 1700345601 XEZER TICARET MMC", 1, "tax=1700345601+*"},
    /* layouts of the own bank (Garanti) and accounts */
    {"00121 9008494 0790020874 INT-HVL-", 1, "account=62/121/0790020874 kinds=havale"},
    {"00277 1234567 0000000000 YILDIZ MARKET LT", 1, "account=62/277/"},
    {"062 TGAR 8519150 119 12345670  CekProv H", -1, "cheque=8519150 kinds=cheque"},
    {"0121 9008494 0790020875", 1, ""},
    /* parts between stars: name, bank, its name or a text, query number, kind */
    {"ORNEK LTD*0111**8792599", 1, "query=8792599 name=ORNEK LTD"},
    {"ORNEK LTD*0062*KIRA*3667000299*FAST", 1, "query=3667000299 name=ORNEK LTD kinds=fast"},
    {"ORNEK LTD*TR780006701000000011111111*YAPIKREDI*0082599", 1,
     "iban=TR780006701000000011111111* query=0082599 name=ORNEK LTD"},
    {"ORNEK LTD*0111*KIRA", 1, ""},
    {"4543*0111**8792599", 1, ""},
    {"ORNEK*LTD*STI*8792599", 1, ""},
    {"HESAP 0134-00444/400000001", 1, "account=134/444/400000001"},
    {"HESAP 0062-00119/0001234567", 1, ""}, /* the own one */
    {"15-07/2026", 1, ""},
    {"DBS ODM/5089567/0801422766", -1, "dbsref=0801422766 kinds=dbs"},
    {"CEK NO 8500001", -1, "cheque=8500001 kinds=cheque"},
    /* rate, BIC, names */
    {"DOVIZ ALIS 1.000,00 USD KUR 40,1250 TR650006200119000009876543", -1,
     "iban=TR650006200119000009876543* rate=4012500000 kinds=exchange"},
    {"KUR:32.5", 1, "rate=3250000000"},
    {"KUR 1 USD=32,4567", 1, "rate=3245670000"},
    {"KUR 1 USD", 1, ""},
    /* words that name a number only with a colon */
    {"SORGU:1414049", 1, "query=1414049"},
    {"SORGU 1414049", 1, ""},
    {"BAY\xC4\xB0: 120-0015 TAHS\xC4\xB0LAT", 1, "dealer=120-0015"},
    {"BAY\xC4\xB0 KODU 120.01.001. 3 ADET", 1, "dealer=120.01.001"},
    {"BAY\xC4\xB0 120 ADET", 1, ""},
    {"KURUMSAL", 1, ""},
    {"BIC TGBATRIS GONDEREN", 1, "bic=TGBATRIS"},
    {"GELEN SWIFT ABC GMBH", 1, "kinds=swift"},
    {"/ORDP/ABC GMBH/REMI/INVOICE 4300099020", 1, "invoice=4300099020+ name=ABC GMBH"},
    {"/ORDP/ABC GMBH/REMI/INVOICE 4300099020", -1, "invoice=4300099020+"},
    {"/BENM/XYZ LTD", -1, "name=XYZ LTD"},
    /* kinds: whole words, reversals and what only looks like one */
    {"\xC4\xB0" "ADE EFT ALICI HESAP KAPALI SORGU NO:1414050", 1, "query=1414050 kinds=eft,return"},
    {"HATALI GELEN HAVALE \xC4\xB0PTAL", -1, "kinds=havale,cancel"},
    {"TERS KAYIT", 1, "kinds=reversed"},
    {"\xC4\xB0" "ade faturas\xC4\xB1 bedeli", -1, ""},
    {"EFT \xC4\xB0" "ADES\xC4\xB0", 1, "kinds=eft,return"},
    {"VERG\xC4\xB0 \xC4\xB0" "ADES\xC4\xB0", 1, "kinds=tax"},
    {"SWIFT MASRAFI IADE", 1, "kinds=swift,charge,return"},
    {"\xC3\x9Cr\xC3\xBCn iade", -1, ""},
    {"HESAPLAR ARASI V\xC4\xB0RMAN", 1, "kinds=virman"},
    {"EFTAL LTD POSTA FASTFOOD", 1, ""},
    {"KMH FAIZI", -1, "kinds=interest,kmh"},
    {"EFT MASRAFI BSMV", -1, "kinds=eft,charge,tax"},
    {"TOPLU MAAS ODEME", -1, "kinds=salary"},
    {"", 0, ""},
    {"\xFF\xFE \xC3", 1, ""},
};

static struct mt940_facts_input input_of(const char *text, int32_t sign)
{
    struct mt940_facts_input input = {.size = sizeof(input), .sign = sign};

    mt940_view_from_string(own_iban, &input.own_iban);
    mt940_view_from_string("0062", &input.own_bank);
    mt940_view_from_string("1234567", &input.own_account);
    mt940_view_from_string("9998887774", &input.own_tax_id);
    mt940_view_from_string(text, &input.narrative);
    return input;
}

static void narratives(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct mt940_facts_input input = input_of(rows[i].text, rows[i].sign);
        struct mt940_facts facts = {.size = sizeof(facts)};
        struct list list;

        assert_int_equal(mt940_facts_read(&input, &facts), MT940_OK);
        describe_facts(&facts, &list);
        if (strcmp(list.text, rows[i].facts) != 0) {
            print_error("row %zu: %s\n  expected: %s\n  found:    %s\n", i, rows[i].text, rows[i].facts, list.text);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void expect_counterparty(const char *text, const struct mt940_facts *full, const struct mt940_facts *brief,
                                uint32_t flags)
{
    int right = mt940_view_equal(&full->name.text, &brief->name.text) &&
                (full->counter_tax_id < 0) == (brief->counter_tax_id < 0) &&
                ((flags & MT940_FACTS_BIC_KNOWN) || mt940_view_equal(&full->bic.text, &brief->bic.text)) &&
                ((flags & MT940_FACTS_IBAN_KNOWN) || (full->counter_iban < 0) == (brief->counter_iban < 0));

    if (right && full->counter_tax_id >= 0)
        right = strcmp(full->tax_ids[full->counter_tax_id].digits, brief->tax_ids[brief->counter_tax_id].digits) == 0;
    if (right && full->counter_iban >= 0 && !(flags & MT940_FACTS_IBAN_KNOWN))
        right = strcmp(full->ibans[full->counter_iban].canonical, brief->ibans[brief->counter_iban].canonical) == 0;
    if (!right)
        fail_msg("%s: another counterparty with flags %u", text, (unsigned)flags);
}

/* Who asks for less gets the same, as far as he asks. */
static void the_short_way_says_the_same(void **state)
{
    static const char *const more[] = {
        "BIC:TCZBTR2A", "B\xC4\xB0\x43 TCZBTR2A", "B\xC4\xB0 KODU TCZBTR2A", "B\xC4\xB0ZDEN TCZBTR2A", "swift kodu TCZBTR2A",
        "ODEME B\xC4\xB0ZDEN \xC5\x9EWIFT KODU: TCZBTR2A XXXXXXXXXXXXXXXXXXXX", "0123456789012345678901234567890 BIC TCZBTR2A",
        "REF 1112223339 12345678950 TR670001000999000000333333 ", "TCKN 12345678950 BIC TCZBTR2A"};
    const size_t count = sizeof(rows) / sizeof(rows[0]), more_count = sizeof(more) / sizeof(more[0]);

    (void)state;
    for (size_t i = 0; i < count + more_count; i++) {
        const char *text = i < count ? rows[i].text : more[i - count];
        struct mt940_facts_input input = input_of(text, i < count ? rows[i].sign : 1);
        struct mt940_facts full = {.size = sizeof(full)}, brief = {.size = sizeof(brief)};

        assert_int_equal(mt940_facts_read(&input, &full), MT940_OK);
        for (input.flags = MT940_FACTS_COUNTERPARTY; input.flags < 8; input.flags += 2) {
            assert_int_equal(mt940_facts_read(&input, &brief), MT940_OK);
            expect_counterparty(text, &full, &brief, input.flags);
        }
    }
}

static void spans_lie_in_the_text_as_given(void **state)
{
    const char *text = "G\xC3\x96NDEREN TR67 0001 0009 9900 0000 3333 33 TCKN 12345678950 FATURA NO: 4300099001.";
    struct mt940_facts_input input = input_of(text, 1);
    struct mt940_facts facts = {.size = sizeof(facts)};

    (void)state;
    assert_int_equal(mt940_facts_read(&input, &facts), MT940_OK);
    assert_int_equal(facts.ibans[0].where.field, MT940_FACT_NARRATIVE);
    assert_int_equal(facts.ibans[0].where.offset, 10);
    assert_int_equal(facts.ibans[0].where.text.length, 32);
    assert_ptr_equal(facts.ibans[0].where.text.data, text + 10);
    assert_memory_equal(facts.tax_ids[0].where.text.data, "12345678950", 11);
    assert_ptr_equal(facts.invoices[0].where.text.data, text + facts.invoices[0].where.offset);
}

/* C04: the IBAN of a DBS row stands in the reference; the bank's own reference is the receipt. */
static void references_are_read(void **state)
{
    struct mt940_facts_input input = input_of(" - DBS Aktar\xC4\xB1m - DBS Aktar\xC4\xB1m", 1);
    struct mt940_facts facts = {.size = sizeof(facts)};

    (void)state;
    mt940_view_from_string("TR930005900214000000077701", &input.customer_reference);
    mt940_view_from_string(" -15.01.57.820749 ", &input.bank_reference);
    mt940_view_from_string("/ORD/ABC GMBH", &input.supplementary);
    assert_int_equal(mt940_facts_read(&input, &facts), MT940_OK);
    assert_int_equal(facts.iban_count, 1);
    assert_int_equal(facts.ibans[0].where.field, MT940_FACT_CUSTOMER_REFERENCE);
    assert_int_equal(facts.counter_iban, 0);
    assert_int_equal(facts.receipt.field, MT940_FACT_BANK_REFERENCE);
    assert_int_equal(facts.receipt.offset, 1);
    assert_int_equal(facts.receipt.text.length, 16);
    assert_int_equal(facts.name.field, MT940_FACT_SUPPLEMENTARY);
    assert_memory_equal(facts.name.text.data, "ABC GMBH", 8);
    /* A number of ten digits that happens to pass the check of a VKN is nobody's in a reference. */
    mt940_view_from_string("1112223339", &input.customer_reference);
    assert_int_equal(mt940_facts_read(&input, &facts), MT940_OK);
    assert_int_equal(facts.tax_id_count, 0);
}

static void the_same_iban_twice_is_one(void **state)
{
    struct mt940_facts_input input = input_of("TR780006701000000011111111 GONDEREN TR78 0006 7010 0000 0011 1111 "
     "11", 1);
    struct mt940_facts facts = {.size = sizeof(facts)};

    (void)state;
    mt940_view_from_string("TR780006701000000011111111", &input.customer_reference);
    assert_int_equal(mt940_facts_read(&input, &facts), MT940_OK);
    assert_int_equal(facts.iban_count, 1);
    assert_int_equal(facts.ibans[0].role, MT940_ROLE_SENDER);
}

static void more_than_fits_is_left_out(void **state)
{
    char text[4096] = "";
    struct mt940_facts_input input;
    struct mt940_facts facts = {.size = sizeof(facts)};

    (void)state;
    for (int i = 0; i < 40; i++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text),
                 "FATURA NO %d VKN 1112223339 0134-00444/4000000%02d TR780006701000000011111111 ", 5000 + i, i);
    input = input_of(text, 1);
    assert_int_equal(mt940_facts_read(&input, &facts), MT940_OK);
    assert_int_equal(facts.invoice_count, MT940_FACT_INVOICES);
    assert_int_equal(facts.account_count, MT940_FACT_ACCOUNTS);
    assert_int_equal(facts.iban_count, 1);
    assert_int_equal(facts.tax_id_count, 1);
}

static void misuse_is_refused(void **state)
{
    struct mt940_facts_input input = input_of("EFT", 1);
    struct mt940_facts facts = {.size = sizeof(facts)};

    (void)state;
    assert_int_equal(mt940_facts_read(NULL, &facts), MT940_E_ARGUMENT);
    assert_int_equal(mt940_facts_read(&input, NULL), MT940_E_ARGUMENT);
    facts.size = 8;
    assert_int_equal(mt940_facts_read(&input, &facts), MT940_E_ARGUMENT);
    facts.size = sizeof(facts);
    input.size = 0;
    assert_int_equal(mt940_facts_read(&input, &facts), MT940_E_ARGUMENT);
    input.size = sizeof(input);
    input.flags = 2;
    assert_int_equal(mt940_facts_read(&input, &facts), MT940_E_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(narratives),
        cmocka_unit_test(the_short_way_says_the_same),
        cmocka_unit_test(spans_lie_in_the_text_as_given),
        cmocka_unit_test(references_are_read),
        cmocka_unit_test(the_same_iban_twice_is_one),
        cmocka_unit_test(more_than_fits_is_left_out),
        cmocka_unit_test(misuse_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

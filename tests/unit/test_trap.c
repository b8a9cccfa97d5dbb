/* SPDX-License-Identifier: Apache-2.0
 *
 * test_trap.c: the traps of matching.md §5 that need books, as a table: where other matchers chose the wrong customer or
 * any at all. docs/match.md says which test holds which of the fifteen.
 */
#include "describe.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define IBAN_A "TR780006701000000011111111"
#define IBAN_B "TR590004600123888000022222"
#define IBAN_PSP "TR670001000999000000333333"
#define IBAN_OWN "TR140006200119000001234567"
#define IBAN_OTHER "TR550011100000000012345678"

static const struct {
    const char *code, *name, *tax_id, *iban;
    int collector;
} customers[] = {
    {"120.A", "Yıldız Market Ltd. Şti.", "1112223339", IBAN_A, 0},
    {"120.B", "Doğan Gıda A.Ş.", "2223334447", IBAN_B, 0},
    {"120.P", "Öde Ödeme Kuruluşu A.Ş.", "", IBAN_PSP, 1},
    {"120.R", "Rüzgar Tedarik", "", IBAN_PSP, 0},
    {"120.K1", "Kaya İnşaat", "", "", 0},
    {"120.K2", "Kaya İnşaat", "", "", 0},
    {"120.I", "Þorsteinn Gunnarsson ehf", "", "", 0},
    {"120.S", "Şişli İnşaat", "", "", 0},
    {"120.H", "Hesap", "", "", 0},
    {"120.HY", "Hesap Yazılım Ltd. Şti.", "", "", 0},
    {"120.PH", "Telefon Sahibi", "5321234565", "", 0},
    {"120.AZ", "Xəzər Ticarət MMC", "1700345601", "", 0},
    {"120.E1", "", "", "", 0},
    {"120.E2", "***", "", "", 0},
    {"120.E3", "Ltd. Şti.", "", "", 0},
};

static const struct {
    const char *invoice, *customer;
    int64_t amount;
} invoices[] = {
    {"14", "120.A", 100},
    {"1814", "120.B", 900},
    {"4300099001", "120.A", 100},
    {"4300099002", "120.A", 200},
    {"4300099010", "120.B", 900},
};

static const struct row {
    int trap;
    const char *text;
    int64_t amount;
    const char *expected;
} rows[] = {
    {2, "\xC5\x9E" "i\xCC\x87\xC5\x9Fli\xCC\x87 i\xCC\x87n\xC5\x9F" "aat", 1, "suggest !weak | 120.S name"},
    {2, "S\xCC\xA7I\xCC\x87S\xCC\xA7LI\xCC\x87 I\xCC\x87NS\xCC\xA7" "AAT", 1, "suggest !weak | 120.S name"},
    {3, "SISLI INSAAT", 1, "suggest !weak | 120.S name"},
    {3, "ŞIŞLI INŞAAT", 1, "suggest !weak | 120.S name"},
    {4, "ÞÝÞLÝ ÝNÞAAT", 1, "suggest !weak | 120.S name"},
    {4, "Þorsteinn Gunnarsson ehf", 1, "suggest !weak | 120.I name"},
    {4, "GREIÐSLA Þorsteinn Gunnarsson ehf Ísafjörður", 1, "suggest !weak | 120.I fuzzy-name !coverage"},
    {4, "THORSTEINN GUNNARSSON EHF", 1, "suggest !weak | 120.I fuzzy-name !coverage"},
    {5, IBAN_PSP, 1, "none !collector"},
    {5, IBAN_PSP " YILDIZ MARKET LTD STI", 1, "suggest !collector,weak | 120.A name"},
    {5, IBAN_OWN, 1, "none"},
    {5, "TR78 0006 7010 0000 0011 1111 11", 1, "auto 120.A/1 | 120.A iban"},
    {5, "GELEN EFT TR7800067010000000\n11111111 YILDIZ", 1, "auto 120.A/1 | 120.A iban"},
    {5, IBAN_OTHER " " IBAN_OWN, 1, "transfer 102.2"},
    {5, "020?00HAVALE?20GELEN TR7800067?2101000000011111111 MAL?30TGBA?32YILDIZ MARKET?33 LTD STI", 1,
     "auto 120.A/1 | 120.A iban name"},
    {5, "?20TR78000670100000001111111?21" "1?32DOGAN GIDA?33AS", 1,
     "conflict !contradiction | 120.A iban !contradiction | 120.B name !contradiction"},
    {5, "?20TR78000670100000001111111?21" "1?21" "1", 1, "auto 120.A/1 | 120.A iban"},
    {5, "001?DOĞAN GIDA A.Ş., 12345678 NOLU HESABINDAN", 1, "suggest !weak | 120.B name"},
    {6, "ARA 0532 123 45 65", 1, "none"},
    {6, "TEL 5321234565", 1, "none"},
    {6, "05321234565", 1, "none"},
    {6, "VKN 5321234565", 1, "auto 120.PH/0 | 120.PH tax-id"},
    {6, "VKN 1112223338", 1, "none"},
    {6, "VÖEN 1700345601", 1, "auto 120.AZ/0 | 120.AZ tax-id"},
    {6, "VOEN:1700345601", 1, "auto 120.AZ/0 | 120.AZ tax-id"},
    {6, "vöen № 1700345601", 1, "auto 120.AZ/0 | 120.AZ tax-id"},
    {6, "VÖEN1700345601", 1, "auto 120.AZ/0 | 120.AZ tax-id"},
    {6, "ÖDƏYİCİ (VÖEN 1700345601), MALLARIN DƏYƏRİ", 1, "auto 120.AZ/0 | 120.AZ tax-id"},
    {6, "VÖEN-i 1700345601", 1, "auto 120.AZ/0 | 120.AZ tax-id"},
    {6, "V.Ö.E.N. 1700345601", 1, "auto 120.AZ/0 | 120.AZ tax-id"},
    {6, "VÖEN: 170 034 5601", 1, "none"},
    {6, "VÖEN: 1700345611", 1, "none"},
    {6, "VKN 1700345601", 1, "none"},
    {6, "SIFARIS 1700345601", 1, "suggest !weak | 120.AZ tax-id"},
    {6, "VÖEN 1700345601 VKN 1112223339", 1, "ask | 120.A tax-id | 120.AZ tax-id"},
    {6, "VÖEN 1700345601 YILDIZ MARKET LTD STI", 1,
     "conflict !contradiction | 120.A name !contradiction | 120.AZ tax-id !contradiction"},
    {6, "1112223339 YILDIZ MARKET LTD STI", 1, "auto 120.A/0 | 120.A tax-id name"},
    {6, "YILDIZ MARKET 1112223339", 1, "auto 120.A/0 | 120.A tax-id fuzzy-name !coverage"},
    {6, "YILDIZ MARKET AS 1112223339", 1, "suggest !weak | 120.A tax-id fuzzy-name !legal-form,coverage"},
    {6, "2223334447 YILDIZ MARKET LTD STI", 1, "suggest !weak | 120.A name | 120.B tax-id"},
    {6, IBAN_B " YILDIZ MARKET LTD STI 1112223339", 1,
     "conflict !contradiction | 120.A tax-id name !contradiction | 120.B iban !contradiction"},
    {6, "VN:1112223339", 1, "auto 120.A/0 | 120.A tax-id"},
    {6, "020?00HAVALE?20VKN 1112223339?21GELEN", 1, "auto 120.A/0 | 120.A tax-id"},
    {7, "FATURA NO: 1814", 900, "auto 120.B/0 | 120.B invoice amount"},
    {7, "ISLEM 1814", 900, "none"},
    {7, "FATURA NO: 43000990011", 100, "none"},
    {7, "FATURA NO: 4300099001, 4300099002", 300, "auto 120.A/0 | 120.A invoice invoice"},
    {7, "FATURA NO: 4300099001, 4300099010", 1, "ask | 120.A invoice | 120.B invoice"},
    {8, "KAYA INSAAT", 1, "ask !weak | 120.K1 name | 120.K2 name"},
    {8, "kaya ınşaat", 1, "ask !weak | 120.K1 name | 120.K2 name"},
    {9, IBAN_A " DOĞAN GIDA A.Ş.", 1,
     "conflict !contradiction | 120.A iban !contradiction | 120.B name !contradiction"},
    {9, IBAN_A " VKN 2223334447", 1,
     "conflict !contradiction | 120.A iban !contradiction | 120.B tax-id !contradiction"},
    {9, IBAN_A " YILDIZ MARKET LTD STI", 1, "auto 120.A/1 | 120.A iban name"},
    {10, "HESABINIZA GELEN EFT HESAP NO", 1, "none"},
    {10, "GELEN EFT HESAP YAZILIM LTD STI", 1, "suggest !weak | 120.HY name"},
    {14, "", 1, "none"},
    {14, " .,-*** ", 1, "none"},
    {14, "LTD. ŞTİ.", 1, "none"},
    {14, "?????", 1, "none"},
};

static struct mt940_view view(const char *text)
{
    struct mt940_view result;

    mt940_view_from_string(text, &result);
    return result;
}

static struct mt940_directory *directory;
static struct mt940_match_scratch *scratch;

static int set_up(void **state)
{
    struct mt940_company company = {.code = view("001"), .local_currency = view("TRY")};
    struct mt940_bank_account own[] = {{.code = view("102.1"), .iban = view(IBAN_OWN)},
                                       {.code = view("102.2"), .iban = view(IBAN_OTHER)}};
    struct mt940_directory_builder *builder;

    (void)state;
    assert_int_equal(mt940_match_scratch_new(NULL, &scratch), MT940_OK);
    assert_int_equal(mt940_directory_builder_new(&company.code, NULL, &builder, NULL), MT940_OK);
    assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_COMPANY, &company, NULL), MT940_OK);
    for (size_t i = 0; i < COUNT(own); i++)
        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_BANK_ACCOUNT, &own[i], NULL), MT940_OK);
    for (size_t i = 0; i < COUNT(customers); i++) {
        struct mt940_customer card = {.code = view(customers[i].code), .name = view(customers[i].name),
                                      .tax_id = view(customers[i].tax_id), .active = 1};
        struct mt940_customer_bank bank = {.customer = card.code, .slot = 1, .iban = view(customers[i].iban),
                                           .collector = customers[i].collector};

        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &card, NULL), MT940_OK);
        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, NULL), MT940_OK);
    }
    assert_int_equal(mt940_directory_build(builder, &directory, NULL), MT940_OK);
    mt940_directory_builder_free(builder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mt940_directory_free(directory);
    mt940_match_scratch_free(scratch);
    return 0;
}

static void ask(const struct row *row, struct list *list)
{
    struct mt940_facts_input texts = {.size = sizeof(texts), .sign = 1, .narrative = view(row->text),
                                      .own_iban = view(IBAN_OWN)};
    struct mt940_payment payments[COUNT(invoices)];
    struct mt940_facts facts = {.size = sizeof(facts)};
    struct mt940_match match = {.size = sizeof(match)};
    struct mt940_match_input input = {.size = sizeof(input), .facts = &facts, .own_account = view("102.1"), .sign = 1,
                                      .amount = row->amount, .currency = view("TRY"), .payments = payments,
                                      .payment_count = COUNT(invoices), .scratch = scratch};

    memset(payments, 0, sizeof(payments));
    for (size_t i = 0; i < COUNT(invoices); i++) {
        payments[i].invoice = view(invoices[i].invoice);
        payments[i].customer = view(invoices[i].customer);
        payments[i].amount = invoices[i].amount;
        payments[i].currency = view("TRY");
        payments[i].state = MT940_DOCUMENT_STATE_ACTIVE;
    }
    assert_int_equal(mt940_facts_read(&texts, &facts), MT940_OK);
    assert_int_equal(mt940_match_movement(directory, &input, &match), MT940_OK);
    describe_match(&match, list);
}

static void traps(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct list list;

        ask(&rows[i], &list);
        if (strcmp(list.text, rows[i].expected) == 0)
            continue;
        print_error("trap %d: %s\n  expected: %s\n  found:    %s\n", rows[i].trap, rows[i].text, rows[i].expected,
                    list.text);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(traps)};

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * test_national.c: check digits inside the BBAN. Every FAIL below passes mod 97, so that only the national rule is
 * seen.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "identifier/national.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const passing[] = {
    "BA391290079401028494", "MK07250120000058984", "ME25505000012345678951", "PT50000201231234567890154",
    "RS35260005601001611379", "SI56263300012039086", "SI56191000000123438", "TL380080012345678910157",
    "BE68539007547034", "BE54310100270097", "FR1420041010050500013M02606", "FR22200410100505QZABCMGEF65",
    "MC5811222000010123456789030", "MC1112739000700011111000H79", "TN5910006035183598478831",
    "MR1300020001010000123456753", "AL47212110090000000235698741", "AL35202111090000000001234567",
    "CZ6508000000192000145399", "CZ9455000000001011038930", "SK3112000000198742637541", "EE382200221020145685",
    "EE443300338400100007", "EE901700017000000006", "ES9121000418450200051332", "ES4000495525592810597769",
    "FI2112345600000785", "HR1210010051863000160", "HU42117730161111101800000000", "HU51100320000122013950000249",
    "HU43100320000122032850002447", "HU90100320000160120200000000", "IT60X0542811101000000123456",
    "IT18T0538703601000000198036", "IT12D3918913896CHTEE9UATVVO", "SM86U0322509800000000270100", "NO9386011117947",
    "PL61109010140000071219812874", "PL66114010100000123400005678",
};

static const char *const failing[] = {
    "BA551290079401028594", "MK40250120000058584", "ME58505000012345678551", "ME52510000000006234132",
    "PT52000201231234567850154", "RS67260005601001611579", "SI72191000000123538", "TL730080012355678910157",
    "BE19539007557034", "BE41091811735141", "BE54310100270000", "FR6020041010050500013M52606",
    "MC9320052222100112233M44555", "TN1110006035183598478531", "MR5700020001010000223456753",
    "MC4311222000010123466789030", "AL73212120090000000235698741", "SK4712000000198742637641",
    "CZ7008000000192000145309", "EE332200221020245685", "ES4221000418450200061332", "ES2121000418450200051331",
    "ES8350210036679521296135", "ES8931831500950001210562", "ES1512341234171234567890", "FI9112345600000786",
    "FI6879826661004681", "HR6010010051863010160", "HU25117730161121101800000000", "IT33X0542811101000000123457",
    "IT40S0542811101000000123456", "SM37U0322509800000000280100", "NO5086011117945", "NO2386011117946",
    "PL38100010140000071219812874",
};

static int verdict(const char *text, uint32_t flags, int *reason)
{
    struct mt940_iban iban = {.size = sizeof(iban)};

    assert_int_equal(mt940_iban_parse(text, strlen(text), flags, &iban), MT940_OK);
    *reason = iban.reason;
    return iban.national_check;
}

static void documented_rules_judge(void **state)
{
    int reason;

    for (size_t i = 0; i < COUNT(passing); i++) {
        assert_int_equal(verdict(passing[i], 0, &reason), MT940_NATIONAL_PASS);
        assert_int_equal(reason, MT940_IBAN_VALID);
    }
    for (size_t i = 0; i < COUNT(failing); i++) {
        print_message("# %s\n", failing[i]);
        assert_int_equal(verdict(failing[i], 0, &reason), MT940_NATIONAL_FAIL);
        assert_int_equal(reason, MT940_IBAN_BAD_NATIONAL);
        /* Still said when it does not judge. */
        assert_int_equal(verdict(failing[i], MT940_IBAN_NO_NATIONAL, &reason), MT940_NATIONAL_FAIL);
        assert_int_equal(reason, MT940_IBAN_VALID);
    }
}

static void inferred_rules_judge_only_when_asked(void **state)
{
    static const char *const inferred[] = {"XK051212012345678906", "BI4210000100010000332045181",
                                           "DJ2100010000000154000100186", "RU0304452522540817810538091310419",
                                           "AO06004400006729503010102", "DZ580002100001113000000570"};
    char text[MT940_IBAN_MAX + 1], bban[MT940_IBAN_MAX + 1];
    int reason;

    for (size_t i = 0; i < COUNT(inferred); i++) {
        const uint32_t flags = MT940_IBAN_UNOFFICIAL;
        size_t length = strlen(inferred[i]);

        assert_int_equal(verdict(inferred[i], flags, &reason), MT940_NATIONAL_NOT_APPLICABLE);
        assert_int_equal(verdict(inferred[i], flags | MT940_IBAN_INFERRED_NATIONAL, &reason), MT940_NATIONAL_PASS);
        /* The same number with another last digit. */
        strcpy(bban, inferred[i] + MT940_BBAN_OFFSET);
        bban[length - 5] = bban[length - 5] == '9' ? '8' : (char)(bban[length - 5] + 1);
        memcpy(text, inferred[i], 2);
        text[2] = '\0';
        assert_int_equal(mt940_iban_compute(text, bban, length - 4, text), MT940_OK);
        assert_int_equal(verdict(text, flags, &reason), MT940_NATIONAL_NOT_APPLICABLE);
        assert_int_equal(reason, MT940_IBAN_VALID);
        assert_int_equal(verdict(text, flags | MT940_IBAN_INFERRED_NATIONAL, &reason), MT940_NATIONAL_FAIL);
        assert_int_equal(reason, MT940_IBAN_BAD_NATIONAL);
    }
}

/* Abandoned or unproven rules: numbers that break them are valid. */
static void some_rules_never_judge(void **state)
{
    static const char *const texts[] = {"IS770159260076545510731339", "ST68000100010051845310112",
                                        "ST32000200010192194210112", "NL91ABNA0417164300"};
    char text[MT940_IBAN_MAX + 1];
    int reason;

    for (size_t i = 0; i < COUNT(texts); i++) {
        assert_int_equal(verdict(texts[i], MT940_IBAN_INFERRED_NATIONAL, &reason), MT940_NATIONAL_NOT_APPLICABLE);
        assert_int_equal(reason, MT940_IBAN_VALID);
    }
    assert_int_equal(mt940_iban_compute("NL", "ABNA0417164301", 14, text), MT940_OK);
    assert_int_equal(verdict(text, MT940_IBAN_INFERRED_NATIONAL, &reason), MT940_NATIONAL_NOT_APPLICABLE);
    assert_int_equal(reason, MT940_IBAN_VALID);
}

/* Norwegian accounts with 00 in the middle weigh their last digits only; 0 stands where 11 is computed. */
static void norway_has_two_rules(void **state)
{
    static const struct {
        const char *bban;
        int national;
    } rows[] = {{"60421439640", MT940_NATIONAL_PASS}, {"97700010006", MT940_NATIONAL_PASS},
                {"97700010000", MT940_NATIONAL_PASS}, {"97700010001", MT940_NATIONAL_FAIL},
                {"97701010006", MT940_NATIONAL_FAIL}};
    char text[MT940_IBAN_MAX + 1];
    int reason;

    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(mt940_iban_compute("NO", rows[i].bban, 11, text), MT940_OK);
        assert_int_equal(verdict(text, 0, &reason), rows[i].national);
    }
}

/* Where a rule is mod 97 over the whole BBAN, all IBANs have the same check digits: another way to see the tables. */
static void fixed_check_digits_are_those_known(void **state)
{
    static const char *const known[] = {"BA39", "ME25", "MK07", "PT50", "RS35", "SI56", "TL38", "XK05", "AO06", "CV64",
                                        "MZ59", "TN59", "MR13", "DJ21", "BI42", "FR76", "MC58"};

    for (size_t i = 0; i < COUNT(known); i++) {
        size_t index = (size_t)(known[i][0] - 'A') * 26 + (size_t)(known[i][1] - 'A');
        const struct mt940_registry_brief *brief = &mt940_registry_briefs[mt940_registry_index[index]];
        assert_int_equal(brief->fixed, (known[i][2] - '0') * 10 + known[i][3] - '0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documented_rules_judge),
        cmocka_unit_test(inferred_rules_judge_only_when_asked),
        cmocka_unit_test(some_rules_never_judge),
        cmocka_unit_test(norway_has_two_rules),
        cmocka_unit_test(fixed_check_digits_are_those_known),
    };

    /* Where i and I are no pair; nothing here may notice. */
    if (!setlocale(LC_ALL, "tr_TR.UTF-8"))
        puts("# no locale tr_TR.UTF-8 here; run in the C locale");
    return cmocka_run_group_tests(tests, NULL, NULL);
}

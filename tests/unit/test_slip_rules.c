/* SPDX-License-Identifier: Apache-2.0
 *
 * test_slip_rules.c: the table of transaction codes: which rule holds (turkish-banking §2.5,
 * R39-R43), the built-in table, spellings of codes, doubles, and failing memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/slip.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct mt940_view view(const char *text)
{
    struct mt940_view result;

    mt940_view_from_string(text, &result);
    return result;
}

struct rule {
    const char *bank, *code;
    int side, priority;
    const char *text;
    int type;
};

static struct mt940_transaction_code record_of(const struct rule *rule)
{
    struct mt940_transaction_code record = {.bank = view(rule->bank), .code = view(rule->code), .side = rule->side,
                                            .priority = rule->priority, .text = view(rule->text),
                                            .slip_type = rule->type};

    return record;
}

static int compile(const struct rule *rules, size_t count, size_t start, const struct mt940_slip_options *options,
                   const struct mt940_allocator *allocator, struct mt940_slip_rules **out)
{
    struct mt940_slip_rules_builder *builder;
    int status = mt940_slip_rules_builder_new(options, allocator, &builder, NULL);

    if (status != MT940_OK)
        return status;
    for (size_t i = 0; status == MT940_OK && i < count; i++) {
        struct mt940_transaction_code record = record_of(&rules[(start + i) % count]);

        status = mt940_slip_rules_builder_add(builder, &record, NULL);
    }
    if (status == MT940_OK)
        status = mt940_slip_rules_build(builder, out, NULL);
    mt940_slip_rules_builder_free(builder);
    return status;
}

enum { BOTH = MT940_SIDE_BOTH, CREDIT = MT940_SIDE_CREDIT, DEBIT = MT940_SIDE_DEBIT };

static const struct rule host[] = {
    {"", "NTRF", BOTH, 0, "", 3},
    {"", "msc", CREDIT, 0, "", 3},
    {"", "MSC", DEBIT, 0, "", 4},
    {"", "MSC", CREDIT, 20, "kira", 1},
    {"", "MSC", CREDIT, 10, "DBS", 17},
    {"0111", "MSC", CREDIT, 30, "Kira geliri", 7},
    {"0111", "MSC", CREDIT, 0, "", 8},
    {"", "", DEBIT, 5, "MA\xC4\x9E" "AZA", 19},
    {"", "CHG", DEBIT, 0, "", 16},
    {"", "", CREDIT, 50, "fatura", 5},
    {"", "ABC", CREDIT, 1, "yalniz", 6},
    {"", "SABCD", CREDIT, 0, "", 2},
    {"", "S103", CREDIT, 0, "", 4},
};

static void the_rule_that_holds(void **state)
{
    static const struct {
        const char *bank, *code;
        int sign;
        const char *text;
        int decided, type;
    } cases[] = {
        {"0062", "TRF", 1, "", MT940_SLIP_BY_CODE, 3},
        {"0062", "NTRF", 1, "", MT940_SLIP_BY_CODE, 3},
        {"0062", "trf", 1, "", MT940_SLIP_BY_CODE, 3},
        {"0062", "TRF", -1, "", MT940_SLIP_BY_CODE, 4},       /* one entry for both sides is turned round (R42) */
        {"0062", "MSC", 1, "", MT940_SLIP_BY_CODE, 3},
        {"0111", "MSC", 1, "", MT940_SLIP_BY_CODE, 8},        /* the bank's own default first */
        {"00111", "MSC", 1, "", MT940_SLIP_BY_CODE, 8},
        {"0062", "MSC", 1, "Kira geliri", MT940_SLIP_BY_TEXT, 1},
        {"0111", "MSC", 1, "KIRA GELIRI DBS", MT940_SLIP_BY_TEXT, 7}, /* the bank's own text before all */
        {"0062", "MSC", 1, "dbs kira", MT940_SLIP_BY_TEXT, 17},       /* then by priority */
        {"0062", "MSC", 1, "K\xC4\xB1ra", MT940_SLIP_BY_TEXT, 1},     /* folded on both sides */
        {"0062", "MSC", 1, "KI RA", MT940_SLIP_BY_CODE, 3},
        {"0062", "MSC", -1, "ma\xC4\x9F" "azadan", MT940_SLIP_BY_TEXT, 19}, /* every code */
        {"0062", "MSC", -1, "kira", MT940_SLIP_BY_CODE, 4},
        {"0062", "CHG", -1, "", MT940_SLIP_BY_CODE, 16},
        {"0062", "CHG", 1, "", MT940_SLIP_BY_NOBODY, 0},      /* R42: sides are separate */
        {"0062", "CHG", 1, "FATURA", MT940_SLIP_BY_TEXT, 5},
        {"0062", "XYZ", 1, "", MT940_SLIP_BY_NOBODY, 0},      /* R43 */
        {"0062", "ABC", 1, "", MT940_SLIP_BY_NOBODY, 0},
        {"0062", "SABCD", 1, "", MT940_SLIP_BY_CODE, 2},
        {"0062", "103", 1, "", MT940_SLIP_BY_CODE, 4},
        {"0062", "202", 1, "", MT940_SLIP_BY_NOBODY, 0},
        {"", "TRF", 1, "", MT940_SLIP_BY_CODE, 3},
        {"0062", "", 1, "", MT940_SLIP_BY_NOBODY, 0},
        {"0062", "AVERYLONGCODEINDEED", 1, "", MT940_SLIP_BY_NOBODY, 0},
    };

    (void)state;
    for (size_t start = 0; start < COUNT(host); start += 4) {
        struct mt940_slip_rules *rules;

        assert_int_equal(compile(host, COUNT(host), start, NULL, NULL, &rules), MT940_OK);
        for (size_t i = 0; i < COUNT(cases); i++) {
            struct mt940_slip_query query = {.size = sizeof(query), .bank = view(cases[i].bank),
                                             .code = view(cases[i].code), .narrative = view(cases[i].text),
                                             .sign = cases[i].sign};
            struct mt940_slip_match match = {.size = sizeof(match)};

            assert_int_equal(mt940_slip_rules_find(rules, &query, &match), MT940_OK);
            if (match.decided != cases[i].decided || match.slip_type != cases[i].type)
                fail_msg("case %zu, %s \"%s\": decided %d, type %d", i, cases[i].code, cases[i].text, match.decided,
                         match.slip_type);
            assert_int_equal(match.rule != NULL, cases[i].decided != MT940_SLIP_BY_NOBODY);
        }
        mt940_slip_rules_free(rules);
    }
}

/* turkish-banking §2.5 (3), off by default: decision 10 does not know it. */
static void the_only_rule_by_option(void **state)
{
    struct mt940_slip_options options;
    struct mt940_slip_rules *rules;
    struct mt940_slip_query query = {.size = sizeof(query), .code = view("ABC"), .narrative = view("baska"), .sign = 1};
    struct mt940_slip_match match = {.size = sizeof(match)};

    (void)state;
    mt940_slip_options_init(&options);
    options.only_rule = 1;
    assert_int_equal(compile(host, COUNT(host), 0, &options, NULL, &rules), MT940_OK);
    assert_int_equal(mt940_slip_rules_find(rules, &query, &match), MT940_OK);
    assert_int_equal(match.decided, MT940_SLIP_BY_ONLY_RULE);
    assert_int_equal(match.slip_type, 6);
    query.code = view("XYZ"); /* "every code" is not this code */
    assert_int_equal(mt940_slip_rules_find(rules, &query, &match), MT940_OK);
    assert_int_equal(match.decided, MT940_SLIP_BY_NOBODY);
    mt940_slip_rules_free(rules);
}

/* §1.4 as decisions 11, 12 and 17 change it. */
static void the_built_in_table(void **state)
{
    static const struct {
        const char *code;
        int in, out, dbs;
    } cases[] = {
        {"TRF", 3, 4, 0}, {"EFT", 3, 4, 0},  {"HVL", 3, 4, 0},   {"FST", 3, 4, 0},   {"MSC", 3, 4, 0},
        {"DDB", 3, 4, 1}, {"DDT", 3, 4, 1},  {"CHK", 99, 99, 0}, {"BOE", 99, 99, 0}, {"PRO", 1, 1, 0},
        {"VRM", 2, 2, 0}, {"FEX", 2, 2, 0},  {"CHG", 1, 1, 0},   {"COM", 1, 1, 0},   {"IMP", 1, 4, 0},
        {"EXP", 3, 1, 0}, {"SLR", 1, 1, 0},  {"SSK", 1, 1, 0},   {"TXP", 1, 1, 0},   {"INT", 1, 1, 0},
        {"RTI", 3, 4, 0}, {"103", 3, 4, 0},  {"202", 3, 4, 0},   {"LBX", 3, 1, 0},   {"SWP", 1, 1, 0},
        {"XYZ", 0, 0, 0}, {"10", 0, 0, 0},
    };
    struct mt940_slip_rules *rules;

    (void)state;
    assert_int_equal(compile(NULL, 0, 0, NULL, NULL, &rules), MT940_OK);
    assert_true(mt940_slip_rules_count(rules) > 160);
    for (size_t i = 0; i < COUNT(cases); i++)
        for (int sign = -1; sign <= 1; sign += 2) {
            struct mt940_slip_query query = {.size = sizeof(query), .bank = view("0062"), .code = view(cases[i].code),
                                             .narrative = view("DBS"), .sign = sign};
            struct mt940_slip_match match = {.size = sizeof(match)};

            assert_int_equal(mt940_slip_rules_find(rules, &query, &match), MT940_OK);
            assert_int_equal(match.slip_type, sign > 0 ? cases[i].in : cases[i].out);
            assert_int_equal(match.decided, cases[i].in ? MT940_SLIP_BY_BUILT_IN : MT940_SLIP_BY_NOBODY);
            assert_int_equal(match.rule ? match.rule->dbs : 0, sign > 0 && cases[i].dbs);
        }
    mt940_slip_rules_free(rules);
}

static int type_of(const struct mt940_slip_rules *rules, const char *code)
{
    struct mt940_slip_query query = {.size = sizeof(query), .code = view(code), .sign = 1};
    struct mt940_slip_match match = {.size = sizeof(match)};

    assert_int_equal(mt940_slip_rules_find(rules, &query, &match), MT940_OK);
    return match.slip_type;
}

static void when_the_built_in_table_is_asked(void **state)
{
    static const struct {
        int when;
        size_t rules;
        int trf, eft;
    } cases[] = {
        {MT940_SLIP_DEFAULTS_WHEN_EMPTY, 0, 3, 3}, {MT940_SLIP_DEFAULTS_WHEN_EMPTY, 1, 1, 0},
        {MT940_SLIP_DEFAULTS_ALWAYS, 0, 3, 3},     {MT940_SLIP_DEFAULTS_ALWAYS, 1, 1, 3},
        {MT940_SLIP_DEFAULTS_NEVER, 0, 0, 0},      {MT940_SLIP_DEFAULTS_NEVER, 1, 1, 0},
    };
    static const struct rule one[] = {{"", "TRF", BOTH, 0, "", 1}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_slip_options options;
        struct mt940_slip_rules *rules;

        mt940_slip_options_init(&options);
        options.defaults = cases[i].when;
        assert_int_equal(compile(one, cases[i].rules, 0, &options, NULL, &rules), MT940_OK);
        assert_int_equal(type_of(rules, "TRF"), cases[i].trf);
        assert_int_equal(type_of(rules, "EFT"), cases[i].eft);
        mt940_slip_rules_free(rules);
    }
}

/* The table is the same, whatever came first. */
static void order_of_adding_does_not_matter(void **state)
{
    struct mt940_slip_rules *first, *other;

    (void)state;
    assert_int_equal(compile(host, COUNT(host), 0, NULL, NULL, &first), MT940_OK);
    for (size_t start = 1; start < COUNT(host); start++) {
        assert_int_equal(compile(host, COUNT(host), start, NULL, NULL, &other), MT940_OK);
        assert_int_equal(mt940_slip_rules_count(other), COUNT(host));
        for (size_t i = 0; i < COUNT(host); i++) {
            const struct mt940_transaction_code *a = mt940_slip_rules_at(first, i), *b = mt940_slip_rules_at(other, i);

            assert_int_equal(mt940_view_equal(&a->code, &b->code), 1);
            assert_int_equal(mt940_view_equal(&a->text, &b->text), 1);
            assert_int_equal(a->slip_type, b->slip_type);
        }
        mt940_slip_rules_free(other);
    }
    assert_null(mt940_slip_rules_at(first, COUNT(host)));
    mt940_slip_rules_free(first);
}

static void doubles_and_misuse_are_refused(void **state)
{
    static const struct {
        struct rule rules[2];
        int status;
    } cases[] = {
        {{{"", "TRF", BOTH, 0, "", 3}, {"", "NTRF", BOTH, 0, "", 4}}, MT940_E_EXISTS}, /* R39 */
        {{{"", "TRF", BOTH, 0, "", 3}, {"", "trf", BOTH, 0, "x", 4}}, MT940_E_EXISTS},
        {{{"", "TRF", CREDIT, 0, "", 3}, {"", "TRF", DEBIT, 0, "", 4}}, MT940_OK},
        {{{"", "TRF", CREDIT, 0, "", 3}, {"0062", "TRF", CREDIT, 0, "", 4}}, MT940_OK},
        {{{"", "TRF", CREDIT, 1, "a", 3}, {"", "TRF", CREDIT, 2, "b", 4}}, MT940_OK},
        {{{"", "TRF", 3, 0, "", 3}, {"", "EFT", BOTH, 0, "", 4}}, MT940_E_ARGUMENT},
        {{{"", "AVERYLONGCODEINDEED", BOTH, 0, "", 3}, {"", "EFT", BOTH, 0, "", 4}}, MT940_E_ARGUMENT},
        {{{"", "TRF", BOTH, 0, "---", 3}, {"", "EFT", BOTH, 0, "", 4}}, MT940_E_ARGUMENT}, /* would stand everywhere */
    };
    char text[300];
    struct rule longest = {"", "TRF", BOTH, 1, text, 3};
    struct mt940_slip_rules *rules = NULL;
    struct mt940_slip_rules_builder *builder;
    struct mt940_slip_options options;
    struct mt940_transaction_code record = record_of(&host[0]);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(compile(cases[i].rules, 2, 0, NULL, NULL, &rules), cases[i].status);
        if (cases[i].status == MT940_OK)
            mt940_slip_rules_free(rules);
    }
    memset(text, 'x', sizeof(text));
    text[256] = '\0';
    assert_int_equal(compile(&longest, 1, 0, NULL, NULL, &rules), MT940_OK);
    mt940_slip_rules_free(rules);
    text[256] = 'x';
    text[257] = '\0';
    assert_int_equal(compile(&longest, 1, 0, NULL, NULL, &rules), MT940_E_LIMIT);
    mt940_slip_options_init(&options);
    options.defaults = 7;
    assert_int_equal(compile(host, 1, 0, &options, NULL, &rules), MT940_E_ARGUMENT);
    assert_int_equal(mt940_slip_rules_builder_new(NULL, NULL, &builder, NULL), MT940_OK);
    assert_int_equal(mt940_slip_rules_builder_add(builder, NULL, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_slip_rules_build(builder, &rules, NULL), MT940_OK);
    assert_int_equal(mt940_slip_rules_builder_add(builder, &record, NULL), MT940_E_STATE);
    assert_int_equal(mt940_slip_rules_build(builder, &rules, NULL), MT940_E_STATE);
    mt940_slip_rules_builder_free(builder);
    mt940_slip_rules_builder_free(NULL);
    mt940_slip_rules_free(rules);
    mt940_slip_rules_free(NULL);
}

/* Text behind the first 4,096 bytes is not looked at; a letter cut there is no reason to fail. */
static void long_narratives_are_bounded(void **state)
{
    char text[6000];
    struct mt940_slip_rules *rules;
    struct mt940_slip_query query = {.size = sizeof(query), .code = view("MSC"), .narrative = {text, 0}, .sign = 1};
    struct mt940_slip_match match = {.size = sizeof(match)};

    (void)state;
    memset(text, ' ', sizeof(text));
    memcpy(text + 4000, "KIRA", 4);
    memcpy(text + 4095, "\xC4\xB0", 2);
    query.narrative.length = sizeof(text);
    assert_int_equal(compile(host, COUNT(host), 0, NULL, NULL, &rules), MT940_OK);
    assert_int_equal(mt940_slip_rules_find(rules, &query, &match), MT940_OK);
    assert_int_equal(match.slip_type, 1);
    memset(text, ' ', 4096);
    memcpy(text + 4094, "KIRA", 4);
    assert_int_equal(mt940_slip_rules_find(rules, &query, &match), MT940_OK);
    assert_int_equal(match.slip_type, 3);
    mt940_slip_rules_free(rules);
}

struct meter {
    size_t bytes;
    int requests, fail_at;
};

static void *metered(void *user, void *old, size_t old_size, size_t new_size)
{
    struct meter *meter = user;
    void *result;

    if (new_size == 0) {
        meter->bytes -= old_size;
        free(old);
        return NULL;
    }
    if (meter->requests++ >= meter->fail_at)
        return NULL;
    result = realloc(old, new_size);
    assert_non_null(result);
    meter->bytes += new_size - (old ? old_size : 0);
    return result;
}

static void every_allocation_may_fail(void **state)
{
    struct mt940_slip_options options;
    int status = MT940_E_MEMORY;

    (void)state;
    mt940_slip_options_init(&options);
    options.defaults = MT940_SLIP_DEFAULTS_ALWAYS;
    options.rate_kind = view("buying");
    for (int k = 0; status != MT940_OK; k++) {
        struct meter meter = {0, 0, k};
        struct mt940_allocator allocator = {sizeof(allocator), &meter, metered};
        struct mt940_slip_rules *rules;

        assert_true(k < 1000);
        status = compile(host, COUNT(host), 0, &options, &allocator, &rules);
        if (status == MT940_OK)
            mt940_slip_rules_free(rules);
        else
            assert_int_equal(status, MT940_E_MEMORY);
        assert_int_equal(meter.bytes, 0);
    }
}

/* A star is whatever lies between two pieces, which stand one behind the other. */
static void stars_stand_for_anything(void **state)
{
    static const struct {
        const char *text, *narrative;
        int fits;
    } cases[] = {
        {"KIRA*MARMARA", "Eyl\xC3\xBCl k\xC4\xB1ra bedeli MARMARA PARK", 1},
        {"KIRA*MARMARA", "MARMARA KIRA", 0},
        {"KIRA*MARMARA", "KIRAMARMARA", 1},
        {"*KIRA*", "EYLUL KIRASI", 1},
        {"AA*AA", "AAA", 0},
        {"AA*AA", "AA AA", 1},
        {"A*B*A", "ABBA", 1},
        {"A*B*A", "ABB", 0},
        {"15*TEMMUZ*  ", "15.07 TEMMUZ", 1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct rule rule = {"", "", BOTH, 1, cases[i].text, 3};
        struct mt940_slip_query query = {.size = sizeof(query), .code = view("MSC"), .narrative = view(cases[i].narrative),
                                         .sign = 1};
        struct mt940_slip_match match = {.size = sizeof(match)};
        struct mt940_slip_rules *rules;

        assert_int_equal(compile(&rule, 1, 0, NULL, NULL, &rules), MT940_OK);
        assert_int_equal(mt940_slip_rules_find(rules, &query, &match), MT940_OK);
        if ((match.rule != NULL) != cases[i].fits)
            fail_msg("%s in %s: %d", cases[i].text, cases[i].narrative, match.rule != NULL);
        mt940_slip_rules_free(rules);
    }
}

/* What is refused says how to mend it. */
static void refusals_say_what_to_mend(void **state)
{
    static const struct {
        const char *code, *text, *says;
    } cases[] = {
        {"TRF", "* -- *", "needs a letter or a digit"},
        {"AVERYLONGCODEINDEED", "", "at most 16 characters"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_transaction_code record = {.code = view(cases[i].code), .text = view(cases[i].text)};
        struct mt940_slip_rules_builder *builder;
        struct mt940_error error = {.size = sizeof(error)};

        assert_int_equal(mt940_slip_rules_builder_new(NULL, NULL, &builder, NULL), MT940_OK);
        assert_int_equal(mt940_slip_rules_builder_add(builder, &record, &error), MT940_E_ARGUMENT);
        assert_non_null(strstr(error.text, cases[i].says));
        mt940_slip_rules_builder_free(builder);
    }
}

/* Conditions besides a text: own account, currency, amount; all that a rule has must fit. */
static void accounts_and_amounts(void **state)
{
    static const struct {
        const char *account, *currency, *text;
        int64_t amount, type;
    } cases[] = {
        {"QNB", "TRY", "", 50000, 1},       /* the account alone */
        {"GAR", "TRY", "", 50000, 3},       /* the default */
        {"GAR", "TRY", "aidat", 999, 3},    /* the text, not the amount */
        {"GAR", "TRY", "aidat", 1000, 5},
        {"GAR", "TRY", "aidat", 2000, 5},
        {"GAR", "TRY", "aidat", 2001, 3},
        {"GAR", "", "aidat", 2000, 5},      /* the company's currency */
        {"GAR", "USD", "aidat", 2000, 6},   /* amounts are the company's where no currency is named */
        {"GAR", "usd", "", 1, 6},
        {"GAR", "EUR", "aidat", 2000, 3},
        {"", "TRY", "", 1000000, 8},        /* no largest amount */
        {"", "TRY", "", 999999, 3},
    };
    const struct mt940_transaction_code rules[] = {
        {.code = view("MSC"), .slip_type = 3},
        {.code = view("MSC"), .priority = 1, .bank_account = view("QNB"), .slip_type = 1},
        {.code = view("MSC"), .priority = 2, .text = view("Aidat"), .amount_from = 1000, .amount_to = 2000, .slip_type = 5},
        {.code = view("MSC"), .priority = 3, .currency = view("USD"), .slip_type = 6},
        {.priority = 4, .amount_from = 1000000, .slip_type = 8},
    };
    struct mt940_transaction_code wrong = {.code = view("ABC"), .amount_from = 2, .amount_to = 1};
    struct mt940_slip_rules_builder *builder;
    struct mt940_slip_rules *table;

    (void)state;
    assert_int_equal(mt940_slip_rules_builder_new(NULL, NULL, &builder, NULL), MT940_OK);
    for (size_t i = 0; i < COUNT(rules); i++)
        assert_int_equal(mt940_slip_rules_builder_add(builder, &rules[i], NULL), MT940_OK);
    assert_int_equal(mt940_slip_rules_builder_add(builder, &wrong, NULL), MT940_E_ARGUMENT);
    wrong.amount_from = -1;
    assert_int_equal(mt940_slip_rules_builder_add(builder, &wrong, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_slip_rules_build(builder, &table, NULL), MT940_OK);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_slip_query query = {.size = sizeof(query), .code = view("MSC"), .narrative = view(cases[i].text),
                                         .sign = 1, .bank_account = view(cases[i].account),
                                         .currency = view(cases[i].currency), .local_currency = view("TRY"),
                                         .amount = cases[i].amount};
        struct mt940_slip_match match = {.size = sizeof(match)};

        assert_int_equal(mt940_slip_rules_find(table, &query, &match), MT940_OK);
        if (match.slip_type != cases[i].type)
            fail_msg("case %zu: %d", i, (int)match.slip_type);
    }
    mt940_slip_rules_builder_free(builder);
    mt940_slip_rules_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stars_stand_for_anything),
        cmocka_unit_test(refusals_say_what_to_mend),
        cmocka_unit_test(the_rule_that_holds),
        cmocka_unit_test(accounts_and_amounts),
        cmocka_unit_test(the_only_rule_by_option),
        cmocka_unit_test(the_built_in_table),
        cmocka_unit_test(when_the_built_in_table_is_asked),
        cmocka_unit_test(order_of_adding_does_not_matter),
        cmocka_unit_test(doubles_and_misuse_are_refused),
        cmocka_unit_test(long_narratives_are_bounded),
        cmocka_unit_test(every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_decision.c: proceed, warn or block (cases/dbs/decision.csv: R71, Q2, decisions 25-29), and documents that
 * touch several records.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/dbs.h"
#include "table.h"

static const char *const outcomes[] = {"proceed", "warn", "block"};

static void one_decision(const struct table_row *row)
{
    struct mt940_customer_bank bank = {.customer = {"C", 1}, .slot = 1, .branch = {"0062_00119", 10}, .dbs = 1};
    struct mt940_dbs_effect effect = {.customer = {"C", 1}, .slot = 1};
    struct mt940_dbs_consent consent = {.message = MT940_M_OVER_LIMIT};
    struct mt940_dbs_check check = {.size = sizeof(check), .local_currency = {"TRY", 3}, .banks = &bank,
                                    .bank_count = 1, .effects = &effect, .effect_count = 1, .consents = &consent};
    struct mt940_dbs_figure figure;
    size_t count = 0;
    int32_t outcome = -1;
    const char *message;

    bank.dbs_control = table_enum(row, "control", MT940_ENUM_DBS_CONTROL);
    bank.dbs_limit = table_money(row, "limit");
    bank.dbs_total = table_money(row, "total");
    effect.delta = table_money(row, "amount");
    effect.event = (int32_t)table_enum(row, "event", MT940_ENUM_DBS_EVENT);
    consent.excess = table_money(row, "accept");
    check.consent_count = *table_text(row, "accept") != '\0';
    assert_int_equal(mt940_dbs_decide(&check, &figure, 1, &count, &outcome), 0);
    assert_int_equal(count, 1);
    assert_int_equal(outcome, figure.outcome);
    table_expect_text(row, "outcome", outcomes[outcome]);
    message = figure.message ? mt940_message_name(figure.message) : "";
    table_expect_text(row, "message", message);
    table_expect_money(row, "after", figure.after);
    table_expect_money(row, "excess", figure.excess);
}

static void decisions_follow_the_table(void **state)
{
    (void)state;
    assert_true(table_read("tests/cases/dbs/decision.csv", one_decision) > 40);
}

static const struct mt940_customer_bank banks[] = {
    {.customer = {"A", 1}, .slot = 1, .dbs = 1, .dbs_limit = 100, .dbs_control = MT940_DBS_CONTROL_BLOCK},
    {.customer = {"A", 1}, .slot = 2, .dbs = 1, .dbs_limit = 100, .dbs_control = MT940_DBS_CONTROL_WARN},
    {.customer = {"A", 1}, .slot = 3, .dbs = 0, .dbs_limit = 100, .dbs_total = 50},
    {.customer = {"AB", 2}, .slot = 1, .dbs = 1, .dbs_limit = 100, .dbs_control = MT940_DBS_CONTROL_PROCEED},
};

static int32_t decide(const struct mt940_dbs_effect *effects, size_t count, struct mt940_dbs_figure figures[4])
{
    struct mt940_dbs_check check = {.size = sizeof(check), .local_currency = {"TRY", 3}, .banks = banks,
                                    .bank_count = 4, .effects = effects, .effect_count = count};
    int32_t outcome = -1;
    size_t written;

    assert_int_equal(mt940_dbs_decide(&check, figures, 4, &written, &outcome), 0);
    assert_int_equal(written, count);
    return outcome;
}

/* R96: each record is checked with the sum of its rows, the strictest outcome holds for the document. */
static void the_strictest_record_decides(void **state)
{
    struct mt940_dbs_effect effects[] = {
        {.customer = {"A", 1}, .slot = 1, .delta = 100, .event = MT940_DBS_EVENT_INVOICE},
        {.customer = {"A", 1}, .slot = 2, .delta = 101, .event = MT940_DBS_EVENT_INVOICE},
        {.customer = {"AB", 2}, .slot = 1, .delta = 999, .event = MT940_DBS_EVENT_INVOICE},
    };
    struct mt940_dbs_figure figures[4];

    (void)state;
    assert_int_equal(decide(effects, 3, figures), MT940_DBS_WARN);
    assert_int_equal(figures[0].outcome, MT940_DBS_PROCEED);
    assert_int_equal(figures[2].message, 0);
    effects[0].delta = 101;
    assert_int_equal(decide(effects, 3, figures), MT940_DBS_BLOCK);
    assert_int_equal(figures[1].outcome, MT940_DBS_WARN);
}

static void records_must_be_there_and_marked(void **state)
{
    struct mt940_dbs_effect effect = {.customer = {"A", 1}, .slot = 3, .delta = 1, .event = MT940_DBS_EVENT_INVOICE};
    struct mt940_dbs_figure figures[4];

    (void)state;
    assert_int_equal(decide(&effect, 1, figures), MT940_DBS_BLOCK);
    assert_int_equal(figures[0].message, MT940_M_NOT_A_DBS_SLOT);
    effect.delta = -1;
    effect.event = MT940_DBS_EVENT_INVOICE_CANCEL;
    assert_int_equal(decide(&effect, 1, figures), MT940_DBS_PROCEED);
    effect.slot = 9;
    assert_int_equal(decide(&effect, 1, figures), MT940_DBS_BLOCK);
    assert_int_equal(figures[0].message, MT940_M_NOT_A_DBS_SLOT);
}

/* Decision 29: a consent names warning, record and excess; any other warning asks again. */
static void a_consent_covers_what_it_names(void **state)
{
    struct mt940_dbs_notice notice = {.message = MT940_M_OVER_LIMIT, .outcome = MT940_DBS_WARN, .slot = 2,
                                      .customer = {"A", 1}, .excess = 10};
    struct mt940_dbs_consent consent = {.message = MT940_M_OVER_LIMIT, .customer = {"A", 1}, .slot = 2, .excess = 10};

    (void)state;
    assert_int_equal(mt940_dbs_consented(&notice, &consent, 1), 1);
    assert_int_equal(mt940_dbs_verdict(&notice, 1, &consent, 1), MT940_DBS_PROCEED);
    assert_int_equal(mt940_dbs_verdict(&notice, 1, NULL, 0), MT940_DBS_WARN);
    consent.slot = 1;
    assert_int_equal(mt940_dbs_consented(&notice, &consent, 1), 0);
    consent.slot = 0;
    assert_int_equal(mt940_dbs_consented(&notice, &consent, 1), 1);
    consent.customer = (struct mt940_view){"B", 1};
    assert_int_equal(mt940_dbs_consented(&notice, &consent, 1), 0);
    consent.customer.length = 0;
    consent.message = MT940_M_BRANCH_MISMATCH;
    assert_int_equal(mt940_dbs_consented(&notice, &consent, 1), 0);
    consent.message = MT940_M_OVER_LIMIT;
    notice.excess = 11;
    assert_int_equal(mt940_dbs_consented(&notice, &consent, 1), 0);
    notice.excess = 1;
    notice.outcome = MT940_DBS_BLOCK;
    assert_int_equal(mt940_dbs_verdict(&notice, 1, &consent, 1), MT940_DBS_BLOCK);
}

/* R93: the figures of the warning, in both languages. */
static void the_warning_names_its_figures(void **state)
{
    struct mt940_dbs_figure figure = {.customer = {"120.01", 6}, .slot = 2, .branch = {"0111_01024", 10},
                                      .currency = {"TRY", 3}, .limit = 500000, .before = 0, .delta = 600000,
                                      .after = 600000, .excess = 100000, .message = MT940_M_OVER_LIMIT};
    struct mt940_message_arg args[MT940_DBS_NOTICE_ARGS];
    struct mt940_dbs_notice notice;
    char text[300];

    (void)state;
    assert_int_equal(mt940_dbs_figure_notice(&figure, &notice), 1);
    mt940_dbs_notice_args(&notice, args);
    assert_true(mt940_message_format(notice.message, args, MT940_DBS_NOTICE_ARGS, "en", text, sizeof(text)) > 0);
    assert_string_equal(text, "120.01, bank record 2 (0111_01024): limit 5,000.00 TRY, total 0.00 TRY, with "
                              "6,000.00 TRY it would be 6,000.00 TRY: 1,000.00 TRY above the limit");
    assert_true(mt940_message_format(notice.message, args, MT940_DBS_NOTICE_ARGS, "tr", text, sizeof(text)) > 0);
    assert_non_null(strstr(text, "limiti 1.000,00 TRY aşar"));
    figure.message = 0;
    assert_int_equal(mt940_dbs_figure_notice(&figure, &notice), 0);
}

static void misuse_is_refused(void **state)
{
    struct mt940_dbs_effect effects[2] = {{.customer = {"A", 1}, .slot = 2, .delta = 1},
                                          {.customer = {"A", 1}, .slot = 1, .delta = 1}};
    struct mt940_customer_bank full = {.customer = {"A", 1}, .slot = 1, .dbs = 1, .dbs_total = INT64_MAX};
    struct mt940_dbs_check check = {.size = sizeof(check), .banks = &full, .bank_count = 1, .effects = effects + 1,
                                    .effect_count = 1};
    struct mt940_dbs_figure figures[4];
    int32_t outcome = 9;
    size_t count = 9;

    (void)state;
    assert_int_equal(mt940_dbs_decide(&check, figures, 4, &count, &outcome), MT940_E_RANGE);
    assert_int_equal(mt940_dbs_decide(&check, figures, 0, &count, &outcome), MT940_E_LIMIT);
    check.effects = effects;
    check.effect_count = 2;
    assert_int_equal(mt940_dbs_decide(&check, figures, 4, &count, &outcome), MT940_E_ARGUMENT);
    check.size = 8;
    assert_int_equal(mt940_dbs_decide(&check, figures, 4, &count, &outcome), MT940_E_ARGUMENT);
    assert_int_equal(outcome, 9);
    assert_int_equal(count, 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decisions_follow_the_table),      cmocka_unit_test(the_strictest_record_decides),
        cmocka_unit_test(records_must_be_there_and_marked), cmocka_unit_test(a_consent_covers_what_it_names),
        cmocka_unit_test(the_warning_names_its_figures),   cmocka_unit_test(misuse_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

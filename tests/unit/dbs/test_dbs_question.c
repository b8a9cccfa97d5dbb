/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_question.c: how much may still be sold, how full a limit is, how old the open rows are
 * (cases/dbs/ageing.csv), who crossed a threshold (crossed.csv), sales one after the other (what_if.csv).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/dbs.h"
#include "table.h"

static const char *const age_names[MT940_DBS_AGES] = {"not-due", "option", "30", "60", "90", "older"};

static void one_age(const struct table_row *row)
{
    const struct mt940_date today = {2026, 7, 31};
    struct mt940_payment rows[2] = {{.type = MT940_PAYMENT_TYPE_DBS, .slot = 1, .amount = 100, .paid = 40,
                                     .dbs_amount = 100},
                                    {.type = MT940_PAYMENT_TYPE_CASH, .slot = 1, .amount = 7, .dbs_amount = 7}};
    struct mt940_dbs_ageing ageing = {.size = sizeof(ageing)};
    struct mt940_view due = table_view(row, "due");

    if (due.length > 0)
        assert_int_equal(mt940_date_parse(due.data, due.length, &rows[0].due_date), 0);
    assert_int_equal(mt940_dbs_age_rows(rows, 2, 1, &today, (int32_t)table_number(row, "option"), &ageing), 0);
    for (int age = 0; age < MT940_DBS_AGES; age++) {
        if (ageing.open[age] == 0)
            continue;
        assert_int_equal(ageing.open[age], 60);
        assert_int_equal(ageing.rows[age], 1);
        table_expect_text(row, "age", age_names[age]);
        return;
    }
    fail_msg("%s:%u: the row has no age", row->file, row->line);
}

static void ages_follow_the_table(void **state)
{
    (void)state;
    assert_true(table_read("tests/cases/dbs/ageing.csv", one_age) > 12);
}

static void figures_of_a_limit(void **state)
{
    struct mt940_customer_bank record = {.dbs_limit = 300, .dbs_total = 100};
    int64_t available;
    int32_t parts = -1;

    (void)state;
    assert_int_equal(mt940_dbs_available(&record, &available), 0);
    assert_int_equal(available, 200);
    assert_int_equal(mt940_dbs_utilisation(&record, &parts), 0);
    assert_int_equal(parts, 3333);
    record.dbs_total = 900;
    assert_int_equal(mt940_dbs_utilisation(&record, &parts), 0);
    assert_int_equal(parts, 30000);
    assert_int_equal(mt940_dbs_available(&record, &available), 0);
    assert_int_equal(available, -600);
    record.dbs_total = -5;
    assert_int_equal(mt940_dbs_utilisation(&record, &parts), 0);
    assert_int_equal(parts, 0);
    record = (struct mt940_customer_bank){.dbs_limit = 1, .dbs_total = INT64_MAX};
    assert_int_equal(mt940_dbs_utilisation(&record, &parts), 0);
    assert_int_equal(parts, INT32_MAX);
    record.dbs_limit = 0;
    assert_int_equal(mt940_dbs_utilisation(&record, &parts), MT940_E_NOT_FOUND);
    record.dbs_total = INT64_MIN;
    assert_int_equal(mt940_dbs_available(&record, &available), MT940_E_RANGE);
}

static void one_crossing(const struct table_row *row)
{
    const struct mt940_customer_bank record = {.dbs_limit = table_money(row, "limit"),
                                               .dbs_total = table_money(row, "total")};
    int32_t utilisation;

    table_expect_number(row, "crossed", mt940_dbs_crossed(&record, (int32_t)table_number(row, "parts")));
    if (mt940_dbs_utilisation(&record, &utilisation) != 0)
        table_expect_text(row, "utilisation", "");
    else
        table_expect_number(row, "utilisation", utilisation);
}

static void crossings_follow_the_table(void **state)
{
    (void)state;
    assert_true(table_read("tests/cases/dbs/crossed.csv", one_crossing) > 15);
}

/* The sales of the case so far; each row is asked together with those before it. */
static struct {
    char customers[16][2];
    struct mt940_dbs_sale sales[16];
    size_t count;
} story;

static void one_sale(const struct table_row *row)
{
    static const char *const outcomes[] = {"proceed", "warn", "block"};
    const struct mt940_customer_bank banks[] = {
        {.customer = {"A", 1}, .slot = 1, .dbs = 1, .dbs_limit = 100000, .dbs_total = 90000,
         .dbs_control = MT940_DBS_CONTROL_BLOCK},
        {.customer = {"A", 1}, .slot = 2, .dbs = 1, .dbs_limit = 50000, .dbs_control = MT940_DBS_CONTROL_WARN},
        {.customer = {"B", 1}, .slot = 1, .dbs = 1}, {.customer = {"C", 1}, .slot = 1}};
    const struct mt940_dbs_check check = {.size = sizeof check, .local_currency = {"TRY", 3}, .banks = banks,
                                          .bank_count = 4};
    struct mt940_dbs_figure figures[16];
    int64_t totals[4];
    int32_t outcome = -1;
    struct mt940_dbs_figure *last = &figures[story.count = table_number(row, "case") ? story.count : 0];

    snprintf(story.customers[story.count], 2, "%s", table_text(row, "customer"));
    story.sales[story.count] = (struct mt940_dbs_sale){{story.customers[story.count], 1}, table_number(row, "slot"),
                                                       table_money(row, "amount")};
    story.count++;
    assert_int_equal(mt940_dbs_what_if(&check, story.sales, story.count, figures, totals, &outcome), 0);
    table_expect_money(row, "before", last->before);
    table_expect_money(row, "after", last->after);
    table_expect_money(row, "excess", last->excess);
    table_expect_text(row, "outcome", outcomes[last->outcome]);
    table_expect_text(row, "message", last->message ? mt940_message_name(last->message) : "");
    table_expect_text(row, "all", outcomes[outcome]);
}

static void sales_follow_the_table(void **state)
{
    (void)state;
    assert_true(table_read("tests/cases/dbs/what_if.csv", one_sale) > 12);
}

/* Room at one bank is no room at another; ages add up; what does not fit changes nothing. */
static void sums_keep_room_and_excess_apart(void **state)
{
    const struct mt940_customer_bank records[] = {{.dbs_limit = 1000, .dbs_total = 400},
                                                  {.dbs_limit = 500, .dbs_total = 800}, {.dbs_limit = 0}};
    const struct mt940_dbs_ageing ageing = {.size = sizeof ageing, .open = {1, 2, 3, 4, 5, 6}, .rows = {1, 1, 1, 1, 1, 2}};
    const struct mt940_customer_bank large = {.dbs_limit = INT64_MAX};
    struct mt940_dbs_sum sum = {.size = sizeof sum, .ageing = {.size = sizeof sum.ageing}}, before;

    (void)state;
    assert_int_equal(mt940_dbs_sum_add(&sum, &records[2], NULL), 0);
    assert_int_equal(sum.utilisation, -1);
    assert_int_equal(mt940_dbs_sum_add(&sum, &records[0], &ageing), 0);
    assert_int_equal(mt940_dbs_sum_add(&sum, &records[1], &ageing), 0);
    assert_int_equal(sum.records, 3);
    assert_int_equal(sum.limit, 1500);
    assert_int_equal(sum.total, 1200);
    assert_int_equal(sum.sellable, 600);
    assert_int_equal(sum.excess, 300);
    assert_int_equal(sum.over, 1);
    assert_int_equal(sum.utilisation, 8000);
    assert_int_equal(sum.ageing.open[MT940_DBS_AGE_OLDER], 12);
    assert_int_equal(sum.ageing.rows[MT940_DBS_AGE_OLDER], 4);
    before = sum;
    assert_int_equal(mt940_dbs_sum_add(&sum, &large, NULL), MT940_E_RANGE);
    assert_memory_equal(&sum, &before, sizeof sum);
}

/* A lost line, a wrong running total and a changed total are three different faults. */
static void an_audit_names_what_is_wrong(void **state)
{
    const struct mt940_journal lines[] = {{.slot = 1, .sequence = 1, .delta = 100, .total = 100, .event = 1},
                                          {.slot = 1, .sequence = 2, .delta = -30, .total = 70, .event = 6},
                                          {.slot = 2, .sequence = 1, .delta = 5, .total = 5, .event = 1}};
    const struct mt940_payment row = {.slot = 1, .dbs_amount = 100};
    const struct mt940_slip_line line = {.dbs = 1, .dbs_slot = 1, .dbs_amount = 30};
    struct mt940_customer_bank record = {.slot = 1, .dbs_total = 70, .dbs_sequence = 2};
    struct mt940_dbs_audit audit = {.size = sizeof(audit), .slot = 1}, short_audit = audit;

    (void)state;
    assert_int_equal(mt940_dbs_audit_row(&audit, &row), 0);
    assert_int_equal(mt940_dbs_audit_line(&audit, &line, MT940_DOCUMENT_STATE_ACTIVE), 0);
    assert_int_equal(mt940_dbs_audit_line(&audit, &line, MT940_DOCUMENT_STATE_CANCELLED), 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(mt940_dbs_audit_journal(&audit, &lines[i], 0), 0);
    assert_int_equal(mt940_dbs_audit_finish(&audit, &record), 0);
    record.dbs_total = 71;
    assert_int_equal(mt940_dbs_audit_finish(&audit, &record), MT940_DBS_FAULT_JOURNAL | MT940_DBS_FAULT_DOCUMENTS);
    record.dbs_total = 70;
    assert_int_equal(mt940_dbs_audit_row(&short_audit, &row), 0);
    assert_int_equal(mt940_dbs_audit_line(&short_audit, &line, MT940_DOCUMENT_STATE_ACTIVE), 0);
    assert_int_equal(mt940_dbs_audit_journal(&short_audit, &lines[1], 0), 0);
    assert_int_equal(mt940_dbs_audit_finish(&short_audit, &record),
                     MT940_DBS_FAULT_SEQUENCE | MT940_DBS_FAULT_RUNNING | MT940_DBS_FAULT_JOURNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ages_follow_the_table),
        cmocka_unit_test(figures_of_a_limit),
        cmocka_unit_test(crossings_follow_the_table),
        cmocka_unit_test(sales_follow_the_table),
        cmocka_unit_test(sums_keep_room_and_excess_apart),
        cmocka_unit_test(an_audit_names_what_is_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_customer_bank.c: checks of a bank record (cases/dbs/customer_bank.csv) and the two Azerbaijani fields
 * (cases/dbs/details.csv).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/customer_bank.h"
#include "mt940connect/schema.h"
#include "table.h"

static void one_check(const struct table_row *row)
{
    struct mt940_customer_bank record = {.slot = 1};
    struct mt940_dbs_notice notices[MT940_CUSTOMER_BANK_NOTICES];
    char text[200] = "";
    size_t count = 9;

    record.branch = table_view(row, "branch");
    record.iban = table_view(row, "iban");
    record.dbs_limit = table_money(row, "limit");
    assert_int_equal(mt940_customer_bank_check(&record, notices, &count), 0);
    for (size_t i = 0; i < count; i++) {
        strcat(text, i ? " " : "");
        strcat(text, mt940_message_name(notices[i].message));
    }
    table_expect_text(row, "messages", text);
}

static void checks_follow_the_table(void **state)
{
    (void)state;
    assert_true(table_read("tests/cases/dbs/customer_bank.csv", one_check) > 8);
}

static const struct mt940_bank_code codes[] = {
    {.country = {"AZ", 2}, .code = {"NABZ", 4}, .bic = {"NABZAZ2C", 8}, .correspondent_account = {"X1", 2},
     .voen = {"1401555071", 10}},
    {.country = {"AZ", 2}, .code = {"AIIB", 4}, .bic = {"AIIBAZ2X", 8}, .correspondent_account = {"X2", 2}},
    {.country = {"TR", 2}, .code = {"0062", 4}, .bic = {"TGBATRIS", 8}, .correspondent_account = {"X3", 2},
     .voen = {"V3", 2}},
};

static const char *text_of(struct mt940_view view, char buffer[64])
{
    mt940_view_copy(&view, buffer, 64);
    return buffer;
}

static void one_settlement(const struct table_row *row)
{
    struct mt940_company company = {.legislation = table_enum(row, "legislation", MT940_ENUM_LEGISLATION)};
    struct mt940_customer_bank before = {.slot = 1}, record = {.slot = 1};
    char text[64];
    int is_new;

    before.branch = table_view(row, "before_branch");
    before.iban = table_view(row, "before_iban");
    before.bic = table_view(row, "before_bic");
    before.correspondent_account = table_view(row, "before_account");
    before.voen = table_view(row, "before_voen");
    before.detail_edited = table_number(row, "before_edited");
    record.branch = table_view(row, "branch");
    record.iban = table_view(row, "iban");
    record.bic = table_view(row, "bic");
    record.correspondent_account = table_view(row, "account");
    record.voen = table_view(row, "voen");
    is_new = before.branch.length + before.iban.length + before.bic.length == 0;
    assert_int_equal(mt940_customer_bank_settle_details(&company, is_new ? NULL : &before, &record, codes, 3), 0);
    table_expect_text(row, "want_account", text_of(record.correspondent_account, text));
    table_expect_text(row, "want_voen", text_of(record.voen, text));
    table_expect_number(row, "want_edited", record.detail_edited);
    assert_int_equal(mt940_customer_bank_has_details(&company), strcmp(table_text(row, "legislation"), "az") == 0);
}

static void details_follow_the_table(void **state)
{
    (void)state;
    assert_true(table_read("tests/cases/dbs/details.csv", one_settlement) > 15);
}

static void a_record_with_a_total_stays(void **state)
{
    struct mt940_customer_bank record = {.customer = {"C", 1}, .slot = 2, .dbs_total = 1};
    const struct mt940_view local = {"TRY", 3};
    struct mt940_dbs_notice notice;
    size_t count = 9;

    (void)state;
    assert_int_equal(mt940_customer_bank_check_delete(&record, &local, &notice, &count), 0);
    assert_int_equal(count, 1);
    assert_int_equal(notice.message, MT940_M_SLOT_HAS_TOTAL);
    assert_int_equal(notice.outcome, MT940_DBS_BLOCK);
    assert_memory_equal(notice.currency.data, "TRY", 3);
    record.dbs_total = 0;
    assert_int_equal(mt940_customer_bank_check_delete(&record, &local, &notice, &count), 0);
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checks_follow_the_table),
        cmocka_unit_test(details_follow_the_table),
        cmocka_unit_test(a_record_with_a_total_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

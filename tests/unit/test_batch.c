/* SPDX-License-Identifier: Apache-2.0
 *
 * What mt940_batch_check() lets through to a store and what it does not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/store.h"

#define TEXT(text) {(text), sizeof(text) - 1}

/* One good batch: a guard, an invoice, a bank record replaced and its total raised. */
struct fixture {
    struct mt940_customer_bank bank;
    struct mt940_invoice invoice;
    struct mt940_journal journal;
    struct mt940_action action;
    struct mt940_change changes[4];
    struct mt940_batch batch;
    struct mt940_batch_result result;
    struct mt940_error error;
};

static void set_up(struct fixture *f)
{
    memset(f, 0, sizeof(*f));
    f->bank = (struct mt940_customer_bank){.company = TEXT("1"), .customer = TEXT("C"), .slot = 1};
    f->invoice = (struct mt940_invoice){.company = TEXT("1"), .number = TEXT("F1"), .kind = MT940_INVOICE_KIND_SALE};
    f->journal = (struct mt940_journal){.event = MT940_DBS_EVENT_INVOICE, .document = TEXT("F1")};
    f->action = (struct mt940_action){.company = TEXT("1"), .key = TEXT("k")};
    for (int i = 0; i < 4; i++)
        f->changes[i] = (struct mt940_change){.size = sizeof(f->changes[i]), .op = MT940_EXPECT,
                                              .kind = MT940_KIND_CUSTOMER_BANK, .record = &f->bank};
    f->changes[1].op = MT940_PUT_IF;
    f->changes[2].op = MT940_TOTAL_ADD;
    f->changes[2].journal = &f->journal;
    f->changes[3].op = MT940_PUT_NEW;
    f->changes[3].kind = MT940_KIND_INVOICE;
    f->changes[3].record = &f->invoice;
    f->batch = (struct mt940_batch){sizeof(f->batch), &f->action, f->changes, 4};
    f->result.size = sizeof(f->result);
    f->error.size = sizeof(f->error);
}

static int check(struct fixture *f)
{
    return mt940_batch_check(&f->batch, 1, &f->result, &f->error);
}

static void a_good_batch_passes_and_clears_the_result(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    f.result.outcome = 99, f.result.change = 7, f.result.result_length = 3, f.result.result[0] = 'x';
    assert_int_equal(check(&f), 0);
    assert_int_equal(f.result.size, sizeof(f.result));
    assert_int_equal(f.result.outcome, 0);
    assert_int_equal(f.result.change, 0);
    assert_string_equal(f.result.result, "");
    assert_int_equal(f.error.status, 0);
    assert_int_equal(mt940_batch_check(NULL, 0, NULL, NULL), 0);
}

static void assert_misuse(struct fixture *f, uint32_t change, const char *word)
{
    f->result.outcome = 99;
    assert_int_equal(check(f), MT940_E_ARGUMENT);
    assert_int_equal(f->result.outcome, 99); /* untouched */
    assert_int_equal(f->error.line, change);
    if (!strstr(f->error.text, word))
        fail_msg("\"%s\" does not say \"%s\"", f->error.text, word);
}

static void sizes_and_missing_parts_are_misuse(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f), f.batch.size = 0, assert_misuse(&f, 0, "size");
    set_up(&f), f.batch.action = NULL, assert_misuse(&f, 0, "action");
    set_up(&f), f.batch.changes = NULL, assert_misuse(&f, 0, "changes");
    set_up(&f), f.result.size = 1, assert_misuse(&f, 0, "result");
    set_up(&f), f.changes[1].size = 8, assert_misuse(&f, 2, "size");
    set_up(&f), f.changes[1].reserved = 1, assert_misuse(&f, 2, "reserved");
    set_up(&f), f.changes[1].record = NULL, assert_misuse(&f, 2, "record");
    set_up(&f), f.changes[1].kind = 99, assert_misuse(&f, 2, "kind");
    set_up(&f), f.changes[1].op = 0, assert_misuse(&f, 2, "operation");
    set_up(&f), f.changes[1].op = 6, assert_misuse(&f, 2, "operation");
    set_up(&f);
    assert_int_equal(mt940_batch_check(NULL, 1, &f.result, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_batch_check(&f.batch, 1, NULL, NULL), MT940_E_ARGUMENT);
}

static void fields_are_looked_at_where_they_count(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f), f.bank.dbs = 5, assert_misuse(&f, 2, "dbs"); /* the guard before it needs the key only */
    set_up(&f), f.bank.company.length = 9999, f.bank.company.data = NULL, assert_misuse(&f, 1, "company");
    set_up(&f), f.invoice.kind = 0, assert_misuse(&f, 4, "kind");
    set_up(&f), f.action.verb = (struct mt940_view)TEXT("\xFF"), assert_misuse(&f, 0, "verb");
    set_up(&f), f.journal.event = 0, assert_misuse(&f, 3, "event");
    set_up(&f), f.journal.customer.length = 9999; /* not used: the store fills the key of a line */
    assert_int_equal(check(&f), 0);
}

static void a_total_belongs_to_a_bank_record_and_has_a_journal_line(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f), f.changes[2].journal = NULL, assert_misuse(&f, 3, "journal");
    set_up(&f), f.changes[2].ceiling = 3, assert_misuse(&f, 3, "ceiling");
    set_up(&f), f.changes[3].op = MT940_TOTAL_ADD, assert_misuse(&f, 4, "customer_bank");
}

static void the_stores_own_kinds_are_closed_to_changes(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f), f.changes[3].kind = MT940_KIND_ACTION, f.changes[3].record = &f.action;
    assert_misuse(&f, 4, "by the store");
    set_up(&f), f.changes[3].kind = MT940_KIND_JOURNAL, f.changes[3].record = &f.journal;
    assert_misuse(&f, 4, "by the store");
    f.changes[3].op = MT940_EXPECT;
    assert_int_equal(check(&f), 0);
}

static void changes_ascend_strictly(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    struct mt940_change held = f.changes[0];
    f.changes[0] = f.changes[1], f.changes[1] = held, assert_misuse(&f, 2, "order");
    set_up(&f), f.changes[1].op = MT940_EXPECT, assert_misuse(&f, 2, "order"); /* twice the same */
    set_up(&f), f.changes[3].kind = MT940_KIND_COMPANY, f.changes[3].record = &(struct mt940_company){0};
    assert_misuse(&f, 4, "order");
    set_up(&f);
    assert_true(mt940_change_compare(&f.changes[0], &f.changes[1]) < 0);
    assert_true(mt940_change_compare(&f.changes[2], &f.changes[1]) > 0);
    assert_int_equal(mt940_change_compare(&f.changes[2], &f.changes[2]), 0);
}

static void a_result_must_fit_and_the_failing_batch_is_named(void **state)
{
    (void)state;
    static char text[MT940_RESULT_CAPACITY];
    struct fixture f;
    set_up(&f);
    memset(text, 'r', sizeof(text));
    struct mt940_action longest = f.action;
    struct mt940_batch pair[2] = {f.batch, f.batch};
    struct mt940_batch_result results[2] = {f.result, f.result};

    longest.result = (struct mt940_view){text, MT940_RESULT_CAPACITY - 1};
    pair[1].action = &longest;
    assert_int_equal(mt940_batch_check(pair, 2, results, &f.error), 0);
    longest.result.length++;
    assert_int_equal(mt940_batch_check(pair, 2, results, &f.error), MT940_E_ARGUMENT);
    assert_int_equal(f.error.offset, 1);
    assert_int_equal(f.error.line, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_batch_passes_and_clears_the_result),
        cmocka_unit_test(sizes_and_missing_parts_are_misuse),
        cmocka_unit_test(fields_are_looked_at_where_they_count),
        cmocka_unit_test(a_total_belongs_to_a_bank_record_and_has_a_journal_line),
        cmocka_unit_test(the_stores_own_kinds_are_closed_to_changes),
        cmocka_unit_test(changes_ascend_strictly),
        cmocka_unit_test(a_result_must_fit_and_the_failing_batch_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

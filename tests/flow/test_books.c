/* SPDX-License-Identifier: Apache-2.0
 *
 * test_books.c: a host with books of its own: what it is asked for when a movement names an invoice.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

#define TEXT(text) {(text), sizeof(text) - 1}

static struct world world;
static size_t by_customer, by_invoice;

/* Two open invoices of one customer; the store knows of neither. */
static const struct mt940_payment rows[] = {
    {.company = TEXT("1"), .invoice = TEXT("ABC2026000000123"), .line = 1, .customer = TEXT("120.A"),
     .due_date = {2026, 3, 1}, .amount = 1000, .currency = TEXT("TRY")},
    {.company = TEXT("1"), .invoice = TEXT("ABC2026000000124"), .line = 1, .customer = TEXT("120.A"),
     .due_date = {2026, 1, 1}, .amount = 1000, .currency = TEXT("TRY")},
};

static int send(const struct mt940_view *keys, size_t count, size_t field, mt940_record_sink sink, void *sink_user)
{
    int status = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sizeof rows / sizeof rows[0] && status == 0; k++)
            if (mt940_view_equal(&keys[i], (const void *)((const char *)&rows[k] + field)) == 1)
                status = sink(sink_user, &rows[k]);
    return status;
}

static int payments(void *user, const struct mt940_view *company, const struct mt940_view *customers, size_t count,
                    mt940_record_sink sink, void *sink_user)
{
    (void)user;
    (void)company;
    by_customer++;
    return send(customers, count, offsetof(struct mt940_payment, customer), sink, sink_user);
}

static int invoice_payments(void *user, const struct mt940_view *company, const struct mt940_view *invoices,
                            size_t count, mt940_record_sink sink, void *sink_user)
{
    (void)user;
    (void)company;
    by_invoice++;
    return send(invoices, count, offsetof(struct mt940_payment, invoice), sink, sink_user);
}

struct seen {
    char customer[16], closed[32];
    size_t closings;
};

static int take_row(void *user, const struct mt940_row *row)
{
    struct seen *seen = user;
    (void)mt940_view_copy(&row->match->customer, seen->customer, sizeof seen->customer);
    seen->closings = row->closing_count;
    if (row->closing_count)
        (void)mt940_view_copy(&row->closings[0].invoice, seen->closed, sizeof seen->closed);
    return 0;
}

/* What the flow says of one movement over the host's books. */
static struct seen look(const char *narrative, bool has_invoices)
{
    static char text[512];
    struct seen seen = {"", "", 0};
    struct mt940_books books = {.size = sizeof books, .payments = payments,
                                .invoice_payments = has_invoices ? invoice_payments : NULL};
    struct mt940_flow_options options = {.size = sizeof options, .company = "1", .store = &world.store,
                                         .clock = &world.clock, .books = &books};
    struct mt940_flow *flow;
    char id[32];
    world_open(&world);
    by_customer = by_invoice = 0;
    (void)strcpy(text, ":20:1\n:25:TR140006200119000001234567\n:28C:1/1\n:60F:C260101TRY100,00\n"
                       ":61:2601020102C10,00NTRFNONREF//A1\n:86:");
    (void)strcat(strcat(text, narrative), "\n:62F:C260102TRY110,00\n");
    world_offer(&world, "one", text);
    world_receive(&world);
    const struct mt940_view item = world_item(&world, 1, id);
    assert_int_equal(mt940_flow_open(&options, &flow, NULL), 0);
    assert_int_equal(mt940_flow_show(flow, &item, take_row, &seen, NULL), 0);
    mt940_flow_close(flow);
    world_close(&world);
    return seen;
}

static void a_named_invoice_is_asked_for_by_its_number(void **state)
{
    (void)state;
    struct seen seen = look("FATURA NO ABC2026000000123 ODEMESI", true);
    assert_string_equal(seen.customer, "120.A"); /* nothing else says who pays */
    assert_int_equal(seen.closings, 1);
    assert_string_equal(seen.closed, "ABC2026000000123"); /* though the other is due earlier */
    assert_int_equal(by_customer, 0);
    assert_true(by_invoice > 0);
}

static void without_that_look_up_the_rows_of_the_customer_do(void **state)
{
    (void)state;
    struct seen seen = look("FATURA NO ABC2026000000123 TR780006701000000011111111", false);
    assert_string_equal(seen.customer, "120.A");
    assert_int_equal(seen.closings, 1);
    assert_string_equal(seen.closed, "ABC2026000000123");
    assert_true(by_customer > 0);
}

static void without_an_invoice_nothing_is_asked(void **state)
{
    (void)state;
    struct seen seen = look("GELEN HAVALE TR780006701000000011111111", true);
    assert_string_equal(seen.customer, "120.A");
    assert_int_equal(seen.closings + by_customer + by_invoice, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_named_invoice_is_asked_for_by_its_number),
        cmocka_unit_test(without_that_look_up_the_rows_of_the_customer_do),
        cmocka_unit_test(without_an_invoice_nothing_is_asked),
    };
    return cmocka_run_group_tests_name("flow_books", tests, NULL, NULL);
}

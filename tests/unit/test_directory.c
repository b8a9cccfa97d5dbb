/* SPDX-License-Identifier: Apache-2.0
 *
 * test_directory.c: the index over customers and own accounts: look-ups, doubles, orphans, the
 * same result in any order of adding, many records of one key, and failing memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "match/directory_arrays.h"
#include "mt940connect/directory.h"

static struct mt940_view view(const char *text)
{
    struct mt940_view result;

    mt940_view_from_string(text, &result);
    return result;
}

static const struct {
    const char *code, *name, *tax_id;
    int type, active;
} customers[] = {
    {"120.01", "Y\xC4\xB1ld\xC4\xB1z Market Ltd. \xC5\x9Eti.", "1112223339", MT940_CUSTOMER_TYPE_BUYER, 1},
    {"120.02", "Do\xC4\x9F" "an G\xC4\xB1" "da A.\xC5\x9E.", "222 333 4447", MT940_CUSTOMER_TYPE_BUYER, 1},
    {"320.02", "Do\xC4\x9F" "an G\xC4\xB1" "da A.\xC5\x9E.", "2223334447", MT940_CUSTOMER_TYPE_SUPPLIER, 1},
    {"120.03", "\xC4\xB0smail \xC3\x87" "a\xC4\x9Fr\xC4\xB1 \xC3\x96zt\xC3\xBCrk", "12345678950", 0, 0},
    {"120", "", "", 0, 1},
};

static const struct {
    const char *customer;
    int slot;
    const char *branch, *account, *iban, *currency;
    int collector, dbs;
} banks[] = {
    {"120.01", 2, "0067_00001", "0011111111", "TR78 0006 7010 0000 0011 1111 11", "", 0, 1},
    {"120.01", 1, "0062_00119", "1234567", "", "USD", 0, 0},
    {"120.02", 1, "0046_00123", "888000022222", "TR590004600123888000022222", "TRY", 0, 0},
    {"320.02", 1, "", "", "tr590004600123888000022222", "", 0, 0},
    {"120.03", 7, "", "", "TR670001000999000000333333", "", 1, 0},
    {"120.03", 1, "Merkez", "12", "TR440006200119000006672315", "", 0, 0},
    {"999", 1, "", "", "TR660013400000444400000001", "", 0, 0},
};

static const struct mt940_bank_account own_accounts[] = {
    {.code = {"102.USD", 7}, .iban = {"TR650006200119000009876543", 26}, .currency = {"USD", 3}},
    {.code = {"102.TRY", 7}, .iban = {"TR14 0006 2001 1900 0001 2345 67", 32}},
    {.code = {"102.QNB", 7}, .branch = {"0111_01024", 10}, .account = {"12345678", 8}, .currency = {"TRY", 3}},
    {.code = {"102.SEK", 7}, .branch = {"59_372", 6}, .account = {"000777000111", 12},
     .iban = {"TR980005900000000777000111", 26}},
    {.code = {"102.IS1", 7}, .branch = {"0064_01203", 10}, .account = {"4000123", 7}, .currency = {"TRY", 3}},
    {.code = {"102.IS2", 7}, .branch = {"0064_01203", 10}, .account = {"4000123", 7}, .currency = {"EUR", 3}},
    {.code = {"102.AZN", 7}, .iban = {"AZ78NABZ00000000000000000123", 28}, .currency = {"AZN", 3}},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define RECORDS (1 + COUNT(own_accounts) + COUNT(customers) + COUNT(banks))

static int add(struct mt940_directory_builder *builder, size_t i, struct mt940_error *error)
{
    if (i == 0) {
        struct mt940_company company = {.code = view("001"), .local_currency = view("TRY")};

        return mt940_directory_builder_add(builder, MT940_KIND_COMPANY, &company, error);
    }
    if (--i < COUNT(own_accounts))
        return mt940_directory_builder_add(builder, MT940_KIND_BANK_ACCOUNT, &own_accounts[i], error);
    if ((i -= COUNT(own_accounts)) < COUNT(customers)) {
        struct mt940_customer record = {.company = view("001"), .code = view(customers[i].code),
                                        .name = view(customers[i].name), .tax_id = view(customers[i].tax_id),
                                        .type = customers[i].type, .active = customers[i].active};

        return mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &record, error);
    }
    i -= COUNT(customers);
    struct mt940_customer_bank record = {
        .customer = view(banks[i].customer), .slot = banks[i].slot, .branch = view(banks[i].branch),
        .account = view(banks[i].account), .iban = view(banks[i].iban), .currency = view(banks[i].currency),
        .collector = banks[i].collector, .dbs = banks[i].dbs};

    return mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &record, error);
}

/* Adds every record, beginning with `start` and stepping by `step` (prime to their number). */
static int build(size_t start, size_t step, const struct mt940_allocator *allocator, struct mt940_directory **out)
{
    struct mt940_view company = view("001");
    struct mt940_directory_builder *builder;
    int status = mt940_directory_builder_new(&company, allocator, &builder, NULL);

    if (status != MT940_OK)
        return status;
    for (size_t i = 0; status == MT940_OK && i < RECORDS; i++)
        status = add(builder, (start + i * step) % RECORDS, NULL);
    if (status == MT940_OK)
        status = mt940_directory_build(builder, out, NULL);
    mt940_directory_builder_free(builder);
    return status;
}

static int set_up(void **state)
{
    struct mt940_directory *directory;

    assert_int_equal(build(0, 1, NULL, &directory), MT940_OK);
    *state = directory;
    return 0;
}

static int tear_down(void **state)
{
    mt940_directory_free(*state);
    return 0;
}

static void expect_hits(size_t count, const struct mt940_directory_hit *hits, const char *expected)
{
    char text[256] = "";

    assert_true(count <= 8);
    for (size_t i = 0; i < count; i++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%.*s/%d", i ? " " : "",
                 (int)hits[i].customer.length, hits[i].customer.data, (int)hits[i].slot);
    assert_string_equal(text, expected);
}

static void customers_by_identifier(void **state)
{
    static const struct {
        char way; /* I IBAN, T tax number, A account */
        const char *key;
        int bank, branch;
        const char *hits;
    } cases[] = {
        {'I', "TR780006701000000011111111", 0, 0, "120.01/2"},
        {'I', "TR590004600123888000022222", 0, 0, "120.02/1 320.02/1"},
        {'I', "TR670001000999000000333333", 0, 0, "120.03/7"},
        {'I', "TR440006200119000006672315", 0, 0, ""}, /* kept, but it is no IBAN */
        {'I', "TR660013400000444400000001", 0, 0, ""}, /* of nobody */
        {'I', "TR780006701000000011111112", 0, 0, ""},
        {'I', "", 0, 0, ""},
        {'T', "1112223339", 0, 0, "120.01/0"},
        {'T', "2223334447", 0, 0, "120.02/0 320.02/0"},
        {'T', "222 333 44 47", 0, 0, "120.02/0 320.02/0"},
        {'T', "", 0, 0, ""},
        {'A', "11111111", 67, 1, "120.01/2"},
        {'A', "0000011111111", 67, -1, "120.01/2"},
        {'A', "11111111", 67, 2, ""},
        {'A', "11111111", 62, 1, ""},
        {'A', "12", 10, -1, ""}, /* too short to prove anything */
        {'A', "888-000-022222", 46, 123, "120.02/1"},
    };
    struct mt940_directory_hit hits[8];

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_view key = view(cases[i].key);
        size_t count = cases[i].way == 'I'   ? mt940_directory_by_iban(*state, &key, hits, 8)
                       : cases[i].way == 'T' ? mt940_directory_by_tax_id(*state, &key, hits, 8)
                                             : mt940_directory_by_account(*state, cases[i].bank, cases[i].branch, &key,
                                                                          hits, 8);

        expect_hits(count, hits, cases[i].hits);
    }
}

/* More than go through memory at once, known and unknown ones mixed: the same as one by one. */
static void many_ibans_at_once(void **state)
{
    static const char *const keys[] = {"TR780006701000000011111111", "TR660013400000444400000001", "",
                                       "TR590004600123888000022222", "TR670001000999000000333333"};
    struct mt940_view ibans[37];
    struct mt940_directory_hit hits[37], hit;
    size_t counts[37];

    for (size_t i = 0; i < COUNT(ibans); i++)
        ibans[i] = view(keys[i * 3 % COUNT(keys)]);
    memset(hits, 0x55, sizeof(hits));
    mt940_directory_by_ibans(*state, ibans, COUNT(ibans), hits, counts);
    for (size_t i = 0; i < COUNT(ibans); i++) {
        memset(&hit, 0x55, sizeof(hit));
        assert_int_equal(counts[i], mt940_directory_by_iban(*state, &ibans[i], &hit, 1));
        assert_memory_equal(&hits[i], &hit, sizeof(hit));
    }
    mt940_directory_by_ibans(*state, ibans, 0, hits, counts);
}

static void records_come_back(void **state)
{
    struct mt940_customer_bank found[4];
    struct mt940_customer customer;
    struct mt940_view code = view("120.01"), none = view("120.0");
    struct mt940_company company;

    assert_int_equal(mt940_directory_customer(*state, &code, &customer), MT940_OK);
    assert_string_equal(customer.name.data ? "" : "no name", "");
    assert_int_equal(customer.name.length, strlen(customers[0].name));
    assert_memory_equal(customer.name.data, customers[0].name, customer.name.length);
    assert_int_equal(customer.type, MT940_CUSTOMER_TYPE_BUYER);
    assert_int_equal(customer.active, 1);
    assert_int_equal(mt940_directory_customer(*state, &none, &customer), MT940_E_NOT_FOUND);
    assert_int_equal(mt940_directory_customer_banks(*state, &code, found, 4), 2);
    assert_int_equal(found[0].slot, 1);
    assert_memory_equal(found[0].currency.data, "USD", 3);
    assert_int_equal(found[0].dbs, 0);
    assert_int_equal(found[1].slot, 2);
    assert_memory_equal(found[1].iban.data, "TR780006701000000011111111", 26);
    assert_memory_equal(found[1].branch.data, "0067_00001", 10);
    assert_int_equal(found[1].currency.length, 0);
    assert_int_equal(found[1].dbs, 1);
    assert_int_equal(mt940_directory_customer_banks(*state, &none, found, 4), 0);
    assert_int_equal(mt940_directory_customer_bank(*state, &code, 2, &found[0]), MT940_OK);
    assert_int_equal(found[0].slot, 2);
    assert_int_equal(mt940_directory_customer_bank(*state, &code, 3, &found[0]), MT940_E_NOT_FOUND);
    assert_int_equal(mt940_directory_company(*state, &company), MT940_OK);
    assert_memory_equal(company.local_currency.data, "TRY", 3);
    code = view("102.SEK");
    assert_non_null(mt940_directory_bank_account(*state, &code));
    assert_ptr_equal(mt940_directory_bank_account_at(*state, 4), mt940_directory_bank_account(*state, &code));
    assert_null(mt940_directory_bank_account_at(*state, COUNT(own_accounts)));
}

/* R38: field 25 in any of its forms. */
static void own_accounts_are_resolved(void **state)
{
    static const struct {
        const char *iban, *bank, *branch, *number, *currency;
        int count;
        const char *code;
    } cases[] = {
        {"TR140006200119000001234567", "0062", "", "", "TRY", 1, "102.TRY"},
        {"TR140006200119000001234567", "0062", "", "", "", 1, "102.TRY"},
        {"TR140006200119000001234567", "0062", "", "", "USD", 0, NULL},
        {"", "0062", "00119", "9876543", "USD", 1, "102.USD"}, /* known by its IBAN only */
        {"", "0062", "00119", "9876543", "TRY", 0, NULL},
        {"", "0111", "01024", "12345678", "TRY", 1, "102.QNB"},
        {"", "00111", "1024", "00012345678", "TRY", 1, "102.QNB"},
        {"", "0111", "01025", "12345678", "TRY", 0, NULL},
        {"TR550011100000000012345678", "0111", "", "", "TRY", 1, "102.QNB"}, /* known by its number only */
        {"TR550011100000000012345678", "0111", "", "", "EUR", 0, NULL},
        {"", "0059", "00372", "777000111", "TRY", 1, "102.SEK"},
        {"TR980005900000000777000111", "0059", "", "", "TRY", 1, "102.SEK"},
        {"", "0064", "01203", "4000123", "EUR", 1, "102.IS2"},
        {"", "0064", "01203", "4000123", "", 2, NULL},
        {"", "", "", "12345678", "TRY", 1, "102.QNB"},
        {"AZ78NABZ00000000000000000123", "NABZ", "", "", "AZN", 1, "102.AZN"},
        {"", "", "", "", "TRY", 0, NULL},
        {"TR330006100519786457841326", "0061", "", "", "TRY", 0, NULL},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_directory_account account = {
            sizeof(account), view(cases[i].iban), view(cases[i].bank), view(cases[i].branch), view(cases[i].number),
            view(cases[i].currency)};
        const struct mt940_bank_account *found = NULL;

        assert_int_equal(mt940_directory_resolve(*state, &account, &found), cases[i].count);
        if (cases[i].code) {
            assert_non_null(found);
            assert_memory_equal(found->code.data, cases[i].code, 7);
        } else {
            assert_null(found);
        }
    }
}

static void sizes_are_told(void **state)
{
    struct mt940_directory_info info = {.size = sizeof(info)};

    assert_int_equal(mt940_directory_get_info(*state, &info), MT940_OK);
    assert_int_equal(info.customers, COUNT(customers));
    assert_int_equal(info.customer_banks, COUNT(banks) - 1);
    assert_int_equal(info.orphans, 1);
    assert_int_equal(info.bank_accounts, COUNT(own_accounts));
    assert_true(info.bytes > 1000);
    info.size = 1;
    assert_int_equal(mt940_directory_get_info(*state, &info), MT940_E_ARGUMENT);
}

/* Texts, records and indexes are the same bytes, whatever came first. */
static void order_of_adding_does_not_matter(void **state)
{
    static const size_t steps[] = {1, 3, 7, 11, 13};
    const struct mt940_directory *first = *state;

    for (size_t i = 0; i < COUNT(steps); i++) {
        struct mt940_directory *other;

        assert_true(RECORDS % steps[i] != 0 || steps[i] == 1);
        assert_int_equal(build(i * 5, steps[i], NULL, &other), MT940_OK);
        assert_int_equal(other->pool.length, first->pool.length);
        assert_memory_equal(other->pool.bytes, first->pool.bytes, first->pool.length);
        assert_memory_equal(other->cards, first->cards, (COUNT(customers) + 1) * sizeof(*first->cards));
        assert_int_equal(other->by_iban.slot_count, first->by_iban.slot_count);
        assert_memory_equal(other->by_iban.slots, first->by_iban.slots, mt940_index_slot_bytes(&first->by_iban));
        assert_int_equal(other->names.name_bytes, first->names.name_bytes);
        assert_memory_equal(other->names.names, first->names.names, first->names.name_bytes);
        assert_memory_equal(other->names.lists, first->names.lists, first->names.list_bytes);
        mt940_directory_free(other);
    }
}

static void misuse_is_refused(void **state)
{
    struct mt940_view company = view("001");
    struct mt940_error error = {.size = sizeof(error)};
    struct mt940_directory_builder *builder;
    struct mt940_directory *directory = NULL;
    struct mt940_customer customer = {.company = view("002"), .code = view("A")};
    struct mt940_customer_bank bank = {.customer = view("A"), .slot = 0};

    (void)state;
    assert_int_equal(mt940_directory_builder_new(NULL, NULL, &builder, &error), MT940_E_ARGUMENT);
    assert_int_equal(mt940_directory_builder_new(&company, NULL, &builder, &error), MT940_OK);
    assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &customer, &error), MT940_E_ARGUMENT);
    assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_SLIP, &customer, &error), MT940_E_ARGUMENT);
    assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, &error), MT940_E_ARGUMENT);
    customer.company = view("001");
    assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &customer, &error), MT940_OK);
    assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &customer, &error), MT940_OK);
    assert_int_equal(mt940_directory_build(builder, &directory, &error), MT940_E_EXISTS);
    assert_non_null(strstr(error.text, "A"));
    assert_null(directory);
    assert_int_equal(mt940_directory_build(builder, &directory, &error), MT940_E_STATE);
    assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &customer, &error), MT940_E_STATE);
    mt940_directory_builder_free(builder);
    mt940_directory_builder_free(NULL);
    mt940_directory_free(NULL);
}

static void doubles_are_named(void **state)
{
    struct mt940_view company = view("001");

    (void)state;
    for (int32_t kind = 0; kind < 2; kind++) {
        struct mt940_error error = {.size = sizeof(error)};
        struct mt940_directory_builder *builder;
        struct mt940_directory *directory;

        assert_int_equal(mt940_directory_builder_new(&company, NULL, &builder, &error), MT940_OK);
        for (size_t i = 0; i < RECORDS; i++)
            assert_int_equal(add(builder, i, &error), MT940_OK);
        assert_int_equal(add(builder, kind ? 1 : RECORDS - 3, &error), MT940_OK);
        assert_int_equal(mt940_directory_build(builder, &directory, &error), MT940_E_EXISTS);
        assert_non_null(strstr(error.text, kind ? "102.USD" : "120.03"));
        mt940_directory_builder_free(builder);
    }
}

/* Trap 13: a hundred thousand records of one key are built and asked in bounded time. */
static void many_of_one_key(void **state)
{
    enum { MANY = 100000 };
    struct mt940_view company = view("001"), name = view("AHMET YILMAZ"), key = name;
    struct mt940_directory_builder *builder;
    struct mt940_directory *directory;
    struct mt940_directory_hit hits[3];
    char code[16];

    (void)state;
    assert_int_equal(mt940_directory_builder_new(&company, NULL, &builder, NULL), MT940_OK);
    for (int i = MANY - 1; i >= 0; i--) {
        struct mt940_customer customer = {.name = name, .tax_id = view("1112223339"), .active = 1};

        snprintf(code, sizeof(code), "C%06d", i);
        customer.code = view(code);
        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &customer, NULL), MT940_OK);
    }
    assert_int_equal(mt940_directory_build(builder, &directory, NULL), MT940_OK);
    mt940_directory_builder_free(builder);
    assert_int_equal(mt940_directory_by_name(directory, &key, hits, 3), MANY);
    expect_hits(3, hits, "C000000/0 C000001/0 C000002/0");
    key = view("1112223339");
    assert_int_equal(mt940_directory_by_tax_id(directory, &key, hits, 3), MANY);
    mt940_directory_free(directory);
}

static void an_empty_directory_answers(void **state)
{
    struct mt940_view company = view("001"), key = view("TR780006701000000011111111");
    struct mt940_directory_builder *builder;
    struct mt940_directory *directory;
    struct mt940_directory_hit hit;
    struct mt940_company record;

    (void)state;
    assert_int_equal(mt940_directory_builder_new(&company, NULL, &builder, NULL), MT940_OK);
    assert_int_equal(mt940_directory_build(builder, &directory, NULL), MT940_OK);
    mt940_directory_builder_free(builder);
    assert_int_equal(mt940_directory_by_iban(directory, &key, &hit, 1), 0);
    assert_int_equal(mt940_directory_by_tax_id(directory, &key, &hit, 1), 0);
    assert_int_equal(mt940_directory_by_account(directory, 62, 1, &key, &hit, 1), 0);
    assert_int_equal(mt940_directory_customer_banks(directory, &key, NULL, 0), 0);
    assert_int_equal(mt940_directory_company(directory, &record), MT940_E_NOT_FOUND);
    mt940_directory_free(directory);
}

/* An allocator that fails from the k-th request on and counts what is out. */
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
    int status = MT940_E_MEMORY;

    (void)state;
    for (int k = 0; status != MT940_OK; k++) {
        struct meter meter = {0, 0, k};
        struct mt940_allocator allocator = {sizeof(allocator), &meter, metered};
        struct mt940_directory *directory;

        assert_true(k < 1000);
        status = build(0, 1, &allocator, &directory);
        if (status == MT940_OK)
            mt940_directory_free(directory);
        else
            assert_int_equal(status, MT940_E_MEMORY);
        assert_int_equal(meter.bytes, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(customers_by_identifier, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_ibans_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(records_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(own_accounts_are_resolved, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sizes_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(order_of_adding_does_not_matter, set_up, tear_down),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(doubles_are_named),
        cmocka_unit_test(many_of_one_key),
        cmocka_unit_test(an_empty_directory_answers),
        cmocka_unit_test(every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

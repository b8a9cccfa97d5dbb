/* SPDX-License-Identifier: Apache-2.0
 *
 * Records compared, checked, copied and released by their description.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/schema.h"

#define TEXT(text) {(text), sizeof(text) - 1}

static void order_of_an_index_ends_with_the_key(void **state)
{
    (void)state;
    struct mt940_customer_bank a = {.company = TEXT("1"), .customer = TEXT("A"), .slot = 2, .iban = TEXT("TR1")};
    struct mt940_customer_bank b = {.company = TEXT("1"), .customer = TEXT("B"), .slot = 1, .iban = TEXT("TR1")};
    const int32_t kind = MT940_KIND_CUSTOMER_BANK;
    const int32_t by_iban = MT940_CUSTOMER_BANK_BY_IBAN;

    assert_true(mt940_record_compare(kind, 0, &a, &b) < 0);
    assert_true(mt940_record_compare(kind, by_iban, &a, &b) < 0);
    assert_int_equal(mt940_record_compare_prefix(kind, by_iban, 2, &a, &b), 0);
    b.iban.data = "TR0";
    assert_true(mt940_record_compare(kind, by_iban, &a, &b) > 0);
    assert_int_equal(mt940_record_compare_prefix(kind, by_iban, 1, &a, &b), 0);
    assert_int_equal(mt940_record_compare_prefix(kind, 0, 0, &a, &b), 0);
    b.customer.data = "A", b.slot = -3;
    assert_true(mt940_record_compare(kind, 0, &a, &b) > 0);
    assert_int_equal(mt940_record_compare(kind, 9, &a, &b), 0);
    assert_int_equal(mt940_record_compare(99, 0, &a, &b), 0);
}

static void texts_compare_as_bytes_and_dates_by_day(void **state)
{
    (void)state;
    struct mt940_rate a = {.company = TEXT("Z"), .date = {2026, 2, 28}, .currency = TEXT("USD")};
    struct mt940_rate b = {.company = TEXT("\xC3\x87"), .date = {2026, 10, 1}, .currency = TEXT("USD")};

    assert_true(mt940_record_compare(MT940_KIND_RATE, 0, &a, &b) < 0); /* Z before Ç */
    b.company = a.company;
    assert_true(mt940_record_compare(MT940_KIND_RATE, 0, &a, &b) < 0);
    a.date.year = 0;
    b.date.year = 1;
    assert_true(mt940_record_compare(MT940_KIND_RATE, 0, &a, &b) < 0); /* absent first */
    a.date = b.date;
    b.currency.length = 2;
    assert_true(mt940_record_compare(MT940_KIND_RATE, 0, &a, &b) > 0);
}

/* Counts what is out, and hands out nothing from the `fail_at`-th request on. */
struct meter {
    size_t bytes;
    int requests;
    int fail_at;
};

static void *metered(void *user, void *old, size_t old_size, size_t new_size)
{
    struct meter *meter = user;
    if (new_size && ++meter->requests == meter->fail_at)
        return NULL;
    void *block = new_size ? realloc(old, new_size) : NULL;
    if (new_size == 0)
        free(old);
    meter->bytes += new_size - old_size;
    return block;
}

static void a_clone_owns_its_bytes_and_gives_all_back(void **state)
{
    (void)state;
    struct meter meter = {0, 0, 0};
    struct mt940_allocator memory = {sizeof(memory), &meter, metered};
    char content[] = {'a', '\0', 'b'};
    struct mt940_file file = {.revision = 4, .company = TEXT("01"), .received_at = INT64_MAX,
                              .content = {content, sizeof(content)}};
    void *out = NULL;

    assert_int_equal(mt940_record_clone(MT940_KIND_FILE, &file, &memory, &out), 0);
    content[0] = 'x';
    struct mt940_file *copy = out;
    assert_int_equal(copy->revision, 4);
    assert_int_equal(copy->received_at, INT64_MAX);
    assert_memory_equal(copy->company.data, "01", 2);
    assert_int_equal(copy->content.length, 3);
    assert_memory_equal(copy->content.data, "a\0b", 3);
    assert_null(copy->name.data);
    assert_int_equal(meter.requests, 1);
    mt940_record_free(MT940_KIND_FILE, copy, &memory);
    assert_int_equal(meter.bytes, 0);
    mt940_record_free(MT940_KIND_FILE, NULL, &memory);
}

static void a_clone_without_memory_leaves_the_output(void **state)
{
    (void)state;
    struct meter meter = {0, 0, 1};
    struct mt940_allocator memory = {sizeof(memory), &meter, metered};
    struct mt940_setting setting = {.name = TEXT("connection")};
    void *out = &setting;

    assert_int_equal(mt940_record_clone(MT940_KIND_SETTING, &setting, &memory, &out), MT940_E_MEMORY);
    assert_ptr_equal(out, &setting);
    assert_int_equal(mt940_record_clone(0, &setting, &memory, &out), MT940_E_ARGUMENT);
    setting.value.length = SIZE_MAX - 8; /* more than any block can hold */
    assert_int_equal(mt940_record_clone(MT940_KIND_SETTING, &setting, NULL, &out), MT940_E_MEMORY);
}

static const char *fault_of(int32_t kind, const void *record, int32_t key_only)
{
    static struct mt940_error error;
    error = (struct mt940_error){.size = sizeof(error)};
    int status = mt940_record_check(kind, record, key_only, &error);
    assert_true(status == 0 || status == MT940_E_ARGUMENT);
    assert_int_equal(error.status, status);
    return error.text;
}

static void a_check_names_the_field(void **state)
{
    (void)state;
    struct mt940_customer customer = {.company = TEXT("1"), .code = TEXT("C"), .active = 1};
    const int32_t kind = MT940_KIND_CUSTOMER;

    assert_string_equal(fault_of(kind, &customer, 0), "");
    customer.active = 2;
    assert_non_null(strstr(fault_of(kind, &customer, 0), "active"));
    assert_string_equal(fault_of(kind, &customer, 1), ""); /* the key is fine */
    customer.active = 0, customer.type = 3;
    assert_non_null(strstr(fault_of(kind, &customer, 0), "type"));
    customer.type = 0, customer.name.length = 1;
    assert_non_null(strstr(fault_of(kind, &customer, 0), "name"));

    struct mt940_rate rate = {.date = {2026, 2, 29}};
    assert_non_null(strstr(fault_of(MT940_KIND_RATE, &rate, 0), "date"));
    rate.date = (struct mt940_date){0, 0, 0};
    assert_string_equal(fault_of(MT940_KIND_RATE, &rate, 0), "");
    assert_non_null(strstr(fault_of(99, &rate, 0), "kind"));
    assert_non_null(strstr(fault_of(MT940_KIND_RATE, NULL, 0), "record"));
}

static void texts_are_utf8_without_nul(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        int good;
    } texts[] = {
        {"", 0, 1},
        {"\xC4\xB0\xC5\x9F", 4, 1},     /* İş */
        {"\xF4\x8F\xBF\xBF", 4, 1},     /* U+10FFFF */
        {"\xE0\xA0\x80\xEF\xBF\xBF", 6, 1},
        {"\xED\x9F\xBF\xEE\x80\x80", 6, 1}, /* around the surrogates */
        {"a\0b", 3, 0},
        {"\x80", 1, 0},
        {"\xC1\x81", 2, 0},             /* overlong */
        {"\xE0\x9F\xBF", 3, 0},
        {"\xF0\x8F\xBF\xBF", 4, 0},
        {"\xED\xA0\x80", 3, 0},         /* surrogate */
        {"\xF4\x90\x80\x80", 4, 0},     /* above U+10FFFF */
        {"\xF5\x80\x80\x80", 4, 0},
        {"\xC4", 1, 0},                 /* cut */
        {"\xE2\x82", 2, 0},
        {"\xE2\x28\xA1", 3, 0},
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct mt940_company company = {.title = {texts[i].bytes, texts[i].length}};
        int status = mt940_record_check(MT940_KIND_COMPANY, &company, 0, NULL);
        assert_int_equal(status, texts[i].good ? 0 : MT940_E_ARGUMENT);
        struct mt940_file file = {.content = {texts[i].bytes, texts[i].length}};
        assert_int_equal(mt940_record_check(MT940_KIND_FILE, &file, 0, NULL), 0); /* a BLOB takes all */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_of_an_index_ends_with_the_key),
        cmocka_unit_test(texts_compare_as_bytes_and_dates_by_day),
        cmocka_unit_test(a_clone_owns_its_bytes_and_gives_all_back),
        cmocka_unit_test(a_clone_without_memory_leaves_the_output),
        cmocka_unit_test(a_check_names_the_field),
        cmocka_unit_test(texts_are_utf8_without_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables made from store.def: what every adapter relies on when it derives its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/schema.h"

static void kinds_are_numbered_without_gaps(void **state)
{
    (void)state;
    assert_null(mt940_kind_info(0));
    assert_null(mt940_kind_info(-1));
    assert_null(mt940_kind_info(mt940_kind_count() + 1));
    assert_int_equal(mt940_kind_count(), MT940_KIND_TAKEN_FILE);
    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
        const struct mt940_kind_info *info = mt940_kind_info(kind);
        assert_non_null(info);
        assert_int_equal(info->kind, kind);
        assert_int_equal(mt940_kind_from_name(info->name, strlen(info->name)), kind);
        assert_int_equal(mt940_kind_from_name(info->table, strlen(info->table)), kind);
    }
    assert_int_equal(mt940_kind_from_name("customer", 7), 0);
    assert_int_equal(mt940_kind_from_name("", 0), 0);
    assert_int_equal(mt940_kind_from_name(NULL, 0), 0);
}

static size_t width_of(int32_t type)
{
    return type == MT940_TYPE_TEXT || type == MT940_TYPE_BLOB ? sizeof(struct mt940_view)
           : type == MT940_TYPE_DATE                          ? sizeof(struct mt940_date)
                                                              : sizeof(int64_t);
}

static void fields_lie_in_their_struct_one_after_the_other(void **state)
{
    (void)state;
    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
        const struct mt940_kind_info *info = mt940_kind_info(kind);
        size_t end = sizeof(int64_t); /* revision comes first */
        assert_true(info->key_count >= 1 && info->key_count < info->field_count);
        for (int32_t i = 0; i < info->field_count; i++) {
            const struct mt940_field *field = &info->fields[i];
            assert_int_equal(field->is_key, i < info->key_count);
            assert_in_range(field->type, MT940_TYPE_TEXT, MT940_TYPE_ENUM);
            assert_int_equal(field->type == MT940_TYPE_ENUM, field->enumeration != 0);
            assert_true(field->offset >= end);
            end = field->offset + width_of(field->type);
            assert_true(field->doc[0] != '\0');
        }
        assert_true(end <= info->struct_size);
    }
}

static void indexes_name_fields_once_and_begin_with_the_key(void **state)
{
    (void)state;
    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
        const struct mt940_kind_info *info = mt940_kind_info(kind);
        assert_true(info->index_count >= 1);
        assert_int_equal(info->indexes[0].field_count, info->key_count);
        for (int32_t i = 0; i < info->key_count; i++)
            assert_int_equal(info->indexes[0].fields[i], i);
        for (int32_t n = 0; n < info->index_count; n++)
            for (int32_t i = 0; i < info->indexes[n].field_count; i++) {
                assert_in_range(info->indexes[n].fields[i], 0, info->field_count - 1);
                for (int32_t j = 0; j < i; j++)
                    assert_int_not_equal(info->indexes[n].fields[i], info->indexes[n].fields[j]);
            }
    }
}

static void the_bank_record_is_described_as_its_struct(void **state)
{
    (void)state;
    const struct mt940_kind_info *info = mt940_kind_info(MT940_KIND_CUSTOMER_BANK);
    const struct mt940_index *by_iban = &info->indexes[MT940_CUSTOMER_BANK_BY_IBAN];
    int32_t counters = 0;

    assert_string_equal(info->table, "customer_banks");
    assert_int_equal(info->struct_size, sizeof(struct mt940_customer_bank));
    assert_int_equal(info->key_count, 3);
    assert_string_equal(by_iban->name, "by_iban");
    assert_int_equal(by_iban->field_count, 2);
    assert_string_equal(info->fields[by_iban->fields[1]].name, "iban");
    for (int32_t i = 0; i < info->field_count; i++) {
        const struct mt940_field *field = &info->fields[i];
        if (strcmp(field->name, "dbs_total") == 0)
            assert_int_equal(field->offset, offsetof(struct mt940_customer_bank, dbs_total));
        if (strcmp(field->name, "dbs_control") == 0)
            assert_int_equal(field->enumeration, MT940_ENUM_DBS_CONTROL);
        counters += field->is_counter;
    }
    assert_int_equal(counters, 2);
}

static int64_t parsed(int32_t enumeration, const char *text)
{
    int64_t value = -1;
    int status = mt940_enum_parse(enumeration, text, strlen(text), &value);
    return status ? status : value;
}

static void values_are_found_by_every_one_of_their_names(void **state)
{
    (void)state;
    int32_t seen = 0;
    for (int32_t enumeration = MT940_ENUM_LEGISLATION; enumeration <= MT940_ENUM_DBS_EVENT; enumeration++) {
        int64_t value = 0;
        int32_t position = 0;
        for (; mt940_enum_value(enumeration, position, &value) == 0; position++, seen++) {
            char digits[40] = "";
            assert_int_equal(parsed(enumeration, mt940_enum_name(enumeration, value, "en")), value);
            assert_int_equal(parsed(enumeration, mt940_enum_name(enumeration, value, "tr")), value);
            assert_true(mt940_decimal_format(value, 0, 0, digits) > 0);
            assert_int_equal(parsed(enumeration, digits), value);
        }
        assert_true(position > 1);
    }
    assert_true(seen > 50);
}

static void names_are_read_as_people_write_them(void **state)
{
    (void)state;
    assert_int_equal(parsed(MT940_ENUM_DBS_CONTROL, "BLOCK"), MT940_DBS_CONTROL_BLOCK);
    assert_int_equal(parsed(MT940_ENUM_DBS_CONTROL, "İşlem Durdurulacak"), MT940_DBS_CONTROL_BLOCK);
    assert_int_equal(parsed(MT940_ENUM_DBS_CONTROL, "işlem durdurulacak"), MT940_E_NOT_FOUND);
    assert_int_equal(parsed(MT940_ENUM_PAYMENT_TYPE, ""), MT940_PAYMENT_TYPE_NONE);
    assert_int_equal(parsed(MT940_ENUM_SIDE, ""), MT940_E_NOT_FOUND);
    assert_int_equal(parsed(MT940_ENUM_SIDE, "c"), MT940_SIDE_CREDIT);
    assert_int_equal(parsed(MT940_ENUM_SLIP_TYPE, "16"), MT940_SLIP_TYPE_SERVICE_RECEIVED);
    assert_int_equal(parsed(MT940_ENUM_SLIP_TYPE, "9"), MT940_E_NOT_FOUND);
    assert_int_equal(parsed(MT940_ENUM_SLIP_TYPE, "-1"), MT940_E_NOT_FOUND);
    assert_int_equal(parsed(MT940_ENUM_SLIP_TYPE, "1 "), MT940_E_NOT_FOUND);
    assert_int_equal(parsed(MT940_ENUM_SLIP_TYPE, "184467440737095516161"), MT940_E_NOT_FOUND);
    assert_string_equal(mt940_enum_name(MT940_ENUM_SLIP_TYPE, 2, "tr"), "Banka Virman Fişi");
    assert_string_equal(mt940_enum_name(MT940_ENUM_SLIP_TYPE, 2, NULL), "own-transfer");
    assert_null(mt940_enum_name(MT940_ENUM_SLIP_TYPE, 20, "en"));
}

static void unknown_enumerations_are_misuse(void **state)
{
    (void)state;
    int64_t value = 7;
    assert_null(mt940_enum_name(0, 0, "en"));
    assert_null(mt940_enum_name(MT940_ENUM_DBS_EVENT + 1, 0, "en"));
    assert_int_equal(mt940_enum_parse(0, "x", 1, &value), MT940_E_ARGUMENT);
    assert_int_equal(mt940_enum_value(99, 0, &value), MT940_E_ARGUMENT);
    assert_int_equal(mt940_enum_value(MT940_ENUM_SIDE, 3, &value), MT940_E_NOT_FOUND);
    assert_int_equal(mt940_enum_value(MT940_ENUM_SIDE, -1, &value), MT940_E_NOT_FOUND);
    assert_int_equal(value, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_numbered_without_gaps),
        cmocka_unit_test(fields_lie_in_their_struct_one_after_the_other),
        cmocka_unit_test(indexes_name_fields_once_and_begin_with_the_key),
        cmocka_unit_test(the_bank_record_is_described_as_its_struct),
        cmocka_unit_test(values_are_found_by_every_one_of_their_names),
        cmocka_unit_test(names_are_read_as_people_write_them),
        cmocka_unit_test(unknown_enumerations_are_misuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * schema.c: store.def as constant tables, and look-ups in them. Must not know what any record
 * means; whatever is true of one kind only belongs into store.def.
 */
#include "mt940connect/schema.h"

#include <stdbool.h>
#include <string.h>

#include "base/export.h"
#include "base/view.h"

#define LENGTH_OF(array) ((int32_t)(sizeof(array) / sizeof((array)[0])))

/* store.def is read once for each of the tables below; what a pass does not define is skipped. */

/* 1. The numbers of the enumerations, in the order of enum mt940_enumeration. */
enum {
    ENUMERATION_0,
#define ENUM(name, doc) ENUMERATION_##name,
#include "record/store.def"
    ENUMERATION_END
};

/* 2. The position of every field among the fields of its kind, and how many there are. */
#define KIND(number, name, table, doc) enum {
#define KEY(kind, type, field, enumeration, doc) POSITION_##kind##_##field,
#define FIELD(kind, type, field, enumeration, doc) POSITION_##kind##_##field,
#define COUNTER(kind, type, field, doc) POSITION_##kind##_##field,
#define END_KIND(kind) FIELDS_OF_##kind };
#include "record/store.def"

/* 3. How many of them are the key. */
#define KIND(number, name, table, doc) enum {
#define KEY(kind, type, field, enumeration, doc) KEY_##kind##_##field,
#define END_KIND(kind) KEYS_OF_##kind };
#include "record/store.def"

/* 4. The fields. */
#define KIND(number, name, table, doc) static const struct mt940_field fields_of_##name[] = {
#define ROW(kind, type, field, enumeration, key, counter, doc) \
    {#field, MT940_TYPE_##type, enumeration, key, counter, offsetof(struct mt940_##kind, field), doc},
#define KEY(kind, type, field, enumeration, doc) ROW(kind, type, field, ENUMERATION_##enumeration, 1, 0, doc)
#define FIELD(kind, type, field, enumeration, doc) ROW(kind, type, field, ENUMERATION_##enumeration, 0, 0, doc)
#define COUNTER(kind, type, field, doc) ROW(kind, type, field, 0, 0, 1, doc)
#define END_KIND(kind) };
#include "record/store.def"

/* 5. The fields of every index: up to six names become positions. */
#define COUNT(...) COUNT_(__VA_ARGS__, 6, 5, 4, 3, 2, 1, 0)
#define COUNT_(a, b, c, d, e, f, count, ...) count
#define JOIN(a, b) JOIN_(a, b)
#define JOIN_(a, b) a##b
#define POSITIONS(kind, ...) JOIN(POSITIONS_, COUNT(__VA_ARGS__))(kind, __VA_ARGS__)
#define POSITIONS_1(kind, a) POSITION_##kind##_##a
#define POSITIONS_2(kind, a, ...) POSITION_##kind##_##a, POSITIONS_1(kind, __VA_ARGS__)
#define POSITIONS_3(kind, a, ...) POSITION_##kind##_##a, POSITIONS_2(kind, __VA_ARGS__)
#define POSITIONS_4(kind, a, ...) POSITION_##kind##_##a, POSITIONS_3(kind, __VA_ARGS__)
#define POSITIONS_5(kind, a, ...) POSITION_##kind##_##a, POSITIONS_4(kind, __VA_ARGS__)
#define POSITIONS_6(kind, a, ...) POSITION_##kind##_##a, POSITIONS_5(kind, __VA_ARGS__)
#define INDEX(kind, number, name, ...) \
    static const int32_t order_of_##kind##_##name[] = {POSITIONS(kind, __VA_ARGS__)};
#include "record/store.def"

/* 6. The indexes. The fields of a key always stand first, so one table of positions serves all keys. */
static const int32_t key_order[] = {0, 1, 2, 3, 4, 5, 6, 7};
#define KIND(number, name, table, doc) \
    static const struct mt940_index indexes_of_##name[] = {{"key", key_order, KEYS_OF_##name},
#define INDEX(kind, number, name, ...) {#name, order_of_##kind##_##name, LENGTH_OF(order_of_##kind##_##name)},
#define END_KIND(kind) };
#include "record/store.def"

/* 7. The kinds. */
static const struct mt940_kind_info kinds[] = {
#define KIND(number, name, table, doc)                                                                             \
    [(number) - 1] = {number,          #name,           #table,          sizeof(struct mt940_##name),              \
                      fields_of_##name, FIELDS_OF_##name, KEYS_OF_##name, indexes_of_##name,                       \
                      LENGTH_OF(indexes_of_##name)},
#include "record/store.def"
};

/* 8. The values of the enumerations. */
struct value {
    int64_t number;
    const char *english;
    const char *turkish;
};

#define ENUM(name, doc) static const struct value values_of_##name[] = {
#define VALUE(enumeration, number, symbol, english, turkish) {number, english, turkish},
#define END_ENUM(name) };
#include "record/store.def"

/* 9. The enumerations. */
static const struct {
    const struct value *values;
    int32_t count;
} enumerations[] = {
#define ENUM(name, doc) [ENUMERATION_##name] = {values_of_##name, LENGTH_OF(values_of_##name)},
#include "record/store.def"
};

/* The generated header and the tables come from one file, but from two readers of it. */
_Static_assert((int)ENUMERATION_dbs_event == (int)MT940_ENUM_DBS_EVENT, "record.h is not made from this store.def");

MT940_EXPORT const struct mt940_kind_info *mt940_kind_info(int32_t kind)
{
    return kind >= 1 && kind <= LENGTH_OF(kinds) ? &kinds[kind - 1] : NULL;
}

MT940_EXPORT int32_t mt940_kind_count(void)
{
    return LENGTH_OF(kinds);
}

MT940_EXPORT int32_t mt940_kind_from_name(const char *name, size_t length)
{
    struct mt940_view wanted = mt940_view_of(name, name ? length : 0);

    for (int32_t i = 0; i < LENGTH_OF(kinds); i++)
        if (mt940_view_is(wanted, kinds[i].name) || mt940_view_is(wanted, kinds[i].table))
            return kinds[i].kind;
    return 0;
}

static bool enumeration_exists(int32_t enumeration)
{
    return enumeration > 0 && enumeration < ENUMERATION_END;
}

MT940_EXPORT const char *mt940_enum_name(int32_t enumeration, int64_t value, const char *language)
{
    if (!enumeration_exists(enumeration))
        return NULL;
    const struct value *values = enumerations[enumeration].values;
    bool turkish = language && language[0] == 't' && language[1] == 'r';

    for (int32_t i = 0; i < enumerations[enumeration].count; i++)
        if (values[i].number == value)
            return turkish ? values[i].turkish : values[i].english;
    return NULL;
}

/* Digits only; numbers beyond any value of an enumeration end the reading. */
static bool read_number(struct mt940_view text, int64_t *number)
{
    int64_t sum = 0;

    for (size_t i = 0; i < text.length; i++) {
        if (!mt940_ascii_is_digit(text.data[i]) || sum > INT32_MAX)
            return false;
        sum = sum * 10 + (text.data[i] - '0');
    }
    *number = sum;
    return text.length > 0;
}

MT940_EXPORT int mt940_enum_parse(int32_t enumeration, const char *text, size_t length, int64_t *value)
{
    if (!enumeration_exists(enumeration) || (!text && length) || !value)
        return MT940_E_ARGUMENT;
    const struct value *values = enumerations[enumeration].values;
    struct mt940_view wanted = mt940_view_of(text, length);
    int64_t number = 0;
    bool is_number = read_number(wanted, &number);

    for (int32_t i = 0; i < enumerations[enumeration].count; i++) {
        struct mt940_view english = mt940_view_of(values[i].english, strlen(values[i].english));

        if (mt940_view_is_nocase(wanted, english) || mt940_view_is(wanted, values[i].turkish) ||
            (is_number && values[i].number == number)) {
            *value = values[i].number;
            return MT940_OK;
        }
    }
    return MT940_E_NOT_FOUND;
}

MT940_EXPORT int mt940_enum_value(int32_t enumeration, int32_t position, int64_t *value)
{
    if (!enumeration_exists(enumeration) || !value)
        return MT940_E_ARGUMENT;
    if (position < 0 || position >= enumerations[enumeration].count)
        return MT940_E_NOT_FOUND;
    *value = enumerations[enumeration].values[position].number;
    return MT940_OK;
}

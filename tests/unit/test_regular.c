/* SPDX-License-Identifier: Apache-2.0
 *
 * test_regular.c: what the readers of regular fields take, the full readers read alike and without a word; what has a
 * word to be said about it the regular ones leave alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "statement/cursor.h"
#include "statement/field.h"
#include "statement/regular.h"

enum { rounds = 300000 };

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static const char *const entries[] = {
    "2607150715CR12500,75NTRFNONREF//DK0000123456",  "260715D1,NMSCABC",
    "2607150714RC0,05S940REF/1//BANK\r\nsupplementary", "2402290229ED7,5FCHG0123456789012345//0123456789012345",
    "2612310101C1234567890123,45N0511\nx",            "2607151231EC100,00NTRF/A",
};
static const char *const balances[] = {
    "C260714TRY100000,00", "D260228EUR0,05", "C990101JPY5000,", "D260714KWD1,234", "C260714XXX12,5",
};
static const char *const codes[] = {"TRY", "EUR", "JPY", "KWD", "CLF", ""};

/* One of the texts with up to three bytes changed, put in or taken out. */
static struct mt940_view mutate(const char *text, uint64_t *random, char room[128])
{
    static const char alphabet[] = "0123456789,./-+' \r\n\tCDREFNSabXZ\xc4";
    size_t length = strlen(text);
    memcpy(room, text, length);
    for (uint64_t count = next_random(random) % 4; count > 0 && length > 1; count--) {
        size_t at = next_random(random) % length;
        char byte = alphabet[next_random(random) % (sizeof alphabet - 1)];
        uint64_t kind = next_random(random) % 3;
        if (kind == 1)
            memmove(room + at + 1, room + at, length++ - at);
        if (kind == 2)
            memmove(room + at, room + at + 1, --length - at);
        else
            room[at] = byte;
    }
    /* The scanner gives values without line ends behind them. */
    while (length && (room[length - 1] == '\r' || room[length - 1] == '\n'))
        length--;
    return mt940_view_of(room, length);
}

static void assert_same_view(struct mt940_view a, struct mt940_view b)
{
    assert_true(a.length == b.length && a.data == b.data);
}

static void assert_same_entry(const struct mt940_entry *a, const struct mt940_entry *b)
{
    assert_memory_equal(&a->value_date, &b->value_date, sizeof a->value_date);
    assert_memory_equal(&a->entry_date, &b->entry_date, sizeof a->entry_date);
    assert_int_equal(a->mark, b->mark);
    assert_int_equal(a->funds_code, b->funds_code);
    assert_int_equal(a->type, b->type);
    assert_memory_equal(a->code, b->code, sizeof a->code);
    assert_memory_equal(&a->reading, &b->reading, sizeof a->reading);
    assert_same_view(a->raw, b->raw);
    assert_same_view(a->customer_reference, b->customer_reference);
    assert_same_view(a->bank_reference, b->bank_reference);
    assert_same_view(a->supplementary, b->supplementary);
}

static uint32_t count_lines(struct mt940_view value)
{
    uint32_t lines = 1;
    for (size_t i = 0; i < value.length; i++)
        lines += value.data[i] == '\n' || (value.data[i] == '\r' && (i + 1 == value.length || value.data[i + 1] != '\n'));
    return lines;
}

static void movements_are_read_alike(void **state)
{
    uint64_t random = 61, taken = 0;
    struct mt940_days days = {{0}, {0}, {0}};
    (void)state;
    for (int round = 0; round < rounds; round++) {
        char room[128];
        struct mt940_unit unit;
        struct mt940_entry quick, full;
        struct mt940_issues issues = {0};
        mt940_unit_of(codes[next_random(&random) % 6], &unit);
        struct mt940_view value = mutate(entries[next_random(&random) % 6], &random, room);
        uint32_t lines = round % 2 ? count_lines(value) : 0;
        memset(&quick, 0, sizeof quick);
        memset(&full, 0, sizeof full);
        bool regular = mt940_regular_entry(value, mt940_first_line(value).length, lines, &unit, &days, &quick);
        bool read = mt940_tag61_read(value, unit.currency, &full, &issues);
        if (!regular)
            continue;
        taken++;
        assert_true(read);
        assert_int_equal(issues.count, 0);
        assert_same_entry(&quick, &full);
    }
    assert_true(taken > rounds / 8);
}

static void balances_are_read_alike(void **state)
{
    uint64_t random = 60, taken = 0;
    (void)state;
    for (int round = 0; round < rounds; round++) {
        char room[128];
        struct mt940_unit unit;
        struct mt940_balance quick, full;
        struct mt940_issues issues = {0};
        mt940_unit_of(codes[next_random(&random) % 6], &unit);
        struct mt940_view value = mutate(balances[next_random(&random) % 5], &random, room);
        memset(&quick, 0, sizeof quick);
        memset(&full, 0, sizeof full);
        if (!mt940_regular_balance(value, 'F', &unit, &quick))
            continue;
        taken++;
        assert_true(mt940_tag60_read(value, 'F', unit.currency, &full, &issues));
        assert_int_equal(issues.count, 0);
        assert_memory_equal(&quick, &full, sizeof quick);
    }
    assert_true(taken > rounds / 8);
}

/* The quick way is the usual one. */
static void regular_fields_are_taken(void **state)
{
    struct mt940_unit unit;
    struct mt940_days days = {{0}, {0}, {0}};
    struct mt940_entry entry;
    (void)state;
    mt940_unit_of("EUR", &unit);
    for (size_t i = 0; i < 4; i++) {
        struct mt940_view value = mt940_view_of(entries[i], strlen(entries[i]));
        assert_true(mt940_regular_entry(value, mt940_first_line(value).length, count_lines(value), &unit, &days, &entry));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(movements_are_read_alike),
        cmocka_unit_test(balances_are_read_alike),
        cmocka_unit_test(regular_fields_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

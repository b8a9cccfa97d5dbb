/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_layout.c: a bank's layout as a table: each built-in one written as such and read again, its beginnings and
 * its damage, memory that runs out, and limits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/dbs_exchange.h"
#include "mt940connect/schema.h"

enum { ROOM = 16384 };

static void add(char *out, const char *list, const char *name, const char *text, int width, const char *turkish)
{
    size_t used = strlen(out);

    assert_true((size_t)snprintf(out + used, ROOM - used, "%s,%s,\"%s\",%d,%s\n", list, name, text, width, turkish) <
                ROOM - used);
}

/* The table of a layout. */
static void write_table(const struct mt940_dbs_layout *layout, char *out)
{
    static const char *const dates[] = {"iso", "dotted", "plain"};

    strcpy(out, "list,name,text,width,turkish\n");
    add(out, "layout", "name", layout->name, 0, "");
    if (layout->bank[0])
        add(out, "layout", "bank", layout->bank, 0, "");
    add(out, "layout", "separator", layout->separator == ';' ? "semicolon" : "comma", 0, "");
    add(out, "layout", "decimal", layout->decimal_sign == ',' ? "comma" : "point", 0, "");
    add(out, "layout", "dates", dates[layout->date_form], 0, "");
    for (size_t i = 0; i < layout->column_count; i++)
        add(out, "column", mt940_dbs_field_name(layout->columns[i].field), layout->columns[i].heading,
            layout->columns[i].width, "");
    for (size_t i = 0; i < layout->answer_count; i++)
        add(out, "answer", mt940_dbs_field_name(layout->answers[i].field), layout->answers[i].heading, 0, "");
    for (size_t i = 0; i < layout->record_count; i++)
        add(out, "record", mt940_enum_name(MT940_ENUM_DBS_ORDER_RECORD, layout->records[i].value, "en"),
            layout->records[i].word, 0, "");
    for (size_t i = 0; i < layout->state_count; i++)
        add(out, "state", mt940_enum_name(MT940_ENUM_DBS_ORDER_STATE, layout->states[i].value, "en"),
            layout->states[i].word, 0, "");
    for (size_t i = 0; i < layout->reason_count; i++) {
        char turkish[256];

        snprintf(turkish, sizeof turkish, "\"%s\"", layout->reasons[i].turkish);
        add(out, "reason", layout->reasons[i].code, layout->reasons[i].english, 0, turkish);
    }
}

static void compare(const struct mt940_dbs_layout *a, const struct mt940_dbs_layout *b)
{
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->bank, b->bank);
    assert_int_equal(a->separator, b->separator);
    assert_int_equal(a->decimal_sign, b->decimal_sign);
    assert_int_equal(a->date_form, b->date_form);
    assert_int_equal(a->column_count, b->column_count);
    for (size_t i = 0; i < a->column_count; i++) {
        assert_int_equal(a->columns[i].field, b->columns[i].field);
        assert_int_equal(a->columns[i].width, b->columns[i].width);
        assert_string_equal(a->columns[i].heading, b->columns[i].heading);
    }
    assert_int_equal(a->answer_count, b->answer_count);
    for (size_t i = 0; i < a->answer_count; i++)
        assert_string_equal(a->answers[i].heading, b->answers[i].heading);
    assert_int_equal(a->record_count, b->record_count);
    assert_int_equal(a->state_count, b->state_count);
    for (size_t i = 0; i < a->state_count; i++) {
        assert_int_equal(a->states[i].value, b->states[i].value);
        assert_string_equal(a->states[i].word, b->states[i].word);
    }
    assert_int_equal(a->reason_count, b->reason_count);
    for (size_t i = 0; i < a->reason_count; i++)
        assert_string_equal(a->reasons[i].turkish, b->reasons[i].turkish);
}

static int count(void *user, const struct mt940_dbs_finding *finding)
{
    assert_true(finding->message != 0);
    ++*(int *)user;
    return 0;
}

static void a_built_in_layout_is_read_back(void **state)
{
    char table[ROOM];
    const struct mt940_dbs_layout *layout;

    (void)state;
    for (size_t i = 0; (layout = mt940_dbs_layout_at(i)) != NULL; i++) {
        struct mt940_dbs_layout *read = NULL;

        write_table(layout, table);
        assert_int_equal(mt940_dbs_layout_read(table, strlen(table), NULL, NULL, &read, NULL), 0);
        compare(layout, read);
        mt940_dbs_layout_free(read);
    }
    mt940_dbs_layout_free(NULL);
}

/* Cut anywhere, or with any byte replaced: a layout or findings or a reason, and nothing lost. */
static void damage_is_told(void **state)
{
    static const char bytes[] = {'"', ',', '\n', '#', '\0', (char)0xFF};
    char table[ROOM], damaged[ROOM];
    int findings = 0;
    const struct mt940_dbs_answer_sink sink = {.size = sizeof sink, .user = &findings, .finding = count};

    (void)state;
    write_table(mt940_dbs_layout_find("vakifbank", NULL), table);
    for (size_t at = 0, length = strlen(table); at <= length; at += 3) {
        size_t part = at % 2 ? at : length;
        struct mt940_dbs_layout *read = NULL;
        int before = findings, status;

        memcpy(damaged, table, length);
        damaged[at < length ? at : 0] = bytes[at % sizeof bytes];
        status = mt940_dbs_layout_read(damaged, part, NULL, &sink, &read, NULL);
        assert_true((status == 0) == (read != NULL));
        assert_true(status == 0 || status == MT940_E_ARGUMENT || (status == MT940_E_FORMAT && findings > before));
        mt940_dbs_layout_free(read);
    }
    assert_true(findings > 100);
}

struct short_memory {
    int left;
    int64_t taken;
};

static void *resize(void *user, void *old, size_t old_size, size_t new_size)
{
    struct short_memory *memory = user;
    void *block = NULL;

    if (new_size > 0 && memory->left-- <= 0)
        return NULL;
    if (new_size > 0)
        block = realloc(old, new_size);
    else
        free(old);
    memory->taken += (int64_t)new_size - (int64_t)old_size;
    return block;
}

static void memory_and_limits_run_out(void **state)
{
    struct short_memory memory = {0, 0};
    const struct mt940_allocator allocator = {.size = sizeof allocator, .user = &memory, .resize = resize};
    struct mt940_dbs_answer_options options = {.size = sizeof options, .allocator = &allocator};
    struct mt940_dbs_layout *read = NULL;
    char table[ROOM];
    int tries = 0;

    (void)state;
    write_table(mt940_dbs_layout_find("standard", NULL), table);
    for (int status = MT940_E_MEMORY; status != 0; tries++) {
        memory.left = tries;
        status = mt940_dbs_layout_read(table, strlen(table), &options, NULL, &read, NULL);
        assert_true(status == 0 || (status == MT940_E_MEMORY && memory.taken == 0 && !read));
    }
    assert_true(tries > 2);
    mt940_dbs_layout_free(read);
    assert_int_equal(memory.taken, 0);
    read = NULL;
    memory.left = 1000;
    options.max_bytes = strlen(table) - 1;
    assert_int_equal(mt940_dbs_layout_read(table, strlen(table), &options, NULL, &read, NULL), MT940_E_LIMIT);
    options.max_bytes = 0;
    options.max_rows = 10;
    assert_int_equal(mt940_dbs_layout_read(table, strlen(table), &options, NULL, &read, NULL), MT940_E_LIMIT);
    options.max_rows = 0;
    options.max_line = 8;
    assert_int_equal(mt940_dbs_layout_read(table, strlen(table), &options, NULL, &read, NULL), MT940_E_FORMAT);
    assert_int_equal(mt940_dbs_layout_read(table, strlen(table), NULL, NULL, NULL, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_dbs_layout_read(NULL, 0, NULL, NULL, &read, NULL), MT940_E_FORMAT);
    assert_null(read);
    assert_int_equal(memory.taken, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_built_in_layout_is_read_back),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(memory_and_limits_run_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * test_statement_writer.c: what a host's own statement looks like in bytes, which rule refuses which field, how texts
 * are wrapped. That reading gives back what was written is tested over all cases and by fuzz/statement_write.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "same.h"

#define AMOUNT(units, currency) {{units, 2, currency}, {0, 0, ""}, 0, 0}
#define TEXT(text) {text, sizeof(text) - 1}

static struct mt940_entry entry_of(void)
{
    struct mt940_entry entry = {.value_date = {2026, 7, 15}, .entry_date = {2026, 7, 16}, .mark = MT940_MARK_C,
                                .funds_code = 'Y', .type = 'N', .code = "TRF", .reading = AMOUNT(1250075, "TRY"),
                                .customer_reference = TEXT("NONREF"), .bank_reference = TEXT("DK1"),
                                .narrative = TEXT("GELEN EFT")};
    return entry;
}

static struct mt940_statement statement_of(const struct mt940_entry *entry)
{
    struct mt940_statement statement = {
        .header = {.type = 940, .reference = TEXT("REF1"), .account = TEXT("TR140006200119000001234567"),
                   .number = TEXT("135"), .sequence = TEXT("1"),
                   .opening = {.kind = 'F', .mark = MT940_MARK_C, .date = {2026, 7, 14}, .reading = AMOUNT(0, "TRY")}},
        .trailer = {.closing = {.kind = 'F', .mark = MT940_MARK_C, .date = {2026, 7, 15},
                                .reading = AMOUNT(1250075, "TRY")}},
        .entries = entry, .entry_count = 1};
    return statement;
}

/* "STATUS" and the bytes, or the tag and the rule. */
static const char *written(const struct mt940_statement *statement, const struct mt940_write_options *options)
{
    static char text[8192];
    struct bytes bytes = {0};
    struct mt940_output output = {sizeof output, &bytes, bytes_write};
    struct mt940_error error = {.size = sizeof error};
    int status = mt940_statement_write(statement, options, &output, &error);

    assert_true(bytes.length < sizeof text);
    if (status == 0)
        (void)snprintf(text, sizeof text, "%.*s", (int)bytes.length, bytes.data);
    else
        (void)snprintf(text, sizeof text, "%s: %s", error.tag, error.text);
    bytes_free(&bytes);
    return text;
}

static void a_statement_of_the_host_has_the_standards_form(void **state)
{
    struct mt940_entry entry = entry_of();
    struct mt940_statement statement = statement_of(&entry);
    struct mt940_write_options options;
    (void)state;
    mt940_write_options_init(&options);
    options.strict = 1;
    assert_string_equal(written(&statement, &options),
                        ":20:REF1\r\n:25:TR140006200119000001234567\r\n:28C:135/1\r\n:60F:C260714TRY0,00\r\n"
                        ":61:2607150716CY12500,75NTRFNONREF//DK1\r\n:86:GELEN EFT\r\n:62F:C260715TRY12500,75\r\n-\r\n");
    mt940_view_from_string("BANKTRIS", &options.sender);
    mt940_view_from_string("FIRMTRISXXX", &options.receiver);
    options.envelope = MT940_ENVELOPE_FIN;
    assert_non_null(strstr(written(&statement, &options),
                           "{1:F01BANKTRISAXXX0000000000}{2:I940FIRMTRISXXXXN}{4:\r\n:20:REF1\r\n"));
    options.batch = MT940_BATCH_DOS_PCC;
    const char *block = written(&statement, &options);
    assert_int_equal(strlen(block), 512);
    assert_int_equal(block[0], 1);
    assert_non_null(strstr(block, "-}\003   "));
}

/* Each spoils one value; strict writing names field and rule, lenient writing takes it or refuses it too. */
struct spoiled {
    const char *expected; /* beginning of "tag: rule" when strict */
    int always;           /* refused when lenient too */
    void (*spoil)(struct mt940_statement *statement, struct mt940_entry *entry);
};

#define SPOIL(name, change)                                                                                            \
    static void name(struct mt940_statement *statement, struct mt940_entry *entry)                                    \
    {                                                                                                                  \
        (void)statement;                                                                                               \
        (void)entry;                                                                                                   \
        change;                                                                                                        \
    }

static void set(struct mt940_view *view, const char *text)
{
    mt940_view_from_string(text, view);
}

SPOIL(no_reference, set(&statement->header.reference, NULL))
SPOIL(long_reference, set(&statement->header.reference, "12345678901234567"))
SPOIL(slashed_reference, set(&statement->header.reference, "A//B"))
SPOIL(injected_reference, set(&statement->header.reference, "A\r\n:61:x"))
SPOIL(long_account, set(&statement->header.account, "123456789012345678901234567890123456"))
SPOIL(long_number, set(&statement->header.number, "167619"))
SPOIL(odd_number, set(&statement->header.number, "1A"))
SPOIL(no_opening, statement->header.opening.kind = 0)
SPOIL(no_mark, statement->header.opening.mark = MT940_MARK_NONE)
SPOIL(far_year, statement->header.opening.date.year = 2080)
SPOIL(no_day, statement->header.opening.date.day = 31; statement->header.opening.date.month = 6)
SPOIL(other_currency, memcpy(statement->trailer.closing.reading.amount.currency, "EUR", 4))
SPOIL(no_currency, statement->header.opening.reading.amount.currency[0] = '\0')
SPOIL(too_many_decimals, entry->reading.amount.scale = 4)
SPOIL(too_long, entry->reading.amount.units = INT64_C(9999999999999999))
SPOIL(two_readings, entry->reading.ambiguity = MT940_AMBIGUOUS_SEPARATOR; entry->reading.alternative = entry->reading.amount)
SPOIL(no_value_date, entry->value_date.year = 0)
SPOIL(no_entry_mark, entry->mark = MT940_MARK_NONE)
SPOIL(expected_mark, entry->mark = MT940_MARK_EC)
SPOIL(far_entry_date, entry->entry_date.year = 2024)
SPOIL(short_code, memcpy(entry->code, "ET", 3))
SPOIL(odd_type, entry->type = 'X')
SPOIL(no_owner_reference, set(&entry->customer_reference, ""))
SPOIL(long_owner_reference, set(&entry->customer_reference, "12345678901234567"))
SPOIL(split_owner_reference, set(&entry->customer_reference, "A//B"))
SPOIL(letters_outside_x, set(&entry->customer_reference, "M\xDCLLER"))
SPOIL(long_details, set(&entry->supplementary, "12345678901234567890123456789012345"))
SPOIL(two_details, set(&entry->supplementary, "A\nB"))
SPOIL(injected_details, set(&entry->supplementary, "A\n:62F:C260715TRY1,00"))
SPOIL(seven_lines, set(&entry->narrative, "1\n2\n3\n4\n5\n6\n7"))
SPOIL(empty_line, set(&entry->narrative, "1\n\n2"))
SPOIL(colon_line, set(&entry->narrative, "1\n:08 Karten"))
SPOIL(injected_narrative, set(&entry->narrative, "1\n:61:2607150716C1,00NTRFX"))
SPOIL(floor_limit, static const struct mt940_total total = {.tag = "90D"};
      statement->trailer.totals = &total; statement->trailer.total_count = 1)
SPOIL(wrong_type, statement->header.type = 941)
SPOIL(no_type, statement->header.type = 103)

static const struct spoiled spoiled[] = {
    {"20: the field is missing", 0, no_reference},
    {"20: the reference is longer than 16", 0, long_reference},
    {"20: the reference begins or ends", 0, slashed_reference},
    {"20: a line end stands", 1, injected_reference},
    {"25: the account is longer than 35", 0, long_account},
    {"28C: the number is longer than 5", 0, long_number},
    {"28C: the number is not of digits", 0, odd_number},
    {"60F: the field is missing", 0, no_opening},
    {"60F: the mark is neither", 1, no_mark},
    {"60F: the date does not exist", 1, far_year},
    {"60F: the date does not exist", 1, no_day},
    {"62F: the balances have different currencies", 0, other_currency},
    {"60F: the currency is not in ISO 4217", 1, no_currency},
    {"61: the amount has more decimals", 0, too_many_decimals},
    {"61: the amount is longer than 15", 0, too_long},
    {"61: the amount can be read in two ways", 1, two_readings},
    {"61: the value date is missing", 1, no_value_date},
    {"61: the mark is missing", 1, no_entry_mark},
    {"61: EC and ED are for MT942", 0, expected_mark},
    {"61: the entry date is more than half a year", 0, far_entry_date},
    {"61: the code is not S, N or F", 0, short_code},
    {"61: the code is not S, N or F", 0, odd_type},
    {"61: the reference for the account owner is empty", 0, no_owner_reference},
    {"61: the reference for the account owner is longer", 0, long_owner_reference},
    {"61: the reference for the account owner has two", 1, split_owner_reference},
    {"61: a character is not in the SWIFT set x", 0, letters_outside_x},
    {"61: the supplementary details are longer", 0, long_details},
    {"61: the supplementary details have several lines", 0, two_details},
    {"61: the supplementary details have several lines", 1, injected_details},
    {"86: more than 6 lines", 0, seven_lines},
    {"86: a line is empty", 0, empty_line},
    {"86: a line begins with a colon", 0, colon_line},
    {"86: a line begins with a colon", 1, injected_narrative},
    {"90D: the field is for MT941 and MT942", 1, floor_limit},
    {"61: an MT941 has no movements", 0, wrong_type},
    {": the message type is none of", 1, no_type},
};

static void each_rule_is_named_with_its_field(void **state)
{
    struct mt940_write_options strict, lenient;
    (void)state;
    mt940_write_options_init(&strict);
    mt940_write_options_init(&lenient);
    strict.strict = 1;
    mt940_view_from_string("BANKTRIS", &strict.sender);
    mt940_view_from_string("BANKTRIS", &strict.receiver);
    for (size_t i = 0; i < sizeof spoiled / sizeof spoiled[0]; i++) {
        struct mt940_entry entry = entry_of();
        struct mt940_statement statement = statement_of(&entry);
        spoiled[i].spoil(&statement, &entry);
        const char *text = written(&statement, &strict);
        if (strncmp(text, spoiled[i].expected, strlen(spoiled[i].expected)) != 0)
            fail_msg("%zu: expected \"%s\", got \"%s\"", i, spoiled[i].expected, text);
        text = written(&statement, &lenient);
        assert_int_equal(strstr(text, ":62F:") == NULL, spoiled[i].always);
    }
}

static const struct {
    const char *raw, *lines; /* lines as they stand in the field, with '|' for CR LF */
} texts[] = {
    {"short", "short"},
    {"one\ntwo", "one|two"},
    /* 70 characters: cut at 65 */
    {"1234567890123456789012345678901234567890123456789012345678901234567890",
     "12345678901234567890123456789012345678901234567890123456789012345|67890"},
    /* the rest goes on in the next line, whose own end stays where it was */
    {"1234567890123456789012345678901234567890123456789012345678901234567890\nabc\ndef",
     "12345678901234567890123456789012345678901234567890123456789012345|67890abc|def"},
    /* no line begins with a hyphen: cut before the blank in front */
    {"123456789012345678901234567890123456789012345678901234567890 1234-67890",
     "123456789012345678901234567890123456789012345678901234567890| 1234-67890"},
    /* whose lines mean something */
    {":NS:01abc\n:NS:1512345678901234567890123456789012345678901234567890123456789012345678901234567890",
     ":NS:01abc|:NS:1512345678901234567890123456789012345678901234567890123456789012345678901234567890"},
};

static void long_lines_are_cut_so_that_the_text_stays(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct mt940_entry entry = entry_of();
        struct mt940_statement statement = statement_of(&entry);
        char expected[512], found[512] = "";
        size_t at = 0;
        mt940_view_from_string(texts[i].raw, &entry.narrative);
        const char *text = written(&statement, NULL);
        const char *from = strstr(text, ":86:"), *to = strstr(text, "\r\n:62F:");
        assert_true(from != NULL && to > from);
        for (const char *c = from + 4; c < to; c++)
            if (*c != '\n')
                found[at++] = (char)(*c == '\r' ? '|' : *c);
        (void)snprintf(expected, sizeof expected, "%s", texts[i].lines);
        assert_string_equal(found, expected);
    }
}

static int stop(void *user, const void *data, size_t length)
{
    (void)data;
    (void)length;
    return *(int *)user;
}

static void *count_calls(void *user, void *old, size_t old_size, size_t new_size)
{
    (void)old_size;
    ++*(int *)user;
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, new_size);
}

static void the_writer_keeps_order_and_allocates_once(void **state)
{
    struct mt940_entry entry = entry_of();
    struct mt940_statement statement = statement_of(&entry);
    int calls = 0, answer = 77;
    struct bytes bytes = {0};
    struct mt940_output output = {sizeof output, &bytes, bytes_write}, stopping = {sizeof stopping, &answer, stop};
    struct mt940_allocator allocator = {sizeof allocator, &calls, count_calls};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_writer *writer;
    (void)state;
    assert_int_equal(mt940_writer_new(NULL, &output, &allocator, &writer, &error), 0);
    assert_int_equal(mt940_writer_entry(writer, &entry, &error), MT940_E_STATE);
    assert_int_equal(mt940_writer_header(writer, &statement.header, &error), 0);
    assert_int_equal(mt940_writer_header(writer, &statement.header, &error), MT940_E_STATE);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(mt940_writer_entry(writer, &entry, &error), 0);
    assert_int_equal(mt940_writer_finish(writer, &error), MT940_E_STATE);
    assert_int_equal(mt940_writer_trailer(writer, &statement.trailer, &error), 0);
    assert_int_equal(mt940_writer_finish(writer, &error), 0);
    mt940_writer_free(writer);
    assert_int_equal(calls, 2);
    struct mt940_document *document = document_of(bytes.data, bytes.length, 1);
    assert_int_equal(mt940_document_statement(document, 0)->entry_count, 1000);
    mt940_document_free(document);
    bytes_free(&bytes);
    assert_int_equal(mt940_statement_write(&statement, NULL, &stopping, &error), MT940_E_CALLBACK);
    assert_int_equal(error.detail, 77);
    assert_int_equal(mt940_statement_write(&statement, NULL, NULL, &error), MT940_E_ARGUMENT);
}

/* No rule forbids three decimals of a currency that has two, but "1,234" is read in two ways. */
static struct mt940_statement two_ways(struct mt940_entry *entry)
{
    *entry = entry_of();
    entry->reading.amount.units = 1234;
    entry->reading.amount.scale = 3;
    return statement_of(entry);
}

static void what_would_be_read_otherwise_is_refused_before_a_byte_goes_out(void **state)
{
    struct mt940_entry entry = entry_of(), odd;
    struct mt940_statement good = statement_of(&entry), bad = two_ways(&odd);
    struct bytes bytes = {0};
    struct mt940_output output = {sizeof output, &bytes, bytes_write};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_writer *writer;
    (void)state;
    assert_int_equal(mt940_statement_write(&bad, NULL, &output, &error), MT940_E_FORMAT);
    assert_string_equal(error.tag, "61");
    assert_string_equal(error.text, "read again, the amount would be another");
    assert_int_equal(bytes.length, 0);
    assert_int_equal(mt940_writer_new(NULL, &output, NULL, &writer, &error), 0);
    assert_int_equal(mt940_writer_statement(writer, &good, &error), 0);
    assert_int_equal(mt940_writer_statement(writer, &bad, &error), MT940_E_FORMAT);
    assert_int_equal(mt940_writer_statement(writer, &good, &error), 0);
    assert_int_equal(mt940_writer_finish(writer, &error), 0);
    mt940_writer_free(writer);
    struct mt940_document *document = document_of(bytes.data, bytes.length, 1);
    assert_int_equal(mt940_document_statement_count(document), 2);
    mt940_document_free(document);
    bytes_free(&bytes);
}

/* The first statement of `text` in that form. */
static const char *rewritten(const char *text, int32_t form)
{
    struct mt940_document *document = document_of(text, strlen(text), 0);
    struct mt940_write_options options;
    mt940_write_options_init(&options);
    options.form = form;
    const char *bytes = written(mt940_document_statement(document, 0), &options);
    mt940_document_free(document);
    return bytes;
}

/* A reference on a line of its own: on that of the amount ":86:" in it would begin a narrative. */
static void what_the_standards_form_would_change_goes_out_as_it_was_read(void **state)
{
    static const char plain[] = ":20:A\n:25:B\n:28C:1\n:60F:C260714TRY0,\n:61:260715C100NTRFREF\n:62F:C260715TRY100,\n-\n";
    static const char odd[] = ":20:A\n:25:B\n:28C:1\n:60F:C260714TRY0,\n:61:260715C100\n'REF:86:1\n:62F:C260715TRY100,\n-\n";
    (void)state;
    assert_non_null(strstr(rewritten(plain, MT940_WRITE_CANONICAL), ":61:260715C100,00NTRFREF\r\n"));
    assert_non_null(strstr(rewritten(plain, MT940_WRITE_AS_READ), ":61:260715C100NTRFREF\r\n"));
    assert_non_null(strstr(rewritten(odd, MT940_WRITE_CANONICAL), ":61:260715C100\n'REF:86:1\r\n"));
}

/* Fails at the call whose number is in *user, and counts down to it. */
static void *fail_once(void *user, void *old, size_t old_size, size_t new_size)
{
    int *left = user;
    (void)old_size;
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    return --*left == 0 ? NULL : realloc(old, new_size);
}

static void without_memory_nothing_goes_out(void **state)
{
    static const char long_line[] = "1234567890123456789012345678901234567890123456789012345678901234567890";
    struct mt940_entry entry = entry_of();
    int left, refused = 0, status = MT940_E_MEMORY;
    struct mt940_allocator allocator = {sizeof allocator, &left, fail_once};
    struct bytes bytes = {0};
    struct mt940_output output = {sizeof output, &bytes, bytes_write};
    struct mt940_write_options options;
    struct mt940_error error = {.size = sizeof error};
    (void)state;
    set(&entry.narrative, long_line);
    struct mt940_statement statement = statement_of(&entry);
    mt940_write_options_init(&options);
    options.allocator = &allocator;
    for (int at = 1; status == MT940_E_MEMORY; at++) {
        left = at;
        status = mt940_statement_write(&statement, &options, &output, &error);
        assert_int_equal(bytes.length == 0, status != 0);
        refused += status == MT940_E_MEMORY;
    }
    assert_int_equal(status, 0);
    assert_true(refused > 3);
    bytes_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_of_the_host_has_the_standards_form),
        cmocka_unit_test(each_rule_is_named_with_its_field),
        cmocka_unit_test(long_lines_are_cut_so_that_the_text_stays),
        cmocka_unit_test(the_writer_keeps_order_and_allocates_once),
        cmocka_unit_test(what_would_be_read_otherwise_is_refused_before_a_byte_goes_out),
        cmocka_unit_test(what_the_standards_form_would_change_goes_out_as_it_was_read),
        cmocka_unit_test(without_memory_nothing_goes_out),
    };
    return cmocka_run_group_tests_name("statement_writer", tests, NULL, NULL);
}

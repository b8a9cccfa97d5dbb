/* SPDX-License-Identifier: Apache-2.0
 *
 * test_envelope.c: the blocks of FIN messages: what each holds, where it stands in the bytes, what broken ones give, and
 * what of them a statement keeps. What is told of whole files is data: tests/cases/messages.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/envelope.h"

#define BLOCK1 "{1:F01FIRMTRISAXXX0412004711}"
#define OUTPUT "{2:O9400915260715BANKTRISA06177770004712607150916N}"
#define INPUT "{2:I942FIRMTRISXXXXU3003}"

static struct mt940_envelope read_message(const char *text)
{
    struct mt940_envelope envelope = {.size = sizeof envelope};
    struct mt940_view view = {text, strlen(text)};
    assert_int_equal(mt940_envelope_read(&view, NULL, &envelope), MT940_OK);
    return envelope;
}

static void assert_view(const struct mt940_view *view, const char *expected)
{
    assert_int_equal(view->length, strlen(expected));
    if (view->length)
        assert_memory_equal(view->data, expected, view->length);
}

static void assert_field(const struct mt940_envelope *envelope, char block, const char *tag, const char *expected)
{
    const struct mt940_envelope_field *field = mt940_envelope_find(envelope, block, tag);
    assert_non_null(field);
    assert_view(&field->value, expected);
}

static void blocks_have_their_places(void **state)
{
    static const char text[] = BLOCK1 OUTPUT "{3:{108:REF1}{121:0f9ad4c2-8ab7-4bb0-9e6c-2f7f6a8c0001}}{4:\r\n:20:A\r\n:86:}x\r\n-}"
                                             "{5:{CHK:0123456789AB}{PDE:}}{S:{SPD:}{SAC:}{COP:P}}";
    struct mt940_envelope envelope = read_message(text);
    (void)state;
    assert_int_equal(envelope.blocks, 63);
    assert_int_equal(envelope.flaw_total, 0);
    assert_int_equal(envelope.application, 'F');
    assert_string_equal(envelope.service, "01");
    assert_view(&envelope.terminal, "FIRMTRISAXXX");
    assert_view(&envelope.session, "0412");
    assert_view(&envelope.sequence, "004711");
    assert_int_equal(envelope.type, 940);
    assert_int_equal(envelope.direction, 'O');
    assert_string_equal(envelope.sender, "BANKTRIS061");
    assert_string_equal(envelope.receiver, "FIRMTRIS");
    assert_view(&envelope.mir, "260715BANKTRISA0617777000471");
    assert_int_equal(envelope.input_time, 9 * 60 + 15);
    assert_int_equal(envelope.output_time, 9 * 60 + 16);
    assert_int_equal(envelope.input_date.day, 15);
    assert_int_equal(envelope.output_date.year, 2026);
    assert_int_equal(envelope.priority, 'N');
    assert_view(&envelope.text, "\r\n:20:A\r\n:86:}x\r\n");
    assert_int_equal(envelope.marks, MT940_ENVELOPE_PDE);
    assert_int_equal(envelope.field_count, 7);
    assert_field(&envelope, '3', "108", "REF1");
    assert_field(&envelope, '5', "CHK", "0123456789AB");
    assert_field(&envelope, 'S', "COP", "P");
    assert_null(mt940_envelope_find(&envelope, '5', "COP"));
    assert_int_equal(envelope.length, sizeof text - 1);
}

static void an_input_message_has_its_receiver_in_block_2(void **state)
{
    struct mt940_envelope envelope = read_message(BLOCK1 INPUT "{4:");
    (void)state;
    assert_string_equal(envelope.sender, "FIRMTRIS");
    assert_string_equal(envelope.receiver, "FIRMTRIS");
    assert_int_equal(envelope.type, 942);
    assert_int_equal(envelope.priority, 'U');
    assert_int_equal(envelope.delivery, '3');
    assert_view(&envelope.obsolescence, "003");
    assert_int_equal(envelope.input_time, -1);
    assert_int_equal(envelope.flaw_total, 0);
    assert_null(envelope.text.data);
}

static void a_service_message_answers(void **state)
{
    static const char nak[] = "{1:F21FIRMTRISAXXX0412004711}{4:{177:2607150915}{451:1}{405:T33003}}\r\n" BLOCK1 OUTPUT "{4:";
    struct mt940_envelope envelope = read_message(nak);
    (void)state;
    assert_int_equal(envelope.answer, MT940_ANSWER_REFUSED);
    assert_field(&envelope, '4', "405", "T33003");
    assert_string_equal(envelope.service, "01");
    assert_int_equal(envelope.type, 940);
    assert_int_equal(envelope.flaw_total, 0);
    envelope = read_message("{1:F21FIRMTRISAXXX0412004711}{4:{177:2607150915}{451:0}}");
    assert_int_equal(envelope.answer, MT940_ANSWER_ACCEPTED);
    assert_int_equal(envelope.blocks, 0);
}

/* Blocks, the rule of the first flaw (NULL = none), where it stands, whether something is damaged, and the type. */
static const struct {
    const char *text, *rule;
    size_t at;
    int damaged, type;
} broken[] = {
    {"{1:F01FIRMTRISAXXX0412004711" OUTPUT "{4:", "a brace that closes the block", 3, 1, 940},
    {BLOCK1 "{2:O940{4:", "a brace that closes the block", 32, 1, 940},
    {BLOCK1 OUTPUT "{3:{108:X}{4:", "a brace that closes the block", 83, 1, 940},
    {BLOCK1 OUTPUT "{3:{108:X{4:", "a brace that closes the tag", 84, 1, 940},
    {BLOCK1 OUTPUT "{3:{108:X{Y}}}{4:", "no braces inside a tag", 84, 1, 940},
    {BLOCK1 OUTPUT "{3:{108}}{4:", "a tag and a colon behind its brace", 84, 1, 940},
    {BLOCK1 OUTPUT "{3:108:X}{4:", "tags in braces in blocks 3, 5 and S", 83, 1, 940},
    {OUTPUT BLOCK1 "{4:", "block 1", 0, 1, 940},
    {OUTPUT "{4:", "block 1", 0, 1, 940},
    {BLOCK1 "{4:", "block 2", 0, 1, 0},
    {BLOCK1 OUTPUT, "block 4", 0, 1, 940},
    {BLOCK1 OUTPUT OUTPUT "{4:", "every block once", 80, 1, 940},
    {BLOCK1 "{3:{108:X}}" OUTPUT "{4:", "the order of the blocks", 40, 1, 940},
    {BLOCK1 "stray" OUTPUT "{4:", "nothing between the blocks", 29, 1, 940},
    {BLOCK1 OUTPUT "{4:\r\n:20:A\r\n", "-} behind the text", 83, 1, 940},
    {"{1:F01FIRMTRIS}" OUTPUT "{4:", "the length of block 1", 3, 1, 940},
    {BLOCK1 "{2:I940FIRMTRIS}{4:", "the length of block 2", 32, 1, 940},
    {BLOCK1 "{2:X940FIRMTRISXXXXN}{4:", "I or O in block 2", 32, 1, 940},
    {"{1:F01firmtrisaxxx0412004711}" OUTPUT "{4:", "capitals in blocks 1 and 2", 3, 1, 940},
    {"{1:F01FIRM55ISAXXX0412004711}" OUTPUT "{4:", "1!a2!n4!c2!a2!c1!c3!c10!n", 3, 0, 940},
    {BLOCK1 "{2:O9402515260715BANKTRISA06177770004712607150916N}{4:", "dates and times of block 2", 32, 0, 940},
    {BLOCK1 OUTPUT "{3:{999:X}}{4:", "a tag that the block does not have", 84, 0, 940},
    {BLOCK1 OUTPUT "{3:{111:X}}{4:", "3!n", 88, 0, 940},
    {BLOCK1 OUTPUT "{4:\r\n-}{5:{CHK:123}}", "12!h", 0, 0, 940},
    {BLOCK1 OUTPUT "{3:{108:X}}{4:", NULL, 0, 0, 940},
};

static void broken_blocks_are_read_as_far_as_they_go(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        struct mt940_envelope envelope = read_message(broken[i].text);
        assert_int_equal(envelope.type, broken[i].type);
        if (broken[i].rule == NULL) {
            assert_int_equal(envelope.flaw_total, 0);
            continue;
        }
        assert_true(envelope.flaw_count > 0);
        assert_string_equal(envelope.flaws[0].rule, broken[i].rule);
        assert_int_equal(envelope.flaws[0].damaged, broken[i].damaged);
        if (broken[i].at)
            assert_int_equal(envelope.flaws[0].at - broken[i].text, broken[i].at);
    }
}

static void a_batch_is_read_message_by_message(void **state)
{
    static const char text[] = BLOCK1 OUTPUT "{4:\r\n:20:A\r\n-}$\r\n" BLOCK1 INPUT "{4:\r\n:20:B\r\n-}{5:{TNG:}}\r\n";
    struct mt940_view rest = {text, sizeof text - 1};
    struct mt940_envelope envelope = {.size = sizeof envelope};
    (void)state;
    assert_int_equal(mt940_envelope_read(&rest, NULL, &envelope), MT940_OK);
    assert_int_equal(envelope.type, 940);
    rest.data += envelope.length;
    rest.length -= envelope.length;
    assert_int_equal(mt940_envelope_read(&rest, NULL, &envelope), MT940_OK);
    assert_int_equal(envelope.type, 942);
    assert_int_equal(envelope.marks, MT940_ENVELOPE_TRAINING);
    assert_int_equal(envelope.length, rest.length);
}

static void wrong_arguments_are_refused(void **state)
{
    struct mt940_envelope envelope = {.size = sizeof envelope};
    struct mt940_view text = {":20:A", 5}, none = {NULL, 3};
    (void)state;
    assert_int_equal(mt940_envelope_read(&text, NULL, &envelope), MT940_E_NOT_FOUND);
    assert_int_equal(envelope.blocks, 0);
    assert_int_equal(mt940_envelope_read(NULL, NULL, &envelope), MT940_E_ARGUMENT);
    assert_int_equal(mt940_envelope_read(&none, NULL, &envelope), MT940_E_ARGUMENT);
    assert_int_equal(mt940_envelope_read(&text, &none, &envelope), MT940_E_ARGUMENT);
    assert_int_equal(mt940_envelope_read(&text, NULL, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_statement_envelope(NULL, &envelope), MT940_E_ARGUMENT);
    envelope.size = 1;
    assert_int_equal(mt940_envelope_read(&text, NULL, &envelope), MT940_E_ARGUMENT);
    assert_null(mt940_envelope_find(NULL, '3', "108"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_have_their_places),
        cmocka_unit_test(an_input_message_has_its_receiver_in_block_2),
        cmocka_unit_test(a_service_message_answers),
        cmocka_unit_test(broken_blocks_are_read_as_far_as_they_go),
        cmocka_unit_test(a_batch_is_read_message_by_message),
        cmocka_unit_test(wrong_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

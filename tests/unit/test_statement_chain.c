/* SPDX-License-Identifier: Apache-2.0
 *
 * test_statement_chain.c: pages, days, and movements that come again: pairs of files as text.
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

#define HEAD(number, opening) ":20:R\n:25:TR140006200119000001234567\n:28C:" number "\n:60" opening "\n"

static const struct {
    const char *before, *page;
    int chain;
} page_cases[] = {
    {HEAD("7/1", "F:C260101TRY1,00") ":62M:C260101TRY2,00\n", HEAD("7/2", "M:C260101TRY2,00") ":62F:C260101TRY2,00\n",
     MT940_CHAIN_FOLLOWS},
    {HEAD("7/1", "F:C260101TRY1,00") ":62M:C260101TRY2,00\n", HEAD("7/3", "M:C260101TRY3,00") ":62F:C260101TRY3,00\n",
     MT940_CHAIN_GAP},
    {HEAD("7/1", "F:C260101TRY1,00") ":62M:C260101TRY2,00\n", HEAD("7/2", "M:D260101TRY2,00") ":62F:D260101TRY2,00\n",
     MT940_CHAIN_BALANCE},
    /* no sequence: the balances alone */
    {HEAD("7", "F:C260101TRY1,00") ":62M:C260101TRY2,00\n", HEAD("7", "M:C260101TRY2,00") ":62F:C260101TRY2,00\n",
     MT940_CHAIN_FOLLOWS},
    {HEAD("7/1", "F:C260101TRY1,00") ":62M:C260101TRY2,00\n", HEAD("8/2", "M:C260101TRY2,00") ":62F:C260101TRY2,00\n",
     MT940_CHAIN_OTHER},
    {HEAD("7/1", "F:C260101TRY1,00") ":62F:C260101TRY2,00\n", HEAD("8/1", "F:C260101TRY2,00") ":62F:C260101TRY2,00\n",
     MT940_CHAIN_OTHER},
    /* an end and a beginning are no pages of one statement, whatever their number */
    {HEAD("7/1", "F:C260101TRY1,00") ":62M:C260101TRY2,00\n", HEAD("7/2", "F:C260101TRY2,00") ":62F:C260101TRY2,00\n",
     MT940_CHAIN_OTHER},
    {HEAD("7/1", "F:C260101TRY1,00") ":62F:C260101TRY2,00\n", HEAD("7/2", "M:C260101TRY2,00") ":62F:C260101TRY2,00\n",
     MT940_CHAIN_OTHER},
};

static void pages_follow_by_sequence_and_balance(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof page_cases / sizeof page_cases[0]; i++) {
        struct mt940_document *before = document_of(page_cases[i].before, strlen(page_cases[i].before), 0);
        struct mt940_document *page = document_of(page_cases[i].page, strlen(page_cases[i].page), 0);
        assert_int_equal(mt940_page_chain(mt940_document_statement(before, 0), mt940_document_statement(page, 0)),
                         page_cases[i].chain);
        mt940_document_free(before);
        mt940_document_free(page);
    }
    assert_int_equal(mt940_page_chain(NULL, NULL), MT940_E_ARGUMENT);
}

static const struct {
    const char *statement;
    int chain;
} day_cases[] = {
    {HEAD("8", "F:C260102TRY2,00") ":62F:C260102TRY2,00\n", MT940_CHAIN_FOLLOWS},
    {HEAD("8", "F:C260103TRY2,0") ":62F:C260103TRY2,00\n", MT940_CHAIN_FOLLOWS},
    {HEAD("8", "F:C260102TRY3,00") ":62F:C260102TRY3,00\n", MT940_CHAIN_BALANCE},
    {HEAD("8", "F:D260102TRY2,00") ":62F:D260102TRY2,00\n", MT940_CHAIN_BALANCE},
    {HEAD("8", "F:C260101TRY2,00") ":62F:C260101TRY2,00\n", MT940_CHAIN_EARLIER},
    {HEAD("8", "F:C260102USD2,00") ":62F:C260102USD2,00\n", MT940_CHAIN_OTHER},
    {HEAD("8", "F:C260102TRY9,00") ":62F:C260102TRY2,00\n", MT940_CHAIN_AGAIN},
    {HEAD("8", "F:C260102TRY9,00") ":62F:C260103TRY2,00\n", MT940_CHAIN_BALANCE},
};

static void a_day_begins_where_the_remembered_one_ended(void **state)
{
    struct mt940_balance remembered = {.kind = 'F', .mark = MT940_MARK_C, .date = {2026, 1, 2},
                                       .reading = {.amount = {200, 2, "TRY"}}};
    (void)state;
    for (size_t i = 0; i < sizeof day_cases / sizeof day_cases[0]; i++) {
        struct mt940_document *document = document_of(day_cases[i].statement, strlen(day_cases[i].statement), 0);
        const struct mt940_statement *statement = mt940_document_statement(document, 0);
        const struct mt940_balance *opening = &statement->header.opening;
        assert_int_equal(mt940_day_chain(&remembered, opening, &statement->trailer.closing), day_cases[i].chain);
        assert_int_equal(mt940_day_chain(&remembered, opening, NULL),
                         day_cases[i].chain == MT940_CHAIN_AGAIN ? MT940_CHAIN_BALANCE : day_cases[i].chain);
        mt940_document_free(document);
    }
    assert_int_equal(mt940_day_chain(&remembered, NULL, NULL), MT940_E_ARGUMENT);
}

#define DAY ":61:2601020102C5,00NTRFREF//"
static const struct {
    const char *one, *other; /* movements: field 61 without its beginning, and 86 */
    int same;
} movement_cases[] = {
    /* interim and final, other wrapping of the text, bank reference kept */
    {DAY "B1\n:86:GELEN EFT ALI\n", DAY "B1\n:86:GELEN\nEFT ALI VELI\n", 1},
    {DAY "B1\n", DAY "B2\n", 0},
    /* without a bank reference the narrative decides, wherever it is wrapped */
    {":61:2601020102C5,00NTRFREF\n:86:GELEN EFT\nALI\n", ":61:2601020102C5,00NTRFREF\n:86:GELEN\nEFT ALI\n", 1},
    {":61:2601020102C5,00NTRFREF\n:86:ALI\n", ":61:2601020102C5,00NTRFREF\n:86:VELI\n", 0},
    {DAY "NONREF\n:86:ALI\n", DAY "NONREF\n:86:VELI\n", 0},
    {DAY "NONREF\n:86:ALI\n", ":61:2601020102C5,00NTRFREF\n:86:ALI\n", 1},
    {DAY "B1   \n:86:ALI\n", DAY "B1\n:86:VELI\n", 1},
    /* expected, then booked; entry date not given, then given */
    {":61:260102EC5,00NTRFREF//B1\n", DAY "B1\n", 1},
    {":61:2601020102C5,00NTRFREF//B1\n", ":61:2601020102D5,00NTRFREF//B1\n", 0},
    {":61:2601020102C5,00NTRFREF//B1\n", ":61:2601020102C5,01NTRFREF//B1\n", 0},
    {":61:2601020102C5,NTRFREF//B1\n", ":61:2601020102C5,00NMSCOTHER//B1\n", 1},
    {":61:2601020102C5,00NTRFREF//B1\n", ":61:2601020103C5,00NTRFREF//B1\n", 0},
};

static void key_of(const char *head, const char *movement, const char *tail, char keys[2][MT940_ID_CAPACITY])
{
    char text[1024];
    (void)snprintf(text, sizeof text, "%s%s%s%s", head, movement, movement, tail);
    struct mt940_document *document = document_of(text, strlen(text), 0);
    const struct mt940_statement *statement = mt940_document_statement(document, 0);
    assert_int_equal(statement->entry_count, 2);
    assert_int_equal(mt940_statement_second_keys(&statement, 1, "", 0, NULL, keys), 0);
    mt940_document_free(document);
}

static void the_second_key_survives_from_interim_to_final(void **state)
{
    static const char interim[] = ":20:I\n:25:TR14 0006 2001 1900 0001 2345 67\n:28C:1\n:34F:TRY0,\n:13D:2601021200+0300\n";
    static const char final[] = HEAD("7/1", "F:C260101TRY1,00");
    (void)state;
    for (size_t i = 0; i < sizeof movement_cases / sizeof movement_cases[0]; i++) {
        char one[2][MT940_ID_CAPACITY], other[2][MT940_ID_CAPACITY];
        key_of(interim, movement_cases[i].one, ":90D:0TRY0,00\n", one);
        key_of(final, movement_cases[i].other, ":62F:C260102TRY6,00\n", other);
        assert_int_equal(strcmp(one[0], other[0]) == 0, movement_cases[i].same);
        assert_int_equal(strncmp(one[0], "2:", 2), 0);
        /* equal movements of one statement are two */
        assert_string_not_equal(one[0], one[1]);
        assert_string_equal(strrchr(one[1], '/'), "/2");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_follow_by_sequence_and_balance),
        cmocka_unit_test(a_day_begins_where_the_remembered_one_ended),
        cmocka_unit_test(the_second_key_survives_from_interim_to_final),
    };
    return cmocka_run_group_tests_name("statement_chain", tests, NULL, NULL);
}

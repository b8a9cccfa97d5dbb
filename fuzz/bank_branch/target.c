/* SPDX-License-Identifier: Apache-2.0
 *
 * Bank-branch codes: what is read is written in one form and read again as the same; texts that name one branch are equal
 * either way round; and every code in a text is found where a plain look at each place finds it, none else.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mt940connect/bank_branch.h"
#include "mt940connect/status.h"

enum { found_most = 64, text_most = 512 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int good)
{
    if (!good)
        abort();
}

static void check_form(const char *text, size_t length)
{
    struct mt940_bank_branch code = {-1, -1}, again = {-1, -1};
    char written[11];

    if (mt940_bank_branch_parse(text, length, &code) != MT940_OK) {
        check(code.bank == -1 && code.branch == -1);
        return;
    }
    check(mt940_bank_branch_format(&code, written) == MT940_OK && strlen(written) == 10);
    check(mt940_bank_branch_parse(written, 10, &again) == MT940_OK);
    check(again.bank == code.bank && again.branch == code.branch);
    check(mt940_bank_branch_equal(text, length, written, 10) == 1);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Goes on before or behind a number: letters, digits, bytes of other letters, and the mark itself. */
static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80 || c == '_';
}

/* 0062_00119 by itself: the form that needs no label. */
static bool is_customary(const char *text, size_t length, size_t at)
{
    if (at + 10 > length || (at > 0 && is_word(text[at - 1])) || (at + 10 < length && is_word(text[at + 10])))
        return false;
    for (size_t i = 0; i < 10; i++)
        if (i == 4 ? text[at + i] != '_' : !is_digit(text[at + i]))
            return false;
    return true;
}

static bool is_found(const struct mt940_bank_branch_found *found, size_t count, size_t at)
{
    for (size_t i = 0; i < count; i++)
        if (found[i].offset == at)
            return true;
    return false;
}

static void check_scan(const char *text, size_t length)
{
    struct mt940_bank_branch_found found[found_most], few[1];
    size_t count = mt940_bank_branch_scan(text, length, found, found_most), last = 0;

    check(mt940_bank_branch_scan(text, length, few, 1) == count && mt940_bank_branch_scan(text, length, NULL, 0) == count);
    check(count == 0 || memcmp(&few[0], &found[0], sizeof(few[0])) == 0);
    count = count < found_most ? count : found_most;
    for (size_t i = 0; i < count; i++) {
        struct mt940_bank_branch code;

        check(found[i].offset >= last && found[i].length >= 3 && found[i].length <= length - found[i].offset);
        last = found[i].offset + found[i].length;
        check(mt940_bank_branch_parse(text + found[i].offset, found[i].length, &code) == MT940_OK);
        check(code.bank == found[i].code.bank && code.branch == found[i].code.branch);
        check(found[i].labelled || is_customary(text, length, found[i].offset));
    }
    for (size_t at = 0; count < found_most && at < length; at++)
        check(!is_customary(text, length, at) || is_found(found, count, at));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    size_t middle = size > 0 ? data[size - 1] % size : 0;

    if (size > text_most)
        return 0;
    check_form(text, size);
    check_form(text, middle);
    check(mt940_bank_branch_equal(text, middle, text + middle, size - middle) ==
          mt940_bank_branch_equal(text + middle, size - middle, text, middle));
    check_scan(text, size);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * Tax numbers and branch codes in text: what is found passes its check, in order and apart; no labelled number that
 * stands behind "VKN " and passes is missed; a branch code comes out as it went in.
 */
#include <stdlib.h>
#include <string.h>

#include "mt940connect/bank_branch.h"
#include "mt940connect/tax_id.h"

static void check(int good)
{
    if (!good)
        abort();
}

static int is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int judge(const struct mt940_tax_id_found *found)
{
    size_t length = strlen(found->digits);

    if (found->kind == MT940_TAX_ID_VKN)
        return mt940_vkn_check(found->digits, length);
    if (found->kind == MT940_TAX_ID_TCKN)
        return mt940_tckn_check(found->digits, length);
    return mt940_voen_check(found->digits, length);
}

/* Labelled VKNs of the plainest form, counted the slow way. No IBAN can be around one, as it has no colon. */
static size_t count_plain(const char *text, size_t length)
{
    size_t count = 0;

    for (size_t i = 0; i + 15 <= length; i++)
        count += memcmp(text + i, ";VKN:", 5) == 0 && mt940_vkn_check(text + i + 5, 10) == MT940_TAX_ID_VALID &&
                 (i + 15 == length || !is_word(text[i + 15]));
    return count;
}

static void compare_branch(const char *text, size_t length)
{
    struct mt940_bank_branch code, again;
    char out[11];

    if (mt940_bank_branch_parse(text, length, &code) != MT940_OK)
        return;
    check(mt940_bank_branch_format(&code, out) == MT940_OK);
    check(mt940_bank_branch_parse(out, 10, &again) == MT940_OK);
    check(again.bank == code.bank && again.branch == code.branch);
    check(mt940_bank_branch_equal(text, length, out, 10) == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mt940_tax_id_found found[64];
    const char *text = (const char *)data;
    size_t count = mt940_tax_id_scan(text, size, found, 64), end = 0, plain = 0;

    for (size_t i = 0; i < count && i < 64; i++) {
        check(found[i].offset >= end && found[i].offset + found[i].length <= size);
        end = found[i].offset + found[i].length;
        check(judge(&found[i]) == found[i].reason);
        check(found[i].reason == 0 || (found[i].kind == MT940_TAX_ID_VOEN && found[i].labelled));
        plain += found[i].kind == MT940_TAX_ID_VKN && found[i].offset >= 5 &&
                 memcmp(text + found[i].offset - 5, ";VKN:", 5) == 0;
    }
    check(count > 64 || plain == count_plain(text, size));
    compare_branch(text, size);
    return 0;
}

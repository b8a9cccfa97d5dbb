/* SPDX-License-Identifier: Apache-2.0
 *
 * BICs: what is valid stays itself when it is read again; what is found in a text is valid, in order and apart; a bank
 * that is found answers to its own code.
 */
#include <stdlib.h>
#include <string.h>

#include "mt940connect/bank_directory.h"
#include "mt940connect/bic.h"

static void check(int good)
{
    if (!good)
        abort();
}

static void read_again(const char *text, size_t length, uint32_t flags)
{
    struct mt940_bic bic = {.size = sizeof(bic)}, again = {.size = sizeof(again)};

    check(mt940_bic_parse(text, length, flags, &bic) == MT940_OK);
    check(bic.position >= -1 && bic.position < (int64_t)(length ? length : 1));
    check(mt940_bic_check(text, length, flags) == bic.reason);
    if (bic.reason != MT940_BIC_VALID) {
        check(bic.canonical[0] == '\0');
        return;
    }
    check(mt940_bic_parse(bic.canonical, strlen(bic.canonical), 0, &again) == MT940_OK);
    check(again.reason == MT940_BIC_VALID && strcmp(again.canonical, bic.canonical) == 0);
    check(mt940_bic_equal(text, length, bic.canonical, strlen(bic.canonical)) == 1);
}

static void ask_for_banks(const char *text, size_t length)
{
    struct mt940_bank bank = {.size = sizeof(bank)}, again = {.size = sizeof(again)};
    static const char *const countries[] = {"TR", "AZ"};

    for (int i = 0; i < 2; i++) {
        if (mt940_bank_find(NULL, 0, countries[i], text, length, &bank) != MT940_OK)
            continue;
        check(mt940_bank_find(NULL, 0, countries[i], bank.code.data, bank.code.length, &again) == MT940_OK);
        check(again.name.data == bank.name.data);
    }
    if (mt940_bank_find_bic(NULL, 0, text, length, &bank) == MT940_OK)
        check(bank.bic.length == 8);
    if (mt940_bank_find_iban(NULL, 0, text, length, &bank) == MT940_OK)
        check(bank.code.length > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mt940_bic_found found[64];
    const char *text = (const char *)data;
    size_t count = mt940_bic_scan(text, size, found, 64), end = 0;

    for (size_t i = 0; i < count && i < 64; i++) {
        check(found[i].offset >= end && found[i].offset + found[i].length <= size);
        end = found[i].offset + found[i].length;
        check(memcmp(found[i].canonical, text + found[i].offset, found[i].length) == 0);
        check(mt940_bic_check(found[i].canonical, found[i].length, 0) == MT940_BIC_VALID);
    }
    for (uint32_t flags = 0; flags < 4; flags++)
        read_again(text, size, flags);
    ask_for_banks(text, size);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * One IBAN: the verdict is that of a slow judgement from the registry's own notation; every way of judging many agrees;
 * what is valid prints, parses and is computed again; what is suggested is valid. The last two bytes are the flags, and
 * the upper six bits of the first of them ask for suggestions when they are 1 and the size is a multiple of 7, as those
 * take most of the time.
 */
#include <stdlib.h>
#include <string.h>

#include "identifier/iban_batch.h"

static void check(int good)
{
    if (!good)
        abort();
}

/* "5!n1!n16!c" to one letter per character. */
static size_t expand(const char *structure, char *out)
{
    size_t length = 0;

    while (*structure) {
        size_t count = 0;
        for (; *structure >= '0' && *structure <= '9'; structure++)
            count = count * 10 + (size_t)(*structure - '0');
        structure++;
        for (; count > 0; count--)
            out[length++] = *structure;
        structure++;
    }
    return length;
}

/* The decimals one by one, as a person would divide. */
static int remainder_of(const char *canonical, size_t length)
{
    int rest = 0;

    for (size_t i = 0; i < length; i++) {
        char c = canonical[(i + 4) % length];
        int value = c <= '9' ? c - '0' : c - 'A' + 10;
        if (value >= 10)
            rest = (rest * 10 + value / 10) % 97;
        rest = (rest * 10 + value % 10) % 97;
    }
    return rest;
}

static int kind_is_allowed(const struct mt940_iban_country *country, uint32_t flags)
{
    return country->kind == MT940_IBAN_OFFICIAL_COUNTRY ||
           (country->kind == MT940_IBAN_UNOFFICIAL_COUNTRY && (flags & MT940_IBAN_UNOFFICIAL)) ||
           (country->kind == MT940_IBAN_TERRITORY && (flags & MT940_IBAN_TERRITORIES));
}

/* The reason of capitals and digits, up to mod 97. */
static int slow_reason(const char *canonical, size_t length, uint32_t flags)
{
    struct mt940_iban_country country = {.size = sizeof(country)};
    char form[64] = "aann";

    if (length < 2)
        return MT940_IBAN_BAD_LENGTH;
    if (mt940_iban_country_find(canonical, 2, &country) != MT940_OK || !kind_is_allowed(&country, flags))
        return MT940_IBAN_BAD_COUNTRY;
    if (length != 4 + expand(country.structure, form + 4))
        return MT940_IBAN_BAD_LENGTH;
    for (size_t i = 0; i < length; i++)
        if ((form[i] == 'n' && canonical[i] > '9') || (form[i] == 'a' && canonical[i] <= '9'))
            return MT940_IBAN_BAD_STRUCTURE;
    if (!(flags & MT940_IBAN_ANY_CHECK_DIGITS) &&
        (memcmp(canonical + 2, "00", 2) == 0 || memcmp(canonical + 2, "01", 2) == 0 ||
         memcmp(canonical + 2, "99", 2) == 0))
        return MT940_IBAN_BAD_CHECK_RANGE;
    return remainder_of(canonical, length) == 1 ? MT940_IBAN_VALID : MT940_IBAN_BAD_CHECKSUM;
}

static void compare_verdict(const struct mt940_iban *iban, uint32_t flags)
{
    size_t length = strlen(iban->canonical);
    int slow = slow_reason(iban->canonical, length, flags);

    if (iban->reason == MT940_IBAN_BAD_CHARACTER || length == MT940_IBAN_MAX)
        return;
    if (iban->reason == MT940_IBAN_BAD_NATIONAL)
        check(iban->national_check == MT940_NATIONAL_FAIL && !(flags & MT940_IBAN_NO_NATIONAL));
    if (iban->reason == MT940_IBAN_BAD_RESERVE)
        check(memcmp(iban->canonical, "TR", 2) == 0 && iban->canonical[9] != '0');
    if (iban->reason == MT940_IBAN_BAD_NATIONAL || iban->reason == MT940_IBAN_BAD_RESERVE)
        check(slow == MT940_IBAN_VALID);
    else
        check(slow == iban->reason);
}

static void compare_ways(const struct mt940_view *text, uint32_t flags, int reason)
{
    mt940_iban_batch_function *ways[3] = {mt940_iban_batch_plain, NULL, NULL};
    struct mt940_iban_batch batch;
    uint8_t got = 255;

#ifdef MT940_IBAN_BATCH_X86
    ways[1] = mt940_iban_batch_has_avx2() ? mt940_iban_batch_avx2 : NULL;
    ways[2] = mt940_iban_batch_has_avx512() ? mt940_iban_batch_avx512 : NULL;
#endif
    mt940_iban_batch_prepare(&batch, flags);
    for (int i = 0; i < 3; i++)
        check(!ways[i] || (ways[i](&batch, text, 1, &got) == (reason == 0) && got == reason));
    check(mt940_iban_check(text->data, text->length, flags) == reason);
}

static void write_and_read_again(const struct mt940_iban *iban, uint32_t flags)
{
    struct mt940_iban again = {.size = sizeof(again)};
    size_t length = strlen(iban->canonical);
    char printed[44], computed[MT940_IBAN_MAX + 1], mask[36];
    int status;

    check(mt940_iban_print(iban->canonical, length, printed) == MT940_OK);
    check(mt940_iban_parse(printed, strlen(printed), flags | MT940_IBAN_PRINT, &again) == MT940_OK);
    check(again.reason == MT940_IBAN_VALID && strcmp(again.canonical, iban->canonical) == 0);
    check(mt940_iban_mask(iban->canonical, length, 4, 4, mask) == MT940_OK && strlen(mask) == length);
    status = mt940_iban_compute(iban->country, iban->canonical + 4, length - 4, computed);
    /* Territories, and check digits that are never computed, come out otherwise. */
    check(status == MT940_OK ? strcmp(computed + 4, iban->canonical + 4) == 0 : status == MT940_E_NOT_FOUND);
    if (status == MT940_OK && !(flags & MT940_IBAN_ANY_CHECK_DIGITS))
        check(strcmp(computed, iban->canonical) == 0);
}

static void ask_for_suggestions(const struct mt940_view *text, uint32_t flags)
{
    struct mt940_iban_suggestion out[64];
    size_t count = mt940_iban_suggest(text->data, text->length, flags, out, 64);

    check(count <= 64);
    for (size_t i = 0; i < count; i++)
        check(mt940_iban_check(out[i].canonical, strlen(out[i].canonical), flags) == MT940_IBAN_VALID);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mt940_iban iban = {.size = sizeof(iban)};
    uint32_t flags = size >= 2 ? (data[size - 1] | (uint32_t)data[size - 2] << 8) & 1023 : 0;
    struct mt940_view text = {(const char *)data, size >= 2 ? size - 2 : 0};

    check(mt940_iban_parse(text.data, text.length, flags, &iban) == MT940_OK);
    check(iban.position >= -1 && iban.position <= (int64_t)text.length);
    check(iban.reason >= 0 && mt940_iban_reason_name(iban.reason));
    compare_verdict(&iban, flags);
    compare_ways(&text, flags, iban.reason);
    if (iban.reason == MT940_IBAN_VALID)
        write_and_read_again(&iban, flags);
    if (size >= 2 && data[size - 2] >> 2 == 1 && size % 7 == 0)
        ask_for_suggestions(&text, flags);
    return 0;
}

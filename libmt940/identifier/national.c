/* SPDX-License-Identifier: Apache-2.0
 *
 * national.c: the check digits that countries put inside the BBAN. Which country has which rule, and how well it is
 * proven, stands in national.tsv; here is one function per method. It knows upper-case letters and digits in the
 * right places only: whoever calls has checked the structure.
 */
#include <stdbool.h>

#include "base/view.h"
#include "identifier/character.h"
#include "identifier/national.h"

static uint32_t value_of(char c)
{
    return mt940_character_value(c);
}

static uint32_t digit_of(char c)
{
    return (uint32_t)(c - '0');
}

/* Digits of the clé RIB for 0..9 and A..Z: the letters count 1..9 over and over, and S starts at 2. */
static const uint8_t rib_digits[36] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8,
                                       9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8, 9};

/* As many decimals as fit behind a remainder; divisions are what costs. */
#define DECIMALS 16

/* ISO 7064 MOD 97-10 over letters and digits. */
static bool mod97_1(const struct mt940_national_rule *rule, const char *part)
{
    uint64_t rest = 0;
    for (uint8_t i = 0; i < rule->count; i++) {
        rest = mt940_character_append(rest, part[i]);
        if (i % (DECIMALS / 2) == DECIMALS / 2 - 1)
            rest %= 97;
    }
    return rest % 97 == 1;
}

static bool rib(const struct mt940_national_rule *rule, const char *part)
{
    uint64_t rest = 0;
    for (uint8_t i = 0; i < rule->count; i++) {
        rest = rest * 10 + rib_digits[value_of(part[i])];
        if (i == DECIMALS - 1)
            rest %= 97;
    }
    return rest % 97 == 0;
}

static uint32_t weighted(const struct mt940_national_rule *rule, const char *part)
{
    uint32_t sum = 0;
    for (uint8_t i = 0; i < rule->count; i++)
        sum += digit_of(part[i]) * rule->weights[i];
    return sum;
}

static bool sum(const struct mt940_national_rule *rule, const char *part)
{
    return weighted(rule, part) % rule->modulus == 0;
}

/* The first ten digits mod 97; a remainder of 0 is written 97, never 00. */
static bool belgian(const struct mt940_national_rule *rule, const char *part)
{
    uint32_t stated = digit_of(part[rule->check]) * 10 + digit_of(part[rule->check + 1]);
    uint64_t number = 0;

    for (uint8_t i = 0; i < rule->check; i++)
        number = number * 10 + digit_of(part[i]);
    return stated == (number % 97 ? number % 97 : 97);
}

/* Spain: the digit of bank and branch and that of the account stand side by side between them. */
static bool spanish(const struct mt940_national_rule *rule, const char *part)
{
    const char *bban = part - rule->first;
    uint32_t rest = rule->modulus - weighted(rule, part) % rule->modulus;

    /* One digit has to do: 10 is written 1, 11 is written 0. */
    return digit_of(bban[rule->check]) == (rest == 11 ? 0 : rest == 10 ? 1 : rest);
}

static bool luhn(const struct mt940_national_rule *rule, const char *part)
{
    static const uint8_t doubled[10] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
    uint32_t total = 0;

    for (uint8_t i = 0; i < rule->count; i++) {
        uint32_t digit = digit_of(part[rule->count - 1 - i]);
        total += i & 1 ? doubled[digit] : digit;
    }
    return total % 10 == 0;
}

/* ISO 7064 MOD 11,10; the last digit is the check digit. */
static bool mod11_10(const struct mt940_national_rule *rule, const char *part)
{
    /* What a sum of 0 to 19 makes of the next product: mod 10 with 0 as 10, twice that mod 11. */
    static const uint8_t next[20] = {9, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 2, 4, 6, 8, 10, 1, 3, 5, 7};
    uint32_t product = 10;

    for (uint8_t i = 0; i + 1 < rule->count; i++)
        product = next[product + digit_of(part[i])];
    return digit_of(part[rule->count - 1]) == (11 - product) % 10;
}

/* The Italian CIN: values of 0..9 and A..Z at odd places; at even ones the digit, or the letter's number. */
static const uint8_t cin_odd[36] = {1,  0, 5, 7,  9,  13, 15, 17, 19, 21, 1,  0,  5,  7,  9,  13, 15, 17,
                                    19, 21, 2, 4, 18, 20, 11, 3,  6,  8,  12, 14, 16, 10, 22, 25, 24, 23};
static const uint8_t cin_even[36] = {0, 1, 2,  3,  4,  5,  6,  7,  8,  9,  0,  1,  2,  3,  4,  5,  6,  7,
                                     8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25};

static bool cin(const struct mt940_national_rule *rule, const char *part)
{
    uint32_t total = 0;

    for (uint8_t i = 1; i + 1 < rule->count; i += 2)
        total += cin_odd[value_of(part[i])] + cin_even[value_of(part[i + 1])];
    return (uint32_t)(part[0] - 'A') == total % 26;
}

/* Norway: the plain sum, or after "00" at the fifth and sixth digit that of the rest alone (ECBS TR201). */
static bool norwegian(const struct mt940_national_rule *rule, const char *part)
{
    uint32_t head = 0;

    if (sum(rule, part))
        return true;
    if (part[4] != '0' || part[5] != '0')
        return false;
    for (int i = 0; i < 4; i++)
        head += digit_of(part[i]) * rule->weights[i];
    return (weighted(rule, part) - head) % rule->modulus == 0;
}

/* Russian account digits; a clearing currency puts one of ten letters at the sixth place of the account. */
static int russian_value(char c)
{
    static const char letters[] = "ABCEHKMPTX";
    if (mt940_ascii_is_digit(c))
        return c - '0';
    for (int i = 0; i < 10; i++)
        if (letters[i] == c)
            return i;
    return -1;
}

/*
 * The last three digits of the BIK and the account. The settlement centres 000 to 002 weigh "0" and the fifth and
 * sixth digit of their BIK instead.
 */
static bool russian(const struct mt940_national_rule *rule, const char *part)
{
    const char *bik = part - rule->first;
    bool centre = part[0] == '0' && part[1] == '0' && part[2] <= '2';
    char tail[3] = {centre ? '0' : part[0], centre ? bik[4] : part[1], centre ? bik[5] : part[2]};
    uint32_t total = 0;

    for (uint8_t i = 0; i < rule->count; i++) {
        int value = i < 3 ? tail[i] - '0' : russian_value(part[i]);
        if (value < 0 || (i != 8 && i >= 3 && !mt940_ascii_is_digit(part[i])))
            return false;
        total += (uint32_t)value * rule->weights[i];
    }
    return total % rule->modulus == 0;
}

typedef bool method(const struct mt940_national_rule *rule, const char *part);

int mt940_national_holds(const struct mt940_national_rule *rule, const char *bban)
{
    /* In the order of enum mt940_national_method. */
    static method *const methods[] = {mod97_1, rib, sum, belgian, spanish, luhn, mod11_10, cin, norwegian, russian};

    return methods[rule->method](rule, bban + rule->first);
}

int mt940_national_judge(const struct mt940_registry_row *row, const char *bban, int inferred)
{
    int verdict = MT940_NATIONAL_NOT_APPLICABLE;

    for (uint8_t i = 0; i < row->rule_count; i++) {
        const struct mt940_national_rule *rule = &mt940_national_rules[row->rule + i];
        if (rule->inferred && !inferred)
            continue;
        if (!mt940_national_holds(rule, bban))
            return MT940_NATIONAL_FAIL;
        verdict = MT940_NATIONAL_PASS;
    }
    return verdict;
}

/*
 * Two digits begin at 02 by ISO 7064, elsewhere at 01: other writings of the same remainder are never computed. One of
 * 97 in a row always holds, as all these rules are mod 97.
 */
static void try_two_digits(const struct mt940_national_rule *rule, char *bban)
{
    int value = rule->method == MT940_NATIONAL_METHOD_MOD97_1 ? 2 : 1;

    do {
        bban[rule->check] = (char)('0' + value / 10);
        bban[rule->check + 1] = (char)('0' + value % 10);
    } while (!mt940_national_holds(rule, bban) && ++value < 99);
}

static bool try_one_character(const struct mt940_national_rule *rule, char *bban)
{
    bool is_letter = rule->method == MT940_NATIONAL_METHOD_CIN;

    for (char c = is_letter ? 'A' : '0'; c <= (is_letter ? 'Z' : '9'); c++) {
        bban[rule->check] = c;
        if (mt940_national_holds(rule, bban))
            return true;
    }
    return false;
}

int mt940_national_solve(const struct mt940_registry_row *row, char *bban, uint64_t given)
{
    for (uint8_t i = 0; i < row->rule_count; i++) {
        const struct mt940_national_rule *rule = &mt940_national_rules[row->rule + i];
        if (given >> rule->check & 1)
            continue;
        if (rule->check_count == 2)
            try_two_digits(rule, bban);
        else if (!try_one_character(rule, bban))
            return 0;
    }
    return 1;
}

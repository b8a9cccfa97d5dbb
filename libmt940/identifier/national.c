/* SPDX-License-Identifier: Apache-2.0
 *
 * national.c: the check digits that countries put inside the BBAN. Which country has which rule, and how well it is
 * proven, stands in national.tsv; here is one function per method. It knows upper-case letters and digits in the
 * right places only: whoever calls has checked the structure.
 */
#include <stdbool.h>

#include "base/view.h"
#include "identifier/national.h"

/* 0..9 and A=10..Z=35, ISO 13616-1 §5.4. */
static uint32_t value_of(char c)
{
    return mt940_ascii_is_digit(c) ? (uint32_t)(c - '0') : (uint32_t)(c - 'A') + 10;
}

/* Digits of the clé RIB for A..Z: 1..9, 1..9, and S starts at 2. */
static uint32_t rib_value(char c)
{
    static const char letters[] = "12345678912345678923456789";
    return (uint32_t)((mt940_ascii_is_digit(c) ? c : letters[c - 'A']) - '0');
}

static uint32_t append_mod97(uint32_t rest, uint32_t value)
{
    return (rest * (value < 10 ? 10 : 100) + value) % 97;
}

/* ISO 7064 MOD 97-10 over letters and digits. */
static bool mod97_1(const struct mt940_national_rule *rule, const char *part)
{
    uint32_t rest = 0;
    for (uint8_t i = 0; i < rule->count; i++)
        rest = append_mod97(rest, value_of(part[i]));
    return rest == 1;
}

static bool rib(const struct mt940_national_rule *rule, const char *part)
{
    uint32_t rest = 0;
    for (uint8_t i = 0; i < rule->count; i++)
        rest = append_mod97(rest, rib_value(part[i]));
    return rest == 0;
}

static uint32_t weighted(const struct mt940_national_rule *rule, const char *part)
{
    uint32_t sum = 0;
    for (uint8_t i = 0; i < rule->count; i++)
        sum += value_of(part[i]) * rule->weights[i];
    return sum;
}

static bool sum(const struct mt940_national_rule *rule, const char *part)
{
    return weighted(rule, part) % rule->modulus == 0;
}

/* The first ten digits mod 97; a remainder of 0 is written 97, never 00. */
static bool belgian(const struct mt940_national_rule *rule, const char *part)
{
    uint32_t rest = 0;
    uint32_t stated = value_of(part[rule->count - 2]) * 10 + value_of(part[rule->count - 1]);

    for (uint8_t i = 0; i + 2 < rule->count; i++)
        rest = append_mod97(rest, value_of(part[i]));
    return stated == (rest ? rest : 97);
}

/* Spain: two digits stand side by side, first that of bank and branch, then that of the account (which starts at 10). */
static bool spanish(const struct mt940_national_rule *rule, const char *part)
{
    const char *stated = rule->first ? part - 1 : part + rule->count;
    uint32_t rest = 11 - weighted(rule, part) % 11;

    /* A remainder has one digit: 10 is written 1, 11 is written 0. */
    return value_of(*stated) == (rest == 11 ? 0 : rest == 10 ? 1 : rest);
}

static bool luhn(const struct mt940_national_rule *rule, const char *part)
{
    uint32_t total = 0;
    for (uint8_t i = 0; i < rule->count; i++) {
        uint32_t value = value_of(part[rule->count - 1 - i]) << (i & 1);
        total += value > 9 ? value - 9 : value;
    }
    return total % 10 == 0;
}

/* ISO 7064 MOD 11,10; the last digit is the check digit. */
static bool mod11_10(const struct mt940_national_rule *rule, const char *part)
{
    uint32_t product = 10;
    for (uint8_t i = 0; i + 1 < rule->count; i++) {
        uint32_t rest = (product + value_of(part[i])) % 10;
        product = (rest ? rest : 10) * 2 % 11;
    }
    return value_of(part[rule->count - 1]) == (11 - product) % 10;
}

/* Values of A..Z at odd places of the Italian CIN; digits count as the first ten letters. */
static const uint8_t cin_odd[26] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};

static bool cin(const struct mt940_national_rule *rule, const char *part)
{
    uint32_t total = 0;
    for (uint8_t i = 1; i < rule->count; i++) {
        uint32_t letter = value_of(part[i]);
        letter = letter < 10 ? letter : letter - 10;
        total += i & 1 ? cin_odd[letter] : letter;
    }
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
        head += value_of(part[i]) * rule->weights[i];
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

int mt940_national_judge(const struct mt940_registry_row *row, const char *bban, int inferred)
{
    /* In the order of enum mt940_national_method. */
    static method *const methods[] = {mod97_1, rib, sum, belgian, spanish, luhn, mod11_10, cin, norwegian, russian};
    int verdict = MT940_NATIONAL_NOT_APPLICABLE;

    for (uint8_t i = 0; i < row->rule_count; i++) {
        const struct mt940_national_rule *rule = &mt940_national_rules[row->rule + i];
        if (rule->inferred && !inferred)
            continue;
        if (!methods[rule->method](rule, bban + rule->first))
            return MT940_NATIONAL_FAIL;
        verdict = MT940_NATIONAL_PASS;
    }
    return verdict;
}

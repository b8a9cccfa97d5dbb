/* SPDX-License-Identifier: Apache-2.0
 *
 * iban.c: reads and judges one IBAN, ISO 13616-1. This is the plain form that every faster one is compared with.
 * It knows the country tables and nothing of banks, accounts in books, or where the text came from.
 */
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "identifier/character.h"
#include "identifier/iban.h"
#include "identifier/national.h"

/* Reserve digit of a Turkish IBAN: the sixth of the BBAN (TCMB communique 2008/6, article 5). */
#define TURKISH_RESERVE (MT940_BBAN_OFFSET + 5)

MT940_EXPORT const char *mt940_iban_reason_name(int32_t reason)
{
    static const char *const names[] = {"VALID",         "BAD_COUNTRY",     "BAD_LENGTH",
                                        "BAD_CHARACTER", "BAD_STRUCTURE",   "BAD_CHECK_RANGE",
                                        "BAD_CHECKSUM",  "BAD_NATIONAL",    "BAD_RESERVE"};

    return reason >= 0 && (size_t)reason < sizeof(names) / sizeof(names[0]) ? names[reason] : NULL;
}

/* Length of a leading word IBAN with what belongs to it, or 0. */
static size_t prefix_length(const char *text, size_t length, uint32_t flags)
{
    static const char word[] = "IBAN";
    size_t i = 0, start;

    while ((flags & MT940_IBAN_SPACES) && i < length && text[i] == ' ')
        i++;
    start = i;
    for (; i - start < sizeof(word) - 1; i++)
        if (i >= length || word[i - start] != (flags & MT940_IBAN_LOWER_CASE ? mt940_ascii_upper(text[i]) : text[i]))
            return 0;
    while (i < length && text[i] == ' ')
        i++;
    if (i < length && text[i] == ':')
        i++;
    while (i < length && text[i] == ' ')
        i++;
    return i;
}

/* What a byte is read as with these flags: itself, a capital, or 0 for none of an IBAN's characters. */
static char character_of(char c, uint32_t flags)
{
    if (flags & MT940_IBAN_LOWER_CASE)
        c = mt940_ascii_upper(c);
    return mt940_character_value(c) < MT940_CHARACTER_OTHER ? c : 0;
}

int mt940_iban_read(const char *text, size_t length, uint32_t flags, struct mt940_iban_reading *out, size_t *position)
{
    size_t i = flags & MT940_IBAN_PREFIX ? prefix_length(text, length, flags) : 0;
    size_t count = 0, hyphen = length;

    for (; i < length && count <= MT940_IBAN_MAX; i++) {
        char c = character_of(text[i], flags);
        if (c) {
            out->at[count] = i;
            out->canonical[count++] = c;
            hyphen = length;
        } else if (text[i] == '-' && (flags & MT940_IBAN_HYPHENS) && count > 0) {
            hyphen = i;
        } else if (text[i] != ' ' || !(flags & MT940_IBAN_SPACES)) {
            hyphen = i;
            break;
        }
    }
    if (count <= MT940_IBAN_MAX)
        out->at[count] = length;
    out->count = count;
    /* A hyphen joins: one without a character behind it is illegal like any other byte. */
    *position = hyphen;
    return hyphen < length ? MT940_IBAN_BAD_CHARACTER : MT940_IBAN_VALID;
}

int mt940_iban_misfit(const struct mt940_registry_row *row, const char *canonical)
{
    uint64_t digits = 0, letters, wrong;
    int place = 0;

    for (int i = 0; i < row->length; i++)
        digits |= (uint64_t)(mt940_character_width(canonical[i]) & 1) << i;
    letters = ~digits;
    wrong = (row->digits & letters) | (row->letters & digits);
    if (!wrong)
        return -1;
    for (; !(wrong & 1); wrong >>= 1)
        place++;
    return place;
}

/* Letters count as 10..35, and eight of them fit behind a remainder. */
static uint64_t append(uint64_t rest, const char *part, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rest = mt940_character_append(rest, part[i]);
        if (i % 8 == 7)
            rest %= 97;
    }
    return rest % 97;
}

/* The first four characters come last (ISO 13616-1 §5.4, ISO 7064 MOD 97-10). */
uint32_t mt940_iban_mod97(const char *canonical, size_t count)
{
    uint64_t rest = append(0, canonical + MT940_BBAN_OFFSET, count - MT940_BBAN_OFFSET);
    return (uint32_t)append(rest, canonical, MT940_BBAN_OFFSET);
}

void mt940_iban_set_check_digits(char *canonical, size_t count)
{
    uint32_t digits;

    canonical[2] = canonical[3] = '0';
    digits = 98 - mt940_iban_mod97(canonical, count);
    canonical[2] = (char)('0' + digits / 10);
    canonical[3] = (char)('0' + digits % 10);
}

/* 98 less a remainder is 02..98; 00, 01 and 99 are the same numbers mod 97 but never computed (ISO 13616-1 §5.4). */
static int check_digits_out_of_range(const char *canonical)
{
    int digits = (canonical[2] - '0') * 10 + (canonical[3] - '0');
    return digits < 2 || digits > 98;
}

static int is_turkish(const struct mt940_registry_row *row)
{
    return row->code[0] == 'T' && row->code[1] == 'R';
}

static int refuse(struct mt940_iban_verdict *out, int reason, int place)
{
    out->reason = reason;
    out->place = place;
    return reason;
}

/* Country, length, structure; what later checks rely on. */
static int judge_form(const char *canonical, size_t count, uint32_t flags, struct mt940_iban_verdict *out)
{
    const struct mt940_registry_row *row = count >= 2 ? mt940_registry_find(canonical[0], canonical[1]) : NULL;
    int misfit;

    if (count < 2)
        return refuse(out, MT940_IBAN_BAD_LENGTH, (int)count);
    if (!row || !mt940_registry_allows(row, flags))
        return refuse(out, MT940_IBAN_BAD_COUNTRY, 0);
    out->row = row;
    if (count != row->length)
        return refuse(out, MT940_IBAN_BAD_LENGTH, (int)(count < row->length ? count : row->length));
    misfit = mt940_iban_misfit(row, canonical);
    return misfit < 0 ? MT940_IBAN_VALID : refuse(out, MT940_IBAN_BAD_STRUCTURE, misfit);
}

void mt940_iban_judge(const char *canonical, size_t count, uint32_t flags, struct mt940_iban_verdict *out)
{
    out->row = NULL;
    out->national = MT940_NATIONAL_NOT_APPLICABLE;
    refuse(out, MT940_IBAN_VALID, -1);
    if (judge_form(canonical, count, flags, out) != MT940_IBAN_VALID)
        return;
    if (!(flags & MT940_IBAN_ANY_CHECK_DIGITS) && check_digits_out_of_range(canonical)) {
        refuse(out, MT940_IBAN_BAD_CHECK_RANGE, 2);
        return;
    }
    if (mt940_iban_mod97(canonical, count) != 1) {
        refuse(out, MT940_IBAN_BAD_CHECKSUM, -1);
        return;
    }
    out->national = mt940_national_judge(out->row, canonical + MT940_BBAN_OFFSET,
                                         (flags & MT940_IBAN_INFERRED_NATIONAL) != 0);
    if (is_turkish(out->row) && !(flags & MT940_IBAN_NO_RESERVE) && canonical[TURKISH_RESERVE] != '0')
        refuse(out, MT940_IBAN_BAD_RESERVE, TURKISH_RESERVE);
    else if (out->national == MT940_NATIONAL_FAIL && !(flags & MT940_IBAN_NO_NATIONAL))
        refuse(out, MT940_IBAN_BAD_NATIONAL, MT940_BBAN_OFFSET);
}

/* Offsets past 2 GiB of blanks are not worth a wider field. */
static int32_t as_position(size_t offset)
{
    return offset <= INT32_MAX ? (int32_t)offset : -1;
}

static void fill(const struct mt940_iban_reading *reading, const struct mt940_iban_verdict *verdict,
                 struct mt940_iban *out)
{
    size_t kept = reading->count <= MT940_IBAN_MAX ? reading->count : MT940_IBAN_MAX;

    memset(out, 0, sizeof(*out));
    out->size = sizeof(*out);
    out->reason = verdict->reason;
    out->position = verdict->place < 0 ? -1 : as_position(reading->at[verdict->place]);
    out->national_check = verdict->national;
    memcpy(out->canonical, reading->canonical, kept);
    if (!verdict->row)
        return;
    out->sepa_registry = verdict->row->sepa_registry;
    out->sepa_epc = verdict->row->sepa_epc;
    out->expected_length = verdict->row->length;
    memcpy(out->country, verdict->row->code, sizeof(out->country));
    out->bank = verdict->row->bank;
    out->branch = verdict->row->branch;
    out->account = verdict->row->account;
    out->check = verdict->row->check;
}

static int usable(const char *text, size_t length, uint32_t flags)
{
    return (text || length == 0) && (flags & ~(uint32_t)MT940_IBAN_ALL_FLAGS) == 0;
}

MT940_EXPORT int mt940_iban_parse(const char *text, size_t length, uint32_t flags, struct mt940_iban *out)
{
    struct mt940_iban_reading reading;
    struct mt940_iban_verdict verdict = {NULL, MT940_IBAN_BAD_CHARACTER, -1, MT940_NATIONAL_NOT_APPLICABLE};
    size_t illegal;

    if (!usable(text, length, flags) || !out || out->size < sizeof(*out))
        return MT940_E_ARGUMENT;
    if (mt940_iban_read(text, length, flags, &reading, &illegal) == MT940_IBAN_VALID) {
        mt940_iban_judge(reading.canonical, reading.count, flags, &verdict);
        fill(&reading, &verdict, out);
        return MT940_OK;
    }
    /* The country may have been read before the illegal byte; say what is known of it. */
    if (reading.count >= 2)
        verdict.row = mt940_registry_find(reading.canonical[0], reading.canonical[1]);
    if (verdict.row && !mt940_registry_allows(verdict.row, flags))
        verdict.row = NULL;
    fill(&reading, &verdict, out);
    out->position = as_position(illegal);
    return MT940_OK;
}

MT940_EXPORT int mt940_iban_check(const char *text, size_t length, uint32_t flags)
{
    struct mt940_iban_reading reading;
    struct mt940_iban_verdict verdict;
    size_t illegal;

    if (!usable(text, length, flags))
        return MT940_E_ARGUMENT;
    if (mt940_iban_read(text, length, flags, &reading, &illegal) != MT940_IBAN_VALID)
        return MT940_IBAN_BAD_CHARACTER;
    mt940_iban_judge(reading.canonical, reading.count, flags, &verdict);
    return verdict.reason;
}

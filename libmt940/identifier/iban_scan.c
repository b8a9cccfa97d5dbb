/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_scan.c: finds IBANs in running text, as banks write and wrap it (turkish-banking §1.5, §1.6). Blocks of bytes
 * are passed over that cannot begin one; what is left is read and judged like any IBAN. It must not know what the text
 * is: a narrative, a reference, a letter.
 */
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "identifier/character.h"
#include "identifier/iban.h"
#include "identifier/iban_classes.h"

/* How many bytes of a block a start may be: what must follow it lies within the rest. */
#define STARTS (MT940_IBAN_BLOCK - 6)

static bool is_line_end(char c)
{
    return c == '\r' || c == '\n';
}

/* Where the next character may stand: behind nothing, one blank, or (once) one line end with a blank on either side. */
static size_t skip_gap(const char *text, size_t length, size_t i, bool blank_allowed, bool *wrapped)
{
    size_t blank = i < length && text[i] == ' ' ? 1 : 0;
    size_t next = i + blank;

    if (next < length && is_line_end(text[next]) && !*wrapped) {
        *wrapped = true;
        next += text[next] == '\r' && next + 1 < length && text[next + 1] == '\n' ? 2 : 1;
        return next < length && text[next] == ' ' ? next + 1 : next;
    }
    return blank_allowed ? next : i;
}

/* Reads characters from `at` until there are `wanted`; returns where the last one ends, or 0. */
static size_t gather(const char *text, size_t length, size_t at, size_t *have, size_t wanted, bool *wrapped, char *out)
{
    while (*have < wanted && at < length) {
        size_t next;
        char c = mt940_ascii_upper(text[at]);
        if (mt940_character_value(c) < MT940_CHARACTER_OTHER) {
            out[(*have)++] = c;
            at++;
            continue;
        }
        next = skip_gap(text, length, at, *have >= MT940_BBAN_OFFSET, wrapped);
        /* No gap at all, none before the first character, and one after another. */
        if (next == at || *have == 0 || next >= length || !mt940_ascii_is_alnum(text[next]))
            return 0;
        at = next;
    }
    return *have == wanted ? at : 0;
}

/* Length of the IBAN that begins at `start`, or 0. */
static size_t match_at(const char *text, size_t length, size_t start, char canonical[MT940_IBAN_MAX + 2])
{
    const struct mt940_registry_row *row;
    struct mt940_iban_verdict verdict;
    bool wrapped = false;
    size_t have = 0;
    size_t end = gather(text, length, start, &have, MT940_BBAN_OFFSET, &wrapped, canonical);

    if (!end || !mt940_ascii_is_digit(canonical[2]) || !mt940_ascii_is_digit(canonical[3]))
        return 0;
    row = mt940_registry_find(canonical[0], canonical[1]);
    if (!row || row->kind != MT940_IBAN_OFFICIAL_COUNTRY)
        return 0;
    end = gather(text, length, end, &have, row->length, &wrapped, canonical);
    if (!end)
        return 0;
    mt940_iban_judge(canonical, have, 0, &verdict);
    canonical[have] = '\0';
    return verdict.reason == MT940_IBAN_VALID ? end - start : 0;
}

/* Number of the lowest bit that is set. */
static unsigned lowest(uint64_t bits)
{
#ifdef __GNUC__
    return (unsigned)__builtin_ctzll(bits);
#else
    unsigned n = 0;
    for (; !(bits & 1); bits >>= 1)
        n++;
    return n;
#endif
}

/*
 * Starts of which the line end at `at` breaks the first four characters: T|R78, TR|78, TR7|8. What stands right after
 * it is looked at first, as that excludes nearly every line.
 */
static uint64_t broken_starts(const struct mt940_iban_classes *classes, const char *text, size_t length, size_t base,
                              unsigned at)
{
    bool wrapped = false;
    unsigned last = at > 0 && text[base + at - 1] == ' ' ? at - 1 : at;
    size_t next = skip_gap(text, length, base + at, false, &wrapped);

    if (last == 0 || next >= length)
        return 0;
    if (mt940_ascii_is_digit(text[next]))
        return UINT64_C(3) << last >> 3 & classes->letters & classes->letters >> 1;
    if (mt940_ascii_is_letter(text[next]) && next + 1 < length && mt940_ascii_is_digit(text[next + 1]))
        return UINT64_C(1) << last >> 1 & classes->letters;
    return 0;
}

/* A bit for each of the first STARTS bytes of the block at `base` where an IBAN may begin. */
static uint64_t possible_starts(const char *text, size_t length, size_t base)
{
    char rest[MT940_IBAN_BLOCK] = {0};
    bool whole = length - base >= MT940_IBAN_BLOCK;
    struct mt940_iban_classes classes;
    uint64_t starts, ends;

    if (!whole)
        memcpy(rest, text + base, length - base);
    mt940_iban_classify(whole ? text + base : rest, &classes);
    starts = classes.letters & classes.letters >> 1 & classes.digits >> 2 & classes.digits >> 3;
    /* Lines behind which a letter, a digit or a blank follows. */
    ends = classes.controls & (classes.letters | classes.digits | classes.blanks) >> 1;
    for (; ends; ends &= ends - 1) {
        unsigned at = lowest(ends);
        if (at > 0 && text[base + at] == '\n' && text[base + at - 1] == '\r')
            at--;
        starts |= broken_starts(&classes, text, length, base, at);
    }
    return starts & ((UINT64_C(1) << STARTS) - 1);
}

static bool found_at(const char *text, size_t length, size_t start, struct mt940_iban_found *found)
{
    char canonical[MT940_IBAN_MAX + 2];
    size_t size = match_at(text, length, start, canonical);

    if (size == 0)
        return false;
    memset(found, 0, sizeof(*found));
    found->offset = start;
    found->length = size;
    memcpy(found->canonical, canonical, strlen(canonical));
    return true;
}

int mt940_iban_scan_next(const char *text, size_t length, size_t from, struct mt940_iban_found *found)
{
    for (size_t base = from; base < length; base += STARTS) {
        uint64_t starts = possible_starts(text, length, base);
        for (; starts; starts &= starts - 1)
            if (found_at(text, length, base + lowest(starts), found))
                return 1;
    }
    return 0;
}

MT940_EXPORT size_t mt940_iban_scan(const char *text, size_t length, struct mt940_iban_found *found, size_t capacity)
{
    struct mt940_iban_found one;
    size_t count = 0;

    for (size_t i = 0; mt940_iban_scan_next(text, length, i, &one); i = one.offset + one.length) {
        if (count < capacity)
            found[count] = one;
        count++;
    }
    return count;
}

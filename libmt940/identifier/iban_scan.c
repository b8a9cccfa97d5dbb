/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_scan.c: finds IBANs in running text, as banks write and wrap it (turkish-banking §1.5, §1.6). Eight bytes at a
 * time are passed over that cannot begin one; what is left is read and judged like any IBAN. It must not know what the
 * text is: a narrative, a reference, a letter.
 */
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "identifier/character.h"
#include "identifier/iban.h"

/* Bytes looked at together, and how many of them a start may be: what must follow it lies within the rest. */
#define BLOCK 64
#define STARTS 58

/* A bit for each byte of a block. */
struct classes {
    uint64_t digits, letters, controls, blanks;
};

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

#ifdef __SSE2__

#include <emmintrin.h>

static uint64_t bits_within(__m128i bytes, char low, char high)
{
    /* Signed, so that bytes from 0x80 are below every `low`. */
    __m128i inside = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(low - 1))),
                                   _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(high + 1))));
    return (uint64_t)(uint32_t)_mm_movemask_epi8(inside);
}

static void classify(const char *text, struct classes *out)
{
    memset(out, 0, sizeof(*out));
    for (int at = 0; at < BLOCK; at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
        out->digits |= bits_within(bytes, '0', '9') << at;
        out->letters |= bits_within(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z') << at;
        out->controls |= bits_within(bytes, '\n', '\r') << at;
        out->blanks |= bits_within(bytes, ' ', ' ') << at;
    }
}

#else

#define EVERY_BYTE UINT64_C(0x0101010101010101)
#define LOW_BITS (EVERY_BYTE * 0x7f)

/* The first byte lowest, whatever the machine's order; compilers make one load of it. */
static uint64_t load(const char *text)
{
    const unsigned char *b = (const unsigned char *)text;
    uint64_t low = b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24;
    uint64_t high = b[4] | (uint64_t)b[5] << 8 | (uint64_t)b[6] << 16 | (uint64_t)b[7] << 24;

    return low | high << 32;
}

/* A bit for each of eight bytes within [low, high], both below 0x80. Bytes from 0x80 are never within. */
static uint64_t bits_within(uint64_t word, uint64_t low, uint64_t high)
{
    uint64_t base = word & LOW_BITS;
    uint64_t inside = (base + EVERY_BYTE * (0x80 - low)) & ~(base + EVERY_BYTE * (0x7f - high)) & ~word;

    /* The high bits, gathered in the top byte. */
    return (inside >> 7 & EVERY_BYTE) * UINT64_C(0x0102040810204080) >> 56;
}

static void classify(const char *text, struct classes *out)
{
    memset(out, 0, sizeof(*out));
    for (int at = 0; at < BLOCK; at += 8) {
        uint64_t word = load(text + at);
        out->digits |= bits_within(word, '0', '9') << at;
        out->letters |= bits_within(word | EVERY_BYTE * 0x20, 'a', 'z') << at;
        out->controls |= bits_within(word, '\n', '\r') << at;
        out->blanks |= bits_within(word, ' ', ' ') << at;
    }
}

#endif

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
static uint64_t broken_starts(const struct classes *classes, const char *text, size_t length, size_t base, unsigned at)
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
    char rest[BLOCK] = {0};
    bool whole = length - base >= BLOCK;
    struct classes classes;
    uint64_t starts, ends;

    if (!whole)
        memcpy(rest, text + base, length - base);
    classify(whole ? text + base : rest, &classes);
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

/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_scan.c: finds IBANs in running text, as banks write and wrap it (turkish-banking §1.5, §1.6). Eight bytes at a
 * time are passed over that cannot begin one; what is left is read and judged like any IBAN. It must not know what the
 * text is: a narrative, a reference, a letter.
 */
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "identifier/iban.h"

#define EVERY_BYTE UINT64_C(0x0101010101010101)
#define HIGH_BITS UINT64_C(0x8080808080808080)
#define LOW_BITS UINT64_C(0x7f7f7f7f7f7f7f7f)

/* Starts looked at in one step; the rest of the eight bytes is what must follow the last of them. */
#define STEP 4

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
    while (*have < wanted) {
        if (*have > 0)
            at = skip_gap(text, length, at, *have >= MT940_BBAN_OFFSET, wrapped);
        if (at >= length || !mt940_ascii_is_alnum(text[at]))
            return 0;
        out[(*have)++] = mt940_ascii_upper(text[at++]);
    }
    return at;
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

/* The first byte lowest, whatever the machine's order; compilers make one load of it. */
static uint64_t load(const char *text)
{
    const unsigned char *b = (const unsigned char *)text;
    uint64_t low = b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24;
    uint64_t high = b[4] | (uint64_t)b[5] << 8 | (uint64_t)b[6] << 16 | (uint64_t)b[7] << 24;

    return low | high << 32;
}

/* High bit set in each byte of `word` within [low, high]; both below 0x80. Bytes from 0x80 are never within. */
static uint64_t within(uint64_t word, uint64_t low, uint64_t high)
{
    uint64_t base = word & LOW_BITS;
    return (base + EVERY_BYTE * (0x80 - low)) & ~(base + EVERY_BYTE * (0x7f - high)) & ~word & HIGH_BITS;
}

/*
 * Which of the first STEP bytes at `text` may begin an IBAN: two letters and two digits follow each other there, or a
 * line end (below 0x10) may stand between them. Eight bytes are read.
 */
static uint64_t possible_starts(const char *text)
{
    uint64_t word = load(text);
    uint64_t digits = within(word, '0', '9');
    uint64_t letters = within(word | EVERY_BYTE * 0x20, 'a', 'z');
    uint64_t starts = letters & letters >> 8 & digits >> 16 & digits >> 24;

    return within(word, 0, 0x0f) ? HIGH_BITS : starts & ((UINT64_C(1) << 8 * STEP) - 1);
}

/* Next start worth reading at or after `i`; `length` when there is none. */
static size_t next_start(const char *text, size_t length, size_t i)
{
    for (; length - i >= sizeof(uint64_t); i += STEP) {
        uint64_t starts = possible_starts(text + i);
        if (!starts)
            continue;
        for (; !(starts & 0x80); starts >>= 8)
            i++;
        return i;
    }
    return i;
}

int mt940_iban_scan_next(const char *text, size_t length, size_t from, struct mt940_iban_found *found)
{
    char canonical[MT940_IBAN_MAX + 2];
    size_t size;

    for (size_t i = from; i < length && (i = next_start(text, length, i)) < length; i++) {
        size = match_at(text, length, i, canonical);
        if (size == 0)
            continue;
        memset(found, 0, sizeof(*found));
        found->offset = i;
        found->length = size;
        memcpy(found->canonical, canonical, strlen(canonical));
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

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
#include "identifier/iban_pass.h"
#include "identifier/iban_scan.h"

/* Of characters that are copied eight at a time, with eight zeros behind them. */
#define ROOM 48

static bool is_line_end(char c)
{
    return c == '\r' || c == '\n';
}

/*
 * Bytes of the blank at `i`, 0 = none: that of ASCII, those of Unicode that do not break or are thin, and what is not
 * seen at all (soft hyphen, blanks without width), all in UTF-8. Texts that went through a word processor have them.
 */
static size_t blank_at(const char *text, size_t length, size_t i)
{
    static const char *const blanks[] = {"\xC2\xA0", "\xC2\xAD", "\xE2\x80\xAF", "\xE2\x81\xA0", "\xEF\xBB\xBF"};

    if (i >= length || !((unsigned char)text[i] & 0x80))
        return i < length && text[i] == ' ';
    for (size_t n = 0; n < sizeof(blanks) / sizeof(blanks[0]); n++)
        if (length - i >= strlen(blanks[n]) && memcmp(text + i, blanks[n], strlen(blanks[n])) == 0)
            return strlen(blanks[n]);
    /* U+2000 to U+200B */
    bool wide = length - i >= 3 && memcmp(text + i, "\xE2\x80", 2) == 0;
    return wide && (unsigned char)text[i + 2] >= 0x80 && (unsigned char)text[i + 2] <= 0x8B ? 3 : 0;
}

/*
 * Where the next character may stand: behind nothing, one blank, or (once) one line end with a blank on either side, or
 * the number of a sub-field that goes on ("?21").
 */
static size_t skip_gap(const char *text, size_t length, size_t i, bool blank_allowed, bool *wrapped)
{
    size_t blank = blank_at(text, length, i);
    size_t next = i + blank;

    if (next < length && is_line_end(text[next]) && !*wrapped) {
        *wrapped = true;
        next += text[next] == '\r' && next + 1 < length && text[next + 1] == '\n' ? 2 : 1;
        return next < length && text[next] == ' ' ? next + 1 : next;
    }
    if (next + 2 < length && text[next] == '?' && mt940_ascii_is_digit(text[next + 1]) &&
        mt940_ascii_is_digit(text[next + 2]) && !*wrapped) {
        *wrapped = true;
        return next + 3 < length && text[next + 3] == ' ' ? next + 4 : next + 3;
    }
    return blank_allowed ? next : i;
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

/* Whether there is a gap [from, to), with a character behind it: none at all is not one, nor are two. */
static bool is_gap(const char *text, size_t length, size_t from, size_t to)
{
    return from < to && to < length && mt940_ascii_is_alnum(text[to]);
}

/* What was read of an IBAN, and where its next character may stand. */
struct reading {
    char canonical[ROOM];
    size_t have;
    size_t at;
    bool wrapped;
};

/* Reads on character by character; false when one is none that the country has there. */
static bool gather(const char *text, size_t length, const struct mt940_registry_row *row, struct reading *out)
{
    while (out->have < row->length && out->at < length) {
        size_t next;
        char c = mt940_ascii_upper(text[out->at]);
        uint32_t width = mt940_character_width(c);
        if (width) {
            if ((width == 1 ? row->letters : row->digits) >> out->have & 1)
                return false;
            out->canonical[out->have++] = c;
            out->at++;
            continue;
        }
        next = skip_gap(text, length, out->at, true, &out->wrapped);
        if (!is_gap(text, length, out->at, next))
            return false;
        out->at = next;
    }
    return out->have == row->length;
}

/* The first four, which hold no blank alone. */
static bool gather_head(const char *text, size_t length, struct reading *out)
{
    while (out->have < MT940_BBAN_OFFSET) {
        if (out->have > 0 && out->at < length && !mt940_ascii_is_alnum(text[out->at]))
            out->at = skip_gap(text, length, out->at, false, &out->wrapped);
        if (out->at >= length || !mt940_ascii_is_alnum(text[out->at]))
            return false;
        out->canonical[out->have++] = mt940_ascii_upper(text[out->at++]);
    }
    return true;
}

/* Letters and digits as capitals and digits, eight at a time: a digit has no bit 0x40. */
static void copy_upper(const char *text, size_t length, char *out)
{
    for (size_t i = 0; i < length; i += 8) {
        uint64_t word;
        memcpy(&word, text + i, sizeof(word));
        word &= ~(word >> 1 & UINT64_C(0x2020202020202020));
        memcpy(out + i, &word, sizeof(word));
    }
}

/*
 * The same run by run, as far as the block of bytes in front tells what they are. Of it and eight bytes more all can be
 * read, be they text or not.
 */
static bool read_runs(mt940_iban_classify_function *classify, const char *text, size_t length,
                      const struct mt940_registry_row *row, struct reading *out)
{
    struct mt940_iban_classes classes;
    uint64_t characters, blanks;
    size_t from;

    classify(text, &classes);
    characters = classes.digits | classes.letters;
    blanks = classes.blanks & characters >> 1; /* with a character behind */
    while ((from = out->at) < MT940_IBAN_BLOCK) {
        uint64_t other = ~characters >> from;
        uint64_t misfit = (row->digits >> out->have & classes.letters >> from) |
                          (row->letters >> out->have & classes.digits >> from);
        size_t run = other ? lowest(other) : MT940_IBAN_BLOCK - from, next;
        run = run < row->length - out->have ? run : row->length - out->have;
        if (run > 0 && misfit << (MT940_IBAN_BLOCK - run))
            return false;
        copy_upper(text + out->at, run, out->canonical + out->have);
        out->have += run;
        out->at += run;
        if (out->have == row->length || from + run == MT940_IBAN_BLOCK)
            break;
        next = out->at + 1;
        if (!(blanks >> (from + run) & 1)) {
            next = skip_gap(text, length, out->at, true, &out->wrapped);
            if (!is_gap(text, length, out->at, next))
                return false;
        }
        out->at = next;
    }
    return true;
}

/* Length of the IBAN that begins at `start`, or 0. */
static size_t match_at(const struct mt940_iban_scanner *scanner, size_t start, struct reading *reading)
{
    const char *text = scanner->text + start;
    size_t length = scanner->length - start;
    const struct mt940_registry_row *row;
    struct mt940_view view = {reading->canonical, 0};
    char room[MT940_IBAN_BLOCK + 8];
    uint8_t reason;

    memset(reading->canonical, 0, sizeof(reading->canonical));
    reading->have = 0;
    reading->at = 0;
    reading->wrapped = false;
    if (!gather_head(text, length, reading))
        return 0;
    row = mt940_registry_find(reading->canonical[0], reading->canonical[1]);
    if (!row || row->kind != MT940_IBAN_OFFICIAL_COUNTRY || !mt940_ascii_is_digit(reading->canonical[2]) ||
        !mt940_ascii_is_digit(reading->canonical[3]))
        return 0;
    /* Near its end the text is read from a place where it goes on in zeros. */
    if (length < sizeof(room)) {
        memset(room, 0, sizeof(room));
        text = memcpy(room, text, length);
    }
    if (!read_runs(scanner->classify, text, length, row, reading) || !gather(text, length, row, reading))
        return 0;
    /* What was copied beyond the last character. */
    memset(reading->canonical + row->length, 0, 8);
    view.length = row->length;
    return scanner->judge(&scanner->batch, &view, 1, &reason) ? reading->at : 0;
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

/* A bit for each of the first MT940_IBAN_STARTS bytes of the block at `base` where an IBAN may begin. */
static uint64_t possible_starts(struct mt940_iban_scanner *scanner, size_t base)
{
    const char *text = scanner->text;
    size_t length = scanner->length;
    char rest[MT940_IBAN_BLOCK] = {0};
    bool whole = length - base >= MT940_IBAN_BLOCK;
    struct mt940_iban_classes classes;
    uint64_t starts, ends;

    if (!whole)
        memcpy(rest, text + base, length - base);
    scanner->classify(whole ? text + base : rest, &classes);
    starts = classes.letters & classes.letters >> 1 & classes.digits >> 2 & classes.digits >> 3;
    /* Lines behind which a letter, a digit or a blank follows. */
    ends = classes.controls & (classes.letters | classes.digits | classes.blanks) >> 1;
    /* In a text of lines no block can be passed over. */
    if (classes.controls)
        scanner->pass = NULL;
    for (; ends; ends &= ends - 1) {
        unsigned at = lowest(ends);
        if (at > 0 && text[base + at] == '\n' && text[base + at - 1] == '\r')
            at--;
        starts |= broken_starts(&classes, text, length, base, at);
    }
    return starts & ((UINT64_C(1) << MT940_IBAN_STARTS) - 1);
}

static bool found_at(const struct mt940_iban_scanner *scanner, size_t start, struct mt940_iban_found *found)
{
    struct reading reading;
    size_t size = match_at(scanner, start, &reading);

    if (size == 0)
        return false;
    found->offset = start;
    found->length = size;
    memcpy(found->canonical, reading.canonical, sizeof(found->canonical));
    return true;
}

void mt940_iban_scan_begin(struct mt940_iban_scanner *scanner, const char *text, size_t length)
{
    scanner->text = text;
    scanner->length = length;
    scanner->next = 0;
    scanner->starts = 0;
    mt940_iban_batch_prepare(&scanner->batch, 0);
    scanner->judge = mt940_iban_batch_way();
    scanner->classify = mt940_iban_classes_way();
    scanner->pass = mt940_iban_pass_way();
}

/* What lies inside the one that was found is not looked at. */
static void pass_over(struct mt940_iban_scanner *scanner, size_t end)
{
    if (end >= scanner->next) {
        scanner->next = end;
        scanner->starts = 0;
    } else {
        scanner->starts &= ~UINT64_C(0) << (end - scanner->base);
    }
}

int mt940_iban_scan_next(struct mt940_iban_scanner *scanner, struct mt940_iban_found *found)
{
    for (;;) {
        for (; scanner->starts; scanner->starts &= scanner->starts - 1) {
            if (!found_at(scanner, scanner->base + lowest(scanner->starts), found))
                continue;
            pass_over(scanner, found->offset + found->length);
            return 1;
        }
        if (scanner->pass && scanner->next < scanner->length)
            scanner->next = scanner->pass(scanner->text, scanner->length, scanner->next);
        if (scanner->next >= scanner->length)
            return 0;
        scanner->base = scanner->next;
        scanner->next += MT940_IBAN_STARTS;
        scanner->starts = possible_starts(scanner, scanner->base);
    }
}

MT940_EXPORT size_t mt940_iban_scan(const char *text, size_t length, struct mt940_iban_found *found, size_t capacity)
{
    struct mt940_iban_scanner scanner;
    struct mt940_iban_found one;
    size_t count = 0;

    mt940_iban_scan_begin(&scanner, text, length);
    while (mt940_iban_scan_next(&scanner, &one)) {
        if (count < capacity)
            found[count] = one;
        count++;
    }
    return count;
}

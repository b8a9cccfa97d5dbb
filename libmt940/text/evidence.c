/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence.c: which character set a bank's file is written in, by the bytes above 7F and their neighbours. Knows bytes
 * and weights; knows no fields and no banks. Rules: turkish-banking §1.7, matching §2.4.
 */
#include "text/evidence.h"

#include <stdbool.h>
#include <string.h>

#include "base/bytes.h"
#include "base/export.h"
#include "text/charset_tables.h"

/* Progress through EF BB BF at the very beginning: 0, 1, 2, then one of these for good. */
enum { MARK_FOUND = MT940_EVIDENCE_MARK_KNOWN, MARK_ABSENT = 4 };

static void observe_mark(struct mt940_charset_evidence *evidence, const unsigned char *bytes, size_t length)
{
    static const unsigned char mark[3] = {0xEF, 0xBB, 0xBF};

    for (size_t i = 0; i < length && evidence->mark_state < MARK_FOUND; i++)
        evidence->mark_state = bytes[i] == mark[evidence->mark_state] ? evidence->mark_state + 1 : MARK_ABSENT;
}

/* utf8_state while a sequence is open: bytes still wanted, and the bounds of the next one. */
static uint32_t utf8_expect(unsigned wanted, unsigned low, unsigned high)
{
    return wanted | low << 8 | high << 16;
}

static uint32_t utf8_begin(unsigned lead)
{
    if (lead >= 0xC2 && lead <= 0xDF)
        return utf8_expect(1, 0x80, 0xBF);
    if (lead >= 0xE0 && lead <= 0xEF)
        return utf8_expect(2, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
    if (lead >= 0xF0 && lead <= 0xF4)
        return utf8_expect(3, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
    return 0;
}

/* Banks cut lines after so many bytes, be it inside a letter: its rest is looked for behind the line end. */
static void observe_utf8(struct mt940_charset_evidence *evidence, unsigned byte)
{
    unsigned wanted = evidence->utf8_state & 0xFF;

    if (wanted > 0 && (byte == '\r' || byte == '\n'))
        return;
    if (wanted > 0 && byte >= (evidence->utf8_state >> 8 & 0xFF) && byte <= evidence->utf8_state >> 16) {
        evidence->utf8_state = wanted > 1 ? utf8_expect(wanted - 1, 0x80, 0xBF) : 0;
        evidence->utf8_sequences += wanted == 1;
        return;
    }
    evidence->utf8_errors += wanted > 0;
    evidence->utf8_state = byte < 0x80 ? 0 : utf8_begin(byte);
    evidence->utf8_errors += byte >= 0x80 && evidence->utf8_state == 0;
}

const unsigned char mt940_letters_sign_of[256] = {
    [0x81] = MT940_LETTERS_MISFIT, [0x8D] = MT940_LETTERS_MISFIT, [0x8E] = MT940_LETTERS_MISFIT,
    [0x8F] = MT940_LETTERS_MISFIT, [0x90] = MT940_LETTERS_MISFIT, [0x9D] = MT940_LETTERS_MISFIT,
    [0x9E] = MT940_LETTERS_MISFIT, [0x83] = MT940_LETTERS_TWICE,  [0x84] = MT940_LETTERS_TWICE,
    [0x85] = MT940_LETTERS_TWICE,  [0x94] = MT940_LETTERS_TWICE,  [0xD5] = MT940_LETTERS_CP857,
    [0xE7] = MT940_LETTERS_CP857,  [0xF2] = MT940_LETTERS_CP857,
};

void mt940_letters_count(struct mt940_letters *letters, struct mt940_charset_evidence *evidence)
{
    size_t at = 0;

    for (; letters->count - at >= 4; at += 4) {
        evidence->letters[letters->list[at] & 0x7F]++;
        evidence->letters[letters->list[at + 1] & 0x7F]++;
        evidence->letters[letters->list[at + 2] & 0x7F]++;
        evidence->letters[letters->list[at + 3] & 0x7F]++;
    }
    for (; at < letters->count; at++)
        evidence->letters[letters->list[at] & 0x7F]++;
    letters->count = 0;
}

static void put_letter(struct mt940_letters *letters, unsigned byte)
{
    letters->list[letters->count++] = (unsigned char)byte;
    letters->signs |= mt940_letters_sign_of[byte & 0xFF];
}

/*
 * A byte counts as a letter only beside one: a euro sign behind a number is 80, and so is the
 * letter C with cedilla of cp857.
 */
static void observe_neighbours(struct mt940_charset_evidence *evidence, struct mt940_letters *letters, unsigned byte)
{
    unsigned before = evidence->previous & 0xFF;
    bool letter_before = before >= 0x80 || mt940_ascii_is_letter((char)before);

    if (evidence->previous & MT940_EVIDENCE_UNDECIDED && (byte >= 0x80 || mt940_ascii_is_letter((char)byte)))
        put_letter(letters, before);
    if (byte >= 0x80 && letter_before)
        put_letter(letters, byte);
    evidence->previous = byte >= 0x80 && !letter_before ? byte | MT940_EVIDENCE_UNDECIDED : byte;
}

static bool is_letter(unsigned byte)
{
    return mt940_ascii_is_letter((char)byte);
}

/* All but the last letter of a text, one letter after the other. */
size_t mt940_usual_plain(struct mt940_charset_evidence *evidence, struct mt940_letters *letters,
                         const unsigned char *data, size_t at, size_t length)
{
    uint64_t single = 0, pairs = 0;
    unsigned before = evidence->previous;
    size_t here = at;

    while (here + 2 < length) {
        unsigned byte = data[here], next = data[here + 1];

        if (byte < 0x80) {
            size_t run = mt940_bytes_ascii_run(data + here, length - here);

            here += run;
            before = data[here - 1];
            continue;
        }
        mt940_letters_make_room(letters, evidence);
        if (byte >= 0xC2 && (next == '\r' || next == '\n')) {
            break;
        } else if (next < 0x80) {
            single++;
            if (is_letter(before) || is_letter(next))
                put_letter(letters, byte);
            before = next;
            here += 2;
        } else if (byte >= 0xC2 && byte <= 0xDF && next <= 0xBF && data[here + 2] < 0x80) {
            pairs++;
            put_letter(letters, byte);
            put_letter(letters, next);
            before = data[here + 2];
            here += 3;
        } else {
            break;
        }
    }
    evidence->high += single + 2 * pairs;
    evidence->utf8_errors += single;
    evidence->utf8_sequences += pairs;
    evidence->previous = before;
    return here;
}

mt940_usual_function *mt940_usual_best(void)
{
#ifdef MT940_USUAL_X86
    if (mt940_usual_has_avx512())
        return mt940_usual_avx512;
    if (mt940_usual_has_avx2())
        return mt940_usual_avx2;
#endif
    return mt940_usual_plain;
}

static void observe_byte(struct mt940_charset_evidence *evidence, struct mt940_letters *letters, unsigned byte)
{
    evidence->high += byte >= 0x80;
    observe_utf8(evidence, byte);
    observe_neighbours(evidence, letters, byte);
}

void mt940_charset_observe_by(mt940_usual_function *usual, struct mt940_charset_evidence *evidence,
                              struct mt940_letters *letters, const void *bytes, size_t length)
{
    const unsigned char *data = bytes;
    size_t at = 0;

    observe_mark(evidence, data, length);
    while (at < length) {
        mt940_letters_make_room(letters, evidence);
        /* With nothing open before it a text is read by its usual letters, else byte by byte until nothing is. */
        if (evidence->utf8_state == 0 && evidence->previous < 0x80)
            at = usual(evidence, letters, data, at, length);
        if (at < length)
            observe_byte(evidence, letters, data[at++]);
    }
}

MT940_EXPORT void mt940_charset_observe(struct mt940_charset_evidence *evidence, const void *bytes, size_t length)
{
    struct mt940_letters letters;

    letters.count = letters.signs = 0;
    mt940_charset_observe_by(mt940_usual_best(), evidence, &letters, bytes, length);
    mt940_letters_count(&letters, evidence);
}

void mt940_charset_forget(struct mt940_charset_evidence *evidence, struct mt940_letters *letters)
{
    letters->count = letters->signs = 0;
    if (evidence->high > 0)
        memset(evidence->letters, 0, sizeof(evidence->letters));
    evidence->high = evidence->utf8_sequences = evidence->utf8_errors = 0;
    evidence->utf8_state = evidence->previous = evidence->mark_state = 0;
}

/* By how many bits the counts are made smaller to have sixteen, which processors multiply many at a time. */
static int bits_too_many(const struct mt940_charset_evidence *evidence)
{
    uint64_t all = 0;
    int bits = 0;

    for (size_t letter = 0; letter < 128; letter++)
        all |= evidence->letters[letter];
    while (all >> bits > INT16_MAX)
        bits++;
    return bits;
}

static bool has_none(const uint64_t four[4])
{
    return (four[0] | four[1] | four[2] | four[3]) == 0;
}

/* What the letters seen are worth in each profile. */
static void add_up(const struct mt940_charset_evidence *evidence, int32_t sums[MT940_CHARSET_PROFILES])
{
    int bits = bits_too_many(evidence);

    memset(sums, 0, MT940_CHARSET_PROFILES * sizeof(sums[0]));
    for (size_t letter = 0; letter < 128; letter++) {
        /* Of most fours a language has none. */
        if (letter % 4 == 0 && has_none(&evidence->letters[letter]))
            letter += 3;
        if (evidence->letters[letter] == 0)
            continue;
        int16_t count = (int16_t)(evidence->letters[letter] >> bits);
        for (size_t i = 0; i < MT940_CHARSET_PROFILES; i++)
            sums[i] += count * mt940_charset_weights[letter][i];
    }
}

/* The verdict where the letters do not matter for it, or DETECT. */
static int32_t early_verdict(const struct mt940_charset_evidence *evidence)
{
    if (evidence->mark_state == MARK_FOUND)
        return MT940_CHARSET_UTF8;
    if (evidence->high == 0)
        return MT940_CHARSET_ASCII;
    /* Turkish text in a single-byte set makes an error of nearly every letter. */
    if (evidence->utf8_sequences > 0 && evidence->utf8_errors <= evidence->utf8_sequences / 8)
        return MT940_CHARSET_UTF8;
    return MT940_CHARSET_DETECT;
}

MT940_EXPORT int32_t mt940_charset_verdict(const struct mt940_charset_evidence *evidence)
{
    int32_t sums[MT940_CHARSET_PROFILES], early = early_verdict(evidence);
    size_t best = 0;

    if (early != MT940_CHARSET_DETECT)
        return early;
    add_up(evidence, sums);
    for (size_t i = 1; i < MT940_CHARSET_PROFILES && mt940_charset_profiles[i]; i++)
        best = sums[i] > sums[best] ? i : best;
    return mt940_charset_profiles[best];
}

int32_t mt940_letters_verdict(struct mt940_letters *letters, struct mt940_charset_evidence *evidence)
{
    if (early_verdict(evidence) == MT940_CHARSET_DETECT)
        mt940_letters_count(letters, evidence);
    return mt940_charset_verdict(evidence);
}

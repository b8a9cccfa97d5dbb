/* SPDX-License-Identifier: Apache-2.0
 *
 * charset.c: which character set a bank's file is written in, and its text as UTF-8. Knows bytes
 * and tables; knows no fields and no banks. Rules: turkish-banking §1.7, matching §2.4.
 */
#include "mt940connect/charset.h"

#include <stdbool.h>
#include <string.h>

#include "base/bytes.h"
#include "base/export.h"
#include "base/view.h"
#include "text/charset_tables.h"
#include "text/evidence.h"
#include "text/sink.h"

struct charset_alias {
    const char *name; /* lower case, without '-', '_' and blanks */
    int32_t charset;
};

static const char *const charset_names[] = {
    [MT940_CHARSET_ASCII] = "ascii",
    [MT940_CHARSET_UTF8] = "utf-8",
    [MT940_CHARSET_WINDOWS_1254] = "windows-1254",
    [MT940_CHARSET_CP857] = "cp857",
    [MT940_CHARSET_WINDOWS_1252] = "windows-1252",
    [MT940_CHARSET_CP850] = "cp850",
    [MT940_CHARSET_CP852] = "cp852",
    [MT940_CHARSET_ISO_8859_2] = "iso-8859-2",
    [MT940_CHARSET_DIN_66003] = "din-66003",
    [MT940_CHARSET_WINDOWS_1250] = "windows-1250",
};

/* ISO-8859-9 and -1 are read as the Windows sets: they differ only where ISO has control bytes. */
static const struct charset_alias charset_aliases[] = {
    {"ascii", MT940_CHARSET_ASCII},
    {"usascii", MT940_CHARSET_ASCII},
    {"iso646us", MT940_CHARSET_ASCII},
    {"utf8", MT940_CHARSET_UTF8},
    {"windows1254", MT940_CHARSET_WINDOWS_1254},
    {"cp1254", MT940_CHARSET_WINDOWS_1254},
    {"1254", MT940_CHARSET_WINDOWS_1254},
    {"iso88599", MT940_CHARSET_WINDOWS_1254},
    {"88599", MT940_CHARSET_WINDOWS_1254},
    {"latin5", MT940_CHARSET_WINDOWS_1254},
    {"l5", MT940_CHARSET_WINDOWS_1254},
    {"turkish", MT940_CHARSET_WINDOWS_1254},
    {"cp857", MT940_CHARSET_CP857},
    {"ibm857", MT940_CHARSET_CP857},
    {"dos857", MT940_CHARSET_CP857},
    {"857", MT940_CHARSET_CP857},
    {"windows1252", MT940_CHARSET_WINDOWS_1252},
    {"cp1252", MT940_CHARSET_WINDOWS_1252},
    {"1252", MT940_CHARSET_WINDOWS_1252},
    {"iso88591", MT940_CHARSET_WINDOWS_1252},
    {"88591", MT940_CHARSET_WINDOWS_1252},
    {"latin1", MT940_CHARSET_WINDOWS_1252},
    {"l1", MT940_CHARSET_WINDOWS_1252},
    {"cp850", MT940_CHARSET_CP850},
    {"ibm850", MT940_CHARSET_CP850},
    {"dos850", MT940_CHARSET_CP850},
    {"850", MT940_CHARSET_CP850},
    {"cp852", MT940_CHARSET_CP852},
    {"ibm852", MT940_CHARSET_CP852},
    {"dos852", MT940_CHARSET_CP852},
    {"852", MT940_CHARSET_CP852},
    {"iso88592", MT940_CHARSET_ISO_8859_2},
    {"88592", MT940_CHARSET_ISO_8859_2},
    {"latin2", MT940_CHARSET_ISO_8859_2},
    {"l2", MT940_CHARSET_ISO_8859_2},
    {"din66003", MT940_CHARSET_DIN_66003},
    {"iso646de", MT940_CHARSET_DIN_66003},
    {"windows1250", MT940_CHARSET_WINDOWS_1250},
    {"cp1250", MT940_CHARSET_WINDOWS_1250},
    {"1250", MT940_CHARSET_WINDOWS_1250},
};

MT940_EXPORT const char *mt940_charset_name(int32_t charset)
{
    const int32_t count = (int32_t)(sizeof(charset_names) / sizeof(charset_names[0]));

    return charset > 0 && charset < count ? charset_names[charset] : NULL;
}

static bool is_alias(struct mt940_view name, const char *alias)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = mt940_ascii_upper(name.data[i]);

        if (c == '-' || c == '_' || mt940_ascii_is_blank(c))
            continue;
        if (!*alias || c != mt940_ascii_upper(*alias))
            return false;
        alias++;
    }
    return !*alias;
}

MT940_EXPORT int32_t mt940_charset_from_name(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof(charset_aliases) / sizeof(charset_aliases[0]); i++)
        if (is_alias(mt940_view_of(name, length), charset_aliases[i].name))
            return charset_aliases[i].charset;
    return 0;
}

/* Length of the ASCII run in front, eight bytes at a time: statements are nearly all ASCII. */
static inline size_t ascii_run(const unsigned char *bytes, size_t length)
{
    size_t at = 0;

    for (; length - at >= 8; at += 8) {
        uint64_t high = mt940_bytes_at(bytes + at) & MT940_BYTES_HIGH;

        if (high) {
            at += mt940_bytes_first(high);
            break;
        }
    }
    while (at < length && bytes[at] < 0x80)
        at++;
    return at;
}

/* Progress through EF BB BF at the very beginning: 0, 1, 2, then one of these for good. */
enum { MARK_FOUND = 3, MARK_ABSENT = 4 };

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

static void observe_utf8(struct mt940_charset_evidence *evidence, unsigned byte)
{
    unsigned wanted = evidence->utf8_state & 0xFF;

    if (wanted > 0 && byte >= (evidence->utf8_state >> 8 & 0xFF) && byte <= evidence->utf8_state >> 16) {
        evidence->utf8_state = wanted > 1 ? utf8_expect(wanted - 1, 0x80, 0xBF) : 0;
        evidence->utf8_sequences += wanted == 1;
        return;
    }
    evidence->utf8_errors += wanted > 0;
    evidence->utf8_state = byte < 0x80 ? 0 : utf8_begin(byte);
    evidence->utf8_errors += byte >= 0x80 && evidence->utf8_state == 0;
}

/* In `previous`: a byte above 7F that has no letter before it; the byte behind it decides. */
#define UNDECIDED 0x100u

/*
 * A byte counts as a letter only beside one: a euro sign behind a number is 80, and so is the
 * letter C with cedilla of cp857.
 */
static void observe_neighbours(struct mt940_charset_evidence *evidence, unsigned byte)
{
    unsigned before = evidence->previous & 0xFF;
    bool letter_before = before >= 0x80 || mt940_ascii_is_letter((char)before);

    if (evidence->previous & UNDECIDED && (byte >= 0x80 || mt940_ascii_is_letter((char)byte)))
        evidence->letters[before - 0x80]++;
    if (byte >= 0x80 && letter_before)
        evidence->letters[byte - 0x80]++;
    evidence->previous = byte >= 0x80 && !letter_before ? byte | UNDECIDED : byte;
}

static bool is_letter(unsigned byte)
{
    return mt940_ascii_is_letter((char)byte);
}

/*
 * The usual letters, all but the last of a text: one byte among ASCII, which is no UTF-8, or two that are, with ASCII
 * behind. Reads on from *at as long as nothing else comes; then *at is where it stands. The text begins before *at, or
 * its first byte has nothing open before it.
 */
static void observe_usual(struct mt940_charset_evidence *evidence, const unsigned char *data, size_t *at, size_t length)
{
    uint64_t single = 0, pairs = 0;
    unsigned before = evidence->previous;
    size_t here = *at;

    while (here + 2 < length) {
        unsigned byte = data[here], next = data[here + 1];

        if (byte < 0x80) {
            size_t run = ascii_run(data + here, length - here);

            here += run;
            before = data[here - 1];
        } else if (next < 0x80) {
            single++;
            evidence->letters[byte - 0x80] += is_letter(before) || is_letter(next);
            before = next;
            here += 2;
        } else if (byte >= 0xC2 && byte <= 0xDF && next <= 0xBF && data[here + 2] < 0x80) {
            pairs++;
            evidence->letters[byte - 0x80]++;
            evidence->letters[next - 0x80]++;
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
    *at = here;
}

static void observe_byte(struct mt940_charset_evidence *evidence, unsigned byte)
{
    evidence->high += byte >= 0x80;
    observe_utf8(evidence, byte);
    observe_neighbours(evidence, byte);
}

MT940_EXPORT void mt940_charset_observe(struct mt940_charset_evidence *evidence, const void *bytes, size_t length)
{
    const unsigned char *data = bytes;
    size_t at = 0;

    observe_mark(evidence, data, length);
    while (at < length) {
        /* With nothing open before it a text is read by its usual letters, else byte by byte until nothing is. */
        if (evidence->utf8_state == 0 && evidence->previous < 0x80)
            observe_usual(evidence, data, &at, length);
        if (at < length)
            observe_byte(evidence, data[at++]);
    }
}

void mt940_charset_observe_ascii(struct mt940_charset_evidence *evidence, struct mt940_view text)
{
    bool calm = evidence->utf8_state == 0 && !(evidence->previous & UNDECIDED) && evidence->mark_state >= MARK_FOUND;

    if (text.length > 0 && calm)
        evidence->previous = (unsigned char)text.data[text.length - 1];
    else
        mt940_charset_observe(evidence, text.data, text.length);
}

void mt940_charset_forget(struct mt940_charset_evidence *evidence)
{
    if (evidence->high > 0)
        memset(evidence->letters, 0, sizeof(evidence->letters));
    evidence->high = evidence->utf8_sequences = evidence->utf8_errors = 0;
    evidence->utf8_state = evidence->previous = evidence->mark_state = 0;
}

/* What the letters seen are worth in each set. */
static void add_up(const struct mt940_charset_evidence *evidence, int64_t sums[MT940_CHARSET_TABLES])
{
    for (size_t i = 0; i < MT940_CHARSET_TABLES; i++)
        sums[i] = 0;
    for (size_t letter = 0; letter < 128; letter++)
        for (size_t i = 0; evidence->letters[letter] > 0 && i < MT940_CHARSET_TABLES; i++)
            sums[i] += (int64_t)evidence->letters[letter] * mt940_charset_tables[i].weights[letter];
}

MT940_EXPORT int32_t mt940_charset_verdict(const struct mt940_charset_evidence *evidence)
{
    int64_t sums[MT940_CHARSET_TABLES];
    size_t best = 0;

    if (evidence->mark_state == MARK_FOUND)
        return MT940_CHARSET_UTF8;
    if (evidence->high == 0)
        return MT940_CHARSET_ASCII;
    /* Turkish text in a single-byte set makes an error of nearly every letter. */
    if (evidence->utf8_sequences > 0 && evidence->utf8_errors <= evidence->utf8_sequences / 8)
        return MT940_CHARSET_UTF8;
    add_up(evidence, sums);
    for (size_t i = 1; i < MT940_CHARSET_TABLES; i++)
        best = sums[i] > sums[best] ? i : best;
    return mt940_charset_tables[best].charset;
}

static const struct mt940_charset_table *find_table(int32_t charset)
{
    for (size_t i = 0; i < MT940_CHARSET_TABLES; i++)
        if (mt940_charset_tables[i].charset == charset)
            return &mt940_charset_tables[i];
    return NULL;
}

static void put_run(struct mt940_sink *sink, const unsigned char *bytes, size_t length)
{
    size_t room = sink->length < sink->capacity ? sink->capacity - sink->length : 0;
    size_t take = length < room ? length : room;

    if (take > 0)
        memcpy(sink->out + sink->length, bytes, take);
    sink->length += length;
}

static void put_replacement(struct mt940_sink *sink, size_t *replaced)
{
    mt940_sink_put_point(sink, MT940_UTF8_REPLACEMENT);
    ++*replaced;
}

static void decode_utf8(struct mt940_sink *sink, const unsigned char *bytes, size_t length, size_t *replaced)
{
    size_t at = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    while (at < length) {
        size_t run = ascii_run(bytes + at, length - at);
        uint32_t point;
        size_t taken;

        put_run(sink, bytes + at, run);
        at += run;
        if (at == length)
            break;
        taken = mt940_utf8_read(bytes + at, length - at, &point);
        if (point == MT940_UTF8_INVALID)
            put_replacement(sink, replaced);
        else
            mt940_sink_put(sink, (const char *)bytes + at, taken);
        at += taken;
    }
}

/* `table` NULL means ASCII: nothing above 7F is defined. */
static void decode_table(struct mt940_sink *sink, const struct mt940_charset_table *table, const unsigned char *bytes,
                         size_t length, size_t *replaced)
{
    size_t at = 0;

    while (at < length) {
        size_t run = ascii_run(bytes + at, length - at);

        put_run(sink, bytes + at, run);
        at += run;
        for (; at < length && bytes[at] >= 0x80; at++) {
            const struct mt940_charset_letter *letter = table ? &table->letters[bytes[at] - 0x80] : NULL;

            if (letter && letter->length)
                mt940_sink_put(sink, letter->utf8, letter->length);
            else
                put_replacement(sink, replaced);
        }
    }
}

static void decode_din_66003(struct mt940_sink *sink, const unsigned char *bytes, size_t length, size_t *replaced)
{
    for (size_t at = 0; at < length; at++) {
        if (bytes[at] < 0x80)
            mt940_sink_put(sink, mt940_charset_din_66003[bytes[at]].utf8, mt940_charset_din_66003[bytes[at]].length);
        else
            put_replacement(sink, replaced);
    }
}

MT940_EXPORT size_t mt940_charset_decode(int32_t charset, const void *bytes, size_t length, char *out, size_t capacity,
                                         size_t *replaced)
{
    struct mt940_sink sink = {out, capacity, 0};
    size_t count = 0;

    if (charset == MT940_CHARSET_DETECT) {
        struct mt940_charset_evidence evidence = {0};

        mt940_charset_observe(&evidence, bytes, length);
        charset = mt940_charset_verdict(&evidence);
    }
    if (charset == MT940_CHARSET_UTF8)
        decode_utf8(&sink, bytes, length, &count);
    else if (charset == MT940_CHARSET_DIN_66003)
        decode_din_66003(&sink, bytes, length, &count);
    else
        decode_table(&sink, find_table(charset), bytes, length, &count);
    if (replaced)
        *replaced = count;
    return sink.length;
}

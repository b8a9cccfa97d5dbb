/* SPDX-License-Identifier: Apache-2.0
 *
 * decode.h: text of a known character set as UTF-8, from one control byte to the next, or over the ends of full lines.
 */
#ifndef MT940_TEXT_DECODE_H
#define MT940_TEXT_DECODE_H

#include <stdbool.h>

#include "mt940connect/charset.h"
#include "text/charset_tables.h"
#include "text/sink.h"

struct mt940_decoder;

/*
 * Decodes the beginning of a text and returns the bytes it read. It may stop anywhere between two characters, at the
 * latest before a byte that cannot be decoded, or a control byte but the line ends that it is told to pass over. One
 * function per kind of processor; with the slow way through the rest, in mt940_decode_line(), all give the same text.
 */
typedef size_t mt940_decode_function(struct mt940_decoder *decoder, const unsigned char *bytes, size_t length,
                                     struct mt940_sink *sink);

struct mt940_decoder {
    int32_t charset;
    const struct mt940_charset_letter *letters; /* of the bytes from 80 on; NULL = by another rule */
    const struct mt940_charset_table *table; /* of which these are, or NULL */
    mt940_decode_function *way;
    size_t replaced; /* by U+FFFD so far */
    /*
     * Where the line begins that is read. If it has `full` characters or more, the way may leave out its end and go on
     * with the next one, which is full with `next_full`; never in front of ":" and "%", at the end of the text, or where
     * the end may cut a letter of UTF-8. SIZE_MAX = lines are nothing to it. With a mark it may pass over the ends of
     * other lines too, and puts the mark there unless the next line begins with a gap.
     */
    const unsigned char *line;
    size_t full, next_full;
    char mark;   /* or NUL */
    bool marked; /* result: the mark was put */
};

/* Ready for the set; what is none is ASCII. */
void mt940_decoder_init(struct mt940_decoder *decoder, int32_t charset);

/* Bytes of the byte order mark in front of a text, or 0. */
size_t mt940_decode_mark(const struct mt940_decoder *decoder, const unsigned char *bytes, size_t length);
/* Goes on at `at`, where the processor's own way stopped, to a control byte or the end. Returns where that is. */
size_t mt940_decode_slowly(struct mt940_decoder *decoder, const unsigned char *bytes, size_t at, size_t length,
                           struct mt940_sink *sink);

/* Plain C for every processor. */
mt940_decode_function mt940_decode_plain;

#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
#define MT940_DECODE_X86 1
mt940_decode_function mt940_decode_avx2;
bool mt940_decode_has_avx2(void);
mt940_decode_function mt940_decode_avx512;
bool mt940_decode_has_avx512(void);
#endif

static inline bool mt940_is_utf8(int32_t charset)
{
    return charset == MT940_CHARSET_UTF8 || charset == MT940_CHARSET_UTF8_TWICE;
}

static inline bool mt940_is_control(unsigned char byte)
{
    return byte < ' ' || byte == 0x7F;
}

/* A blank or the end of an empty line. */
static inline bool mt940_is_gap(unsigned char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Puts the text up to a control byte or the end, and returns its bytes. A byte order mark is a character here. */
static inline size_t mt940_decode_line(struct mt940_decoder *decoder, const unsigned char *bytes, size_t length,
                                       struct mt940_sink *sink)
{
    size_t at = decoder->way(decoder, bytes, length, sink);
    bool ends = at == length || mt940_is_control(bytes[at]);
    return ends ? at : mt940_decode_slowly(decoder, bytes, at, length, sink);
}

#endif

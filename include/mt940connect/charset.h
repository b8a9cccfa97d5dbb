/* SPDX-License-Identifier: Apache-2.0
 *
 * charset.h: character sets of bank files, to UTF-8, by tables of the library's own.
 * Source of the byte tables: the codecs of Python, which follow the mapping files of the Unicode
 * consortium; libmt940/text/gen_charset.py makes libmt940/text/charset_tables.c from them.
 */
#ifndef MT940CONNECT_CHARSET_H
#define MT940CONNECT_CHARSET_H

#include "mt940connect/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum mt940_charset {
    MT940_CHARSET_DETECT = 0, /* as an option: decide by content */
    MT940_CHARSET_ASCII = 1,
    MT940_CHARSET_UTF8 = 2,
    MT940_CHARSET_WINDOWS_1254 = 3, /* superset of ISO-8859-9 letters */
    MT940_CHARSET_CP857 = 4,
    MT940_CHARSET_WINDOWS_1252 = 5,
    MT940_CHARSET_CP850 = 6,
    MT940_CHARSET_CP852 = 7,
    MT940_CHARSET_ISO_8859_2 = 8,
    MT940_CHARSET_DIN_66003 = 9, /* by option only: [ \ ] { | } ~ @ are letters there */
    MT940_CHARSET_WINDOWS_1250 = 10,
    MT940_CHARSET_UTF8_TWICE = 11 /* UTF-8, read as a single-byte set and written as UTF-8 again: "Ã‡" is Ç */
};

/* "windows-1254" …; NULL for no such number. Static. Thread safe. @since 0.1 */
const char *mt940_charset_name(int32_t charset);
/*
 * By name or a usual alias ("cp1254", "ISO_8859-9", "latin5"); ASCII case, '-', '_' and blanks
 * are ignored; 0 = unknown. Thread safe. @since 0.1
 */
int32_t mt940_charset_from_name(const char *name, size_t length);

/*
 * Running evidence about the character set of a stream; feed it text in any pieces. Plain
 * struct, zero it to begin; the fields are counts and private. ASCII costs next to nothing.
 */
struct mt940_charset_evidence {
    uint64_t letters[128];   /* bytes above 7F that stand beside a letter, less 80 */
    uint64_t high;           /* bytes above 7F */
    uint64_t utf8_sequences; /* well-formed ones of two bytes and more */
    uint64_t utf8_errors;
    uint32_t utf8_state;
    uint32_t previous;
    uint32_t mark_state;
    uint32_t reserved;
};

/* Adds a piece of the stream. Never fails. One evidence belongs to one thread. @since 0.1 */
void mt940_charset_observe(struct mt940_charset_evidence *evidence, const void *bytes, size_t length);
/*
 * The verdict so far (never DETECT). Order: byte order mark; no byte above 7F; UTF-8 (all of it
 * well formed, or at most one error in eight sequences, as where a line was cut); else the set
 * in which the letters are most those of one language, and of equals the first of windows-1254, cp857,
 * windows-1252, cp850, windows-1250, iso-8859-2, cp852. Never UTF8_TWICE: that is told from
 * letters, not from counts; readers of statements find it. Thread safe.
 * Source: turkish-banking §1.7, matching §2.4; docs/charset.md. @since 0.1
 */
int32_t mt940_charset_verdict(const struct mt940_charset_evidence *evidence);

/*
 * Decodes bytes to UTF-8. Writes at most `capacity` bytes (no NUL; never half a character) and
 * returns the length the whole needs, at most three times `length`; a result > capacity means it
 * was cut. Bytes the set does not define become U+FFFD and are counted in `*replaced` (may be
 * NULL), in UTF-8 one for each malformed sequence. A byte order mark in front of UTF-8 is
 * dropped. Of UTF8_TWICE those letters are mended that were encoded twice, the others stay. DETECT decides by these bytes alone; an unknown number decodes as ASCII.
 * Thread safe. @since 0.1
 */
size_t mt940_charset_decode(int32_t charset, const void *bytes, size_t length, char *out, size_t capacity,
                            size_t *replaced);

enum mt940_encode_flag {
    MT940_ENCODE_TRANSLITERATE = 1 /* a letter the set lacks loses its marks: ş becomes s, “ becomes " */
};

/*
 * Writes UTF-8 as bytes of a set (not DETECT; UTF8_TWICE is plain UTF-8) to `out`, which has room for `length` bytes: no character becomes longer.
 * MT940_E_FORMAT for a character that the set lacks, or that is no UTF-8: *misfit (may be NULL) is then its offset in
 * `text`, and `out` holds nothing of use. MT940_E_ARGUMENT for unknown sets and flags. Thread safe. @since 0.1
 */
int mt940_charset_encode(int32_t charset, const char *text, size_t length, uint32_t flags, char *out, size_t *written,
                         size_t *misfit);

#ifdef __cplusplus
}
#endif
#endif

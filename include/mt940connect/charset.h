/* SPDX-License-Identifier: Apache-2.0
 *
 * charset.h: character sets of bank files, to UTF-8, by tables of the library's own.
 * Source of the byte tables: Unicode consortium mapping files; libmt940/text/charset_tables.c.
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
    MT940_CHARSET_DIN_66003 = 9 /* by option only: [ \ ] ~ are letters there */
};

/* "windows-1254" …; NULL for no such number. Static. Thread safe. @since 0.1 */
const char *mt940_charset_name(int32_t charset);
/* By name or a usual alias ("cp1254", "iso-8859-9", "latin5"), ASCII case ignored; 0 = unknown. */
int32_t mt940_charset_from_name(const char *name, size_t length);

/*
 * Running evidence about the character set of a stream; feed it text in any pieces. Plain
 * struct, zero it to begin; the fields are counts and private.
 */
struct mt940_charset_evidence {
    uint64_t bytes[256];
    uint32_t utf8_state;
    uint32_t utf8_errors;
    uint32_t utf8_sequences;
    uint32_t has_bom;
};

/* Takes the next bytes of the stream into account. */
void mt940_charset_observe(struct mt940_charset_evidence *evidence, const void *bytes, size_t length);
/*
 * The verdict so far (never DETECT). Order: byte order mark; valid UTF-8 with a letter above
 * 7F; cp857 when its letters stand there and none typical of windows-1254; windows-1254.
 * Source: turkish-banking §1.7.
 */
int32_t mt940_charset_verdict(const struct mt940_charset_evidence *evidence);

/*
 * Decodes bytes to UTF-8. Writes at most `capacity` bytes (no NUL; never half a character) and
 * returns the length the whole needs; a result > capacity means it was cut. Bytes the set does
 * not define become U+FFFD and are counted in `*replaced` (may be NULL).
 */
size_t mt940_charset_decode(int32_t charset, const void *bytes, size_t length, char *out, size_t capacity,
                            size_t *replaced);

#ifdef __cplusplus
}
#endif
#endif

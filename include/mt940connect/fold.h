/* SPDX-License-Identifier: Apache-2.0
 *
 * fold.h: Turkish and Azerbaijani aware keys of names and texts, the same under every locale.
 * Defined by ICU calls (docs/fold.md, matching §2.2), computed from tables made with them and
 * checked against the installed ICU by tests. Two keys and a relation:
 *   L1 "exact": NFC, case folded with I -> ı and İ -> i, blanks squeezed. For identity.
 *   L2 "skeleton": A-Z, 0-9 and blanks only. For finding; never proof of identity.
 * All functions are thread safe and allocate nothing. @since 0.1
 */
#ifndef MT940CONNECT_FOLD_H
#define MT940CONNECT_FOLD_H

#include "mt940connect/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Version of the fold tables: the Unicode version they were generated from, "15.0". Static. */
const char *mt940_fold_table_version(void);

/*
 * Writes the key of UTF-8 `text` to `out` (at most `capacity` bytes, no NUL, no half character)
 * and returns the length the whole key needs. Malformed UTF-8 counts as U+FFFD. Worst case: L1
 * three times the input, L2 four times. Both are idempotent: the key of a key is that key.
 * `*unmapped` (may be NULL) counts code points the tables lack and ICU, if built in, does not
 * know: L1 keeps those as they are, L2 takes them for blanks. More than 30 marks on one letter
 * are taken in pieces.
 */
size_t mt940_fold_exact(const char *text, size_t length, char *out, size_t capacity, size_t *unmapped);
size_t mt940_fold_skeleton(const char *text, size_t length, char *out, size_t capacity, size_t *unmapped);

/* How two names relate; docs/fold.md. */
enum mt940_fold_relation {
    MT940_FOLD_DIFFERENT = 0,       /* skeletons differ, or hold nothing to compare */
    MT940_FOLD_EXACT = 1,           /* letter for letter the same; punctuation aside */
    MT940_FOLD_DEGRADED = 2,        /* one source is plain ASCII and cannot contradict */
    MT940_FOLD_CONFLICT_I = 3,      /* only i and ı differ: often a wrong locale's doing */
    MT940_FOLD_CONFLICT_LETTER = 4  /* another letter differs */
};
/* enum mt940_fold_relation of two UTF-8 names (at most 1,024 bytes of each are looked at). */
int mt940_fold_relate(const char *a, size_t a_length, const char *b, size_t b_length);

#ifdef __cplusplus
}
#endif
#endif

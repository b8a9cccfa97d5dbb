/* SPDX-License-Identifier: Apache-2.0
 *
 * fold.h: Turkish and Azerbaijani aware keys of names and texts, the same under every locale.
 * Defined by ICU (generated tables, checked against the installed ICU by a test); the rules are
 * those of docs/fold.md. Two keys and a relation:
 *   L1 "exact": NFC, case folded with I -> ı and İ -> i, blanks squeezed. For identity.
 *   L2 "skeleton": A-Z, 0-9 and blanks only. For finding; never proof of identity.
 */
#ifndef MT940CONNECT_FOLD_H
#define MT940CONNECT_FOLD_H

#include "mt940connect/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Version of the fold tables: the Unicode version they were generated from, "15.0". */
const char *mt940_fold_table_version(void);

/*
 * Writes the key of UTF-8 `text` to `out` (at most `capacity` bytes, no NUL) and returns the
 * length the whole key needs. Invalid UTF-8 bytes count as U+FFFD. Worst case: L1 three times
 * the input, L2 four times. `*unmapped` (may be NULL) counts code points the table lacks.
 */
size_t mt940_fold_exact(const char *text, size_t length, char *out, size_t capacity, size_t *unmapped);
size_t mt940_fold_skeleton(const char *text, size_t length, char *out, size_t capacity, size_t *unmapped);

/* How two names with equal skeletons relate; docs/fold.md. */
enum mt940_fold_relation {
    MT940_FOLD_DIFFERENT = 0,       /* skeletons differ */
    MT940_FOLD_EXACT = 1,
    MT940_FOLD_DEGRADED = 2,        /* one source is plain ASCII and cannot contradict */
    MT940_FOLD_CONFLICT_I = 3,      /* only i and ı differ */
    MT940_FOLD_CONFLICT_LETTER = 4  /* another letter differs */
};
/* Relation of two UTF-8 names (at most 1,024 bytes each are looked at). */
int mt940_fold_relate(const char *a, size_t a_length, const char *b, size_t b_length);

#ifdef __cplusplus
}
#endif
#endif

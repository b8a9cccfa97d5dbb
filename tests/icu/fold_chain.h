/* SPDX-License-Identifier: Apache-2.0
 *
 * fold_chain.h: the two keys of fold.h as plain ICU calls, with no table of ours. This is their
 * definition (docs/fold.md): gen_fold.c makes the tables from it, tests and a fuzz target compare.
 */
#ifndef MT940_TESTS_FOLD_CHAIN_H
#define MT940_TESTS_FOLD_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Both return the length of the key, which the caller frees, or stop the program: tests only. */
size_t fold_chain_exact(const char *text, size_t length, char **key);
size_t fold_chain_skeleton(const char *text, size_t length, char **key);

/*
 * The skeleton of one code point before blanks are squeezed: at most 32 bytes of [A-Z0-9 ].
 * Returns the length.
 */
size_t fold_chain_skeleton_of(uint32_t point, char out[32]);
/* L1 of one code point as code points, blanks as U+0020; returns how many. */
size_t fold_chain_exact_of(uint32_t point, uint32_t out[8]);

/* Conjoining Hangul letters compose by arithmetic; the tables leave them to ICU. */
bool fold_chain_is_jamo(uint32_t point);
/* As the classes of text/fold_tables.h. */
uint32_t fold_chain_class_of(uint32_t point);
/* Letters, digits and marks of any script. */
bool fold_chain_is_of_word(uint32_t point);

/* The canonical mapping of a code point: how many parts it has, 0 for none. */
int fold_chain_pair_of(uint32_t point, uint32_t pair[2]);
/* Whether it is made, in NFC, of two code points that both are in the tables; which goes to `pair`. */
bool fold_chain_composes(uint32_t point, uint32_t pair[2]);

#endif

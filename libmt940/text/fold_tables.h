/* SPDX-License-Identifier: Apache-2.0
 *
 * fold_tables.h: the shape of the generated fold tables (tests/icu/gen_fold.c). They cover every
 * code point below MT940_FOLD_END but the conjoining Hangul letters.
 */
#ifndef MT940_TEXT_FOLD_TABLES_H
#define MT940_TEXT_FOLD_TABLES_H

#include <stddef.h>
#include <stdint.h>

#define MT940_FOLD_END 0x2100
#define MT940_FOLD_BLOCK 64

/* Class of a code point: its combining class (0 = begins a character and stays as it is), or: */
#define MT940_FOLD_LACKING 253  /* not in the table */
#define MT940_FOLD_UNSTABLE 254 /* class 0, but NFC changes it */
#define MT940_FOLD_JOINS 255    /* class 0, but may join what stands before it */
extern const uint8_t mt940_fold_class_index[];
extern const uint8_t mt940_fold_class_blocks[][MT940_FOLD_BLOCK];

/* L1: what to add (modulo 10000 hex) to get the folded code point, or PRIVATE + a sequence's place. */
#define MT940_FOLD_PRIVATE 0xE000
#define MT940_FOLD_SEQUENCES 128
#define MT940_FOLD_SEQUENCE 3 /* code points, ended by 0 where fewer */
extern const uint8_t mt940_fold_exact_index[];
extern const uint16_t mt940_fold_exact_blocks[][MT940_FOLD_BLOCK];
extern const char mt940_fold_ascii_exact[128][2]; /* UTF-8; the second byte 0 where there is one */
extern const uint16_t mt940_fold_sequences[MT940_FOLD_SEQUENCES][MT940_FOLD_SEQUENCE];

/* L2: up to three bytes of [A-Z0-9 ], the first lowest; their number; whether part of a word. */
#define MT940_FOLD_TEXT 0x00FFFFFFu
#define MT940_FOLD_LENGTH_SHIFT 24
#define MT940_FOLD_WORD 0x80000000u /* letter, digit or mark of any script */
extern const uint8_t mt940_fold_skeleton_index[];
extern const char mt940_fold_ascii_skeleton[128]; /* 0: nothing */
extern const uint32_t mt940_fold_skeleton_blocks[][MT940_FOLD_BLOCK];

/*
 * L2 of plain letters by their bytes: what a byte is that begins a character, then behind each lead byte from
 * MT940_FOLD_LEAD on: a letter or digit; LEADS for such a lead byte itself; 0 for all that is not one letter.
 */
#define MT940_FOLD_PLACES 4
#define MT940_FOLD_LEAD 0xC3
#define MT940_FOLD_LEADS 1
extern const uint8_t mt940_fold_plain[256][MT940_FOLD_PLACES];

/* Canonical mappings, sorted by `composed` in the one and by (first, second) in the other. */
struct mt940_fold_pair {
    uint16_t first;
    uint16_t second; /* 0: a mapping to one code point */
    uint16_t composed;
};
extern const struct mt940_fold_pair mt940_fold_decompositions[];
extern const size_t mt940_fold_decomposition_count;
extern const struct mt940_fold_pair mt940_fold_compositions[];
extern const size_t mt940_fold_composition_count;

/* Skeletons from MT940_FOLD_END on that no decomposition tells. Sorted. */
struct mt940_fold_letter {
    uint32_t point;
    uint32_t skeleton;
};
extern const struct mt940_fold_letter mt940_fold_letters[];
extern const size_t mt940_fold_letter_count;

extern const char mt940_fold_unicode[];

/* The look-ups; `point` is below MT940_FOLD_END. */
static inline unsigned mt940_fold_class(uint32_t point)
{
    return mt940_fold_class_blocks[mt940_fold_class_index[point / MT940_FOLD_BLOCK]][point % MT940_FOLD_BLOCK];
}

/* The folded code point, or PRIVATE + the place of a sequence. */
static inline uint32_t mt940_fold_point(uint32_t point)
{
    const uint16_t *deltas = mt940_fold_exact_blocks[mt940_fold_exact_index[point / MT940_FOLD_BLOCK]];

    return (point + deltas[point % MT940_FOLD_BLOCK]) & 0xFFFF;
}

static inline uint32_t mt940_fold_letters_of(uint32_t point)
{
    return mt940_fold_skeleton_blocks[mt940_fold_skeleton_index[point / MT940_FOLD_BLOCK]][point % MT940_FOLD_BLOCK];
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_alphabets.h: what stands for a character's value in national sums, by enum mt940_national_alphabet and column
 * (plain, doubled), on a boundary that vector loads like. Values end at 35; the rest fills the vectors.
 */
#ifndef MT940_IDENTIFIER_IBAN_ALPHABETS_H
#define MT940_IDENTIFIER_IBAN_ALPHABETS_H

#include <stdint.h>

static _Alignas(64) const uint8_t mt940_iban_alphabets[4][2][64] = {
    {{0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17,
      18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35},
     {0}},
    {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8, 9}, {0}},
    {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {0, 2, 4, 6, 8, 1, 3, 5, 7, 9}},
    {{0, 1, 2,  3,  4,  5,  6,  7,  8,  9,  0,  1,  2,  3,  4,  5,  6,  7,
      8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25},
     {1,  0, 5, 7,  9,  13, 15, 17, 19, 21, 1,  0,  5,  7,  9,  13, 15, 17,
      19, 21, 2, 4, 18, 20, 11, 3,  6,  8,  12, 14, 16, 10, 22, 25, 24, 23}},
};

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_powers.h: 10^0 to 10^63 mod 97, on a boundary that vector loads like.
 */
#ifndef MT940_IDENTIFIER_IBAN_POWERS_H
#define MT940_IDENTIFIER_IBAN_POWERS_H

#include <stdint.h>

static _Alignas(64) const uint8_t mt940_iban_powers[64] = {
    1,  10, 3,  30, 9,  90, 27, 76, 81, 34, 49, 5,  50, 15, 53, 45, 62, 38, 89, 17, 73, 51,
    25, 56, 75, 71, 31, 19, 93, 57, 85, 74, 61, 28, 86, 84, 64, 58, 95, 77, 91, 37, 79, 14,
    43, 42, 32, 29, 96, 87, 94, 67, 88, 7,  70, 21, 16, 63, 48, 92, 47, 82, 44, 52};

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * dealers.h: a small directory that has a bit of everything, its image, and every question that
 * can be asked of it: for tests that damage the image.
 */
#ifndef DEALERS_H
#define DEALERS_H

#include "match/directory_image.h"
#include "match/match.h"
#include "mt940connect/iban.h"

enum { DEALERS = 60 };

/* Adds the records from `first` on, `step` apart and around: the same directory for every order. NULL = no memory. */
struct mt940_directory *dealers_build(size_t first, size_t step);
/* Asks for customers by everything that is known of them and by names only alike; the sum of what was found. */
size_t dealers_ask(const struct mt940_directory *directory, struct mt940_match_scratch *scratch);
/* Lays changes over the directory and asks again. */
size_t dealers_ask_changed(const struct mt940_directory *directory, struct mt940_match_scratch *scratch);
/* Puts the checksums right again, so that what lies behind them is reached. */
void dealers_sign(unsigned char *image, size_t length);

#endif

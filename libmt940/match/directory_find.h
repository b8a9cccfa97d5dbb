/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_find.h: what is said of a customer who was found.
 */
#ifndef MT940_MATCH_DIRECTORY_FIND_H
#define MT940_MATCH_DIRECTORY_FIND_H

#include "mt940connect/directory.h"

/* Fills a hit for a customer, of no bank record. */
void mt940_directory_fill_hit(const struct mt940_directory *directory, uint32_t customer,
                              struct mt940_directory_hit *out);

#endif

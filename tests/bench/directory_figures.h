/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_figures.h: figures of a directory of generated customers, printed.
 */
#ifndef DIRECTORY_FIGURES_H
#define DIRECTORY_FIGURES_H

#include "match/match.h"
#include "match_generator.h"

/* Written to a file that is in memory, mapped, opened, asked. */
void directory_figures_image(const struct mt940_directory *directory, const struct match_generator *generator,
                             uint32_t customers);
/* Many IBANs at once. */
void directory_figures_batch(const struct mt940_directory *directory, const struct match_generator *generator,
                             uint32_t customers);

#endif

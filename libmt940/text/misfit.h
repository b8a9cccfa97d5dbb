/* SPDX-License-Identifier: Apache-2.0
 *
 * misfit.h: bytes that are no text in the set they are read in.
 */
#ifndef MT940_TEXT_MISFIT_H
#define MT940_TEXT_MISFIT_H

#include "base/view.h"

#include <stdint.h>

/* How many such bytes `text` has; *first is where the first one stands. Letters that were cut are whole. */
size_t mt940_misfit_count(struct mt940_view text, int32_t charset, size_t *first);

/* How many letters of UTF-8 the numbered sub-fields of a narrative cut; *errors what they were counted as. */
size_t mt940_misfit_parted(struct mt940_view text, uint64_t *errors);

#endif

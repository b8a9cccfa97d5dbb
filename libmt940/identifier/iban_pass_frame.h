/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_pass_frame.h: the order of the blocks, for all processors. A file that includes it has defined before:
 *
 *   PASS_TARGET              attribute of its functions
 *   may_begin(block, seen)   whether an IBAN may begin in a block, or a line ends there, its first `seen` bytes aside
 *
 * It must not know how that is told.
 */
#ifndef MT940_IDENTIFIER_IBAN_PASS_FRAME_H
#define MT940_IDENTIFIER_IBAN_PASS_FRAME_H

#include "identifier/iban_pass.h"

PASS_TARGET static inline size_t pass(const char *text, size_t length, size_t from)
{
    for (; from < length && length - from >= MT940_IBAN_BLOCK; from += MT940_IBAN_STARTS)
        if (may_begin(text + from, 0))
            return from;
    if (from >= length || length < MT940_IBAN_BLOCK)
        return from;
    /* The block that ends with the text. */
    size_t seen = MT940_IBAN_BLOCK - (length - from);
    return may_begin(text + length - MT940_IBAN_BLOCK, seen) ? from : length;
}

#endif

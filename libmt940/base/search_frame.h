/* SPDX-License-Identifier: Apache-2.0
 *
 * search_frame.h: the order of a search's blocks, for all processors. A file that includes it has defined before:
 *
 *   SEARCH_TARGET                            attribute of its functions
 *   search_block(search, block, carried)     a bit for each byte of the block that is looked for, the first lowest;
 *                                            `carried` stands in front of it, NUL = nothing
 *
 * It must not know how that is done.
 */
#ifndef MT940_BASE_SEARCH_FRAME_H
#define MT940_BASE_SEARCH_FRAME_H

#include "base/search.h"

/* The last bytes of the text, fewer than a block. */
SEARCH_TARGET static inline uint64_t search_rest(const struct mt940_search *search, size_t left, char carried)
{
    char rest[MT940_SEARCH_BLOCK] = {0};
    const char *end = search->text.data + search->text.length;
    /* The block that ends there, less what was looked at before. */
    if (search->text.length >= MT940_SEARCH_BLOCK)
        return search_block(search, end - MT940_SEARCH_BLOCK, '\0') >> (MT940_SEARCH_BLOCK - left);
    /* Behind the text stands what nobody looks for. */
    memcpy(rest, end - left, left);
    return search_block(search, rest, carried);
}

SEARCH_TARGET static inline void search_fill(struct mt940_search *search)
{
    const char *text = search->text.data;
    const size_t length = search->text.length;
    size_t at = search->next, count = 0;
    char carried = at > 0 ? text[at - 1] : '\0';

    for (; count < MT940_SEARCH_WINDOW && length - at >= MT940_SEARCH_BLOCK; at += MT940_SEARCH_BLOCK) {
        search->window[count++] = search_block(search, text + at, carried);
        carried = text[at + MT940_SEARCH_BLOCK - 1];
    }
    if (count < MT940_SEARCH_WINDOW && at < length)
        search->window[count++] = search_rest(search, length - at, carried);
    search->passed = 0;
    search->filled = count;
}

#endif

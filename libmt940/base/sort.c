/* SPDX-License-Identifier: Apache-2.0
 *
 * sort.c: bottom-up merge sort of element numbers. Knows nothing of the elements.
 */
#include "base/sort.h"

#include <string.h>

/* Merges two neighbouring runs of `from` into `to`; equal elements keep their order. */
static void merge(const uint32_t *from, uint32_t *to, size_t left, size_t middle, size_t right,
                  mt940_sort_compare compare, const void *context)
{
    size_t a = left, b = middle;

    for (size_t at = left; at < right; at++) {
        if (b >= right || (a < middle && compare(context, from[a], from[b]) <= 0))
            to[at] = from[a++];
        else
            to[at] = from[b++];
    }
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

void mt940_sort(uint32_t *items, uint32_t *scratch, size_t count, mt940_sort_compare compare, const void *context)
{
    uint32_t *from = items, *to = scratch;

    for (size_t width = 1; width < count; width *= 2) {
        uint32_t *swap = from;

        for (size_t left = 0; left < count; left += 2 * width)
            merge(from, to, left, smaller(left + width, count), smaller(left + 2 * width, count), compare, context);
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, count * sizeof(*items));
}

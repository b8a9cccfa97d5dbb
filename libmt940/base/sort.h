/* SPDX-License-Identifier: Apache-2.0
 *
 * sort.h: sorting without the C library, whose qsort need not be stable, bounded or the same
 * everywhere.
 */
#ifndef MT940_BASE_SORT_H
#define MT940_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Negative, 0 or positive as element `a` comes before, with or after element `b`. */
typedef int (*mt940_sort_compare)(const void *context, uint32_t a, uint32_t b);

/*
 * Sorts `items`, which are numbers of elements, by merging: stable, n log n comparisons, no
 * recursion. `scratch` has room for `count` more.
 */
void mt940_sort(uint32_t *items, uint32_t *scratch, size_t count, mt940_sort_compare compare, const void *context);

#endif

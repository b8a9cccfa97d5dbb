/* SPDX-License-Identifier: Apache-2.0
 *
 * radix.h: sorting numbers with a payload in linear time; for indexes of millions of keys.
 */
#ifndef MT940_BASE_RADIX_H
#define MT940_BASE_RADIX_H

#include <stddef.h>
#include <stdint.h>

struct mt940_radix_entry {
    uint64_t key;
    uint32_t value;
    uint32_t more;
};

/*
 * Sorts by key, stable: equal keys keep their order. `scratch` has room for `count` more. Bytes
 * that all keys share cost one pass for all of them together.
 */
void mt940_radix_sort(struct mt940_radix_entry *entries, struct mt940_radix_entry *scratch, size_t count);
/*
 * The same for keys that are hashes: by bits 8 to 31 first, then by the whole key. Equal keys come together, in their
 * order, and three passes do what eight would.
 */
void mt940_radix_sort_hashes(struct mt940_radix_entry *entries, struct mt940_radix_entry *scratch, size_t count);

#endif

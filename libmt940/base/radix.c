/* SPDX-License-Identifier: Apache-2.0
 *
 * radix.c: least significant byte first. Knows numbers only.
 */
#include "base/radix.h"

#include <string.h>

#define BYTES 8
#define VALUES 256

static void count_bytes(const struct mt940_radix_entry *entries, size_t count, size_t counts[BYTES][VALUES])
{
    memset(counts, 0, sizeof(counts[0]) * BYTES);
    for (size_t i = 0; i < count; i++)
        for (unsigned byte = 0; byte < BYTES; byte++)
            counts[byte][entries[i].key >> 8 * byte & 0xFF]++;
}

void mt940_radix_sort(struct mt940_radix_entry *entries, struct mt940_radix_entry *scratch, size_t count)
{
    size_t counts[BYTES][VALUES];
    struct mt940_radix_entry *from = entries, *to = scratch;

    if (count < 2)
        return;
    count_bytes(entries, count, counts);
    for (unsigned byte = 0; byte < BYTES; byte++) {
        size_t sum = 0, next[VALUES];
        struct mt940_radix_entry *swap = from;

        if (counts[byte][entries[0].key >> 8 * byte & 0xFF] == count)
            continue;
        for (unsigned value = 0; value < VALUES; value++) {
            next[value] = sum;
            sum += counts[byte][value];
        }
        for (size_t i = 0; i < count; i++)
            to[next[from[i].key >> 8 * byte & 0xFF]++] = from[i];
        from = to;
        to = swap;
    }
    if (from != entries)
        memcpy(entries, from, count * sizeof(*entries));
}

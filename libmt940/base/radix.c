/* SPDX-License-Identifier: Apache-2.0
 *
 * radix.c: least significant byte first. Knows numbers only.
 */
#include "base/radix.h"

#include <stdbool.h>
#include <string.h>

#define BYTES 8
#define VALUES 256

static void count_bytes(const struct mt940_radix_entry *entries, size_t count, unsigned first, unsigned last,
                        size_t counts[BYTES][VALUES])
{
    memset(counts, 0, sizeof(counts[0]) * BYTES);
    for (size_t i = 0; i < count; i++)
        for (unsigned byte = first; byte <= last; byte++)
            counts[byte][entries[i].key >> 8 * byte & 0xFF]++;
}

/* One pass: brings the entries into the order of a byte. */
static void scatter(const struct mt940_radix_entry *from, struct mt940_radix_entry *to, size_t count, unsigned byte,
                    const size_t counts[VALUES])
{
    size_t sum = 0, next[VALUES];

    for (unsigned value = 0; value < VALUES; value++) {
        next[value] = sum;
        sum += counts[value];
    }
    for (size_t i = 0; i < count; i++)
        to[next[from[i].key >> 8 * byte & 0xFF]++] = from[i];
}

/* Sorts by the bytes first..last; the result is in `entries`. */
static void sort_bytes(struct mt940_radix_entry *entries, struct mt940_radix_entry *scratch, size_t count,
                       unsigned first, unsigned last)
{
    size_t counts[BYTES][VALUES];
    struct mt940_radix_entry *from = entries, *to = scratch;

    if (count < 2)
        return;
    count_bytes(entries, count, first, last, counts);
    for (unsigned byte = first; byte <= last; byte++) {
        struct mt940_radix_entry *swap = from;

        if (counts[byte][entries[0].key >> 8 * byte & 0xFF] == count)
            continue;
        scatter(from, to, count, byte, counts[byte]);
        from = to;
        to = swap;
    }
    if (from != entries)
        memcpy(entries, from, count * sizeof(*entries));
}

void mt940_radix_sort(struct mt940_radix_entry *entries, struct mt940_radix_entry *scratch, size_t count)
{
    sort_bytes(entries, scratch, count, 0, BYTES - 1);
}

/* The bits that the first passes sort by. */
#define FIRST_BITS UINT64_C(0xFFFFFF00)
/* More entries than this are not inserted one by one. */
#define INSERTED_MOST 32

static void sort_group(struct mt940_radix_entry *entries, struct mt940_radix_entry *scratch, size_t count)
{
    if (count > INSERTED_MOST) {
        mt940_radix_sort(entries, scratch, count);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        struct mt940_radix_entry entry = entries[i];
        size_t at = i;

        for (; at > 0 && entries[at - 1].key > entry.key; at--)
            entries[at] = entries[at - 1];
        entries[at] = entry;
    }
}

void mt940_radix_sort_hashes(struct mt940_radix_entry *entries, struct mt940_radix_entry *scratch, size_t count)
{
    sort_bytes(entries, scratch, count, 1, 3);
    for (size_t from = 0, to; from < count; from = to) {
        bool same = true;

        for (to = from + 1; to < count && ((entries[to].key ^ entries[from].key) & FIRST_BITS) == 0; to++)
            same = same && entries[to].key == entries[from].key;
        if (!same)
            sort_group(entries + from, scratch + from, to - from);
    }
}

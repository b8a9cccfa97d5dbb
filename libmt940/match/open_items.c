/* SPDX-License-Identifier: Apache-2.0
 *
 * open_items.c: which open rows add up to an amount. Knows sums, not what is done about them.
 */
#include "mt940connect/open_items.h"

#include "base/export.h"
#include "base/failure.h"
#include "base/radix.h"
#include "base/view.h"

/* Half of the rows of a set: 2^12 sums a side. */
#define HALF (MT940_OPEN_ITEMS_SET_MOST / 2)
#define SUMS ((size_t)1 << HALF)

/* An open row: what is open of it, and its number. */
struct item {
    int64_t open;
    uint32_t row;
    uint32_t reserved;
};

_Static_assert(sizeof(struct item) == 16 && sizeof(struct mt940_radix_entry) == 16, "sizes of MT940_OPEN_ITEMS_ROOM");

struct search {
    const struct mt940_payment *rows;
    struct item *items; /* by due date */
    uint32_t count;
    int64_t amount;
    uint32_t *chosen;
    size_t capacity;
    struct mt940_open_items *out;
};

MT940_EXPORT const char *mt940_open_items_fit_name(int32_t fit)
{
    static const char *const names[] = {"none", "one", "all", "oldest", "set"};

    return fit >= 0 && fit < (int32_t)(sizeof(names) / sizeof(names[0])) ? names[fit] : NULL;
}

static uint64_t due_of(const struct mt940_payment *row)
{
    return (uint64_t)(uint32_t)row->due_date.year << 16 | (uint64_t)(uint32_t)row->due_date.month << 8 |
           (uint64_t)(uint32_t)row->due_date.day;
}

/* Open rows of the currency by due date. Credits and rows that break |paid| <= |amount| are left out. */
static void collect(struct search *search, size_t row_count, const struct mt940_view *currency,
                    struct mt940_radix_entry *entries, struct mt940_radix_entry *scratch)
{
    for (size_t i = 0; i < row_count; i++) {
        const struct mt940_payment *row = &search->rows[i];

        if (row->state != MT940_DOCUMENT_STATE_ACTIVE || row->paid < 0 || row->amount <= row->paid ||
            (currency->length > 0 && !mt940_view_equal(&row->currency, currency)))
            continue;
        entries[search->count].key = due_of(row);
        entries[search->count++].value = (uint32_t)i;
    }
    mt940_radix_sort(entries, scratch, search->count);
    /* An item takes the place of its entry: both have the size of the other. */
    for (uint32_t i = 0; i < search->count; i++) {
        uint32_t row = entries[i].value;

        search->items[i].row = row;
        search->items[i].open = search->rows[row].amount - search->rows[row].paid;
    }
}

static void choose(struct search *search, uint32_t item)
{
    if (search->out->count < search->capacity)
        search->chosen[search->out->count] = search->items[item].row;
    search->out->count++;
}

static bool find_one(struct search *search)
{
    uint32_t solutions = 0;

    for (uint32_t i = 0; i < search->count; i++)
        if (search->items[i].open == search->amount && solutions++ == 0)
            choose(search, i);
    if (solutions == 0)
        return false;
    search->out->fit = MT940_OPEN_ITEMS_ONE;
    search->out->solutions = solutions;
    return true;
}

/* The sum of the oldest rows, of all of them in the end. */
static bool find_oldest(struct search *search)
{
    int64_t left = search->amount;
    uint32_t count = 0;

    while (count < search->count && search->items[count].open <= left)
        left -= search->items[count++].open;
    if (left != 0 || count == 0)
        return false;
    for (uint32_t i = 0; i < count; i++)
        choose(search, i);
    search->out->fit = count == search->count ? MT940_OPEN_ITEMS_ALL : MT940_OPEN_ITEMS_OLDEST;
    search->out->solutions = 1;
    return true;
}

/* All sums of items from..to that do not pass the amount; the payload says which items. */
static size_t list_sums(const struct search *search, uint32_t from, uint32_t to, struct mt940_radix_entry *sums)
{
    size_t count = 1;

    sums[0].key = 0;
    sums[0].value = 0;
    for (uint32_t i = from; i < to; i++)
        for (size_t k = count; k-- > 0;) {
            int64_t sum = (int64_t)sums[k].key;

            if (search->items[i].open > search->amount - sum)
                continue;
            sums[count].key = (uint64_t)(sum + search->items[i].open);
            sums[count++].value = sums[k].value | UINT32_C(1) << (i - from);
        }
    return count;
}

/* Pairs of a sum of either side that make the amount; two are enough to know that there is more than one. */
static uint32_t count_pairs(const struct search *search, const struct mt940_radix_entry *left, size_t left_count,
                            const struct mt940_radix_entry *right, size_t right_count, uint32_t found[2])
{
    uint32_t solutions = 0;
    size_t high = right_count;

    for (size_t low = 0; low < left_count && solutions < 2; low++) {
        uint64_t wanted = (uint64_t)search->amount - left[low].key;

        while (high > 0 && right[high - 1].key > wanted)
            high--;
        for (size_t at = high; at > 0 && right[at - 1].key == wanted && solutions < 2; at--) {
            found[0] = left[low].value;
            found[1] = right[at - 1].value;
            solutions++;
        }
    }
    return solutions;
}

static void find_set(struct search *search, struct mt940_radix_entry *sums)
{
    uint32_t middle = search->count / 2, found[2] = {0, 0}, solutions;
    struct mt940_radix_entry *left = sums, *right = sums + SUMS;
    size_t left_count, right_count;

    if (search->count > MT940_OPEN_ITEMS_SET_MOST)
        return;
    left_count = list_sums(search, 0, middle, left);
    right_count = list_sums(search, middle, search->count, right);
    mt940_radix_sort(left, sums + 2 * SUMS, left_count);
    mt940_radix_sort(right, sums + 2 * SUMS, right_count);
    solutions = count_pairs(search, left, left_count, right, right_count, found);
    if (solutions == 0)
        return;
    search->out->fit = MT940_OPEN_ITEMS_SET;
    search->out->solutions = solutions;
    for (uint32_t i = 0; i < search->count && solutions == 1; i++)
        if (i < middle ? found[0] >> i & 1 : found[1] >> (i - middle) & 1)
            choose(search, i);
}

MT940_EXPORT int mt940_open_items_find(const struct mt940_payment *rows, size_t row_count, int64_t amount,
                                       const struct mt940_view *currency, void *room, size_t room_size,
                                       uint32_t *chosen, size_t capacity, struct mt940_open_items *out)
{
    struct search search = {.rows = rows, .items = room, .amount = amount, .chosen = chosen, .capacity = capacity};

    if ((row_count > 0 && !rows) || !currency || !room || amount <= 0 || !out || out->size < sizeof(*out) ||
        (capacity > 0 && !chosen) || row_count > UINT32_MAX / 64 || room_size < MT940_OPEN_ITEMS_ROOM(row_count))
        return MT940_E_ARGUMENT;
    memset(out, 0, sizeof(*out));
    out->size = sizeof(*out);
    search.out = out;
    collect(&search, row_count, currency, room, (struct mt940_radix_entry *)room + row_count);
    out->open = search.count;
    if (!find_one(&search) && !find_oldest(&search))
        find_set(&search, (struct mt940_radix_entry *)room + row_count);
    return MT940_OK;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * Open items: the rows that add up to an amount, against every subset there is. Four bytes a row (amount, paid part, due
 * day, and what keeps it out); the last four bytes are the amount, or say which rows it is the sum of.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mt940connect/open_items.h"
#include "mt940connect/status.h"

/* Rows of an input; among so many open ones every subset is tried. */
enum { rows_most = 40, tried_most = 12, row_bytes = 4, ask_bytes = 4 };

struct question {
    struct mt940_payment rows[rows_most];
    size_t count;
    int64_t amount;
    struct mt940_view currency;
};

/* Open rows as a person would list them: by due date, those of one day as given. */
struct open_rows {
    uint32_t row[rows_most];
    int64_t open[rows_most];
    size_t count;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int good)
{
    if (!good)
        abort();
}

static void read_row(const uint8_t *bytes, int64_t unit, struct mt940_payment *row)
{
    memset(row, 0, sizeof(*row));
    row->amount = (bytes[0] - 16) * unit; /* a few are credits */
    row->paid = bytes[1] < 128 ? 0 : (bytes[1] - 130) * unit;
    row->due_date.year = 2026;
    row->due_date.month = 1 + bytes[2] % 2;
    row->due_date.day = 1 + bytes[2] / 2 % 4;
    row->state = bytes[3] % 16 == 1 ? MT940_DOCUMENT_STATE_CANCELLED : MT940_DOCUMENT_STATE_ACTIVE;
    row->currency = bytes[3] % 16 == 2 ? (struct mt940_view){"USD", 3} : (struct mt940_view){"TRY", 3};
}

static bool is_open(const struct question *question, const struct mt940_payment *row)
{
    return row->state == MT940_DOCUMENT_STATE_ACTIVE && row->paid >= 0 && row->paid < row->amount &&
           (question->currency.length == 0 || memcmp(row->currency.data, question->currency.data, 3) == 0);
}

/* The amount: the sum of the rows whose bits are set, or the bytes as they stand. */
static void read_question(const uint8_t *data, size_t size, struct question *out)
{
    const uint8_t *ask = data + size - ask_bytes;
    int64_t unit = ask[3] & 4 ? INT64_MAX / 256 / 64 : 1;

    out->count = 0;
    out->currency = ask[3] & 2 ? (struct mt940_view){"", 0} : (struct mt940_view){"TRY", 3};
    out->amount = ask[3] & 1 ? 0 : (ask[0] + 256 * (ask[1] & 3)) * unit;
    for (; out->count < rows_most && (out->count + 1) * row_bytes + ask_bytes <= size; out->count++)
        read_row(data + out->count * row_bytes, unit, &out->rows[out->count]);
    for (size_t i = 0; ask[3] & 1 && i < out->count && i < 24; i++)
        if (ask[i / 8] >> i % 8 & 1 && is_open(out, &out->rows[i]))
            out->amount += out->rows[i].amount - out->rows[i].paid;
}

static bool is_due_before(const struct mt940_payment *a, const struct mt940_payment *b)
{
    return a->due_date.month != b->due_date.month ? a->due_date.month < b->due_date.month
                                                  : a->due_date.day < b->due_date.day;
}

static void list_open(const struct question *question, struct open_rows *out)
{
    out->count = 0;
    for (uint32_t i = 0; i < question->count; i++) {
        const struct mt940_payment *row = &question->rows[i];
        size_t at = out->count;

        if (!is_open(question, row))
            continue;
        for (; at > 0 && is_due_before(row, &question->rows[out->row[at - 1]]); at--) {
            out->row[at] = out->row[at - 1];
            out->open[at] = out->open[at - 1];
        }
        out->row[at] = i;
        out->open[at] = row->amount - row->paid;
        out->count++;
    }
}

/* Rows of this amount that are older than `row`, or all of them. */
static uint32_t count_ones_before(const struct open_rows *open, int64_t amount, uint32_t row)
{
    uint32_t count = 0;

    for (size_t i = 0; i < open->count && open->row[i] != row; i++)
        count += open->open[i] == amount;
    return count;
}

static uint32_t count_ones(const struct open_rows *open, int64_t amount)
{
    return count_ones_before(open, amount, rows_most);
}

/* How many of the oldest rows make the amount; 0 = none do. */
static size_t count_oldest(const struct open_rows *open, int64_t amount)
{
    int64_t sum = 0;

    for (size_t i = 0; i < open->count; i++) {
        sum += open->open[i];
        if (sum == amount)
            return i + 1;
    }
    return 0;
}

/* Subsets that make the amount, and one of them. */
static uint32_t count_sets(const struct open_rows *open, int64_t amount, uint32_t *found)
{
    static int64_t sums[1 << tried_most];
    uint32_t count = 0;

    for (uint32_t set = 1; set < UINT32_C(1) << open->count; set++) {
        uint32_t first = 0;

        while (!(set >> first & 1))
            first++;
        sums[set] = sums[set & (set - 1)] + open->open[first];
        if (sums[set] == amount) {
            *found = set;
            count++;
        }
    }
    return count;
}

/* What was chosen: open rows in their order, each once. */
static uint32_t set_of(const struct open_rows *open, const uint32_t *chosen, size_t count, int64_t *sum)
{
    uint32_t set = 0;
    size_t at = 0;

    for (size_t i = 0; i < count; i++, at++) {
        while (at < open->count && open->row[at] != chosen[i])
            at++;
        check(at < open->count);
        *sum += open->open[at];
        if (at < 32)
            set |= UINT32_C(1) << at;
    }
    return set;
}

static void compare(const struct question *question, const struct mt940_open_items *answer, const uint32_t *chosen)
{
    struct open_rows open;
    uint32_t ones, set = 0, expected = 0, sets;
    int64_t sum = 0;
    size_t oldest;

    list_open(question, &open);
    ones = count_ones(&open, question->amount);
    oldest = count_oldest(&open, question->amount);
    check(answer->open == open.count && answer->count <= open.count);
    set = set_of(&open, chosen, answer->count, &sum);
    if (ones > 0) {
        check(answer->fit == MT940_OPEN_ITEMS_ONE && answer->solutions == ones && answer->count == 1);
        check(sum == question->amount && count_ones_before(&open, question->amount, chosen[0]) == 0);
    } else if (oldest > 0) {
        check(answer->fit == (oldest == open.count ? MT940_OPEN_ITEMS_ALL : MT940_OPEN_ITEMS_OLDEST));
        check(answer->solutions == 1 && answer->count == oldest && sum == question->amount);
    } else if (open.count <= tried_most) {
        sets = count_sets(&open, question->amount, &expected);
        check(answer->fit == (sets > 0 ? MT940_OPEN_ITEMS_SET : MT940_OPEN_ITEMS_NONE));
        check(answer->solutions == (sets > 1 ? 2 : sets));
        check(sets == 1 ? set == expected && sum == question->amount : answer->count == 0);
    } else {
        check(answer->fit == MT940_OPEN_ITEMS_SET || answer->fit == MT940_OPEN_ITEMS_NONE);
        check(answer->fit == MT940_OPEN_ITEMS_NONE || open.count <= MT940_OPEN_ITEMS_SET_MOST);
        check(answer->count == 0 || (answer->solutions == 1 && sum == question->amount));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int64_t room[MT940_OPEN_ITEMS_ROOM(rows_most) / sizeof(int64_t)];
    struct mt940_open_items answer = {.size = sizeof(answer)}, brief = {.size = sizeof(brief)};
    uint32_t chosen[rows_most], few[1] = {0};
    struct question question;
    int status;

    if (size < ask_bytes)
        return 0;
    read_question(data, size, &question);
    status = mt940_open_items_find(question.rows, question.count, question.amount, &question.currency, room, sizeof(room),
                                   chosen, rows_most, &answer);
    check(status == (question.amount > 0 ? MT940_OK : MT940_E_ARGUMENT));
    if (status != MT940_OK)
        return 0;
    compare(&question, &answer, chosen);
    /* Less room for the answer leaves out the end of it alone. */
    check(mt940_open_items_find(question.rows, question.count, question.amount, &question.currency, room, sizeof(room),
                                few, 1, &brief) == MT940_OK);
    check(memcmp(&answer, &brief, sizeof(answer)) == 0 && (answer.count == 0 || few[0] == chosen[0]));
    return 0;
}

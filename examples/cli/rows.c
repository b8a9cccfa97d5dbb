/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.c: reads lists of rows. Must not know what is done with them.
 */
#include "rows.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"

/* Reads a number from 1; 0 = there is none. */
static int64_t read_number(const char **at, const char *end)
{
    int64_t number = 0;

    if (*at == end || **at < '0' || **at > '9')
        return 0;
    while (*at < end && **at >= '0' && **at <= '9') {
        number = number * 10 + (**at - '0');
        if (number > ROWS_LARGEST)
            return 0;
        ++*at;
    }
    return number;
}

static int add_range(struct rows *rows, int64_t first, int64_t last)
{
    if (last < first || (uint64_t)(last - first) >= ROWS_MOST - rows->count)
        return 0;
    rows->list = memory_resize(rows->list, (rows->count + (size_t)(last - first) + 1) * sizeof *rows->list);
    for (int64_t row = first; row <= last; row++)
        rows->list[rows->count++] = row;
    return 1;
}

static int compare(const void *a, const void *b)
{
    int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;

    return (first > second) - (first < second);
}

/* Ascending, each row once. */
static void put_in_order(struct rows *rows)
{
    size_t kept = 0;

    qsort(rows->list, rows->count, sizeof *rows->list, compare);
    for (size_t i = 0; i < rows->count; i++)
        if (kept == 0 || rows->list[kept - 1] != rows->list[i])
            rows->list[kept++] = rows->list[i];
    rows->count = kept;
}

int rows_add(struct rows *rows, const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    size_t before = rows->count;

    for (;;) {
        int64_t first, last;

        while (at < end && *at == ' ')
            at++;
        first = last = read_number(&at, end);
        if (first > 0 && at < end && *at == '-') {
            at++;
            last = read_number(&at, end);
        }
        while (at < end && *at == ' ')
            at++;
        if (first == 0 || last == 0 || !add_range(rows, first, last))
            break;
        if (at == end) {
            put_in_order(rows);
            return 1;
        }
        if (*at++ != ',')
            break;
    }
    rows->count = before;
    return 0;
}

const char *rows_assignment(const char *text, struct rows *rows)
{
    const char *equals = strchr(text, '=');

    if (equals == NULL || equals[1] == '\0' || !rows_add(rows, text, (size_t)(equals - text)))
        return NULL;
    return equals + 1;
}

void rows_free(struct rows *rows)
{
    free(rows->list);
    *rows = (struct rows){NULL, 0};
}

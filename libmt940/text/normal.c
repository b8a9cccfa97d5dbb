/* SPDX-License-Identifier: Apache-2.0
 *
 * normal.c: decompose, order, compose: the algorithm of UAX 15 and Unicode §3.11 on a bounded
 * run. Knows nothing of case and of languages.
 */
#include "text/normal.h"

#include <stdbool.h>
#include <string.h>

#include "text/icu.h"

static bool is_in_tables(uint32_t point)
{
    return point < MT940_FOLD_END;
}

unsigned mt940_normal_class(uint32_t point)
{
    unsigned class = is_in_tables(point) ? mt940_fold_class(point) : MT940_FOLD_LACKING;

    return class == MT940_FOLD_LACKING ? (unsigned)mt940_icu_class(point) : class;
}

static unsigned combining_class(uint32_t point)
{
    unsigned class = mt940_normal_class(point);

    return class == MT940_FOLD_UNSTABLE || class == MT940_FOLD_JOINS ? 0 : class;
}

static const struct mt940_fold_pair *find_decomposition(uint32_t point)
{
    size_t low = 0, high = mt940_fold_decomposition_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct mt940_fold_pair *pair = &mt940_fold_decompositions[middle];

        if (pair->composed == point)
            return pair;
        if (pair->composed > point)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* Only the first half of a pair decomposes further, so the tail is collected backwards. */
static void decompose_by_tables(struct mt940_normal_run *run, uint32_t point)
{
    uint32_t tail[8];
    size_t count = 0;
    const struct mt940_fold_pair *pair;

    while (count < 8 && (pair = find_decomposition(point)) != NULL) {
        if (pair->second)
            tail[count++] = pair->second;
        point = pair->first;
    }
    mt940_normal_push(run, point);
    while (count > 0)
        mt940_normal_push(run, tail[--count]);
}

static void decompose(struct mt940_normal_run *run)
{
    uint32_t source[MT940_NORMAL_ROOM];
    size_t count = run->count;

    memcpy(source, run->points, count * sizeof(source[0]));
    run->count = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t parts[MT940_ICU_LONGEST];
        size_t length;

        if (is_in_tables(source[i])) {
            decompose_by_tables(run, source[i]);
            continue;
        }
        length = mt940_icu_decompose(source[i], parts);
        for (size_t k = 0; k < length; k++)
            mt940_normal_push(run, parts[k]);
    }
}

/* Marks by their class, equals in the order they came (an insertion sort: runs are short). */
static void order(struct mt940_normal_run *run)
{
    for (size_t i = 1; i < run->count; i++) {
        uint32_t point = run->points[i];
        unsigned class = combining_class(point);
        size_t at = i;

        if (class == 0)
            continue;
        while (at > 0 && combining_class(run->points[at - 1]) > class) {
            run->points[at] = run->points[at - 1];
            at--;
        }
        run->points[at] = point;
    }
}

static uint32_t compose_pair(uint32_t first, uint32_t second)
{
    size_t low = 0, high = mt940_fold_composition_count;

    if (!is_in_tables(first) || !is_in_tables(second) || mt940_fold_class(first) == MT940_FOLD_LACKING)
        return mt940_icu_compose(first, second);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct mt940_fold_pair *pair = &mt940_fold_compositions[middle];

        if (pair->first == first && pair->second == second)
            return pair->composed;
        if (pair->first > first || (pair->first == first && pair->second > second))
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

/*
 * Unicode §3.11 D117: a mark composes with the last starter unless a starter, or a mark of its
 * class or higher, stands between.
 */
void mt940_normal_compose(struct mt940_normal_run *run)
{
    size_t count = 0, starter = 0;
    bool has_starter = false;
    unsigned last = 0;

    decompose(run);
    order(run);
    for (size_t i = 0; i < run->count; i++) {
        uint32_t point = run->points[i], composed = 0;
        unsigned class = combining_class(point);

        if (has_starter && (count == starter + 1 || last < class))
            composed = compose_pair(run->points[starter], point);
        if (composed) {
            run->points[starter] = composed;
            continue;
        }
        if (class == 0) {
            starter = count;
            has_starter = true;
        }
        last = class;
        run->points[count++] = point;
    }
    run->count = count;
}

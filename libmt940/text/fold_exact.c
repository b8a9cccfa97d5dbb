/* SPDX-License-Identifier: Apache-2.0
 *
 * fold_exact.c: the key L1 of a name (docs/fold.md): NFC, case folded as in Turkish. Knows no
 * locale and no L2.
 */
#include "base/export.h"
#include "mt940connect/fold.h"
#include "text/folder.h"
#include "text/icu.h"
#include "text/normal.h"

static void put_exact(struct folder *folder, uint32_t point)
{
    if (point < 0x80) {
        folder_put(folder, (char)point);
        return;
    }
    mt940_sink_put_point(&folder->sink, point);
    folder->last = 0;
}

static void push_foreign(struct mt940_normal_run *run, uint32_t point)
{
    uint32_t parts[MT940_ICU_LONGEST];
    size_t count = mt940_icu_fold(point, parts);

    if (mt940_icu_kind(point) == MT940_ICU_BLANK) {
        mt940_normal_push(run, ' ');
        return;
    }
    for (size_t i = 0; i < count; i++)
        mt940_normal_push(run, parts[i]);
}

/* Case folding of one code point; jamo, which the tables lack, have no case. */
static void push_folded(struct mt940_normal_run *run, uint32_t point)
{
    uint32_t folded = point < MT940_FOLD_END ? mt940_fold_point(point) : 0;
    uint32_t place = folded - MT940_FOLD_PRIVATE;

    if (point >= MT940_FOLD_END)
        push_foreign(run, point);
    else if (place >= MT940_FOLD_SEQUENCES)
        mt940_normal_push(run, folded);
    else
        for (size_t i = 0; i < MT940_FOLD_SEQUENCE && mt940_fold_sequences[place][i]; i++)
            mt940_normal_push(run, mt940_fold_sequences[place][i]);
}

/* A wrong lower() turns U+0130 into i and U+0307; the dot says nothing more. */
static void drop_dots(struct mt940_normal_run *run)
{
    size_t kept = 0;

    for (size_t i = 0; i < run->count; i++)
        if (run->points[i] != 0x307 || kept == 0 || run->points[kept - 1] != 'i')
            run->points[kept++] = run->points[i];
    run->count = kept;
}

/* NFC, fold, drop the dots, NFC again: marks may find a letter that folding has changed. */
static void put_run(struct folder *folder, struct mt940_normal_run *run)
{
    struct mt940_normal_run folded;

    folded.count = 0;
    mt940_normal_compose(run);
    for (size_t i = 0; i < run->count; i++)
        push_folded(&folded, run->points[i]);
    drop_dots(&folded);
    mt940_normal_compose(&folded);
    for (size_t i = 0; i < folded.count; i++)
        put_exact(folder, folded.points[i]);
}

static void put_single(struct folder *folder, uint32_t point)
{
    struct mt940_normal_run run;

    if (point < MT940_FOLD_END && (mt940_fold_point(point) & 0xFF00) != MT940_FOLD_PRIVATE) {
        put_exact(folder, mt940_fold_point(point));
        return;
    }
    run.count = 0;
    push_folded(&run, point);
    mt940_normal_compose(&run);
    for (size_t i = 0; i < run.count; i++)
        put_exact(folder, run.points[i]);
}

/* One character: a code point and the marks and letters that may join it. Returns its bytes. */
static size_t fold_character(struct folder *folder, const unsigned char *bytes, size_t length)
{
    struct mt940_normal_run run;
    uint32_t point;
    size_t at = read_point(bytes, length, &point);
    bool stable = mt940_normal_class(point) == 0;

    run.count = 0;
    for (;;) {
        size_t taken;
        unsigned class;

        if (is_lacking(point) && mt940_icu_kind(point) == MT940_ICU_UNKNOWN)
            folder->unmapped++;
        mt940_normal_push(&run, point);
        if (at == length || bytes[at] < FIRST_MARK_LEAD || run.count == MT940_NORMAL_TAKE)
            break;
        taken = read_point(bytes + at, length - at, &point);
        class = mt940_normal_class(point);
        if (class == 0 || class == MT940_FOLD_UNSTABLE)
            break;
        at += taken;
    }
    if (stable && run.count == 1)
        put_single(folder, run.points[0]);
    else
        put_run(folder, &run);
    return at;
}

static inline void put_ascii_exact(struct fast *fast, const unsigned char *bytes)
{
    for (size_t i = 0; i < FAST_BYTES; i++) {
        const char *key = mt940_fold_ascii_exact[bytes[i]];

        memcpy(fast->out + fast->put, key, 2);
        fast->put += (key[1] != 0) + (size_t)(key[0] != ' ' || fast->last != ' ');
        fast->last = (unsigned char)key[0];
    }
}

/* One letter below U+0300 with no mark behind it; returns the bytes it took, 0 for anything else. */
static inline size_t put_simple_exact(struct fast *fast, const unsigned char *bytes, size_t left)
{
    uint32_t point, folded;
    size_t taken;

    if (!read_simple(bytes, left, &point, &taken) || point >= FIRST_MARK ||
        (taken < left && bytes[taken] >= FIRST_MARK_LEAD))
        return 0;
    folded = mt940_fold_point(point);
    if (folded >= 0x800)
        return 0;
    fast->out[fast->put] = (char)(folded < 0x80 ? folded : 0xC0 | folded >> 6);
    fast->out[fast->put + 1] = (char)(0x80 | (folded & 0x3F));
    fast->put += (folded >= 0x80) + (size_t)(folded != ' ' || fast->last != ' ');
    fast->last = folded;
    return taken;
}

/* What is simple in front, while there is room for it. Returns the bytes it took. */
static size_t put_fast_exact(struct folder *folder, const unsigned char *bytes, size_t length)
{
    struct fast fast = folder_to_fast(folder);
    size_t at = 0, taken = 1;

    while (at < length && taken && fast_has_room(&fast)) {
        size_t stop = length - at > FAST_BYTES ? at + FAST_BYTES : length;

        if (stop < length && is_ascii(bytes + at) && bytes[stop] < FIRST_MARK_LEAD) {
            put_ascii_exact(&fast, bytes + at);
            at = stop;
        }
        for (; at < stop && taken; at += taken)
            taken = put_simple_exact(&fast, bytes + at, length - at);
    }
    folder_from_fast(folder, &fast);
    return at;
}

MT940_EXPORT size_t mt940_fold_exact(const char *text, size_t length, char *out, size_t capacity, size_t *unmapped)
{
    const unsigned char *bytes = (const unsigned char *)text;
    struct folder folder;
    size_t at = 0;

    folder_begin(&folder, out, capacity);
    while (at < length) {
        at += put_fast_exact(&folder, bytes + at, length - at);
        if (at < length)
            at += fold_character(&folder, bytes + at, length - at);
    }
    return folder_finish(&folder, unmapped);
}

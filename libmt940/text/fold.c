/* SPDX-License-Identifier: Apache-2.0
 *
 * fold.c: the two keys of a name and how two names relate (docs/fold.md). Works on generated
 * tables; asks ICU, where it is built in, about code points they lack. Knows no locale.
 */
#include "mt940connect/fold.h"

#include <stdbool.h>
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "text/icu.h"
#include "text/normal.h"
#include "text/sink.h"

/* UTF-8 lead bytes below this one begin code points below U+0300, where no mark stands. */
#define FIRST_MARK_LEAD 0xCC
#define DOTLESS_I 0x131

/* A key under way: blanks are held back until something follows them. */
struct folder {
    struct mt940_sink sink;
    bool blank;
    size_t unmapped;
};

MT940_EXPORT const char *mt940_fold_table_version(void)
{
    return mt940_fold_unicode;
}

static void put_blank(struct folder *folder)
{
    folder->blank = folder->sink.length > 0;
}

static void flush_blank(struct folder *folder)
{
    if (folder->blank)
        mt940_sink_put_byte(&folder->sink, ' ');
    folder->blank = false;
}

static size_t read_point(const unsigned char *bytes, size_t left, uint32_t *point)
{
    size_t taken = mt940_utf8_read(bytes, left, point);

    if (*point == MT940_UTF8_INVALID)
        *point = MT940_UTF8_REPLACEMENT;
    return taken;
}

static bool is_lacking(uint32_t point)
{
    if (point < MT940_FOLD_END)
        return point >= 0x1100 && mt940_fold_class_blocks[mt940_fold_class_index[point / MT940_FOLD_BLOCK]]
                                                  [point % MT940_FOLD_BLOCK] == MT940_FOLD_LACKING;
    return point != MT940_UTF8_REPLACEMENT;
}

/* L1 */

static void put_exact(struct folder *folder, uint32_t point)
{
    if (point == ' ') {
        put_blank(folder);
        return;
    }
    flush_blank(folder);
    mt940_sink_put_point(&folder->sink, point);
}

/* The folded code point of one in the tables, or PRIVATE + the place of a sequence. */
static uint32_t table_fold(uint32_t point)
{
    uint32_t delta = mt940_fold_exact_blocks[mt940_fold_exact_index[point / MT940_FOLD_BLOCK]][point % MT940_FOLD_BLOCK];

    return (point + delta) & 0xFFFF;
}

static void push_folded(struct mt940_normal_run *run, uint32_t point)
{
    uint32_t parts[MT940_ICU_LONGEST];
    size_t count = 1;

    if (point >= MT940_FOLD_END) {
        count = mt940_icu_kind(point) == MT940_ICU_BLANK ? 0 : mt940_icu_fold(point, parts);
        for (size_t i = 0; i < count; i++)
            mt940_normal_push(run, parts[i]);
        if (count == 0)
            mt940_normal_push(run, ' ');
        return;
    }
    point = table_fold(point);
    if (point < MT940_FOLD_PRIVATE || point >= MT940_FOLD_PRIVATE + MT940_FOLD_SEQUENCES) {
        mt940_normal_push(run, point);
        return;
    }
    for (size_t i = 0; i < MT940_FOLD_SEQUENCE && mt940_fold_sequences[point - MT940_FOLD_PRIVATE][i]; i++)
        mt940_normal_push(run, mt940_fold_sequences[point - MT940_FOLD_PRIVATE][i]);
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

    if (point < MT940_FOLD_END && (table_fold(point) & 0xFF00) != MT940_FOLD_PRIVATE) {
        put_exact(folder, table_fold(point));
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

MT940_EXPORT size_t mt940_fold_exact(const char *text, size_t length, char *out, size_t capacity, size_t *unmapped)
{
    const unsigned char *bytes = (const unsigned char *)text;
    struct folder folder = {{out, capacity, 0}, false, 0};
    size_t at = 0;

    while (at < length) {
        if (bytes[at] < 0x80 && (at + 1 == length || bytes[at + 1] < FIRST_MARK_LEAD))
            put_exact(&folder, table_fold(bytes[at++]));
        else
            at += fold_character(&folder, bytes + at, length - at);
    }
    if (unmapped)
        *unmapped = folder.unmapped;
    return folder.sink.length;
}

/* L2 */

static uint32_t table_skeleton(uint32_t point)
{
    return mt940_fold_skeleton_blocks[mt940_fold_skeleton_index[point / MT940_FOLD_BLOCK]][point % MT940_FOLD_BLOCK];
}

static const struct mt940_fold_letter *find_letter(uint32_t point)
{
    size_t low = 0, high = mt940_fold_letter_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (mt940_fold_letters[middle].point == point)
            return &mt940_fold_letters[middle];
        if (mt940_fold_letters[middle].point > point)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static void put_entry(struct folder *folder, uint32_t entry)
{
    for (uint32_t left = entry >> MT940_FOLD_LENGTH_SHIFT & 3; left > 0; left--, entry >>= 8) {
        char c = (char)(entry & 0xFF);

        if (c == ' ') {
            put_blank(folder);
        } else {
            flush_blank(folder);
            mt940_sink_put_byte(&folder->sink, c);
        }
    }
}

static void put_known_skeleton(struct folder *folder, uint32_t point)
{
    const struct mt940_fold_letter *letter = point < MT940_FOLD_END ? NULL : find_letter(point);

    if (point < MT940_FOLD_END)
        put_entry(folder, table_skeleton(point));
    else if (letter)
        put_entry(folder, letter->skeleton);
    else if (mt940_icu_kind(point) != MT940_ICU_SILENT)
        put_blank(folder);
}

/* Beyond the tables: fold and decompose as ICU says, then back to the tables. */
static void put_foreign_skeleton(struct folder *folder, uint32_t point)
{
    uint32_t folded[MT940_ICU_LONGEST], parts[MT940_ICU_LONGEST];
    size_t count, length;

    if (mt940_icu_kind(point) == MT940_ICU_UNKNOWN && !find_letter(point)) {
        folder->unmapped += point != MT940_UTF8_REPLACEMENT;
        put_blank(folder);
        return;
    }
    count = mt940_icu_fold(point, folded);
    for (size_t i = 0; i < count; i++) {
        length = mt940_icu_decompose_compatible(folded[i], parts);
        for (size_t k = 0; k < length; k++)
            put_known_skeleton(folder, parts[k]);
    }
}

MT940_EXPORT size_t mt940_fold_skeleton(const char *text, size_t length, char *out, size_t capacity, size_t *unmapped)
{
    const unsigned char *bytes = (const unsigned char *)text;
    struct folder folder = {{out, capacity, 0}, false, 0};
    size_t at = 0;

    while (at < length) {
        uint32_t point;

        at += read_point(bytes + at, length - at, &point);
        if (is_lacking(point) || point >= MT940_FOLD_END)
            put_foreign_skeleton(&folder, point);
        else
            put_entry(&folder, table_skeleton(point));
    }
    if (unmapped)
        *unmapped = folder.unmapped;
    return folder.sink.length;
}

/* Relation */

#define RELATE_LIMIT 1024

/* At most RELATE_LIMIT bytes, not cut inside a character. */
static struct mt940_view bounded(const char *text, size_t length)
{
    if (length <= RELATE_LIMIT)
        return mt940_view_of(text, length);
    length = RELATE_LIMIT;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return mt940_view_of(text, length);
}

static bool is_plain_ascii(struct mt940_view text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

/* Part of a word, not its punctuation: "LTD.STI." and "LTD. STI" are letter for letter the same. */
static bool is_of_word(uint32_t point)
{
    int kind;

    if (point < MT940_FOLD_END)
        return (table_skeleton(point) & MT940_FOLD_WORD) != 0;
    kind = mt940_icu_kind(point);
    return kind == MT940_ICU_LETTER || kind == MT940_ICU_UNKNOWN || mt940_normal_class(point) != 0;
}

/* Takes the next code point of a word off the key; 0 at its end. */
static uint32_t next_of_word(struct mt940_view *key)
{
    while (key->length > 0) {
        uint32_t point;
        size_t taken = read_point((const unsigned char *)key->data, key->length, &point);

        *key = mt940_view_slice(*key, taken, key->length);
        if (is_of_word(point))
            return point;
    }
    return 0;
}

/* How two L1 keys differ: EXACT, CONFLICT_I or CONFLICT_LETTER; DIFFERENT where there is no word. */
static int compare_words(struct mt940_view a, struct mt940_view b)
{
    int relation = MT940_FOLD_DIFFERENT;

    for (;;) {
        uint32_t x = next_of_word(&a), y = next_of_word(&b);

        if (x == 0 && y == 0)
            return relation;
        if (relation == MT940_FOLD_DIFFERENT)
            relation = MT940_FOLD_EXACT;
        if (x == y)
            continue;
        if ((x != 'i' && x != DOTLESS_I) || (y != 'i' && y != DOTLESS_I))
            return MT940_FOLD_CONFLICT_LETTER;
        relation = MT940_FOLD_CONFLICT_I;
    }
}

MT940_EXPORT int mt940_fold_relate(const char *a, size_t a_length, const char *b, size_t b_length)
{
    struct mt940_view first = bounded(a, a_length), second = bounded(b, b_length), keys[2];
    char buffers[2][4 * RELATE_LIMIT]; /* the worst case of L2 (fold.h) */
    bool nameless;
    int relation;

    keys[0].data = buffers[0];
    keys[1].data = buffers[1];
    keys[0].length = mt940_fold_skeleton(first.data, first.length, buffers[0], sizeof(buffers[0]), NULL);
    keys[1].length = mt940_fold_skeleton(second.data, second.length, buffers[1], sizeof(buffers[1]), NULL);
    if (!mt940_view_equal(&keys[0], &keys[1]))
        return MT940_FOLD_DIFFERENT;
    nameless = keys[0].length == 0;
    keys[0].length = mt940_fold_exact(first.data, first.length, buffers[0], sizeof(buffers[0]), NULL);
    keys[1].length = mt940_fold_exact(second.data, second.length, buffers[1], sizeof(buffers[1]), NULL);
    relation = compare_words(keys[0], keys[1]);
    if (relation == MT940_FOLD_EXACT)
        return relation;
    /* Two empty skeletons, as of two Cyrillic names, found nothing. */
    if (nameless)
        return MT940_FOLD_DIFFERENT;
    return is_plain_ascii(first) || is_plain_ascii(second) ? MT940_FOLD_DEGRADED : relation;
}

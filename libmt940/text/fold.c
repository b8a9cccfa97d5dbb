/* SPDX-License-Identifier: Apache-2.0
 *
 * fold.c: how two names relate (docs/fold.md). Compares keys; how they are made it does not know.
 */
#include "mt940connect/fold.h"

#include "base/export.h"
#include "base/view.h"
#include "text/folder.h"
#include "text/icu.h"
#include "text/normal.h"

#define DOTLESS_I 0x131

MT940_EXPORT const char *mt940_fold_table_version(void)
{
    return mt940_fold_unicode;
}

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

/*
 * Part of a word, not its punctuation: "LTD.STI." and "LTD. STI" are letter for letter the same.
 * What nobody knows, and what was damaged, may have been a letter.
 */
static bool is_of_word(uint32_t point)
{
    int kind;

    if (point < MT940_FOLD_END)
        return (mt940_fold_letters_of(point) & MT940_FOLD_WORD) != 0;
    if (point == MT940_UTF8_REPLACEMENT)
        return true;
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

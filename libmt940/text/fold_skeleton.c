/* SPDX-License-Identifier: Apache-2.0
 *
 * fold_skeleton.c: the key L2 of a name (docs/fold.md): A-Z, 0-9 and single blanks. Each code
 * point has its letters whatever stands beside it, so nothing is composed here.
 */
#include "base/export.h"
#include "mt940connect/fold.h"
#include "text/folder.h"
#include "text/icu.h"

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
    for (uint32_t left = entry >> MT940_FOLD_LENGTH_SHIFT & 3; left > 0; left--, entry >>= 8)
        folder_put(folder, (char)(entry & 0xFF));
}

static void put_known_skeleton(struct folder *folder, uint32_t point)
{
    const struct mt940_fold_letter *letter = point < MT940_FOLD_END ? NULL : find_letter(point);

    if (point < MT940_FOLD_END)
        put_entry(folder, mt940_fold_letters_of(point));
    else if (letter)
        put_entry(folder, letter->skeleton);
    else if (mt940_icu_kind(point) != MT940_ICU_SILENT)
        folder_put(folder, ' ');
}

/* Beyond the tables: fold and decompose as ICU says, then back to the tables. */
static void put_foreign_skeleton(struct folder *folder, uint32_t point)
{
    uint32_t folded[MT940_ICU_LONGEST], parts[MT940_ICU_LONGEST];
    size_t count, length;

    if (mt940_icu_kind(point) == MT940_ICU_UNKNOWN && !find_letter(point)) {
        folder->unmapped += point != MT940_UTF8_REPLACEMENT;
        folder_put(folder, ' ');
        return;
    }
    count = mt940_icu_fold(point, folded);
    for (size_t i = 0; i < count; i++) {
        length = mt940_icu_decompose_compatible(folded[i], parts);
        for (size_t k = 0; k < length; k++)
            put_known_skeleton(folder, parts[k]);
    }
}

/* Where each of eight ASCII bytes lies in low..high: its high bit. */
static inline uint64_t in_range(uint64_t eight, unsigned low, unsigned high)
{
    return (eight + EACH * (0x80 - low)) & ~(eight + EACH * (0x7F - high)) & HIGH_BITS;
}

/* Eight letters, digits and single blanks at once: upper case and nothing else to do. */
static inline bool put_plain_skeleton(struct fast *fast, const unsigned char *bytes)
{
    uint64_t eight, blanks;

    memcpy(&eight, bytes, sizeof(eight));
    eight -= in_range(eight, 'a', 'z') >> 2;
    blanks = in_range(eight, ' ', ' ');
    if ((in_range(eight, 'A', 'Z') | in_range(eight, '0', '9') | blanks) != HIGH_BITS || (blanks & blanks >> 8) ||
        (bytes[0] == ' ' && fast->last == ' '))
        return false;
    memcpy(fast->out + fast->put, &eight, sizeof(eight));
    fast->put += sizeof(eight);
    fast->last = (unsigned char)fast->out[fast->put - 1];
    return true;
}

static inline void put_ascii_skeleton(struct fast *fast, const unsigned char *bytes)
{
    for (size_t i = 0; i < FAST_BYTES; i++) {
        char key = mt940_fold_ascii_skeleton[bytes[i]];

        fast->out[fast->put] = key;
        fast->put += key != 0 && (key != ' ' || fast->last != ' ');
        fast->last = key ? (unsigned char)key : fast->last;
    }
}

static inline size_t put_simple_skeleton(struct fast *fast, const unsigned char *bytes, size_t left)
{
    uint32_t point, text;
    size_t taken;

    if (!read_simple(bytes, left, &point, &taken))
        return 0;
    for (text = mt940_fold_letters_of(point) & MT940_FOLD_TEXT; text; text >>= 8) {
        fast->out[fast->put] = (char)(text & 0xFF);
        fast->put += (text & 0xFF) != ' ' || fast->last != ' ';
        fast->last = text & 0xFF;
    }
    return taken;
}

static size_t put_fast_skeleton(struct folder *folder, const unsigned char *bytes, size_t length)
{
    struct fast fast = folder_to_fast(folder);
    size_t at = 0, taken = 1;

    while (at < length && taken && fast_has_room(&fast)) {
        size_t stop = length - at >= FAST_BYTES ? at + FAST_BYTES : length;

        if (stop - at == FAST_BYTES && is_ascii(bytes + at)) {
            if (!put_plain_skeleton(&fast, bytes + at))
                put_ascii_skeleton(&fast, bytes + at);
            at = stop;
        }
        for (; at < stop && taken; at += taken)
            taken = put_simple_skeleton(&fast, bytes + at, length - at);
    }
    folder_from_fast(folder, &fast);
    return at;
}

MT940_EXPORT size_t mt940_fold_skeleton(const char *text, size_t length, char *out, size_t capacity, size_t *unmapped)
{
    const unsigned char *bytes = (const unsigned char *)text;
    struct folder folder;
    size_t at = 0;

    folder_begin(&folder, out, capacity);
    while (at < length) {
        uint32_t point;

        at += put_fast_skeleton(&folder, bytes + at, length - at);
        if (at == length)
            break;
        at += read_point(bytes + at, length - at, &point);
        if (is_lacking(point) || point >= MT940_FOLD_END)
            put_foreign_skeleton(&folder, point);
        else
            put_entry(&folder, mt940_fold_letters_of(point));
    }
    return folder_finish(&folder, unmapped);
}

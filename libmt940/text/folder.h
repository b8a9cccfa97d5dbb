/* SPDX-License-Identifier: Apache-2.0
 *
 * folder.h: a key of fold.h under way: what fold_exact.c and fold_skeleton.c share. Writes keys
 * and reads text; which character becomes what it does not know.
 */
#ifndef MT940_TEXT_FOLDER_H
#define MT940_TEXT_FOLDER_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "text/fold_tables.h"
#include "text/sink.h"

/* Below it no code point joins the one before it; and the first byte of it in UTF-8. */
#define FIRST_MARK 0x300
#define FIRST_MARK_LEAD 0xCC

/*
 * A key under way. Of blanks only the first behind something is put, and taken back at the end
 * should nothing follow it; `last` is a blank as long as nothing is put.
 */
struct folder {
    struct mt940_sink sink;
    char last;
    size_t unmapped;
};

static inline void folder_begin(struct folder *folder, char *out, size_t capacity)
{
    folder->sink.out = out;
    folder->sink.capacity = capacity;
    folder->sink.length = 0;
    folder->last = ' ';
    folder->unmapped = 0;
}

static inline size_t folder_finish(const struct folder *folder, size_t *unmapped)
{
    if (unmapped)
        *unmapped = folder->unmapped;
    return folder->sink.length - (folder->sink.length > 0 && folder->last == ' ');
}

/* A byte below 80. */
static inline void folder_put(struct folder *folder, char byte)
{
    if (byte == ' ' && folder->last == ' ')
        return;
    mt940_sink_put_byte(&folder->sink, byte);
    folder->last = byte;
}

static inline size_t read_point(const unsigned char *bytes, size_t left, uint32_t *point)
{
    size_t taken = mt940_utf8_read(bytes, left, point);

    if (*point == MT940_UTF8_INVALID)
        *point = MT940_UTF8_REPLACEMENT;
    return taken;
}

/* Fast paths: the same keys with the state in registers and no test of the room for every byte. */

#define FAST_BYTES 8
#define EACH UINT64_C(0x0101010101010101)
#define HIGH_BITS UINT64_C(0x8080808080808080)

struct fast {
    char *out;
    size_t capacity;
    size_t put;
    uint32_t last;
};

static inline struct fast folder_to_fast(const struct folder *folder)
{
    struct fast fast = {folder->sink.out, folder->sink.capacity, folder->sink.length, (unsigned char)folder->last};

    return fast;
}

static inline void folder_from_fast(struct folder *folder, const struct fast *fast)
{
    folder->sink.length = fast->put;
    folder->last = fast->last < 0x80 ? (char)fast->last : 0;
}

/* For eight characters, of which each may become three bytes. */
static inline bool fast_has_room(const struct fast *fast)
{
    return fast->put < fast->capacity && fast->capacity - fast->put >= 3 * FAST_BYTES;
}

static inline bool is_ascii(const unsigned char *bytes)
{
    uint64_t eight;

    memcpy(&eight, bytes, sizeof(eight));
    return !(eight & HIGH_BITS);
}

/*
 * Reads a code point below U+0800; false for anything else and anything malformed. One and two
 * bytes alternate without pattern in Turkish text, so nothing here branches on which it is.
 */
static inline bool read_simple(const unsigned char *bytes, size_t left, uint32_t *point, size_t *taken)
{
    uint32_t first = bytes[0], second = left > 1 ? bytes[1] : 0;
    uint32_t is_two = first >= 0x80;

    *point = is_two ? (first & 0x1F) << 6 | (second & 0x3F) : first;
    *taken = 1 + is_two;
    return !(is_two & ((first < 0xC2) | (first >= 0xE0) | ((second & 0xC0) != 0x80)));
}

/* Whether the tables say nothing of it. U+FFFD needs none: it is what damaged text is read as. */
static inline bool is_lacking(uint32_t point)
{
    if (point >= MT940_FOLD_END)
        return point != MT940_UTF8_REPLACEMENT;
    return mt940_fold_class(point) == MT940_FOLD_LACKING;
}

#endif

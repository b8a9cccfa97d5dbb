/* SPDX-License-Identifier: Apache-2.0
 *
 * view.h: small helpers on views and ASCII bytes, for the inside. No locale, no ctype.
 */
#ifndef MT940_BASE_VIEW_H
#define MT940_BASE_VIEW_H

#include <stdbool.h>
#include <string.h>

#include "mt940connect/base.h"

/* A view of a string literal, as an initialiser. */
#define MT940_LITERAL(text) {(text), sizeof(text) - 1}

static inline struct mt940_view mt940_view_of(const char *data, size_t length)
{
    struct mt940_view view = {data, length};
    return view;
}

static inline struct mt940_view mt940_view_slice(struct mt940_view view, size_t offset, size_t length)
{
    if (offset > view.length)
        offset = view.length;
    if (length > view.length - offset)
        length = view.length - offset;
    return mt940_view_of(view.data ? view.data + offset : NULL, length);
}

static inline bool mt940_ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool mt940_ascii_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool mt940_ascii_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool mt940_ascii_is_letter(char c)
{
    return mt940_ascii_is_upper(c) || mt940_ascii_is_lower(c);
}

static inline bool mt940_ascii_is_alnum(char c)
{
    return mt940_ascii_is_letter(c) || mt940_ascii_is_digit(c);
}
/*
 * Bytes of the code of a numbered sub-field ("?20GELEN", "?32YILDIZ"; docs/narrative.md) at text[at], which banks glue to
 * what follows; 0 = none stands there. Before digits it is told apart from a lost letter by nothing, so it is none.
 */
static inline size_t mt940_subfield_code(const char *text, size_t length, size_t at)
{
    return length - at > 3 && text[at] == '?' && mt940_ascii_is_digit(text[at + 1]) &&
                   mt940_ascii_is_digit(text[at + 2]) && !mt940_ascii_is_digit(text[at + 3])
               ? 3
               : 0;
}

static inline bool mt940_ascii_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline char mt940_ascii_upper(char c)
{
    return mt940_ascii_is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

/* What is left of a view between blanks and control bytes at its ends. */
struct mt940_view mt940_view_strip(struct mt940_view view);

/* The same; most views have none, and these are told without a loop. */
static inline struct mt940_view mt940_view_trim(struct mt940_view view)
{
    bool bare = view.length && (unsigned char)view.data[0] > ' ' && (unsigned char)view.data[view.length - 1] > ' ';
    return bare ? view : mt940_view_strip(view);
}

static inline bool mt940_view_is(struct mt940_view view, const char *text)
{
    size_t length = strlen(text);
    return view.length == length && (length == 0 || memcmp(view.data, text, length) == 0);
}

/* No byte but ASCII digits; true of an empty view. */
static inline bool mt940_view_is_digits(struct mt940_view view)
{
    for (size_t i = 0; i < view.length; i++)
        if (!mt940_ascii_is_digit(view.data[i]))
            return false;
    return true;
}

/* Equal, ASCII letters without regard to case. */
static inline bool mt940_view_is_nocase(struct mt940_view view, struct mt940_view other)
{
    if (view.length != other.length)
        return false;
    for (size_t i = 0; i < view.length; i++)
        if (mt940_ascii_upper(view.data[i]) != mt940_ascii_upper(other.data[i]))
            return false;
    return true;
}

#endif

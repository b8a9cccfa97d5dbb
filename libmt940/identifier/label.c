/* SPDX-License-Identifier: Apache-2.0
 *
 * label.c: reads a label backwards from the number behind it, so that a text costs nothing where there are no numbers.
 * It must not know what the labels mean.
 */
#include <stdint.h>
#include <string.h>

#include "base/view.h"
#include "identifier/label.h"

/*
 * The capital that the letter ending at byte `i` stands for, 0 = none: ASCII, and İ ı Ö ö Ş ş in UTF-8 or windows-1254.
 * *width is its bytes.
 */
static char fold_back(const char *text, size_t i, size_t *width)
{
    unsigned char c = (unsigned char)text[i];
    unsigned char before = i > 0 ? (unsigned char)text[i - 1] : 0;

    *width = 1;
    if (mt940_ascii_is_alnum(text[i]))
        return mt940_ascii_upper(text[i]);
    if (c == 0xdd || c == 0xfd)
        return 'I';
    if (c == 0xd6 || c == 0xf6)
        return 'O';
    if (c == 0xde || c == 0xfe)
        return 'S';
    *width = 2;
    if (before == 0xc5 && (c == 0x9e || c == 0x9f))
        return 'S';
    if (before == 0xc4 && (c == 0xb0 || c == 0xb1))
        return 'I';
    return before == 0xc3 && (c == 0x96 || c == 0xb6) ? 'O' : 0;
}

/* What may stand between the letters of a label. */
static bool is_filler(char c)
{
    return (unsigned char)c <= ' ' || c == '.' || c == '-';
}

/* What may stand between a label and its number. */
static bool is_joint(char c)
{
    return is_filler(c) || c == ':' || c == '=' || c == '#' || c == '(';
}

/* Bytes of what joins a label and its number and ends at `end`, 0 = nothing: a character, or the sign №. */
static size_t joint_before(const char *text, size_t floor, size_t end)
{
    if (end - floor >= 3 && memcmp(text + end - 3, "\xE2\x84\x96", 3) == 0)
        return 3;
    return end > floor && is_joint(text[end - 1]) ? 1 : 0;
}

bool mt940_label_is_word(char c)
{
    return mt940_ascii_is_alnum(c) || ((unsigned char)c & 0x80);
}

/* Whether the text between `floor` and `end` ends with `label`, and the label begins a word. */
static bool ends_with(const char *text, size_t floor, size_t end, const char *label)
{
    size_t left = strlen(label);

    while (left > 0 && end > floor) {
        size_t width = 1;
        if (!is_filler(text[end - 1]) && fold_back(text, end - 1, &width) != label[--left])
            return false;
        end -= width;
    }
    return left == 0 && (end == 0 || !mt940_label_is_word(text[end - 1]) ||
                         (end > 2 && mt940_subfield_code(text, end + 1, end - 3) > 0));
}

int mt940_label_before(const char *text, size_t start, const struct mt940_label *labels, size_t count)
{
    size_t floor = start > MT940_LABEL_REACH ? start - MT940_LABEL_REACH : 0;
    size_t end = start, joint;

    while ((joint = joint_before(text, floor, end)) > 0)
        end -= joint;
    if (end == floor || !mt940_label_is_word(text[end - 1]))
        return 0;
    for (size_t n = 0; n < count; n++)
        if (ends_with(text, floor, end, labels[n].text))
            return labels[n].kind;
    return 0;
}
